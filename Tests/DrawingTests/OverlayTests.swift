import Drawing
import TestSupport
import Testing

private let sizes = [(80, 24), (120, 40), (40, 10)]

/// Draws something at the sizes every screen is kept in.
private func expectScreens(_ name: String, draw: (inout Canvas) -> Void) {
  for (width, height) in sizes {
    GoldenScreen.expect(
      "drawing/\(name)-\(width)x\(height)",
      size: Size(columns: width, rows: height),
      draw: draw
    )
  }
}

struct `A menu` {
  private let menu = Menu(
    title: "INC-2026-0042",
    entries: [
      .init(key: "s", label: "state …", note: "Move the handling on"),
      .init(key: "l", label: "王小明 leads\u{202E}", note: "foreign text"),
      .init(key: nil, label: "remove", disabledReason: "read-only: started with --read-only"),
    ]
  )

  @Test(arguments: [
    ([Key.character("s")], Menu.Outcome.chosen(0)), ([.down, .enter], .chosen(1)),
    ([.character("j"), .character("j"), .enter], .refused("read-only: started with --read-only")),
    ([.end, .up, .up, .up, .enter], .chosen(0)), ([.escape], .cancelled),
    ([.character("q")], .cancelled),
    ([.character("l")], .chosen(1)), ([.control("x")], .none),
  ])
  func `chooses by letter and by cursor, and says why it cannot`(
    keys: [Key],
    outcome: Menu.Outcome
  ) {
    var menu = menu
    #expect(keys.map { menu.handle($0) }.last == outcome)
  }

  @Test func `draws`() {
    var menu = menu
    _ = menu.handle(.down)
    expectScreens("menu") { menu.draw(on: &$0, in: $0.bounds) }
  }
}

struct `A dialog` {
  private func dialog(_ word: String?) -> Dialog {
    Dialog(
      title: "Destroy the data key?",
      lines: [
        Line("The names of 1 204 people are gone for ever; the proof that they were told stays."),
        Line([Span("Mailing "), Span(Untrusted("Spring \u{1B}[31m"), .textStrong)]),
      ],
      typedWord: word,
      doLabel: "Destroy"
    )
  }

  @Test(
    arguments: [
      (nil, [Key.enter], Dialog.Outcome.cancelled), (nil, [.right, .enter], .confirmed),
      (nil, [.character("y")], .confirmed), (nil, [.character("n")], .cancelled),
      (nil, [.escape], .cancelled),
      (nil, [.control("d")], .none), ("ab", [.enter], .cancelled), ("ab", [.character("y")], .none),
      ("ab", [.character("a"), .enter], .none),
      ("ab", [.character("a"), .character("b"), .enter], .confirmed),
      ("ab", [.character("a"), .character("x"), .backspace, .character("b"), .enter], .confirmed),
      ("ab", [.character("A"), .character("B"), .enter], .none),
      ("ab", [.right, .enter], .cancelled),
    ] as [(String?, [Key], Dialog.Outcome)]
  )
  func `does nothing by accident`(word: String?, keys: [Key], outcome: Dialog.Outcome) {
    var dialog = dialog(word)
    #expect(keys.map { dialog.handle($0) }.last == outcome)
  }

  @Test func `draws`() {
    expectScreens("dialog") { dialog(nil).draw(on: &$0, in: $0.bounds) }
    var typed = dialog("SPRING")
    for letter in "SPR" { _ = typed.handle(.character(letter)) }
    expectScreens("dialog-typed") { typed.draw(on: &$0, in: $0.bounds) }
  }

  @Test func `says that there is more to read`() {
    let dialog = Dialog(
      title: "Close?",
      lines: (1...20).map { Line("INC-\($0)") },
      typedWord: nil,
      doLabel: "Close"
    )
    var canvas = Canvas(Size(columns: 40, rows: 10))
    dialog.draw(on: &canvas, in: canvas.bounds)
    #expect((0..<10).contains { canvas.text(ofRow: $0).contains("… 15 more lines") })
  }
}

struct `A palette` {
  private let palette = Palette(entries: [
    .init(label: "open", note: "Open the incident", key: "Enter"),
    .init(label: "filter", note: "Narrow the list", key: "f"),
    .init(label: "saved filters", note: "Choose a saved filter", key: "F"),
    .init(label: "undo", note: "Take back", key: "u", disabledReason: "nothing to undo"),
  ])

  private func typed(_ text: String) -> Palette {
    var palette = palette
    for letter in text { _ = palette.handle(.character(letter)) }
    return palette
  }

  @Test(arguments: [
    ("", [0, 1, 2, 3]), ("fil", [1, 2]), ("sf", [2]), ("zzz", []), ("undo", [3]), ("narrow", [1]),
  ])
  func `puts what fits best first`(query: String, matches: [Int]) {
    #expect(typed(query).matches == matches)
  }

