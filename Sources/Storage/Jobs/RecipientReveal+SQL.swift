internal import GRDB
internal import Model

extension RecipientReveal: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to see contacts unmasked, say why")
    }
    let wanted = Set(numbers).filter { (1...0xFFFF_FFFF).contains($0) }.sorted()
    return try await store.write(origin: origin) { [mailing, reason] db, context, journal in
      var reader = try LedgerReader(mailing, context.keys, in: db)
      guard reader.key != nil else {
        throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
      }
      reader.isRevealed = true
      try ReasonCheck.refuse(reason, of: mailing, wanted, context.keys, in: db)
      let found = try reader.recipients(wanted.map { LedgerID.recipient(mailing, $0) })
      guard !found.isEmpty else { return [] }
      _ = try journal.append(
        RevealRecipients(mailing: mailing, numbers: found.map(\.number), reason: reason),
        MailingChange.performed(reader.mailing)
      )
      return found
    }
  }
}
