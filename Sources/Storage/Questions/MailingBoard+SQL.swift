internal import GRDB
internal import Model

extension MailingBoard: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Row> {
    let mailings = try MailingRecord.list(of: incident, window, in: db)
    var people: [RecordID: [AffectedPeople]] = [:]
    let rows = try mailings.map { mailing in
      guard
        let row = try db.row(
          "SELECT title, severity, isExercise FROM incident WHERE id = ?",
          [mailing.incident]
        )
      else { throw StoreError.notFound(Subject(.incident, mailing.incident)) }
      let affected =
        try people[mailing.incident]
        ?? IncidentRecord.fetch(mailing.incident, in: db)?.facts.affected ?? []
      people[mailing.incident] = affected
      return Row(
        mailing: mailing,
        title: try row.text(0),
        severity: try row.optionalWord(1),
        isExercise: try row.flag(2),
        coverage: MailingCoverage(
          of: affected,
          counts: try LedgerTallies.states(of: mailing.id, in: db)
        ),
        clock: NoticeClocks.nearest(
          try mailing.facts.obligations.compactMap {
            try ClockRecord.standing($0, of: mailing.incident, in: db)
          },
          now: context.now
        )
      )
    }
    return Page(
      window: window,
      rows: rows,
      total: try MailingRecord.count(of: incident, in: db)
    )
  }
}
