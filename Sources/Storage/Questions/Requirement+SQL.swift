internal import GRDB
internal import Model

extension RequirementTree: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<RequirementRow> {
    let nodes = Int(try db.number("SELECT nodes FROM framework WHERE id = ?", [framework]))
    let shown = try visible(nodes: nodes, in: db)
    var rows: [RequirementRow] = []
    rows.reserveCapacity(window.count)
    var before = 0
    // The window is a stretch of positions, with a gap for each folded line in it.
    for stretch in shown where rows.count < window.count {
      let start = max(0, window.start - before)
      let wanted = min(stretch.count - start, window.count - rows.count)
      before += stretch.count
      guard wanted > 0 else { continue }
      let first = stretch.lowerBound + start
      try db.rows(
        """
        SELECT \(RequirementRecord.rowColumns) FROM requirement
        WHERE framework = ? AND position >= ? AND position < ? ORDER BY position
        """,
        [framework, first, first + wanted]
      ) { rows.append(try RequirementRecord.row($0)) }
    }
    return Page(window: window, rows: rows, total: shown.reduce(0) { $0 + $1.count })
  }

  /// The stretches of positions that no folded line hides.
  private func visible(nodes: Int, in db: Database) throws -> [Range<Int>] {
    guard nodes > 0 else { return [] }
    var hidden: [Range<Int>] = []
    if !folded.isEmpty {
      try db.rows(
        """
        SELECT position + 1, subtreeEnd FROM requirement
        WHERE framework = ? AND position IN (SELECT value FROM json_each(?)) ORDER BY position
        """,
        [framework, "[\(folded.map(String.init).joined(separator: ","))]"]
      ) { row in
        let (start, end) = (Int(try row.number(0)), Int(try row.number(1)))
        if start < end, start >= hidden.last?.upperBound ?? 0 { hidden.append(start..<end) }
      }
    }
    var (shown, start): ([Range<Int>], Int) = ([], 0)
    for gap in hidden {
      if start < gap.lowerBound { shown.append(start..<gap.lowerBound) }
      start = gap.upperBound
    }
    if start < nodes { shown.append(start..<nodes) }
    return shown
  }
}

extension RequirementDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard
      let found = try db.row(
        """
        SELECT \(RequirementRecord.columns) FROM requirement
        WHERE framework = ? AND position = ?
        """,
        [framework, position]
      )
    else { return nil }
    let requirement = try RequirementRecord.read(found)
    var path: [RequirementRow] = []
    try db.rows(
      """
      WITH RECURSIVE above (position, parent) AS (
        SELECT position, parent FROM requirement WHERE framework = ?1 AND position = ?2
        UNION ALL
        SELECT requirement.position, requirement.parent FROM above
        JOIN requirement ON requirement.framework = ?1 AND requirement.position = above.parent
      )
      SELECT \(RequirementRecord.rowColumns) FROM above
      JOIN requirement ON requirement.framework = ?1 AND requirement.position = above.position
      ORDER BY requirement.position
      """,
      [framework, position]
    ) { path.append(try RequirementRecord.row($0)) }
    guard let row = path.popLast() else { return nil }
    var links: [FrameworkMapping.Link] = []
    try db.rows(
      """
      SELECT \(MappingRecord.linkColumns) FROM mappingLink WHERE source = ?1
        AND mapping IN (SELECT id FROM mapping WHERE isRemoved = 0)
      UNION ALL
      SELECT \(MappingRecord.linkColumns) FROM mappingLink WHERE target = ?1 AND source <> ?1
        AND mapping IN (SELECT id FROM mapping WHERE isRemoved = 0)
      """,
      [requirement.identifier]
    ) { links.append(try MappingRecord.link($0)) }
    return Details(requirement: requirement, row: row, path: path, links: links)
  }
}

extension RequirementPosition: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Int? {
    for (condition, text) in [
      ("reference = ? COLLATE NOCASE", reference), ("identifier = ?", reference),
      ("reference LIKE ? ESCAPE '\\'", SQLPattern.beginning(reference)),
    ] {
      let row = try db.row(
        """
        SELECT position FROM requirement WHERE framework = ? AND \(condition)
        ORDER BY position LIMIT 1
        """,
        [framework, text]
      )
      if let row { return Int(try row.number(0)) }
    }
    return nil
  }
}

/// Patterns of LIKE.
enum SQLPattern {
  /// Matches texts that begin with a text.
  static func beginning(_ text: String) -> String {
    text.reduce(into: "") { $0 += "\\%_".contains($1) ? "\\\($1)" : String($1) } + "%"
  }
}

extension RequirementSearch: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Hit> {
    guard let words = FullText.expression(text) else {
      return Page(window: window, rows: [], total: 0)
    }
    let condition = framework == nil ? "" : " AND requirement.framework = :framework"
    let from = """
      FROM requirementSearch JOIN requirement ON requirement.id = requirementSearch.rowid
      JOIN framework ON framework.id = requirement.framework AND framework.isRemoved = 0
      WHERE requirementSearch MATCH :words\(condition)
      """
    var arguments: StatementArguments = ["words": words]
    if let framework { arguments += ["framework": framework] }
    let total = Int(try db.number("SELECT count(*) \(from)", arguments))
    arguments += ["limit": window.count, "offset": window.start]
    var hits: [Hit] = []
    let needles = FullText.words(text)
    try db.rows(
      """
      SELECT \(RequirementRecord.rowColumns), framework.id, framework.name,
        requirement.name || char(10) || requirement.text || char(10) || requirement.guidance
        || char(10) || requirement.evidence || char(10) || \(RequirementRecord.translated)
      \(from) ORDER BY requirementSearch.rank, requirement.id LIMIT :limit OFFSET :offset
      """,
      arguments
    ) { row in
      hits.append(
        Hit(
          framework: try row.number(7),
          name: try row.text(8),
          row: try RequirementRecord.row(row),
          excerpt: Excerpt.around(needles, in: try row.text(9))
        )
      )
    }
    return Page(window: window, rows: hits, total: total)
  }
}
