/// How exactly a time is known.
public enum Precision: String, Codable, Sendable, CaseIterable, Comparable {
  case year, month, day, hour, minute, second

  /// Orders by exactness, the year lowest.
  public static func < (left: Precision, right: Precision) -> Bool {
    let all = Precision.allCases
    return (all.firstIndex(of: left) ?? 0) < (all.firstIndex(of: right) ?? 0)
  }
}

/// A time as somebody stated it: the words, the zone, how exact it is, and who said so.
///
/// "March 2025" is a value of its own: every instant from `earliest` to `latest` is meant, and no
/// day is invented. A recorded time is never re-dated; a correction is a new one.
public struct StatedTime: Hashable, Codable, Sendable {
  /// The words in which it was given, unchanged.
  ///
  /// Foreign text: draw it as `Untrusted`.
  public var text: String
  /// The zone in which the words are to be read.
  public var zone: Zone
  /// How exactly the time is known.
  public var precision: Precision
  /// The first instant that is meant.
  public var earliest: Instant
  /// The last instant that is meant, included; equals `earliest` for an exact time.
  public var latest: Instant
  /// Where it comes from: a person, a log, a report.
  ///
  /// May be empty. Foreign text.
  public var source: String

  /// Makes a stated time of its parts; `latest` must not lie before `earliest`.
  public init(
    text: String,
    zone: Zone,
    precision: Precision,
    earliest: Instant,
    latest: Instant,
    source: String = ""
  ) {
    precondition(earliest <= latest, "a stated time ends after it begins")
    (self.text, self.zone, self.precision) = (text, zone, precision)
    (self.earliest, self.latest, self.source) = (earliest, latest, source)
  }

  /// Makes an exact time, stated in UTC to the second.
  public init(_ instant: Instant, source: String = "") {
    self.init(
      text: instant.description,
      zone: .utc,
      precision: .second,
      earliest: instant,
      latest: instant,
      source: source
    )
  }

  /// Makes the time that a partly known date names; nil where the parts name no real date.
  ///
  /// A part counts only when all larger ones are known: a day without a month leaves a year.
  public init?(
    text: String? = nil,
    zone: Zone = .utc,
    year: Int,
    month: Int? = nil,
    day: Int? = nil,
    hour: Int? = nil,
    minute: Int? = nil,
    second: Int? = nil,
    source: String = ""
  ) {
    let known = [month, day, hour, minute, second].prefix { $0 != nil }.compactMap(\.self)
    let precision = Precision.allCases[known.count]
    func part(_ index: Int, _ start: Int) -> Int { index < known.count ? known[index] : start }
    guard
      let start = CivilTime(
        year: year,
        month: part(0, 1),
        day: part(1, 1),
        hour: part(2, 0),
        minute: part(3, 0),
        second: part(4, 0)
      )
    else { return nil }
    var end = start
    if known.count < 1 { end.month = 12 }
    if known.count < 2 { end.day = CivilTime.daysInMonth(year: end.year, month: end.month) }
    if known.count < 3 { end.hour = 23 }
    if known.count < 4 { end.minute = 59 }
    if known.count < 5 { (end.second, end.millisecond) = (59, 999) }
    let first = zone.instant(of: start)
    let last = max(first, precision == .second ? first : zone.instant(of: end))
    guard Instant.range.contains(first), Instant.range.contains(last) else { return nil }
    self.init(
      text: text ?? StatedTime.words(start, precision),
      zone: zone,
      precision: precision,
      earliest: first,
      latest: last,
      source: source
    )
  }

  /// The same time with another source.
  public func sourced(_ source: String) -> StatedTime {
    var copy = self
    copy.source = source
    return copy
  }

  /// The time in its own zone and no more exactly than it is known, such as `2025-03`.
  public var plain: String {
    StatedTime.words(CivilTime(earliest, offset: zone.offset(at: earliest)), precision)
  }

  /// `plain` followed by the zone, where a zone matters at this precision.
  public var plainWithZone: String {
    switch precision {
    case .year, .month, .day: plain
    case .hour, .minute, .second: "\(plain) \(zone.name)"
    }
  }

  private static func words(_ civil: CivilTime, _ precision: Precision) -> String {
    switch precision {
    case .year: padded(civil.year, 4)
    case .month: "\(padded(civil.year, 4))-\(padded(civil.month, 2))"
    case .day: civil.isoDate
    case .hour: "\(civil.isoDate) \(padded(civil.hour, 2))h"
    case .minute: civil.isoMinute
    case .second: "\(civil.isoDate) \(civil.isoTime)"
    }
  }
}
