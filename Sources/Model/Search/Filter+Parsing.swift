/// Text that is no filter: where it stops making sense, what is wrong there, and what would do.
public struct UnreadableFilter: Error, Equatable, Sendable, CustomStringConvertible {
  /// Position of the first character that is wrong, counted in characters from 0.
  public let position: Int
  /// What is wrong.
  ///
  /// Quotes foreign text: draw it as `Untrusted`.
  public let problem: String
  /// What would be understood instead.
  public let advice: String

  /// Position, problem and advice in one line; positions are counted from 1 for people.
  public var description: String { "at character \(position + 1): \(problem); \(advice)" }
}

extension Filter {
  /// The longest text that is read, in characters.
  public static let maximumLength = 4096
  /// The most terms that are read.
  public static let maximumTerms = 64

  /// Reads a filter as it is typed; empty text passes everything.
  ///
  /// Inside quotes `\"` and `\\` stand for themselves. Words of closed lists are compared without
  /// regard to letter case.
  ///
  /// - Parameters:
  ///   - text: The filter's text.
  ///   - reading: Present and zone, for the times in it.
  /// - Throws: `UnreadableFilter`.
  public init(parsing text: String, _ reading: TimeReading) throws {
    var parser = FilterParser(text, reading)
    self.init(terms: try parser.terms())
  }

  /// The filter as text: reading it gives an equal filter, and equal filters give equal text.
  public var text: String { terms.map(\.text).joined(separator: " ") }
}

extension Filter.Term {
  /// The term as it is typed, quoted where that is needed.
  public var text: String { (isNegated ? "!" : "") + test.text }
}

extension Filter.Test {
  fileprivate var text: String {
    switch self {
    case .contains(let word):
      let isOperator = word.contains { ":<>=".contains($0) } || "!~".contains(word.first ?? "!")
      return quoted(word, force: isOperator)
    case .fuzzy(let word): return "~" + quoted(word)
    case .field(let field, let value): return "\(field.rawValue):\(quoted(value))"
    case .time(let field, let comparison, let time):
      return "\(field.rawValue)\(comparison.symbol)\(quoted(time.text))"
    case .number(let field, let comparison, let number):
      return "\(field.rawValue)\(comparison.symbol)\(number)"
    }
  }
}

extension Filter.Comparison {
  /// The sign as it is typed: a colon for "equal".
  fileprivate var symbol: String { self == .equal ? ":" : rawValue }
}

private func quoted(_ word: String, force: Bool = false) -> String {
  let needsQuotes = word.isEmpty || word.contains { $0.isWhitespace || $0 == "\"" || $0 == "\\" }
  guard needsQuotes || force || word.first.map({ "<>=".contains($0) }) == true else { return word }
  var out = "\""
  for character in word {
    if character == "\"" || character == "\\" { out.append("\\") }
    out.append(character)
  }
  return out + "\""
}

/// Reads terms one after the other; positions are in characters.
private struct FilterParser {
  private let text: [Character]
  private let reading: TimeReading
  private var position = 0

  init(_ text: String, _ reading: TimeReading) {
    (self.text, self.reading) = (Array(text.prefix(Filter.maximumLength + 1)), reading)
  }

  mutating func terms() throws -> [Filter.Term] {
    guard text.count <= Filter.maximumLength else {
      throw error(
        Filter.maximumLength,
        "the filter is longer than \(Filter.maximumLength) characters",
        "give fewer words"
      )
    }
    var terms: [Filter.Term] = []
    skipSpace()
    while position < text.count {
      guard terms.count < Filter.maximumTerms else {
        throw error(
          position,
          "the filter has more than \(Filter.maximumTerms) terms",
          "give fewer words"
        )
      }
      terms.append(try term())
      skipSpace()
    }
    return terms
  }

  private mutating func term() throws -> Filter.Term {
    let start = position
    let isNegated = take("!")
    if peek == "!" { throw error(position, "a second !", "one ! in front of a word says not") }
    if take("~") {
      let word = try value()
      guard !word.isEmpty else {
        throw error(position, "nothing after ~", "give letters in their order, such as ~dbleak")
      }
      return Filter.Term(.fuzzy(word), negated: isNegated)
    }
    if peek != "\"", let name = fieldName() {
      return Filter.Term(try fieldTest(name), negated: isNegated)
    }
    let word = try value()
    guard !word.isEmpty else {
      throw error(
        start,
        isNegated ? "nothing after !" : "nothing to look for",
        "give a word to look for"
      )
    }
    return Filter.Term(.contains(word), negated: isNegated)
  }

  /// The letters before a `:`, `<`, `>` or `=`; the position then stands on that sign.
  private mutating func fieldName() -> (name: String, start: Int)? {
    var end = position
    while end < text.count, text[end].isASCII, text[end].isLetter { end += 1 }
    guard end > position, end < text.count, ":<>=".contains(text[end]) else { return nil }
    defer { position = end }
    return (String(text[position..<end]), position)
  }

