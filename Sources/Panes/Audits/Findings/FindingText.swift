import Drawing
import Model

/// A finding in full, to read.
enum FindingText {
  /// The lines, to be wrapped to any width.
  static func lines(_ details: FindingDetails.Details, _ context: PaneContext) -> [Line] {
    let (finding, facts) = (details.finding, details.finding.facts)
    func fact(_ label: String, _ spans: [Span]) -> Line {
      Line([Span(label.padded(to: 11), .textMuted)] + spans)
    }
    var lines = [
      Line(Untrusted(facts.title), .textStrong, .bold),
      fact("State", [Look.finding(finding, now: context.now)]),
      fact("Severity", [Look.severity(facts.severity), Span("  "), Look.grade(facts.grade)]),
      fact("Owner", [facts.owner.map { Span(Untrusted($0)) } ?? Span("nobody", .textMuted)]),
      fact(
        "Due",
        [
          finding.due.map { Span($0.plainWithZone) } ?? Span("no due time", .textMuted), Span("  "),
          Look.due(finding.due, isOpen: finding.state(at: context.now).isOpen, now: context.now),
        ]
      ),
      fact("Opened", [Span("\(Look.minute(finding.openedAt)) UTC")]),
    ]
    let standing = finding.standing
    if let check = standing.check {
      lines.append(
        fact(
          "Check",
          [
            check.isEffective
              ? Span("+ effective, ", .success) : Span("x not effective, ", .danger),
            Span(Untrusted(check.note)), Span(" (", .textMuted),
            Span(Untrusted(check.by), .textMuted),
            Span(", \(Look.minute(check.at)))", .textMuted),
          ]
        )
      )
    }
    if let acceptance = standing.acceptance {
      lines.append(
        fact(
          "Accepted",
          [
            Span("by "), Span(Untrusted(acceptance.acceptedBy), .textStrong),
            Span(" until \(acceptance.expires.plainWithZone): "),
            Span(Untrusted(acceptance.reason)),
          ]
        )
      )
    } else if !standing.reason.isEmpty {
      lines.append(fact("Reason", [Span(Untrusted(standing.reason))]))
    }
    lines += part("What was found", facts.text) + part("Root cause", facts.rootCause)
    if !facts.actions.isEmpty {
      lines += [Line(""), Line("Corrective actions", .heading)]
      lines += facts.actions.enumerated().map { index, action in
        Line([
          Span("\(index + 1) ", .textMuted),
          action.done == nil ? Span("[ ] ", .stateOpen) : Span("[x] ", .stateDone),
          Span(Untrusted(action.title)), Span("  "),
          Span(Untrusted(action.owner ?? ""), .textMuted),
          Span("  "),
          action.due == nil && action.done == nil
            ? Span("") : Look.due(action.due, isOpen: action.done == nil, now: context.now),
        ])
      }
    }
    let here = Subject(.finding, finding.id)
    let links = details.links.filter { $0.link.relation != RecordLink.proves }
    if !links.isEmpty {
      lines += [Line(""), Line("Links", .heading)]
      lines += links.map { Line(RecordLinks.words($0, seenFrom: here)) }
    }
    if !details.evidence.isEmpty {
      lines += [Line(""), Line("Evidence", .heading)]
      lines += details.evidence.map { piece in
        Line([
          Span("\(piece.id)  \(piece.facts.kind.label)  ", .textMuted),
          Span(Untrusted(piece.facts.title)),
        ])
      }
    }
    lines += [Line(""), Line("History", .heading)]
    lines += details.history.map { line in
      Line([
        Span("\(Look.minute(line.entry.at))  ", .textMuted),
        Span(Untrusted(line.entry.actor.name), .textStrong), Span("  "),
        Span(Untrusted(line.headline)),
      ])
    }
    return lines
  }

  private static func part(_ title: String, _ text: String) -> [Line] {
    guard !text.isEmpty else { return [] }
    return [Line(""), Line(title, .heading)]
      + text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Line(Untrusted(String($0))) }
  }
}
