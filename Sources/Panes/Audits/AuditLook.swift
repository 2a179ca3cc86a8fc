import Drawing
import Model

extension Look {
  /// A result, with a sign that needs no colour; 10 columns at most.
  static func result(_ result: AuditResult) -> Span {
    switch result {
    case .conforms: Span("+ conforms", .success)
    case .partly: Span("~ partly", .warning)
    case .doesNotConform: Span("x does not", .danger)
    case .notApplicable: Span("- n/a", .stateClosed)
    case .notAssessed: Span("? open", .stateOpen)
    }
  }

  /// The sign of a result alone.
  static func resultSign(_ result: AuditResult) -> Span {
    let span = self.result(result)
    return Span(String(span.text.prefix(1)), span.style.role)
  }

  /// A work status; 6 columns at most.
  static func work(_ work: AuditWork) -> Span {
    switch work {
    case .toDo: Span("to do", .stateOpen)
    case .inProgress: Span("doing", .stateProgress)
    case .inReview: Span("review", .information)
    case .done: Span("done", .stateDone)
    }
  }

  /// Where an audit stands.
  static func audit(_ state: AuditState) -> Span {
    switch state {
    case .planned: Span("planned", .stateClosed)
    case .open: Span("open", .stateProgress)
    case .inReview: Span("in review", .information)
    case .signed: Span("signed", .stateDone)
    }
  }

  /// A grade of a nonconformity.
  static func grade(_ grade: AuditGrade?) -> Span {
    switch grade {
    case .major: Span("major", .danger, .bold)
    case .minor: Span("minor", .warning)
    case .observation: Span("observation", .information)
    case .goodPractice: Span("good practice", .success)
    case nil: Span("")
    }
  }

  /// Where a finding stands at an instant, with a sign that needs no colour; 13 columns at most.
  static func finding(_ finding: Finding, now: Instant) -> Span {
    if finding.isAcceptanceExpired(at: now) { return Span("! accept. over", .warning, .bold) }
    switch finding.state(at: now) {
    case .open: return Span("[ ] open", .stateOpen)
    case .inProgress: return Span("[~] doing", .stateProgress)
    case .remedied: return Span("[o] remedied", .information)
    case .verified: return Span("[+] verified", .success)
    case .closed: return Span("[x] closed", .stateClosed)
    case .accepted: return Span("[=] accepted", .stateClosed)
    }
  }

  /// A score in percent to a tenth; what is not known is said.
  static func percent(_ score: AuditScore) -> String {
    guard let hundredths = score.hundredths else { return "–" }
    let tenths = (hundredths + 5) / 10
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// The role of a score: how it is to be taken.
  static func role(of score: AuditScore) -> Role {
    switch score.hundredths {
    case nil: .textMuted
    case .some(8000...): .success
    case .some(5000...): .warning
    default: .danger
    }
  }

  /// The score with a bar of a width before it; the words alone where it is narrow.
  static func gauge(_ score: AuditScore, columns: Int) -> Line {
    let words = percent(score)
    let track = columns - 8
    guard track >= 4, let hundredths = score.hundredths else {
      return Line(words, role(of: score))
    }
    let full = hundredths * track / 10_000
    return Line([
      Span(String(repeating: "█", count: full), role(of: score)),
      Span(String(repeating: "░", count: track - full), .chartTrack),
      Span(String(repeating: " ", count: max(1, 8 - words.count)) + words),
    ])
  }

  /// How many items have which result, as a bar of signs: told without colour.
  static func strip(_ counts: [AuditResult: Int], columns: Int) -> [Span] {
    let order: [AuditResult] = [
      .conforms, .partly, .doesNotConform, .notApplicable, .notAssessed,
    ]
    let total = order.reduce(0) { $0 + (counts[$1] ?? 0) }
    guard total > 0, columns > 0 else { return [] }
    // Where there is room each item has its own sign; otherwise shares, none of them hidden.
    guard total > columns else {
      return order.compactMap { part($0, counts[$0] ?? 0) }
    }
    let widths = Shares.columns(of: order.map { counts[$0] ?? 0 }, in: columns)
    return zip(order, widths).compactMap { part($0, $1) }
  }

  private static func part(_ result: AuditResult, _ columns: Int) -> Span? {
    guard columns > 0 else { return nil }
    let sign = resultSign(result)
    return Span(String(repeating: sign.text, count: columns), sign.style.role)
  }

  /// Numbers in a row as a line of eighths, oldest first; for tables.
  static func sparkline(_ hundredths: [Int], columns: Int) -> Line {
    let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let shown = hundredths.suffix(columns)
    return Line(shown.map { blocks[min(7, max(0, $0 * 8 / 10_001))] }.joined(), .chart)
  }

  /// A day by which something is due, seen from now.
  static func day(_ day: String?, now: Instant) -> Span {
    guard let day, let start = AuditDay.midnight(day) else { return Span("–", .textMuted) }
    let end = start + .seconds(86_400)
    if end <= now { return Span("! \(day)", .deadlineOverdue, .bold) }
    return Span(day, end - now < .seconds(30 * 86_400) ? .deadlineSoon : .deadlineLater)
  }
}

/// Lines of a tree in a table: how deep they stand, and whether they are folded.
enum TreeCell {
  /// What stands before a line's text: its depth, and a sign where lines stand below it.
  static func opening(depth: Int, isParent: Bool, isFolded: Bool, columns: Int) -> [Span] {
    // Deep lines do not push their text off the screen.
    let indent = String(repeating: " ", count: min(max(0, depth - 1) * 2, max(0, columns / 4)))
    return [Span(indent + (isParent ? isFolded ? "▸ " : "▾ " : "  "), .textMuted)]
  }
}

extension VirtualTable {
  /// The window of rows to ask for around the screen, whatever is held.
  func window(height: Int) -> RowWindow {
    let height = max(1, height)
    return RowWindow(start: max(0, top - height), count: height * 4)
  }

  /// The window of rows that the cursor has come near to; nil while all of it is held.
  func more(height: Int) -> RowWindow? {
    wanted(height: height).map { RowWindow(start: $0.lowerBound, count: $0.count) }
  }
}
