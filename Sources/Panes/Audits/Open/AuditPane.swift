public import Drawing
public import Model

/// One audit that was opened: a header with where it stands, and tabs.
public enum AuditPane: OpenedRecord {
  /// The tabs, from left to right.
  public enum Tab: Int, PaneTab {
    case items, heatmap, findings, differences, signOff

    /// The tab's title.
    public var title: String {
      switch self {
      case .items: "Items"
      case .heatmap: "Heatmap"
      case .findings: "Findings"
      case .differences: "Differences"
      case .signOff: "Sign-off"
      }
    }
  }

  /// What the pane shows.
  public struct State: OpenedRecordState {
    /// Which audit, by its reference.
    public let reference: String
    /// The audit; nil until it was read.
    public var audit: OpenAudit?
    /// What is to be said instead of the audit.
    public var problem: String?
    /// The tab that is shown.
    public var tab = Tab.items
    /// The tab of the tree.
    public var items = AuditItemsTab.State()
    /// The tab of the chapters.
    public var heatmap = HeatmapTab.State()
    /// The tab of the findings.
    public var findings = FindingsTab.State()
    /// The tab that compares with the audit before.
    public var differences = DifferencesTab.State()
    /// The tab of signatures.
    public var signOff = SignOffTab.State()

    /// Whether the audit was read.
    public var isRead: Bool { audit != nil }

    /// Makes the pane for an audit that is yet to be read.
    public init(reference: String) { self.reference = reference }
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    case answered(Result<[AuditRow], StoreError>)
    case frameworkAnswered(AuditRow, Result<FrameworkDetails.Details?, StoreError>)
    case detailsAnswered(Result<AuditDetails.Details?, StoreError>)
    case tabMoved(Int)
    case backPressed
    /// It is to be closed; the view around does it.
    case closed
    case moved(Motion)
    case pressed(Point)
    case items(AuditItemsTab.Action)
    case heatmap(HeatmapTab.Action)
    case findings(FindingsTab.Action)
    case differences(DifferencesTab.Action)
    case signOff(SignOffTab.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let inner = Self.inner(context)
    switch action {
    case .appeared:
      return [readRow]
    case .recordChanged:
      return [readRow] + (state.audit == nil ? [] : changed(&state, context))
    case .answered(.failure(let error)), .frameworkAnswered(_, .failure(let error)),
      .detailsAnswered(.failure(let error)):
      state.problem = error.description
      return []
    case .answered(.success(let rows)):
      guard let row = rows.first(where: { $0.audit.reference == state.reference }) else {
        state.problem = "this audit is not in the record any more"
        return []
      }
      state.problem = nil
      guard state.audit == nil else {
        state.audit?.row = row
        state.items.audit = state.audit
        return []
      }
      return [
        .ask(FrameworkDetails(id: row.audit.framework), slot: "audit.framework") {
          .frameworkAnswered(row, $0)
        }
      ]
    case .frameworkAnswered(let row, .success(let details)):
      // Of a framework that was removed only the audit itself knows the scale.
      guard let details else { return [readDetails(state)] }
      state.audit = OpenAudit(row: row, scale: details.framework.scale)
      return show(&state, context)
    case .detailsAnswered(.success(let details)):
      guard let details else { return [] }
      let isFirst = state.audit == nil
      if isFirst { state.audit = OpenAudit(row: details.row, scale: details.scale) }
      return reduce(&state, .signOff(.shown(details)), context)
        + (isFirst ? show(&state, context) : [])
    case .tabMoved(let step):
      state.items.isAnswering = false
      return turn(&state, by: step, context)
    case .backPressed: return stepBack(&state, context, closed: .closed)
    case .closed: return []
    case .moved(let motion): return move(&state, motion, context)
    case .pressed(let point): return press(&state, point, context)
    case .heatmap(.opened(let place)), .differences(.opened(let place)):
      state.tab = .items
      return reduce(&state, .items(.placeWanted(place)), context)
    case .items(let action):
      return AuditItemsTab.reduce(&state.items, action, inner).map { $0.map(Action.items) }
    case .heatmap(let action):
      return HeatmapTab.reduce(&state.heatmap, action, inner).map { $0.map(Action.heatmap) }
    case .findings(let action):
      return FindingsTab.reduce(&state.findings, action, inner).map { $0.map(Action.findings) }
    case .differences(let action):
      return DifferencesTab.reduce(&state.differences, action, inner)
        .map { $0.map(Action.differences) }
    case .signOff(let action):
      return SignOffTab.reduce(&state.signOff, action, inner).map { $0.map(Action.signOff) }
    }
  }

