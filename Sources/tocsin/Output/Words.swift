/// Text for a person: what the source code says stands as it is, what is put in goes through the
/// sink for foreign text.
///
/// Commands print nothing else, so no stored or typed text can reach a terminal unescaped by
/// forgetting a call.
struct Words: ExpressibleByStringInterpolation, Sendable {
  /// The text, safe to print.
  private(set) var text: String

  init(stringLiteral text: String) { self.text = text }

  init(stringInterpolation interpolation: Interpolation) { text = interpolation.text }

  /// Foreign text on one line.
  init(_ foreign: String) { text = visible(foreign) }

  private init(safe text: String) { self.text = text }

  /// Foreign text by its lines.
  static func lines(_ foreign: String) -> [Words] {
    foreign.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { Words(String($0)) }
  }

  /// The text in so many cells of a terminal; an ellipsis stands for what does not fit.
  func cut(to columns: Int) -> Words {
    guard columns > 0, displayWidth(text) > columns else { return self }
    var (kept, width) = ("", 0)
    for character in text {
      width += displayWidth(String(character))
      if width >= columns { break }
      kept.append(character)
    }
    return Words(safe: kept + "…")
  }

  /// Joins two texts.
  static func + (left: Words, right: Words) -> Words {
    var joined = left
    joined.text += right.text
    return joined
  }

  struct Interpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ words: Words) { text += words.text }
    mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    mutating func appendInterpolation(_ foreign: some CustomStringConvertible) {
      text += visible(foreign.description)
    }
  }
}

extension Words: CustomStringConvertible {
  var description: String { text }
}

extension Sequence<Words> {
  /// Joins texts with words between them.
  func joined(by separator: Words) -> Words {
    var result: Words = ""
    for (index, words) in enumerated() { result = index == 0 ? words : result + separator + words }
    return result
  }
}
