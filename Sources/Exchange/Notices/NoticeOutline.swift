internal import Model

/// A text line by line, as far as it can be seen without filling it in.
struct NoticeOutline {
  /// A line that says something.
  struct Line {
    /// Its number, from 1.
    var number: Int
    /// Its words in lower case, numbers as `#`, one blank between words; tags are taken away.
    var words: String
    /// The fields that stand in it.
    var fields: [MergeField]
    /// The heading's depth where it is one.
    var depth: Int?
  }

  /// The lines that say something; places that wait to be written say nothing.
  let lines: [Line]
  /// The headings as they are written, with their lines.
  let headings: [(title: String, line: Int)]

  init(_ body: String, _ tags: NoticeTags) {
    var lines: [Line] = []
    var headings: [(String, Int)] = []
    let fields = Dictionary(grouping: tags.uses, by: \.line)
    let written = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, text) in written.enumerated() {
      let number = index + 1
      let said = Self.without(Self.without(String(text), "{{", "}}"), "[[", "]]")
      let trimmed = said.drop(while: \.isWhitespace)
      let heading = NoticeLayout.heading(trimmed)
      let words = Self.normal(heading.map { String($0.title) } ?? said)
      let used = fields[number]?.map(\.field) ?? []
      guard words.contains(where: \.isLetter) || !used.isEmpty else { continue }
      if let heading { headings.append((Self.trimmed(heading.title), number)) }
      lines.append(Line(number: number, words: words, fields: used, depth: heading?.depth))
    }
    (self.lines, self.headings) = (lines, headings)
  }

  /// The line in which some words stand at the beginning of a word.
  func line(saying sign: String) -> Int? {
    let sign = Self.normal(sign)
    guard !sign.isEmpty else { return nil }
    return lines.first { line in
      line.words.ranges(of: sign).contains { range in
        range.lowerBound == line.words.startIndex
          || !line.words[line.words.index(before: range.lowerBound)].isLetter
      }
    }?.number
  }

  /// The line in which a field stands.
  func line(using field: MergeField) -> Int? {
    lines.first { $0.fields.contains(field) }?.number
  }

  /// Whether something is said between a line and the next heading of its depth or above.
  func saysSomething(under heading: String) -> Int? {
    guard let place = headings.first(where: { Self.same($0.title, heading) }),
      let depth = lines.first(where: { $0.number == place.line })?.depth
    else { return nil }
    for line in lines where line.number > place.line {
      guard let other = line.depth else {
        return line.number
      }
      if other <= depth { return nil }
    }
    return nil
  }

  /// Whether something is said behind a mark, before the next mark or heading.
  func saysSomething(after mark: NoticeTags.Mark, _ others: [NoticeTags.Mark]) -> Bool {
    let end = others.map(\.line).filter { $0 > mark.line }.min() ?? .max
    for line in lines where line.number >= mark.line && line.number < end {
      // A mark may stand in front of the heading of what it marks.
      if line.depth != nil {
        if line.number > mark.line + 1 { return false }
        continue
      }
      return true
    }
    return false
  }

  /// Whether two headings are the same but for letter case and blanks.
  static func same(_ left: String, _ right: String) -> Bool { normal(left) == normal(right) }

  /// Lower case, numbers as `#`, one blank between words.
  static func normal(_ text: String) -> String {
    var out = ""
    var isBlank = true
    var isNumber = false
    for letter in text.lowercased() {
      if letter.isWhitespace {
        if !isBlank { out.append(" ") }
        (isBlank, isNumber) = (true, false)
      } else if letter.isNumber || letter == "#" || isNumber && (letter == "." || letter == ",") {
        if !isNumber { out.append("#") }
        (isBlank, isNumber) = (false, true)
      } else {
        out.append(letter == "’" ? "'" : letter)
        (isBlank, isNumber) = (false, false)
      }
    }
    return trimmed(out[...])
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// A text without what stands between two marks; one that is not closed goes to the end.
  private static func without(_ text: String, _ open: String, _ close: String) -> String {
    var out = ""
    var rest = text[...]
    while let start = rest.firstRange(of: open) {
      out += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: close) else { return out }
      rest = rest[end.upperBound...]
    }
    return out + rest
  }
}
