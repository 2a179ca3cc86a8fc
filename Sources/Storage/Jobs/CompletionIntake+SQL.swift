internal import GRDB
internal import Model

extension CompletionIntake: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try await store.write(origin: origin, cache: 65_536) { [self] db, context, journal in
      var outcome = Outcome()
      var changes: [AddRecord<CompletionFacts>] = []
      var seen: Set<CompletionFacts> = []
      let key = try StaffKey.find(context.keys, in: db)
      var courses: [String: Course] = [:]
      for course in try KeptTable<CourseFacts>.list(in: db) {
        courses[course.facts.code.lowercased()] = course
      }
      let organisation = try OrganisationRecord.current(in: db).organisation
      let today = DayNumber(context.now, in: organisation.zone ?? .utc)
      let usual = try course.map { try KeptTable<CourseFacts>.present($0, in: db) }
      for (index, row) in rows.enumerated() {
        if index % 256 == 0,
          !progress(JobProgress(stage: .checking, done: index, total: rows.count))
        {
          throw CancellationError()
        }
        func refuse(_ reason: String) {
          outcome.refused.append(ImportProblem(at: "line \(row.line)", reason: reason))
        }
        guard let course = row.course.isEmpty ? usual : courses[row.course.lowercased()] else {
          refuse(row.course.isEmpty ? "it names no course" : "its course is not in the record")
          continue
        }
        guard let staff = try StaffRecord.find(row.person, key, in: db) else {
          refuse("its person is not on the list of staff")
          continue
        }
        let version =
          row.version.isEmpty ? course.facts.version(on: row.on)?.label ?? "" : row.version
        let facts = CompletionFacts(
          staff: staff.id,
          course: course.id,
          version: version,
          on: row.on,
          source: source
        )
        guard
          try db.row(
            """
            SELECT 1 FROM completion WHERE staff = ? AND course = ? AND onDay = ? AND edition = ?
              AND isRemoved = 0
            """,
            [facts.staff, facts.course, facts.on.iso, facts.version]
          ) == nil, seen.insert(facts).inserted
        else {
          outcome.repeated += 1
          continue
        }
        if facts.on > today {
          refuse("\(facts.on.iso) is still to come; say when it was done")
        } else if !course.facts.versions.contains(where: { $0.label == version }) {
          refuse("\(course.facts.code) has no such version")
        } else {
          changes.append(AddRecord(facts))
        }
      }
      guard outcome.refused.isEmpty || skipsBad else { return outcome }
      for (index, change) in changes.enumerated() {
        if index % 256 == 0,
          !progress(JobProgress(stage: .writing, done: index, total: changes.count))
        {
          throw CancellationError()
        }
        _ = try journal.append(change, try change.perform(in: db, context))
      }
      outcome.added = changes.count
      return outcome
    }
  }
}
