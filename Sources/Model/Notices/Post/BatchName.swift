/// The number of a batch as people write it: `1`, `B0001`, or `MLG-2026-0001-B0001` from a file's name.
public struct BatchName: Sendable, Equatable {
  /// The number.
  public var number: RecordID

  /// Reads a number, or what an export calls its batch; nil where it is neither.
  public init?(_ text: String) {
    let last = text.split(separator: "-", omittingEmptySubsequences: false)
      .first { $0.first == "B" || $0.first == "b" }
    let digits = (last ?? text[...]).drop { $0 == "B" || $0 == "b" }
    guard digits.allSatisfy({ ("0"..."9").contains($0) }), let number = RecordID(digits),
      number > 0
    else { return nil }
    self.number = number
  }

  /// What an export calls a batch: `B0001`.
  public static func text(of number: RecordID) -> String {
    let digits = String(number)
    return "B" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
