/// A date and time of day on the proleptic Gregorian calendar, without a zone.
///
/// Plain arithmetic (H. Hinnant, "chrono-compatible low-level date algorithms"): no locale, no
/// formatter, so it costs nothing at start and is the same on every host.
public struct CivilTime: Hashable, Sendable {
  /// Year, 1 to 9999.
  public var year: Int
  /// Month, 1 to 12.
  public var month: Int
  /// Day of the month, 1 to 31.
  public var day: Int
  /// Hour, 0 to 23.
  public var hour: Int
  /// Minute, 0 to 59.
  public var minute: Int
  /// Second, 0 to 59.
  public var second: Int
  /// Millisecond, 0 to 999.
  public var millisecond: Int

  /// Makes a civil time of its parts, or nil where they name no real date or time.
  public init?(
    year: Int,
    month: Int,
    day: Int,
    hour: Int = 0,
    minute: Int = 0,
    second: Int = 0,
    millisecond: Int = 0
  ) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilTime.daysInMonth(year: year, month: month), (0...23).contains(hour),
      (0...59).contains(minute), (0...59).contains(second), (0...999).contains(millisecond)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    (self.hour, self.minute, self.second, self.millisecond) = (hour, minute, second, millisecond)
  }

  /// Reads an instant off a clock that runs `offset` seconds ahead of UTC.
  public init(_ instant: Instant, offset: Int = 0) {
    let shifted = instant.milliseconds + Int64(offset) * 1000
    let (days, rest) = shifted.flooredDivision(by: 86_400_000)
    let date = CivilTime.date(daysSinceEpoch: Int(days))
    (year, month, day) = (date.year, date.month, date.day)
    hour = Int(rest / 3_600_000)
    minute = Int(rest / 60_000 % 60)
    second = Int(rest / 1000 % 60)
    millisecond = Int(rest % 1000)
  }

  /// The instant at which a clock `offset` seconds ahead of UTC shows this civil time.
  public func instant(offset: Int = 0) -> Instant {
    let days = Int64(CivilTime.daysSinceEpoch(year: year, month: month, day: day))
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    return Instant(milliseconds: seconds * 1000 + Int64(millisecond))
  }

  /// Day of the week: 1 is Monday, 7 is Sunday (ISO 8601).
  public var weekday: Int {
    let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
    return ((days + 3) % 7 + 7) % 7 + 1
  }

  /// The time as RFC 3339 text ending in `Z`; milliseconds only where they are not zero.
  public var rfc3339: String {
    let fraction = millisecond == 0 ? "" : ".\(padded(millisecond, 3))"
    return "\(isoDate)T\(isoTime)\(fraction)Z"
  }

  /// The date as `2026-05-18`.
  public var isoDate: String { written(10) { $0.put(date: self) } }

  /// The time of day as `14:40:05`.
  public var isoTime: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }

  /// The time of day as `14:40`.
  public var shortTime: String { written(5) { $0.put(time: self) } }

  /// Date and time of day as `2026-05-18 14:40`.
  public var isoMinute: String {
    written(16) {
      $0.put(date: self)
      $0.put(" ")
      $0.put(time: self)
    }
  }

  /// A text of so many bytes, written in one go: every row of a list has times.
  private func written(_ length: Int, _ write: (inout Digits) -> Void) -> String {
    // One more for each digit of a year that no valid instant has: nothing is ever cut.
    String(unsafeUninitializedCapacity: length + 16) { buffer in
      var digits = Digits(buffer: buffer)
      write(&digits)
      return digits.count
    }
  }

  /// Writes into memory.
  private struct Digits {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func put(date: CivilTime) {
      if (0...9_999).contains(date.year) {
        put(date.year, 4)
      } else {
        for byte in padded(date.year, 4).utf8.prefix(16) { put(Unicode.Scalar(byte)) }
      }
      put("-")
      put(date.month, 2)
      put("-")
      put(date.day, 2)
    }

    mutating func put(time: CivilTime) {
      put(time.hour, 2)
      put(":")
      put(time.minute, 2)
    }

    mutating func put(_ sign: Unicode.Scalar) {
      buffer[count] = UInt8(ascii: sign)
      count += 1
    }

    private mutating func put(_ number: Int, _ width: Int) {
      var rest = number
      for place in (count..<(count + width)).reversed() {
        buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
      count += width
    }
  }

  /// Number of days in a month, leap years included.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 to a date; negative before it.
  public static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func date(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

/// Writes a number with leading zeros up to a width.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return digits.count >= width
    ? digits : String(repeating: "0", count: width - digits.count) + digits
}

extension Int64 {
  /// Quotient towards negative infinity, and the remainder that is never negative.
  public func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

extension Instant {
  /// Reads RFC 3339 text with an offset (`2026-05-18T14:40:00+02:00`), or nil for anything else.
  ///
  /// A space may stand for the `T`; fractions beyond milliseconds are cut, not rounded. The leap
  /// second `:60` is read as `:59`, the reading that never moves a deadline later.
  public init?(rfc3339 text: String) {
    var scanner = DigitScanner(text)
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2),
      scanner.take("-"), let day = scanner.digits(2),
      scanner.take("T") || scanner.take("t") || scanner.take(" "),
      let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2),
      scanner.take(":"), let second = scanner.digits(2)
    else { return nil }
    var millisecond = 0
    if scanner.take(".") {
      guard let fraction = scanner.fraction() else { return nil }
      millisecond = fraction
    }
    guard let offset = scanner.offset(), scanner.isAtEnd,
      let civil = CivilTime(
        year: year,
        month: month,
        day: day,
        hour: hour,
        minute: minute,
        second: min(second, 59),
        millisecond: second == 60 ? 999 : millisecond
      ), second <= 60
    else { return nil }
    let instant = civil.instant(offset: offset)
    guard Instant.range.contains(instant) else { return nil }
    self = instant
  }
}

/// A cursor over ASCII text that reads numbers of known width.
struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  /// Reads exactly `count` digits.
  mutating func digits(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let byte = rest.first, (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
      rest.removeFirst()
    }
    return value
  }

  /// Reads the digits after a decimal point as milliseconds; further digits are cut.
  mutating func fraction() -> Int? {
    var (value, count) = (0, 0)
    while let byte = rest.first, (48...57).contains(byte) {
      if count < 3 { value = value * 10 + Int(byte - 48) }
      count += 1
      rest.removeFirst()
    }
    guard count > 0 else { return nil }
    for _ in min(count, 3)..<3 { value *= 10 }
    return value
  }

  /// Reads `Z`, `+02:00` or `-05:00` as seconds ahead of UTC.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let sign: Int
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = digits(2) else { return nil }
    _ = take(":")
    guard let minutes = digits(2), hours <= 18, minutes <= 59 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
