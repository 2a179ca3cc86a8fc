/// The public holidays of a country, a state or an institution, by rules that are computed for any
/// year.
public struct HolidayCalendar: Sendable, Equatable {
  /// The code by which rules name it: `US`, `BR`, `EU`, `DE`.
  public var id: String
  /// What it is called.
  public var title: String
  /// Where it comes from.
  public var source: String
  /// The zone of its capital, where a law counts in the country's own time.
  public var zone: Zone?
  /// Its holidays.
  public var holidays: [Holiday]

  /// Makes a calendar.
  public init(id: String, title: String, source: String, zone: Zone?, holidays: [Holiday]) {
    (self.id, self.title, self.source) = (id, title, source)
    (self.zone, self.holidays) = (zone, holidays)
  }

  /// A day that returns every year.
  public struct Holiday: Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// Which day it is.
    public var day: Day
    /// The first and last year in which it is a holiday; nil where there is none.
    public var years: (first: Int?, last: Int?)
    /// What happens where it falls on a weekend.
    public var observance: Observance

    /// Makes a holiday.
    public init(
      name: String,
      day: Day,
      years: (first: Int?, last: Int?) = (nil, nil),
      observance: Observance = .none
    ) {
      (self.name, self.day, self.years, self.observance) = (name, day, years, observance)
    }

    /// Compares all parts.
    public static func == (left: Holiday, right: Holiday) -> Bool {
      left.name == right.name && left.day == right.day && left.years.first == right.years.first
        && left.years.last == right.years.last && left.observance == right.observance
    }
  }

  /// Which day of a year is meant.
  public enum Day: Sendable, Hashable {
    /// Month and day.
    case date(month: Int, day: Int)
    /// A day of one year alone.
    case once(year: Int, month: Int, day: Int)
    /// The n-th weekday (1 is Monday) of a month; -1 is the last.
    case nth(Int, weekday: Int, month: Int)
    /// Days after Easter Sunday of the Western church; negative before it.
    case easter(Int)
    /// Days after Easter Sunday of the Eastern churches.
    case orthodoxEaster(Int)
    /// A date, moved to the Monday on or after it (Colombia, Ley 51 of 1983).
    case mondayFrom(month: Int, day: Int)
    /// Days after Easter, moved to the Monday on or after it.
    case mondayFromEaster(Int)
  }

  /// What happens where a holiday falls on a weekend.
  public enum Observance: String, Sendable, CaseIterable {
    /// It is lost.
    case none = "lost"
    /// On a Saturday it is kept on Friday, on a Sunday on Monday (5 U.S.C. 6103(b)).
    case nearest
    /// On a Sunday it is kept on Monday; on a Saturday it is lost.
    case sundayToMonday = "sunday to monday"
    /// It is kept on the next weekday that is no holiday itself.
    case next
  }

  /// The name of the holiday that is kept on a day; nil where there is none.
  public func holiday(on day: DayNumber) -> String? {
    // A holiday kept on 31 December may belong to the year after, and the reverse.
    for year in (day.year - 1)...(day.year + 1) {
      for (kept, name) in kept(in: year) where kept == day { return name }
    }
    return nil
  }

  /// The days on which the holidays of a year are kept.
  private func kept(in year: Int) -> [(DayNumber, String)] {
    let days = holidays.compactMap { holiday -> (DayNumber, Holiday)? in
      guard holiday.years.first ?? year <= year, year <= holiday.years.last ?? year,
        let day = holiday.day.number(in: year)
      else { return nil }
      return (day, holiday)
    }
    var taken = Set(days.map(\.0))
    return days.map { day, holiday in
      switch holiday.observance {
      case .none: return (day, holiday.name)
      case .nearest:
        let moved = day.weekday == 6 ? day - 1 : day.weekday == 7 ? day + 1 : day
        return (moved, holiday.name)
      case .sundayToMonday: return (day.weekday == 7 ? day + 1 : day, holiday.name)
      case .next:
        guard day.weekday >= 6 else { return (day, holiday.name) }
        var moved = day
        while moved.weekday >= 6 || taken.contains(moved) { moved = moved + 1 }
        taken.insert(moved)
        return (moved, holiday.name)
      }
    }
  }
}

