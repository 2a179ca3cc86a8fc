import Drawing
import Model

/// What is said of statements.
enum StatementText {
  /// How one stands, with a sign beside the colour.
  static func state(_ row: StatementRow) -> Span {
    switch row.state {
    case "published": Span("● published", .stateDone)
    case "approved": Span("○ approved", .stateProgress)
    case "proposed": Span("… proposed", .stateProgress)
    case "withdrawn": Span("- withdrawn", .stateClosed)
    default: Span("· draft", .stateOpen)
    }
  }

  /// Whether the register supports what is published.
  static func flag(_ row: StatementRow) -> Span {
    if row.published == nil { return Span("–", .textMuted) }
    guard row.unsupported > 0 else {
      return row.additions == 0
        ? Span("the same", .success) : Span("+ \(row.additions) more", .warning)
    }
    return Span("! \(row.unsupported) otherwise", .danger, .bold)
  }

  /// A statement in the list, in full.
  static func lines(_ row: StatementRow, _ context: PaneContext) -> [Line] {
    var lines = [
      Line([
        Span("\(row.statement.reference)  ", .textStrong), state(row), Span("  "),
        Span(Untrusted(row.statement.facts.title), .heading, .bold),
      ])
    ]
    func mark(_ label: String, _ mark: StatementRow.Mark?) {
      guard let mark else { return }
      lines.append(
        Line([
          Span("\(label)  ", .textMuted),
          Span("version \(mark.number) of \(mark.date.iso), \(mark.state.label)"),
          Span("  \(mark.digest.prefix(12))", .textMuted),
        ])
      )
    }
    mark("the public sees", row.published)
    mark("prepared", row.live)
    mark("ended last", row.last)
    if row.published != nil {
      lines.append(Line([Span("the register says  ", .textMuted), flag(row)]))
    }
    if let expires = row.securityExpires {
      let isEnding = row.isSecurityEnding(at: context.now)
      lines.append(
        Line([
          Span("security.txt until  ", .textMuted),
          Span(
            (isEnding ? "! " : "") + DayNumber(expires, in: context.zone).iso,
            isEnding ? .warning : .text
          ),
        ])
      )
    }
    lines += row.problems.map {
      Line([Span("! ", .danger, .bold), Span(Untrusted($0.description))])
    }
    return lines
  }

  /// What a tab says of a statement.
  static func lines(_ tab: StatementsPane.Tab, _ details: StatementDetails.Details) -> [Line] {
    switch tab {
    case .list: []
    case .text: text(details)
    case .omissions: omissions(details)
    case .difference: differences(details)
    case .versions: versions(details)
    case .corrections: corrections(details)
    }
  }

  private static func text(_ details: StatementDetails.Details) -> [Line] {
    let content = details.draft.content
    var lines: [Line] = details.draft.problems.map {
      Line([Span("! stands against it: ", .danger, .bold), Span(Untrusted($0.description))])
    }
    lines += [
      Line([
        Span("as it would be put up on \(content.date.iso), digest ", .textMuted),
        Span(String(content.digest.prefix(12)), .textStrong),
      ]), Line(""),
      Line(Untrusted(content.title), .heading, .bold), Line(""),
    ]
    return lines + written(content.blocks, content)
  }

  private static func written(_ blocks: [StatementBlock], _ content: StatementContent) -> [Line] {
    blocks.flatMap { block -> [Line] in
      switch block {
      case .heading(let depth, let runs):
        [
          Line(
            [Span(String(repeating: "#", count: depth) + " ", .textMuted)] + spans(runs, .heading)
          )
        ]
      case .paragraph(let runs): [Line(spans(runs, .text)), Line("")]
      case .list(let points):
        points.map { Line([Span("- ", .textMuted)] + spans($0, .text)) } + [Line("")]
      case .facts(let facts): facts.map(line) + [Line("")]
      case .incident(let reference, let title):
        [
          Line([
            Span("\(reference)  ", .textStrong), Span(Untrusted(title), .heading),
            Span("  on a page of its own", .textMuted),
          ])
        ]
          + written(
            content.incidents.first { $0.reference == reference }?.blocks ?? [],
            content
          )
      }
    }
  }