  @Test func `chooses, refuses and closes`() {
    var chosen = typed("saved")
    #expect(chosen.handle(.enter) == .chosen(2))
    var refused = typed("undo")
    #expect(refused.handle(.enter) == .refused("nothing to undo"))
    var nothing = typed("zzz")
    #expect(nothing.handle(.enter) == .none)
    #expect(nothing.handle(.control("u")) == .none)
    #expect(nothing.matches.count == 4)
    #expect(nothing.handle(.escape) == .cancelled)
  }

  @Test func `draws`() {
    let palette = typed("fil")
    expectScreens("palette") { palette.draw(on: &$0, in: $0.bounds) }
  }
}

struct `A fuzzy match` {
  @Test(arguments: [
    ("st", "state", "last"), ("is", "incident state", "disk"), ("ab", "abc", "a-long-b"),
    ("inc", "INC-2026", "since"), ("nf", "new filter", "information"),
  ])
  func `scores starts of words and neighbours higher`(
    query: String,
    better: String,
    worse: String
  ) throws {
    let high = try #require(FuzzyMatch.score(query, in: better))
    let low = try #require(FuzzyMatch.score(query, in: worse))
    #expect(high > low)
  }

  @Test(arguments: [("abc", "acb"), ("aa", "a"), ("x", ""), ("é", "e")])
  func `needs every letter in order`(query: String, text: String) {
    #expect(FuzzyMatch.score(query, in: text) == nil)
  }

  @Test func `fits everything with nothing`() {
    #expect(FuzzyMatch.score("", in: "a") == 0)
    #expect(FuzzyMatch.score("  ", in: "") == 0)
  }
}

struct `A page of keys` {
  private let rows = [
    HelpPage.Row(section: "Move", keys: "j Down", id: "move.down", help: "Go to the next row"),
    HelpPage.Row(section: "Move", keys: "g Home", id: "move.first", help: "Go to the first row"),
    HelpPage.Row(
      section: "Change",
      keys: "u",
      id: "undo",
      help: "Take back the last change",
      disabledReason: "nothing to undo"
    ),
    HelpPage.Row(section: "Change", keys: "", id: "incident.tag", help: "Add a tag"),
  ]

  @Test func `is searched and closes`() {
    var page = HelpPage(rows: rows)
    let size = Size(columns: 76, rows: 20)
    for key: Key in [.character("/"), .character("t"), .character("a"), .character("g"), .enter] {
      let stays = page.handle(key, size: size)
      #expect(stays)
    }
    expectScreens("keys-searched") { page.draw(on: &$0, in: $0.bounds) }
    let first = page.handle(.escape, size: size)
    #expect(first, "Esc takes the search away first")
    let second = page.handle(.escape, size: size)
    #expect(!second)
  }

  @Test func `draws`() {
    expectScreens("keys") { HelpPage(rows: rows).draw(on: &$0, in: $0.bounds) }
  }
}

struct `Text to read` {
  private let lines =
    [Line("Heading", .heading, .bold), Line("")]
    + (1...30).map {
      Line(
        Untrusted(
          "Line \($0) of a note that is long enough to be wrapped where it is narrow \u{202E}"
        )
      )
    }

  @Test func `scrolls between its ends`() {
    var text = ScrollText(lines)
    let size = Size(columns: 100, rows: 10)
    text.move(.by(-1), size: size)
    #expect(text.top == 0)
    text.move(.page(1), size: size)
    #expect(text.top == 9)
    text.move(.last, size: size)
    #expect(text.top == 22)
    #expect(text.below(size) == 0)
    text.find("LINE 4 ", size: size)
    #expect(text.top == 5)
  }

  @Test func `draws`() {
    var text = ScrollText(lines)
    text.find("line 7 ", size: Size(columns: 80, rows: 24))
    expectScreens("text") { text.draw(on: &$0, in: $0.bounds) }
  }
}

struct `Rows of tabs, hints and sparks` {
  @Test(arguments: [60, 24, 9])
  func `draw`(width: Int) {
    let size = Size(columns: width, rows: 4)
    GoldenScreen.expect("drawing/rows-\(width)", size: size) { canvas in
      func row(_ index: Int) -> Rect { Rect(column: 0, row: index, columns: width, rows: 1) }
      Tabs(
        titles: ["Facts", "Timeline", "Tasks", "People and data", "Evidence"],
        selected: 3,
        isFocused: true
      ).draw(on: &canvas, in: row(0))
      KeyHints([
        .init(key: "Enter", label: "open"), .init(key: "/", label: "search"),
        .init(key: "u", label: "undo", isEnabled: false), .init(key: "c", label: "create"),
      ]).draw(on: &canvas, in: row(1))
      Sparkline(values: [0, 1, 2, 3, 5, 8, 13, 21, 34, 0, -4, 1])
        .draw(on: &canvas, in: Rect(column: 0, row: 2, columns: width, rows: 2))
    }
  }

  @Test func `draw nothing when there is nothing`() {
    var canvas = Canvas(Size(columns: 10, rows: 1))
    Tabs(titles: [], selected: 4, isFocused: true).draw(on: &canvas, in: canvas.bounds)
    Sparkline(values: []).draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(ofRow: 0) == "          ")
  }
}
