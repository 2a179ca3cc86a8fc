internal import GRDB
internal import Model

extension OfferNumbers: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    _ = try MailingRecord.existing(mailing, in: db)
    return try OfferRecord.numbers(of: mailing, in: db)
  }
}
