internal import Model

extension AuditReport {
  /// The report as Markdown.
  public var markdown: String {
    var lines = ["# \(inline(title))", ""] + list(facts)
    if !signatures.isEmpty { lines += [""] + signatures.map { "- \(inline($0))" } }
    lines += ["", "## Score", "", inline(tally.score.text), ""]
    if tally.expired > 0 { lines += ["Attestations that ran out: \(tally.expired)", ""] }
    lines += table(["Result", "Items"], results.map { [$0.name, $0.value] })
    let chapters = content.chapters
    if !chapters.isEmpty {
      lines += [""]
      lines += table(
        ["Chapter", "", "Score", "Assessed"],
        chapters.map { row in
          [
            [row.reference, row.headline].filter { !$0.isEmpty }.joined(separator: "  "),
            Self.bar(row.score), Self.percent(row.score),
            "\(row.score?.assessed ?? 0) of \(row.score?.items ?? 0)",
          ]
        }
      )
    }
    if let changes {
      lines += ["", "## Since \(inline(content.previous))", "", inline(changeCounts)]
      if !changes.isEmpty {
        lines += [""] + table(["", "Requirement", "Before", "Now", "What"], changes)
      }
    }
    lines += ["", "## Findings", ""]
    lines +=
      content.findings.isEmpty
      ? ["None."] : table(Self.findingTitles, content.findings.map(row))
    for finding in content.findings where !facts(of: finding).isEmpty {
      lines += ["", "### \(inline(finding.reference))", ""] + list(facts(of: finding))
    }
    lines += ["", "## Answers"]
    for line in content.lines { lines += answer(line) }
    if !content.evidence.isEmpty {
      lines += ["", "## Evidence", ""] + table(Self.evidenceTitles, content.evidence.map(row))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func inline(_ text: String) -> String { ReportMarkdown.inline(text) }

  private func list(_ facts: [Fact]) -> [String] { ReportMarkdown.list(facts) }

  private func table(_ titles: [String], _ rows: [[String]]) -> [String] {
    ReportMarkdown.table(titles, rows)
  }

  private func answer(_ line: AuditReportContent.Line) -> [String] {
    let heading = [line.row.reference, line.row.headline].filter { !$0.isEmpty }
      .joined(separator: "  ")
    guard line.item != nil else {
      return [
        "", "\(String(repeating: "#", count: min(6, line.row.depth + 2))) \(inline(heading))",
      ]
    }
    let facts = facts(of: line)
    guard facts.count > 1 else {
      return ["", "**\(inline(heading))**: \(facts.map(\.value).joined())"]
    }
    return ["", "**\(inline(heading))**", ""] + list(facts)
  }

  /// A bar of ten signs.
  private static func bar(_ score: AuditScore?) -> String {
    guard let hundredths = score?.hundredths else { return "" }
    let full = (hundredths + 500) / 1000
    return String(repeating: "█", count: full) + String(repeating: "░", count: 10 - full)
  }
}
