public import Model

/// Recipients that are a pure function of their number.
///
/// Number 1 is `C-1`, Canary Person 1, `person1@example.org`, `+49 30 10000001` in `EU-DE`, German;
/// jurisdictions and languages take turns.
public final class MadeUpRecipients: RecipientSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let numbers: [Int]
  private var position = 0

  /// The jurisdictions and languages.
  public let words = ["EU-DE", "EU-FR", "US-CA", "de", "fr", "en"]
  /// What is said to have been refused.
  public var refused: [ImportProblem] = []
  /// How many are said to have been refused.
  public var refusedCount: Int { refused.count }
  /// A field that people of even numbers do not have; nil for none.
  public var lacking: RecipientField?
  /// Called before each stretch.
  public var onFill: () throws -> Void = {}

  /// Makes people from one number on.
  public convenience init(count: Int, from first: Int = 1) {
    self.init(numbers: Array(first..<first + count))
  }

  /// Makes people of these numbers, in this order.
  public init(numbers: [Int]) { self.numbers = numbers }

  /// What is sealed of a person.
  public static func fields(_ number: Int) -> [String] {
    [
      "C-\(number)", "Canary Person \(number)", "person\(number)@example.org",
      "+49 30 \(10_000_000 + number)", "Canary Street \(number), Berlin", "contact, health",
      "OFFER-\(number)",
    ]
  }

  /// Goes to the first.
  public func rewind() { position = 0 }

  /// Gives the next people.
  public func fill(_ rows: RecipientRows) throws {
    rows.removeAll()
    try onFill()
    while rows.count < rows.capacity, position < numbers.count {
      let number = numbers[position]
      position += 1
      rows.beginRow()
      for (place, made) in Self.fields(number).enumerated() {
        var field = number % 2 == 0 && place == lacking?.rawValue ? "" : made
        field.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
      }
      rows.endRow(
        line: position + 1,
        jurisdiction: (number - 1) % 3,
        language: 3 + (number - 1) % 3,
        protection: number % 10 == 0 ? 1 : 0
      )
    }
  }

  /// A digest of who they are.
  public var digest: [UInt8] {
    var digest = RunningDigest()
    numbers.withUnsafeBytes { digest.update($0) }
    return digest.bytes
  }
}
