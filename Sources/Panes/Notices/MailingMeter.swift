import Drawing
import Model

/// How far the telling is, as a bar whose parts differ by sign as well as by colour.
enum MailingMeter {
  /// A part of the bar.
  private struct Part {
    var sign: String
    var role: Role
    var count: Int
    var label: String
  }

  /// The parts in their order, those that are not listed last.
  private static func parts(_ coverage: MailingCoverage) -> [Part] {
    MailingCoverage.Part.allCases.map { part in
      let look = look(part)
      return Part(
        sign: look.sign,
        role: look.role,
        count: coverage.count(part),
        label: part.label
      )
    } + [
      Part(
        sign: "·",
        role: .textMuted,
        count: Int(max(0, coverage.gap ?? 0)),
        label: "not listed"
      )
    ]
  }

  /// The sign of a part, and its role.
  static func look(_ part: MailingCoverage.Part) -> (sign: String, role: Role) {
    switch part {
    case .reached: ("█", .success)
    case .handedOver: ("▓", .information)
    case .uncertain: ("?", .warning)
    case .cameBack: ("!", .danger)
    case .waiting: ("░", .warning)
    case .unreachable: ("x", .danger)
    case .exempt: ("-", .stateClosed)
    }
  }

  /// The bar in so many columns; a track of blanks where there is nobody.
  static func bar(_ coverage: MailingCoverage, columns: Int) -> [Span] {
    let parts = parts(coverage)
    guard parts.contains(where: { $0.count > 0 }) else {
      return [Span(String(repeating: "·", count: max(0, columns)), .chartTrack)]
    }
    let widths = Shares.columns(of: parts.map(\.count), in: columns)
    return zip(parts, widths).compactMap { part, width in
      width == 0 ? nil : Span(String(repeating: part.sign, count: width), part.role)
    }
  }

  /// What the parts are and how many they hold, each behind its sign; of zero none.
  static func legend(_ coverage: MailingCoverage) -> [[Span]] {
    parts(coverage).filter { $0.count > 0 }.map { part in
      [
        Span(part.sign, part.role), Span(" \(part.label) ", .textMuted),
        Span(Look.count(Int64(part.count)), .textStrong),
      ]
    }
  }

  /// The legend on as few lines of a width as it needs.
  static func legend(_ coverage: MailingCoverage, columns: Int) -> [Line] {
    var lines: [Line] = []
    for entry in legend(coverage) {
      let gap = [Span("  ")]
      if let last = lines.last, Text.width(of: last + Line(gap + entry)) <= columns {
        lines[lines.count - 1] = last + Line(gap + entry)
      } else {
        lines.append(Line(entry))
      }
    }
    return lines
  }

  /// How many of those who are to be told were handed over or reached, in percent; only all is 100.
  static func percent(_ coverage: MailingCoverage) -> Int? {
    let whole = max(coverage.affected ?? 0, Int64(coverage.listed)) - Int64(coverage.count(.exempt))
    guard whole > 0 else { return nil }
    let told = Int64(coverage.count(.reached) + coverage.count(.handedOver))
    return told >= whole ? 100 : min(99, Int(Double(told) / Double(whole) * 100))
  }

  /// How many are affected, and how well that is known.
  static func affected(_ coverage: MailingCoverage) -> String {
    guard let affected = coverage.affected else { return "?" }
    return (coverage.isAffectedPartial ? "≥ " : "") + Look.count(affected)
  }

  /// How many more are affected than listed, or the other way round.
  static func gap(_ gap: Int64?) -> Span {
    switch gap {
    case nil: Span("?", .textMuted)
    case 0: Span("0", .textMuted)
    case .some(let gap) where gap > 0: Span("\(Look.count(gap)) missing", .warning)
    case .some(let gap): Span("\(Look.count(-gap)) too many", .warning)
    }
  }
}
