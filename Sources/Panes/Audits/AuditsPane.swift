public import Drawing
public import Model

/// The view of audits: all audits, all findings, all frameworks; and the audit that was opened.
public enum AuditsPane: Pane {
  /// The tabs of the view while no audit is open.
  public enum Tab: Int, PaneTab {
    case audits, findings, frameworks

    /// The tab's title.
    public var title: String {
      switch self {
      case .audits: "Audits"
      case .findings: "Findings"
      case .frameworks: "Frameworks"
      }
    }
  }

  /// What the view shows.
  public struct State: Sendable {
    /// The tab that is shown.
    public var tab = Tab.audits
    /// The audits, newest first.
    public var table = VirtualTable<AuditRow>()
    /// The findings that came from each audit.
    public var counts: [RecordID: AuditFindingCounts.Row] = [:]
    /// The words that all rows have; empty for all.
    public var filterText = ""
    /// All audits that were read.
    public var rows: [AuditRow] = []
    /// The tab of findings.
    public var findings = FindingsTab.State()
    /// The tab of frameworks.
    public var frameworks = FrameworksTab.State()
    /// The audit that is open.
    public var open: AuditPane.State?
    /// Why the audits could not be read.
    public var problem: String?

    /// Makes the view as it opens.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    case answered(Result<[AuditRow], StoreError>)
    case countsAnswered(Result<[AuditFindingCounts.Row], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    case opened(String)
    case findingWanted(RecordID)
    case tabMoved(Int)
    case filterPressed
    case filterTyped(String)
    case startPressed(framework: RecordID?)
    case frameworksAnswered(RecordID?, Result<[FrameworkRow], StoreError>)
    case startSubmitted([String: String])
    case started(Result<[Receipt], StoreError>)
    case backPressed
    case audit(AuditPane.Action)
    case findings(FindingsTab.Action)
    case frameworks(FrameworksTab.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared, .recordChanged:
      if state.open != nil { return reduceOpen(&state, .recordChanged, context) }
      return show(&state, context)
    case .answered(.success(let rows)):
      state.problem = nil
      state.rows = rows
      load(&state)
      return []
    case .countsAnswered(.success(let counts)):
      state.counts = Dictionary(counts.map { ($0.audit, $0) }) { first, _ in first }
      return []
    case .answered(.failure(let error)), .countsAnswered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      return move(&state, motion, context)
    case .pressed(let point):
      return pressed(&state, point, context)
    case .openPressed:
      guard let row = state.table.selectedRow else { return [] }
      return reduce(&state, .opened(row.audit.reference), context)
    case .opened(let reference):
      state.open = AuditPane.State(reference: reference)
      return reduceOpen(&state, .appeared, context)
    case .findingWanted(let id):
      (state.open, state.tab) = (nil, .findings)
      return reduce(&state, .findings(.wanted(id)), context)
    case .tabMoved(let step):
      state.tab = state.tab.turned(by: step)
      return show(&state, context)
    case .filterPressed: return [.filterPrompt(state.filterText) { .filterTyped($0) }]
    case .filterTyped(let text):
      state.filterText = text
      load(&state)
      return []
    case .startPressed, .frameworksAnswered, .startSubmitted, .started:
      return start(&state, action, context)
    case .backPressed:
      return back(&state, context)
    case .audit(.closed):
      state.open = nil
      return show(&state, context)
    case .frameworks(.startWanted(let framework)):
      return start(&state, .startPressed(framework: framework), context)
    case .audit(let action):
      return reduceOpen(&state, action, context)
    case .findings(let action):
      return FindingsTab.reduce(&state.findings, action, inner(context))
        .map { $0.map(Action.findings) }
    case .frameworks(let action):
      return FrameworksTab.reduce(&state.frameworks, action, inner(context))
        .map { $0.map(Action.frameworks) }
    }
  }

  private static func reduceOpen(
    _ state: inout State,
    _ action: AuditPane.Action,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard var open = state.open else { return [] }
    let effects = AuditPane.reduce(&open, action, context)
    state.open = open
    return effects.map { $0.map(Action.audit) }
  }

