public import Drawing
public import Model

/// The tab of an incident's tasks: who does what by when.
public typealias TasksTab = ItemTab<TaskItems>

/// An incident's tasks: open ones first, then by due time.
public enum TaskItems: ItemKind {
  /// What can happen to a task beyond editing.
  public enum Event: Sendable {
    case stateChosen(TaskState)
  }

  /// A task.
  public static let subject = Subject.Kind.task
  /// What is said where there are none.
  public static let empty = "No tasks yet; c adds one."
  /// The question for an incident's tasks.
  public static func question(_ incident: RecordID) -> IncidentTasks {
    IncidentTasks(incident: incident)
  }

  /// The form for a task.
  public static func form(_ task: IncidentTask?, of incident: Incident) -> ItemForm {
    ItemForm(
      title: task.map { "Task \($0.id)" } ?? "New task",
      fields: [
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
    )
  }

  /// Adds or edits a task.
  public static func submitted(
    _ values: [String: String],
    _ task: IncidentTask?,
    _ scene: ItemScene
  ) throws -> [ItemEffect<TaskItems>] {
    let due = values["due"] ?? ""
    var facts = task?.facts ?? TaskFacts(title: "")
    facts.title = values["title"] ?? ""
    facts.owner = values["owner"].flatMap { $0.isEmpty ? nil : $0 }
    facts.due = due.isEmpty ? nil : try StatedTime(reading: due, scene.context.reading)
    facts.state = values["state"].flatMap(TaskState.init(rawValue:)) ?? facts.state
    if let task { return [alter(task, facts)] }
    return [TasksTab.apply(AddTask(incident: scene.incident.id, facts: facts))]
  }

  private static func alter(_ task: IncidentTask, _ facts: TaskFacts) -> ItemEffect<TaskItems> {
    TasksTab.apply(EditTask(id: task.id, basedOn: task.version, facts: facts))
  }

  /// Takes a task off the list.
  public static func removal(of task: IncidentTask) -> any Change {
    RemoveTask(id: task.id, basedOn: task.version)
  }

  /// Moves a task to another state.
  public static func reduce(_ event: Event, _ selected: IncidentTask?, _ scene: ItemScene)
    -> [ItemEffect<TaskItems>]
  {
    guard case .stateChosen(let target) = event, let task = selected else { return [] }
    guard task.facts.state != target else {
      return [.toast(Toast(.notice, "the task is \(target.label) already"))]
    }
    var facts = task.facts
    facts.state = target
    return [alter(task, facts)]
  }

  /// State, title, owner and due time.
  public static func columns(_ context: PaneContext) -> [TableColumn<IncidentTask>] {
    let now = context.now
    return [
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
  }

  /// Its rows in the table of actions.
  public static let rows: [ItemRow<TaskItems>] = TasksTab.rows(
    ItemWords(
      id: "task",
      item: "the task",
      none: "there is no task under the cursor",
      read: nil,
      create: "Add a task",
      edit: "Edit the task",
      remove: "Take the task off the list; u takes it back"
    ),
    own: [
      state("doing", "doing", "Say that the task is being done", "g", .doing),
      state("done", "done", "Say that the task is done", "d", .done, hint: 3),
      state("todo", "to do", "Say that the task is yet to be done", "o", .todo),
      state("drop", "drop", "Say that the task will not be done", "w", .dropped),
    ]
  )

  private static func state(
    _ id: String,
    _ label: String,
    _ help: String,
    _ menuKey: Character,
    _ target: TaskState,
    hint: Int? = nil
  ) -> ItemRow<TaskItems> {
    ActionRow(
      "task.\(id)",
      label: label,
      help: help,
      section: .change,
      hint: hint,
      menuKey: menuKey,
      availability: TasksTab.has("there is no task under the cursor"),
      action: { _ in .own(.stateChosen(target)) }
    )
  }
}
