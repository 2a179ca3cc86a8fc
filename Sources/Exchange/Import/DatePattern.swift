internal import Model

/// How a column writes its dates, such as `MM/dd/yyyy hh:mm:ss a`.
///
/// Signs: `yyyy`, `MM` `M`, `dd` `d`, `HH` `H` (0 to 23), `hh` `h` (1 to 12), `mm`, `ss`, `a` (AM or
/// PM). Two letters want two digits, one letter one or two. Letters between `'` and everything that
/// is no letter stand for themselves. Nothing depends on a locale.
struct DatePattern: Sendable, Hashable {
  private enum Part: Hashable {
    case number(Unit, atLeast: Int, atMost: Int)
    case halfOfDay
    case literal(Character)
  }

  private enum Unit: Hashable { case year, month, day, hour, halfHour, minute, second }

  private var parts: [Part] = []

  /// Reads a pattern; nil where a sign is unknown, or the year is missing.
  init?(_ text: String) {
    var rest = text[...]
    while let first = rest.first {
      if first == "'" {
        guard let end = rest.dropFirst().firstIndex(of: "'") else { return nil }
        for character in rest[rest.index(after: rest.startIndex)..<end] {
          parts.append(.literal(character))
        }
        rest = rest[rest.index(after: end)...]
        continue
      }
      guard first.isLetter else {
        parts.append(.literal(first))
        rest.removeFirst()
        continue
      }
      let run = rest.prefix { $0 == first }
      guard let part = DatePattern.part(String(run)) else { return nil }
      parts.append(part)
      rest = rest.dropFirst(run.count)
    }
    guard parts.contains(.number(.year, atLeast: 4, atMost: 4)) else { return nil }
  }

  private static func part(_ sign: String) -> Part? {
    switch sign {
    case "yyyy": .number(.year, atLeast: 4, atMost: 4)
    case "MM": .number(.month, atLeast: 2, atMost: 2)
    case "M": .number(.month, atLeast: 1, atMost: 2)
    case "dd": .number(.day, atLeast: 2, atMost: 2)
    case "d": .number(.day, atLeast: 1, atMost: 2)
    case "HH": .number(.hour, atLeast: 2, atMost: 2)
    case "H": .number(.hour, atLeast: 1, atMost: 2)
    case "hh": .number(.halfHour, atLeast: 2, atMost: 2)
    case "h": .number(.halfHour, atLeast: 1, atMost: 2)
    case "mm": .number(.minute, atLeast: 2, atMost: 2)
    case "ss": .number(.second, atLeast: 2, atMost: 2)
    case "a": .halfOfDay
    default: nil
    }
  }

  /// Reads a date.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - zone: The zone in which it is meant.
  ///   - precision: The finest precision that is believed.
  ///   - source: What is kept as the time's source.
  /// - Returns: The time; nil where the text is written otherwise or names no real date.
  func read(
    _ text: String,
    zone: Zone,
    atMost precision: Precision,
    source: String
  ) -> StatedTime? {
    var found: [Unit: Int] = [:]
    var isAfternoon: Bool?
    var rest = text[...]
    for part in parts {
      switch part {
      case .literal(let character):
        guard rest.first == character else { return nil }
        rest.removeFirst()
      case .halfOfDay:
        switch rest.prefix(2).uppercased() {
        case "AM": isAfternoon = false
        case "PM": isAfternoon = true
        default: return nil
        }
        rest = rest.dropFirst(2)
      case .number(let unit, let atLeast, let atMost):
        let digits = rest.prefix(atMost).prefix { $0.isASCII && $0.isNumber }
        guard digits.count >= atLeast, let number = Int(digits) else { return nil }
        found[unit] = number
        rest = rest.dropFirst(digits.count)
      }
    }
    guard rest.isEmpty, let year = found[.year] else { return nil }
    if let hour = found[.halfHour] {
      guard (1...12).contains(hour), let isAfternoon else { return nil }
      found[.hour] = hour % 12 + (isAfternoon ? 12 : 0)
    }
    let hour = found[.hour]
    // All parts must name a real time, also those finer than what is believed.
    guard
      CivilTime(
        year: year,
        month: found[.month] ?? 1,
        day: found[.day] ?? 1,
        hour: hour ?? 0,
        minute: found[.minute] ?? 0,
        second: found[.second] ?? 0
      ) != nil
    else { return nil }
    let finest = Precision.allCases.firstIndex(of: precision) ?? 5
    func part(_ unit: Unit, _ rank: Int) -> Int? { rank <= finest ? found[unit] : nil }
    return StatedTime(
      text: text,
      zone: zone,
      year: year,
      month: part(.month, 1),
      day: part(.day, 2),
      hour: part(.hour, 3),
      minute: part(.minute, 4),
      second: part(.second, 5),
      source: source
    )
  }
}
