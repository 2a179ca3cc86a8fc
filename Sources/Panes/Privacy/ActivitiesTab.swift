public import Drawing
public import Model

/// The processing activities, with what their record lacks.
public enum ActivitiesTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// All activities that were read.
    public var rows: [ActivityRow] = []
    /// Those that pass the filter, by reference.
    public var table = VirtualTable<ActivityRow>()
    /// The words that all rows have; empty for all.
    public var filterText = ""
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
    case answered(Result<[ActivityRow], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case readPressed
    case detailsAnswered(Result<ActivityDetails.Details?, StoreError>)
    case wanted(String)
    case createPressed, editPressed, removePressed
    case submitted(Activity?, [String: String])
    case justifyPressed
    case justifyChosen(Activity, String)
    case justified(Activity, String, [String: String])
    case rulePressed
    case ruleSubmitted(Activity, [String: String])
    case filterPressed
    case filterTyped(String)
    case backPressed
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown: return [.ask(ActivityList(), slot: "privacy.activities") { .answered($0) }]
    case .answered(.success(let rows)):
      state.problem = nil
      state.rows = rows
      load(&state)
      guard !state.wanted.isEmpty else { return [] }
      return reduce(&state, .wanted(state.wanted), context)
    case .wanted(let reference):
      state.wanted = state.rows.isEmpty ? reference : ""
      if let index = state.table.rows.firstIndex(where: { $0.activity.reference == reference }) {
        state.table.select(id: state.table.rows[index].id, at: index)
      }
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: layout(context.area).listHeight)
      return []
    case .pressed(let point):
      guard let position = PrivacyLayout.position(of: state.table, at: point, context) else {
        return []
      }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .filterPressed:
      let before = state.filterText
      let prompt = PromptRequest<Action>(
        label: "filter",
        text: before,
        changed: { .filterTyped($0) },
        submit: { .filterTyped($0) },
        cancel: .filterTyped(before)
      )
      return [.present(.prompt(prompt))]
    case .filterTyped(let text):
      state.filterText = text
      load(&state)
      return []
    case .backPressed: return reduce(&state, .filterTyped(""), context)
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)), .detailsAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .createPressed: return [PrivacyForms.present(nil) { .submitted(nil, $0) }]
    case .submitted(let activity, let values): return submit(activity, values, context)
    default:
      return state.table.selectedRow.map { work($0.activity, action, context) } ?? []
    }
  }

  /// What is done with the activity under the cursor.
  private static func work(_ activity: Activity, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .readPressed:
      return [
        .ask(ActivityDetails(id: activity.id), slot: "privacy.activity") { .detailsAnswered($0) }
      ]
    case .detailsAnswered(.success(let details)):
      guard let details else {
        return [.toast(Toast(.failure, "the activity is not in the record any more"))]
      }
      return [
        .present(
          .reader(
            title: details.row.activity.reference,
            lines: PrivacyText.lines(details, context)
          )
        )
      ]
    case .editPressed: return [PrivacyForms.present(activity) { .submitted(activity, $0) }]
    case .removePressed:
      return [.apply([RemoveActivity(id: activity.id, basedOn: activity.version)]) { .changed($0) }]
    case .justifyPressed:
      guard !activity.facts.data.isEmpty else {
        return [.toast(Toast(.notice, "it holds no data; e names some"))]
      }
      let letters = Array("abcdefghijklmnoprstuvwyz")
      let entries = zip(letters, activity.facts.data).map { letter, held in
        MenuRequest<Action>.Entry(
          key: letter,
          label: held.category,
          note: held.justified?.plain ?? "never",
          action: .justifyChosen(activity, held.category)
        )
      }
      return [.present(.menu(MenuRequest(title: "Which data?", entries: entries)))]
    case .justifyChosen(let activity, let category):
      let why = activity.facts.held(category).map { activity.facts.data[$0].why } ?? ""
      return [
        .present(
          .form(
            PrivacyForms.justify(activity.reference, category, why) {
              .justified(activity, category, $0)
            }
          )
        )
      ]
    case .justified(let activity, let category, let values):
      do {
        let change = try PrivacyForms.justification(
          activity.id,
          activity.version,
          category,
          values,
          context
        )
        return [.apply([change]) { .changed($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .rulePressed:
      return [
        .present(
          .form(
            FormRequest(
              title: "\(activity.reference) · Retention rule",
              fields: PrivacyForms.rule(activity),
              draftKey: "retention.\(activity.id)",
              submit: { .ruleSubmitted(activity, $0) }
            )
          )
        )
      ]
    case .ruleSubmitted(let activity, let values):
      do {
        let change = AddRetention(try PrivacyForms.rule(values, activity))
        return [.apply([change]) { .changed($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    default: return []
    }
  }

  private static func submit(
    _ activity: Activity?,
    _ values: [String: String],
    _ context: PaneContext
  ) -> [Effect<Action>] {
    do {
      let before = activity?.facts ?? ActivityFacts(name: "")
      let facts = try PrivacyForms.facts(values, before, context)
      guard let activity else { return [.apply([AddActivity(facts)]) { .changed($0) }] }
      guard facts != before else { return [.toast(Toast(.notice, "nothing was altered"))] }
      return [
        .apply([EditActivity(id: activity.id, basedOn: activity.version, facts: facts)]) {
          .changed($0)
        }
      ]
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  private static func load(_ state: inout State) {
    let filter = ActivityFilter(text: state.filterText)
    state.table.reload(state.rows.filter { filter.passes($0.activity) })
  }

  /// Whether going back would end something in the tab, and not leave it.
  static func holdsBack(_ state: State) -> Bool { !state.filterText.isEmpty }
}
