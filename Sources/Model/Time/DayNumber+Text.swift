/// Days as they are written: `2026-05-14`.
extension DayNumber {
  /// Reads a day as ISO 8601 writes it; nil for anything else.
  public init?(iso text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.count == 3, parts[0].utf8.count == 4,
      parts[1].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The day as ISO 8601 writes it.
  public var iso: String { civil.isoDate }

  /// The day so many calendar months later: the one with the same number, or the month's last.
  ///
  /// Past the year 9999 too, so that whoever asked can see that it is past it.
  public func adding(months count: Int) -> DayNumber {
    let from = civil
    let months = from.year * 12 + from.month - 1 + count
    let (year, month) = (months / 12, months % 12 + 1)
    let length = CivilTime.daysInMonth(year: year, month: month)
    return DayNumber(
      count: CivilTime.daysSinceEpoch(year: year, month: month, day: min(from.day, length))
    )
  }
}

extension DayNumber: Codable {
  /// Reads a day as ISO 8601 writes it; throws for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = DayNumber(iso: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "not a day such as 2026-05-14"
      )
    }
    self = day
  }

  /// Writes the day as ISO 8601 does.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso)
  }
}

extension StatedTime {
  /// The day that is meant, in the zone in which it was stated; nil where only a month or a year is
  /// known.
  public var day: DayNumber? {
    precision >= .day ? DayNumber(earliest, in: zone) : nil
  }
}
