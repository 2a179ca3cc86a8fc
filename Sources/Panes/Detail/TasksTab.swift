public import Drawing
public import Model

/// The tab of an incident's tasks: who does what by when.
public enum TasksTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// The tasks: open ones first, then by due time.
    public var table = VirtualTable<IncidentTask>()
    /// Why the tasks could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case shown(Incident)
    case answered(Result<[IncidentTask], StoreError>)
    case moved(Motion)
    case createPressed, editPressed, removePressed
    case stateChosen(TaskState)
    case submitted(IncidentTask?, [String: String])
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let incident):
      if state.incident?.id != incident.id { state.table = VirtualTable() }
      state.incident = incident
      return [.ask(IncidentTasks(incident: incident.id), slot: "detail.tasks") { .answered($0) }]
    case .answered(.success(let tasks)):
      state.problem = nil
      state.table.reload(tasks)
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(0, context.area.rows - 1))
      return []
    case .createPressed: return form(nil, state)
    case .editPressed: return state.table.selectedRow.map { form($0, state) } ?? []
    case .submitted(let task, let values): return submit(task, values, state, context)
    case .stateChosen(let target):
      guard let task = state.table.selectedRow else { return [] }
      guard task.facts.state != target else {
        return [.toast(Toast(.notice, "the task is \(target.label) already"))]
      }
      var facts = task.facts
      facts.state = target
      return alter(task, facts)
    case .removePressed:
      guard let task = state.table.selectedRow else { return [] }
      return [.apply([RemoveTask(id: task.id, basedOn: task.version)]) { .changed($0) }]
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func alter(_ task: IncidentTask, _ facts: TaskFacts) -> [Effect<Action>] {
    [.apply([EditTask(id: task.id, basedOn: task.version, facts: facts)]) { .changed($0) }]
  }

  private static func submit(
    _ task: IncidentTask?,
    _ values: [String: String],
    _ state: State,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard let incident = state.incident else { return [] }
    let due = values["due"] ?? ""
    do {
      var facts = task?.facts ?? TaskFacts(title: "")
      facts.title = values["title"] ?? ""
      facts.owner = values["owner"].flatMap { $0.isEmpty ? nil : $0 }
      facts.due = due.isEmpty ? nil : try StatedTime(reading: due, context.reading)
      facts.state = values["state"].flatMap(TaskState.init(rawValue:)) ?? facts.state
      if let task { return alter(task, facts) }
      return [.apply([AddTask(incident: incident.id, facts: facts)]) { .changed($0) }]
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  private static func form(_ task: IncidentTask?, _ state: State) -> [Effect<Action>] {
    guard let incident = state.incident else { return [] }
    let fields = [
      FormField.line(
        "title",
        label: "What is to be done",
        value: task?.facts.title ?? "",
        isRequired: true
      ),
      FormField.line("owner", label: "Owner", value: task?.facts.owner ?? ""),
      FormField.line(
        "due",
        label: "Due",
        value: task?.facts.due?.text ?? "",
        help: "2026-05-18 14:30, today 18:00; empty for no due time"
      ),
      FormField.choice(
        "state",
        label: "State",
        value: task?.facts.state.rawValue ?? TaskState.todo.rawValue,
        options: TaskState.allCases.map { ($0.rawValue, $0.label) }
      ),
    ]
    let key = task.map { "task.\($0.id)" } ?? "task.new.\(incident.id)"
    return [
      .present(
        .form(
          FormRequest(
            title: "\(incident.reference) · \(task == nil ? "New task" : "Task")",
            fields: fields,
            draftKey: key,
            submit: { .submitted(task, $0) }
          )
        )
      )
    ]
  }

  // MARK: Drawing

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let now = context.now
    let columns: [TableColumn<IncidentTask>] = [
      TableColumn("state", title: "State", width: .fixed(11), priority: 6) {
        Line([Look.task($0.facts.state)])
      },
      TableColumn("title", title: "Task", width: .flexible(minimum: 12, weight: 3), priority: 7) {
        Line(Untrusted($0.facts.title))
      },
      TableColumn("owner", title: "Owner", width: .flexible(minimum: 8, weight: 1), priority: 4) {
        Line(Untrusted($0.facts.owner ?? "nobody"), $0.facts.owner == nil ? .textMuted : .text)
      },
      TableColumn("due", title: "Due", width: .fixed(16), priority: 5) {
        Line([Look.due($0.facts.due, isOpen: $0.facts.state.isOpen, now: now)])
      },
    ]
    ItemList.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: "No tasks yet; c adds one.",
      isFocused: context.isFocused,
      on: &canvas,
      in: rect
    )
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "task.edit",
        keys: [.enter, .character("e")],
        label: "edit",
        help: "Edit the task",
        section: .change,
        hint: 1,
        availability: hasTask,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "task.create",
        keys: [.character("c")],
        label: "create",
        help: "Add a task",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "task.doing",
        label: "doing",
        help: "Say that the task is being done",
        section: .change,
        menuKey: "g",
        availability: hasTask,
        action: { _ in .stateChosen(.doing) }
      ),
      ActionRow(
        "task.done",
        label: "done",
        help: "Say that the task is done",
        section: .change,
        hint: 3,
        menuKey: "d",
        availability: hasTask,
        action: { _ in .stateChosen(.done) }
      ),
      ActionRow(
        "task.todo",
        label: "to do",
        help: "Say that the task is yet to be done",
        section: .change,
        menuKey: "o",
        availability: hasTask,
        action: { _ in .stateChosen(.todo) }
      ),
      ActionRow(
        "task.drop",
        label: "drop",
        help: "Say that the task will not be done",
        section: .change,
        menuKey: "w",
        availability: hasTask,
        action: { _ in .stateChosen(.dropped) }
      ),
      ActionRow(
        "task.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the task off the list; u takes it back",
        section: .change,
        menuKey: "r",
        availability: hasTask,
        action: { _ in .removePressed }
      ),
    ]

  private static let hasTask: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no task under the cursor")
  }
}
