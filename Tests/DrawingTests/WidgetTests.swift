import Drawing
import TestSupport
import Testing

private let sizes = [(80, 24), (120, 40), (40, 10)]

struct `A gauge` {
  @Test(
    arguments: [
      (0.0, "░░░░░░░░░░░░░░   0 %"), (0.001, "▏░░░░░░░░░░░░░   1 %"), (0.5, "███████░░░░░░░  50 %"),
      (0.999, "█████████████▉  99 %"), (1, "██████████████ 100 %"), (7, "██████████████ 100 %"),
      (-1, "░░░░░░░░░░░░░░   0 %"), (.nan, "░░░░░░░░░░ not known"), (nil, "░░░░░░░░░░ not known"),
    ] as [(Double?, String)]
  )
  func `tells all and nothing from nearly so`(share: Double?, shown: String) {
    var canvas = Canvas(Size(columns: 20, rows: 1))
    Gauge(share: share).draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(ofRow: 0) == shown)
  }

  @Test func `keeps its words where there is no room for a bar`() {
    var canvas = Canvas(Size(columns: 8, rows: 1))
    Gauge(count: 12, of: 40).draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(ofRow: 0) == "12 of 40")
  }
}

struct `A bar chart` {
  @Test(arguments: [(40, 6), (20, 3), (9, 4)])
  func `draws`(width: Int, height: Int) {
    let chart = BarChart(bars: [
      .init(label: "hacking", value: 1200, role: .severityHigh), .init(label: "malware", value: 40),
      .init(label: "王小明\u{202E}", value: 600), .init(label: "error", value: 0),
      .init(label: "misuse of rights", value: 1, text: "1 (0.1 %)"),
    ])
    GoldenScreen.expect("drawing/bars-\(width)x\(height)", size: Size(columns: width, rows: height))
    {
      chart.draw(on: &$0, in: $0.bounds)
    }
  }
}

struct `A breadcrumb` {
  @Test(arguments: [
    (60, " Incidents › INC-2026-0042 › Timeline"), (26, " … › Timeline"),
    (32, " … › INC-2026-0042 › Timeline"),
    (37, " Incidents › INC-2026-0042 › Timeline"), (6, " Time…"),
  ])
  func `leaves out the beginning of the way`(width: Int, shown: String) {
    var canvas = Canvas(Size(columns: width, rows: 1))
    Breadcrumb(["Incidents", "INC-2026-0042", "Timeline"]).draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(ofRow: 0).hasPrefix(shown))
  }
}

struct `A progress line` {
  @Test(arguments: [(80, 1), (40, 1), (20, 1), (5, 1)])
  func `says what, how far, and how to stop it`(width: Int, height: Int) {
    let size = Size(columns: width, rows: height)
    GoldenScreen.expect("drawing/progress-\(width)", size: size) {
      ProgressLine(title: "Importing veris.json", done: 1200, total: 4297)
        .draw(on: &$0, in: $0.bounds)
    }
    GoldenScreen.expect("drawing/progress-unknown-\(width)", size: size) {
      ProgressLine(title: "Searching", done: 81, total: nil, cancelKey: nil)
        .draw(on: &$0, in: $0.bounds)
    }
  }
}

struct `A tree` {
  private func tree() -> Tree<String> {
    Tree([
      TreeNode(
        id: "a",
        line: Line("Annex A"),
        children: [
          TreeNode(
            id: "a5",
            line: Line("5 Organisational"),
            children: (1...30).map { TreeNode(id: "a5.\($0)", line: Line("5.\($0) Control")) }
          ),
          TreeNode(id: "a6", line: Line(Untrusted("6 People\u{7}"))),
        ]
      ),
      TreeNode(id: "b", line: Line("Annex B")),
    ])
  }

  @Test func `unfolds, and goes in and out`() {
    var tree = tree()
    tree.move(.by(1), height: 10)
    #expect(tree.selectedID == "b")
    tree.move(.first, height: 10)
    tree.unfold()
    #expect(tree.selectedID == "a")
    tree.unfold()
    #expect(tree.selectedID == "a5")
    tree.fold()
    #expect(tree.selectedID == "a")
    tree.fold()
    tree.move(.last, height: 10)
    #expect(tree.selectedID == "b")
    tree.unfold()
    #expect(tree.unfolded.isEmpty)
    tree.select("a5.7")
    #expect(tree.selectedID == "a5.7")
    #expect(tree.unfolded == ["a", "a5"])
    tree.toggle()
    #expect(tree.unfolded == ["a", "a5"])
  }

  @Test func `keeps its branch when others come`() {
    var tree = tree()
    tree.select("b")
    tree.roots.insert(TreeNode(id: "0", line: Line("Foreword")), at: 0)
    tree.move(.by(-1), height: 10)
    #expect(tree.selectedID == "a")
  }

  @Test(arguments: sizes)
  func `draws`(width: Int, height: Int) {
    var tree = tree()
    tree.select("a5.28")
    tree.move(.by(0), height: height)
    GoldenScreen.expect("drawing/tree-\(width)x\(height)", size: Size(columns: width, rows: height))
    {
      tree.draw(isFocused: true, on: &$0, in: $0.bounds)
    }
  }
}

struct `A timeline` {
  private func timeline(_ axis: TimelineView.Axis, cursor: Int) -> TimelineView {
    func moment(_ hour: Int) -> TimelineView.Moment {
      .init(
        order: Int64(hour),
        text: "2026-03-0\(1 + hour / 24) \(hour % 24 < 10 ? "0" : "")\(hour % 24):00 UTC"
      )
    }
    return TimelineView(
      entries: [
        .init(
          happened: moment(9),
          recorded: moment(12),
          line: Line("Mailbox of the treasurer sends invoices that nobody wrote"),
          isPinned: true
        ),
        .init(
          happened: moment(2),
          recorded: moment(30),
          line: Line(
            Untrusted(
              "Login from an address never seen before; \u{202E}found in the logs of the mail provider on the day after, when the export arrived"
            )
          )
        ),
        .init(
          happened: nil,
          recorded: moment(13),
          line: Line("Password given away, when is not known")
        ),
        .init(happened: moment(14), recorded: moment(14), line: Line("Mailbox locked")),
        .init(
          happened: .init(order: 20, text: "March 2026"),
          recorded: moment(40),
          line: Line("Bank told")
        ),
      ],
      axis: axis,
      cursor: cursor
    )
  }

  @Test func `orders by one axis, and puts what has no time last`() {
    #expect(timeline(.happened, cursor: 0).ordered.map(\.recorded.order) == [30, 12, 14, 40, 13])
    #expect(timeline(.recorded, cursor: 0).ordered.map(\.recorded.order) == [12, 13, 14, 30, 40])
  }

  @Test(arguments: sizes)
  func `draws`(width: Int, height: Int) {
    let size = Size(columns: width, rows: height)
    GoldenScreen.expect("drawing/timeline-happened-\(width)x\(height)", size: size) {
      timeline(.happened, cursor: 1).draw(isFocused: true, on: &$0, in: $0.bounds)
    }
    GoldenScreen.expect("drawing/timeline-recorded-\(width)x\(height)", size: size) {
      timeline(.recorded, cursor: 4).draw(isFocused: false, on: &$0, in: $0.bounds)
    }
  }
}
