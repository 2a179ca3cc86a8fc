public import Model

/// A statement as Markdown: nothing that comes from the record is read as markup.
public enum StatementMarkdown {
  /// A version as it stands beside its page.
  static func text(_ edition: StatementEditionFacts) -> String {
    let content = edition.content
    let foot = [
      "---", "",
      "\(ReportMarkdown.inline(edition.reference)), version \(edition.number) of "
        + "\(content.date.iso). What was approved has the SHA-256 `\(edition.digest)`.",
    ]
    return (lines(of: content) + foot).joined(separator: "\n") + "\n"
  }

  /// What a statement says, before it is a version.
  public static func text(_ content: StatementContent) -> String {
    lines(of: content).joined(separator: "\n") + "\n"
  }

  private static func lines(of content: StatementContent) -> [String] {
    var lines = ["# \(ReportMarkdown.inline(content.title))", ""]
    lines += blocks(content.blocks, content.incidents)
    if !content.corrections.isEmpty {
      lines += ["## Corrections", ""]
      lines += content.corrections.map { "- \(ReportMarkdown.inline($0.text))" } + [""]
    }
    return lines
  }

  private static func blocks(
    _ blocks: [StatementBlock],
    _ incidents: [StatementIncident]
  ) -> [String] {
    var lines: [String] = []
    var depth = 2
    for block in blocks {
      switch block {
      case .heading(let level, let runs):
        depth = level
        lines += ["\(String(repeating: "#", count: level)) \(inline(runs))", ""]
      case .paragraph(let runs): lines += [inline(runs), ""]
      case .list(let points): lines += points.map { "- \(inline($0))" } + [""]
      case .facts(let facts):
        lines += ReportMarkdown.list(
          facts.map { ReportFact(ReportMarkdown.inline($0.label), $0.text) }
        )
        lines.append("")
      case .incident(let reference, let title):
        let head = "\(ReportMarkdown.inline(reference)): \(ReportMarkdown.inline(title))"
        lines += ["\(String(repeating: "#", count: min(6, depth + 1))) \(head)", ""]
        if let incident = incidents.first(where: { $0.reference == reference }) {
          lines += self.blocks(incident.blocks, [])
        }
      }
    }
    return lines
  }

  private static func inline(_ runs: [StatementRun]) -> String {
    ReportMarkdown.inline(runs.map(\.text).joined())
  }
}
