internal import Model

extension BoardReport {
  /// The report as Markdown, its pictures as SVG inside of it.
  public var markdown: String {
    var lines = ["# \(ReportMarkdown.inline(title))", "", ReportMarkdown.inline(scope), ""]
    lines += figure(severityChart) + figure(timesChart) + first.flatMap(part)
    lines += figure(sharesChart)
    if !content.now.audits.isEmpty { lines += figure(auditsChart) }
    lines += second.flatMap(part)
    lines += ["## How the figures were come by", ""]
    lines += method.map { "- \(ReportMarkdown.inline($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func part(_ part: Part) -> [String] {
    ["## \(ReportMarkdown.inline(part.title))", ""]
      + ReportMarkdown.table(
        Self.titles,
        part.rows.map { [$0.title, $0.now, $0.before, $0.change] }
      ) + [""]
      + (part.notes.isEmpty ? [] : part.notes.map { "- \(ReportMarkdown.inline($0))" } + [""])
  }

  private func figure(_ chart: PairChart) -> [String] {
    ["<figure>", "<figcaption>\(ReportPage.inline(chart.title))</figcaption>"] + chart.svg
      + ["</figure>", ""]
  }
}
