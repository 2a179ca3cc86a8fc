internal import Crypto
internal import Foundation
internal import GRDB
internal import Model

extension ConsentErasure: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to erase a person, say on what ground")
    }
    let records = try await store.write(origin: origin) { [self] db, context, journal in
      var erased: [RecordID: Int] = [:]
      for id in try ConsentSearch.purposes(purpose, in: db) {
        let reader = try ConsentReader(id, context.keys, in: db)
        let ids = try reader.find(reference)
        guard !ids.isEmpty else { continue }
        let purpose = reader.purpose
        try LegalHoldRows.refuse(
          try OwnData.references(of: purpose, in: db),
          at: context.now,
          in: db
        )
        try ConsentWriter.erase(ids, in: db)
        _ = try journal.append(
          EraseConsents(purpose: id, numbers: ids.map(ConsentID.number), reason: reason),
          PurposeRecord.performed(purpose)
        )
        erased[id] = ids.count
      }
      return erased
    }
    // The rows are overwritten whatever becomes of the log: what may still lie there is said, not thrown.
    return Outcome(
      records: records,
      isLogEmpty: records.isEmpty ? true : (try? await store.emptyLog()) ?? false
    )
  }
}

extension ConsentWriter {
  /// Overwrites what is sealed by its digest, and takes the rows out of the index.
  static func erase(_ ids: [Int64], in db: Database) throws {
    var changes = TallyChanges()
    for id in ids {
      guard let row = try db.row("SELECT slot, tag, sealed FROM consent WHERE id = ?", [id]) else {
        continue
      }
      let (slot, tag) = (ConsentSlot(raw: try row.number(0)), try row.number(1))
      let sealed = try row.decode(Data.self, atIndex: 2)
      let commitment = sealed.withUnsafeBytes { ConsentDigest.commitment($0, tag) }
      try db.run(
        "UPDATE consent SET slot = ?, tag = 0, sealed = ? WHERE id = ?",
        [slot.standing(.erased).raw, Data(commitment), id]
      )
      try db.run(
        """
        DELETE FROM consentKey WHERE tag = ?1 AND consent = ?2
          AND part IN (SELECT id FROM consentSegment WHERE purpose = ?3)
        """,
        [tag, id, slot.purpose]
      )
      changes.add(-1, slot)
      changes.add(1, slot.standing(.erased))
    }
    try changes.write(in: db)
  }
}

extension PurposeErasure: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let (receipt, isErased) = try await store.write(origin: origin) {
      [change] db, context, journal in
      let purpose = try PurposeRecord.open(change.id, in: db)
      // The first of two only orders it; what refuses an erasing refuses its order too.
      if change.isOrdered, try ErasureRules.needsTwo(in: db),
        try !OwnData.isOver(OwnData.due(of: purpose, in: db), at: context.now),
        try PurposeRecord.order(to: purpose, in: db) == nil
      {
        let order = OrderPurposeErasure(
          purpose: purpose.id,
          records: try PurposeRecord.records(purpose.id, in: db)
        )
        return (try journal.append(order, try order.perform(in: db, context)), false)
      }
      return (try journal.append(change, try change.perform(in: db, context)), true)
    }
    guard isErased else { return Outcome(receipt: receipt, isLogEmpty: true, isErased: false) }
    // The key is gone whatever becomes of the log: what may still lie there is said, not thrown.
    return Outcome(receipt: receipt, isLogEmpty: (try? await store.emptyLog()) ?? false)
  }
}
