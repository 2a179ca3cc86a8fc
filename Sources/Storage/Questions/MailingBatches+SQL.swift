internal import GRDB
internal import Model

extension MailingBatches: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [MailingBatch] {
    try BatchRecord.list(of: mailing, in: db)
  }
}
