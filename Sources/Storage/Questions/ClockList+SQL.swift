internal import GRDB
internal import Model

extension ClockList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Row> {
    var condition = "isRunning = 1"
    var arguments: StatementArguments = []
    if !withoutDate { condition += " AND dueOrder < \(ClockRecord.noDate)" }
    if !text.isEmpty {
      condition += " AND \(Self.textCondition)"
      arguments = [text.folded]
    }
    let total = Int(
      try db.number("SELECT count(*) FROM obligation WHERE \(condition)", arguments)
    )
    let start = min(window.start, total)
    let count = min(window.count, total - start)
    // Skipping rows costs time for each, so a window in the second half is counted from the end.
    let fromEnd = start > total / 2
    let direction = fromEnd ? " DESC" : ""
    var ids: [RecordID] = []
    try db.rows(
      """
      SELECT id FROM obligation WHERE \(condition)
      ORDER BY dueOrder\(direction), incident\(direction), rule\(direction)
      LIMIT \(count) OFFSET \(fromEnd ? total - start - count : start)
      """,
      arguments
    ) { ids.append(try $0.number(0)) }
    return Page(
      window: window,
      rows: try (fromEnd ? ids.reversed() : ids).map { try ClockRecord.row($0, in: db) },
      total: total
    )
  }

  /// What holds of the duties that have the text `?1`, folded.
  ///
  /// Reference and title are the first two lines of what incidents are filtered by.
  static let textCondition = """
    (text IN (SELECT id FROM obligationText WHERE instr(folded, ?1) > 0)
      OR incident IN (SELECT incidentText.id FROM incidentText
        JOIN obligationCheck ON obligationCheck.incident = incidentText.id AND isOpen = 1
        WHERE instr(folded, ?1) > 0 AND \(lineBreaks) < 2))
    """

  /// How many line breaks stand before the place where the text is found.
  private static let lineBreaks = """
    length(substr(folded, 1, instr(folded, ?1)))
      - length(replace(substr(folded, 1, instr(folded, ?1)), char(10), ''))
    """
}
