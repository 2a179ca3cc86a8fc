/// Which activities are wanted; what is nil or empty does not restrict.
public struct ActivityFilter: Codable, Sendable, Hashable {
  /// Only those of these roles.
  public var roles: Set<ActivityRole>?
  /// Only those that hold this category of data, whatever the letter case.
  public var category: String?
  /// Only those of this owner, whatever the letter case; an empty name is nobody's.
  public var owner: String?
  /// Only those whose reference, name, purpose, people, systems or owner has this text.
  public var text: String

  /// Makes a filter.
  public init(
    roles: Set<ActivityRole>? = nil,
    category: String? = nil,
    owner: String? = nil,
    text: String = ""
  ) {
    (self.roles, self.category, self.owner, self.text) = (roles, category, owner, text)
  }

  /// Whether an activity passes.
  public func passes(_ activity: Activity) -> Bool {
    let facts = activity.facts
    if let roles, !roles.contains(facts.role) { return false }
    if let category, facts.held(category) == nil { return false }
    if let owner, (facts.owner ?? "").lowercased() != owner.lowercased() { return false }
    guard !text.isEmpty else { return true }
    let words = text.lowercased()
    return
      ([activity.reference, facts.name, facts.purpose, facts.owner ?? ""] + facts.people
      + facts.systems.map(\.name) + facts.data.map(\.category))
      .contains { $0.lowercased().contains(words) }
  }
}

/// An activity in a list, with what is wrong with it.
public struct ActivityRow: Identifiable, Codable, Sendable, Equatable {
  /// The activity.
  public var activity: Activity
  /// What its record does not say, in words.
  public var gaps: [String]
  /// How many of its categories nobody has justified within the period.
  public var unjustified: Int
  /// How many retention rules cover it.
  public var rules: Int

  /// The activity's number.
  public var id: RecordID { activity.id }

  /// Makes a row.
  public init(activity: Activity, gaps: [String], unjustified: Int, rules: Int) {
    (self.activity, self.gaps) = (activity, gaps)
    (self.unjustified, self.rules) = (unjustified, rules)
  }
}

/// Asks for activities, by reference; removed ones are left out.
public struct ActivityList: Question {
  /// What comes back.
  public typealias Answer = [ActivityRow]
  /// Which activities.
  public var filter: ActivityFilter

  /// Makes the question.
  public init(_ filter: ActivityFilter = ActivityFilter()) { self.filter = filter }
}

/// Asks for the activity with a reference, whatever the letter case; removed ones too.
public struct ActivityByReference: Question {
  /// What comes back; nil where there is none.
  public typealias Answer = Activity?
  /// The reference, such as `ACT-0001`.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Asks for an activity with what belongs to it; nil where there is none.
public struct ActivityDetails: Question {
  /// An activity and what belongs to it.
  public struct Details: Codable, Sendable, Equatable {
    /// The activity with its gaps.
    public var row: ActivityRow
    /// What nobody has justified within the period.
    public var unjustified: [UnjustifiedData]
    /// The retention rules that cover it, by reference.
    public var rules: [RetentionRule]
    /// What of it is due for deletion, or not counted yet.
    public var due: [DueData]
    /// What the journal says of it, newest first; at most 200 lines.
    public var history: [JournalLine]

    /// Makes the details.
    public init(
      row: ActivityRow,
      unjustified: [UnjustifiedData],
      rules: [RetentionRule],
      due: [DueData],
      history: [JournalLine]
    ) {
      (self.row, self.unjustified, self.rules) = (row, unjustified, rules)
      (self.due, self.history) = (due, history)
    }
  }
  /// What comes back.
  public typealias Answer = Details?
  /// Which activity.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}

/// Asks for all data that nobody has justified within the organisation's period, longest first.
public struct UnjustifiedList: Question {
  /// What comes back.
  public typealias Answer = [UnjustifiedData]

  /// Makes the question.
  public init() {}
}
