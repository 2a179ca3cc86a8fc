internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin training plan`.
struct TrainingPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Who must have done what, and within how many days.",
    subcommands: [List.self, Add.self, Edit.self, Remove.self]
  )

  /// The command `tocsin training plan list`.
  struct List: HeadlessCommand {
    static let origin = "training plan list"
    static let configuration = CommandConfiguration(abstract: "List plans by name.")

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let plans = try await store.answer(RecordList<TrainingPlanFacts>())
      let courses = try await store.answer(RecordList<CourseFacts>())
      let groups = try await store.answer(RecordList<StaffGroupFacts>())
      func code(_ id: RecordID) -> String {
        courses.first { $0.id == id }?.facts.code ?? "course \(id)"
      }
      func names(_ ids: [RecordID]) -> [String] {
        ids.map { id in groups.first { $0.id == id }?.facts.name ?? "group \(id)" }
      }
      let objects = plans.map { plan in
        JSON.members([
          "id": .integer(plan.id), "name": .string(plan.facts.name),
          "course": .string(code(plan.facts.course)), "groups": .texts(names(plan.facts.groups)),
          "roles": .texts(plan.facts.roles), "days": .count(plan.facts.days),
          "from": .day(plan.facts.from), "version": .integer(plan.version),
        ])
      }
      if format.json {
        try session.out.json(.array(objects))
      } else if format.csv {
        try session.out.csv(
          objects,
          ["id", "name", "course", "groups", "roles", "days", "from"]
        )
      } else if !plans.isEmpty {
        let rows: [[Words]] = plans.map { plan in
          let facts = plan.facts
          let whom = names(facts.groups) + facts.roles.map { "role \($0)" }
          return [
            "\(plan.id)", "\(code(facts.course))", "\(facts.days)", "\(facts.from.iso)",
            "\(whom.isEmpty ? "everybody" : whom.joined(separator: ", "))", "\(facts.name)",
          ]
        }
        let titles: [Words] = ["ID", "COURSE", "DAYS", "FROM", "WHO", "NAME"]
        for line in Table(titles: titles, rows: rows, right: [0, 2]).lines(rows) {
          try session.out.row(line)
        }
      }
      return .done
    }
  }

  /// The command `tocsin training plan add`.
  struct Add: HeadlessCommand {
    static let origin = "training plan add"
    static let configuration = CommandConfiguration(
      abstract: "Say who must have done a course; prints the plan's id.",
      discussion: """
        Without --group and --role it is everybody. The days count from the plan's first day, or from \
        the day a person joined where that is later.
        """
    )

    @Argument(help: "The course or protocol, such as PHISH-1.") var course: String
    @Option(help: "What the plan is called; default: the course's name.") var name: String?
    @Option(help: "A group that must; may be given more than once.") var group: [String] = []
    @Option(help: "A role that must; may be given more than once.") var role: [String] = []
    @Option(help: "Within how many days.") var days = 30
    @Option(parsing: .unconditional, help: "The plan's first day; default: today.")
    var from: String?
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let course = try await session.course(course, in: store)
      var groups: [RecordID] = []
      for name in group { groups.append(try await session.staffGroup(name, in: store).id) }
      let facts = TrainingPlanFacts(
        name: name ?? course.facts.name,
        course: course.id,
        groups: groups,
        roles: role,
        days: days,
        from: try await session.dayOrToday(from, in: store)
      )
      let receipt = try await store.apply(AddRecord(facts), origin: session.origin)
      return try session.report(receipt, format, "\(receipt.subject.id)")
    }
  }

  /// The command `tocsin training plan edit`.
  struct Edit: HeadlessCommand {
    static let origin = "training plan edit"
    static let configuration = CommandConfiguration(
      abstract: "Alter a plan; what is not named stays."
    )

    @Argument(help: "Its id, as the list shows it.") var id: RecordID
    @Option(help: "What the plan is called.") var name: String?
    @Option(help: "The groups that must, with commas; empty for none.") var groups: String?
    @Option(help: "The roles that must, with commas; empty for none.") var roles: String?
    @Option(help: "Within how many days.") var days: Int?
    @Option(parsing: .unconditional, help: "The plan's first day.") var from: String?
    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let plan = try await session.plan(id, in: store)
      var facts = plan.facts
      if let name { facts.name = name }
      if let groups {
        facts.groups = []
        for name in TrainingWords.list(groups) {
          facts.groups.append(try await session.staffGroup(name, in: store).id)
        }
      }
      if let roles { facts.roles = TrainingWords.list(roles) }
      if let days { facts.days = days }
      if let from { facts.from = try session.day(from) }
      let receipt = try await store.apply(
        EditRecord(id: plan.id, basedOn: base.version ?? plan.version, facts: facts),
        origin: session.origin
      )
      return try session.report(receipt, format, "plan \(plan.id): edited")
    }
  }

  /// The command `tocsin training plan remove`.
  struct Remove: HeadlessCommand {
    static let origin = "training plan remove"
    static let configuration = CommandConfiguration(
      abstract: "Take a plan off the list; nothing is deleted."
    )

    @Argument(help: "Its id, as the list shows it.") var id: RecordID
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let plan = try await session.plan(id, in: store)
      let receipt = try await store.apply(
        RemoveRecord<TrainingPlanFacts>(id: plan.id, basedOn: plan.version),
        origin: session.origin
      )
      return try session.report(receipt, format, "plan \(plan.id): removed")
    }
  }
}

extension Session {
  /// The plan that has a number.
  ///
  /// - Throws: `Refusal` where there is none.
  func plan(_ id: RecordID, in store: any Store) async throws -> TrainingPlan {
    let all = try await store.answer(RecordList<TrainingPlanFacts>())
    guard let plan = all.first(where: { $0.id == id }) else {
      throw Refusal("there is no plan \(id)", advice: "what there is: tocsin training plan list")
    }
    return plan
  }
}
