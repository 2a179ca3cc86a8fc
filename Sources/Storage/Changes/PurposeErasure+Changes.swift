internal import GRDB
internal import Model

extension PurposeRecord {
  /// The order that stands to erase all who consented: for the purpose as it is, with the records it has.
  static func order(to purpose: ConsentPurpose, in db: Database) throws -> ErasureOrder? {
    let found = try ErasureRules.order(
      OrderPurposeErasure.self,
      withdrawnBy: WithdrawPurposeErasure.name,
      of: Subject(.purpose, purpose.id),
      purpose.version,
      in: db
    )
    guard let found, found.change.records == (try records(purpose.id, in: db)) else { return nil }
    return found.order
  }
}

extension OrderPurposeErasure: PurposeSQLNote {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let found = try PurposeRecord.open(purpose, in: db)
    try LegalHoldRows.refuse(
      try OwnData.references(of: found, in: db),
      at: context.now,
      in: db
    )
    let there = try PurposeRecord.records(purpose, in: db)
    guard records == there else {
      throw StoreError.refused("\(found.reference) has \(there) records by now, not \(records)")
    }
    var performed = PurposeRecord.performed(found)
    performed.inverse = WithdrawPurposeErasure(purpose: purpose)
    return performed
  }

  var lines: [String] { ["records: \(records)"] }
}

extension WithdrawPurposeErasure: PurposeSQLNote {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    PurposeRecord.performed(try PurposeRecord.open(purpose, in: db))
  }

  var lines: [String] { [] }
}
