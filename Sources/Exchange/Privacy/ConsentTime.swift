internal import Foundation
internal import Model

/// Times in cells, read as they come: `2024-03-01`, `2024-03-01 10:15`, `2024-03-01T10:15:30.250+01:00`.
///
/// The first instant that is meant counts. A time without a zone is read in the zone of the row.
struct ConsentTime {
  /// Why a cell is no time.
  static let problem = "not a time: give 2024-03-01, 2024-03-01 10:15 or 2024-03-01T10:15:30+01:00"

  /// The zones that rows named, by their bytes.
  private var zones: [String: Zone] = [:]
  /// The instants of whole hours in zones, for those whose offset must be looked up.
  private var hours: [Hour: Int64] = [:]

  private struct Hour: Hashable {
    var zone: Zone
    var hour: Int
  }

  /// The zone of a name; nil where nobody knows it.
  mutating func zone(_ name: UnsafeRawBufferPointer) -> Zone? {
    let text = String(decoding: name, as: UTF8.self)
    if let zone = zones[text] { return zone }
    guard zones.count < 1000, let zone = Zone(text) else { return nil }
    zones[text] = zone
    return zone
  }

  /// The milliseconds since 1970 that a cell names; nil where it names no time.
  mutating func milliseconds(_ cell: UnsafeRawBufferPointer, _ zone: Zone) -> Int64? {
    var scan = Scan(cell: cell)
    guard let year = scan.digits(4), scan.take("-"), let month = scan.digits(2), scan.take("-"),
      let day = scan.digits(2)
    else { return nil }
    var (hour, minute, second, fraction) = (0, 0, 0, 0)
    var offset: Int?
    if !scan.isAtEnd {
      guard scan.take("T") || scan.take("t") || scan.take(" "), let hours = scan.digits(2),
        scan.take(":"), let minutes = scan.digits(2)
      else { return nil }
      (hour, minute) = (hours, minutes)
      if scan.take(":") {
        guard let seconds = scan.digits(2) else { return nil }
        second = seconds
        if scan.take(".") || scan.take(",") {
          guard let thousandths = scan.fraction() else { return nil }
          fraction = thousandths
        }
      }
      _ = scan.take(" ")
      if !scan.isAtEnd {
        guard let minutes = scan.offset() else { return nil }
        offset = minutes
      }
      guard scan.isAtEnd else { return nil }
    }
    // A leap second is the last one of its minute.
    guard
      let civil = CivilTime(
        year: year,
        month: month,
        day: day,
        hour: hour,
        minute: minute,
        second: min(second, 59),
        millisecond: fraction
      ), second <= 60
    else { return nil }
    if let offset { return civil.instant(offset: offset * 60).milliseconds }
    switch zone {
    case .utc: return civil.instant().milliseconds
    case .offset(let minutes): return civil.instant(offset: minutes * 60).milliseconds
    case .named: return named(civil, zone)
    }
  }

  /// The instant in a zone whose offset must be looked up: once for each quarter of an hour.
  private mutating func named(_ civil: CivilTime, _ zone: Zone) -> Int64 {
    var start = civil
    start.minute = civil.minute / 15 * 15
    (start.second, start.millisecond) = (0, 0)
    let rest = Int64((civil.minute - start.minute) * 60 + civil.second) * 1000
    let quarter = Int(start.instant().milliseconds / 900_000)
    let key = Hour(zone: zone, hour: quarter)
    if let known = hours[key] { return known + rest + Int64(civil.millisecond) }
    if hours.count >= 100_000 { hours.removeAll(keepingCapacity: true) }
    let instant = zone.instant(of: start).milliseconds
    hours[key] = instant
    return instant + rest + Int64(civil.millisecond)
  }

  /// Goes through the bytes of a cell.
  private struct Scan {
    let cell: UnsafeRawBufferPointer
    private var here = 0

    init(cell: UnsafeRawBufferPointer) { self.cell = cell }

    var isAtEnd: Bool { here == cell.count }

    mutating func take(_ sign: Unicode.Scalar) -> Bool {
      guard here < cell.count, cell[here] == UInt8(ascii: sign) else { return false }
      here += 1
      return true
    }

    mutating func digits(_ count: Int) -> Int? {
      guard here + count <= cell.count else { return nil }
      var number = 0
      for index in here..<here + count {
        guard (48...57).contains(cell[index]) else { return nil }
        number = number * 10 + Int(cell[index] - 48)
      }
      here += count
      return number
    }

    /// Digits behind the point, as thousandths; more than nine are refused.
    mutating func fraction() -> Int? {
      var (number, count) = (0, 0)
      while here < cell.count, (48...57).contains(cell[here]) {
        if count < 3 { number = number * 10 + Int(cell[here] - 48) }
        count += 1
        here += 1
      }
      guard (1...9).contains(count) else { return nil }
      for _ in min(count, 3)..<3 { number *= 10 }
      return number
    }

    /// Minutes ahead of UTC: `Z`, `UTC`, `+01:00`, `+0100`, `+01`.
    mutating func offset() -> Int? {
      if take("Z") || take("z") { return 0 }
      if take("U") { return take("T") && take("C") ? 0 : nil }
      let isBehind = take("-")
      guard isBehind || take("+"), let hours = digits(2) else { return nil }
      var minutes = 0
      if !isAtEnd {
        _ = take(":")
        guard let more = digits(2), more < 60 else { return nil }
        minutes = more
      }
      guard hours <= 18 else { return nil }
      return (hours * 60 + minutes) * (isBehind ? -1 : 1)
    }
  }
}
