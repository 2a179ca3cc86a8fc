public import Drawing
public import Model

extension MattersTab {
  static func listArea(_ area: Size) -> Rect {
    Rect(area).splitTop(1).rest.splitBottom(1).rest
  }

  static func height(_ context: PaneContext) -> Int {
    max(1, listArea(context.area).rows - 1)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    var spans = [Span(" ")]
    for kind in MatterKind.allCases {
      let open = state.counts.filter { $0.kind == kind && $0.state == .open }.reduce(0) {
        $0 + $1.count
      }
      let all = state.counts.filter { $0.kind == kind }.reduce(0) { $0 + $1.count }
      spans += [
        Span("\(kind.label) ", .textMuted),
        Span("\(open) open", open > 0 ? .warning : .textMuted), Span(" of \(all)   ", .textMuted),
      ]
    }
    canvas.write(Line(spans), in: rect.splitTop(1).top)
    ItemList.draw(
      state.table,
      columns: columns(context.now),
      problem: state.problem,
      empty: state.table.isLoaded
        ? state.shown == nil
          ? "Nobody came back with anything; c writes a question or complaint down."
          : "Nothing stands so; Esc shows all." : "",
      isFocused: context.isFocused,
      on: &canvas,
      in: listArea(context.area).moved(by: rect)
    )
    let shown = state.shown.map { [Span(" only ", .textMuted), Span($0.label, .match)] } ?? []
    ListStatus.draw(shown, of: state.table, on: &canvas, in: rect.splitBottom(1).bottom)
  }

  static func columns(_ now: Instant) -> [TableColumn<MailingMatter>] {
    [
      TableColumn("number", title: "No.", width: .fixed(6), priority: 8) {
        Line("M\($0.number)", .textStrong)
      },
      TableColumn("kind", title: "What", width: .fixed(14), priority: 9) { matter in
        Line(matter.kind.label, matter.kind == .question ? .text : .warning)
      },
      TableColumn("state", title: "State", width: .fixed(18), priority: 10) { matter in
        switch matter.state {
        case .open: Line("[ ] open", .stateOpen)
        case .answered: Line("[x] answered", .stateDone)
        case .handedOver: Line("[>] with Privacy", .information)
        }
      },
      TableColumn("waits", title: "Waits", width: .fixed(6), alignment: .right, priority: 7) {
        $0.state == .open
          ? Line(TimeWords.age($0.receivedAt.earliest, now: now), .warning) : Line("–", .textMuted)
      },
      TableColumn("person", title: "Person", width: .fixed(10), priority: 6) {
        Line($0.recipient.map { "#\($0)" } ?? "not listed", .textMuted)
      },
      TableColumn("channel", title: "By", width: .fixed(10), priority: 4) {
        Line($0.channel.label, .textMuted)
      },
      TableColumn("received", title: "Received", width: .fixed(16), priority: 3) {
        Line(Look.narrow($0.receivedAt), .textMuted)
      },
      TableColumn("by", title: "Settled", width: .flexible(minimum: 8, weight: 1), priority: 5) {
        Line([
          Span(Untrusted($0.settledBy)),
          Span(Untrusted($0.handedTo.isEmpty ? "" : " → \($0.handedTo)")),
        ])
      },
    ]
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    state.table.rows.filter { $0.state == .open }
      .map { TimeWords.nextAge($0.receivedAt.earliest, now: context.now) }.min()
  }
}
