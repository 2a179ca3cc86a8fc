import Drawing
import Model

/// What people say about a purpose now, as a bar whose parts differ by sign as well as by colour.
enum ConsentMeter {
  /// A part of the bar.
  private struct Part {
    var sign: String
    var role: Role
    var count: Int
    var label: String
  }

  private static func parts(_ row: PurposeRow) -> [Part] {
    let stale = row.stale
    return [
      Part(sign: "█", role: .success, count: row.count(.given) - stale, label: "given"),
      Part(sign: "!", role: .danger, count: stale, label: "given to a text no longer right"),
      Part(sign: "░", role: .stateClosed, count: row.count(.withdrawn), label: "withdrawn"),
      Part(sign: "x", role: .warning, count: row.count(.expired), label: "expired"),
    ]
  }

  /// The bar in so many columns; a track where nobody has said anything.
  static func bar(_ row: PurposeRow, columns: Int) -> [Span] {
    let parts = parts(row)
    guard parts.contains(where: { $0.count > 0 }) else {
      return [Span(String(repeating: "·", count: max(0, columns)), .chartTrack)]
    }
    let widths = Shares.columns(of: parts.map { max(0, $0.count) }, in: columns)
    return zip(parts, widths).compactMap { part, width in
      width == 0 ? nil : Span(String(repeating: part.sign, count: width), part.role)
    }
  }

  /// What the parts are and how many they hold, each behind its sign; of zero none.
  static func legend(_ row: PurposeRow) -> [Line] {
    parts(row).filter { $0.count > 0 }.map { part in
      Line([
        Span("\(part.sign) ", part.role), Span(Look.count(Int64(part.count)), .textStrong),
        Span(" \(part.label)", .textMuted),
      ])
    }
  }

  /// A state with its sign.
  static func state(_ record: ConsentRecord, isStale: Bool) -> Line {
    switch record.state {
    case .given where isStale: Line("! given", .danger, .bold)
    case .given: Line("█ given", .success)
    case .withdrawn: Line("░ withdrawn", .stateClosed)
    case .expired: Line("x expired", .warning)
    }
  }
}
