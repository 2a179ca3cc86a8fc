internal import Model

extension BoardReport {
  /// The report as one HTML page that loads nothing and runs nothing; on paper it has two A4 pages.
  public var html: String {
    var lines = ["<section class=\"sheet\">", "<p class=\"scope\">\(ReportPage.inline(scope))</p>"]
    lines += figure(severityChart) + figure(timesChart)
    lines += first.flatMap(part)
    lines += ["</section>", "<section class=\"sheet\">"]
    lines += figure(sharesChart)
    if !content.now.audits.isEmpty { lines += figure(auditsChart) }
    lines += second.flatMap(part)
    lines += ["<h2>How the figures were come by</h2>", "<ul class=\"method\">"]
    lines += method.map { "<li>\(ReportPage.inline($0))</li>" }
    lines += ["</ul>", "</section>"]
    return ReportPage.page(title: title, lines, style: Self.style)
  }

  private func part(_ part: Part) -> [String] {
    ["<h2>\(ReportPage.inline(part.title))</h2>"]
      + ReportPage.table(
        part.title,
        Self.titles,
        part.rows.map { [$0.title, $0.now, $0.before, $0.change] }
      )
      + (part.notes.isEmpty
        ? []
        : ["<ul>"] + part.notes.map { "<li>\(ReportPage.inline($0))</li>" } + ["</ul>"])
  }

  private func figure(_ chart: PairChart) -> [String] {
    ["<figure>", "<figcaption>\(ReportPage.inline(chart.title))</figcaption>"] + chart.svg
      + ["</figure>"]
  }

  /// Two sheets: small letters on paper, and a new page for the second.
  private static let style = """
    .scope { margin-top: 0; } caption { display: none; }
    .sheet table { table-layout: fixed; } th:first-child { width: 22%; } th:last-child { width: 9%; }
    @page { size: A4; margin: 13mm 14mm; }
    @media print {
    body { font-size: 9pt; line-height: 1.3; } h1 { font-size: 14pt; margin: 0 0 1mm; }
    h2 { font-size: 10.5pt; margin: 2.5mm 0 1mm; } figure { margin: 1.5mm 0; } p, ul { margin: 1mm 0; }
    figcaption { margin-bottom: 1mm; } .wide { margin: 1mm 0; } th, td { padding: .5mm 1.5mm; }
    .sheet + .sheet { break-before: page; }
    }
    """
}
