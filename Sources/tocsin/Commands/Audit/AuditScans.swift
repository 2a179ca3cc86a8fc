public import ArgumentParser
internal import Exchange
public import Model
internal import Storage

extension AuditCommand {
  /// The command `tocsin audit scans`.
  struct Scans: HeadlessCommand {
    static let origin = "audit scans"
    static let configuration = CommandConfiguration(
      abstract:
        "What scanners found out: their rules, the worst first, and the scans they came with.",
      discussion: "What passed or was not looked at is shown with --all or a --result."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.") var reference: String
    @Argument(help: "Only rules that speak of this item, by its requirement's reference.")
    var item: String?
    @Flag(help: "Only rules that speak of no item of the audit.") var unmatched = false
    @Option(help: "Only rules that came to this: pass, fail, error, notReviewed and so on.")
    var result: ScanOutcome?
    @Flag(help: "Every rule.") var all = false
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      var filter = AuditScanFilter(isMatched: unmatched ? false : nil, outcome: result)
      if let item { filter.place = try await session.item(item, of: audit, in: store).item.place }
      let scans = try await store.answer(AuditScans(audit: audit.row.id))
      let page = try await store.answer(
        AuditScanResults(
          audit: audit.row.id,
          filter: filter,
          window: RowWindow(start: 0, count: .max / 2)
        )
      )
      var names: [Int: String] = [:]
      let tree = AuditTree(audit: audit.row.id, window: RowWindow(start: 0, count: .max / 2))
      for row in try await store.answer(tree).rows { names[row.place] = row.reference }
      if format.json {
        try session.out.json(
          .members([
            "scans": .array(scans.map { AuditScanWords.json($0) }),
            "results": .array(page.rows.map { AuditScanWords.json($0, names, now: session.now) }),
          ])
        )
        return .done
      }
      for scan in scans { try session.out.row(AuditScanWords.line(scan)) }
      let isWanted = { (row: AuditScanResults.Row) in
        all || unmatched || result != nil || item != nil || row.result.outcome.rank < 5
      }
      let shown = page.rows.filter(isWanted)
      if !scans.isEmpty, !shown.isEmpty { try session.out.line() }
      for row in shown {
        try session.out.row(AuditScanWords.line(row, names, now: session.now))
      }
      let hidden = page.total - shown.count
      if hidden > 0 { session.out.note("\(hidden) more are in order or do not apply: --all") }
      return .done
    }
  }
}

extension ScanOutcome: ExpressibleByArgument {}

/// What scans say, in words and as objects.
enum AuditScanWords {
  /// A scan in a line.
  static func line(_ scan: AuditScan) -> Words {
    let facts = scan.facts
    let parts = ScanOutcome.allCases.compactMap { outcome -> Words? in
      facts.counts[outcome.rawValue].map { "\(Words(outcome.label)) \($0)" }
    }
    let target: Words = facts.target.isEmpty ? "" : " on \(facts.target)"
    let counts: Words = parts.joined(by: ", ")
    return """
      \(scan.importedAt.words)  \(facts.tool)\(target): \(counts); \
      \(facts.file), by \(scan.importedBy)
      """
  }

  /// A result in a line.
  static func line(
    _ row: AuditScanResults.Row,
    _ names: [Int: String],
    now: Instant
  ) -> Words {
    let result = row.result
    let places = result.places.compactMap { names[$0] }.joined(separator: ", ")
    let finding = row.finding.map { "  \($0.reference) \($0.stateText(at: now))" } ?? ""
    let title = result.title.isEmpty ? "" : "  \(result.title)"
    return """
      \(result.outcome.label)  \(result.rule)  [\(places.isEmpty ? "unmatched" : places)]\
      \(finding)\(title)
      """
  }

  /// What scans say of an item, in lines.
  static func lines(_ outcome: ItemScanOutcome, _ rows: [AuditScanResults.Row], now: Instant)
    -> [Words]
  {
    let shown = rows.filter { $0.result.outcome == outcome.outcome }.prefix(10)
    return ["Scans        \(outcome.text)"]
      + shown.map { row in
        let finding = row.finding.map { ", \($0.reference) \($0.stateText(at: now))" } ?? ""
        return "             \(row.result.rule)  \(row.result.source)\(finding)"
      }
  }

  /// What scans say of an item, as an object.
  static func json(_ outcome: ItemScanOutcome?) -> JSON {
    guard let outcome else { return .null }
    var counts = JSONObject()
    for word in ScanOutcome.allCases {
      if let count = outcome.counts[word.rawValue] { counts[word.rawValue] = .count(count) }
    }
    return .members([
      "outcome": .string(outcome.outcome.rawValue), "results": .object(counts),
    ])
  }

  /// A scan as an object.
  static func json(_ scan: AuditScan) -> JSON {
    let (facts, effect) = (scan.facts, scan.effect)
    var counts = JSONObject()
    for word in ScanOutcome.allCases {
      counts[word.rawValue] = .count(facts.counts[word.rawValue] ?? 0)
    }
    return .members([
      "id": .integer(scan.id), "file": .string(facts.file), "sha256": .string(facts.sha256),
      "format": .string(facts.format), "tool": .string(facts.tool),
      "target": .string(facts.target), "benchmark": .string(facts.benchmark),
      "started_at": .string(facts.startedAt), "imported_at": .instant(scan.importedAt),
      "imported_by": .string(scan.importedBy), "results": .object(counts),
      "created": .count(effect.created), "updated": .count(effect.updated),
      "unchanged": .count(effect.unchanged), "opened": .count(effect.opened),
      "closed": .count(effect.closed), "reopened": .count(effect.reopened),
      "matched": .count(effect.matched), "unmatched": .count(effect.unmatched),
    ])
  }

  /// A result as an object.
  static func json(_ row: AuditScanResults.Row, _ names: [Int: String], now: Instant) -> JSON {
    let result = row.result
    return .members([
      "id": .integer(row.id), "scan": .integer(row.scan), "tool": .string(result.tool),
      "target": .string(result.target), "rule": .string(result.rule),
      "title": .string(result.title), "result": .string(result.outcome.rawValue),
      "source": .string(result.word), "severity": .string(result.severity.rawValue),
      "message": .string(result.message), "advice": .string(result.advice),
      "at": .text(result.at?.description),
      "items": .texts(result.places.compactMap { names[$0] }),
      "finding": .text(row.finding?.reference),
      "finding_state": .text(row.finding?.state(at: now).rawValue),
    ])
  }
}
