extension MailingReport {
  /// The report as Markdown.
  public var markdown: String {
    func paragraph(_ lines: [String]) -> [String] {
      lines.flatMap { [ReportMarkdown.inline($0), ""] }
    }
    var lines = ["# \(ReportMarkdown.inline(title))", ""] + ReportMarkdown.list(facts)
    lines += ["", "## Where people stand", ""]
    lines += ReportMarkdown.table(["State", "People"], standings)
    lines += ["", "## By jurisdiction", ""] + ReportMarkdown.table(Self.placeTitles, places)
    lines += ["", "## Gaps", ""]
    lines += gaps.isEmpty ? ["None.", ""] : gaps.map { "- \(ReportMarkdown.inline($0))" } + [""]
    lines += ["## Against the clock", ""]
    lines +=
      duties.isEmpty
      ? ["The mailing names no duty."]
      : ReportMarkdown.table(Self.dutyTitles, dutyRows) + [""] + paragraph([Self.dutyNote])
    lines += ["", "## By date and channel", ""]
    if days.isEmpty {
      lines += ["Nobody was told yet.", ""]
    } else {
      lines += ReportMarkdown.table(Self.dayTitles, days) + [""]
      lines += paragraph([Self.dayNote])
    }
    lines += ["## Those who could not be reached", ""] + paragraph(substitute)
    if !publications.isEmpty {
      lines += ReportMarkdown.table(Self.publicationTitles, publications) + [""]
    }
    if !bounces.isEmpty { lines += ReportMarkdown.table(Self.bounceTitles, bounces) + [""] }
    lines.removeLast()
    return lines.joined(separator: "\n") + "\n"
  }
}
