public import Drawing
public import Model

/// A duty in full: what it demands, how its deadline was worked out, on what it rests.
public enum DutyText {
  /// The lines, to be wrapped to any width.
  ///
  /// - Parameters:
  ///   - record: The duty as the record keeps it.
  ///   - filings: What was sent to meet it.
  ///   - copies: The incident's evidence, among it copies of what was sent.
  ///   - contacts: What the organisation knows of those whom laws tell.
  ///   - context: The world: rules, organisation, present.
  /// - Returns: The lines, at least one.
  public static func lines(
    _ record: ObligationRecord,
    filings: [Filing] = [],
    copies: [Evidence] = [],
    contacts: [AuthorityContact] = [],
    _ context: PaneContext
  ) -> [Line] {
    let found = context.rules?.rule(record.obligation.id)
    var lines = head(record, found?.rule, context)
    lines += whom(record.obligation, contacts, context)
    lines += missing(record.obligation)
    lines += because(record.obligation)
    lines += arithmetic(record.obligation, context)
    lines += sent(filings, copies, record)
    lines += origin(record, found, context)
    return lines
  }

  // MARK: Parts

  private static func head(
    _ record: ObligationRecord,
    _ rule: Rule?,
    _ context: PaneContext
  ) -> [Line] {
    let obligation = record.obligation
    var lines = [
      Line([
        Span(obligation.id, .textStrong, .bold), Span("  "),
        Look.duty(record, now: context.now),
      ])
    ]
    if let rule, !rule.duty.isEmpty {
      lines.append(Line(Untrusted(oneLine(rule.duty))))
    } else {
      lines.append(Line([Span("Tell "), Span(Untrusted(obligation.recipient))]))
    }
    if let deadline = obligation.state.deadline {
      lines += due(deadline, isHeld: isHeld(obligation.state), context)
    }
    if case .noFixedDeadline(_, let provisional) = obligation.state {
      lines.append(fact("due", "without undue delay; the law names no number"))
      if provisional { lines.append(provisionalLine) }
    }
    lines.append(Line([label("to"), Span(Untrusted(obligation.recipient))]))
    if let means = rule?.means, !means.isEmpty {
      lines.append(Line([label("by"), Span(Untrusted(means))]))
    }
    return lines
  }

  private static func due(
    _ deadline: Obligation.Deadline,
    isHeld: Bool,
    _ context: PaneContext
  ) -> [Line] {
    var lines: [Line] = []
    let zone = context.dutyZone
    if isHeld {
      lines.append(
        Line("held: law enforcement has asked for a delay; without it, it were due", .warning)
      )
    }
    lines.append(
      Line([
        label("due"), Span("\(deadline.due.text(in: zone)) \(zone.name)", .textStrong),
        Span("  \(Look.minute(deadline.due)) UTC", .textMuted),
      ])
    )
    if deadline.latest != deadline.due {
      lines.append(fact("tolerated", "until \(deadline.latest.text(in: zone)); do not rely on it"))
    }
    if deadline.provisional { lines.append(provisionalLine) }
    return lines
  }

  private static let provisionalLine = Line(
    "~ provisional: an earlier notice was not sent yet; its sending moves this",
    .warning
  )

  private static func missing(_ obligation: Obligation) -> [Line] {
    let keys = obligation.state.missing
    guard !keys.isEmpty else { return [] }
    let title =
      if case .clockNotStarted = obligation.state { "The clock waits for" } else {
        "It cannot be said without"
      }
    return [Line(""), Line(title, .heading)]
      + keys.map {
        Line([Span("? ", .warning), Span($0.question), Span("  \($0)", .textMuted)])
      }
  }

  private static func because(_ obligation: Obligation) -> [Line] {
    guard !obligation.because.isEmpty else { return [] }
    return [Line(""), Line("Because", .heading)]
      + obligation.because.map { Line([Span("· ", .textMuted), Span(Untrusted($0))]) }
  }

  private static func arithmetic(_ obligation: Obligation, _ context: PaneContext) -> [Line] {
    guard let reckoning = obligation.reckoning else { return [] }
    return [Line(""), Line("Worked out", .heading)]
      + reckoning.explanation(in: context.dutyZone).map {
        Line([Span("· ", .textMuted), Span(Untrusted($0))])
      }
  }

  /// Those whom the law means, and how to reach them as far as the organisation has noted it.
  private static func whom(
    _ obligation: Obligation,
    _ contacts: [AuthorityContact],
    _ context: PaneContext
  ) -> [Line] {
    guard let rules = context.rules else { return [] }
    let authorities = rules.authorities(
      named: obligation.recipient,
      jurisdiction: obligation.jurisdiction
    ).filter { ![.people, .public, .own].contains($0.role) }
    return authorities.flatMap { authority -> [Line] in
      let facts = contacts.first { $0.authority == authority.key }?.facts ?? ContactFacts()
      var name: [Span] = [label("whom"), Span(Untrusted(authority.name))]
      if !facts.body.isEmpty {
        name += [Span(": ", .textMuted), Span(Untrusted(facts.body), .textStrong)]
      }
      let known = facts.named.dropFirst().filter { !$0.value.isEmpty }
      let isSaid = authority.name.lowercased() == obligation.recipient.lowercased()
      if isSaid, facts.isEmpty { return [] }
      guard !known.isEmpty else { return [Line(name)] }
      return [Line(name)]
        + known.map {
          Line([
            label(""), Span("\($0.name) ", .textMuted), Span(Untrusted(oneLine($0.value))),
          ])
        }
    }
  }

