internal import GRDB
internal import Model

extension StaffGroupFacts: KeptFacts {
  static var table: String { "staffGroup" }
  static var order: String { "name COLLATE NOCASE, id" }
  static var columns: [String] { ["name"] }
  var values: [DatabaseValue] { [name.databaseValue] }

  func check(
    _ id: RecordID,
    replacing old: StaffGroupFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard name.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a group needs a name")
    }
    try refuseTaken("name", name, by: id, "there is a group \(firstLine(name)) already", in: db)
  }

  static func checkRemoval(_ record: StaffGroup, in db: Database) throws {
    let people = try db.number(
      "SELECT count(*) FROM staff WHERE staffGroup = ? AND isRemoved = 0",
      [record.id]
    )
    guard people == 0 else {
      throw StoreError.refused(
        "\(firstLine(record.facts.name)) has \(people) people; move them to another group first"
      )
    }
    let plans = try KeptTable<TrainingPlanFacts>.list(in: db)
      .filter { $0.facts.groups.contains(record.id) }
    if let plan = plans.first {
      throw StoreError.refused("the plan \(firstLine(plan.facts.name)) asks this group")
    }
  }
}

extension CourseFacts: KeptFacts {
  static var table: String { "course" }
  static var order: String { "code COLLATE NOCASE, id" }
  static var columns: [String] { ["code"] }
  var values: [DatabaseValue] { [code.databaseValue] }

  func check(
    _ id: RecordID,
    replacing old: CourseFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    if let problem { throw StoreError.refused(problem) }
    try refuseTaken("code", code, by: id, "there is a course \(code) already", in: db)
    // What people did is told by the version's label; one that is gone would say nothing any more.
    guard let old, !context.isUndo else { return }
    for version in old.versions where !versions.contains(where: { $0.label == version.label }) {
      let done = try db.number(
        "SELECT count(*) FROM completion WHERE course = ? AND edition = ? AND isRemoved = 0",
        [id, version.label]
      )
      if done > 0 {
        throw StoreError.refused(
          "\(done) people did version \(firstLine(version.label)) of \(code); it stays on the list"
        )
      }
    }
  }

  static func checkRemoval(_ record: Course, in db: Database) throws {
    let plan = try db.row(
      "SELECT name FROM trainingPlan WHERE course = ? AND isRemoved = 0 ORDER BY id LIMIT 1",
      [record.id]
    )
    if let plan {
      throw StoreError.refused(
        "the plan \(firstLine(try plan.text(0))) asks for \(record.facts.code); remove it first"
      )
    }
  }
}

extension TrainingPlanFacts: KeptFacts {
  static var table: String { "trainingPlan" }
  static var order: String { "name COLLATE NOCASE, id" }
  static var columns: [String] { ["name", "course"] }
  var values: [DatabaseValue] { [name.databaseValue, course.databaseValue] }

  func check(
    _ id: RecordID,
    replacing old: TrainingPlanFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard name.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a plan needs a name")
    }
    guard (0...3650).contains(days) else {
      throw StoreError.refused("a plan gives 0 to 3650 days")
    }
    guard roles.allSatisfy({ $0.contains { !$0.isWhitespace } }) else {
      throw StoreError.refused("a role needs a name")
    }
    _ = try KeptTable<CourseFacts>.present(course, in: db)
    for group in groups { _ = try KeptTable<StaffGroupFacts>.present(group, in: db) }
  }
}

extension CompletionFacts: KeptFacts {
  static var table: String { "completion" }
  static var order: String { "onDay DESC, id" }
  static var columns: [String] { ["staff", "course", "edition", "onDay"] }
  var values: [DatabaseValue] {
    [staff.databaseValue, course.databaseValue, version.databaseValue, on.iso.databaseValue]
  }

  func check(
    _ id: RecordID,
    replacing old: CompletionFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    if old?.staff != staff { _ = try KeptTable<StaffFacts>.present(staff, in: db) }
    let found = try KeptTable<CourseFacts>.existing(course, in: db)
    guard found.facts.versions.contains(where: { $0.label == version }) || context.isUndo else {
      throw StoreError.refused(
        "\(found.facts.code) has no version \(firstLine(version)); it has "
          + found.facts.versions.map { firstLine($0.label) }.joined(separator: ", ")
      )
    }
    let today = try DayNumber(
      context.now,
      in: OrganisationRecord.current(in: db).organisation.zone ?? .utc
    )
    guard on <= today || context.isUndo else {
      throw StoreError.refused("\(on.iso) is still to come; say when it was done")
    }
    let twin = try db.row(
      """
      SELECT 1 FROM completion
      WHERE staff = ? AND course = ? AND onDay = ? AND edition = ? AND isRemoved = 0 AND id <> ?
      """,
      [staff, course, on.iso, version, id]
    )
    if twin != nil { throw StoreError.refused("that is in the record already") }
  }
}

extension StaffFacts: KeptFacts {
  static var table: String { "staff" }
  static var order: String { "pseudonym, id" }
  static var columns: [String] { ["pseudonym", "numberTag", "emailTag", "staffGroup"] }
  var values: [DatabaseValue] {
    [pseudonym.databaseValue, numberTag.databaseValue, emailTag.databaseValue, group.databaseValue]
  }

  func check(
    _ id: RecordID,
    replacing old: StaffFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !pseudonym.isEmpty, !isErased || old != nil else {
      throw StoreError.refused("a member of staff is added by a list, not by hand-made facts")
    }
    _ = try KeptTable<StaffGroupFacts>.present(group, in: db)
    if let joined, let left, left < joined {
      throw StoreError.refused("somebody left (\(left.iso)) before joining (\(joined.iso))")
    }
    let privacy = try OrganisationRecord.current(in: db).organisation.privacyOfStaff
    guard !privacy.isPseudonymous || sealed.isEmpty || sealed == old?.sealed else {
      throw StoreError.refused("the organisation keeps pseudonyms of its staff, and no names")
    }
    for (column, value) in [
      ("pseudonym", pseudonym), ("numberTag", numberTag), ("emailTag", emailTag),
    ] {
      try refuseTaken(
        column,
        value,
        exact: true,
        by: id,
        "that person is on the list already",
        in: db
      )
    }
  }
}

extension PhishingFacts: KeptFacts {
  static var table: String { "phishing" }
  static var order: String { "sentOn, name COLLATE NOCASE, id" }
  static var columns: [String] { ["name", "sentOn"] }
  var values: [DatabaseValue] { [name.databaseValue, sentOn.iso.databaseValue] }

  func check(
    _ id: RecordID,
    replacing old: PhishingFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard name.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a phishing exercise needs a name")
    }
    try refuseTaken(
      "name",
      name,
      by: id,
      "there is a phishing exercise \(firstLine(name)) already; --replace takes it off first",
      in: db
    )
    let rows = try PhishingRecord.digest(of: id, in: db)
    guard rows.count == count, rows.digest == results else {
      throw StoreError.refused("results of a phishing exercise are brought in by a job alone")
    }
  }
}
