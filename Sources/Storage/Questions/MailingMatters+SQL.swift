internal import GRDB
internal import Model

extension MailingMatters: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<MailingMatter> {
    try MatterRecord.list(self, in: db)
  }
}

extension MatterNumbers: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Count] {
    var counts: [Count] = []
    try db.rows(
      """
      SELECT kind, state, count(*) FROM mailingMatter WHERE mailing = ?
      GROUP BY kind, state ORDER BY kind, state
      """,
      [mailing]
    ) {
      counts.append(
        Count(kind: try $0.word(0), state: try $0.word(1), count: Int(try $0.number(2)))
      )
    }
    return counts
  }
}
