extension Period {
  /// The longest period for which data are kept: a hundred years.
  private static let mostKept: [String: Int] = ["d": 36_525, "w": 5217, "mo": 1200, "y": 100]

  /// Reads how long data are kept: `90 d`, `6 w`, `36 mo` or `10 y`, or the words in full.
  ///
  /// Nil for anything else, and for what is longer than a hundred years.
  public init?(kept text: String) {
    let words = text.lowercased().split { $0 == " " }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), count >= 1, let first = words.first else { return nil }
    let unit =
      words.count == 2 && first == digits
      ? String(words[1])
      : words.count == 1 ? String(first.dropFirst(digits.count)) : ""
    let short =
      switch unit {
      case "d", "day", "days": "d"
      case "w", "week", "weeks": "w"
      case "mo", "month", "months": "mo"
      case "y", "year", "years": "y"
      default: ""
      }
    guard let most = Period.mostKept[short], count <= most else { return nil }
    switch short {
    case "d": self = .days(count)
    case "w": self = .days(count * 7)
    case "mo": self = .months(count)
    default: self = .months(count * 12)
    }
  }

  /// How long data are kept, in words: `90 days`, `36 months`, `10 years`.
  public var keptText: String {
    func words(_ count: Int, _ unit: String) -> String {
      "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
    return switch self {
    case .months(let count) where count % 12 == 0: words(count / 12, "year")
    case .months(let count): words(count, "month")
    case .days(let count, _): words(count, "day")
    default: text
    }
  }

  /// The last instant of the period, counted from an instant in a zone; no tolerance.
  public func end(from start: Instant, in zone: Zone) -> Instant {
    PeriodCounter(zone: zone, calendar: nil, extra: [])
      .reckon(self, from: start, key: "", tolerance: .none).due
  }
}

extension StatedTime {
  /// Noon of the last day that is meant, by the calendar of a zone.
  ///
  /// A day, month or year that was stated is that one, wherever days are counted: the end of 2015 in UTC
  /// is not the beginning of 2016 in Berlin.
  func lastDay(in zone: Zone) -> CivilTime {
    let stated = precision <= .day ? self.zone : zone
    var day = CivilTime(latest, offset: stated.offset(at: latest))
    (day.hour, day.minute, day.second, day.millisecond) = (12, 0, 0, 0)
    return day
  }
}
