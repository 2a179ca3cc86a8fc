public import Drawing
public import Model

/// One incident: a header with what matters most, and tabs.
public enum IncidentDetailPane: OpenedRecord {
  /// The tabs, from left to right.
  public enum Tab: Int, PaneTab {
    case facts, obligations, timeline, tasks, people, evidence, history

    /// The tab's title.
    public var title: String {
      switch self {
      case .facts: "Facts"
      case .obligations: "Obligations"
      case .timeline: "Timeline"
      case .tasks: "Tasks"
      case .people: "People and data"
      case .evidence: "Evidence"
      case .history: "History"
      }
    }
  }

  /// What the pane shows.
  public struct State: OpenedRecordState {
    /// Which incident.
    public let id: RecordID
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// What is to be said instead of the incident.
    public var problem: String?
    /// The tab that is shown.
    public var tab: Tab
    /// The tabs' own states.
    public var facts = FactsTab.State()
    /// The tab of duties, filings and decisions.
    public var obligations = ObligationsTab.State()
    /// The tab of the timeline.
    public var timeline = TimelineTab.State()
    /// The tab of tasks.
    public var tasks = TasksTab.State()
    /// The tab of people and data.
    public var people = PeopleTab.State()
    /// The tab of evidence.
    public var evidence = EvidenceTab.State()
    /// The tab of its journal.
    public var history = JournalPane.State()

    /// Whether the incident was read.
    public var isRead: Bool { incident != nil }

    /// Makes the pane for an incident that is yet to be read.
    public init(id: RecordID, tab: Tab = .facts) { (self.id, self.tab) = (id, tab) }
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged([Subject])
    case answered(Result<Incident?, StoreError>)
    case tabMoved(Int)
    case moved(Motion)
    case itemWanted(Subject)
    case mailingsPressed
    case mailingsAnswered(Result<Page<MailingBoard.Row>, StoreError>)
    /// A mailing is to be shown; nil for a new one.
    case mailingChosen(RecordID?)
    case facts(FactsTab.Action)
    case obligations(ObligationsTab.Action)
    case timeline(TimelineTab.Action)
    case tasks(TasksTab.Action)
    case people(PeopleTab.Action)
    case evidence(EvidenceTab.Action)
    case history(JournalPane.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let inner = Self.inner(context)
    switch action {
    case .appeared, .recordChanged:
      let id = state.id
      return [.ask(IncidentDetail(id: id), slot: "detail.incident") { .answered($0) }]
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .answered(.success(nil)):
      state.problem = "this incident is not in the record"
      return []
    case .answered(.success(let incident?)):
      state.problem = nil
      state.incident = incident
      return show(&state, context)
    case .tabMoved(let step): return turn(&state, by: step, context)
    case .moved(let motion): return move(&state, motion, context)
    case .itemWanted(let item): return turn(&state, to: item, context)
    case .mailingsPressed:
      let window = RowWindow(start: 0, count: 30)
      return [
        .ask(MailingBoard(incident: state.id, window: window), slot: "detail.mailings") {
          .mailingsAnswered($0)
        }
      ]
    case .mailingsAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .mailingsAnswered(.success(let page)):
      return [.present(.menu(mailings(page)))]
    case .mailingChosen(let id):
      return [.go(id.map { .mailing($0) } ?? .newMailing(state.id, obligations: []))]
    case .facts(let action):
      return FactsTab.reduce(&state.facts, action, inner).map { $0.map(Action.facts) }
    case .obligations(let action):
      return ObligationsTab.reduce(&state.obligations, action, inner)
        .map { $0.map(Action.obligations) }
    case .timeline(let action):
      return TimelineTab.reduce(&state.timeline, action, inner).map { $0.map(Action.timeline) }
    case .tasks(let action):
      return TasksTab.reduce(&state.tasks, action, inner).map { $0.map(Action.tasks) }
    case .people(let action):
      return PeopleTab.reduce(&state.people, action, inner).map { $0.map(Action.people) }
    case .evidence(let action):
      return EvidenceTab.reduce(&state.evidence, action, inner).map { $0.map(Action.evidence) }
    case .history(let action):
      return JournalPane.reduce(&state.history, action, inner).map { $0.map(Action.history) }
    }
  }

  /// The incident's mailings, and a new one.
  private static func mailings(_ page: Page<MailingBoard.Row>) -> MenuRequest<Action> {
    let keys = Array("123456789")
    let entries = page.rows.enumerated().map { index, row in
      let told = MailingMeter.percent(row.coverage).map { "\($0) % told" } ?? "nobody listed"
      return MenuRequest<Action>.Entry(
        key: index < keys.count ? keys[index] : nil,
        label: "\(row.mailing.reference) \(row.mailing.facts.name)",
        note: told,
        action: .mailingChosen(row.id)
      )
    }
    let new = MenuRequest<Action>.Entry(
      key: "c",
      label: "new mailing …",
      note: "who is told of this",
      action: .mailingChosen(nil)
    )
    return MenuRequest(title: "Mailings", entries: entries + [new])
  }

