internal import GRDB
internal import Model

extension CourseByCode: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Course? {
    try KeptTable<CourseFacts>.list(
      where: "code = ? COLLATE NOCASE",
      [code],
      in: db
    ).first
  }
}

extension FindStaff: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Staff? {
    try StaffRecord.find(text, try context.keys.flatMap { try StaffKey.find($0, in: db) }, in: db)
  }
}

extension StaffCompletions: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Completion] {
    try KeptTable<CompletionFacts>.list(where: "staff = ?", [staff], in: db)
  }
}

extension StaffList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<StaffLine> {
    let ledger = try TrainingLedger(at: context.now, in: db)
    let places = Dictionary(
      ledger.groups.enumerated().map { ($0.element.id, $0.offset) }
    ) { first, _ in first }
    let all = try KeptTable<StaffFacts>.list(
      where: "(?1 IS NULL OR staffGroup = ?1)",
      [group],
      in: db
    )
    let shown = all.filter { withFormer || $0.facts.isPresent(on: ledger.today) }
      .sorted {
        (places[$0.facts.group] ?? .max, $0.facts.pseudonym)
          < (places[$1.facts.group] ?? .max, $1.facts.pseudonym)
      }
    return Page(
      window: window,
      rows: shown.dropFirst(window.start).prefix(window.count).map { staff in
        var tally = DutyTally()
        for duty in ledger.duties(of: staff) { tally[duty.standing.state] += 1 }
        return StaffLine(
          staff: staff,
          group: ledger.name(of: staff.facts.group),
          standing: tally
        )
      },
      total: shown.count
    )
  }
}

extension TrainingStatus: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let ledger = try TrainingLedger(at: context.now, in: db)
    var groups = ledger.groups.map { Group(id: $0.id, name: $0.facts.name) }
    var courses = ledger.courses.map { CourseStanding(course: $0) }
    let placeOfGroup = Dictionary(groups.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let placeOfCourse = Dictionary(courses.enumerated().map { ($1.id, $0) }) { first, _ in first }
    var all = DutyTally()
    for staff in try KeptTable<StaffFacts>.list(in: db)
    where staff.facts.isPresent(on: ledger.today) {
      guard let place = placeOfGroup[staff.facts.group] else { continue }
      groups[place].people += 1
      var isLate = false
      for duty in ledger.duties(of: staff) {
        let state = duty.standing.state
        groups[place].duties[state] += 1
        all[state] += 1
        if let place = placeOfCourse[duty.course.id] { courses[place].duties[state] += 1 }
        if state.isLate { isLate = true }
      }
      if isLate { groups[place].latePeople += 1 }
    }
    try db.rows(
      """
      SELECT fromRecord, count(*) FROM link
      WHERE fromKind = 'course' AND toKind = 'incident' AND relation = ? GROUP BY fromRecord
      """,
      [RecordLink.shouldHavePrevented]
    ) { row in
      if let place = placeOfCourse[try row.number(0)] {
        courses[place].incidents = Int(try row.number(1))
      }
    }
    return Answer(today: ledger.today, groups: groups, courses: courses, duties: all)
  }
}

extension TrainingDuties: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Row> {
    let ledger = try TrainingLedger(at: context.now, of: staff, in: db)
    var rows: [Row] = []
    let people = try KeptTable<StaffFacts>.list(
      where: "(?1 IS NULL OR staffGroup = ?1) AND (?2 IS NULL OR id = ?2)",
      [group, staff],
      in: db
    )
    for person in people {
      for duty in ledger.duties(of: person) {
        guard course == nil || duty.course.id == course,
          states?.contains(duty.standing.state) ?? true
        else { continue }
        rows.append(
          Row(
            staff: person.id,
            pseudonym: person.facts.pseudonym,
            group: ledger.name(of: person.facts.group),
            course: duty.course.id,
            code: duty.course.facts.code,
            form: duty.course.facts.form,
            standing: duty.standing
          )
        )
      }
    }
    func rank(_ row: Row) -> Int {
      row.standing.state.isLate ? 0 : row.standing.state == .due ? 1 : 2
    }
    rows.sort { left, right in
      let days = (left.standing.until?.count ?? .max, right.standing.until?.count ?? .max)
      return (rank(left), days.0, left.group, left.pseudonym, left.code)
        < (rank(right), days.1, right.group, right.pseudonym, right.code)
    }
    return Page(
      window: window,
      rows: Array(rows.dropFirst(window.start).prefix(window.count)),
      total: rows.count
    )
  }
}
