internal import Formats
internal import Model

extension Period {
  /// The longest period of each unit: a hundred years, longer than any law gives.
  static let most = ["h": 876_600, "d": 36_525, "bd": 26_089, "mo": 1200]

  /// Reads `72 h`, `30 d`, `30 d from day one`, `3 bd`, `4 bd until 17:30`, `1 mo` or `no fixed
  /// deadline`; nil for anything else.
  init?(rule text: String) {
    if text == "no fixed deadline" {
      self = .noFixedDeadline
      return
    }
    let words = text.split(separator: " ")
    guard words.count >= 2, let count = Int(words[0]), count >= 1,
      let most = Period.most[String(words[1])], count <= most
    else { return nil }
    switch (words[1], words.dropFirst(2).joined(separator: " ")) {
    case ("h", ""): self = .hours(count)
    case ("d", ""): self = .days(count)
    case ("d", "from day one"): self = .days(count, fromDayOne: true)
    case ("mo", ""): self = .months(count)
    case ("bd", ""): self = .businessDays(count)
    case ("bd", let rest) where rest.hasPrefix("until "):
      let parts = rest.dropFirst("until ".count).split(separator: ":").compactMap { Int($0) }
      guard parts.count == 2, (0...23).contains(parts[0]), (0...59).contains(parts[1]) else {
        return nil
      }
      self = .businessDays(count, closing: ClosingTime(hour: parts[0], minute: parts[1]))
    default: return nil
    }
  }
}

extension StrictYAML {
  /// Reads a period.
  func period() throws -> Period {
    let text = try text()
    guard let period = Period(rule: text) else {
      let words = text.split(separator: " ")
      if words.count >= 2, words[0].utf8.allSatisfy({ (48...57).contains($0) }),
        let most = Period.most[String(words[1])], Int(words[0]).map({ $0 > most }) ?? true
      {
        throw error("\(text) is longer than 100 years, which are \(most) \(words[1])")
      }
      throw error(
        "72 h, 30 d, 30 d from day one, 3 bd, 4 bd until 17:30, 1 mo or no fixed deadline"
      )
    }
    return period
  }

  /// Reads from when a clock counts.
  func clockStart() throws -> ClockStart {
    let text = try text()
    func rest(after prefix: String) -> String? {
      text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }
    func list(_ text: String) -> [String] {
      text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
    if text == "unnamed" { return .unnamed }
    if let names = rest(after: "later of ") { return .event(try list(names).map(event)) }
    if let names = rest(after: "first of ") { return .firstOf(try list(names).map(event)) }
    if let name = rest(after: "end of year of ") { return .endOfYear(of: try event(name)) }
    if let rules = rest(after: "after latest of ") { return .after(list(rules), latest: true) }
    if let rules = rest(after: "after ") { return .after(list(rules)) }
    if let rule = rest(after: "with ") { return .with(rule) }
    return .event([try event(text)])
  }

  private func event(_ name: String) throws -> FactKey {
    guard let key = FactKey(name), key.kind == .instant else {
      throw error("\(name) is no event; write one of events.* of the facts")
    }
    return key
  }

  /// Reads a condition.
  func condition() throws -> Condition { try condition(try text()) }

  /// Reads a condition that stands here as a key.
  func condition(_ text: String) throws -> Condition {
    do {
      return try ConditionParser.parse(text)
    } catch {
      throw self.error("\(text): \(error.reason)")
    }
  }

  /// Reads yes or no.
  func flag() throws -> Bool {
    switch try text() {
    case "yes", "true": return true
    case "no", "false": return false
    default: throw error("yes or no")
    }
  }

  /// Reads a day as `2026-01-31`.
  func day() throws -> DayNumber {
    let parts = try text().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), let day = Int(parts[2]),
      let number = DayNumber(year: year, month: month, day: day)
    else { throw error("a day such as 2026-01-31, one that exists") }
    return number
  }

  /// Reads a zone of the IANA database.
  func zone() throws -> Zone {
    guard let zone = Zone(try text()) else { throw error("a zone such as America/New_York") }
    return zone
  }
}
