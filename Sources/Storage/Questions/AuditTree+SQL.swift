internal import GRDB
internal import Model

extension AuditTree: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<AuditTreeRow> {
    guard let found = try db.row("SELECT \(AuditRecord.columns) FROM audit WHERE id = ?", [audit])
    else { return Page(window: window, rows: [], total: 0) }
    let at = try AuditRecord.counting(AuditRecord.read(found), now: context.now, in: db)
    let lines = Int(try db.number("SELECT lines FROM audit WHERE id = ?", [audit]))
    let hidden = try hidden(in: db)
    let places: [Int]
    let total: Int
    if filter.isEmpty {
      // The window is a stretch of places, with a gap for each folded heading in it.
      let shown = AuditTree.shown(lines, hidden)
      total = shown.reduce(0) { $0 + $1.count }
      places = AuditTree.window(window, of: shown)
    } else {
      let fitting = try shown(at, hidden, in: db)
      total = fitting.count
      places = Array(fitting.dropFirst(window.start).prefix(window.count))
    }
    return Page(window: window, rows: try rows(places, at, in: db), total: total)
  }

  /// The places that a filter and folded lines leave, in order.
  func shown(_ at: Instant, _ hidden: [Range<Int>], in db: Database) throws -> [Int] {
    try fitting(at, in: db).filter { place in !hidden.contains { $0.contains(place) } }
  }

  /// The stretches of places that folded lines hide, the outermost only.
  func hidden(in db: Database) throws -> [Range<Int>] {
    guard !folded.isEmpty else { return [] }
    var hidden: [Range<Int>] = []
    try db.rows(
      """
      SELECT place + 1, placeEnd FROM auditItem
      WHERE audit = ? AND place IN (SELECT value FROM json_each(?)) ORDER BY place
      """,
      [audit, Self.list(folded.sorted())]
    ) { row in
      let (start, end) = (Int(try row.number(0)), Int(try row.number(1)))
      if start < end, start >= hidden.last?.upperBound ?? 0 { hidden.append(start..<end) }
    }
    return hidden
  }

  private static func shown(_ lines: Int, _ hidden: [Range<Int>]) -> [Range<Int>] {
    var (shown, start): ([Range<Int>], Int) = ([], 0)
    for gap in hidden {
      if start < gap.lowerBound { shown.append(start..<gap.lowerBound) }
      start = gap.upperBound
    }
    if start < lines { shown.append(start..<lines) }
    return shown
  }

  private static func window(_ window: RowWindow, of shown: [Range<Int>]) -> [Int] {
    var (places, before): ([Int], Int) = ([], 0)
    for stretch in shown where places.count < window.count {
      let start = max(0, window.start - before)
      let wanted = min(stretch.count - start, window.count - places.count)
      before += stretch.count
      if wanted > 0 {
        places += (stretch.lowerBound + start)..<(stretch.lowerBound + start + wanted)
      }
    }
    return places
  }

  /// The places of the items that fit and of the headings above them, in order.
  private func fitting(_ at: Instant, in db: Database) throws -> [Int] {
    let expired = "attestedUntil IS NOT NULL AND attestedUntil <= \(at.milliseconds)"
    var (conditions, arguments): ([String], StatementArguments) = ([], [audit])
    if let work = filter.work {
      conditions.append("work = ?")
      arguments += [work.rawValue]
    }
    if let result = filter.result {
      conditions.append(
        result == .notAssessed
          ? "(result = ? OR (\(expired)))" : "result = ? AND NOT coalesce(\(expired), 0)"
      )
      arguments += [result.rawValue]
    }
    if let grade = filter.grade {
      conditions.append("grade = ?")
      arguments += [grade.rawValue]
    }
    if let assignee = filter.assignee {
      conditions.append("assignee = ? COLLATE NOCASE")
      arguments += [assignee]
    }
    if let isBelow = filter.isBelowTarget {
      conditions.append(
        "coalesce(target IS NOT NULL AND (score IS NULL OR score < target), 0) = ?"
      )
      arguments += [isBelow]
    }
    if let hasProposal = filter.hasProposal {
      conditions.append("(proposal IS NOT NULL) = ?")
      arguments += [hasProposal]
    }
    if let hasFinding = filter.hasFinding {
      conditions.append(
        "EXISTS (SELECT 1 FROM finding WHERE finding.item = auditItem.id AND isRemoved = 0) = ?"
      )
      arguments += [hasFinding]
    }
    if let text = filter.text, let words = AuditText.condition(text) {
      conditions.append(words.sql)
      arguments += words.arguments
    }
    var items: [Int] = []
    try db.rows(
      """
      SELECT place FROM \(AuditItemRecord.joined) WHERE audit = ? AND isHeading = 0
        AND \((conditions + ["1"]).joined(separator: " AND ")) ORDER BY place
      """,
      arguments
    ) { items.append(Int(try $0.number(0))) }
    guard !items.isEmpty else { return [] }
    var places: [Int] = []
    try db.rows(
      """
      SELECT place, placeEnd FROM auditItem WHERE audit = ? AND (isHeading = 1
        OR placeEnd > place + 1) ORDER BY place
      """,
      [audit]
    ) { row in
      let (place, end) = (Int(try row.number(0)), Int(try row.number(1)))
      // The first item behind the heading: it stands below it, or nothing does.
      var (low, high) = (0, items.count)
      while low < high {
        let middle = (low + high) / 2
        if items[middle] > place { high = middle } else { low = middle + 1 }
      }
      if low < items.count, items[low] < end { places.append(place) }
    }
    return Array(Set(places).union(items)).sorted()
  }

  /// The lines at some places.
  func rows(_ places: [Int], _ at: Instant, in db: Database) throws -> [AuditTreeRow] {
    guard !places.isEmpty else { return [] }
    var rows: [AuditTreeRow] = []
    try db.rows(
      """
      SELECT auditItem.place, auditItem.placeEnd, auditItem.depth, requirement.reference,
        CASE requirement.name WHEN '' THEN substr(requirement.text, 1, 400)
          ELSE requirement.name END,
        auditItem.isHeading, auditItem.id, auditItem.version, auditItem.work, auditItem.result,
        auditItem.attestedUntil, auditItem.score, auditItem.target, auditItem.grade,
        auditItem.assignee, auditItem.proposal IS NOT NULL, auditItem.previousResult,
        auditItem.items, auditItem.assessed, auditItem.excluded, auditItem.points,
        auditItem.possible
      FROM \(AuditItemRecord.joined)
      WHERE auditItem.audit = ? AND auditItem.place IN (SELECT value FROM json_each(?))
      ORDER BY auditItem.place
      """,
      [audit, Self.list(places)]
    ) { rows.append(try Self.row($0, at)) }
    try subtractExpired(from: &rows, at, in: db)
    return rows
  }

  private static func row(_ row: Row, _ at: Instant) throws -> AuditTreeRow {
    let isHeading = try row.flag(5)
    let stored: AuditResult = try row.word(9)
    let isExpired =
      try stored != .notAssessed && (row.optionalNumber(10).map { $0 <= at.milliseconds } ?? false)
    return AuditTreeRow(
      place: Int(try row.number(0)),
      end: Int(try row.number(1)),
      depth: Int(try row.number(2)),
      reference: try row.text(3),
      headline: FrameworkTexts(name: try row.text(4)).headline,
      score: isHeading
        ? AuditScore(
          items: Int(try row.number(17)),
          assessed: Int(try row.number(18)),
          excluded: Int(try row.number(19)),
          points: try row.number(20),
          possible: try row.number(21)
        ) : nil,
      item: isHeading
        ? nil
        : AuditTreeRow.Item(
          id: try row.number(6),
          version: try row.number(7),
          work: try row.word(8),
          result: isExpired ? .notAssessed : stored,
          isExpired: isExpired,
          score: try row.optionalNumber(11).map { Int($0) },
          target: try row.optionalNumber(12).map { Int($0) },
          grade: try row.optionalWord(13),
          assignee: try row.text(14),
          hasProposal: try row.flag(15),
          previous: try row.optionalWord(16)
        )
    )
  }

  /// What is kept in headings does not know of attestations that ran out since.
  private func subtractExpired(
    from rows: inout [AuditTreeRow],
    _ at: Instant,
    in db: Database
  ) throws {
    try db.rows(
      """
      SELECT place, result, points, possible FROM auditItem
      WHERE audit = ? AND attestedUntil IS NOT NULL AND result <> 'not-assessed'
        AND attestedUntil <= ?
      """,
      [audit, at.milliseconds]
    ) { row in
      let place = Int(try row.number(0))
      for index in rows.indices where rows[index].place < place && rows[index].end > place {
        guard var score = rows[index].score else { continue }
        score.assessed -= 1
        if try row.text(1) == AuditResult.notApplicable.rawValue { score.excluded -= 1 }
        score.points -= try row.number(2)
        score.possible -= try row.number(3)
        rows[index].score = score
      }
    }
  }

  /// Places as a JSON list.
  static func list(_ places: [Int]) -> String {
    "[\(places.map(String.init).joined(separator: ","))]"
  }
}
