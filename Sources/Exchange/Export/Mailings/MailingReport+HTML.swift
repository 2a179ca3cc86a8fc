extension MailingReport {
  /// The report as one HTML page that loads nothing and runs nothing.
  public var html: String {
    func paragraphs(_ lines: [String]) -> [String] {
      lines.map { "<p>\(ReportPage.inline($0))</p>" }
    }
    var lines = ReportPage.list(facts)
    lines += ["<h2>Where people stand</h2>"]
    lines += ReportPage.table("People by state", ["State", "People"], standings)
    lines += ["<h2>By jurisdiction</h2>"]
    lines += ReportPage.table("People by jurisdiction", Self.placeTitles, places)
    lines += ["<h2>Gaps</h2>"]
    lines +=
      gaps.isEmpty
      ? ["<p>None.</p>"]
      : ["<ul>"] + gaps.map { "<li>\(ReportPage.inline($0))</li>" } + ["</ul>"]
    lines += ["<h2>Against the clock</h2>"]
    lines +=
      duties.isEmpty
      ? ["<p>The mailing names no duty.</p>"]
      : ReportPage.table("Duties", Self.dutyTitles, dutyRows) + paragraphs([Self.dutyNote])
    lines += ["<h2>By date and channel</h2>"]
    lines +=
      days.isEmpty
      ? ["<p>Nobody was told yet.</p>"]
      : ReportPage.table("People by day and channel", Self.dayTitles, days)
        + paragraphs([Self.dayNote])
    lines += ["<h2>Those who could not be reached</h2>"] + paragraphs(substitute)
    if !publications.isEmpty {
      lines += ReportPage.table("Public notices", Self.publicationTitles, publications)
    }
    if !bounces.isEmpty {
      lines += ReportPage.table("Mails that came back", Self.bounceTitles, bounces)
    }
    return ReportPage.page(title: title, lines)
  }
}
