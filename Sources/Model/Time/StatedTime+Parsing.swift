/// What is needed to understand the words of a time: the present, and the zone of the speaker.
public struct TimeReading: Hashable, Sendable {
  /// The present instant, for words such as `now` and `-3h`.
  public var now: Instant
  /// The zone in which words without a zone are read.
  public var zone: Zone

  /// Makes a reading for a present and a zone.
  public init(now: Instant, zone: Zone) { (self.now, self.zone) = (now, zone) }
}

/// Words that name no time, with the forms that would.
public struct UnreadableTime: Error, Equatable, CustomStringConvertible {
  /// The words that were given.
  ///
  /// Foreign text.
  public let text: String
  /// What is wrong and what would be understood.
  public var description: String {
    "not a time: give 2025, 2025-03, March 2025, 2025-03-04, 2025-03-04 14:30 [+02:00 or "
      + "Europe/Berlin], 14:30, now, today, yesterday 14:30, -3h or 2 days ago"
  }
}

extension StatedTime {
  /// Reads the words in which a person or a file gives a time.
  ///
  /// Forms: RFC 3339; `2025`, `2025-03`, `March 2025`, `4 March 2025`, `2025-03-04`, each with an
  /// optional time of day and zone; `14:30`; `now`, `today`, `yesterday`; `-3h`, `2 days ago`.
  /// Numeric dates with slashes are refused: 03/04 is two different days. Throws `UnreadableTime`.
  public init(reading text: String, _ reading: TimeReading, source: String = "") throws {
    guard let time = StatedTime.read(text, reading, source) else {
      throw UnreadableTime(text: text)
    }
    self = time
  }

  private static func read(_ text: String, _ reading: TimeReading, _ source: String)
    -> StatedTime?
  {
    if let instant = Instant(rfc3339: text) {
      let zone = Zone(String(text.dropFirst(10).drop { !"+-Zz".contains($0) }))
      return StatedTime(
        text: text,
        zone: zone ?? .utc,
        precision: .second,
        earliest: instant,
        latest: instant,
        source: source
      )
    }
    var words = text.lowercased().split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
    guard !words.isEmpty, words.count <= 6 else { return nil }
    if let instant = relative(words, reading.now) {
      return StatedTime(
        text: text,
        zone: reading.zone,
        precision: .second,
        earliest: instant,
        latest: instant,
        source: source
      )
    }
    var zone = reading.zone
    let original = text.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
    if let last = original.last, words.count > 1,
      let named = Zone(last.uppercased() == "UTC" ? "UTC" : last)
    {
      zone = named
      words.removeLast()
    }
    if words.count == 1, let parts = words[0].firstIndex(of: "t"), words[0].first?.isNumber == true
    {
      words = [String(words[0][..<parts]), String(words[0][words[0].index(after: parts)...])]
    }
    var clock: [Int] = []
    if let last = words.last, last.contains(":") {
      guard let time = timeOfDay(last) else { return nil }
      clock = time
      words.removeLast()
    }
    let today = CivilTime(reading.now, offset: zone.offset(at: reading.now))
    guard let date = date(words, today: today) else { return nil }
    guard clock.isEmpty || date.count == 3 else { return nil }
    let parts = date + clock
    func part(_ index: Int) -> Int? { index < parts.count ? parts[index] : nil }
    return StatedTime(
      text: text,
      zone: zone,
      year: parts[0],
      month: part(1),
      day: part(2),
      hour: part(3),
      minute: part(4),
      second: part(5),
      source: source
    )
  }

  /// Reads `now`, `-3h`, `2 days ago`.
  private static func relative(_ words: [String], _ now: Instant) -> Instant? {
    if words == ["now"] { return now }
    var words = words
    if words.last == "ago" {
      words.removeLast()
    } else if words.count > 1 || words[0].first != "-" {
      return nil
    }
    let text = words.joined()
    let joined = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let digits = joined.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), count <= 1_000_000 else { return nil }
    let seconds: Int64
    switch joined.dropFirst(digits.count) {
    case "m", "min", "mins", "minute", "minutes": seconds = 60
    case "h", "hour", "hours": seconds = 3600
    case "d", "day", "days": seconds = 86_400
    case "w", "week", "weeks": seconds = 604_800
    default: return nil
    }
    let instant = now - .seconds(count * seconds)
    return Instant.range.contains(instant) ? instant : nil
  }

  private static func timeOfDay(_ word: String) -> [Int]? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    let numbers = parts.compactMap { number($0, atMost: 2) }
    return numbers.count == parts.count ? numbers : nil
  }

  /// Reads the words of a date as one to three numbers: year, month, day.
  private static func date(_ words: [String], today: CivilTime) -> [Int]? {
    switch words.count {
    case 0: return [today.year, today.month, today.day]
    case 1:
      if words[0] == "today" { return [today.year, today.month, today.day] }
      if words[0] == "yesterday" {
        let before = CivilTime(today.instant() - .seconds(86_400))
        return [before.year, before.month, before.day]
      }
      let parts = words[0].split(separator: "-", omittingEmptySubsequences: false)
      guard (1...3).contains(parts.count), parts[0].count == 4,
        parts.dropFirst().allSatisfy({ $0.count == 2 })
      else { return nil }
      let numbers = parts.compactMap { number($0, atMost: 4) }
      return numbers.count == parts.count ? numbers : nil
    case 2:
      guard let month = month(words[0]), words[1].count == 4,
        let year = number(words[1][...], atMost: 4)
      else { return nil }
      return [year, month]
    case 3:
      guard words[2].count == 4, let year = number(words[2][...], atMost: 4)
      else { return nil }
      for (name, digits) in [(words[1], words[0]), (words[0], words[1])] {
        guard let month = month(name), let day = number(digits[...], atMost: 2) else { continue }
        return [year, month, day]
      }
      return nil
    default: return nil
    }
  }

  /// Reads ASCII digits alone: `Int` would take a sign as well.
  private static func number(_ digits: Substring, atMost count: Int) -> Int? {
    guard digits.count <= count, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    return Int(digits)
  }

  private static func month(_ word: String) -> Int? {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    guard word.count >= 3 else { return nil }
    return names.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
  }
}
