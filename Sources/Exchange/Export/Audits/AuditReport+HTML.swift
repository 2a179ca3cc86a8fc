internal import Model

extension AuditReport {
  /// The report as one HTML page that loads nothing and runs nothing.
  public var html: String {
    var lines = list(facts)
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
    return ReportPage.page(title: title, lines)
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

  private func inline(_ text: String) -> String { ReportPage.inline(text) }

  private func list(_ facts: [Fact]) -> [String] { ReportPage.list(facts) }

  private func table(_ caption: String, _ titles: [String], _ rows: [[String]]) -> [String] {
    ReportPage.table(caption, titles, rows)
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
