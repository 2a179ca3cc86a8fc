/// A point on the UTC time line, exact to the millisecond.
///
/// An integer rather than `Foundation.Date`: the journal hashes instants and deadlines are compared
/// for equality, and a `Double` of seconds keeps neither. Milliseconds since
/// 1970-01-01T00:00:00Z, leap seconds not counted (POSIX). The range is years 0001 to 9999.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z; negative before it.
  public let milliseconds: Int64

  /// Makes the instant that lies so many milliseconds after 1970-01-01T00:00:00Z.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Makes the instant that lies so many whole seconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int64) { self.milliseconds = seconds * 1000 }

  /// Years 0001 to 9999 in UTC: the instants that can be written as RFC 3339 text.
  public static let range =
    Instant(milliseconds: -62_135_596_800_000)...Instant(milliseconds: 253_402_300_799_999)

  /// Orders by time, earlier first.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Moves forward by a length of time; this is UTC arithmetic, never calendar arithmetic.
  public static func + (instant: Instant, length: Duration) -> Instant {
    Instant(milliseconds: instant.milliseconds + length.wholeMilliseconds)
  }

  /// Moves back by a length of time.
  public static func - (instant: Instant, length: Duration) -> Instant {
    Instant(milliseconds: instant.milliseconds - length.wholeMilliseconds)
  }

  /// Measures the length from one instant to another; negative when `end` is the earlier.
  public static func - (end: Instant, start: Instant) -> Duration {
    .milliseconds(end.milliseconds - start.milliseconds)
  }
}

extension Duration {
  /// The length in milliseconds, towards zero.
  public var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

extension Instant: CustomStringConvertible {
  /// The instant as RFC 3339 text in UTC, with milliseconds only where they are not zero.
  public var description: String { CivilTime(self).rfc3339 }
}

extension Instant: Codable {
  /// Reads RFC 3339 text; throws `DecodingError.dataCorrupted` for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let instant = Instant(rfc3339: text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "not an RFC 3339 instant with offset"
      )
    }
    self = instant
  }

  /// Writes RFC 3339 text in UTC.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
