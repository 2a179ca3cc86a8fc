internal import GRDB
internal import Model

extension AuditTreePosition: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Int? {
    guard
      let found = try db.row("SELECT \(AuditRecord.columns) FROM audit WHERE id = ?", [tree.audit])
    else { return nil }
    let hidden = try tree.hidden(in: db)
    guard !hidden.contains(where: { $0.contains(place) }) else { return nil }
    guard tree.filter.isEmpty else {
      let at = try AuditRecord.counting(AuditRecord.read(found), now: context.now, in: db)
      return try tree.shown(at, hidden, in: db).firstIndex(of: place)
    }
    let lines = Int(try db.number("SELECT lines FROM audit WHERE id = ?", [tree.audit]))
    let above = hidden.filter { $0.upperBound <= place }.reduce(0) { $0 + $1.count }
    return (0..<lines).contains(place) ? place - above : nil
  }
}

extension AuditItemsBelow: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [AuditTreeRow] {
    guard let found = try db.row("SELECT \(AuditRecord.columns) FROM audit WHERE id = ?", [audit])
    else { return [] }
    let at = try AuditRecord.counting(AuditRecord.read(found), now: context.now, in: db)
    var wanted: [Int] = []
    try db.rows(
      """
      SELECT DISTINCT item.place FROM auditItem AS marked
      JOIN auditItem AS item ON item.audit = marked.audit AND item.isHeading = 0
        AND item.place >= marked.place AND item.place < marked.placeEnd
      WHERE marked.audit = ? AND marked.place IN (SELECT value FROM json_each(?))
        AND (marked.isHeading = 1 OR item.place = marked.place)
      ORDER BY item.place
      """,
      [audit, AuditTree.list(places.sorted())]
    ) { wanted.append(Int(try $0.number(0))) }
    return try AuditTree(audit: audit, window: RowWindow(start: 0, count: 0))
      .rows(wanted, at, in: db)
  }
}

extension AuditSearch: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Int] {
    let trimmed = FullText.words(text).joined(separator: " ")
    guard !trimmed.isEmpty else { return [] }
    var places = try find(
      "requirement.reference LIKE ? ESCAPE '\\'",
      [SQLPattern.beginning(trimmed)],
      in: db
    )
    if places.isEmpty, let words = AuditText.condition(trimmed) {
      places = try find(words.sql, words.arguments, in: db)
    }
    return places
  }

  private func find(_ condition: String, _ arguments: StatementArguments, in db: Database) throws
    -> [Int]
  {
    var places: [Int] = []
    var all: StatementArguments = [audit]
    all += arguments
    try db.rows(
      """
      SELECT auditItem.place FROM \(AuditItemRecord.joined)
      WHERE auditItem.audit = ? AND \(condition) ORDER BY auditItem.place LIMIT \(Self.most)
      """,
      all
    ) { places.append(Int(try $0.number(0))) }
    return places
  }
}

/// Words in the texts of an audit: what requirements say, and what was answered.
enum AuditText {
  /// The condition on `auditItem` joined with `requirement`; nil where there is no word.
  static func condition(_ text: String) -> (sql: String, arguments: StatementArguments)? {
    guard let words = FullText.expression(text) else { return nil }
    let part = "%" + SQLPattern.beginning(text)
    return (
      """
      (requirement.id IN (SELECT rowid FROM requirementSearch WHERE requirementSearch MATCH ?)
        OR requirement.reference LIKE ? ESCAPE '\\' OR auditItem.observation LIKE ? ESCAPE '\\'
        OR auditItem.reason LIKE ? ESCAPE '\\')
      """,
      [words, SQLPattern.beginning(text), part, part]
    )
  }
}

extension AuditChapters: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Chapter] {
    guard let found = try db.row("SELECT \(AuditRecord.columns) FROM audit WHERE id = ?", [audit])
    else { return [] }
    let at = try AuditRecord.counting(AuditRecord.read(found), now: context.now, in: db)
    let places = try outermost(in: db)
    let rows = try AuditTree(audit: audit, window: RowWindow(start: 0, count: 0))
      .rows(places, at, in: db)
    var chapters = rows.map { row in
      Chapter(
        place: row.place,
        end: row.end,
        reference: row.reference,
        headline: row.headline,
        score: row.score ?? AuditScore()
      )
    }
    var index = 0
    try db.rows(
      """
      SELECT place, result, attestedUntil, points, possible FROM auditItem
      WHERE audit = ? AND isHeading = 0 ORDER BY place
      """,
      [audit]
    ) { row in
      let place = Int(try row.number(0))
      while index < chapters.count, chapters[index].end <= place { index += 1 }
      guard index < chapters.count, chapters[index].place <= place else { return }
      let stored: AuditResult = try row.word(1)
      let isExpired = try row.optionalNumber(2).map { $0 <= at.milliseconds } ?? false
      let result = isExpired ? .notAssessed : stored
      chapters[index].counts[result, default: 0] += 1
      // An item in no chapter is one of its own: no heading has its sums.
      guard chapters[index].place == place else { return }
      chapters[index].score = AuditScore(
        items: 1,
        assessed: result == .notAssessed ? 0 : 1,
        excluded: result == .notApplicable ? 1 : 0,
        points: isExpired ? 0 : try row.number(3),
        possible: isExpired ? 0 : try row.number(4)
      )
    }
    return chapters
  }

  /// The places of the lines that stand in no other, or in the only one that does.
  private func outermost(in db: Database) throws -> [Int] {
    var lines: [(place: Int, end: Int, depth: Int)] = []
    try db.rows(
      "SELECT place, placeEnd, depth FROM auditItem WHERE audit = ? ORDER BY place",
      [audit]
    ) { row in
      lines.append(
        (Int(try row.number(0)), Int(try row.number(1)), Int(try row.number(2)))
      )
    }
    var start = 0
    while start + 1 < lines.count, lines[start].end == lines.count { start += 1 }
    var places: [Int] = []
    var next = start
    while next < lines.count {
      places.append(next)
      next = max(lines[next].end, next + 1)
    }
    return places
  }
}

extension AuditFindingCounts: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    var rows: [Row] = []
    try db.rows(
      """
      SELECT auditItem.audit, count(*), sum(finding.dueOrder < ?1)
      FROM finding JOIN auditItem ON auditItem.id = finding.item
      WHERE finding.isRemoved = 0 AND (finding.state NOT IN ('closed', 'accepted')
        OR finding.acceptedUntil < ?1)
      GROUP BY auditItem.audit ORDER BY auditItem.audit
      """,
      [context.now.milliseconds]
    ) { row in
      rows.append(
        Row(
          audit: try row.number(0),
          open: Int(try row.number(1)),
          overdue: Int(try row.number(2))
        )
      )
    }
    return rows
  }
}
