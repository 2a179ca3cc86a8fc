internal import GRDB
internal import Model

extension StaffReveal: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to see names of staff, say why")
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      guard let key = try StaffKey.find(context.keys, in: db) else { return [:] }
      var found: Outcome = [:]
      for id in staff {
        let facts = try KeptTable<StaffFacts>.existing(id, in: db).facts
        guard !facts.sealed.isEmpty else { continue }
        guard let identity = key.open(facts) else {
          throw StoreError.refused(
            "staff \(id) was altered: what is sealed does not open; see tocsin verify"
          )
        }
        found[id] = identity
      }
      guard !found.isEmpty else { return found }
      let change = RevealStaff(staff: found.keys.sorted(), reason: reason)
      _ = try journal.append(
        change,
        Performed(
          subject: change.subject,
          version: 1,
          reference: "",
          incident: nil,
          inverse: nil
        )
      )
      return found
    }
  }
}

extension StaffErasure: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    let count = try await store.write(origin: origin) { [self] db, context, journal in
      var count = 0
      for id in staff {
        let found = try KeptTable<StaffFacts>.existing(id, in: db)
        let change = EraseStaff(of: found, namesOnly: namesOnly)
        let performed = try change.perform(in: db, context)
        if !performed.isIdle { count += 1 }
        _ = try journal.append(change, performed)
      }
      return count
    }
    // The row is overwritten whatever becomes of the log: what may still lie there is said, not thrown.
    return Outcome(count: count, isLogEmpty: (try? await store.emptyLog()) ?? false)
  }
}
