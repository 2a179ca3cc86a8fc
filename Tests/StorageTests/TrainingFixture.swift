import Model

/// Records of staff and training for tests: one of each kind that a change alone can add.
enum TrainingFixture {
  /// The fourth of October 2024.
  static let day = DayNumber(count: 20_000)

  static let course = CourseFacts(
    code: "PHISH-1",
    name: "Phishing",
    validMonths: 12,
    versions: [CourseVersion(label: "2024", from: day)]
  )

  static let plan = TrainingPlanFacts(name: "All", course: 1, days: 30, from: day)

  /// A person of whom no name is kept.
  static let person = StaffFacts(pseudonym: "P-0000000001", group: 1, roles: ["till"], joined: day)

  static let completion = CompletionFacts(staff: 1, course: 1, version: "2024", on: day)

  static let changes: [any Change] = [
    AddRecord(StaffGroupFacts(name: "Sales")),
    AddRecord(person),
    AddRecord(course),
    AddRecord(plan),
    AddRecord(completion),
  ]
}