  private static var readRow: Effect<Action> {
    .ask(AuditList(), slot: "audit.row") { .answered($0) }
  }

  /// Asks for the signatures and the hash of the whole content: only where they are seen.
  private static func readDetails(_ state: State) -> Effect<Action> {
    .ask(AuditDetails(state.reference), slot: "audit.details") { .detailsAnswered($0) }
  }

  /// Gives the audit to the tab that is shown; the others get it when they are turned to.
  public static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    guard let audit = state.audit else { return [] }
    switch state.tab {
    case .items: return reduce(&state, .items(.shown(audit)), context)
    case .heatmap:
      state.items.audit = audit
      return reduce(&state, .heatmap(.shown(audit.row.id)), context)
    case .findings: return reduce(&state, .findings(.shown(audit: audit.row.id)), context)
    case .differences:
      state.items.audit = audit
      return reduce(&state, .differences(.shown(audit.row.audit)), context)
    case .signOff: return [readDetails(state)]
    }
  }

  /// Reads what the tab shows again.
  private static func changed(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    state.tab == .items ? reduce(&state, .items(.recordChanged), context) : show(&state, context)
  }

  // MARK: What the tabs are

  /// The tab as the audit sees it.
  public static func part(_ tab: Tab) -> RecordPart<State, Action> {
    switch tab {
    case .items:
      RecordPart(AuditItemsTab.self, \.items, Action.items) {
        AuditItemsTab.holdsBack($0) ? .backPressed : nil
      }
    case .heatmap: RecordPart(HeatmapTab.self, \.heatmap, Action.heatmap)
    case .findings:
      RecordPart(FindingsTab.self, \.findings, Action.findings) {
        FindingsTab.holdsBack($0) ? .backPressed : nil
      }
    case .differences:
      RecordPart(DifferencesTab.self, \.differences, Action.differences) {
        $0.kind != nil ? .backPressed : nil
      }
    case .signOff: RecordPart(keysOnly: SignOffTab.self, \.signOff, Action.signOff)
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    TabRows.rows(help: "Turn to the next tab: items, heatmap, findings, differences, sign-off") {
      .tabMoved($0)
    } + [
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "End a search, a filter or marks; then go back to the list of audits",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      )
    ]

  /// The audit's own rows; while items are answered the hints are those of the answers alone.
  public static func own(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    let isAnswering = query == .hints && state.tab == .items && state.items.isAnswering
    return isAnswering ? [] : actions.bound(to: state, for: query)
  }

  // MARK: The header

  /// Which audit it is.
  public static func title(_ state: State) -> [Span] {
    let row = state.audit?.row
    return [
      Span(" \(row?.audit.reference ?? state.reference)  ", .heading, .bold),
      Span(Untrusted(row?.audit.facts.title ?? ""), .textStrong),
    ]
  }

  /// Where the audit stands.
  public static func headline(_ state: State, _ context: PaneContext) -> [Span] {
    guard let row = state.audit?.row else { return [] }
    let score = row.tally.score
    var spans = [
      Span(" "), Look.audit(row.audit.state), Span(" · ", .textMuted), Span("score "),
      Span(Look.percent(score), Look.role(of: score), .bold), Span(" · ", .textMuted),
      Span("\(score.assessed) of \(score.items) assessed"),
    ]
    if row.tally.expired > 0 {
      spans += [Span(" · ", .textMuted), Span("! \(row.tally.expired) ran out", .warning, .bold)]
    }
    return spans + [Span(" · ", .textMuted), Span(Untrusted(row.name), .textMuted)]
  }
}
