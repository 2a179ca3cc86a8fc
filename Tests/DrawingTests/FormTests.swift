import Drawing
import Foundation
import TestSupport
import Testing

private func form() -> Drawing.Form {
  Drawing.Form(
    title: "New incident",
    fields: [
      .line("title", label: "Title", help: "One line that names it", isRequired: true),
      .choice(
        "severity",
        label: "Severity",
        options: [("", "not assessed"), ("low", "low"), ("high", "high")]
      ),
      .yesNoUnknown("encrypted", label: "Encrypted"),
      .choices(
        "kinds",
        label: "Kind",
        options: [("m", "malware"), ("h", "hacking"), ("e", "error")],
        values: ["h"],
        help: "Space chooses"
      ),
      .line("count", label: "People", help: "A number") {
        Int($0) == nil ? "\($0) is not a number" : nil
      },
      .text("summary", label: "Summary", value: "first\nsecond", help: "What is known so far"),
    ]
  )
}

private func send(_ event: InputEvent, to form: inout Drawing.Form) -> FormOutcome {
  form.handle(event)
}

struct `A form` {
  @Test(arguments: [
    ("A<tab>", "title", "A"), ("<tab><right><right>", "severity", "high"),
    ("<tab><left>", "severity", "high"),
    ("<tab>h", "severity", "high"), ("<tab><tab>  ", "encrypted", "no"),
    ("<tab><tab>y", "encrypted", "yes"),
    ("<tab><tab><tab> ", "kinds", "m,h"), ("<tab><tab><tab><down> ", "kinds", ""),
    ("<tab><tab><tab>e ", "kinds", "h,e"),
    ("<btab><btab><btab>!<enter>?", "summary", "first\nsecond!\n?"),
    ("A<enter><enter><enter><enter>7", "count", "7"), ("A<down><down><up><up>B", "title", "AB"),
  ])
  func `is filled in from the keyboard`(script: String, id: String, value: String) {
    var form = form()
    var isChanged = false
    for event in keys(script) { if form.handle(event) == .changed { isChanged = true } }
    #expect(form.values[id] == value)
    #expect(form.isChanged)
    #expect(isChanged)
  }

  /// Presses the mouse where a text stands on the screen, so many columns behind its beginning.
  private func press(_ text: String, _ offset: Int = 0, _ form: inout Drawing.Form) throws
    -> FormOutcome
  {
    let rect = Rect(Size(columns: 80, rows: 24))
    var canvas = Canvas(Size(columns: 80, rows: 24))
    form.draw(on: &canvas, in: rect)
    let row = try #require((0..<24).first { canvas.text(ofRow: $0).contains(text) })
    let before = try #require(canvas.text(ofRow: row).range(of: text)?.lowerBound)
    let column = canvas.text(ofRow: row).distance(
      from: canvas.text(ofRow: row).startIndex,
      to: before
    )
    let point = Point(column: column + offset, row: row)
    return form.handle(.mouse(MouseEvent(.press, at: point)), in: rect)
  }

  @Test func `takes the mouse: a press goes to a field, chooses an option, or saves`() throws {
    var form = form()
    #expect(try press("People", 0, &form) == .none)
    #expect(form.focus == 4)
    #expect(form.problems == ["title": "must not be empty"])
    let kinds = form.values["kinds"]
    #expect(try press("[ ]", 1, &form) == .changed)
    #expect(form.focus == 3)
    #expect(form.values["kinds"] != kinds)
    #expect(try press("‹", 0, &form) == .none)
    #expect(try press("‹", 0, &form) == .changed)
    #expect(try press("Save", 0, &form) == .none)
    #expect(form.focus == 0)
    for event in keys("Lost laptop") { _ = form.handle(event) }
    #expect(try press("Save", 0, &form) == .submit)
    #expect(try press("Cancel", 0, &form) == .cancel)
  }

