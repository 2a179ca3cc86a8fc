public import Drawing
public import Model

/// The first view, the one screen that says how we stand: six themes and what would improve them, the next
/// clocks, what is worst, what is due, what changed since the last look.
public enum OverviewPane: Pane {
  /// The parts of the view that take keys.
  public enum Part: Int, Sendable, CaseIterable {
    case themes, steps, clocks, worst, tasks, changes

    /// Whether it is one of the lists below the posture.
    var isList: Bool { self != .themes && self != .steps }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The numbers; nil until they were read.
    public var numbers: OverviewNumbers.Answer?
    /// The themes of the posture.
    public var themes = VirtualTable<ThemeRow>()
    /// What would improve the theme under the cursor.
    public var steps = VirtualTable<StepRow>()
    /// Whether it is on the screen: the posture is not worked out for nobody.
    public var isShown = false
    /// For which instant the posture was worked out last; nil until it was asked for.
    public var postureAt: Instant?
    /// Whether an answer about the posture is on its way.
    var isPostureAsked = false
    /// Whether something was altered since the posture was asked for.
    var isPostureStale = false
    /// The clocks that run out next.
    public var clocks = VirtualTable<ClocksPane.Row>()
    /// The open incidents that matter most.
    public var worst = VirtualTable<IncidentRow>()
    /// The open tasks, by due time.
    public var tasks = VirtualTable<OpenTasks.Row>()
    /// What happened since the officer last looked.
    public var changes = VirtualTable<JournalLine>()
    /// The last entry that the officer had seen when the program started.
    public var lastSeen: JournalSequence
    /// The decisions that wait for this officer's consent, the oldest first.
    public var approvals: [PendingApprovals.Row] = []
    /// Which part takes the keys.
    public var part = Part.clocks
    /// Why the overview could not be read.
    public var problem: String?

    /// Makes the view for an officer who has seen the journal up to an entry.
    public init(lastSeen: JournalSequence) {
      self.lastSeen = lastSeen
      themes.reload(PostureTheme.allCases.map { ThemeRow(theme: $0) })
    }

