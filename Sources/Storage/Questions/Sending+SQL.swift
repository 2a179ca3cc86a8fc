internal import GRDB
internal import Model

extension MailingSending: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    _ = try MailingRecord.existing(mailing, in: db)
    let tallies = try LedgerTallies.all(of: mailing, in: db)
    return Answer(
      plan: try SendingRecord.plan(of: mailing, in: db),
      lease: try SendingRecord.lease(of: mailing, in: db),
      uncertain: tallies.reduce(0) { $1.state == .uncertain ? $0 + $1.count : $0 },
      lastStep: try db.number("SELECT coalesce(max(id), 0) FROM ledgerStep")
    )
  }
}

extension SendingSignal: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    try SendingRecord.signal(of: mailing, process, edition, in: db)
  }
}

extension RecipientDeliveries: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Delivery] {
    guard (1...0xFFFF_FFFF).contains(number) else { return [] }
    return try DeliveryRecord.list(of: mailing, number, in: db)
  }
}

extension TaggedRecipient: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Recipient? {
    guard try MailingRecord.fetch(tag.mailing, in: db) != nil else { return nil }
    let reader = try LedgerReader(tag.mailing, context.keys, in: db)
    guard let key = reader.key, key.proves(tag) else { return nil }
    return try reader.recipients([LedgerID.recipient(tag.mailing, tag.number)]).first
  }
}
