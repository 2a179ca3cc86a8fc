internal import Model

extension FilingDraft {
  /// The draft as one HTML page that loads nothing and runs nothing.
  public var html: String {
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "style-src 'unsafe-inline'\">",
      "<meta name=\"referrer\" content=\"no-referrer\">",
      "<title>\(inline("\(FilingDraft.mark): \(title)"))</title>", FilingDraft.style, "</head>",
      "<body>",
    ]
    if isDrill { lines.append("<p class=\"mark\">\(FilingDraft.drillMark)</p>") }
    lines.append("<p class=\"mark\">\(FilingDraft.mark)</p>")
    lines += ["<dl>"] + header.map { "<dt>\($0.name)</dt><dd>\(inline($0.value))</dd>" }
    lines += ["</dl>", "<main>", "<h1>\(inline(title))</h1>"]
    for section in sections {
      lines.append("<h2>\(inline(section.heading))</h2>")
      lines += section.entries.flatMap(paragraphs)
      lines += section.gaps.map { "<p><mark>\(inline($0))</mark></p>" }
    }
    lines += ["</main>"] + checklists.flatMap(checks)
    if isDrill { lines.append("<p class=\"mark\">\(FilingDraft.drillMark)</p>") }
    return (lines + ["</body>", "</html>"]).joined(separator: "\n") + "\n"
  }

  /// Dark on light and 11 points or more, so that it prints as laws ask (10 points and more).
  private static let style = """
    <style>
    body { font: 12pt/1.5 serif; max-width: 42em; margin: 2em auto; padding: 0 1em; color: #111; \
    background: #fff; }
    .mark { font-weight: bold; border: 2px solid #111; padding: .3em .6em; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1em; font-size: 11pt; }
    dt { font-weight: bold; } dd { margin: 0; overflow-wrap: anywhere; }
    main { border-top: 1px solid #111; border-bottom: 1px solid #111; }
    mark { background: #fe6; color: #111; font-weight: bold; }
    </style>
    """

  private func inline(_ text: String) -> String { SinkText.html(SinkText.line(text)) }

  private func paragraphs(_ entry: NoticeChecklist.Entry) -> [String] {
    guard !entry.label.isEmpty else {
      return entry.lines.flatMap { text in
        SinkText.lines(text).split(separator: "").map { lines in
          "<p>\(lines.map(SinkText.html).joined(separator: "<br>"))</p>"
        }
      }
    }
    if entry.lines.count == 1 { return ["<p>\(entry.label): \(inline(entry.lines[0]))</p>"] }
    return ["<p>\(entry.label):</p>", "<ul>"] + entry.lines.map { "<li>\(inline($0))</li>" }
      + ["</ul>"]
  }

  private func checks(_ checklist: NoticeChecklist) -> [String] {
    let content = checklist.content
    var lines = [
      "<h2>Checklist: \(inline("\(content.title), \(content.citation)"))</h2>", "<ul>",
    ]
    for item in checklist.items {
      let rest = item.state == .partly ? "; missing: \(item.missing.joined(separator: ", "))" : ""
      lines.append(
        "<li>" + inline("\(item.required.text) (\(item.citation)): \(item.state.label)\(rest)")
          + "</li>"
      )
    }
    for item in content.forbidden {
      let citation = item.citation.isEmpty ? content.citation : item.citation
      lines.append("<li>\(inline("not in the notice: \(item.text) (\(citation))"))</li>")
    }
    return lines + ["</ul>"]
  }
}
