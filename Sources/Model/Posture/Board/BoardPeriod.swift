/// A year, a quarter or a month that a board is told of: `2026`, `2026-Q3`, `2026-07`.
public struct BoardPeriod: Codable, Sendable, Hashable {
  /// The year.
  public var year: Int
  /// Its first month, from 1.
  public var month: Int
  /// How many months it has: 12, 3 or 1.
  public var months: Int

  /// Makes a period.
  public init(year: Int, month: Int = 1, months: Int = 12) {
    (self.year, self.month, self.months) = (year, month, months)
  }

  /// Reads `YYYY`, `YYYY-Qn` or `YYYY-MM`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    func number(_ text: Substring, _ digits: Int) -> Int? {
      guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
        return nil
      }
      return Int(text)
    }
    guard let first = parts.first, let year = number(first, 4), (1900...9998).contains(year),
      parts.count <= 2
    else { return nil }
    guard parts.count == 2 else {
      self.init(year: year)
      return
    }
    if let letter = parts[1].first, letter == "Q" || letter == "q" {
      guard let quarter = number(parts[1].dropFirst(), 1), (1...4).contains(quarter) else {
        return nil
      }
      self.init(year: year, month: quarter * 3 - 2, months: 3)
    } else {
      guard let month = number(parts[1], 2), (1...12).contains(month) else { return nil }
      self.init(year: year, month: month, months: 1)
    }
  }

  /// The period of the same length before it.
  public var previous: BoardPeriod { moved(by: -months) }

  /// What people call it: the text that it is read from.
  public var text: String {
    switch months {
    case 12: padded(year, 4)
    case 3: "\(padded(year, 4))-Q\((month + 2) / 3)"
    default: "\(padded(year, 4))-\(padded(month, 2))"
    }
  }

  /// When it begins in a zone.
  public func start(in zone: Zone) -> Instant {
    guard let civil = CivilTime(year: year, month: month, day: 1) else {
      return Instant.range.lowerBound
    }
    return zone.instant(of: civil)
  }

  /// When the next one begins: the first instant behind it.
  public func end(in zone: Zone) -> Instant { moved(by: months).start(in: zone) }

  private func moved(by count: Int) -> BoardPeriod {
    let index = year * 12 + month - 1 + count
    return BoardPeriod(year: index / 12, month: index % 12 + 1, months: months)
  }
}
