/// How long a rule gives, and how it is counted.
public enum Period: Codable, Sendable, Hashable {
  /// No number in the law: "without undue delay", "as soon as possible".
  case noFixedDeadline
  /// Elapsed hours from the instant; UTC arithmetic, whatever the clocks on the wall do.
  case hours(Int)
  /// Calendar days, to the last second of the last one; the day of the event is day 0, or day 1
  /// where `fromDayOne` (Japan).
  case days(Int, fromDayOne: Bool = false)
  /// Business days of the rule's calendar, to the last second of the last one or to the time of day
  /// at which the office closes; the day of the event is not counted.
  case businessDays(Int, closing: ClosingTime? = nil)
  /// Calendar months, to the last second of the day with the same number, or of the month's last.
  case months(Int)

  /// A time of day at which a filing counts for the next day.
  public struct ClosingTime: Codable, Sendable, Hashable {
    /// Hour, 0 to 23.
    public var hour: Int
    /// Minute, 0 to 59.
    public var minute: Int

    /// Makes a time of day.
    public init(hour: Int, minute: Int) { (self.hour, self.minute) = (hour, minute) }
  }

  /// The period as it is written in rules: `72 h`, `30 d`, `4 bd until 17:30`, `1 mo`.
  public var text: String {
    switch self {
    case .noFixedDeadline: "no fixed deadline"
    case .hours(let count): "\(count) h"
    case .days(let count, let fromDayOne): "\(count) d\(fromDayOne ? " from day one" : "")"
    case .businessDays(let count, let closing):
      "\(count) bd"
        + (closing.map { " until \(padded($0.hour, 2)):\(padded($0.minute, 2))" } ?? "")
    case .months(let count): "\(count) mo"
    }
  }

  /// Whether the period is counted in days of some zone, not in hours.
  public var needsZone: Bool {
    switch self {
    case .noFixedDeadline, .hours: false
    case .days, .businessDays, .months: true
    }
  }
}

/// From when a rule counts.
public enum ClockStart: Sendable, Hashable {
  /// The rule names no event.
  case unnamed
  /// One event, or the later of several that must all have happened.
  case event([FactKey])
  /// The earlier of several events, any of which starts the clock.
  case firstOf([FactKey])
  /// The end of the calendar year, in the counting zone, in which the event fell.
  case endOfYear(of: FactKey)
  /// The sending of an earlier notice: of the first of these that is owed; its first sending, or the
  /// latest sending of any of them.
  case after([String], latest: Bool = false)
  /// No clock of its own: not later than that obligation.
  case with(String)

  /// The start as it is written in rules.
  public var text: String {
    func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    return switch self {
    case .unnamed: "unnamed"
    case .event(let keys) where keys.count > 1: "later of \(list(keys.map(\.description)))"
    case .event(let keys): list(keys.map(\.description))
    case .firstOf(let keys): "first of \(list(keys.map(\.description)))"
    case .endOfYear(let key): "end of year of \(key)"
    case .after(let rules, let latest): "after \(latest ? "latest of " : "")\(list(rules))"
    case .with(let rule): "with \(rule)"
    }
  }

  /// The ids of the rules that the start looks at.
  public var rules: [String] {
    switch self {
    case .after(let rules, _): rules
    case .with(let rule): [rule]
    default: []
    }
  }
}

/// What the law would still tolerate beyond `due` by its rules of computing periods.
public enum Tolerance: String, Sendable, Hashable, CaseIterable {
  /// Nothing.
  case none
  /// Regulation (EEC, Euratom) 1182/71 art. 3: periods in hours begin with the next full hour; a
  /// longer one that ends on a holiday, Saturday or Sunday ends with the next working day.
  case regulation1182 = "1182/71"
  /// Regulation 1182/71, and noon of the next working day where a limit falls on a day off
  /// (Delegated Regulation (EU) 2025/301 art. 5(4)), except for entities that may not (art. 5(5)).
  case doraNoon = "1182/71 and noon"
  /// A last day on a Saturday, Sunday or holiday moves to the next business day.
  case nextBusinessDay = "next business day"
  /// A last day on a Sunday or holiday moves to the next day that is neither (Ohio R.C. 1.14).
  case nextWeekday = "not on Sundays and holidays"
}
