public import Drawing
public import Model

/// Courses and handling protocols with their versions and plans, and the incidents they should have
/// prevented.
public enum CoursesTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The courses and protocols by code.
    public var table = VirtualTable<TrainingStatus.CourseStanding>()
    /// The day, where the organisation counts its days; nil until it was read.
    public var today: DayNumber?
    /// All plans.
    public var plans: [TrainingPlan] = []
    /// All groups, for their names.
    public var groups: [StaffGroup] = []
    /// The links of the course under the cursor.
    public var links: [IncidentLinks.Row] = []
    /// Why nothing could be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case appeared
    case wanted(RecordID)
    case answered(Result<TrainingStatus.Answer, StoreError>, wanted: RecordID?)
    case plansAnswered(Result<[TrainingPlan], StoreError>)
    case groupsAnswered(Result<[StaffGroup], StoreError>)
    case linksAnswered(course: RecordID, Result<[IncidentLinks.Row], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case createPressed, editPressed, versionPressed, removePressed
    case submitted(Course?, [String: String])
    case versionSubmitted(Course, [String: String])
    case planPressed
    case planChosen(TrainingPlan?)
    case planSubmitted(TrainingPlan?, TrainingPlanFacts, [String: String])
    case planRemovePressed
    case planRemoved(TrainingPlan)
    case linkPressed, unlinkPressed, followPressed
    case linkNamed(Course, String)
    case incidentAnswered(Course, Result<Incident?, StoreError>)
    case unlinked(RecordLink)
    case followed(IncidentLinks.Row)
    case readPressed
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared: return read(nil)
    case .wanted(let id): return read(id)
    case .answered(.success(let status), let wanted):
      (state.today, state.problem) = (status.today, nil)
      state.table.reload(status.courses)
      if let wanted, let place = status.courses.firstIndex(where: { $0.id == wanted }) {
        state.table.select(id: wanted, at: place, height: layout(state, context.area).list.rows)
      }
      return readLinks(state)
    case .plansAnswered(.success(let plans)):
      state.plans = plans
      return []
    case .groupsAnswered(.success(let groups)):
      state.groups = groups
      return []
    case .linksAnswered(let course, .success(let links)):
      if state.table.selectedRow?.id == course { state.links = links }
      return []
    case .answered(.failure(let error), _), .plansAnswered(.failure(let error)),
      .groupsAnswered(.failure(let error)), .linksAnswered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      let before = state.table.selectedRow?.id
      state.table.move(motion, height: max(1, layout(state, context.area).list.rows - 1))
      guard before != state.table.selectedRow?.id else { return [] }
      state.links = []
      return readLinks(state)
    case .pressed(let point):
      guard let position = state.table.position(at: point, in: layout(state, context.area).list)
      else { return [] }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .readPressed:
      guard let standing = state.table.selectedRow else { return [] }
      return [
        .present(
          .reader(title: standing.course.facts.code, lines: lines(standing, state))
        )
      ]
    case .createPressed, .editPressed, .versionPressed, .removePressed, .submitted,
      .versionSubmitted:
      return alter(state, action, context)
    case .planPressed, .planChosen, .planSubmitted, .planRemovePressed, .planRemoved:
      return plan(state, action, context)
    case .linkPressed, .linkNamed, .incidentAnswered, .unlinkPressed, .unlinked, .followPressed,
      .followed:
      return link(state, action)
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func read(_ wanted: RecordID?) -> [Effect<Action>] {
    [
      .ask(TrainingStatus(), slot: "courses.status") { .answered($0, wanted: wanted) },
      .ask(RecordList<TrainingPlanFacts>(), slot: "courses.plans") { .plansAnswered($0) },
      .ask(RecordList<StaffGroupFacts>(), slot: "courses.groups") { .groupsAnswered($0) },
    ]
  }

  private static func readLinks(_ state: State) -> [Effect<Action>] {
    guard let course = state.table.selectedRow?.id else { return [] }
    return [
      .ask(SubjectLinks(of: Subject(.course, course)), slot: "courses.links") {
        .linksAnswered(course: course, $0)
      }
    ]
  }

  private static func apply(_ change: any Change) -> Effect<Action> {
    .apply([change]) { .changed($0) }
  }

  private static func today(_ context: PaneContext) -> DayNumber {
    DayNumber(context.now, in: context.organisation?.zone ?? .utc)
  }

  // MARK: Courses

  private static func alter(_ state: State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let course = state.table.selectedRow?.course
    switch action {
    case .createPressed: return [form(nil, context)]
    case .editPressed: return course.map { [form($0, context)] } ?? []
    case .submitted(let course, let values):
      do {
        let facts = try PeopleForms.course(values, course?.facts, context)
        guard let course else { return [apply(AddRecord(facts))] }
        guard facts != course.facts else { return [.toast(Toast(.notice, "nothing was altered"))] }
        return [apply(EditRecord(id: course.id, basedOn: course.version, facts: facts))]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .versionPressed:
      guard let course else { return [] }
      return [
        .present(
          .form(
            FormRequest(
              title: "\(course.facts.code) · New version",
              fields: PeopleForms.version(on: today(context), isFirst: false),
              draftKey: "course.version.\(course.id)",
              submit: { .versionSubmitted(course, $0) }
            )
          )
        )
      ]
    case .versionSubmitted(let course, let values):
      do {
        let version = try PeopleForms.version(values, context)
        let facts = course.facts.with(course.facts.versions + [version])
        return [apply(EditRecord(id: course.id, basedOn: course.version, facts: facts))]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .removePressed:
      guard let course else { return [] }
      return [apply(RemoveRecord<CourseFacts>(id: course.id, basedOn: course.version))]
    default: return []
    }
  }

  private static func form(_ course: Course?, _ context: PaneContext) -> Effect<Action> {
    .present(
      .form(
        FormRequest(
          title: course.map { "\($0.facts.code) · Edit" } ?? "New course or protocol",
          fields: PeopleForms.course(course?.facts, on: today(context)),
          draftKey: course.map { "course.\($0.id)" } ?? "course.new",
          submit: { .submitted(course, $0) }
        )
      )
    )
  }

  // MARK: Plans

  private static func plan(_ state: State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let course = state.table.selectedRow?.course else { return [] }
    let plans = state.plans.filter { $0.facts.course == course.id }
    switch action {
    case .planPressed:
      guard !plans.isEmpty else { return plan(state, .planChosen(nil), context) }
      let entries = menu(plans) { .planChosen($0) }
      let new = MenuRequest<Action>.Entry(key: "n", label: "new plan", action: .planChosen(nil))
      return [
        .present(
          .menu(MenuRequest(title: "Plan for \(course.facts.code)", entries: entries + [new]))
        )
      ]
    case .planChosen(let plan):
      let facts =
        plan?.facts
        ?? TrainingPlanFacts(name: course.facts.name, course: course.id, from: today(context))
      return [
        .present(
          .form(
            FormRequest(
              title: "\(course.facts.code) · \(plan == nil ? "New plan" : "Plan")",
              fields: PeopleForms.plan(facts, state.groups),
              draftKey: plan.map { "plan.\($0.id)" } ?? "plan.new.\(course.id)",
              submit: { .planSubmitted(plan, facts, $0) }
            )
          )
        )
      ]
    case .planSubmitted(let plan, let before, let values):
      do {
        let facts = try PeopleForms.plan(values, before, state.groups, context)
        guard let plan else { return [apply(AddRecord(facts))] }
        guard facts != plan.facts else { return [.toast(Toast(.notice, "nothing was altered"))] }
        return [apply(EditRecord(id: plan.id, basedOn: plan.version, facts: facts))]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .planRemovePressed:
      guard !plans.isEmpty else { return [.toast(Toast(.notice, "no plan asks for this"))] }
      return [
        .present(
          .menu(MenuRequest(title: "Which plan goes?", entries: menu(plans) { .planRemoved($0) }))
        )
      ]
    case .planRemoved(let plan):
      return [apply(RemoveRecord<TrainingPlanFacts>(id: plan.id, basedOn: plan.version))]
    default: return []
    }
  }

  private static func menu(_ plans: [TrainingPlan], _ action: (TrainingPlan) -> Action)
    -> [MenuRequest<Action>.Entry]
  {
    plans.enumerated().map { index, plan in
      MenuRequest<Action>.Entry(
        key: index < 9 ? Character("\(index + 1)") : nil,
        label: plan.facts.name,
        note: "\(plan.facts.days) days from \(plan.facts.from.iso)",
        action: action(plan)
      )
    }
  }

  // MARK: Incidents

  private static func link(_ state: State, _ action: Action) -> [Effect<Action>] {
    guard let course = state.table.selectedRow?.course else { return [] }
    let subject = Subject(.course, course.id)
    func choose(_ title: String, _ make: (IncidentLinks.Row) -> Action) -> [Effect<Action>] {
      guard !state.links.isEmpty else { return [.toast(Toast(.notice, "nothing is tied to it"))] }
      let entries = state.links.enumerated().map { index, row in
        let other = row.other(from: subject)
        return MenuRequest<Action>.Entry(
          key: index < 9 ? Character("\(index + 1)") : nil,
          label: other.name,
          note: other.title,
          action: make(row)
        )
      }
      return [.present(.menu(MenuRequest(title: title, entries: entries)))]
    }
    switch action {
    case .linkPressed:
      let prompt = PromptRequest<Action>(
        label: "incident it should have prevented",
        submit: { .linkNamed(course, $0) }
      )
      return [.present(.prompt(prompt))]
    case .linkNamed(let course, let text):
      let reference = text.filter { !$0.isWhitespace }
      guard !reference.isEmpty else { return [] }
      return [
        .ask(IncidentByReference(reference), slot: "courses.incident") {
          .incidentAnswered(course, $0)
        }
      ]
    case .incidentAnswered(let course, .success(let incident?)):
      return [apply(AddLink(.prevention(by: course.id, of: incident.id)))]
    case .incidentAnswered(_, .success(nil)):
      return [.toast(Toast(.failure, "there is no such incident; 2 lists them"))]
    case .incidentAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .unlinkPressed: return choose("Take a link away") { .unlinked($0.link) }
    case .unlinked(let link): return [apply(RemoveLink(link))]
    case .followPressed:
      if state.links.count == 1 { return [RecordLinks.follow(state.links[0], from: subject)] }
      return choose("Go to") { .followed($0) }
    case .followed(let row): return [RecordLinks.follow(row, from: subject)]
    default: return []
    }
  }
}