  /// Turns to the tab of a record that hangs from the incident, and puts the cursor on it.
  private static func turn(_ state: inout State, to item: Subject, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let wanted: Action
    switch item.kind {
    case .timelineEntry: (state.tab, wanted) = (.timeline, .timeline(.itemWanted(item.id)))
    case .task: (state.tab, wanted) = (.tasks, .tasks(.itemWanted(item.id)))
    case .evidence: (state.tab, wanted) = (.evidence, .evidence(.itemWanted(item.id)))
    case .obligation, .filing, .decision, .assessment:
      (state.tab, wanted) = (.obligations, .obligations(.itemWanted(item)))
    default: return []
    }
    return reduce(&state, wanted, context) + show(&state, context)
  }

  /// Gives the incident to the tab that is shown; the others get it when they are turned to.
  public static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    guard let incident = state.incident else { return [] }
    return switch state.tab {
    case .facts: reduce(&state, .facts(.shown(incident)), context)
    case .obligations: reduce(&state, .obligations(.shown(incident)), context)
    case .timeline: reduce(&state, .timeline(.shown(incident)), context)
    case .tasks: reduce(&state, .tasks(.shown(incident)), context)
    case .people: reduce(&state, .people(.shown(incident)), context)
    case .evidence: reduce(&state, .evidence(.shown(incident)), context)
    case .history: reduce(&state, .history(.subjectShown(Subject(.incident, incident.id))), context)
    }
  }

  // MARK: What the tabs are

  /// The tab as the incident sees it.
  public static func part(_ tab: Tab) -> RecordPart<State, Action> {
    switch tab {
    case .facts: RecordPart(keysOnly: FactsTab.self, \.facts, Action.facts)
    case .obligations:
      RecordPart(keysOnly: ObligationsTab.self, \.obligations, Action.obligations)
    case .timeline: RecordPart(keysOnly: TimelineTab.self, \.timeline, Action.timeline)
    case .tasks: RecordPart(keysOnly: TasksTab.self, \.tasks, Action.tasks)
    case .people: RecordPart(keysOnly: PeopleTab.self, \.people, Action.people)
    case .evidence: RecordPart(keysOnly: EvidenceTab.self, \.evidence, Action.evidence)
    case .history:
      // The journal of one incident: nothing leads out of it but the incident's own keys.
      RecordPart(
        keysOnly: JournalPane.self,
        \.history,
        Action.history,
        without: ["back", "journal.filter"]
      )
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    TabRows.rows { .tabMoved($0) } + [
      ActionRow(
        "incident.mailings",
        label: "mailings …",
        help: "Go to a mailing of this incident, or open one: who is told of it",
        section: .find,
        menuKey: "5",
        availability: { .when($0.incident != nil, otherwise: "the incident is yet to be read") },
        action: { _ in .mailingsPressed }
      )
    ]

  // MARK: The header

  /// A list stands beside it: its rows are few, and the line is worth one of them.
  public static var headlineFrom: Int { 8 }

  /// Which incident it is.
  public static func title(_ state: State) -> [Span] {
    guard let incident = state.incident else { return [] }
    return [Span(" \(incident.reference)  ", .heading, .bold)]
      + Look.exercise(incident.isExercise)
      + [Span(Untrusted(incident.facts.title), .textStrong)]
  }

  /// What matters most of it.
  public static func headline(_ state: State, _ context: PaneContext) -> [Span] {
    guard let incident = state.incident else { return [] }
    var spans = [
      Span(" "), Look.severity(incident.facts.severity), Span(" · ", .textMuted),
      Look.state(incident.state), Span(" · ", .textMuted), Span(incident.facts.outcome.label),
    ]
    if let exercise = incident.exercise {
      spans.append(Span(" · ", .textMuted))
      spans.append(Span(exercise.end == nil ? "exercise" : "exercise, ended", .textStrong))
    }
    if let aware = aware(state) {
      spans.append(Span(" · aware ", .textMuted))
      spans.append(Span("\(TimeWords.length(context.now - aware.earliest)) ago"))
    }
    return spans
  }

  /// When the length of the awareness will read differently.
  public static func nextHeadline(_ state: State, _ context: PaneContext) -> Instant? {
    guard let aware = aware(state) else { return nil }
    let minutes = (context.now - aware.earliest).wholeMilliseconds / 60_000
    return aware.earliest + .seconds((minutes + 1) * 60)
  }

  private static func aware(_ state: State) -> StatedTime? {
    state.incident.flatMap { $0.facts.instants[.aware] ?? $0.awareness?.awareAt }
  }
}
