public import Drawing
public import Model

/// Requests by people: open ones by due time, then those that ended.
///
/// Who they are stays sealed.
public enum RequestsTab: Pane {
  /// What is done with a request by a form of its own.
  public enum Step: Sendable, Equatable {
    case confirm, assign, concern, identity, addTask, delay, answer, refuse, withdraw, reopen

    var title: String {
      switch self {
      case .confirm: "Receipt confirmed"
      case .assign: "Handler"
      case .concern: "Activities it concerns"
      case .identity: "Who asks?"
      case .addTask: "To be done"
      case .delay: "Takes longer"
      case .answer: "Answered"
      case .refuse: "Refused"
      case .withdraw: "Withdrawn"
      case .reopen: "Open again"
      }
    }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The requests, of which at most ``most`` are held.
    public var table = VirtualTable<RightsRequest>()
    /// Which of them; nil for all.
    public var shown: RequestState? = .open
    /// How many there are.
    public var total = 0
    /// The reference that the cursor goes to once it was read.
    public var wanted = ""
    /// Why they could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown
    case answered(Result<Page<RightsRequest>, StoreError>)
    case wanted(String)
    case moved(Motion)
    case pressed(Point)
    case readPressed
    case detailsAnswered(Result<RequestDetails.Details?, StoreError>)
    case logPressed
    case logSubmitted([String: String])
    case logged(Result<RequestIntake.Outcome, StoreError>)
    case revealPressed
    case reasonTyped(RecordID, String)
    case revealed(String, Result<RequestReveal.Outcome, StoreError>)
    case stepPressed(Step)
    case stepped(Step, RightsRequest, [String: String])
    case ended(Result<Version, StoreError>)
    case taskPressed
    case taskChosen(RightsRequest, Int, isDone: Bool)
    case removePressed
    case filterPressed
    case filterChosen(RequestState?)
    case backPressed
    case changed(Result<[Receipt], StoreError>)
  }

  /// How many requests are held.
  static let most = 1000

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown: return [read(state)]
    case .answered(.success(let page)):
      (state.problem, state.total) = (nil, page.total)
      state.table.reload(page.rows)
      return state.wanted.isEmpty ? [] : reduce(&state, .wanted(state.wanted), context)
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .wanted(let reference):
      if let index = state.table.rows.firstIndex(where: { $0.reference == reference }) {
        state.wanted = ""
        state.table.select(id: state.table.rows[index].id, at: index)
        return []
      }
      // It may have ended, and is not among those that are shown then.
      guard state.wanted.isEmpty else {
        state.wanted = ""
        return []
      }
      state.wanted = reference
      return reduce(&state, .filterChosen(nil), context)
    case .moved(let motion):
      state.table.move(motion, height: PrivacyLayout.split(context.area).listHeight)
      return []
    case .pressed(let point):
      guard let position = PrivacyLayout.position(of: state.table, at: point, context) else {
        return []
      }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .filterPressed:
      let entries =
        [MenuRequest<Action>.Entry(key: "*", label: "all", action: .filterChosen(nil))]
        + zip(["o", "a", "r", "w"] as [Character], RequestState.allCases).map {
          .init(key: $0, label: $1.label, action: .filterChosen($1))
        }
      return [.present(.menu(MenuRequest(title: "Show requests that are", entries: entries)))]
    case .filterChosen(let shown):
      state.shown = shown
      return [read(state)]
    case .backPressed: return reduce(&state, .filterChosen(.open), context)
    case .logPressed: return [.present(.form(RequestForms.log))]
    case .logSubmitted(let values):
      do {
        return [.work(try RequestForms.intake(values, context)) { .logged($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .logged(.success(let outcome)):
      state.wanted = outcome.reference
      return [.toast(Toast(.done, "written down as \(outcome.reference)")), read(state)]
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .ended(.success): return [.toast(Toast(.done, "the request has ended · u undoes"))]
    case .changed(.failure(let error)), .detailsAnswered(.failure(let error)),
      .logged(.failure(let error)), .revealed(_, .failure(let error)), .ended(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .reasonTyped(let id, let reason):
      guard reason.contains(where: { !$0.isWhitespace }) else {
        return [.toast(Toast(.notice, "say why: it stands in the journal with your name"))]
      }
      let title = state.table.rows.first { $0.id == id }?.reference ?? ""
      return [.work(RequestReveal(id: id, reason: reason)) { .revealed(title, $0) }]
    case .revealed(let title, .success(let revealed)):
      return [.present(.reader(title: title, lines: RequestText.lines(revealed)))]
    case .stepped(let step, let request, let values):
      do {
        return [try RequestForms.effect(step, request, values, context)]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    default: return state.table.selectedRow.map { work($0, action, context) } ?? []
    }
  }

  private static func read(_ state: State) -> Effect<Action> {
    .ask(
      RequestList(
        RequestFilter(states: state.shown.map { [$0] }),
        window: RowWindow(start: 0, count: most)
      ),
      slot: "privacy.requests"
    ) { .answered($0) }
  }

  /// What is done with the request under the cursor.
  private static func work(_ request: RightsRequest, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .readPressed:
      return [
        .ask(RequestDetails(id: request.id), slot: "privacy.request") { .detailsAnswered($0) }
      ]
    case .detailsAnswered(.success(let details)):
      guard let details else {
        return [.toast(Toast(.failure, "the request is not in the record any more"))]
      }
      let lines =
        RequestText.lines(details.request, context)
        + PrivacyText.history(details.history, context.dutyZone)
      return [.present(.reader(title: details.request.reference, lines: lines))]
    case .revealPressed:
      let prompt = PromptRequest<Action>(
        label: "why must it be read",
        submit: { .reasonTyped(request.id, $0) }
      )
      return [.present(.prompt(prompt))]
    case .stepPressed(let step):
      return [
        .present(
          .form(
            FormRequest(
              title: "\(request.reference) · \(step.title)",
              fields: RequestForms.fields(step, request),
              isPersonal: step == .answer || step == .refuse,
              submit: { .stepped(step, request, $0) }
            )
          )
        )
      ]
    case .taskPressed:
      guard !request.facts.tasks.isEmpty else {
        return [.toast(Toast(.notice, "there is no task; x t adds one"))]
      }
      let letters = Array("abcdefghijklmnoprstuvwyz")
      let entries = zip(letters, request.facts.tasks.enumerated()).map { letter, item in
        MenuRequest<Action>.Entry(
          key: letter,
          label: item.element.title,
          note: item.element.doneAt == nil ? "" : "done",
          action: .taskChosen(request, item.offset + 1, isDone: item.element.doneAt == nil)
        )
      }
      return [.present(.menu(MenuRequest(title: "Which is done, or not?", entries: entries)))]
    case .taskChosen(let request, let number, let isDone):
      return [
        .apply([
          MoveRequest(
            id: request.id,
            basedOn: request.version,
            step: .task(number, isDone: isDone)
          )
        ]) { .changed($0) }
      ]
    case .removePressed:
      return [.apply([RemoveRequest(id: request.id, basedOn: request.version)]) { .changed($0) }]
    default: return []
    }
  }

  /// Whether going back would end something in the tab, and not leave it.
  static func holdsBack(_ state: State) -> Bool { state.shown != .open }
}
