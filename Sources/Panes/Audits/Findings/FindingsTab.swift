public import Drawing
public import Model

/// Findings, overdue ones first: all of them, or those that came from one audit; above them how many
/// stand where.
public enum FindingsTab: Pane {
  /// What is done with a finding.
  public enum Step: Sendable, Equatable {
    case assign, begin, remedy, check, close, accept, reopen, addAction
    case finishAction(Int)

    var title: String {
      switch self {
      case .assign: "Owner"
      case .begin: "Begin"
      case .remedy: "Remedied"
      case .check: "Check the remedy"
      case .close: "Close"
      case .accept: "Accept the risk"
      case .reopen: "Open again"
      case .addAction: "New corrective action"
      case .finishAction: "Action done"
      }
    }
  }

  /// Which findings are shown.
  public enum Scope: String, Sendable, CaseIterable {
    case open, overdue, mine, nobody, all

    var label: String {
      switch self {
      case .open: "open ones"
      case .overdue: "overdue ones"
      case .mine: "mine"
      case .nobody: "nobody's"
      case .all: "all, closed and accepted ones too"
      }
    }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The audit whose findings are shown; nil for all.
    public var audit: RecordID?
    /// Which of them.
    public var scope = Scope.all
    /// The findings, overdue first.
    public var table = VirtualTable<Finding>()
    /// How many there are, of which at most ``most`` are held.
    public var total = 0
    /// Why they could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown(audit: RecordID?)
    case wanted(RecordID)
    case answered(Result<Page<Finding>, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case readPressed
    case detailsAnswered(Result<FindingDetails.Details?, StoreError>)
    case createPressed, editPressed, removePressed
    case submitted(Finding?, [String: String])
    case stepPressed(Step)
    case finishPressed
    case stepped(Step, Finding, [String: String])
    case filterPressed
    case filterChosen(Scope)
    case backPressed
    case changed(Result<[Receipt], StoreError>)
  }

  /// How many findings are held: the worst ones.
  static let most = 1000

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let audit):
      if state.audit != audit { state = State() }
      state.audit = audit
      return [read(state, context)]
    case .wanted(let id):
      if state.audit != nil { state = State() }
      state.scope = .all
      state.table.select(id: id, at: 0)
      return [read(state, context)]
    case .answered(.success(let page)):
      state.problem = nil
      state.total = page.total
      state.table.reload(arranged(page.rows, at: context.now))
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: height(state, context))
      return []
    case .pressed(let point):
      let list = layout(state, context.area).list
      guard let position = state.table.position(at: point, in: list) else { return [] }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .readPressed:
      guard let finding = state.table.selectedRow else { return [] }
      return [
        .ask(FindingDetails(id: finding.id), slot: "findings.details") { .detailsAnswered($0) }
      ]
    case .detailsAnswered(.success(let details)):
      guard let details else {
        return [.toast(Toast(.failure, "the finding is not in the record any more"))]
      }
      return [
        .present(
          .reader(
            title: details.finding.reference,
            lines: FindingText.lines(details, context)
          )
        )
      ]
    case .filterPressed:
      let entries = zip(Scope.allCases, ["o", "l", "m", "n", "a"] as [Character]).map {
        MenuRequest<Action>.Entry(key: $1, label: $0.label, action: .filterChosen($0))
      }
      return [.present(.menu(MenuRequest(title: "Show of the findings", entries: entries)))]
    case .filterChosen(let scope):
      state.scope = scope
      return [read(state, context)]
    case .backPressed:
      return reduce(&state, .filterChosen(.all), context)
    case .createPressed: return [present(nil)]
    case .editPressed: return state.table.selectedRow.map { [present($0)] } ?? []
    case .removePressed:
      guard let finding = state.table.selectedRow else { return [] }
      return [apply(RemoveFinding(id: finding.id, basedOn: finding.version))]
    case .submitted(let finding, let values):
      return submit(finding, values, context)
    case .finishPressed: return finish(state)
    case .stepPressed(let step):
      guard let finding = state.table.selectedRow else { return [] }
      let fields = FindingForms.fields(step, context)
      guard !fields.isEmpty else {
        return reduce(&state, .stepped(step, finding, [:]), context)
      }
      return [
        .present(
          .form(
            FormRequest(
              title: "\(finding.reference) · \(step.title)",
              fields: fields,
              draftKey: "finding.\(finding.id).\(step)",
              submit: { .stepped(step, finding, $0) }
            )
          )
        )
      ]
    case .stepped(let step, let finding, let values):
      do {
        return [apply(try FindingForms.change(step, values, finding, context))]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)), .detailsAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func apply(_ change: any Change) -> Effect<Action> {
    .apply([change]) { .changed($0) }
  }

  private static func read(_ state: State, _ context: PaneContext) -> Effect<Action> {
    var filter = FindingFilter(audit: state.audit)
    switch state.scope {
    case .open: filter.states = Set(FindingState.allCases.filter(\.isOpen))
    case .overdue: filter.isOverdue = true
    case .mine: filter.owner = context.actor.name
    case .nobody: filter.owner = ""
    case .all: break
    }
    return .ask(
      FindingList(filter, window: RowWindow(start: 0, count: most)),
      slot: "findings.list"
    ) { .answered($0) }
  }

  /// Overdue ones first, then open ones, then the others; among them as the record orders them.
  static func arranged(_ findings: [Finding], at now: Instant) -> [Finding] {
    func rank(_ finding: Finding) -> Int {
      finding.isOverdue(at: now) ? 0 : finding.state(at: now).isOpen ? 1 : 2
    }
    return (0...2).flatMap { wanted in findings.filter { rank($0) == wanted } }
  }

  private static func present(_ finding: Finding?) -> Effect<Action> {
    .present(
      .form(
        FormRequest(
          title: finding.map { "\($0.reference) · Finding" } ?? "New finding",
          fields: FindingForms.fields(finding?.facts ?? FindingFacts(title: "", severity: .medium)),
          draftKey: finding.map { "finding.\($0.id)" } ?? "finding.new",
          submit: { .submitted(finding, $0) }
        )
      )
    )
  }

  private static func submit(
    _ finding: Finding?,
    _ values: [String: String],
    _ context: PaneContext
  ) -> [Effect<Action>] {
    do {
      let before = finding?.facts ?? FindingFacts(title: "", severity: .medium)
      let facts = try FindingForms.facts(values, before, context)
      guard let finding else { return [apply(OpenFinding(facts: facts))] }
      guard facts != before else { return [.toast(Toast(.notice, "nothing was altered"))] }
      return [apply(EditFinding(id: finding.id, basedOn: finding.version, facts: facts))]
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  /// Which corrective action is done: the only open one, or one of a menu.
  private static func finish(_ state: State) -> [Effect<Action>] {
    guard let finding = state.table.selectedRow else { return [] }
    let open = finding.facts.actions.enumerated().filter { $0.element.done == nil }
    guard !open.isEmpty else {
      return [.toast(Toast(.notice, "no corrective action is open; x n adds one"))]
    }
    let entries = open.prefix(9).map { index, action in
      MenuRequest<Action>.Entry(
        key: Character("\(index % 9 + 1)"),
        label: action.title,
        note: action.owner ?? "",
        action: .stepped(.finishAction(index), finding, [:])
      )
    }
    return [.present(.menu(MenuRequest(title: "Which is done?", entries: entries)))]
  }

  /// Whether going back would end something in the tab, and not leave it.
  static func holdsBack(_ state: State) -> Bool { state.scope != .all }
}
