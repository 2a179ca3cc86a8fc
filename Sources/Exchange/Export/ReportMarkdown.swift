/// What reports as Markdown have in common.
enum ReportMarkdown {
  /// Foreign text on one line.
  static func inline(_ text: String) -> String { SinkText.markdown(SinkText.line(text)) }

  /// Names and what is said under them.
  static func list(_ facts: [ReportFact]) -> [String] {
    facts.map { fact in
      let lines = SinkText.lines(fact.value).filter { !$0.isEmpty }.map(SinkText.markdown)
      // A backslash at the end of a line breaks it.
      return "- \(fact.name): \(lines.joined(separator: "\\\n  "))"
    }
  }

  /// A table.
  static func table(_ titles: [String], _ rows: [[String]]) -> [String] {
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    return [line(titles), line(titles.map { _ in "---" })]
      + rows.map { line($0.map(cell)) }
  }

  /// Text of a cell; a number or a dash is no markup there.
  private static func cell(_ text: String) -> String {
    if text.isEmpty { return "-" }
    return text.unicodeScalars.allSatisfy { "0123456789.% -".unicodeScalars.contains($0) }
      ? text : inline(text)
  }
}
