public import Drawing
public import Model

/// The journal, newest first: all of it, or what was done to one record.
public enum JournalPane: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// Which entries.
    public var filter = JournalFilter()
    /// What is shown of the filter, such as a reference.
    public var title = ""
    /// The loaded window.
    public var table = VirtualTable<JournalLine>()
    /// Why the journal could not be read.
    public var problem: String?

    /// Makes the view of the whole journal.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case appeared
    case recordChanged
    case subjectShown(Subject)
    case allShown
    case answered(Result<Page<JournalLine>, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case readPressed
    case undoPressed
    case undoConfirmed(JournalSequence)
    case filterPressed
    case filterChosen(JournalFilter, String)
    case undone(Result<[Receipt], StoreError>)
    case backPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared:
      return state.table.isLoaded ? [] : [read(state, context)]
    case .recordChanged:
      return [read(state, context)]
    case .subjectShown(let subject):
      if state.filter.subject != subject {
        state.filter = JournalFilter(subject: subject)
        state.table = VirtualTable()
      }
      return [read(state, context)]
    case .allShown:
      state = State()
      return [read(state, context)]
    case .answered(.success(let page)):
      state.problem = nil
      let kept = state.table.selectedID
      state.table.load(start: page.window.start, rows: page.rows, total: page.total)
      if let kept, let index = page.rows.firstIndex(where: { $0.id == kept }) {
        state.table.select(id: kept, at: page.window.start + index)
      }
      return readMore(state, context)
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: height(context))
      return readMore(state, context)
    case .pressed(let point):
      let list = Rect(context.area).splitBottom(1).rest
      guard let position = state.table.position(at: point, in: list) else { return [] }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .readPressed:
      return state.table.selectedRow.map { [.present(reader($0))] } ?? []
    case .undoPressed:
      guard let line = state.table.selectedRow else { return [] }
      let confirmation = Confirmation<Action>(
        title: "Undo entry \(line.id)",
        lines: [
          Line([Span("\(line.reference)  ", .textStrong), Span(Untrusted(line.headline))]),
          Line("The undoing is an entry of its own; nothing is deleted.", .textMuted),
        ],
        doLabel: "Undo",
        action: .undoConfirmed(line.id)
      )
      return [.present(.confirm(confirmation))]
    case .undoConfirmed(let entry):
      return [.undo([entry]) { .undone($0) }]
    case .undone(.success): return [.toast(Toast(.done, "undone"))]
    case .undone(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    case .filterPressed:
      return [.present(.menu(filterMenu(state)))]
    case .filterChosen(let filter, let title):
      (state.filter, state.title) = (filter, title)
      state.table = VirtualTable()
      return [read(state, context)]
    case .backPressed:
      guard state.filter != JournalFilter() else { return [.go(.back)] }
      return reduce(&state, .allShown, context)
    }
  }

  private static func height(_ context: PaneContext) -> Int { max(1, context.area.rows - 2) }

  private static func read(_ state: State, _ context: PaneContext) -> Effect<Action> {
    let height = height(context)
    let start = max(0, state.table.top - height)
    return ask(state, RowWindow(start: start, count: height * 4))
  }

  private static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard let wanted = state.table.wanted(height: height(context)) else { return [] }
    return [ask(state, RowWindow(start: wanted.lowerBound, count: wanted.count))]
  }

  private static func ask(_ state: State, _ window: RowWindow) -> Effect<Action> {
    .ask(JournalWindow(state.filter, window), slot: "journal.list") { .answered($0) }
  }

  private static func filterMenu(_ state: State) -> MenuRequest<Action> {
    var entries: [MenuRequest<Action>.Entry] = [
      .init(key: "a", label: "Everything", action: .allShown)
    ]
    if let line = state.table.selectedRow {
      let entry = line.entry
      entries += [
        .init(
          key: "s",
          label: "Only this record",
          note: line.reference,
          action: .filterChosen(JournalFilter(subject: entry.subject), line.reference)
        ),
        .init(
          key: "w",
          label: "Only by this account",
          note: entry.actor.name,
          action: .filterChosen(JournalFilter(actor: entry.actor.name), "by \(entry.actor.name)")
        ),
        .init(
          key: "k",
          label: "Only this kind of change",
          note: entry.action,
          action: .filterChosen(JournalFilter(action: entry.action), entry.action)
        ),
      ]
    }
    return MenuRequest(title: "Show of the journal", entries: entries)
  }

  private static func reader(_ line: JournalLine) -> Overlay<Action> {
    let entry = line.entry
    func row(_ label: String, _ value: String) -> Line {
      Line([
        Span(label + String(repeating: " ", count: 11 - label.count), .textMuted),
        Span(Untrusted(value)),
      ])
    }
    var lines = [
      row("what", Exercise.marked(line.headline, line.isExercise)),
      row("record", "\(line.reference) (\(entry.subject.kind.rawValue) \(entry.subject.id))"),
      row("version", "\(entry.version)"), row("when", entry.at.description),
      row("who", "\(entry.actor.name) (uid \(entry.actor.uid))"), row("from", entry.origin),
    ]
    lines += entry.actor.claims.sorted { $0.key < $1.key }.map {
      row("claim", "\($0.key): \($0.value)")
    }
    if let undone = entry.undoes { lines.append(row("undoes", "entry \(undone)")) }
    lines.append(row("commitment", entry.commitment.hex))
    lines.append(row("previous", entry.previous.hex))
    lines.append(Line(""))
    lines += line.details.map { Line(Untrusted($0)) }
    return .reader(title: "Journal entry \(line.id)", lines: lines)
  }

  // MARK: Drawing

  static let columns: [TableColumn<JournalLine>] = [
    TableColumn("sequence", title: "Entry", width: .fixed(8), alignment: .right, priority: 5) {
      Line("\($0.id)", .textMuted)
    },
    TableColumn("at", title: "When UTC", width: .fixed(16), priority: 7) {
      Line(Look.minute($0.entry.at))
    },
    TableColumn("who", title: "Who", width: .fixed(10), priority: 6) {
      Line(Untrusted($0.entry.actor.name))
    },
    TableColumn("record", title: "Record", width: .fixed(14), priority: 8) {
      Line(Untrusted($0.reference), .textStrong)
    },
    TableColumn("what", title: "What", width: .flexible(minimum: 24, weight: 3), priority: 9) {
      $0.headline.isEmpty
        ? Line("details erased", .textMuted)
        : Line(Look.exercise($0.isExercise) + [Span(Untrusted($0.headline))])
    },
    TableColumn("origin", title: "From", width: .fixed(18), priority: 2) {
      Line(Untrusted($0.entry.origin), .textMuted)
    },
  ]

  /// The columns without the record, where all lines are about the same one.
  static let columnsOfOne = columns.filter { $0.id != "record" }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (list, status) = rect.splitBottom(1)
    ItemList.draw(
      state.table,
      columns: state.filter.subject == nil ? columns : columnsOfOne,
      problem: state.problem,
      empty: "The journal is empty.",
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
    let what = state.title.isEmpty ? "" : " \(state.title)"
    ListStatus.draw([Span(Untrusted(what), .match)], of: state.table, on: &canvas, in: status)
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "journal.read",
        keys: [.enter],
        label: "read",
        help: "Read the entry with hashes and details",
        section: .find,
        hint: 1,
        availability: hasLine,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "journal.filter",
        keys: [.character("f")],
        label: "filter",
        help: "Show one record, one account, or one kind of change",
        section: .find,
        hint: 2,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "Show everything again, or go back",
        section: .move,
        action: { _ in .backPressed }
      ),
      ActionRow(
        "journal.undo",
        label: "undo this entry",
        help: "Take back what this entry did, by its inverse",
        section: .change,
        menuKey: "u",
        availability: { state in
          guard let line = state.table.selectedRow else {
            return .disabled("there is no entry under the cursor")
          }
          return .when(line.isReversible, otherwise: "this entry cannot be undone, or was already")
        },
        action: { _ in .undoPressed }
      ),
    ]

  private static let hasLine: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no entry under the cursor")
  }
}

extension [UInt8] {
  /// The bytes in lower-case hexadecimal.
  var hex: String {
    map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
