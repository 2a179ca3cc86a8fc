import Drawing
import Model

/// The score of an exercise as text to read.
enum DrillText {
  /// The score, its times by the clock of a zone.
  static func lines(_ score: DrillScore, in zone: Zone) -> [Line] {
    var lines = [
      Line(score.summary, .textStrong, .bold),
      Line(
        score.isFinal ? "The exercise has ended; this is kept." : "The exercise is running.",
        .textMuted
      ),
    ]
    if !score.caveat.isEmpty { lines.append(Line("Careful: \(score.caveat)", .warning)) }
    lines += [Line(""), Line("Steps of the team", .heading)]
    lines.append(row("aware", score.awareAt.text(in: zone)))
    for step in score.steps {
      lines.append(row(step.kind.label, step.outcome, step.at == nil ? .warning : .text))
    }
    lines.append(row(score.isFinal ? "ended" : "as of", score.until.text(in: zone)))
    lines += [Line(""), Line("Clocks", .heading)]
    if score.clocks.isEmpty { lines.append(Line("No duty was owed by the facts.", .textMuted)) }
    for clock in score.clocks {
      lines.append(
        Line([Span("\(sign(clock.standing)) ", role(clock.standing), .bold)])
          + Line([
            Span("\(clock.rule)  ", .textStrong), Span(clock.outcome, role(clock.standing)),
          ])
      )
      lines += details(clock, zone).map { Line([Span("    ", .text), Span(Untrusted($0))]) }
    }
    return lines
  }

  private static func details(_ clock: DrillScore.Clock, _ zone: Zone) -> [String] {
    var lines: [String] = []
    if let due = clock.due { lines.append("due  \(due.text(in: zone))") }
    if let sent = clock.sentAt { lines.append("sent \(sent.text(in: zone))") }
    if clock.isUndecided { lines.append("never decided: no decision, no notice") }
    return lines
  }

  private static func row(_ label: String, _ text: String, _ role: Role = .text) -> Line {
    let padding = String(repeating: " ", count: max(1, 27 - label.count))
    return Line([Span(label + padding, .textMuted), Span(text, role)])
  }

  /// A sign that needs no colour, as duties have them.
  private static func sign(_ standing: DrillScore.Standing) -> String {
    switch standing {
    case .met, .sent: "+"
    case .late, .missed: "!"
    case .running: ">"
    case .held: "="
    case .owed: "-"
    }
  }

  private static func role(_ standing: DrillScore.Standing) -> Role {
    switch standing {
    case .met, .sent: .deadlineMet
    case .late: .warning
    case .missed: .deadlineOverdue
    case .running: .deadlineSoon
    case .held: .stateProgress
    case .owed: .stateOpen
    }
  }
}