  @Test func `goes up and down by the rows that are seen`() {
    // Given a text of one line that is wrapped to three rows at 40 columns and to one at 72.
    let rect = Rect(Size(columns: 30, rows: 24))
    let words = String(repeating: "word ", count: 12) + "end"
    var form = Drawing.Form(
      title: "A form",
      fields: [.line("title", label: "Title"), .text("text", label: "Text", value: words)]
    )
    _ = form.handle(.key(.tab), in: rect)
    _ = form.handle(.key(.up), in: rect)
    #expect(form.focus == 1)
    _ = form.handle(.key(.character("!")), in: rect)
    #expect(form.values["text"]?.hasSuffix("end") == true)
    #expect(form.values["text"]?.contains("!") == true)
  }

  @Test func `does not save what is not right, and goes to it`() {
    var form = form()
    #expect(send(.key(.control("x")), to: &form) == .none)
    #expect(form.problems == ["title": "must not be empty"])
    #expect(form.focus == 0)
    for event in keys("Lost laptop") { _ = form.handle(event) }
    #expect(form.problems.isEmpty)
    for event in keys("<tab><tab><tab><tab>x<tab>") { _ = form.handle(event) }
    #expect(form.problems == ["count": "x is not a number"])
    #expect(send(.key(.control("x")), to: &form) == .none)
    #expect(form.focus == 4)
    #expect(send(.key(.backspace), to: &form) == .changed)
    #expect(send(.key(.control("x")), to: &form) == .submit)
  }

  @Test func `saves with Enter on its button and cancels with the other`() {
    var form = form()
    for event in keys("A<btab>") { _ = form.handle(event) }
    #expect(send(.key(.enter), to: &form) == .cancel)
    form = Drawing.Form(title: "", fields: [.line("a", label: "A")])
    for event in keys("x<enter>") { _ = form.handle(event) }
    #expect(form.focus == 1)
    #expect(send(.key(.enter), to: &form) == .submit)
    #expect(send(.key(.right), to: &form) == .none)
    #expect(send(.key(.enter), to: &form) == .cancel)
  }

  @Test(arguments: [Key.escape, .control("c")])
  func `cancels`(key: Key) {
    var form = form()
    #expect(send(.key(key), to: &form) == .cancel)
    #expect(!form.isChanged)
  }

  @Test(arguments: ["s", "q", "w"])
  func `never saves or leaves on a key that terminals keep for themselves`(letter: Character) {
    var form = form()
    let outcome = form.handle(.key(.control(letter)))
    #expect(outcome == .none)
  }

  @Test func `gives its values to a draft and takes them back`() {
    var first = form()
    for event in keys("A<tab>h<tab>y<tab> <tab>12<tab>!") { _ = first.handle(event) }
    var second = form()
    second.set(values: first.values)
    #expect(second.values == first.values)
    #expect(second.isChanged)
    second.set(values: ["severity": "no such", "unknown": "x"])
    #expect(second.values["severity"] == "high")
    #expect(second.values["unknown"] == nil)
  }

  @Test func `shows what the saver found`() {
    var form = form()
    form.setProblem("stands already in INC-2026-0001", field: "count")
    #expect(form.problems["count"] == "stands already in INC-2026-0001")
    #expect(form.focus == 4)
  }

  @Test(arguments: [(80, 24), (120, 40), (40, 10), (40, 24), (20, 5), (10, 2)])
  func `draws`(width: Int, height: Int) {
    var form = form()
    for event in keys("<tab>h<tab>n<tab><down>") { _ = form.handle(event) }
    let size = Size(columns: width, rows: height)
    GoldenScreen.expect("drawing/form-\(width)x\(height)", size: size) {
      form.draw(on: &$0, in: $0.bounds)
    }
    for event in keys("<tab>many<tab>\u{202E}") { _ = form.handle(event) }
    GoldenScreen.expect("drawing/form-text-\(width)x\(height)", size: size) {
      form.draw(on: &$0, in: $0.bounds)
    }
  }
}
