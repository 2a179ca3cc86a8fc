internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension AuditCommand {
  /// The command `tocsin audit list`.
  struct List: HeadlessCommand {
    static let origin = "audit list"
    static let configuration = CommandConfiguration(abstract: "List audits, the newest first.")

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let rows = try await store.answer(AuditList())
      guard !format.json else {
        try session.out.json(.array(rows.map { AuditWords.json($0) }))
        return .done
      }
      guard !format.csv else {
        try session.out.csv(rows.map { AuditWords.json($0) }, AuditWords.columns)
        return .done
      }
      if rows.isEmpty {
        session.out.note("There are no audits yet: tocsin audit start begins one.")
      } else {
        try AuditWords.table(rows, session)
      }
      return .done
    }
  }

  /// The command `tocsin audit trend`.
  struct Trend: HeadlessCommand {
    static let origin = "audit trend"
    static let configuration = CommandConfiguration(
      abstract: "The audits of all editions of a framework, the oldest first, with their scores."
    )

    @Argument(help: "The framework, such as gdpr.")
    var framework: String

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      // Any edition will do: the name is what they have in common.
      let known = try await store.answer(FrameworkList())
      let short = { (row: FrameworkRow) in row.identifier.split { $0 == ":" }.last.map(String.init)
      }
      let row = known.first { $0.isNamed(framework) || short($0) == framework }
      let identifier =
        if let row { row.identifier } else {
          try await session.framework(framework, in: store).identifier
        }
      let rows = try await store.answer(AuditTrend(framework: identifier))
      guard !format.json else {
        try session.out.json(.array(rows.map { AuditWords.json($0) }))
        return .done
      }
      guard !format.csv else {
        try session.out.csv(rows.map { AuditWords.json($0) }, AuditWords.columns)
        return .done
      }
      if !rows.isEmpty { try AuditWords.table(rows, session) }
      return .done
    }
  }

  /// The command `tocsin audit score`.
  struct Score: HeadlessCommand {
    static let origin = "audit score"
    static let configuration = CommandConfiguration(
      abstract: "How an audit does, as a whole and by heading.",
      discussion: """
        An item counts once it is assessed and its attestation has not run out. Its value is its \
        score on the framework's scale, from 0 % for the least to 100 % for the greatest; without a \
        score 100 % where it conforms, 50 % where it partly does, 0 % where it does not. What is not \
        applicable is left out. The score is the mean of the values, each as often as its \
        requirement's weight. A heading's score is that of all items below it. How much is \
        assessed is always said beside it.
        """
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Option(help: "How deep headings are shown; 0 shows none.")
    var depth = 1

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let row = try await session.audit(reference, in: store).row
      let tree = AuditTree(audit: row.id, window: RowWindow(start: 0, count: .max / 2))
      let headings = try await store.answer(tree).rows.filter {
        $0.score != nil && $0.depth <= depth
      }
      guard !format.json else {
        try session.out.json(
          .members([
            "reference": .string(row.audit.reference), "score": AuditWords.json(row.tally.score),
            "expired": .count(row.tally.expired),
            "headings": .array(
              headings.map { heading in
                .members([
                  "reference": .string(heading.reference), "headline": .string(heading.headline),
                  "depth": .count(heading.depth),
                  "score": AuditWords.json(heading.score ?? AuditScore()),
                ])
              }
            ),
          ])
        )
        return .done
      }
      try session.out.line("\(row.audit.reference): \(row.tally.score.text)")
      for heading in headings {
        let indent = Words(String(repeating: "  ", count: heading.depth))
        try session.out.row(
          indent + "\(heading.reference)  \(heading.headline): \((heading.score ?? .init()).text)"
        )
      }
      return .done
    }
  }

  /// The command `tocsin audit show`.
  struct Show: HeadlessCommand {
    static let origin = "audit show"
    static let configuration = CommandConfiguration(
      abstract: "Show an audit's tree with its answers, or one item with everything.",
      discussion: "Options narrow the tree to items that fit, with the headings above them."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Argument(help: "One item, by its requirement's reference.")
    var item: String?

    @Option(help: "Only items with this work status.")
    var work: AuditWork?

    @Option(help: "Only items with this result.")
    var result: AuditResult?

    @Option(help: "Only items with this grade.")
    var grade: AuditGrade?

    @Option(help: "Only items that this person is to answer.")
    var assignee: String?

    @Flag(help: "Only items whose score is below their target.")
    var belowTarget = false

    @Flag(help: "Only items for which somebody proposes an answer.")
    var proposed = false

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let details = try await session.audit(reference, in: store)
      if let item {
        let found = try await session.item(item, of: details, in: store)
        try await tell(found, details, in: store, session)
        return .done
      }
      let tree = AuditTree(
        audit: details.row.id,
        filter: AuditItemFilter(
          work: work,
          result: result,
          grade: grade,
          assignee: assignee,
          isBelowTarget: belowTarget ? true : nil,
          hasProposal: proposed ? true : nil
        ),
        window: RowWindow(start: 0, count: .max / 2)
      )
      let rows = try await store.answer(tree).rows
      var scans: [Int: ItemScanOutcome] = [:]
      for outcome in try await store.answer(AuditScanOutcomes(audit: details.row.id)) {
        scans[outcome.place] = outcome
      }
      if format.json {
        try session.out.json(json(details, rows, scans))
      } else {
        let window = RowWindow(start: 0, count: 0)
        let all = FindingFilter(audit: details.row.id)
        let open = FindingFilter(
          states: Set(FindingState.allCases.filter(\.isOpen)),
          audit: details.row.id
        )
        let found = try await store.answer(FindingList(all, window: window)).total
        let left = try await store.answer(FindingList(open, window: window)).total
        try tell(details, rows, scans, findings: (found, left), session)
      }
      return .done
    }

    /// Shows one item, with what scans say of it.
    private func tell(
      _ found: AuditItemDetails.Details,
      _ audit: AuditDetails.Details,
      in store: any Store,
      _ session: Session
    ) async throws {
      let place = found.item.place
      let outcome = try await store.answer(AuditScanOutcomes(audit: audit.row.id))
        .first { $0.place == place }
      guard let ties = try await store.answer(AuditItemTies(item: found.item.id)) else {
        throw Refusal("this item is not in the record any more")
      }
      guard !format.json else {
        var object = AuditWords.json(found).object ?? JSONObject()
        for (key, value) in AuditWords.members(ties, now: session.now) { object[key] = value }
        object["scan"] = AuditScanWords.json(outcome)
        return try session.out.json(.object(object))
      }
      let lines =
        AuditWords.lines(found) + AuditWords.lines(ties, of: found.item, now: session.now)
      for line in lines { try session.out.line(line) }
      guard let outcome else { return }
      let results = AuditScanResults(
        audit: audit.row.id,
        filter: AuditScanFilter(place: place),
        window: RowWindow(start: 0, count: 1_000)
      )
      let rows = try await store.answer(results).rows
      for line in AuditScanWords.lines(outcome, rows, now: session.now) {
        try session.out.line(line)
      }
    }

    private func tell(
      _ details: AuditDetails.Details,
      _ rows: [AuditTreeRow],
      _ scans: [Int: ItemScanOutcome],
      findings: (all: Int, open: Int),
      _ session: Session
    ) throws {
      let (row, facts) = (details.row, details.row.audit.facts)
      try session.out.line("\(row.audit.reference)  \(facts.title)")
      try session.out.line("\(row.name), version \(row.edition)")
      try session.out.line("\(row.audit.state.label), \(row.tally.score.text)")
      if row.tally.expired > 0 {
        try session.out.line("\(row.tally.expired) attestations ran out")
      }
      if let due = row.nextDue { try session.out.line("next due \(due)") }
      if findings.all > 0 {
        try session.out.line("findings: \(findings.all), of them open \(findings.open)")
      }
      for signature in details.signatures {
        try session.out.line(AuditWords.words(signature))
      }
      try session.out.line("")
      for line in rows {
        let indent = Words(String(repeating: "  ", count: line.depth - 1))
        guard let item = line.item else {
          try session.out.row(indent + "\(line.reference)  \(line.headline)")
          continue
        }
        let score = item.score.map { " \($0)" } ?? ""
        let expired = item.isExpired ? ", ran out" : ""
        let proposal = item.hasProposal ? ", proposal" : ""
        let scan = scans[line.place].map { ", scan: \($0.outcome.label)" } ?? ""
        try session.out.row(
          indent + "\(line.reference)  [\(item.result.label)\(score), \(item.work.label)\(expired)"
            + "\(proposal)\(scan)] \(line.headline)"
        )
      }
    }

    private func json(
      _ details: AuditDetails.Details,
      _ rows: [AuditTreeRow],
      _ scans: [Int: ItemScanOutcome]
    ) -> JSON {
      .members([
        "audit": AuditWords.json(details.row), "digest": .string(details.digest),
        "signatures": .array(
          details.signatures.map { signature in
            .members([
              "digest": .string(signature.digest), "by": .string(signature.by),
              "at": .instant(signature.at), "second_by": .text(signature.second?.by),
              "second_at": .text(signature.second?.at.description),
              "complete": .bool(signature.isComplete),
              "reopened_by": .text(signature.reopening?.by),
              "reopened_at": .text(signature.reopening?.at.description),
              "reason": .text(signature.reopening?.reason),
            ])
          }
        ),
        "lines": .array(
          rows.map { row in
            .members([
              "place": .count(row.place), "depth": .count(row.depth),
              "reference": .string(row.reference), "headline": .string(row.headline),
              "score": row.score.map { AuditWords.json($0) } ?? .null,
              "item": row.item.map { item in
                .members([
                  "number": .integer(item.id), "version": .integer(item.version),
                  "work": .string(item.work.rawValue), "result": .string(item.result.rawValue),
                  "expired": .bool(item.isExpired), "score": AuditWords.number(item.score),
                  "target": AuditWords.number(item.target), "grade": .text(item.grade?.rawValue),
                  "assignee": .string(item.assignee), "proposal": .bool(item.hasProposal),
                  "previous": .text(item.previous?.rawValue),
                  "scan": AuditScanWords.json(scans[row.place]),
                ])
              } ?? .null,
            ])
          }
        ),
      ])
    }
  }
}

