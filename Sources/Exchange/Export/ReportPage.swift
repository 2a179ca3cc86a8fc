/// What reports as HTML have in common: one page that loads nothing and runs nothing.
enum ReportPage {
  /// A page: its title stands in the head and above all else; with rules of its own for how it looks.
  static func page(title: String, _ body: [String], style own: String = "") -> String {
    let lines =
      [
        "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          + "style-src 'unsafe-inline'\">",
        "<meta name=\"referrer\" content=\"no-referrer\">",
        "<meta name=\"viewport\" content=\"width=device-width\">",
        "<title>\(inline(title))</title>", style,
      ] + (own.isEmpty ? [] : ["<style>", own, "</style>"])
      + ["</head>", "<body>", "<main>", "<h1>\(inline(title))</h1>"]
      + body + ["</main>", "</body>", "</html>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Foreign text on one line.
  static func inline(_ text: String) -> String { SinkText.html(SinkText.line(text)) }

  /// Names and what is said under them.
  static func list(_ facts: [ReportFact]) -> [String] {
    guard !facts.isEmpty else { return [] }
    return ["<dl>"]
      + facts.map { fact in
        let lines = SinkText.lines(fact.value).filter { !$0.isEmpty }.map(SinkText.html)
        return "<dt>\(fact.name)</dt><dd>\(lines.joined(separator: "<br>"))</dd>"
      } + ["</dl>"]
  }

  /// A table that scrolls by itself where it is too wide; the first cell of a row names it.
  static func table(_ caption: String, _ titles: [String], _ rows: [[String]]) -> [String] {
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
}

/// A name and what is said under it, by its lines.
struct ReportFact: Equatable, Sendable {
  var name: String
  /// Foreign text.
  var value: String

  init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}
