internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin training staff`.
struct StaffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "staff",
    abstract: "Who works here: lists from the personnel office, by group, without names.",
    subcommands: [
      ImportStaff.self, ListStaff.self, ShowStaff.self, EditStaff.self, RemoveStaff.self,
      EraseStaffCommand.self,
    ]
  )
}

/// The command `tocsin training staff import`.
struct ImportStaff: HeadlessCommand {
  static let origin = "training staff import"
  static let makesStore = true
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring a list of staff in from a CSV file; all of it, or nothing.",
    discussion: """
      Columns by their names, in any order: number, name (or first-name and last-name), email, group \
      (or department, team), roles, joined, left. A person needs a number or an e-mail address, and a \
      group; groups that are new are added. Who is on the list of staff already is found again, and \
      altered where the file says otherwise; what a file does not say stays.
      """
  )

  @Argument(help: "A CSV file, or - for standard input.", completion: .file()) var file: String
  @Option(
    help: ArgumentHelp(
      "Which column means what; may be given more than once.",
      valueName: "field=column"
    )
  )
  var map: [String] = []
  @Flag(help: "The file has everybody: who is not in it is marked as having left today.")
  var complete = false
  @Flag(help: "Bring in the good rows of a file that has bad ones.") var skipBad = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if complete, skipBad {
      throw ValidationError("--complete takes no --skip-bad: whom a bad row hides would have left.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let named = try session.columns(map, StaffSheet.Meaning.self)
    let zone = try await store.answer(CurrentOrganisation()).organisation.zone ?? .utc
    let outcome = try await session.take(file, .init(taking: "writing"), into: store) { input, _ in
      let sheet = try StaffSheet.read(input, named: named, zone: zone)
      guard sheet.refusedCount == 0 || skipBad else {
        session.tellRefused(file, sheet.refused, count: sheet.refusedCount)
        throw Refusal("nobody was brought in", advice: "to take the good rows: --skip-bad")
      }
      session.tellRefused(file, sheet.refused, count: sheet.refusedCount)
      return StaffIntake(sheet.rows, isComplete: complete)
    }
    if format.json {
      try session.out.json(
        .members([
          "added": .count(outcome.added), "altered": .count(outcome.altered),
          "same": .count(outcome.same), "left": .count(outcome.left),
          "groups": .count(outcome.groups),
          "names": .string(outcome.keepsNames ? "sealed" : "not kept"),
        ])
      )
      return .done
    }
    let left: Words = complete ? ", left \(outcome.left)" : ""
    try session.out.line(
      """
      added \(outcome.added), altered \(outcome.altered), same \(outcome.same)\(left), new groups \
      \(outcome.groups)
      """
    )
    session.out.note(
      outcome.keepsNames ? "names are sealed" : "names are not kept; people are pseudonyms"
    )
    return .done
  }
}

/// The command `tocsin training staff list`.
struct ListStaff: HeadlessCommand {
  static let origin = "training staff list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List staff by group and pseudonym, with how their training stands."
  )

  @Option(help: "Only this group.") var group: String?
  @Flag(help: "Those who have left too.") var all = false
  @Option(help: "At most so many.") var limit = 1000
  @OptionGroup var revealing: StaffRevealOptions
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  private static let columns = [
    "id", "pseudonym", "group", "roles", "joined", "left", "duties.done", "duties.due",
    "duties.overdue", "duties.expired", "name", "number", "email",
  ]

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit counts from 0.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var only: RecordID?
    if let group { only = try await session.staffGroup(group, in: store).id }
    let page = try await store.answer(
      StaffList(in: only, withFormer: all, window: RowWindow(start: 0, count: limit))
    )
    let names = try await revealing.names(of: page.rows.map(\.id), store, session)
    let objects = page.rows.map { JSON.staff($0, names[$0.id]) }
    if format.json {
      try session.out.json(.members(["total": .count(page.total), "staff": .array(objects)]))
    } else if format.csv {
      try session.out.csv(objects, Self.columns)
    } else if !page.rows.isEmpty {
      let rows: [[Words]] = page.rows.map { line in
        let facts = line.staff.facts
        let name: [Words] = revealing.reveal ? ["\(names[line.id]?.name ?? "not kept")"] : []
        return [
          "\(facts.pseudonym)", "\(line.group)",
          "\(facts.roles.isEmpty ? "-" : facts.roles.joined(separator: ", "))",
          "\(line.standing.done)", "\(line.standing.due)", "\(line.standing.late)",
        ] + name
      }
      let titles: [Words] =
        ["PERSON", "GROUP", "ROLES", "DONE", "DUE", "LATE"] + (revealing.reveal ? ["NAME"] : [])
      for line in Table(titles: titles, rows: rows, right: [3, 4, 5]).lines(rows) {
        try session.out.row(line)
      }
    }
    if !format.json, !format.csv, page.total > page.rows.count {
      session.out.note("\(page.rows.count) of \(page.total); more with --limit")
    }
    return .done
  }
}

/// The command `tocsin training staff show`.
struct ShowStaff: HeadlessCommand {
  static let origin = "training staff show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what somebody must have done, and what was done."
  )

  @Argument(help: "The person.") var person: String
  @OptionGroup var revealing: StaffRevealOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let staff = try await session.member(person, in: store)
    let page = try await store.answer(
      TrainingDuties(staff: staff.id, window: RowWindow(start: 0, count: 1000))
    )
    let done = try await store.answer(StaffCompletions(of: staff.id))
    let courses = try await store.answer(RecordList<CourseFacts>())
    let groups = try await store.answer(RecordList<StaffGroupFacts>())
    let name = try await revealing.names(of: [staff.id], store, session)[staff.id]
    let group = groups.first { $0.id == staff.facts.group }?.facts.name ?? ""
    func code(_ id: RecordID) -> String {
      courses.first { $0.id == id }?.facts.code ?? "course \(id)"
    }
    if format.json {
      var tally = DutyTally()
      for row in page.rows { tally[row.standing.state] += 1 }
      var object = JSON.staff(StaffLine(staff: staff, group: group, standing: tally), name)
      object[path: ["duty_rows"]] = .array(page.rows.map { .duty($0) })
      object[path: ["completions"]] = .array(done.map { .completion($0, code($0.facts.course)) })
      try session.out.json(object)
      return .done
    }
    let out = session.out
    let facts = staff.facts
    try out.line("\(facts.pseudonym) (staff:\(staff.id)), \(group)")
    if let name { try out.line("\(name.name) \(name.number) \(name.email)") }
    if !facts.roles.isEmpty { try out.line("roles: \(facts.roles.joined(separator: ", "))") }
    if let joined = facts.joined { try out.line("joined: \(joined.iso)") }
    if let left = facts.left { try out.line("left: \(left.iso)") }
    for row in page.rows {
      try out.line("\(row.code): \(TrainingWords.standing(row.standing, row.form))")
    }
    for completion in done {
      let facts = completion.facts
      let source: Words = facts.source.isEmpty ? "" : " (\(facts.source))"
      try out.line(
        """
        completion:\(completion.id) \(facts.on.iso) \(code(facts.course)) \
        \(facts.version)\(source)
        """
      )
    }
    return .done
  }
}

/// The command `tocsin training staff edit`.
struct EditStaff: HeadlessCommand {
  static let origin = "training staff edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Move somebody to another group, set roles and days; what is not named stays."
  )

  @Argument(help: "The person.") var person: String
  @Option(help: "The group.") var group: String?
  @Option(help: "Roles, with commas; empty for none.") var roles: String?
  @Option(parsing: .unconditional, help: "The first day; empty for not known.") var joined: String?
  @Option(
    parsing: .unconditional,
    help: "The day from which the person is not there; empty for open."
  )
  var left: String?
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let staff = try await session.member(person, in: store)
    var facts = staff.facts
    if let group { facts.group = try await session.staffGroup(group, in: store).id }
    if let roles { facts.roles = TrainingWords.list(roles) }
    if let joined { facts.joined = try session.optionalDay(joined) }
    if let left { facts.left = try session.optionalDay(left) }
    let receipt = try await store.apply(
      EditRecord(id: staff.id, basedOn: base.version ?? staff.version, facts: facts),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(facts.pseudonym): edited")
  }
}

/// The command `tocsin training staff remove`.
struct RemoveStaff: HeadlessCommand {
  static let origin = "training staff remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take somebody off the list who was never meant to be on it; undo brings back.",
    discussion: "Who has left is not removed but edited: --left. To erase a person: staff erase."
  )

  @Argument(help: "The person.") var person: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let staff = try await session.member(person, in: store)
    let receipt = try await store.apply(
      RemoveRecord<StaffFacts>(id: staff.id, basedOn: staff.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(staff.facts.pseudonym): removed")
  }
}

/// The command `tocsin training staff erase`.
struct EraseStaffCommand: HeadlessCommand {
  static let origin = "training staff erase"
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase what leads to people, here and in the journal's details; for good.",
    discussion: """
      What was done in training stays under a number and counts. --names takes the sealed names alone \
      and leaves pseudonyms. Backups that were made before still have them. Cannot be undone: --yes \
      says that it is meant.
      """
  )

  @Argument(help: "The people.") var people: [String] = []
  @Option(help: "Also all who left before this day.") var leftBefore: String?
  @Flag(help: "The names of all people, and nothing else.") var names = false
  @Flag(help: "It is meant.") var yes = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if people.isEmpty, leftBefore == nil, !names {
      throw ValidationError("Name people, --left-before DAY, or --names.")
    }
    if names, leftBefore != nil || !people.isEmpty {
      throw ValidationError("--names is about all people; name no others.")
    }
    if !yes { throw ValidationError("Erasing cannot be undone; say --yes where it is meant.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var ids: Set<RecordID> = []
    for person in people { ids.insert(try await session.member(person, in: store).id) }
    if leftBefore != nil || names {
      let before = try leftBefore.map(session.day)
      let window = RowWindow(start: 0, count: .max)
      let all = try await store.answer(StaffList(withFormer: true, window: window)).rows
      for line in all where !line.staff.facts.isErased {
        if let before {
          guard let left = line.staff.facts.left, left < before else { continue }
        }
        ids.insert(line.id)
      }
    }
    let outcome = try await store.perform(
      StaffErasure(of: ids.sorted(), namesOnly: names),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .members([
          "erased": .count(outcome.count), "log_emptied": .bool(outcome.isLogEmpty),
        ])
      )
    } else {
      try session.out.line("erased \(outcome.count)")
    }
    if !outcome.isLogEmpty {
      session.out.note(
        "another program reads the store: its log may hold what was erased until that ends"
      )
    }
    return .done
  }
}
