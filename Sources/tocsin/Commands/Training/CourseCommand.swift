internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin training course`.
struct CourseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "course",
    abstract: "Courses and handling protocols with their versions and how long they hold.",
    subcommands: [
      List.self, Show.self, Add.self, Edit.self, Version.self, Remove.self,
    ]
  )

  /// The command `tocsin training course list`.
  struct List: HeadlessCommand {
    static let origin = "training course list"
    static let configuration = CommandConfiguration(
      abstract: "List courses and protocols by code, with how training in them stands."
    )

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    private static let columns = [
      "code", "kind", "name", "valid_months", "duties.done", "duties.due", "duties.overdue",
      "duties.expired", "incidents", "where",
    ]

    func perform(in session: Session) async throws -> ExitStatus {
      let answer = try await session.open().answer(TrainingStatus())
      let objects = answer.courses.map { standing in
        var object = JSON.course(standing.course)
        object[path: ["duties"]] = .tally(standing.duties)
        object[path: ["incidents"]] = .count(standing.incidents)
        return object
      }
      if format.json {
        try session.out.json(.array(objects))
      } else if format.csv {
        try session.out.csv(objects, Self.columns)
      } else if !answer.courses.isEmpty {
        let rows: [[Words]] = answer.courses.map { standing in
          let facts = standing.course.facts
          return [
            "\(facts.code)", "\(facts.form.label)",
            "\(facts.version(on: answer.today)?.label ?? "-")",
            facts.validMonths.map { "\($0) months" } ?? "no end", "\(standing.duties.done)",
            "\(standing.duties.due)", "\(standing.duties.late)", "\(facts.name)",
          ]
        }
        let titles: [Words] = [
          "CODE", "KIND", "VERSION", "HOLDS", "DONE", "DUE", "LATE", "NAME",
        ]
        for line in Table(titles: titles, rows: rows, right: [4, 5, 6]).lines(rows) {
          try session.out.row(line)
        }
      }
      return .done
    }
  }

  /// The command `tocsin training course show`.
  struct Show: HeadlessCommand {
    static let origin = "training course show"
    static let configuration = CommandConfiguration(
      abstract:
        "Show a course or protocol: versions, plans, and incidents it should have prevented."
    )

    @Argument(help: "Its code, such as PHISH-1.") var code: String
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let course = try await session.course(code, in: store)
      let plans = try await store.answer(RecordList<TrainingPlanFacts>())
        .filter { $0.facts.course == course.id }
      let links = try await store.answer(SubjectLinks(of: Subject(.course, course.id)))
      let standing = try await store.answer(TrainingStatus()).courses.first { $0.id == course.id }
      let subject = Subject(.course, course.id)
      if format.json {
        var object = JSON.course(course)
        object[path: ["duties"]] = .tally(standing?.duties ?? DutyTally())
        object[path: ["plans"]] = .texts(plans.map(\.facts.name))
        object[path: ["links"]] = .array(
          links.map { row in
            .members([
              "relation": .string(row.link.relation),
              "to": .string(row.other(from: subject).name),
              "title": .string(row.other(from: subject).title),
            ])
          }
        )
        try session.out.json(object)
        return .done
      }
      let (out, facts) = (session.out, course.facts)
      try out.line("\(facts.code) \(facts.name)")
      let holds: Words = facts.validMonths.map { "holds \($0) months" } ?? "holds without end"
      try out.line("\(facts.form.label), \(holds)")
      if !facts.address.isEmpty { try out.line("where: \(facts.address)") }
      for version in facts.versions {
        let renew: Words = version.mustRenew ? ", must be renewed" : ""
        let summary: Words = version.summary.isEmpty ? "" : ": \(version.summary)"
        try out.line("version \(version.label) from \(version.from.iso)\(renew)\(summary)")
        if !version.digest.isEmpty { try out.line("  SHA-256 \(version.digest)") }
      }
      if let duties = standing?.duties {
        try out.line(
          """
          done \(duties.done), due \(duties.due), overdue \(duties.overdue), expired \
          \(duties.expired)
          """
        )
      }
      for plan in plans { try out.line("plan \(plan.id): \(plan.facts.name)") }
      for row in links {
        let other = row.other(from: subject)
        let relation = row.link.relation.isEmpty ? "linked to" : row.link.relation
        try out.line("\(relation) \(other.name): \(other.title)")
      }
      return .done
    }
  }

  /// The command `tocsin training course add`.
  struct Add: HeadlessCommand {
    static let origin = "training course add"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Add a course, or a handling protocol whose versions are acknowledged."
    )

    @Argument(help: "Its code: one word such as PHISH-1.") var code: String
    @Option(help: "What it is called.") var name: String
    @Flag(help: "It is a handling protocol, which is acknowledged.") var `protocol` = false
    @Option(help: "For how many months it holds; without: without end.") var months: Int?
    @Option(name: .customLong("version-label"), help: "The label of its first version.")
    var label = "1"
    @Option(parsing: .unconditional, help: "The day from which that is in force; default: today.")
    var from: String?
    @Option(help: "The file with its text; its SHA-256 is kept.", completion: .file())
    var file: String?
    @Option(name: .customLong("where"), help: "Where it is found.") var address = ""
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let facts = CourseFacts(
        code: code,
        name: name,
        form: self.protocol ? .handlingProtocol : .course,
        validMonths: months,
        versions: [
          CourseVersion(
            label: label,
            from: try await session.dayOrToday(from, in: store),
            digest: try file.map { try FileDigest.sha256(path: $0).hex } ?? ""
          )
        ],
        address: address
      )
      let receipt = try await store.apply(AddRecord(facts), origin: session.origin)
      return try session.report(receipt, format, "\(code): added")
    }
  }

  /// The command `tocsin training course edit`.
  struct Edit: HeadlessCommand {
    static let origin = "training course edit"
    static let configuration = CommandConfiguration(
      abstract: "Alter what is known of a course or protocol; what is not named stays."
    )

    @Argument(help: "Its code, such as PHISH-1.") var code: String
    @Option(help: "Another code.") var newCode: String?
    @Option(help: "What it is called.") var name: String?
    @Option(help: "For how many months it holds; 0: without end.") var months: Int?
    @Option(name: .customLong("where"), help: "Where it is found; empty for nowhere.")
    var address: String?
    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let course = try await session.course(code, in: store)
      var facts = course.facts
      if let newCode { facts.code = newCode }
      if let name { facts.name = name }
      if let months { facts.validMonths = months == 0 ? nil : months }
      if let address { facts.address = address }
      let receipt = try await store.apply(
        EditRecord(id: course.id, basedOn: base.version ?? course.version, facts: facts),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(facts.code): edited")
    }
  }

  /// The command `tocsin training course version`.
  struct Version: HeadlessCommand {
    static let origin = "training course version"
    static let configuration = CommandConfiguration(
      abstract: "Add a version to a course or protocol.",
      discussion: """
        With --renew everybody who did an older one has the days of their plan, from the day it is in \
        force, to do this one.
        """
    )

    @Argument(help: "The code, such as PHISH-1.") var code: String
    @Argument(help: "The label of the version, such as 2026.1.") var label: String
    @Option(parsing: .unconditional, help: "The day from which it is in force; default: today.")
    var from: String?
    @Flag(help: "Those who did an older one must do this one.") var renew = false
    @Option(help: "What is new in it.") var summary = ""
    @Option(help: "The file with its text; its SHA-256 is kept.", completion: .file())
    var file: String?
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let course = try await session.course(code, in: store)
      let facts = course.facts
      let version = CourseVersion(
        label: label,
        from: try await session.dayOrToday(from, in: store),
        mustRenew: renew,
        summary: summary,
        digest: try file.map { try FileDigest.sha256(path: $0).hex } ?? ""
      )
      let receipt = try await store.apply(
        EditRecord(
          id: course.id,
          basedOn: course.version,
          facts: facts.with(facts.versions + [version])
        ),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(facts.code): version \(label)")
    }
  }

  /// The command `tocsin training course remove`.
  struct Remove: HeadlessCommand {
    static let origin = "training course remove"
    static let configuration = CommandConfiguration(
      abstract: "Take a course or protocol off the list that no plan asks for."
    )

    @Argument(help: "The code, such as PHISH-1.") var code: String
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let course = try await session.course(code, in: store)
      let receipt = try await store.apply(
        RemoveRecord<CourseFacts>(id: course.id, basedOn: course.version),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(course.facts.code): removed")
    }
  }
}

extension Session {
  /// A day that was typed, else today where the organisation counts its days.
  func dayOrToday(_ text: String?, in store: any Store) async throws -> DayNumber {
    if let text { return try day(text) }
    return try await today(in: store)
  }
}