extension AuditWords {
  /// The members that are columns of CSV.
  static let columns = [
    "reference", "title", "framework", "edition", "state", "scope", "groups", "from", "until",
    "auditor", "reviewers", "months", "next_due", "started_at", "updated_at", "score.hundredths",
    "score.items", "score.assessed", "score.not_applicable", "expired", "results.conforms",
    "results.partly", "results.does-not-conform",
  ]

  /// Prints audits as a table.
  static func table(_ rows: [AuditRow], _ session: Session) throws {
    let cells: [[Words]] = rows.map { row in
      let score = row.tally.score
      return [
        "\(row.audit.reference)", "\(row.audit.state.label)", percent(score),
        "\(score.assessed)/\(score.items)", row.nextDue.map { Words($0) } ?? "-",
        "\(row.edition)", "\(row.audit.facts.title)",
      ]
    }
    let titles: [Words] = [
      "REFERENCE", "STATE", "SCORE", "ASSESSED", "NEXT DUE", "EDITION", "TITLE",
    ]
    let table = Table(titles: titles, rows: cells, right: [2, 3])
    for line in table.lines(cells) { try session.out.line(line) }
  }

  /// A signature in a line.
  static func words(_ signature: AuditSignature) -> Words {
    let second = signature.second.map { " and \($0.by) at \($0.at)" } ?? ""
    let waits = signature.isComplete ? "" : ", a second signature is waited for"
    let opened = signature.reopening.map { "; opened again by \($0.by) at \($0.at): \($0.reason)" }
    return "signed by \(signature.by) at \(signature.at)\(second)\(waits)\(opened ?? "")"
  }
}
