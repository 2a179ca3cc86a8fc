public import Drawing
public import Model

/// Phishing exercises: the trend over all of them, and how the one under the cursor went by group.
///
/// Numbers about too few people never come here: the record leaves them out.
public enum ExercisesTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The exercises, newest first.
    public var table = VirtualTable<PhishingTrend.Row>()
    /// The same, oldest first: the trend.
    public var trend: [PhishingTrend.Row] = []
    /// The one under the cursor by group; nil until it was read.
    public var board: PhishingByGroup.Board?
    /// Why nothing could be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case appeared
    case wanted(RecordID)
    case answered(Result<[PhishingTrend.Row], StoreError>)
    case boardAnswered(Result<PhishingByGroup.Board?, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case readPressed
    case editPressed
    case submitted(PhishingExercise, [String: String])
    case removePressed
    case revealPressed
    case revealed(PhishingExercise, String)
    case peopleAnswered(PhishingExercise, Result<PhishingReveal.Outcome, StoreError>)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared: return [.ask(PhishingTrend(), slot: "phishing.trend") { .answered($0) }]
    case .wanted(let id):
      if state.table.selectedID != id { state.board = nil }
      state.table.select(id: id, at: 0)
      return reduce(&state, .appeared, context)
    case .answered(.success(let rows)):
      (state.trend, state.problem) = (rows, nil)
      state.table.reload(rows.reversed())
      return readBoard(state)
    case .boardAnswered(.success(let board)):
      if board?.total.id == state.table.selectedRow?.id { state.board = board }
      return []
    case .answered(.failure(let error)), .boardAnswered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      let before = state.table.selectedRow?.id
      state.table.move(motion, height: max(1, layout(state, context.area).list.rows - 1))
      guard before != state.table.selectedRow?.id else { return [] }
      state.board = nil
      return readBoard(state)
    case .pressed(let point):
      guard let position = state.table.position(at: point, in: layout(state, context.area).list)
      else { return [] }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .readPressed:
      guard let board = state.board else { return [] }
      return [
        .present(
          .reader(
            title: board.total.exercise.facts.name,
            lines: head(board.total) + [Line()] + groupLines(board, columns: 76)
          )
        )
      ]
    case .editPressed:
      guard let exercise = state.table.selectedRow?.exercise else { return [] }
      return [
        .present(
          .form(
            FormRequest(
              title: "Phishing exercise",
              fields: [
                FormField.line("name", label: "Name", value: exercise.facts.name, isRequired: true),
                FormField.line(
                  "lure",
                  label: "Lure",
                  value: exercise.facts.lure,
                  help: "What the mail pretended to be"
                ),
              ],
              submit: { .submitted(exercise, $0) }
            )
          )
        )
      ]
    case .submitted(let exercise, let values):
      var facts = exercise.facts
      (facts.name, facts.lure) = (values["name"] ?? "", values["lure"] ?? "")
      guard facts != exercise.facts else { return [] }
      return [apply(EditRecord(id: exercise.id, basedOn: exercise.version, facts: facts))]
    case .removePressed:
      guard let exercise = state.table.selectedRow?.exercise else { return [] }
      return [apply(RemoveRecord<PhishingFacts>(id: exercise.id, basedOn: exercise.version))]
    case .revealPressed, .revealed, .peopleAnswered: return reveal(state, action)
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func apply(_ change: any Change) -> Effect<Action> {
    .apply([change]) { .changed($0) }
  }

  private static func readBoard(_ state: State) -> [Effect<Action>] {
    guard let exercise = state.table.selectedRow?.id else { return [] }
    return [
      .ask(PhishingByGroup(of: exercise), slot: "phishing.board") { .boardAnswered($0) }
    ]
  }

  private static func reveal(_ state: State, _ action: Action) -> [Effect<Action>] {
    switch action {
    case .revealPressed:
      guard let exercise = state.table.selectedRow?.exercise else { return [] }
      let prompt = PromptRequest<Action>(
        label: "why are results by person looked at",
        submit: { .revealed(exercise, $0) }
      )
      return [.present(.prompt(prompt))]
    case .revealed(let exercise, let reason):
      return [
        .work(
          Working(PhishingReveal(of: exercise.id, reason: reason)) {
            .peopleAnswered(exercise, $0)
          }
        )
      ]
    case .peopleAnswered(let exercise, .success(let people)):
      let lines = people.map { row in
        let reached =
          switch row.reached {
          case .notSent: "not sent"
          case .sent: "sent"
          case .opened: "opened"
          case .clicked: "clicked"
          case .submitted: "submitted"
          }
        return Line([
          Span(reached.padding(10)), Span(row.isReported ? "reported  " : "          ", .success),
          Span("\(row.pseudonym)  ", .textStrong),
          Span(Untrusted(row.identity?.name ?? "name not kept"), .personal),
        ])
      }
      return [.present(.reader(title: exercise.facts.name, lines: lines))]
    case .peopleAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    default: return []
    }
  }
}

extension String {
  /// The text with blanks behind it up to a width; for words of the program alone.
  func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
