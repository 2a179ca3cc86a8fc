internal import Model

/// Writes the layout of a text with its values, each escaped for where it goes.
enum NoticeSink {
  /// Everything on one line: for a subject.
  static func line(_ runs: [NoticeRun], _ values: MergeValues) -> String {
    SinkText.line(
      runs.map { run in
        switch run {
        case .text(let text): printed(text)
        case .field(let field): SinkText.line(printed(values[field] ?? ""))
        }
      }.joined()
    )
  }

  /// The text as lines; a heading is underlined, a point begins with a dash.
  static func plain(_ blocks: [NoticeBlock], _ values: MergeValues) -> String {
    var parts: [String] = []
    for block in blocks {
      switch block {
      case .heading(let depth, let runs):
        let title = line(runs, values)
        let rule = String(repeating: depth == 1 ? "=" : "-", count: min(max(title.count, 3), 72))
        parts.append("\(title)\n\(rule)")
      case .paragraph(let lines):
        parts.append(
          lines.map { self.lines($0, values).joined(separator: "\n") }
            .joined(separator: "\n")
        )
      case .list(let points):
        parts.append(
          points.map { "- " + lines($0, values).joined(separator: "\n  ") }.joined(separator: "\n")
        )
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The text as an HTML document that asks for nothing from anywhere.
  static func html(
    _ blocks: [NoticeBlock],
    _ values: MergeValues,
    title: String,
    language: String
  ) -> String {
    let rightToLeft = ["ar", "fa", "he", "ur"].contains(NoticeTexts.base(of: language))
    var out = """
      <!DOCTYPE html>
      <html lang="\(SinkText.html(language))"\(rightToLeft ? " dir=\"rtl\"" : "")>
      <head>
      <meta charset="utf-8">
      <title>\(SinkText.html(title))</title>
      </head>
      <body style="font-family: sans-serif; font-size: 12pt; line-height: 1.4">

      """
    for block in blocks {
      switch block {
      case .heading(let depth, let runs):
        out += "<h\(depth)>\(SinkText.html(line(runs, values)))</h\(depth)>\n"
      case .paragraph(let lines):
        out += "<p>" + lines.map { broken($0, values) }.joined(separator: "<br>\n") + "</p>\n"
      case .list(let points):
        out += "<ul>\n"
        for point in points { out += "<li>\(broken(point, values))</li>\n" }
        out += "</ul>\n"
      }
    }
    return out + "</body>\n</html>\n"
  }

  /// A text without the signs that nobody sees: marks of direction, soft hyphens and the like.
  ///
  /// A person's name came in with them from some other program. Those that join letters stay: names in
  /// some scripts need them.
  private static func printed(_ text: String) -> String {
    func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value > 0x7F && scalar.properties.isDefaultIgnorableCodePoint
        && scalar.properties.generalCategory == .format && scalar != "\u{200C}"
        && scalar != "\u{200D}"
    }
    guard text.unicodeScalars.contains(where: isUnseen) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isUnseen($0) }))
  }

  private static func broken(_ runs: [NoticeRun], _ values: MergeValues) -> String {
    lines(runs, values).map(SinkText.html).joined(separator: "<br>\n")
  }

  /// A line of the template; a value of several lines makes several of it.
  private static func lines(_ runs: [NoticeRun], _ values: MergeValues) -> [String] {
    var lines = [""]
    for run in runs {
      switch run {
      // Blanks at the ends of words of the template part them from the values.
      case .text(let text): lines[lines.count - 1] += SinkText.shown(printed(text))
      case .field(let field):
        for (number, line) in SinkText.lines(printed(values[field] ?? "")).enumerated() {
          if number == 0 { lines[lines.count - 1] += line } else { lines.append(line) }
        }
      }
    }
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
