internal import GRDB
internal import Model

extension FilingVersions: SQLQuestion {
  /// The journal is the history: a filing's row says only what stands at present.
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    var versions: [Row] = []
    try db.rows(
      """
      SELECT journal.version, journal.action, journal.actor, journal.at, journalDetail.change
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE journal.subjectKind = 'filing' AND journal.subject = ?
        AND journal.action IN ('filing.add', 'filing.edit')
      ORDER BY journal.id DESC
      """,
      [filing]
    ) { row in
      let action = try row.text(1)
      let facts = try row.optionalText(4).map { text in
        action == AddFiling.name
          ? try JSON.value(text, as: AddFiling.self).facts
          : try JSON.value(text, as: EditFiling.self).facts
      }
      versions.append(
        Row(
          version: try row.number(0),
          facts: facts,
          by: try row.text(2),
          at: try row.instant(3)
        )
      )
    }
    return versions
  }
}
