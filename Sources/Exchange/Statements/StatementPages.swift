internal import Model

/// The pages of a statement's site.
struct StatementPages {
  let edition: StatementEditionFacts
  /// All that were published, newest first; the first is the one the site is of.
  let versionList: [StatementEditionFacts]

  init(_ edition: StatementEditionFacts, versions: [StatementEditionFacts]) {
    (self.edition, versionList) = (edition, versions)
  }

  /// Where the page of an incident stands.
  static func path(of reference: String) -> String {
    "incidents/\(OutputFile.name(for: reference)).html"
  }

  /// The page of a version.
  func statement(_ version: StatementEditionFacts, isCurrent: Bool) -> String {
    let content = version.content
    let up = isCurrent ? "" : "../"
    var body = ["<h1>\(ReportPage.inline(content.title))</h1>"]
    body.append(
      "<p class=\"of\">\(ReportPage.inline(content.organisation)). Version \(version.number), as of "
        + "<time datetime=\"\(content.date.iso)\">\(day(content.date))</time>.</p>"
    )
    if !isCurrent {
      body.append(
        "<p class=\"note\"><strong>This version is no longer current.</strong> "
          + "<a href=\"../index.html\">Read version \(edition.number)</a>.</p>"
      )
    }
    body += blocks(content.blocks, content, up: up, isCurrent: isCurrent)
    body += corrections(content.corrections, depth: 2)
    body += [
      "<h2>About this version</h2>",
      "<p>What stands here was worked out from the organisation's own records, approved as a whole, "
        + "and not altered since. What was approved has the SHA-256 "
        + "<code>\(version.digest)</code>. "
        + (isCurrent ? "The same as <a href=\"statement.md\">plain text (Markdown)</a>; " : "")
        + "<a href=\"\(up)versions.html\">all versions and corrections</a>.</p>",
    ]
    return page(content.title, content, up: up, body)
  }

  /// The page of versions and corrections.
  var versions: String {
    let content = edition.content
    var body = ["<h1>Versions and corrections</h1>", "<h2>Versions</h2>"]
    for version in versionList {
      let isCurrent = version.number == edition.number
      let link = isCurrent ? "index.html" : "versions/v\(version.number).html"
      let plain = "versions/v\(version.number).md"
      let sum = Digest.sha256(Array(StatementMarkdown.text(version).utf8))
      body += [
        "<h3><a href=\"\(link)\">Version \(version.number)</a>\(isCurrent ? ", current" : "")</h3>",
        "<dl>",
        "<dt>As of</dt><dd><time datetime=\"\(version.content.date.iso)\">"
          + "\(day(version.content.date))</time></dd>",
        "<dt>SHA-256 of what was approved</dt><dd><code>\(version.digest)</code></dd>",
        "<dt>SHA-256 of <a href=\"\(plain)\">its plain text</a></dt><dd><code>\(sum)</code></dd>",
        "</dl>",
      ]
    }
    body += corrections(content.corrections, depth: 2)
    if content.corrections.isEmpty {
      body += ["<h2>Corrections</h2>", "<p>Nothing had to be corrected so far.</p>"]
    }
    return page("Versions and corrections", content, up: "", body)
  }

  /// The page of a public incident.
  func page(of incident: StatementIncident) -> String {
    let content = edition.content
    let body =
      [
        "<h1>\(ReportPage.inline(incident.title))</h1>",
        "<p class=\"of\">\(ReportPage.inline(incident.reference)). As of "
          + "<time datetime=\"\(content.date.iso)\">\(day(content.date))</time>.</p>",
      ] + blocks(incident.blocks, content, up: "../", isCurrent: true)
    return page(incident.title, content, up: "../", body)
  }

  private func blocks(
    _ blocks: [StatementBlock],
    _ content: StatementContent,
    up: String,
    isCurrent: Bool
  ) -> [String] {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .heading(let depth, let runs):
        lines.append("<h\(depth)>\(inline(runs))</h\(depth)>")
      case .paragraph(let runs): lines.append("<p>\(inline(runs))</p>")
      case .list(let points):
        lines += ["<ul>"] + points.map { "<li>\(inline($0))</li>" } + ["</ul>"]
      case .facts(let facts):
        guard !facts.isEmpty else { continue }
        lines += ["<dl>"] + facts.map(line) + ["</dl>"]
      case .incident(let reference, let title):
        let name = "\(ReportPage.inline(reference)): \(ReportPage.inline(title))"
        if isCurrent {
          let link = SinkText.html(Self.path(of: reference))
          lines.append("<p><a href=\"\(up)\(link)\">\(name)</a></p>")
        } else {
          lines.append("<p>\(name)</p>")
          if let incident = content.incidents.first(where: { $0.reference == reference }) {
            lines += self.blocks(incident.blocks, content, up: up, isCurrent: false)
          }
        }
      }
    }
    return lines
  }

  private func line(_ fact: StatementFact) -> String {
    let lines = SinkText.lines(fact.text).filter { !$0.isEmpty }.map(SinkText.html)
    return "<dt>\(ReportPage.inline(fact.label))</dt><dd>\(lines.joined(separator: "<br>"))</dd>"
  }

  private func corrections(_ corrections: [StatementCorrection], depth: Int) -> [String] {
    guard !corrections.isEmpty else { return [] }
    var lines = ["<h\(depth)>Corrections</h\(depth)>", "<ul>"]
    for correction in corrections.reversed() {
      let version = correction.version.map { " In version \($0)" } ?? " Before"
      lines.append(
        "<li><time datetime=\"\(correction.on.iso)\">\(day(correction.on))</time>:"
          + "\(version) it said <q>\(ReportPage.inline(correction.was))</q>. Right is "
          + "<q>\(ReportPage.inline(correction.now))</q>. Corrected by "
          + "\(ReportPage.inline(correction.by)).</li>"
      )
    }
    return lines + ["</ul>"]
  }

  private func inline(_ runs: [StatementRun]) -> String {
    ReportPage.inline(runs.map(\.text).joined())
  }

  private func day(_ day: DayNumber) -> String { NoticeDate(language: "en").text(day: day.iso) }

  private func page(
    _ title: String,
    _ content: StatementContent,
    up: String,
    _ body: [String]
  ) -> String {
    let isHome = title == content.title && up.isEmpty
    let name = isHome ? title : "\(title) - \(content.title)"
    var links = [
      "<a href=\"\(up)index.html\">\(ReportPage.inline(content.title))</a>",
      "<a href=\"\(up)versions.html\">Versions and corrections</a>",
    ]
    if edition.content.security != nil {
      links.append("<a href=\"\(up).well-known/security.txt\">Report a weakness (security.txt)</a>")
    }
    let policy =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"\(SinkText.html(content.language))\">", "<head>",
      "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">",
      "<meta name=\"referrer\" content=\"no-referrer\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      "<title>\(ReportPage.inline(name))</title>", "<style>", StatementStyle.css, "</style>",
      "</head>", "<body>", "<a class=\"skip\" href=\"#main\">Skip to the text</a>",
      "<header>", "<nav aria-label=\"This site\">", "<ul>",
    ]
    lines += links.map { "<li>\($0)</li>" }
    lines += ["</ul>", "</nav>", "</header>", "<main id=\"main\" tabindex=\"-1\">"]
    lines += body
    lines += ["</main>", "</body>", "</html>"]
    return lines.joined(separator: "\n") + "\n"
  }
}
