internal import GRDB
internal import Model

extension ConsentReveal: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to see who consented, say why")
    }
    return try await store.write(origin: origin) { [records, reason] db, context, journal in
      var found: [ConsentRecord] = []
      for (purpose, numbers) in records.sorted(by: { $0.key < $1.key }) {
        var reader = try ConsentReader(purpose, context.keys, in: db)
        guard reader.key != nil else {
          throw StoreError.refused("those who consented to \(reader.purpose.reference) were erased")
        }
        reader.isRevealed = true
        let wanted = Set(numbers).filter { (1...0xFFFF_FFFF).contains($0) }.sorted()
        let rows = try reader.records(wanted.map { ConsentID.consent(purpose, $0) })
        guard !rows.isEmpty else { continue }
        _ = try journal.append(
          RevealConsents(purpose: purpose, numbers: rows.map(\.number), reason: reason),
          PurposeRecord.performed(reader.purpose)
        )
        found += rows
      }
      return found
    }
  }
}
