/// The hours in which nobody is written to, by the clocks where people live: 21:00 to 08:00.
public struct QuietHours: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Minutes after midnight at which they begin.
  public let start: Int
  /// Minutes after midnight at which they end; before `start` where midnight lies between.
  public let end: Int

  /// The longest that quiet hours may be, in minutes.
  ///
  /// A jurisdiction of many zones must have a time at which it is day in all of them.
  public static let longest = 12 * 60

  /// Reads `21:00-08:00`; nil where that is no such stretch, or longer than twelve hours.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Self.minutes(parts[0]), let end = Self.minutes(parts[1])
    else { return nil }
    let length = (end - start + 1440) % 1440
    guard 1...Self.longest ~= length else { return nil }
    (self.start, self.end) = (start, end)
  }

  /// The hours as they are written.
  public var description: String {
    func text(_ minutes: Int) -> String {
      "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }
    return "\(text(start))-\(text(end))"
  }

  /// Whether it is quiet in any of the zones at an instant.
  public func isQuiet(at instant: Instant, in zones: [Zone]) -> Bool {
    zones.contains { end(of: $0, at: instant) != nil }
  }

  /// The first instant from `instant` on at which it is quiet in none of the zones.
  public func end(after instant: Instant, in zones: [Zone]) -> Instant {
    var time = instant
    // Each round ends the quiet hours of one zone at least; two days have room for all of them.
    while time - instant < .seconds(2 * 86_400) {
      guard let next = zones.compactMap({ end(of: $0, at: time) }).max() else { return time }
      time = next
    }
    return time
  }

  /// When the quiet hours end that a zone is in at an instant; nil where it is in none.
  private func end(of zone: Zone, at instant: Instant) -> Instant? {
    let day: Int64 = 86_400_000
    let local = instant.milliseconds + Int64(zone.offset(at: instant)) * 1000
    let clock = local.flooredDivision(by: day).remainder
    let (start, end) = (Int64(start) * 60_000, Int64(end) * 60_000)
    let isQuiet = start < end ? start <= clock && clock < end : clock >= start || clock < end
    guard isQuiet else { return nil }
    // By the wall clock: a night in which it is moved is shorter or longer.
    let morning = local - clock + end + (end > clock ? 0 : day)
    return zone.instant(of: CivilTime(Instant(milliseconds: morning)))
  }

  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), 0...23 ~= hour, 0...59 ~= minute
    else { return nil }
    return hour * 60 + minute
  }

  /// Reads the hours as they are written.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let hours = QuietHours(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "not quiet hours"
      )
    }
    self = hours
  }

  /// Writes them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
