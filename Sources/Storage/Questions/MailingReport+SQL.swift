internal import GRDB
internal import Model

extension MailingReportContent: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Content? {
    guard let mailing = try MailingRecord.named(reference, in: db) else { return nil }
    let duties = try ClockRecord.list(of: mailing.incident, in: db)
    return Content(
      status: try MailingStatus(id: mailing.id).fetch(in: db, context),
      isExercise: try IncidentRecord.fetch(mailing.incident, in: db)?.isExercise ?? false,
      organisation: try OrganisationRecord.current(in: db).organisation.name,
      days: try MailingDays(id: mailing.id).fetch(in: db, context),
      duties: duties.filter { mailing.facts.obligations.contains($0.obligation.id) },
      bounces: try MailingBounces(mailing: mailing.id).fetch(in: db, context),
      publications: try PublicationRecord.list(of: mailing.id, in: db)
    )
  }
}
