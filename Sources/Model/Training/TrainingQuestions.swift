/// Asks how training stands, by group and by course.
public struct TrainingStatus: Question {
  /// A group and how its people stand.
  public struct Group: Codable, Sendable, Hashable, Identifiable {
    /// Its number in the store.
    public var id: RecordID
    /// What it is called.
    ///
    /// Foreign text.
    public var name: String
    /// How many people are in it today.
    public var people: Int
    /// How many of them have something whose day has passed.
    public var latePeople: Int
    /// Their duties.
    public var duties: DutyTally

    /// Makes a group of nobody.
    public init(id: RecordID, name: String) {
      (self.id, self.name, people, latePeople, duties) = (id, name, 0, 0, DutyTally())
    }
  }

  /// A course and how those who must have done it stand.
  public struct CourseStanding: Codable, Sendable, Hashable, Identifiable {
    /// The course.
    public var course: Course
    /// The duties of those who must have done it.
    public var duties: DutyTally
    /// How many incidents it should have prevented.
    public var incidents: Int

    /// Its number in the store.
    public var id: RecordID { course.id }

    /// Makes a course that nobody must have done.
    public init(course: Course) { (self.course, duties, incidents) = (course, DutyTally(), 0) }
  }

  /// What comes back.
  public struct Answer: Codable, Sendable, Equatable {
    /// The day, in the organisation's zone.
    public var today: DayNumber
    /// The groups by name; those with nobody in them too.
    public var groups: [Group]
    /// The courses and protocols by code.
    public var courses: [CourseStanding]
    /// All duties.
    public var duties: DutyTally

    /// Makes the answer.
    public init(today: DayNumber, groups: [Group], courses: [CourseStanding], duties: DutyTally) {
      (self.today, self.groups, self.courses, self.duties) = (today, groups, courses, duties)
    }
  }

  /// Makes the question.
  public init() {}
}

/// Asks who must have done what, the most urgent first.
public struct TrainingDuties: Question {
  /// Somebody's duty.
  public struct Row: Codable, Sendable, Hashable, Identifiable {
    /// The number of the member of staff.
    public var staff: RecordID
    /// The pseudonym.
    public var pseudonym: String
    /// The name of the group.
    ///
    /// Foreign text.
    public var group: String
    /// The number of the course.
    public var course: RecordID
    /// The code of the course.
    public var code: String
    /// Whether it is completed or acknowledged.
    public var form: CourseKind
    /// Where the person stands.
    public var standing: TrainingRule.Standing

    /// Who and what, as one.
    public var id: String { "\(staff):\(course)" }

    /// Makes a row.
    public init(
      staff: RecordID,
      pseudonym: String,
      group: String,
      course: RecordID,
      code: String,
      form: CourseKind,
      standing: TrainingRule.Standing
    ) {
      (self.staff, self.pseudonym, self.group) = (staff, pseudonym, group)
      (self.course, self.code, self.form) = (course, code, form)
      self.standing = standing
    }
  }

  /// What comes back.
  public typealias Answer = Page<Row>
  /// Only of this group; nil for all.
  public var group: RecordID?
  /// Only of this course; nil for all.
  public var course: RecordID?
  /// Only of this person; nil for all.
  public var staff: RecordID?
  /// Only those that stand so; nil for all.
  public var states: Set<DutyState>?
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(
    group: RecordID? = nil,
    course: RecordID? = nil,
    staff: RecordID? = nil,
    states: Set<DutyState>? = nil,
    window: RowWindow
  ) {
    (self.group, self.course, self.staff) = (group, course, staff)
    (self.states, self.window) = (states, window)
  }
}
