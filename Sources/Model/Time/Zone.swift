internal import Foundation

/// The zone in which a time was given: UTC, a fixed offset, or a zone of the IANA database.
public enum Zone: Hashable, Sendable {
  case utc
  /// Minutes ahead of UTC, -18 h to +18 h.
  case offset(minutes: Int)
  /// A zone of the IANA database that this host knows, such as `Europe/Berlin`.
  case named(String)

  /// Reads `UTC`, `Z`, `+02:00` or an IANA name; nil where the name is not known here.
  public init?(_ text: String) {
    if text == "UTC" || text == "Z" || text.isEmpty {
      self = .utc
      return
    }
    var scanner = DigitScanner(text)
    if let seconds = scanner.offset(), scanner.isAtEnd, abs(seconds) <= 64_800 {
      self = seconds == 0 ? .utc : .offset(minutes: seconds / 60)
      return
    }
    guard text.contains("/"), TimeZone(identifier: text) != nil else { return nil }
    self = .named(text)
  }

  /// The zone as it is written: `UTC`, `+02:00`, `Europe/Berlin`.
  public var name: String {
    switch self {
    case .utc: return "UTC"
    case .named(let name): return name
    case .offset(let minutes):
      let size = abs(minutes)
      return "\(minutes < 0 ? "-" : "+")\(padded(size / 60, 2)):\(padded(size % 60, 2))"
    }
  }

  /// Seconds that a clock in this zone runs ahead of UTC at an instant.
  public func offset(at instant: Instant) -> Int {
    switch self {
    case .utc: return 0
    case .offset(let minutes): return minutes * 60
    case .named(let name):
      let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
      return TimeZone(identifier: name)?.secondsFromGMT(for: date) ?? 0
    }
  }

  /// The instant at which a clock in this zone shows a civil time.
  ///
  /// Where the clock shows it twice (end of summer time) the earlier instant is meant, and where it
  /// never shows it (start of summer time) the instant at which the clock jumps: no reading makes a
  /// deadline fall later, and a day that begins in a gap still begins on that day.
  public func instant(of civil: CivilTime) -> Instant {
    // No clock is more than a day away from UTC, so these two lie before and after any jump near.
    let day = Duration.seconds(86_400)
    let guess = civil.instant()
    let before = civil.instant(offset: offset(at: guess - day))
    let after = civil.instant(offset: offset(at: guess + day))
    let exact = [before, after].filter { CivilTime($0, offset: offset(at: $0)) == civil }
    return exact.min() ?? jump(between: min(before, after), and: max(before, after))
  }

  /// The first instant of a stretch at which the offset is the one at the stretch's end.
  private func jump(between start: Instant, and end: Instant) -> Instant {
    var (low, high) = (start.milliseconds, end.milliseconds)
    let goal = offset(at: end)
    while low < high {
      let middle = low + (high - low) / 2
      if offset(at: Instant(milliseconds: middle)) == goal {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return Instant(milliseconds: high)
  }
}

extension Zone: Codable {
  /// Reads the zone's name; throws where this host does not know it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let zone = Zone(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "not a zone that this host knows"
      )
    }
    self = zone
  }

  /// Writes the zone's name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
