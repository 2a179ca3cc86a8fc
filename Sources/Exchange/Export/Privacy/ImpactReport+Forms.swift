internal import Model

extension ImpactReport {
  /// The document as Markdown.
  public var markdown: String {
    var lines = ["# \(ReportMarkdown.inline(title))", ""] + ReportMarkdown.list(head) + [""]
    for section in sections {
      lines += ["## \(ReportMarkdown.inline(section.title))", ""]
      for part in section.parts {
        switch part {
        case .facts(let facts): lines += ReportMarkdown.list(facts)
        case .text(let text): lines += Self.paragraphs(text, "", ReportMarkdown.inline)
        case .table(_, let titles, let rows): lines += ReportMarkdown.table(titles, rows)
        }
        lines.append("")
      }
    }
    lines.removeLast()
    return lines.joined(separator: "\n") + "\n"
  }

  /// The document as one HTML page that loads nothing and runs nothing.
  public var html: String {
    var lines = ReportPage.list(head)
    for section in sections {
      lines.append("<h2>\(ReportPage.inline(section.title))</h2>")
      for part in section.parts {
        switch part {
        case .facts(let facts): lines += ReportPage.list(facts)
        case .text(let text):
          lines += Self.paragraphs(text, nil) { "<p>\(ReportPage.inline($0))</p>" }
        case .table(let caption, let titles, let rows):
          lines += ReportPage.table(caption, titles, rows)
        }
      }
    }
    return ReportPage.page(title: title, lines)
  }

  /// The lines of a text that have words, each made by `make`, with `gap` between them.
  private static func paragraphs(
    _ text: String,
    _ gap: String?,
    _ make: (String) -> String
  ) -> [String] {
    let made = text.split(whereSeparator: \.isNewline).map(String.init)
      .filter { $0.contains { !$0.isWhitespace } }.map(make)
    guard let gap else { return made }
    return Array(made.map { [$0] }.joined(separator: [gap]))
  }
}
