internal import Model

/// Reads the small language in which rules state conditions.
///
///     not data.key_compromised          risk = high
///     org.sectors has (essential, important)
///     affected.US-CA > 500              total US-* >= 500         most affected.US-* > 500
///     affected.US-OR is unknown         sent late RULE            sent in time RULE
///     events.a over 24 h after events.b events.a past limit of RULE
///
/// joined with `and`, `or`, `not` and parentheses.
struct ConditionParser {
  /// What is wrong with a condition.
  struct Fault: Error {
    var reason: String
  }

  private var words: [String]
  private var place = 0

  /// Reads a condition.
  static func parse(_ text: String) throws(Fault) -> Condition {
    var parser = ConditionParser(words: split(text))
    let condition = try parser.alternatives()
    if let rest = parser.peek { throw Fault(reason: "did not expect \(rest)") }
    return condition
  }

  private init(words: [String]) { self.words = words }

  /// Splits at spaces; parentheses and commas stand for themselves.
  private static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character == " " || "(),".contains(character) {
        if !word.isEmpty { words.append(word) }
        word = ""
        if character != " " { words.append(String(character)) }
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private var peek: String? { place < words.count ? words[place] : nil }

  private mutating func next(_ what: String) throws(Fault) -> String {
    guard let word = peek else { throw Fault(reason: "\(what) is missing at the end") }
    place += 1
    return word
  }

  private mutating func take(_ word: String) -> Bool {
    guard peek == word else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ expected: String...) throws(Fault) {
    for word in expected where !take(word) {
      throw Fault(reason: "\(word) should stand before \(peek ?? "the end")")
    }
  }

  private mutating func alternatives() throws(Fault) -> Condition {
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(Fault) -> Condition {
    var parts = [try unary()]
    while take("and") { parts.append(try unary()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func unary() throws(Fault) -> Condition {
    if take("not") { return .not(try unary()) }
    if take("(") {
      let inner = try alternatives()
      try expect(")")
      return inner
    }
    return try test()
  }

  private mutating func test() throws(Fault) -> Condition {
    let word = try next("a condition")
    switch word {
    case "total":
      let pattern = try next("a jurisdiction such as US-*")
      return try people(.total(try jurisdiction(pattern)))
    case "most":
      return try people(.mostIn(try affected(try next("affected.XX-*"))))
    case "sent":
      if take("late") { return .sent(late: true, rule: try next("a rule's id")) }
      try expect("in", "time")
      return .sent(late: false, rule: try next("a rule's id"))
    default: break
    }
    if word.hasPrefix("affected."), peek != "is" { return try people(.of(try affected(word))) }
    let key = try key(word)
    if take("is") {
      try expect("unknown")
      return .unknown(key)
    }
    return try test(of: key)
  }

  private mutating func test(of key: FactKey) throws(Fault) -> Condition {
    switch key.kind {
    case .flag: return .flag(key)
    case .word(let known):
      try expect("=")
      let word = try next("a word")
      guard known.contains(word) else {
        throw Fault(reason: "\(word) is none of \(known.joined(separator: ", "))")
      }
      return .word(key, word)
    case .country:
      try expect("=")
      return .word(key, try next("a country"))
    case .words:
      try expect("has")
      guard take("(") else { return .has(key, [try next("a word")]) }
      var list = [try next("a word")]
      while take(",") { list.append(try next("a word")) }
      try expect(")")
      return .has(key, list)
    case .people: return try people(.total(""))
    case .instant: return try event(key)
    case .instants, .zone, .days: throw Fault(reason: "\(key) cannot be tested")
    }
  }

  private mutating func event(_ key: FactKey) throws(Fault) -> Condition {
    if take("past") {
      try expect("limit", "of")
      return .past(key, rule: try next("a rule's id"))
    }
    try expect("over")
    let count = try next("a number of hours")
    guard let hours = Int(count), (0...876_600).contains(hours) else {
      throw Fault(reason: "\(count) is no number of hours of at most 100 years")
    }
    try expect("h", "after")
    let from = try self.key(try next("an event"))
    guard from.kind == .instant else { throw Fault(reason: "\(from) is no event") }
    return .gap(from: from, to: key, hours: hours)
  }

  private mutating func people(_ people: Condition.People) throws(Fault) -> Condition {
    let sign = try next("a comparison")
    guard let comparison = Condition.Comparison(rawValue: sign) else {
      throw Fault(reason: "\(sign) is none of >, >=, <, <=")
    }
    let text = try next("a number")
    guard let number = Int64(text), number >= 0 else {
      throw Fault(reason: "\(text) is no number of people")
    }
    return .people(people, comparison, number)
  }

  private func affected(_ word: String) throws(Fault) -> String {
    guard word.hasPrefix("affected.") else {
      throw Fault(reason: "affected.\(word) was expected, not \(word)")
    }
    return try jurisdiction(String(word.dropFirst("affected.".count)))
  }

  private func jurisdiction(_ pattern: String) throws(Fault) -> String {
    let code = pattern.hasSuffix("-*") ? String(pattern.dropLast(2)) : pattern
    if let problem = Jurisdiction.problem(with: code) {
      throw Fault(reason: "\(pattern): \(problem)")
    }
    return pattern
  }

  private func key(_ word: String) throws(Fault) -> FactKey {
    guard let key = FactKey(word) else { throw Fault(reason: "there is no fact \(word)") }
    return key
  }
}
