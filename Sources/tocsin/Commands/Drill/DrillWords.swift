internal import Exchange
internal import Model

/// The score of an exercise, for people and for programs.
enum DrillWords {
  /// The score as lines, its times by the clock of a zone.
  static func lines(_ score: DrillScore, of incident: Incident, _ zone: Zone) -> [Words] {
    var lines: [Words] = ["\(incident.reference)  \(incident.markedTitle)", "\(score.summary)"]
    if !score.caveat.isEmpty { lines.append("Careful: \(score.caveat)") }
    lines += ["", "Aware    \(score.awareAt.text(in: zone))"]
    let until = score.until.text(in: zone)
    if let end = incident.exercise?.end {
      lines.append("Ended    \(until) by \(end.by)")
    } else {
      lines.append("Running  score as of \(until)")
    }
    lines += ["", "STEPS"]
    let steps: [[Words]] = score.steps.map { step in
      ["\(step.kind.label)", "\(step.outcome)", "\(step.at?.text(in: zone) ?? "-")"]
    }
    lines += Table(titles: ["", "", ""], rows: steps).lines(steps).dropFirst().map { "  " + $0 }
    guard !score.clocks.isEmpty else { return lines + ["", "No duty was owed."] }
    let clocks: [[Words]] = score.clocks.map { clock in
      [
        "\(clock.rule)", "\(clock.outcome)", "\(clock.due?.text(in: zone) ?? "-")",
        "\(clock.sentAt?.text(in: zone) ?? "-")", clock.isUndecided ? "never decided" : "",
      ]
    }
    lines.append("")
    lines += Table(titles: ["DUTY", "CAME OUT", "DUE", "SENT", ""], rows: clocks).lines(clocks)
    return lines
  }

  /// The score as an object.
  static func json(_ score: DrillScore, of incident: Incident) -> JSON {
    .members([
      "incident": .string(incident.reference), "title": .string(incident.facts.title),
      "exercise": .bool(true), "opened_at": .instant(incident.openedAt),
      "aware_at": .instant(score.awareAt), "until": .instant(score.until),
      "ended_by": .text(incident.exercise?.end?.by), "final": .bool(score.isFinal),
      "current": .bool(score.isCurrent), "summary": .string(score.summary),
      "counted": .count(score.counted), "met": .count(score.count(.met)),
      "late": .count(score.count(.late)), "missed": .count(score.count(.missed)),
      "running": .count(score.count(.running)),
      "clocks": .array(score.clocks.map(json)),
      "steps": .array(
        score.steps.map {
          .members([
            "step": .string($0.kind.rawValue), "at": .text($0.at?.description),
            "seconds_after_awareness": .number($0.after),
          ])
        }
      ),
      "never_decided": .texts(score.undecided),
    ])
  }

  private static func json(_ clock: DrillScore.Clock) -> JSON {
    .members([
      "duty": .string(clock.rule), "tell": .string(clock.recipient),
      "standing": .string(clock.standing.rawValue), "due": .text(clock.due?.description),
      "sent_at": .text(clock.sentAt?.description), "seconds_left": .number(clock.left),
      "decided_at": .text(clock.decidedAt?.description),
    ])
  }
}
