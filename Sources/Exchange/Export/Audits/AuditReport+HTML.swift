internal import Model

extension AuditReport {
  /// The report as one HTML page that loads nothing and runs nothing.
  public var html: String {
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "style-src 'unsafe-inline'\">",
      "<meta name=\"referrer\" content=\"no-referrer\">",
      "<meta name=\"viewport\" content=\"width=device-width\">",
      "<title>\(inline(title))</title>", AuditReport.style, "</head>", "<body>", "<main>",
      "<h1>\(inline(title))</h1>",
    ]
    lines += list(facts)
    if !signatures.isEmpty {
      lines +=
        ["<h2>Signatures</h2>", "<ul>"] + signatures.map { "<li>\(inline($0))</li>" }
        + ["</ul>"]
    }
    lines += score
    if let changes {
      lines += ["<h2>Since \(inline(content.previous))</h2>", "<p>\(inline(changeCounts))</p>"]
      if !changes.isEmpty {
        lines += table(
          "What is otherwise",
          ["Change", "Requirement", "Before", "Now", "What"],
          changes
        )
      }
    }
    lines.append("<h2>Findings</h2>")
    lines +=
      content.findings.isEmpty
      ? ["<p>None.</p>"] : table("Findings", Self.findingTitles, content.findings.map(row))
    for finding in content.findings where !facts(of: finding).isEmpty {
      lines += ["<h3>\(inline(finding.reference))</h3>"] + list(facts(of: finding))
    }
    lines.append("<h2>Answers</h2>")
    lines += content.lines.flatMap(answer)
    if !content.evidence.isEmpty {
      lines.append("<h2>Evidence</h2>")
      lines += table("Evidence", Self.evidenceTitles, content.evidence.map(row))
    }
    return (lines + ["</main>", "</body>", "</html>"]).joined(separator: "\n") + "\n"
  }

  private var score: [String] {
    var lines = ["<h2>Score</h2>", "<p class=\"score\">\(inline(tally.score.text))</p>"]
    if tally.expired > 0 { lines.append("<p>Attestations that ran out: \(tally.expired)</p>") }
    lines += table("Items by result", ["Result", "Items"], results.map { [$0.name, $0.value] })
    let chapters = content.chapters
    guard !chapters.isEmpty else { return lines }
    func label(_ row: AuditTreeRow) -> String {
      [row.reference, row.headline].filter { !$0.isEmpty }.joined(separator: "  ")
    }
    let chart = ScoreChart(
      title: "Score by chapter",
      bars: chapters.map { .init(label: label($0), score: $0.score ?? AuditScore()) }
    )
    lines += ["<figure>", "<figcaption>Score by chapter</figcaption>"] + chart.svg
    return lines + ["</figure>"]
      + table(
        "Score by chapter in numbers",
        ["Chapter", "Score", "Assessed"],
        chapters.map { row in
          [
            label(row), Self.percent(row.score),
            "\(row.score?.assessed ?? 0) of \(row.score?.items ?? 0)",
          ]
        }
      )
  }

  /// Dark on light, letters of one size, tables that scroll by themselves where they are too wide.
  private static let style = """
    <style>
    body { font: 12pt/1.5 serif; max-width: 52em; margin: 2em auto; padding: 0 1em; color: #111; \
    background: #fff; }
    h1, h2, h3, h4, h5, h6, table, figcaption, dt { font-family: sans-serif; line-height: 1.25; }
    h1 { font-size: 1.6em; } h2 { font-size: 1.3em; border-bottom: 1px solid #111; \
    margin-top: 2em; }
    h3, h4, h5, h6 { font-size: 1.05em; margin-bottom: .3em; }
    h1, h2, h3, h4, h5, h6, p, li, dd { overflow-wrap: anywhere; }
    dl { display: grid; grid-template-columns: minmax(6em, max-content) 1fr; gap: 0 1em; \
    margin: .3em 0; }
    dt { font-size: .85em; padding-top: .25em; } dd { margin: 0; }
    figure { margin: 1em 0; } figcaption { font-weight: bold; margin-bottom: .5em; }
    .score { font-size: 1.2em; font-weight: bold; }
    .item { border-left: 3px solid #767676; padding-left: .8em; margin: .8em 0; }
    .item p { margin: 0; font-weight: bold; }
    .open { border-left-style: dotted; } .open p, em { font-weight: normal; }
    .wide { overflow-x: auto; margin: 1em 0; }
    table { border-collapse: collapse; font-size: .85em; width: 100%; }
    caption { text-align: left; font-weight: bold; padding-bottom: .3em; }
    th, td { border: 1px solid #767676; padding: .25em .5em; text-align: left; \
    vertical-align: top; overflow-wrap: anywhere; min-width: 6em; }
    th { background: #eef0f2; }
    @media print {
    body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
    h1, h2, h3, h4, h5, h6 { break-after: avoid; }
    .item, figure, tr { break-inside: avoid; } .wide { overflow: visible; }
    thead { display: table-header-group; } th, rect { print-color-adjust: exact; }
    }
    @page { margin: 18mm; }
    </style>
    """

  private func inline(_ text: String) -> String { SinkText.html(SinkText.line(text)) }

  private func list(_ facts: [Fact]) -> [String] {
    guard !facts.isEmpty else { return [] }
    return ["<dl>"]
      + facts.map { fact in
        let lines = SinkText.lines(fact.value).filter { !$0.isEmpty }.map(SinkText.html)
        return "<dt>\(fact.name)</dt><dd>\(lines.joined(separator: "<br>"))</dd>"
      } + ["</dl>"]
  }

  private func table(_ caption: String, _ titles: [String], _ rows: [[String]]) -> [String] {
    var lines = [
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"\(inline(caption))\">",
      "<table>", "<caption>\(inline(caption))</caption>",
      "<thead><tr>\(titles.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>",
      "<tbody>",
    ]
    for row in rows {
      let cells = row.enumerated().map { index, cell in
        index == 0 ? "<th scope=\"row\">\(inline(cell))</th>" : "<td>\(inline(cell))</td>"
      }
      lines.append("<tr>\(cells.joined())</tr>")
    }
    return lines + ["</tbody>", "</table>", "</div>"]
  }

  private func answer(_ line: AuditReportContent.Line) -> [String] {
    let row = line.row
    let reference = row.reference.isEmpty ? "" : "\(inline(row.reference)) "
    let heading = "\(reference)<span\(language)>\(inline(row.headline))</span>"
    guard line.item != nil else {
      let level = min(6, row.depth + 2)
      return ["<h\(level)>\(heading)</h\(level)>"]
    }
    let facts = facts(of: line)
    guard facts.count > 1 else {
      let result = inline(facts.map(\.value).joined())
      return ["<div class=\"item open\"><p>\(heading): <em>\(result)</em></p></div>"]
    }
    return ["<div class=\"item\">", "<p>\(heading)</p>"] + list(facts) + ["</div>"]
  }

  /// The language of the framework's texts, where it is known and is not that of the page.
  private var language: String {
    let tag = content.framework.language
    let isTag =
      tag.utf8.count <= 35
      && tag.wholeMatch(of: /[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*/) != nil
    return isTag && tag != "en" ? " lang=\"\(tag)\"" : ""
  }
}
