import TestSupport
import Testing

@testable import Drawing

/// Keys as a test writes them: characters are typed, names in angle brackets are keys.
func keys(_ script: String) -> [InputEvent] {
  var events: [InputEvent] = []
  var rest = Substring(script)
  let names: [String: Key] = [
    "left": .left, "right": .right, "home": .home, "end": .end, "bs": .backspace, "del": .delete,
    "up": .up, "down": .down, "enter": .enter, "tab": .tab, "btab": .backTab, "esc": .escape,
  ]
  while let first = rest.first {
    if first == "<", let end = rest.firstIndex(of: ">") {
      let name = String(rest[rest.index(after: rest.startIndex)..<end])
      if name.hasPrefix("^"), let letter = name.last {
        events.append(.key(.control(letter)))
      } else if let key = names[name] {
        events.append(.key(key))
      }
      rest = rest[rest.index(after: end)...]
    } else {
      events.append(.key(.character(first)))
      rest = rest.dropFirst()
    }
  }
  return events
}

struct `A text field` {
  @Test(arguments: [
    ("", "abc", "abc", 3), ("abc", "<left><left>x", "axbc", 2), ("abc", "<home>x", "xabc", 1),
    ("abc", "<bs><bs>", "a", 1), ("abc", "<home><del>", "bc", 0), ("abc", "<home><bs>", "abc", 0),
    ("abc", "<del>", "abc", 3), ("one two  ", "<^w>", "one ", 4),
    ("one two", "<left><^w>", "one o", 4),
    ("abc def", "<left><^u>", "f", 0), ("abc", "<home><right><^k>", "a", 1),
    ("abc", "<^a>x<^e>y", "xabcy", 5),
    ("abc", "<^b><^f><^f>d", "abcd", 4), ("e\u{301}x", "<left><bs>", "x", 0),
    ("👩‍⚕️x", "<left><bs>", "x", 0), ("सुनीता", "<bs>", "सुनी", 2), ("🇩🇪🇫🇷", "<bs>", "🇩🇪", 1),
  ])
  func `is edited by characters as a reader counts them`(
    text: String,
    script: String,
    result: String,
    cursor: Int
  ) {
    var field = TextField(text: text)
    for event in keys(script) {
      let isTaken = field.handle(event)
      #expect(isTaken)
    }
    #expect(field.text == result)
    #expect(field.cursor == cursor)
  }

  @Test func `joins a mark that is typed after its letter`() {
    var field = TextField(text: "ae")
    field.handle(.key(.left))
    field.handle(.paste("\u{301}"))
    #expect(field.text == "a\u{301}e")
    #expect(field.cursor == 1)
    field.handle(.key(.backspace))
    #expect(field.text == "e")
  }

  @Test(arguments: [
    ("abc<^_>", ""), ("abc def<^_>", "abc "), ("abc<bs><bs><^_>", "abc"), ("abc<^u><^_>", "abc"),
    ("abc<^u><^_><^r>", ""), ("abc<^_><^_><^_>", ""), ("a<left>b<^_>", "a"), ("ab<^_>c<^r>", "c"),
  ])
  func `takes back and does again`(script: String, result: String) {
    var field = TextField()
    for event in keys(script) { field.handle(event) }
    #expect(field.text == result)
  }

  @Test func `turns pasted line breaks into blanks`() {
    var field = TextField(text: "x")
    field.handle(.paste("a\nb\r\nc"))
    #expect(field.text == "xa b c")
  }

  @Test(arguments: [
    Key.enter, .tab, .backTab, .escape, .up, .down, .pageUp, .control("x"), .function(1),
  ])
  func `leaves keys that are not its own`(key: Key) {
    var field = TextField(text: "a")
    let isTaken = field.handle(.key(key))
    #expect(!isTaken)
    #expect(field.text == "a")
  }

  @Test(arguments: [
    ("short", "", "short     ", 5), ("exactly te", "", "‹y te     ", 5),
    ("a longer text than fits", "", "‹an fits  ", 8),
    ("a longer text than fits", "<home>", "a longer ›", 0),
    ("王小明王小明", "", "‹王小明   ", 7), ("x\u{1B}y", "<left>", "x^[y      ", 3),
    ("می‌خواهم", "<home><right><right>", "می‌خواهم   ", 2),
  ])
  func `keeps its cursor in sight`(text: String, script: String, shown: String, column: Int) {
    var field = TextField(text: text)
    for event in keys(script) { field.handle(event) }
    var canvas = Canvas(Size(columns: 10, rows: 1))
    field.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(ofRow: 0) == shown)
    #expect(canvas.cursor == Point(column: column, row: 0))
    #expect(canvas.isCursorVisible)
  }

  @Test func `keeps its cursor inside whatever the width`() {
    for width in 1...12 {
      var field = TextField(text: "")
      for event in keys("abcdefghijklmnopqrstuvwxyz王小明") {
        field.handle(event)
        var canvas = Canvas(Size(columns: width, rows: 1))
        field.draw(on: &canvas, in: canvas.bounds)
        #expect(canvas.bounds.contains(canvas.cursor ?? Point(column: -1, row: 0)))
      }
    }
  }
}

struct `A text editor` {
  @Test(arguments: [
    ("one\ntwo\nthree", "<up>x", "one\ntwox\nthree"), ("one\ntwo", "<up><up>x", "onex\ntwo"),
    ("a long line\nb\nanother", "<up><up>!", "a long !line\nb\nanother"),
    ("one\ntwo", "<home><bs>", "onetwo"), ("one\ntwo", "<^a><^k>", "one\n"),
    ("one\ntwo", "<up><end><del>", "onetwo"), ("a\nb", "<^u><^u>", "a\n"),
    ("a", "<enter>b", "a\nb"),
  ])
  func `moves by the rows that are seen`(text: String, script: String, result: String) {
    var editor = TextEditor(text: text)
    for event in keys(script) { editor.handle(event) }
    #expect(editor.text == result)
  }

  @Test func `moves by the rows of long lines`() {
    var editor = TextEditor(text: "aaa bbb ccc dd")
    editor.width = 4
    for event in keys("<up><up>x") { editor.handle(event) }
    #expect(editor.text == "aaa bbxb ccc dd")
  }

  @Test func `pastes lines with plain breaks`() {
    var editor = TextEditor()
    editor.handle(.paste("a\r\nb\rc"))
    #expect(editor.text == "a\nb\nc")
    editor.handle(.key(.control("_")))
    #expect(editor.text == "")
  }

  @Test func `draws the rows around its cursor`() {
    var editor = TextEditor(text: (1...9).map { "line \($0)" }.joined(separator: "\n"))
    GoldenScreen.expect("drawing/editor-end", size: Size(columns: 20, rows: 4)) {
      editor.draw(on: &$0, in: $0.bounds)
    }
    for _ in 1...9 { editor.handle(.key(.up)) }
    GoldenScreen.expect("drawing/editor-start", size: Size(columns: 20, rows: 4)) {
      editor.draw(on: &$0, in: $0.bounds)
    }
  }
}
