/// What a task says.
public struct TaskFacts: Codable, Sendable, Equatable {
  /// What is to be done.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// Who does it; nil where nobody does yet.
  ///
  /// Foreign text.
  public var owner: String?
  /// When it is due; nil where no time was set.
  public var due: StatedTime?
  /// Where it stands.
  public var state: TaskState

  /// Makes the facts of a task.
  public init(
    title: String,
    owner: String? = nil,
    due: StatedTime? = nil,
    state: TaskState = .todo
  ) {
    (self.title, self.owner, self.due, self.state) = (title, owner, due, state)
  }
}

/// Something to be done in an incident.
public struct IncidentTask: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident it belongs to.
  public var incident: RecordID
  /// How often it has been altered.
  public var version: Version
  /// What it says.
  public var facts: TaskFacts
  /// When it was written down.
  public var recordedAt: Instant

  /// Makes a task.
  public init(
    id: RecordID,
    incident: RecordID,
    version: Version,
    facts: TaskFacts,
    recordedAt: Instant
  ) {
    (self.id, self.incident, self.version) = (id, incident, version)
    (self.facts, self.recordedAt) = (facts, recordedAt)
  }
}

/// Asks for an incident's tasks: open ones first, then by due time, those without one last.
public struct IncidentTasks: Question {
  /// What comes back.
  public typealias Answer = [IncidentTask]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Asks for the open tasks of all open incidents, by due time, those without one last.
public struct OpenTasks: Question {
  /// A task and the incident it belongs to.
  public struct Row: Codable, Sendable, Equatable {
    /// The task.
    public var task: IncidentTask
    /// The incident's reference.
    public var reference: String
    /// Whether the incident is an exercise.
    public var isExercise: Bool

    /// Makes a row.
    public init(task: IncidentTask, reference: String, isExercise: Bool = false) {
      (self.task, self.reference, self.isExercise) = (task, reference, isExercise)
    }
  }
  /// What comes back.
  public typealias Answer = Page<Row>
  /// Which stretch.
  public var window: RowWindow

  /// Makes the question.
  public init(window: RowWindow) { self.window = window }
}

/// Adds a task to an incident.
public struct AddTask: Change {
  /// What the journal calls it.
  public static let name = "task.add"
  /// Which incident.
  public var incident: RecordID
  /// What it says.
  public var facts: TaskFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.task, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "task: \(firstLine(facts.title))" }

  /// Makes the change.
  public init(incident: RecordID, facts: TaskFacts) {
    (self.incident, self.facts) = (incident, facts)
  }
}

/// Replaces what a task says.
public struct EditTask: Alteration {
  /// What the journal calls it.
  public static let name = "task.edit"
  /// Which task.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What it says from now on.
  public var facts: TaskFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.task, id) }
  /// What it does, in a few words.
  public var headline: String { "task \(facts.state.label): \(firstLine(facts.title))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: TaskFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// Takes a task off the list; nothing is deleted.
public struct RemoveTask: Alteration {
  /// What the journal calls it.
  public static let name = "task.remove"
  /// Which task.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.task, id) }
  /// What it does, in a few words.
  public var headline: String { "removed task" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed task back on the list.
public struct RestoreTask: Alteration {
  /// What the journal calls it.
  public static let name = "task.restore"
  /// Which task.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.task, id) }
  /// What it does, in a few words.
  public var headline: String { "restored task" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}
