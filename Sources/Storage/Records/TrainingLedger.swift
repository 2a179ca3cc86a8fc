internal import GRDB
internal import Model

/// All that duties of training are worked out from, read once.
struct TrainingLedger {
  let today: DayNumber
  let groups: [StaffGroup]
  let courses: [Course]
  private let plans: [RecordID: [TrainingPlanFacts]]
  private let marks: [Key: [CompletionMark]]

  private struct Key: Hashable {
    var staff: RecordID
    var course: RecordID
  }

  /// Reads it; of one person alone where a number is given.
  init(at now: Instant, of staff: RecordID? = nil, in db: Database) throws {
    let organisation = try OrganisationRecord.current(in: db).organisation
    today = DayNumber(now, in: organisation.zone ?? .utc)
    groups = try KeptTable<StaffGroupFacts>.list(in: db)
    courses = try KeptTable<CourseFacts>.list(in: db)
    plans = Dictionary(grouping: try KeptTable<TrainingPlanFacts>.list(in: db).map(\.facts)) {
      $0.course
    }
    var marks: [Key: [CompletionMark]] = [:]
    try db.rows(
      """
      SELECT staff, course, edition, onDay FROM completion
      WHERE isRemoved = 0 AND (?1 IS NULL OR staff = ?1)
      """,
      [staff]
    ) { row in
      guard let day = DayNumber(iso: try row.text(3)) else { throw UnknownWord(type: "DayNumber") }
      marks[Key(staff: try row.number(0), course: try row.number(1)), default: []].append(
        CompletionMark(version: try row.text(2), on: day)
      )
    }
    self.marks = marks
  }

  /// What somebody must have done, course by course; nothing of those who are not there.
  func duties(of staff: Staff) -> [(course: Course, standing: TrainingRule.Standing)] {
    let facts = staff.facts
    guard facts.isPresent(on: today) else { return [] }
    return courses.compactMap { course in
      let asking = (plans[course.id] ?? [])
        .filter { $0.asks(group: facts.group, roles: facts.roles) }
      guard !asking.isEmpty else { return nil }
      return TrainingRule.standing(
        of: course.facts,
        under: asking,
        joined: facts.joined,
        marks: marks[Key(staff: staff.id, course: course.id)] ?? [],
        on: today
      ).map { (course, $0) }
    }
  }

  /// The name of a group; empty where it was removed.
  func name(of group: RecordID) -> String {
    groups.first { $0.id == group }?.facts.name ?? ""
  }
}
