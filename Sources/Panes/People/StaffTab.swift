public import Drawing
public import Model

/// Groups of staff and how their training stands, beside or below them who must do what.
///
/// By pseudonym, the most urgent first. Names are shown for a reason that is journalled, and nowhere kept.
public enum StaffTab: Pane {
  /// Which duties are shown.
  public enum Scope: String, Sendable, CaseIterable {
    case late, due, done, all

    var label: String {
      switch self {
      case .late: "overdue and expired"
      case .due: "due"
      case .done: "done"
      case .all: "all"
      }
    }

    var states: Set<DutyState>? {
      switch self {
      case .late: [.overdue, .expired]
      case .due: [.due]
      case .done: [.done]
      case .all: nil
      }
    }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The groups by name.
    public var groups = VirtualTable<TrainingStatus.Group>()
    /// How training stands; nil until it was read.
    public var status: TrainingStatus.Answer?
    /// The duties of the group under the cursor.
    public var duties = VirtualTable<TrainingDuties.Row>()
    /// How many there are, of which at most ``StaffTab/most`` are held.
    public var total = 0
    /// The group whose duties are held.
    public var shown: RecordID?
    /// Which duties are shown.
    public var scope = Scope.all
    /// Which part takes the keys.
    public var focus = SplitLayout.Part.list
    /// Whether that part has the whole area.
    public var isZoomed = false
    /// Why nothing could be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case appeared
    case answered(Result<TrainingStatus.Answer, StoreError>)
    case dutiesAnswered(group: RecordID, Result<Page<TrainingDuties.Row>, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed, focusMoved, zoomPressed, backPressed
    case filterPressed
    case filterChosen(Scope)
    case donePressed
    case coursesAnswered(TrainingDuties.Row, Result<[Course], StoreError>)
    case doneSubmitted(TrainingDuties.Row, [String: String])
    case memberPressed
    case memberAnswered(Result<Staff?, StoreError>)
    case memberSubmitted(Staff, [String: String])
    case renamePressed
    case renamed(StaffGroup, [String: String])
    case groupsAnswered(Result<[StaffGroup], StoreError>)
    case revealPressed
    case revealed(String)
    case namesAnswered(TrainingDuties.Row, Result<StaffReveal.Outcome, StoreError>)
    case personAnswered(TrainingDuties.Row, Result<Page<TrainingDuties.Row>, StoreError>)
    case changed(Result<[Receipt], StoreError>)
  }

  /// How many duties are held: the most urgent.
  static let most = 2000

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared: return [.ask(TrainingStatus(), slot: "people.status") { .answered($0) }]
    case .answered(.success(let status)):
      (state.status, state.problem) = (status, nil)
      state.groups.reload(status.groups)
      return readDuties(state)
    case .dutiesAnswered(let group, .success(let page)):
      guard group == state.groups.selectedRow?.id else { return [] }
      (state.shown, state.total) = (group, page.total)
      state.duties.reload(page.rows)
      return []
    case .answered(.failure(let error)), .dutiesAnswered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion): return move(&state, motion, context)
    case .pressed(let point): return pressed(&state, point, context)
    case .openPressed:
      guard state.focus == .list else { return read(state) }
      state.focus = .detail
      return []
    case .focusMoved:
      state.focus = state.focus.other
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return []
    case .backPressed:
      if state.focus == .detail {
        state.focus = .list
        return []
      }
      return reduce(&state, .filterChosen(.all), context)
    case .filterPressed:
      let entries = zip(Scope.allCases, ["l", "u", "d", "a"] as [Character]).map {
        MenuRequest<Action>.Entry(key: $1, label: $0.label, action: .filterChosen($0))
      }
      return [.present(.menu(MenuRequest(title: "Show of the duties", entries: entries)))]
    case .filterChosen(let scope):
      state.scope = scope
      return readDuties(state)
    case .donePressed, .coursesAnswered, .doneSubmitted, .memberPressed, .memberAnswered,
      .memberSubmitted, .renamePressed, .groupsAnswered,
      .renamed, .changed:
      return alter(&state, action, context)
    case .revealPressed, .revealed, .namesAnswered, .personAnswered:
      return reveal(&state, action, context)
    }
  }

  /// Reads what the group under the cursor must do.
  private static func readDuties(_ state: State) -> [Effect<Action>] {
    guard let group = state.groups.selectedRow?.id else { return [] }
    return [
      .ask(
        TrainingDuties(
          group: group,
          states: state.scope.states,
          window: RowWindow(start: 0, count: most)
        ),
        slot: "people.duties"
      ) { .dutiesAnswered(group: group, $0) }
    ]
  }

  private static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let layout = layout(state, context.area)
    guard state.focus == .list else {
      state.duties.move(motion, height: max(1, layout.detail.rows - 3))
      return []
    }
    let before = state.groups.selectedRow?.id
    state.groups.move(motion, height: layout.listHeight)
    guard before != state.groups.selectedRow?.id else { return [] }
    state.duties = VirtualTable()
    return readDuties(state)
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let layout = layout(state, context.area)
    if layout.detail.contains(point) {
      state.focus = .detail
      let list = layout.detail.splitTop(1).rest
      guard let position = state.duties.position(at: point, in: list) else { return [] }
      if position == state.duties.cursor { return read(state) }
      return move(&state, .to(position), context)
    }
    guard
      let position = state.groups.position(at: point, in: layout.list.splitBottom(1).rest)
    else { return [] }
    let wasHere = state.focus == .list && position == state.groups.cursor
    state.focus = .list
    return wasHere
      ? reduce(&state, .openPressed, context) : move(&state, .to(position), context)
  }

  /// Reads all that one person must do.
  private static func read(_ state: State) -> [Effect<Action>] {
    guard let row = state.duties.selectedRow else { return [] }
    return [
      .ask(
        TrainingDuties(staff: row.staff, window: RowWindow(start: 0, count: 200)),
        slot: "people.person"
      ) { .personAnswered(row, $0) }
    ]
  }

  /// Whether going back would end something in the tab, and not leave it.
  static func holdsBack(_ state: State) -> Bool { state.focus == .detail || state.scope != .all }
}
