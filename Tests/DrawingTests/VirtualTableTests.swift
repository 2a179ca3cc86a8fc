import Drawing
import TestSupport
import Testing

private struct Item: Identifiable, Equatable, Sendable {
  var id: Int
  var title: String
  var severity = "low"

  static func rows(_ range: Range<Int>) -> [Item] {
    range.map { Item(id: $0, title: "Item \($0)") }
  }
}

private let columns: [TableColumn<Item>] = [
  TableColumn("id", title: "No", width: .fixed(6), alignment: .right, priority: 5) {
    Line("\($0.id)", .textMuted)
  },
  TableColumn("title", title: "Title", width: .flexible(minimum: 10, weight: 3), priority: 9) {
    Line(Untrusted($0.title))
  },
  TableColumn("severity", title: "Severity", width: .fixed(8), priority: 7) {
    Line($0.severity, $0.severity == "high" ? .severityHigh : .severityLow)
  },
  TableColumn("note", title: "Note", width: .flexible(minimum: 12, weight: 1), priority: 1) { _ in
    Line("–", .textMuted)
  },
]

private func table(_ total: Int, loaded: Range<Int>? = nil) -> VirtualTable<Item> {
  var table = VirtualTable<Item>()
  let range = loaded ?? 0..<min(total, 60)
  table.load(start: range.lowerBound, rows: Item.rows(range), total: total)
  return table
}

struct `A virtual table` {
  @Test(arguments: [
    (Motion.by(1), 1, 0), (.by(-1), 0, 0), (.by(25), 25, 6), (.page(1), 20, 20), (.page(-1), 0, 0),
    (.halfPage(1), 10, 10), (.last, 999_999, 999_980), (.first, 0, 0), (.to(500), 500, 481),
    (.screenBottom, 19, 0), (.screenMiddle, 9, 0), (.screenTop, 0, 0),
  ])
  func `moves the cursor and scrolls as little as it must`(
    motion: Motion,
    cursor: Int,
    top: Int
  ) {
    var table = table(1_000_000)
    table.move(motion, height: 20)
    #expect(table.cursor == cursor)
    #expect(table.top == top)
    #expect(table.selectedID == (cursor < 60 ? cursor : nil))
  }

  @Test func `stays at its ends`() {
    var table = table(5)
    table.move(.page(3), height: 20)
    #expect(table.cursor == 4)
    #expect(table.top == 0)
    table.move(.by(-100), height: 20)
    #expect(table.cursor == 0)
  }

  @Test func `does nothing when it is empty`() {
    var table = VirtualTable<Item>()
    #expect(!table.isLoaded)
    table.load(start: 0, rows: [], total: 0)
    for motion in [Motion.by(1), .last, .page(1), .screenBottom, .screenMiddle, .to(9)] {
      table.move(motion, height: 10)
    }
    table.toggleMark()
    #expect(table.isLoaded)
    #expect(table.cursor == 0)
    #expect(table.selectedRow == nil)
    #expect(table.marks.isEmpty)
    #expect(table.wanted(height: 10) == nil)
  }

  @Test func `asks for a window around the screen, and only when it comes near the end of it`() {
    var table = VirtualTable<Item>()
    #expect(table.wanted(height: 20) == 0..<60)
    table.load(start: 0, rows: Item.rows(0..<60), total: 1_000_000)
    #expect(table.wanted(height: 20) == nil)
    table.move(.by(25), height: 20)
    #expect(table.wanted(height: 20) == nil)
    table.move(.page(1), height: 20)
    #expect(table.wanted(height: 20) == 0..<86)
    #expect(table.holdsScreen(height: 20))
    table.move(.last, height: 20)
    #expect(table.wanted(height: 20) == 999_940..<1_000_000)
    #expect(table.selectedRow == nil)
    #expect(!table.holdsScreen(height: 20))
    table.load(start: 999_940, rows: Item.rows(999_940..<1_000_000), total: 1_000_000)
    #expect(table.wanted(height: 20) == nil)
    #expect(table.holdsScreen(height: 20))
    #expect(table.selectedID == 999_999)
    #expect(table.rows.count == 60)
  }

  @Test func `follows the record when rows come before it`() {
    var table = table(100)
    table.move(.by(30), height: 20)
    let line = table.cursor - table.top
    table.load(start: 0, rows: Item.rows(-5..<95), total: 105)
    #expect(table.selectedID == 30)
    #expect(table.cursor == 35)
    #expect(table.cursor - table.top == line)
  }

