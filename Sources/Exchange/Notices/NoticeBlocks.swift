internal import Model

/// A piece of a line: words of the template, or a field that is filled in.
enum NoticeRun: Hashable, Sendable {
  case text(String)
  case field(MergeField)
}

/// A part of a text as it is laid out.
enum NoticeBlock: Hashable, Sendable {
  /// A heading, with its depth from 1.
  case heading(Int, [NoticeRun])
  /// Lines that belong together; each begins a new line.
  case paragraph([[NoticeRun]])
  /// The points of a list.
  case list([[NoticeRun]])
}

/// Reads the layout of a text whose fields stand as marks, before any value is in it.
///
/// `#`, `##`, `###` and a blank begin a heading, `-` or `*` and a blank a point of a list, an empty line
/// ends a paragraph. A value can therefore never begin anything.
enum NoticeLayout {
  static func blocks(_ text: String) -> [NoticeBlock] {
    var blocks: [NoticeBlock] = []
    var paragraph: [[NoticeRun]] = []
    var points: [[NoticeRun]] = []
    func end() {
      if !paragraph.isEmpty { blocks.append(.paragraph(paragraph)) }
      if !points.isEmpty { blocks.append(.list(points)) }
      (paragraph, points) = ([], [])
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      if line.allSatisfy(\.isWhitespace) {
        end()
      } else if let (depth, title) = heading(line) {
        end()
        blocks.append(.heading(depth, runs(title)))
      } else if line.hasPrefix("- ") || line.hasPrefix("* ") {
        if !paragraph.isEmpty { end() }
        points.append(runs(line.dropFirst(2)))
      } else if points.isEmpty {
        paragraph.append(runs(line))
      } else {
        points[points.count - 1] += [.text(" ")] + runs(line)
      }
    }
    end()
    return blocks
  }

  /// A heading's depth and text; nil where the line is none.
  static func heading(_ line: Substring) -> (depth: Int, title: Substring)? {
    let depth = line.prefix { $0 == "#" }.count
    guard (1...3).contains(depth), line.dropFirst(depth).first == " " else { return nil }
    return (depth, line.dropFirst(depth + 1))
  }

  /// A line by its words and fields.
  static func runs(_ line: some StringProtocol) -> [NoticeRun] {
    var runs: [NoticeRun] = []
    var rest = line[...]
    while let start = rest.firstIndex(of: NoticeTags.opening),
      let end = rest[start...].firstIndex(of: NoticeTags.closing)
    {
      if start > rest.startIndex { runs.append(.text(String(rest[..<start]))) }
      let name = rest[rest.index(after: start)..<end]
      if let field = MergeField(rawValue: String(name)) { runs.append(.field(field)) }
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { runs.append(.text(String(rest))) }
    return runs
  }
}
