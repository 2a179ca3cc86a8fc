internal import GRDB
internal import Model

extension WaitingContacts: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let waiting = try ContactGuard(of: mailing, in: db).waiting(of: mailing, in: db)
    return Answer(
      total: waiting.count,
      rows: try waiting.prefix(limit).map { contact in
        guard
          let entry = try db.row(
            """
            SELECT at, actor, uid, change FROM journal
            JOIN journalDetail ON journalDetail.id = journal.id WHERE journal.id = ?
            """,
            [contact.entry]
          )
        else { throw StoreError.failed("an entry of the journal is gone; see tocsin verify") }
        let change: CorrectContacts? = try entry.optionalText(3).map { try JSON.value($0) }
        return WaitingContact(
          number: LedgerID.number(contact.person),
          at: try entry.instant(0),
          by: try entry.text(1),
          uid: UInt32(clamping: try entry.number(2)),
          reason: change?.reason ?? ""
        )
      }
    )
  }
}

extension MailWaiting: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Set<String> {
    let words = try LedgerTallies.words(in: db)
    let filter = LedgerFilter(states: [.queued], jurisdictions: jurisdictions)
    var found: Set<String> = []
    for slot in try LedgerTallies.slots(of: mailing, filter, in: db).keys {
      let row = try db.row(
        """
        SELECT 1 FROM recipient INDEXED BY recipientSlot
        CROSS JOIN ledgerStep ON ledgerStep.id = recipient.step
        WHERE slot = ? AND channel = ? AND (step <= ? OR cause = ?) LIMIT 1
        """,
        [slot, MailingChannel.email.rawValue, floor, RecipientSettlement.quietCause]
      )
      if row != nil, let word = words[LedgerID.jurisdiction(slot)] { found.insert(word) }
    }
    return found
  }
}
