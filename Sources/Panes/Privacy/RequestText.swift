import Drawing
import Model

/// What is said of a request, without who made it.
enum RequestText {
  /// Where a request stands, told by a sign as well.
  static func state(_ facts: RequestFacts, _ now: Instant) -> Span {
    switch facts.state {
    case .open:
      facts.clock.map { Countdown.span(until: $0.due, now: now) }
        ?? Span("- no time is set", .stateOpen)
    case .answered: Span("+ answered", .deadlineMet)
    case .refused: Span("x refused", .stateClosed)
    case .withdrawn: Span("x withdrawn", .stateClosed)
    }
  }

  /// How far it is known who asks.
  static func identity(_ identity: IdentityCheck) -> Span {
    switch identity.state {
    case .unchecked: Span("? unchecked", .warning)
    case .asked: Span("~ asked", .stateProgress)
    case .verified: Span("+ verified", .stateDone)
    case .failed: Span("x not known", .danger)
    }
  }

  /// The request, its clock with the arithmetic, its work and its end.
  static func lines(_ request: RightsRequest, _ context: PaneContext) -> [Line] {
    let (facts, zone) = (request.facts, context.dutyZone)
    var lines = [
      Line([
        Span("\(request.reference)  ", .textStrong), Span(facts.wanted.label, .heading, .bold),
        Span("  \(facts.jurisdiction)  "), state(facts, context.now),
      ]),
      Line([
        Span("Received  ", .textMuted), Span(Untrusted(facts.receivedAt.plainWithZone)),
        Span(" by \(facts.channel.label)", .textMuted),
        Span(
          facts.erasedAt == nil ? "  · who asks is sealed" : "  · who asked was erased",
          .textMuted
        ),
      ]),
    ]
    if let clock = facts.clock {
      lines.append(
        Line([
          Span("Due  ", .textMuted), Span(Look.minute(clock.due, in: zone), .textStrong),
          Span("  \(clock.citation)", .textMuted),
        ])
      )
      lines += clock.reckoning.explanation(in: zone).map { Line("  \($0)", .textMuted) }
      if let receipt = clock.acknowledge, facts.acknowledged == nil, facts.state.isOpen {
        lines.append(
          Line([
            Span("Confirm receipt  ", .textMuted),
            Countdown.span(until: receipt.due, now: context.now),
          ])
        )
      }
    }
    if let delay = facts.delay {
      lines.append(Line([Span("Put off  ", .textMuted), Span(Untrusted(delay.reason))]))
    }
    lines.append(
      Line([
        Span("Identity  ", .textMuted), identity(facts.identity), Span("  "),
        Span(Untrusted(facts.identity.how)),
      ])
    )
    lines.append(
      Line([
        Span("Handler  ", .textMuted),
        facts.handler.map { Span(Untrusted($0)) } ?? Span("nobody", .warning),
      ])
    )
    if !facts.activities.isEmpty {
      lines.append(
        Line([Span("Concerns  ", .textMuted), Span(facts.activities.joined(separator: ", "))])
      )
    }
    if !facts.matter.isEmpty {
      lines.append(Line([Span("From matter  ", .textMuted), Span(facts.matter)]))
    }
    lines += facts.tasks.enumerated().map { index, task in
      Line([
        task.doneAt == nil ? Span("[ ] ", .stateOpen) : Span("[x] ", .stateDone),
        Span("\(index + 1) "), Span(Untrusted(task.title)),
      ])
    }
    if let end = facts.end {
      lines.append(
        Line([
          Span("Ended  ", .textMuted), Span(Untrusted(end.text)),
          Span(end.ground.map { "  \($0.citation)" } ?? "", .textMuted),
        ])
      )
    }
    return lines
  }

  /// Who made it, and the answer: a person's own data.
  static func lines(_ revealed: RequestReveal.Outcome) -> [Line] {
    func text(_ text: String) -> [Line] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { Line(Untrusted(String($0)), .personal) }
    }
    var lines = [
      Line([Span("Name  ", .textMuted), Span(Untrusted(revealed.person.name), .personal)]),
      Line([Span("Contact  ", .textMuted), Span(Untrusted(revealed.person.contact), .personal)]),
      Line(""),
    ]
    lines += text(revealed.person.words)
    if let answer = revealed.answer {
      lines += [Line(""), Line("The answer", .heading)] + text(answer)
    }
    return lines
  }
}
