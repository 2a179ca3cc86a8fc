/// The name of a control of NIST SP 800-53 in any of the ways in which it is written.
///
/// `AC-3`, `AC-03`, `AC-3 (1)`, `AC-3(1)(a)`, `AC-3 a`, `ac-3.1`, `AC-3.1(iv)`. Parts of a
/// control's statement (`a`, `(a)`, `(iv)`) are left out: they are answered with the control.
public struct ControlName: Hashable, Sendable {
  /// The family: two capital letters.
  public var family: String
  /// The control's number.
  public var number: Int
  /// The enhancement's number; nil for the control itself.
  public var enhancement: Int?

  /// The families of SP 800-53, revision 5, table 1.
  static let families: Set = [
    "AC", "AT", "AU", "CA", "CM", "CP", "IA", "IR", "MA", "MP", "PE", "PL", "PM", "PS", "PT", "RA",
    "SA", "SC", "SI", "SR",
  ]

  /// Reads a name; nil where the text begins with none.
  ///
  /// A number behind a point is an enhancement in OSCAL, which writes small letters, and the number
  /// of an assessment procedure of SP 800-53A elsewhere.
  public init?(reading text: String) {
    let letters = Array(text.utf8.drop { $0 == 32 })
    guard letters.count >= 4, letters[2] == UInt8(ascii: "-") else { return nil }
    let name = String(decoding: letters[..<2], as: UTF8.self)
    guard ControlName.families.contains(name.uppercased()) else { return nil }
    let isSmall = name == name.lowercased()
    var position = 3
    func number() -> Int? {
      let start = position
      while position < letters.count, (48...57).contains(letters[position]) { position += 1 }
      guard (1...3).contains(position - start) else { return nil }
      return Int(String(decoding: letters[start..<position], as: UTF8.self))
    }
    guard let number = number(), number > 0 else { return nil }
    (family, self.number) = (name.uppercased(), number)
    if position < letters.count, isSmall, letters[position] == UInt8(ascii: ".") {
      position += 1
      enhancement = ControlName.whole(letters, position)
      return
    }
    while position < letters.count, letters[position] == 32 { position += 1 }
    guard position < letters.count, letters[position] == UInt8(ascii: "(") else { return }
    position += 1
    while position < letters.count, letters[position] == 32 { position += 1 }
    enhancement = ControlName.whole(letters, position)
  }

  /// A name without reading.
  public init(_ family: String, _ number: Int, _ enhancement: Int? = nil) {
    (self.family, self.number, self.enhancement) = (family, number, enhancement)
  }

  /// The control that an enhancement belongs to.
  public var base: ControlName { ControlName(family, number) }

  private static func whole(_ letters: [UInt8], _ start: Int) -> Int? {
    let digits = letters[start...].prefix { (48...57).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
