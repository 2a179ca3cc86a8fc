public import Drawing
public import Model

/// The drafts that a text can begin as: a list by law and language, with what the one under the cursor
/// says; and the empty text.
///
/// Every draft needs counsel, and says so: none is fit to be sent as it is. The way back is a row of the
/// pane around, as with every tab.
public enum DraftPicker: Pane {
  /// A draft, or the empty text.
  public struct Row: Identifiable, Sendable, Equatable {
    /// The draft; nil for the empty text.
    public var draft: NoticeDraft?

    /// The draft's name; empty for the empty text.
    public var id: String { draft?.id ?? "" }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The drafts; the empty text is the last.
    public var table = VirtualTable<Row>()
    /// Which part takes the keys.
    public var focus = SplitLayout.Part.list
    /// The first line of the preview on the screen.
    public var top = 0

    /// Makes a choice of drafts.
    public init(_ drafts: [NoticeDraft]) {
      table.reload(drafts.map { Row(draft: $0) } + [Row(draft: nil)])
    }
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case moved(Motion)
    case pressed(Point)
    case focusMoved
    case openPressed
    /// A text is to begin so; the tab around does it.
    case chosen(NoticeDraft?)
    case backPressed
    /// Nothing is to be written; the tab around closes it.
    case closed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .moved(let motion):
      move(&state, motion, context)
      return []
    case .pressed(let point):
      let layout = layout(state, context.area)
      if layout.detail.contains(point) { state.focus = .detail }
      guard let position = state.table.position(at: point, in: layout.list) else { return [] }
      let wasHere = state.focus == .list && position == state.table.cursor
      state.focus = .list
      if wasHere { return reduce(&state, .openPressed, context) }
      move(&state, .to(position), context)
      return []
    case .focusMoved:
      state.focus = state.focus.other
      return []
    case .openPressed: return state.table.selectedRow.map { [.send(.chosen($0.draft))] } ?? []
    case .backPressed:
      guard state.focus == .detail else { return [.send(.closed)] }
      state.focus = .list
      return []
    case .chosen, .closed: return []
    }
  }

  private static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext) {
    let layout = layout(state, context.area)
    guard state.focus == .detail else {
      let before = state.table.selectedID
      state.table.move(motion, height: max(1, layout.list.rows - 1))
      if state.table.selectedID != before { state.top = 0 }
      return
    }
    var text = ScrollText(preview(state.table.selectedRow))
    let size = Size(columns: max(1, layout.detail.columns - 2), rows: max(1, layout.detail.rows))
    text.move(.to(state.top), size: size)
    text.move(motion, size: size)
    state.top = text.top
  }

  /// What the draft is, and what it says; open places are marked.
  static func preview(_ row: Row?) -> [Line] {
    guard let row else { return [] }
    guard let draft = row.draft else {
      return [
        Line("An empty text", .heading),
        Line("Subject, text, for whom and over which channels are written by you.", .textMuted),
      ]
    }
    func label(_ text: String) -> Span { Span(text.padded(to: 9), .textMuted) }
    var lines = [
      Line([Span(Untrusted(draft.title), .heading, .bold)]),
      Line([label("follows"), Span(Untrusted(draft.source))]),
    ]
    if !draft.notes.isEmpty { lines.append(Line([label("note"), Span(Untrusted(draft.notes))])) }
    lines += [
      Line([label("subject"), Span(Untrusted(draft.facts.subject), .textStrong)]), Line(""),
    ]
    return lines
      + draft.facts.body.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let role: Role = line.contains("[[") ? .warning : line.hasPrefix("#") ? .heading : .text
        return Line(Untrusted(String(line)), role)
      }
  }

  // MARK: Drawing

  private static func layout(_ state: State, _ area: Size) -> SplitLayout {
    let rest = Rect(area).splitTop(1).rest
    let size = Size(columns: rest.columns, rows: rest.rows)
    return SplitLayout(
      size,
      alone: state.focus,
      isZoomed: false,
      leastRows: 12,
      left: size.columns / 2,
      upper: state.focus == .list ? size.rows / 2 : 4
    ).moved(by: rest)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    canvas.write(
      Line([
        Span(" Begin with  ", .heading, .bold),
        Span("every draft needs counsel; [[…]] is yet to be written", .textMuted),
      ]),
      in: rect.splitTop(1).top
    )
    let layout = layout(state, context.area).moved(by: rect)
    if let divider = layout.divider { canvas.rule(divider) }
    if !layout.detail.isEmpty {
      let area = layout.detail.inset(columns: 1)
      var text = ScrollText(preview(state.table.selectedRow))
      text.move(.to(state.top), size: Size(columns: area.columns, rows: area.rows))
      text.draw(on: &canvas, in: area)
    }
    guard !layout.list.isEmpty else { return }
    ItemList.draw(
      state.table,
      columns: columns,
      problem: nil,
      empty: "",
      isFocused: context.isFocused && state.focus == .list,
      on: &canvas,
      in: layout.list
    )
  }

  private static let columns: [TableColumn<Row>] = [
    TableColumn("draft", title: "Draft", width: .fixed(17), priority: 7) {
      Line(Untrusted($0.draft?.id ?? "empty"), .textStrong)
    },
    TableColumn("language", title: "Lang", width: .fixed(5), priority: 9) {
      Line(Untrusted($0.draft?.facts.language ?? ""))
    },
    TableColumn(
      "title",
      title: "What it is",
      width: .flexible(minimum: 14, weight: 2),
      priority: 10
    ) {
      $0.draft.map { Line(Untrusted($0.title)) } ?? Line("an empty text", .textMuted)
    },
    TableColumn("law", title: "Follows", width: .flexible(minimum: 10, weight: 1), priority: 5) {
      Line(($0.draft?.contents ?? []).joined(separator: ", "), .textMuted)
    },
  ]

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "draft.choose",
        keys: [.enter, .character("l"), .right],
        label: "begin with it",
        help: "Begin a text as this draft: all of it can be altered before it is kept",
        section: .change,
        hint: 1,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "focus",
        keys: [.tab, .backTab],
        label: "read it",
        help: "Go to what the draft says, or back to the list",
        section: .move,
        hint: 2,
        action: { _ in .focusMoved }
      ),
    ]
}