  /// Derived pieces stand apart from the officer's words by their look.
  private static func spans(_ runs: [StatementRun], _ role: Role) -> [Span] {
    runs.map { Span(Untrusted($0.text), $0.source.isEmpty ? role : .information) }
  }

  private static func line(_ fact: StatementFact) -> Line {
    Line([
      Span(Untrusted("\(fact.label)  "), .textMuted), Span(Untrusted(fact.text), .information),
    ])
  }

  private static func omissions(_ details: StatementDetails.Details) -> [Line] {
    guard !details.draft.omissions.isEmpty else {
      return [Line("Nothing is left out.", .textMuted)]
    }
    return [
      Line("What an approver is to see besides the text: none of it is published.", .textMuted),
      Line(""),
    ]
      + details.draft.omissions.map { omission in
        Line([
          Span("\(omission.kind.label)  ", .warning),
          Span(Untrusted("\(omission.subject)  "), .textStrong), Span(Untrusted(omission.text)),
        ])
      }
  }

  private static func differences(_ details: StatementDetails.Details) -> [Line] {
    guard details.row.published != nil else { return [Line("Nothing is published.", .textMuted)] }
    guard !details.differences.isEmpty else {
      return [Line("The register supports all that is published.", .success)]
    }
    return details.differences.flatMap { difference in
      [
        Line([
          Span(Untrusted("\(difference.label)  "), .textStrong),
          Span(Untrusted(difference.key), .textMuted),
        ]),
        Line([
          Span("  - ", .danger, .bold),
          Span(Untrusted(difference.published ?? "nothing is said of it")),
        ]),
        Line([
          Span("  + ", .success, .bold),
          Span(Untrusted(difference.now ?? "the register does not say it any more")),
        ]),
      ]
    }
  }

  private static func versions(_ details: StatementDetails.Details) -> [Line] {
    guard !details.editions.isEmpty else {
      return [Line("There is no version yet: x p puts one up.", .textMuted)]
    }
    return details.editions.flatMap { edition -> [Line] in
      let facts = edition.facts
      var lines = [
        Line([
          Span("version \(facts.number)  ", .textStrong), Span("of \(facts.content.date.iso)  "),
          Span(facts.state.label, facts.state == .published ? .stateDone : .stateProgress),
        ]),
        Line([Span("  SHA-256 ", .textMuted), Span(facts.digest)]),
      ]
      lines += facts.approvals.map {
        Line([
          Span("  approved by ", .textMuted), Span(Untrusted($0.by)),
          Span(" (\($0.uid)), \($0.at)", .textMuted),
        ])
      }
      if let published = facts.published {
        lines.append(
          Line([
            Span("  published by ", .textMuted), Span(Untrusted(published.by)),
            Span(", \(published.at), manifest \(published.note.prefix(12))", .textMuted),
          ])
        )
      }
      if let end = facts.end {
        lines.append(
          Line([
            Span("  \(facts.state.label) by ", .textMuted), Span(Untrusted(end.by)),
            Span(": ", .textMuted), Span(Untrusted(end.note)),
          ])
        )
      }
      return lines
    }
  }

  private static func corrections(_ details: StatementDetails.Details) -> [Line] {
    let corrections = details.row.statement.facts.corrections
    guard !corrections.isEmpty else {
      return [Line("Nothing had to be corrected so far; x k writes a correction down.", .textMuted)]
    }
    return corrections.reversed().flatMap { correction in
      [
        Line([
          Span(correction.on.iso, .textStrong),
          Span(correction.version.map { "  version \($0)" } ?? "", .textMuted),
          Span("  by ", .textMuted), Span(Untrusted(correction.by)),
        ]),
        Line([Span("  - ", .danger, .bold), Span(Untrusted(correction.was))]),
        Line([Span("  + ", .success, .bold), Span(Untrusted(correction.now))]),
      ]
    }
  }
}