  /// Reads what the tab shows.
  private static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    switch state.tab {
    case .audits:
      [
        .ask(AuditList(), slot: "audits.list") { .answered($0) },
        .ask(AuditFindingCounts(), slot: "audits.findings") { .countsAnswered($0) },
      ]
    case .findings: reduce(&state, .findings(.shown(audit: nil)), context)
    case .frameworks: reduce(&state, .frameworks(.appeared), context)
    }
  }

  private static func load(_ state: inout State) {
    let needle = state.filterText.lowercased()
    state.table.reload(
      state.rows.filter { row in
        needle.isEmpty
          || [
            row.audit.reference, row.audit.facts.title, row.name, row.audit.facts.auditor,
            row.audit.state.label,
          ].contains { $0.lowercased().contains(needle) }
      }
    )
  }

  private static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext)
    -> [Effect<Action>]
  {
    if state.open != nil { return reduceOpen(&state, .moved(motion), context) }
    switch state.tab {
    case .audits:
      state.table.move(motion, height: max(1, layout(state, context.area).list.rows - 1))
      return []
    case .findings: return reduce(&state, .findings(.moved(motion)), context)
    case .frameworks: return reduce(&state, .frameworks(.moved(motion)), context)
    }
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    if state.open != nil { return reduceOpen(&state, .pressed(point), context) }
    let area = tabArea(context.area)
    guard area.contains(point) else { return [] }
    let inside = Point(column: point.column - area.column, row: point.row - area.row)
    switch state.tab {
    case .audits:
      guard let position = state.table.position(at: point, in: layout(state, context.area).list)
      else { return [] }
      if position == state.table.cursor { return reduce(&state, .openPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .findings: return reduce(&state, .findings(.pressed(inside)), context)
    case .frameworks: return reduce(&state, .frameworks(.pressed(inside)), context)
    }
  }

  private static func back(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    if state.open != nil { return reduceOpen(&state, .backPressed, context) }
    switch state.tab {
    case .audits where !state.filterText.isEmpty:
      return reduce(&state, .filterTyped(""), context)
    case .findings where FindingsTab.holdsBack(state.findings):
      return reduce(&state, .findings(.backPressed), context)
    case .frameworks where FrameworksTab.holdsBack(state.frameworks):
      return reduce(&state, .frameworks(.backPressed), context)
    default: return [.go(.back)]
    }
  }

  // MARK: Starting

  private static func start(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .startPressed(let framework):
      return [
        .ask(FrameworkList(), slot: "audits.frameworks") { .frameworksAnswered(framework, $0) }
      ]
    case .frameworksAnswered(_, .failure(let error)), .started(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .frameworksAnswered(let chosen, .success(let frameworks)):
      guard !frameworks.isEmpty else {
        let advice = "there is no framework yet: tocsin import framework gdpr-controller"
        return [.toast(Toast(.failure, advice))]
      }
      let isListed = state.tab == .audits
      let previous =
        isListed ? state.table.selectedRow : state.rows.first { $0.audit.framework == chosen }
      return [
        .present(
          .form(
            FormRequest(
              title: "Start an audit",
              fields: AuditForms.starting(
                frameworks,
                state.rows,
                chosen: chosen,
                after: previous,
                context
              ),
              draftKey: "audit.new",
              submit: { .startSubmitted($0) }
            )
          )
        )
      ]
    case .startSubmitted(let values):
      guard let framework = values["framework"].flatMap(RecordID.init) else { return [] }
      let facts = AuditForms.facts(values, AuditForms.names(values["groups"] ?? ""))
      let previous = values["previous"].flatMap(RecordID.init)
      return [
        .apply([StartAudit(framework: framework, facts: facts, previous: previous)]) {
          .started($0)
        }
      ]
    case .started(.success(let receipts)):
      guard let reference = receipts.last?.reference else { return [] }
      state.tab = .audits
      return [.toast(Toast(.done, "\(reference) started; i answers · u undoes"))]
        + reduce(&state, .opened(reference), context)
    default: return []
    }
  }

  private static func inner(_ context: PaneContext) -> PaneContext {
    context.part(tabArea(context.area), isFocused: true)
  }
}
