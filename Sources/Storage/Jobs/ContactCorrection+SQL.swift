internal import GRDB
internal import Model

extension ContactCorrection: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to correct a contact, say from whom it is known")
    }
    guard !edit.isEmpty else { throw StoreError.refused("say what of the contact is otherwise") }
    if let problem = ContactRecord.problem(edit) { throw StoreError.refused(problem) }
    return try await store.write(origin: origin) { [self] db, context, journal in
      var reader = try LedgerReader(mailing, context.keys, in: db)
      guard let key = reader.key else {
        throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
      }
      reader.isRevealed = true
      try ReasonCheck.refuse(reason, of: mailing, [number], context.keys, in: db)
      let id = LedgerID.recipient(mailing, number)
      guard (1...0xFFFF_FFFF).contains(number),
        let stored = try reader.stored(id)
      else { throw StoreError.refused("\(reader.mailing.reference) has no recipient \(number)") }
      var correction = try ContactRecord.Correction(mailing, key, behind: journal.head, in: db)
      try correction.set(edit.applied(to: stored), of: id, insteadOf: stored, in: db)
      try correction.finish(reason: reason, of: reader.mailing, &journal)
      return correction.count > 0
    }
  }
}

extension ContactVersionReveal: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to see contacts unmasked, say why")
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      var reader = try LedgerReader(mailing, context.keys, in: db)
      guard reader.key != nil else {
        throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
      }
      reader.isRevealed = true
      try ReasonCheck.refuse(reason, of: mailing, [number], context.keys, in: db)
      let versions = try ContactRecord.versions(of: number, reader, in: db)
      guard !versions.isEmpty else { return [] }
      _ = try journal.append(
        RevealRecipients(mailing: mailing, numbers: [number], reason: reason),
        MailingChange.performed(reader.mailing)
      )
      return versions
    }
  }
}
