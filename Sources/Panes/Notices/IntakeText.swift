import Drawing
import Model

/// What an import did, in lines: the same words whatever came in.
enum IntakeText {
  /// How many of what; nothing for none.
  static func row(_ label: String, _ count: Int, _ role: Role = .text) -> [Line] {
    count == 0
      ? []
      : [Line([Span(label.padded(to: 26), .textMuted), Span(Look.count(Int64(count)), role)])]
  }

  /// What was not taken, with place and reason, as far as it is listed.
  static func listed(_ title: String, _ count: Int, _ problems: [ImportProblem]) -> [Line] {
    guard count > 0 else { return [] }
    let rows = problems.map {
      Line([Span(Untrusted($0.at + "  "), .textMuted), Span(Untrusted($0.reason))])
    }
    let rest = count - problems.count
    return [Line(""), Line("\(title): \(Look.count(Int64(count)))", .heading)] + rows
      + (rest > 0 ? [Line("and \(Look.count(Int64(rest))) more", .textMuted)] : [])
  }

  /// The field of a form that says what becomes of bad rows.
  static let badRows = FormField.choice(
    "bad",
    label: "Bad rows",
    options: [("", "take nothing"), ("skip", "leave them out, take the others")],
    help: "What is done where some rows cannot be read"
  )

  /// The words between commas, without the spaces around them.
  static func pairs(_ text: String) -> [String] {
    text.split(separator: ",").map { part in
      let start = part.drop(while: \.isWhitespace)
      return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }.filter { !$0.isEmpty }
  }

  /// Says what is wrong with words that must each have an equals sign.
  static func pairProblem(_ text: String, _ words: String) -> String? {
    pairs(text).allSatisfy { $0.contains("=") } ? nil : words
  }
}
