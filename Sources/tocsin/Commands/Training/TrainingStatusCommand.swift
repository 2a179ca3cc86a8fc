internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin training status`.
struct TrainingStatusCommand: HeadlessCommand {
  static let origin = "training status"
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "How training stands by group, or with --people who must do what.",
    discussion: """
      Due: there is time left, or it runs out within 30 days. Overdue: never done in time. Expired: it \
      ran out, or a version that must be renewed was not done in time. With --check the exit status is \
      2 where something is overdue or expired.
      """
  )

  @Option(help: "Only this group.") var group: String?
  @Option(help: "Only this course or protocol.") var course: String?
  @Option(help: "With --people only those that stand so; may be given more than once.")
  var state: [DutyState] = []
  @Flag(help: "Who must do what, the most urgent first, by pseudonym.") var people = false
  @Flag(help: "End with status 2 where something is overdue or expired.") var check = false
  @Option(help: "With --people at most so many.") var limit = 1000
  @OptionGroup var revealing: StaffRevealOptions
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit counts from 0.") }
    if !people, !state.isEmpty || revealing.reveal || course != nil {
      throw ValidationError("--course, --state and --reveal go with --people.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var (groupID, courseID): (RecordID?, RecordID?) = (nil, nil)
    if let group { groupID = try await session.staffGroup(group, in: store).id }
    if let course { courseID = try await session.course(course, in: store).id }
    guard people else { return try await byGroup(groupID, store, session) }
    let page = try await store.answer(
      TrainingDuties(
        group: groupID,
        course: courseID,
        states: state.isEmpty ? nil : Set(state),
        window: RowWindow(start: 0, count: limit)
      )
    )
    let names = try await revealing.names(of: page.rows.map(\.staff), store, session)
    let objects = page.rows.map { row in
      var object = JSON.duty(row)
      if revealing.reveal { object[path: ["name"]] = .text(names[row.staff]?.name) }
      return object
    }
    if format.json {
      try session.out.json(.members(["total": .count(page.total), "duties": .array(objects)]))
    } else if format.csv {
      try session.out.csv(
        objects,
        ["person", "group", "course", "kind", "state", "until", "last_on", "last_version"]
          + (revealing.reveal ? ["name"] : [])
      )
    } else if !page.rows.isEmpty {
      let rows: [[Words]] = page.rows.map { row in
        [
          "\(row.pseudonym)", "\(row.group)", "\(row.code)",
          TrainingWords.standing(row.standing, row.form),
        ] + (revealing.reveal ? ["\(names[row.staff]?.name ?? "not kept")"] : [])
      }
      let titles: [Words] =
        ["PERSON", "GROUP", "COURSE", "STANDS"] + (revealing.reveal ? ["NAME"] : [])
      for line in Table(titles: titles, rows: rows).lines(rows) { try session.out.row(line) }
    }
    if !format.json, !format.csv, page.total > page.rows.count {
      session.out.note("\(page.rows.count) of \(page.total); more with --limit")
    }
    // The limit cuts from the end, and what is late stands first.
    return check && page.rows.contains { $0.standing.state.isLate } ? .found : .done
  }

  private func byGroup(
    _ only: RecordID?,
    _ store: any Store,
    _ session: Session
  ) async throws -> ExitStatus {
    let answer = try await store.answer(TrainingStatus())
    let groups = answer.groups.filter { only == nil || $0.id == only }
    if format.json {
      try session.out.json(
        .members([
          "today": .day(answer.today), "duties": .tally(answer.duties),
          "groups": .array(groups.map { .group($0) }),
          "courses": .array(
            answer.courses.map { standing in
              .members([
                "code": .string(standing.course.facts.code), "duties": .tally(standing.duties),
                "incidents": .count(standing.incidents),
              ])
            }
          ),
        ])
      )
    } else if format.csv {
      try session.out.csv(
        groups.map { .group($0) },
        [
          "id", "name", "people", "late_people", "duties.done", "duties.due", "duties.overdue",
          "duties.expired",
        ]
      )
    } else if !groups.isEmpty {
      let rows: [[Words]] = groups.map { group in
        [
          "\(group.name)", "\(group.people)", "\(group.duties.done)", "\(group.duties.due)",
          "\(group.duties.overdue)", "\(group.duties.expired)",
          group.duties.percentInOrder.map { "\($0) %" } ?? "-",
        ]
      }
      let titles: [Words] = [
        "GROUP", "PEOPLE", "DONE", "DUE", "OVERDUE", "EXPIRED", "IN ORDER",
      ]
      for line in Table(titles: titles, rows: rows, right: [1, 2, 3, 4, 5, 6]).lines(rows) {
        try session.out.row(line)
      }
    }
    return check && groups.contains { $0.duties.late > 0 } ? .found : .done
  }
}