    /// The rows of the themes, in their order.
    var themeRows: [ThemeRow] { themes.rows }
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case left
    case recordChanged
    case postureAged
    case postureAnswered(Result<[MeasureReading], StoreError>)
    case numbersAnswered(Result<OverviewNumbers.Answer, StoreError>)
    case clocksAnswered(Result<Page<ClockList.Row>, StoreError>)
    case tasksAnswered(Result<Page<OpenTasks.Row>, StoreError>)
    case changesAnswered(Result<Page<JournalLine>, StoreError>)
    case approvalsAnswered(Result<[PendingApprovals.Row], StoreError>)
    case approvalsPressed
    case approvalChosen(PendingApprovals.Row)
    case moved(Motion)
    case pressed(Point)
    case partMoved(Int)
    case openPressed
    case explainPressed
    case incidentsPressed
    case seenPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .left:
      state.isShown = false
      return []
    case .appeared:
      state.isShown = true
      (state.postureAt, state.isPostureAsked, state.isPostureStale) = (nil, false, false)
      return reduce(&state, .recordChanged, context)
    case .recordChanged:
      return [
        .ask(OverviewNumbers(now: context.now), slot: "overview.numbers") {
          .numbersAnswered($0)
        }, askClocks, askTasks(state.tasks.loaded), askChanges(state, state.changes.loaded),
        .ask(PendingApprovals(), slot: "overview.approvals") { .approvalsAnswered($0) },
      ]
    case .postureAged: return askPosture(&state, context)
    case .postureAnswered(.success(let readings)):
      take(readings, &state)
      return askRest(after: readings, &state, context)
    case .numbersAnswered(.success(let numbers)):
      state.problem = nil
      state.numbers = numbers
      state.worst.reload(numbers.worst)
      return askPosture(&state, context)
    case .clocksAnswered(.success(let page)):
      let rows = ClocksPane.arranged(page.rows, by: .time)
      state.clocks.load(start: page.window.start, rows: rows, total: rows.count)
      // A part with nothing in it is no place to begin at.
      if rows.isEmpty, state.part == .clocks { state.part = .worst }
      return []
    case .tasksAnswered(.success(let page)):
      state.tasks.load(start: page.window.start, rows: page.rows, total: page.total)
      return []
    case .changesAnswered(.success(let page)):
      state.changes.load(start: page.window.start, rows: page.rows, total: page.total)
      return []
    case .approvalsAnswered(.success(let rows)):
      // Who decided waits for somebody else.
      state.approvals = rows.filter { !$0.decision.isBy(context.actor.name) }
      return []
    case .approvalsPressed: return approvals(state)
    case .approvalChosen(let row): return [go(row)]
    case .postureAnswered(.failure(let error)):
      state.isPostureAsked = false
      state.problem = error.description
      return []
    case .approvalsAnswered(.failure(let error)),
      .numbersAnswered(.failure(let error)), .clocksAnswered(.failure(let error)),
      .tasksAnswered(.failure(let error)),
      .changesAnswered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      let rows = layout(state, context.area).rect(of: state.part).rows
      let height = max(1, rows - (state.part.isList ? 2 : 1))
      switch state.part {
      case .themes:
        state.themes.move(motion, height: height)
        showSteps(&state)
      case .steps: state.steps.move(motion, height: height)
      case .clocks: state.clocks.move(motion, height: height)
      case .worst: state.worst.move(motion, height: height)
      case .tasks:
        state.tasks.move(motion, height: height)
        return state.tasks.wanted(height: height).map { [askTasks($0)] } ?? []
      case .changes:
        state.changes.move(motion, height: height)
        return state.changes.wanted(height: height).map { [askChanges(state, $0)] } ?? []
      }
      return []
    case .pressed(let point):
      let layout = layout(state, context.area)
      guard let part = Part.allCases.first(where: { layout.rect(of: $0).contains(point) }) else {
        return []
      }
      let place = layout.rect(of: part)
      let list = part.isList ? place.splitTop(1).rest : place
      if !layout.isSingle { state.part = part }
      let position =
        switch state.part {
        case .themes: state.themes.position(at: point, in: list)
        case .steps: state.steps.position(at: point, in: list)
        case .clocks: state.clocks.position(at: point, in: list)
        case .worst: state.worst.position(at: point, in: list)
        case .tasks: state.tasks.position(at: point, in: list)
        case .changes: state.changes.position(at: point, in: list)
        }
      guard let position else { return [] }
      return reduce(&state, .moved(.to(position)), context)
    case .partMoved(let step):
      state.part = Part.allCases.turned(from: state.part, by: step) ?? state.part
      return []
    case .openPressed: return open(state)
    case .explainPressed: return explain(state)
    case .incidentsPressed: return [.go(.incidents(filterText: "is:open"))]
    case .seenPressed:
      guard let head = state.numbers?.head else { return [] }
      state.lastSeen = head
      state.changes = VirtualTable()
      return reduce(&state, .recordChanged, context)
    }
  }

  /// Asks for the clocks that run out next: as many as a tall screen can show.
  private static var askClocks: Effect<Action> {
    .ask(
      ClockList(window: RowWindow(start: 0, count: 20), withoutDate: false),
      slot: "overview.clocks"
    ) { .clocksAnswered($0) }
  }

  /// Asks for a stretch of the open tasks; for the first screens of them where none is held.
  private static func askTasks(_ range: Range<Int>) -> Effect<Action> {
    .ask(OpenTasks(window: window(range)), slot: "overview.tasks") { .tasksAnswered($0) }
  }

  /// Asks for a stretch of what happened since the last look.
  private static func askChanges(_ state: State, _ range: Range<Int>) -> Effect<Action> {
    .ask(
      JournalWindow(JournalFilter(after: state.lastSeen), window(range)),
      slot: "overview.changes"
    ) { .changesAnswered($0) }
  }

  private static func window(_ range: Range<Int>) -> RowWindow {
    RowWindow(start: range.lowerBound, count: max(30, range.count))
  }

  /// Goes to the decision that waits; by a menu where several do.
  private static func approvals(_ state: State) -> [Effect<Action>] {
    guard let first = state.approvals.first else { return [] }
    guard state.approvals.count > 1 else { return [go(first)] }
    let entries = state.approvals.enumerated().map { index, row in
      MenuRequest<Action>.Entry(
        key: index < 9 ? Character("\(index + 1)") : nil,
        label: "\(row.markedReference) \(row.decision.facts.decision.label)",
        note: row.decision.facts.rule.isEmpty ? row.title : row.decision.facts.rule,
        action: .approvalChosen(row)
      )
    }
    return [.present(.menu(MenuRequest(title: "Waiting for your approval", entries: entries)))]
  }

  private static func go(_ row: PendingApprovals.Row) -> Effect<Action> {
    .go(.item(Subject(.decision, row.decision.id), of: row.decision.incident))
  }

  private static func open(_ state: State) -> [Effect<Action>] {
    switch state.part {
    case .themes:
      guard let step = state.themes.selectedRow?.posture?.steps.first else {
        return [.toast(Toast(.notice, "the record knows of nothing that would improve it"))]
      }
      return [.go(destination(of: step.place))]
    case .steps:
      guard let step = state.steps.selectedRow?.step else { return [] }
      return [.go(destination(of: step.place))]
    case .clocks:
      guard let record = state.clocks.selectedRow?.clock?.record else { return [] }
      return [.go(.item(Subject(.obligation, record.id), of: record.incident))]
    case .worst: return state.worst.selectedRow.map { [.go(.incident($0.id))] } ?? []
    case .tasks: return state.tasks.selectedRow.map { [.go(.incident($0.task.incident))] } ?? []
    case .changes:
      guard let subject = state.changes.selectedRow?.entry.subject else { return [] }
      return [.go(subject.kind == .incident ? .incident(subject.id) : .journal(subject))]
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "overview.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Open what is under the cursor; on a theme, what would improve it most",
        section: .move,
        hint: 1,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "overview.next",
        keys: [.tab],
        label: "next part",
        help: "Go to the next part of the overview",
        section: .move,
        hint: 2,
        action: { _ in .partMoved(1) }
      ),
      ActionRow(
        "overview.previous",
        keys: [.backTab],
        label: "part before",
        help: "Go to the part before",
        section: .move,
        action: { _ in .partMoved(-1) }
      ),
      ActionRow(
        "overview.explain",
        keys: [.character("K")],
        label: "what is this",
        help: "Show every measure of the theme under the cursor",
        section: .find,
        availability: {
          .when($0.part == .themes || $0.part == .steps, otherwise: "no theme is under the cursor")
        },
        action: { _ in .explainPressed }
      ),
      ActionRow(
        "overview.incidents",
        keys: [.character("o")],
        label: "open incidents",
        help: "List all open incidents",
        section: .find,
        hint: 3,
        action: { _ in .incidentsPressed }
      ),
      ActionRow(
        "overview.approvals",
        keys: [.character("w")],
        label: "waiting for you",
        help: "Go to a decision that waits for your approval",
        section: .find,
        menuKey: "w",
        availability: {
          .when(!$0.approvals.isEmpty, otherwise: "no decision waits for your approval")
        },
        action: { _ in .approvalsPressed }
      ),
      ActionRow(
        "overview.seen",
        label: "seen",
        help: "Say that all changes up to now were seen",
        section: .mark,
        menuKey: "s",
        action: { _ in .seenPressed }
      ),
    ]
}

extension OpenTasks.Row: Identifiable {
  /// The task's number.
  public var id: RecordID { task.id }
}
