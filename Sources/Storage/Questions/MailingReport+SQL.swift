internal import GRDB
internal import Model

extension MailingReportContent: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Content? {
    guard let mailing = try MailingRecord.named(reference, in: db) else { return nil }
    let duties = try ClockRecord.list(of: mailing.incident, in: db)
      .filter { mailing.facts.obligations.contains($0.obligation.id) }
    let counting = try HandOverCount(mailing.id, in: db)
    return Content(
      status: try MailingStatus(id: mailing.id).fetch(in: db, context),
      isExercise: try IncidentRecord.fetch(mailing.incident, in: db)?.isExercise ?? false,
      organisation: try OrganisationRecord.current(in: db).organisation.name,
      days: try MailingDays(id: mailing.id).fetch(in: db, context),
      duties: duties,
      bounces: try MailingBounces(mailing: mailing.id).fetch(in: db, context),
      handOvers: try Set(duties.compactMap(\.obligation.state.due)).sorted().flatMap {
        try counting.split(at: $0, in: db)
      },
      unusable: try counting.unusable(in: db),
      unusableDays: try counting.unusableDays(in: db),
      publications: try PublicationRecord.list(of: mailing.id, in: db)
    )
  }
}