  @Test func `follows the record to where the caller found it`() {
    var table = table(1000)
    table.move(.by(30), height: 20)
    table.load(start: 500, rows: Item.rows(500..<560), total: 1000)
    #expect(table.selectedID == nil)
    table.select(id: 530, at: 530)
    #expect(table.cursor == 530)
    #expect(table.selectedRow?.id == 530)
    #expect(table.wanted(height: 20) != nil)
  }

  @Test func `selects what stands at the cursor when the selected record is gone`() {
    var table = table(10)
    table.move(.by(9), height: 20)
    table.load(start: 0, rows: Item.rows(0..<5), total: 5)
    #expect(table.cursor == 4)
    #expect(table.selectedID == 4)
  }

  @Test func `marks records, not rows`() {
    var table = table(100)
    table.toggleMark()
    table.move(.by(3), height: 20)
    table.toggleMark()
    table.load(start: 0, rows: Item.rows(-5..<55), total: 105)
    #expect(table.marks == [0, 3])
    table.toggleMark()
    #expect(table.marks == [0])
    table.clearMarks()
    #expect(table.marks.isEmpty)
  }

  @Test func `marks a range, and says what of it is not held`() {
    var table = table(1000)
    table.move(.to(10), height: 20)
    #expect(table.markRange() == 0)
    table.move(.to(14), height: 20)
    #expect(table.markRange() == 0)
    #expect(table.marks == [10, 11, 12, 13, 14])
    table.clearMarks()
    table.markRange()
    table.load(start: 100, rows: Item.rows(100..<160), total: 1000)
    table.move(.to(105), height: 20)
    #expect(table.markRange() == 85)
    #expect(table.marks == [14, 100, 101, 102, 103, 104, 105])
  }

  @Test func `repaints two rows when the cursor moves by one`() {
    var table = table(100)
    table.move(.by(3), height: 23)
    func drawn(_ table: VirtualTable<Item>) -> Canvas {
      var canvas = Canvas(Size(columns: 80, rows: 24))
      table.draw(
        columns: columns,
        order: ("title", false),
        focusedColumn: "title",
        isFocused: true,
        on: &canvas,
        in: canvas.bounds
      )
      return canvas
    }
    let before = drawn(table)
    table.move(.by(1), height: 23)
    let after = drawn(table)
    let changed = (0..<24).filter { row in
      before.cells[(row * 80)..<(row * 80 + 80)] != after.cells[(row * 80)..<(row * 80 + 80)]
    }
    #expect(changed == [4, 5])
    #expect(after.cursor == Point(column: 0, row: 5))
  }

  @Test func `tells which row and heading the mouse is on`() {
    let table = table(3)
    let rect = Rect(column: 5, row: 2, columns: 60, rows: 10)
    #expect(table.position(at: Point(column: 9, row: 4), in: rect) == 1)
    #expect(table.position(at: Point(column: 9, row: 9), in: rect) == nil)
    #expect(table.position(at: Point(column: 9, row: 2), in: rect) == nil)
    let heading = table.column(at: Point(column: 14, row: 2), columns: columns, in: rect)
    #expect(heading == "title")
  }

  @Test(arguments: [(80, 24), (40, 10), (20, 5), (3, 2), (400, 8)])
  func `draws`(width: Int, height: Int) {
    var list = VirtualTable<Item>()
    var rows = Item.rows(0..<15)
    rows[2].title = "王小明 \u{202E}evil and a title that is far too long for its column"
    rows[3].severity = "high"
    list.load(start: 0, rows: rows, total: 40)
    list.toggleMark()
    list.move(.by(2), height: height - 1)
    list.markRange()
    list.move(.by(1), height: height - 1)
    list.toggleMark()
    GoldenScreen.expect(
      "drawing/table-\(width)x\(height)",
      size: Size(columns: width, rows: height)
    ) {
      list.draw(
        columns: columns,
        order: ("severity", true),
        focusedColumn: "title",
        isFocused: true,
        on: &$0,
        in: $0.bounds
      )
    }
  }

  @Test func `draws without the keys and without headings`() {
    var list = table(3)
    list.move(.by(1), height: 3)
    GoldenScreen.expect("drawing/table-unfocused", size: Size(columns: 40, rows: 4)) {
      list.draw(
        columns: columns,
        order: nil,
        focusedColumn: nil,
        isFocused: false,
        hasHeader: false,
        on: &$0,
        in: $0.bounds
      )
    }
  }
}
