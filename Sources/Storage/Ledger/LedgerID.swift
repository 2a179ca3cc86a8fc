internal import Model

/// How mailing, number, state and jurisdiction stand in one integer each.
enum LedgerID {
  /// The row of a recipient.
  static func recipient(_ mailing: RecordID, _ number: Int64) -> Int64 { mailing << 32 | number }

  /// The number of a recipient in its mailing.
  static func number(_ recipient: Int64) -> Int64 { recipient & 0xFFFF_FFFF }

  /// All recipients of a mailing.
  static func range(_ mailing: RecordID) -> ClosedRange<Int64> {
    (mailing << 32)...(mailing << 32 | 0xFFFF_FFFF)
  }

  /// State and jurisdiction of a mailing's recipients, as they are filtered by.
  static func slot(_ mailing: RecordID, _ state: RecipientState, _ jurisdiction: Int64) -> Int64 {
    mailing << 32 | Int64(state.code) << 16 | jurisdiction
  }

  /// The state in a slot.
  static func state(_ slot: Int64) throws -> RecipientState {
    guard let state = RecipientState(code: Int(slot >> 16 & 0xFFFF)) else {
      throw UnknownWord(type: "RecipientState")
    }
    return state
  }

  /// The jurisdiction in a slot, as a word of the ledger.
  static func jurisdiction(_ slot: Int64) -> Int64 { slot & 0xFFFF }
}
