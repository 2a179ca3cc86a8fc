import Testing

@testable import Drawing

struct `Wrapped text` {
  @Test(arguments: [
    ("", 10, [""]), ("one two three", 7, ["one two", "three"]),
    ("one two three", 3, ["one", "two", "thr", "ee"]),
    ("a\nb\r\nc", 5, ["a", "b", "c"]), ("a\n", 5, ["a", ""]), ("\n\na", 5, ["", "", "a"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]), ("王小明", 3, ["王", "小", "明"]), ("王小明", 4, ["王小", "明"]),
    ("one    two", 5, ["one", "two"]), ("  indented words", 10, ["  indented", "words"]),
    ("सुनीता", 2, ["सु", "नी", "ता"]), ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]),
    ("ab cd", 5, ["ab cd"]), ("ab  ", 3, ["ab"]), ("🇩🇪🇫🇷", 3, ["🇩🇪", "🇫🇷"]), ("王", 1, ["王"]),
  ])
  func `breaks at blanks, and never inside what is drawn as one`(
    text: String,
    width: Int,
    lines: [String]
  ) {
    #expect(TextWrap.pieces(of: text, width: width) == lines)
    #expect(TextWrap.lines(Untrusted(text), width: width) == lines.map { Line(Untrusted($0)) })
  }

  @Test func `keeps the look of each span`() {
    let line = Line([Span("one "), Span("two three", .textStrong)])
    let wrapped = TextWrap.lines(line, width: 7)
    #expect(wrapped.map { $0.spans.map(\.text) } == [["one ", "two"], ["three"]])
    #expect(wrapped[1].spans[0].style.role == .textStrong)
  }

  @Test func `stops at the limit`() {
    #expect(
      TextWrap.lines(Line(String(repeating: "word ", count: 100_000)), width: 4, limit: 3).count
        == 3
    )
  }
}
