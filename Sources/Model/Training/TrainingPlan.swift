/// What is known of a plan: who must have done a course, and by when.
public struct TrainingPlanFacts: RecordFacts, Hashable {
  /// Its kind among records.
  public static var kind: Subject.Kind { .trainingPlan }
  /// What the journal's actions begin with.
  public static var word: String { "training-plan" }
  /// What people call it.
  public static var noun: String { "plan" }

  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var name: String
  /// What must be done.
  public var course: RecordID
  /// The groups that must; with roles also empty it is everybody.
  public var groups: [RecordID]
  /// The roles that must.
  ///
  /// Foreign text.
  public var roles: [String]
  /// Within how many days: of joining, of the plan's first day, of a version that must be renewed.
  public var days: Int
  /// The day from which the plan holds.
  public var from: DayNumber

  /// Makes facts.
  public init(
    name: String,
    course: RecordID,
    groups: [RecordID] = [],
    roles: [String] = [],
    days: Int = 30,
    from: DayNumber
  ) {
    (self.name, self.course, self.days, self.from) = (name, course, days, from)
    self.groups = Set(groups).sorted()
    self.roles = Set(roles).sorted()
  }

  /// How people name it in a line.
  public var title: String { name }

  /// The facts by name, as texts.
  public var named: [(String, String)] {
    [
      ("name", name), ("course", "\(course)"),
      ("groups", groups.map(String.init).joined(separator: ", ")),
      ("roles", roles.joined(separator: ", ")), ("days", "\(days)"), ("from", from.iso),
    ]
  }

  /// Whether it asks somebody of a group with roles.
  public func asks(group: RecordID, roles: [String]) -> Bool {
    (groups.isEmpty && self.roles.isEmpty) || groups.contains(group)
      || roles.contains { self.roles.contains($0) }
  }
}

/// A plan, as the record keeps it.
public typealias TrainingPlan = KeptRecord<TrainingPlanFacts>
