internal import GRDB
internal import Model

extension ContactConsent: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    return try await store.write(origin: origin, cache: 8192) { [self] db, context, journal in
      let found = try MailingRecord.present(mailing, in: db)
      let waiting = try ContactGuard(of: mailing, in: db).waiting(of: mailing, in: db)
      let wanted = numbers.map { Set($0) }
      for number in wanted ?? []
      where !waiting.contains(where: { LedgerID.number($0.person) == number }) {
        throw StoreError.refused(
          "no corrected contact of recipient \(number) of \(found.reference) waits"
        )
      }
      var outcome = Outcome()
      var consented: [(version: Int64, person: Int64)] = []
      for contact in waiting
      where wanted?.contains(LedgerID.number(contact.person)) ?? true {
        let corrector = try db.row("SELECT uid, actor FROM journal WHERE id = ?", [contact.entry])
        if try corrector?.number(0) == Int64(context.actor.uid) {
          guard wanted == nil else {
            throw StoreError.refused(
              "\(try corrector?.text(1) ?? "you") corrected the contact of recipient "
                + "\(LedgerID.number(contact.person)); another account must consent to it"
            )
          }
          outcome.own += 1
        } else {
          consented.append((contact.version, contact.person))
        }
      }
      guard !consented.isEmpty else { return outcome }
      let entry = journal.head + 1
      for contact in consented {
        try db.run(
          "INSERT INTO contactConsent (version, entry) VALUES (?, ?)",
          [contact.version, entry]
        )
      }
      _ = try journal.append(
        ConsentToContacts(
          mailing: mailing,
          count: consented.count,
          number: consented.count == 1 ? LedgerID.number(consented[0].person) : nil,
          versions: ConsentCheck.digest(consented.map(\.version))
        ),
        MailingChange.performed(found)
      )
      outcome.consented = consented.count
      return outcome
    }
  }
}

extension ConsentToContacts: JournalledByJob {
  static let maker = "corrected contacts are consented to by a job"

  var lines: [String] { ["contacts: \(count)", "digest: \(versions)"] }
}