  private static func sent(
    _ filings: [Filing],
    _ copies: [Evidence],
    _ record: ObligationRecord
  ) -> [Line] {
    if filings.isEmpty {
      guard let sent = record.sentAt else { return [] }
      return [Line(""), fact("sent", "\(Look.minute(sent)) UTC")]
    }
    return [Line(""), Line("Filed", .heading)] + filings.flatMap { lines(of: $0, copies: copies) }
  }

  /// What was sent, in full.
  static func lines(of filing: Filing, copies: [Evidence] = []) -> [Line] {
    let facts = filing.facts
    var lines = [
      Line([
        Span("+ \(facts.phase.label) ", .deadlineMet), Span(facts.sentAt.plainWithZone),
        Span(" to ", .textMuted), Span(Untrusted(facts.recipient)),
      ])
    ]
    for (name, text) in [
      ("by", facts.means), ("receipt", facts.receipt), ("summary", facts.summary),
      ("why late", facts.lateReason),
    ] where !text.isEmpty {
      lines.append(Line([Span("  \(name) ", .textMuted), Span(Untrusted(oneLine(text)))]))
    }
    if let id = facts.evidence {
      let copy = copies.first { $0.id == id }
      lines.append(
        Line([
          Span("  copy ", .textMuted), Span("evidence \(id) "),
          Span(Untrusted(copy?.facts.title ?? "(taken off the list)")),
        ])
      )
      if let copy { lines.append(Line([Span("  SHA-256 ", .textMuted), Span(copy.facts.sha256)])) }
    }
    if filing.version > 1 {
      lines.append(
        Line([
          Span("  version ", .textMuted), Span("\(filing.version)"),
          Span("  x v reads the earlier ones", .textMuted),
        ])
      )
    }
    return lines
  }

  private static func origin(
    _ record: ObligationRecord,
    _ found: (law: Law, rule: Rule)?,
    _ context: PaneContext
  ) -> [Line] {
    let obligation = record.obligation
    var lines = [
      Line(""), Line("Rests on", .heading),
      Line([label("article"), Span(Untrusted(obligation.law), .textStrong)]),
    ]
    if let (law, rule) = found {
      lines.append(Line([label("law"), Span(Untrusted(law.title))]))
      if !law.source.isEmpty { lines.append(Line([label("source"), Span(Untrusted(law.source))])) }
      if !law.retrieved.isEmpty { lines.append(fact("read on", law.retrieved)) }
      lines.append(
        Line([label("checked"), Span(Untrusted(law.verified), law.isUnverified ? .warning : .text)])
      )
      if law.isOwn {
        lines.append(Line("* own rule: the organisation's own file set it", .information))
      }
      if !rule.notes.isEmpty {
        lines.append(Line([label("note"), Span(Untrusted(oneLine(rule.notes)))]))
      }
      if law.version != obligation.version {
        lines.append(
          Line("worked out by version \(obligation.version) of the law's file", .warning)
        )
      }
    } else if context.rules != nil {
      lines.append(Line("the rulebook has this rule no more", .warning))
    }
    lines.append(fact("confidence", obligation.confidence.label))
    lines.append(
      fact("worked out", "\(Look.minute(record.computedAt)) UTC, \(record.cause)")
    )
    return lines
  }

  // MARK: Pieces

  private static func isHeld(_ state: Obligation.State) -> Bool {
    if case .held = state { true } else { false }
  }

  private static func label(_ text: String) -> Span {
    Span(text + String(repeating: " ", count: max(1, 11 - text.count)), .textMuted)
  }

  private static func fact(_ name: String, _ text: String) -> Line {
    Line([label(name), Span(Untrusted(text))])
  }

  /// A text of several lines as one: rules are written in paragraphs.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Draws lines wrapped to a width, from a first one on; says where there are more.
  static func draw(
    _ lines: [Line],
    more: String,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    guard rect.columns > 2 else { return }
    let wrapped = lines.flatMap {
      TextWrap.lines($0, width: rect.columns - 2, limit: rect.rows + 1)
    }
    canvas.stack(wrapped, in: rect.inset(columns: 1))
    if wrapped.count > rect.rows, rect.rows > 0 {
      let last = rect.splitBottom(1).bottom
      let width = min(last.columns, more.count + 2)
      let corner = last.splitLeft(last.columns - width).rest
      canvas.fill(corner)
      canvas.write(Line(" \(more) ", .textMuted), in: corner, alignment: .right)
    }
  }
}

extension Law {
  /// Whether nobody has checked it yet.
  var isUnverified: Bool { verified == Law.unverified }
}

extension PaneContext {
  /// The zone in which deadlines are shown: the organisation's, else the officer's.
  public var dutyZone: Zone { organisation?.zone ?? zone }
}