extension HolidayCalendar.Day {
  /// The day in a year; nil where the year has no such day.
  func number(in year: Int) -> DayNumber? {
    switch self {
    case .date(let month, let day): return DayNumber(year: year, month: month, day: day)
    case .once(let only, let month, let day):
      return only == year ? DayNumber(year: year, month: month, day: day) : nil
    case .nth(let count, let weekday, let month):
      if count > 0 {
        guard let first = DayNumber(year: year, month: month, day: 1) else { return nil }
        return first + ((weekday - first.weekday + 7) % 7 + 7 * (count - 1))
      }
      let length = CivilTime.daysInMonth(year: year, month: month)
      guard let last = DayNumber(year: year, month: month, day: length) else { return nil }
      return last - (last.weekday - weekday + 7) % 7
    case .easter(let offset): return DayNumber.easter(year) + offset
    case .orthodoxEaster(let offset): return DayNumber.orthodoxEaster(year) + offset
    case .mondayFrom(let month, let day):
      return DayNumber(year: year, month: month, day: day).map { $0 + (8 - $0.weekday) % 7 }
    case .mondayFromEaster(let offset):
      let day = DayNumber.easter(year) + offset
      return day + (8 - day.weekday) % 7
    }
  }
}

/// A day of the calendar, counted from 1970-01-01.
public struct DayNumber: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01; negative before it.
  public let count: Int

  /// Makes the day that lies so many days after 1970-01-01.
  public init(count: Int) { self.count = count }

  /// Makes a day of its parts; nil where they name none.
  public init?(year: Int, month: Int, day: Int) {
    guard let civil = CivilTime(year: year, month: month, day: day) else { return nil }
    self.init(civil)
  }

  /// The day of a civil time.
  public init(_ civil: CivilTime) {
    count = CivilTime.daysSinceEpoch(year: civil.year, month: civil.month, day: civil.day)
  }

  /// The day that a clock in a zone shows at an instant.
  public init(_ instant: Instant, in zone: Zone) {
    self.init(CivilTime(instant, offset: zone.offset(at: instant)))
  }

  /// The day at midnight.
  public var civil: CivilTime { CivilTime(Instant(seconds: Int64(count) * 86_400)) }

  /// The year.
  public var year: Int { civil.year }

  /// Day of the week: 1 is Monday, 7 is Sunday.
  public var weekday: Int { ((count + 3) % 7 + 7) % 7 + 1 }

  /// Orders by time.
  public static func < (left: DayNumber, right: DayNumber) -> Bool { left.count < right.count }

  /// Moves forward by days.
  public static func + (day: DayNumber, days: Int) -> DayNumber {
    DayNumber(count: day.count + days)
  }

  /// Moves back by days.
  public static func - (day: DayNumber, days: Int) -> DayNumber {
    DayNumber(count: day.count - days)
  }

  /// Easter Sunday of the Western church (Meeus, Astronomical Algorithms, chapter 8).
  static func easter(_ year: Int) -> DayNumber {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let (d, e) = (b / 4, b % 4)
    let f = (b + 8) / 25
    let g = (b - f + 1) / 3
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = (c / 4, c % 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let sum = h + l - 7 * m + 114
    return DayNumber(
      count: CivilTime.daysSinceEpoch(year: year, month: sum / 31, day: sum % 31 + 1)
    )
  }

  /// Easter Sunday of the Eastern churches, as a Gregorian day, right for 1900 to 2099.
  static func orthodoxEaster(_ year: Int) -> DayNumber {
    let d = (19 * (year % 19) + 15) % 30
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    let sum = d + e + 114
    // The Julian calendar was 13 days behind in these two centuries.
    return DayNumber(
      count: CivilTime.daysSinceEpoch(year: year, month: sum / 31, day: sum % 31 + 1) + 13
    )
  }
}