  private mutating func fieldTest(_ name: (name: String, start: Int)) throws -> Filter.Test {
    guard let field = FilterField(rawValue: name.name.lowercased()) else {
      throw error(
        name.start,
        "there is no field \(name.name)",
        "fields are \(FilterField.allCases.map(\.rawValue).joined(separator: ", ")); to look for "
          + "the text itself put it in quotes"
      )
    }
    let signAt = position
    let comparison = comparison()
    let valueAt = position
    let word = try value()
    let isNumber = field == .affected
    guard comparison == .equal || field.isTime || isNumber else {
      throw error(signAt, "\(field.rawValue) has no order", "give \(field.rawValue):\(word)")
    }
    guard !word.isEmpty else {
      throw error(valueAt, "\(field.rawValue) without a value", field.advice)
    }
    if field.isTime {
      guard let time = try? StatedTime(reading: word, reading) else {
        throw error(valueAt, "\(word) is not a time", field.advice)
      }
      return .time(field, comparison, time)
    }
    if isNumber {
      let digits = word.filter { $0 != "_" }
      guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int64(digits) else {
        throw error(valueAt, "\(word) is not a number", field.advice)
      }
      return .number(field, comparison, number)
    }
    guard let words = field.words else { return .field(field, word) }
    guard let known = words.first(where: { $0 == word.lowercased() }) else {
      throw error(valueAt, "\(field.rawValue) is never \(word)", field.advice)
    }
    return .field(field, known)
  }

  private mutating func comparison() -> Filter.Comparison {
    if take("<") { return take("=") ? .lessOrEqual : .less }
    if take(">") { return take("=") ? .greaterOrEqual : .greater }
    position += 1
    return .equal
  }

  /// A bare word up to the next space, or a quoted one.
  private mutating func value() throws -> String {
    guard peek == "\"" else {
      let start = position
      while let character = peek, !character.isWhitespace {
        if character == "\"" {
          throw error(position, "a quote inside a word", "put the quotes around the whole word")
        }
        position += 1
      }
      return String(text[start..<position])
    }
    let start = position
    position += 1
    var word = ""
    while let character = peek, character != "\"" {
      position += 1
      if character == "\\", let escaped = peek, escaped == "\"" || escaped == "\\" {
        word.append(escaped)
        position += 1
      } else {
        word.append(character)
      }
    }
    guard take("\"") else { throw error(start, "this quote has no end", "close it with \"") }
    if let next = peek, !next.isWhitespace {
      throw error(position, "no space after the quote", "put a space between terms")
    }
    return word
  }

  private var peek: Character? { position < text.count ? text[position] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard peek == character else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let character = peek, character.isWhitespace { position += 1 }
  }

  private func error(_ position: Int, _ problem: String, _ advice: String) -> UnreadableFilter {
    UnreadableFilter(position: position, problem: problem, advice: advice)
  }
}

extension FilterField {
  /// What may be typed after the field, for errors.
  fileprivate var advice: String {
    if let words { return "give one of \(words.joined(separator: ", "))" }
    if isTime { return "give a time such as \(rawValue)>2026-01, \(rawValue):2026-05-18 or -7d" }
    if self == .affected { return "give a number such as affected>=500" }
    return "give a value such as \(rawValue):\(self == .jurisdiction ? "EU-DE" : "word")"
  }

  /// How terms that name the field begin.
  fileprivate var openings: [String] {
    isTime || self == .affected
      ? [":", ">", ">=", "<", "<="].map { rawValue + $0 } : [rawValue + ":"]
  }
}

extension Filter {
  /// Position of the first character of the term that the cursor stands in or behind.
  ///
  /// - Parameters:
  ///   - text: The prompt's text.
  ///   - cursor: The cursor's position in characters; out of range counts as the nearest end.
  /// - Returns: The position, from 0.
  public static func termStart(in text: String, at cursor: Int) -> Int {
    var (start, isQuoted, previous) = (0, false, Character(" "))
    for (index, character) in text.enumerated().prefix(max(0, cursor)) {
      if character == "\"", previous != "\\" || !isQuoted { isQuoted.toggle() }
      if character.isWhitespace, !isQuoted { start = index + 1 }
      previous = character
    }
    return start
  }

  /// What the term before the cursor could become: whole terms, to stand from `termStart` on.
  ///
  /// Field names first, then the words of fields with a closed list, and for times some that are
  /// often wanted. Empty where nothing is known, as in plain words.
  ///
  /// - Parameters:
  ///   - text: The prompt's text.
  ///   - cursor: The cursor's position in characters.
  /// - Returns: Whole terms, best first.
  public static func completions(for text: String, at cursor: Int) -> [String] {
    let characters = Array(text)
    let end = min(max(0, cursor), characters.count)
    let typed = String(characters[termStart(in: text, at: end)..<end])
    let mark = typed.hasPrefix("!") ? "!" : ""
    let rest = typed.dropFirst(mark.count).lowercased()
    let options = FilterField.allCases.flatMap { field -> [String] in
      guard rest.hasPrefix(field.rawValue), rest.count > field.rawValue.count else {
        let openings = field.openings.filter { $0.hasPrefix(rest) && $0 != rest }
        return field.rawValue == rest ? openings : Array(openings.prefix(1))
      }
      if let words = field.words { return words.map { "\(field.rawValue):\($0)" } }
      guard field.isTime else { return [] }
      return field.openings.flatMap { opening in
        ["today", "yesterday", "-7d", "-30d"].map { opening + $0 }
      }
    }
    return options.filter { $0.hasPrefix(rest) && $0 != rest }.map { mark + $0 }
  }
}
