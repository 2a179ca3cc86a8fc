import Drawing

/// The byte sequences that stand for keys: the standard grammar, and what one terminal adds to it.
struct KeyTable: Sendable {
  /// Whole sequences of this terminal, from its description; they go before the grammar.
  private var described: [(bytes: [UInt8], key: Key)] = []

  /// The keys of a terminal description, by the names of their capabilities.
  static let capabilities: [(name: String, key: Key)] =
    [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
      ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert),
      ("kdch1", .delete), ("kcbt", .backTab), ("kent", .enter), ("ka1", .home), ("ka3", .pageUp),
      ("kc1", .end), ("kc3", .pageDown),
    ] + (1...12).map { ("kf\($0)", .function($0)) }

  /// Takes what a description gives for each capability.
  ///
  /// Sequences of one byte are left out: they are keys of their own (`^H`) whatever a description
  /// says.
  init(describedBy capability: (String) -> [UInt8]? = { _ in nil }) {
    for (name, key) in KeyTable.capabilities {
      guard let bytes = capability(name), bytes.count > 1, bytes[0] == 0x1B else { continue }
      described.append((bytes, key))
    }
  }

  /// The key of a whole sequence that the description has; of several, the first.
  func described(_ sequence: [UInt8]) -> Key? {
    described.first { $0.bytes == sequence }?.key
  }

  /// The key of `ESC [ parameters final`.
  ///
  /// Modifiers are left aside: a shifted arrow is an arrow.
  func key(final: UInt8, parameters: [Int]) -> Key? {
    let first = parameters.first ?? 0
    switch final {
    case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "C"), UInt8(ascii: "D"),
      UInt8(ascii: "F"), UInt8(ascii: "H"):
      return first <= 1 ? cursorKey(final) : nil
    case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "c"), UInt8(ascii: "d"):
      return parameters.isEmpty ? cursorKey(final - 32) : nil
    case UInt8(ascii: "Z"):
      return .backTab
    case UInt8(ascii: "P"), UInt8(ascii: "Q"), UInt8(ascii: "S"):
      return first <= 1 ? .function(Int(final - UInt8(ascii: "P")) + 1) : nil
    case UInt8(ascii: "~"), UInt8(ascii: "$"), UInt8(ascii: "^"), UInt8(ascii: "@"):
      return numberedKey(first)
    default:
      return nil
    }
  }

  /// The key of `ESC O final`: cursor keys and keypad in application mode.
  func applicationKey(_ final: UInt8) -> Key? {
    switch final {
    case UInt8(ascii: "P")...UInt8(ascii: "S"):
      return .function(Int(final - UInt8(ascii: "P")) + 1)
    case UInt8(ascii: "M"):
      return .enter
    case UInt8(ascii: "I"):
      return .tab
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return cursorKey(final - 32)
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      return .character(Character(Unicode.Scalar(final - 64)))
    case UInt8(ascii: "X"):
      return .character("=")
    default:
      return cursorKey(final)
    }
  }

  private func cursorKey(_ final: UInt8) -> Key? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    default: nil
    }
  }

  private func numberedKey(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }
}
