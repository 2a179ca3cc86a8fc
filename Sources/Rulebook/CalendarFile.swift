internal import Formats
public import Model

/// One file of `Calendars`: the holidays of a country, and days that were looked up by hand.
public struct CalendarFile: Sendable, Equatable {
  /// The calendar.
  public var calendar: HolidayCalendar
  /// Days with the holiday that is kept on them; nil where none is.
  public var cases: [(day: DayNumber, holiday: String?, line: Int)]

  /// Compares the calendars.
  public static func == (left: CalendarFile, right: CalendarFile) -> Bool {
    left.calendar == right.calendar
  }

  /// Reads a calendar file.
  ///
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(yaml: String, file: String) throws {
    let root = try StrictYAML(reading: yaml, file: file)
    try root.allow("id", "title", "source", "zone", "notes", "observed", "holidays", "cases")
    let observed = try root.optional("observed")?.observance() ?? .none
    calendar = HolidayCalendar(
      id: try root.member("id").text(),
      title: try root.member("title").text(),
      source: try root.member("source").text(),
      zone: try root.optional("zone")?.zone(),
      holidays: try root.member("holidays").elements().map { element in
        let members = try element.members()
        guard members.count == 1, let (name, node) = members.first else {
          throw element.error("one holiday: `- Labor Day: 1st monday of september`")
        }
        return try CalendarFile.holiday(name, node, observed)
      }
    )
    guard calendar.holidays.count <= 150 else {
      throw try root.member("holidays").error("more than 150 holidays leave no year to work in")
    }
    cases =
      try root.optional("cases")?.elements().flatMap { element in
        try element.members().map { day, node in
          guard let instant = Instant(rfc3339: "\(day)T00:00:00Z") else {
            throw element.error("\(day) is no day such as 2026-07-03")
          }
          let holiday = try node.text()
          return (DayNumber(instant, in: .utc), holiday == "none" ? nil : holiday, node.line)
        }
      } ?? []
  }

  /// The cases that do not come out, with their lines.
  public var failures: [(line: Int, reason: String)] {
    cases.compactMap { day, expected, line in
      let found = calendar.holiday(on: day)
      guard found != expected else { return nil }
      return (line, "\(day.civil.isoDate): expected \(expected ?? "none"), was \(found ?? "none")")
    }
  }

  private static func holiday(
    _ name: String,
    _ node: StrictYAML,
    _ observed: HolidayCalendar.Observance
  ) throws -> HolidayCalendar.Holiday {
    guard node.isMapping else {
      let (day, from) = try day(node)
      return .init(name: name, day: day, years: (from, nil), observance: observed)
    }
    try node.allow("day", "observed", "from", "until")
    func year(_ key: String) throws -> Int? {
      try node.optional(key).map { node in
        guard let year = Int(try node.text()), (1...9999).contains(year) else {
          throw node.error("a year")
        }
        return year
      }
    }
    let (day, from) = try day(try node.member("day"))
    return .init(
      name: name,
      day: day,
      years: (try year("from") ?? from, try year("until")),
      observance: try node.optional("observed")?.observance() ?? observed
    )
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let ordinals = ["1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "last": -1]

  /// Reads a day, and the year from which it counts where that stands behind it.
  private static func day(_ node: StrictYAML) throws -> (HolidayCalendar.Day, from: Int?) {
    var words = try node.text().split(separator: " ").map(String.init)
    var from: Int?
    if words.count > 2, words[words.count - 2] == "from", let year = Int(words[words.count - 1]) {
      from = year
      words.removeLast(2)
    }
    func monthDay(_ text: String) -> (Int, Int)? {
      let parts = text.split(separator: "-").compactMap { Int($0) }
      // A leap year has every day that any year has.
      guard text.utf8.count == 5, parts.count == 2,
        DayNumber(year: 2024, month: parts[0], day: parts[1]) != nil
      else { return nil }
      return (parts[0], parts[1])
    }
    let number = words.last.flatMap { Int($0) }
    switch (words.first, words.count) {
    case (let text?, 1):
      if let (month, day) = monthDay(text) { return (.date(month: month, day: day), from) }
      if text == "easter" { return (.easter(0), from) }
      if text.utf8.count == 10 {
        let civil = try node.day().civil
        return (.once(year: civil.year, month: civil.month, day: civil.day), nil)
      }
    case ("easter", 2): if let number { return (.easter(number), from) }
    case ("orthodox", 2) where words[1] == "easter": return (.orthodoxEaster(0), from)
    case ("orthodox", 3) where words[1] == "easter":
      if let number { return (.orthodoxEaster(number), from) }
    case ("monday", 3) where words[1] == "from":
      if let (month, day) = monthDay(words[2]) {
        return (.mondayFrom(month: month, day: day), from)
      }
    case ("monday", 4) where words[1] == "from" && words[2] == "easter":
      if let number { return (.mondayFromEaster(number), from) }
    case (let ordinal?, 4) where words[2] == "of":
      if let count = ordinals[ordinal], let weekday = weekdays.firstIndex(of: words[1]),
        let month = months.firstIndex(of: words[3])
      {
        return (.nth(count, weekday: weekday + 1, month: month + 1), from)
      }
    default: break
    }
    throw node.error(
      "05-01, 2025-01-09, easter -2, orthodox easter +1, 3rd monday of january, "
        + "last monday of may, monday from 01-06 or monday from easter +60"
    )
  }
}

extension StrictYAML {
  fileprivate func observance() throws -> HolidayCalendar.Observance {
    guard let observance = HolidayCalendar.Observance(rawValue: try text()) else {
      let known = HolidayCalendar.Observance.allCases.map(\.rawValue)
      throw error("one of \(known.joined(separator: ", "))")
    }
    return observance
  }
}
