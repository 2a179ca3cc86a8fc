/// One person's order to erase all who consented to a purpose before their time is over.
///
/// Where the organisation wants a second person, another account erases them.
public struct OrderPurposeErasure: PurposeNote {
  /// What the journal calls it.
  public static let name = "purpose.erase-order"
  /// The purpose.
  public var purpose: RecordID
  /// How many records it has; the order is for these alone.
  public var records: Int64

  /// What it does, in a few words.
  public var headline: String {
    "ordered to erase who \(records) consent records are of; a second person must erase them"
  }

  /// Makes the change.
  public init(purpose: RecordID, records: Int64) {
    (self.purpose, self.records) = (purpose, records)
  }
}

/// Takes an order to erase all who consented to a purpose back.
public struct WithdrawPurposeErasure: PurposeNote {
  /// What the journal calls it.
  public static let name = "purpose.erase-withdraw"
  /// The purpose.
  public var purpose: RecordID

  /// What it does, in a few words.
  public var headline: String { "took the order to erase all who consented back" }

  /// Makes the change.
  public init(purpose: RecordID) { self.purpose = purpose }
}
