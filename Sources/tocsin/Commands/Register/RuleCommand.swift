internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin register rule`.
struct RuleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Retention rules: how long data are kept, on what ground, and how much there is.",
    subcommands: [
      ListRetention.self, AddRetentionCommand.self, EditRetentionCommand.self,
      NumberRetention.self, CountRetention.self, RemoveRetentionCommand.self,
    ]
  )
}

/// The command `tocsin register rule list`.
struct ListRetention: HeadlessCommand {
  static let origin = "register rule list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List retention rules."
  )

  @Option(help: "Only those of this activity.") var activity = ""
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rules = try await store.answer(RetentionRules(activity: activity))
    let objects = rules.map { JSON.retention($0) }
    if format.csv {
      try session.out.csv(
        objects,
        [
          "reference", "title", "target", "activity", "categories", "trigger", "from", "period",
          "ground", "method",
        ]
      )
      return .done
    }
    if format.json {
      try session.out.json(.members(["total": .count(rules.count), "rules": .array(objects)]))
      return .done
    }
    guard !rules.isEmpty else {
      session.out.note("There is no retention rule.")
      return .done
    }
    let lines: [[Words]] = rules.map { rule in
      let facts = rule.facts
      let of = facts.activity.isEmpty ? facts.target.label : facts.activity
      let data = facts.categories.isEmpty ? "all" : facts.categories.joined(separator: ", ")
      return [
        "\(rule.reference)", "\(of)", "\(data)", "\(facts.text)", "\(facts.ground)",
        "\(facts.title)",
      ]
    }
    let titles: [Words] = ["RULE", "OF", "DATA", "KEPT", "GROUND", "TITLE"]
    for line in Table(titles: titles, rows: lines).lines(lines) { try session.out.line(line) }
    return .done
  }
}

/// What is common to adding and editing a retention rule.
struct RetentionOptions: ParsableArguments {
  @Option(help: "A category of data that it covers; again for each. None covers all.")
  var category: [String] = []
  @Option(help: "How the data are deleted.") var method: String?
  @Option(help: "Count from: event, or year-end for the end of its calendar year.")
  var from: String?
  @Option(help: "How long the command may run, in seconds.") var seconds: Int?
  @Option(
    name: .customLong("command"),
    parsing: .remaining,
    help: ArgumentHelp(
      """
      The program that counts what is due, with its arguments; stands last. {upto} becomes the last day \
      whose period is over. No shell is used.
      """,
      valueName: "program argument"
    )
  )
  var command: [String] = []

  /// Sets what was named.
  func apply(to facts: inout RetentionFacts) throws {
    if !category.isEmpty { facts.categories = category.filter { !$0.isEmpty } }
    if let method { facts.method = method }
    if let from {
      guard let start = RetentionStart(rawValue: from) else {
        throw Refusal("--from \(from): event or year-end", status: .usage)
      }
      facts.start = start
    }
    if !command.isEmpty {
      facts.count =
        command == [""]
        ? nil : RetentionCount(arguments: command, seconds: facts.count?.seconds ?? 60)
    }
    if let seconds { facts.count?.seconds = seconds }
  }
}

/// The command `tocsin register rule add`.
struct AddRetentionCommand: HeadlessCommand {
  static let origin = "register rule add"
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a retention rule; prints its reference.",
    discussion: """
      For an activity: tocsin register rule add ACT-0001 'Invoices' --trigger invoice --period \
      '10 years' --from year-end --ground '§ 147 AO'. For what Tocsin itself keeps, name mailings, \
      requests or consents instead of an activity.
      """
  )

  @Argument(help: "The activity, such as ACT-0001; or mailings, requests, consents.") var of: String
  @Argument(help: "What the rule is called.") var title: String
  @Option(help: "The event from which data are kept on, such as contract-end.")
  var trigger: RetentionTrigger?
  @Option(help: "How long: 90 days, 36 months, 10 years.") var period: String
  @Option(help: "The law or the reason that sets the period.") var ground: String
  @OptionGroup var facts: RetentionOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let target = RetentionTarget(rawValue: of).flatMap { $0 == .activity ? nil : $0 }
    let usual = target.map(\.ownTrigger)
    guard let trigger = trigger ?? usual else {
      throw Refusal(
        "say from which event data are kept on",
        advice: """
          --trigger: \(RetentionTrigger.allCases.map(\.rawValue).joined(separator: ", "))
          """,
        status: .usage
      )
    }
    var rule = RetentionFacts(
      title: title,
      trigger: trigger,
      period: try session.kept(period, "--period"),
      ground: ground
    )
    rule.target = target ?? .activity
    let store = try session.open()
    if target == nil { rule.activity = try await session.activity(of, in: store).reference }
    try facts.apply(to: &rule)
    let receipt = try await store.apply(AddRetention(rule), origin: session.origin)
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin register rule edit`.
struct EditRetentionCommand: HeadlessCommand {
  static let origin = "register rule edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Set what is known of a retention rule."
  )

  @Argument(help: "The rule, such as RET-0001.") var reference: String
  @Option(help: "What the rule is called.") var title: String?
  @Option(help: "The event from which data are kept on.") var trigger: RetentionTrigger?
  @Option(help: "How long: 90 days, 36 months, 10 years.") var period: String?
  @Option(help: "The law or the reason that sets the period.") var ground: String?
  @Flag(help: "Take all numbers away.") var forgetNumbers = false
  @OptionGroup var facts: RetentionOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.retention(reference, in: store)
    var rule = found.facts
    if let title { rule.title = title }
    if let trigger { rule.trigger = trigger }
    if let period { rule.period = try session.kept(period, "--period") }
    if let ground { rule.ground = ground }
    if forgetNumbers { rule.stocks = [] }
    try facts.apply(to: &rule)
    let receipt = try await store.apply(
      EditRetention(id: found.id, basedOn: found.version, facts: rule),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): \(rule.text)")
  }
}

/// The command `tocsin register rule number`.
struct NumberRetention: HeadlessCommand {
  static let origin = "register rule number"
  static let configuration = CommandConfiguration(
    commandName: "number",
    abstract: "Say how much data there is under a rule: of when, and how many.",
    discussion: "tocsin register rule number RET-0001 --of 2023-03 --count 1200"
  )

  @Argument(help: "The rule, such as RET-0001.") var reference: String
  @Option(help: "When the event was: a day, a month or a year.") var of: String
  @Option(help: "How many records, people or files; unknown, if not given.") var count: Int64?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.retention(reference, in: store)
    let stock = RetentionStock(
      triggered: try session.time(of),
      count: count,
      asOf: session.now,
      by: ""
    )
    let receipt = try await store.apply(
      RecordStock(id: found.id, basedOn: found.version, stock: stock),
      origin: session.origin
    )
    let zone = try await session.organisationZone(in: store)
    let due = found.facts.end(from: try session.time(of), in: zone)
    let day = CivilTime(due, offset: zone.offset(at: due)).isoDate
    return try session.report(receipt, format, "\(found.reference): kept until \(day)")
  }
}

/// The command `tocsin register rule count`.
struct CountRetention: HeadlessCommand {
  static let origin = "register rule count"
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Count what is due by the rules' own commands.",
    discussion: """
      Runs the command of each rule that is named, or of all that have one. It is started without a \
      shell, with empty standard input and a limited time, and must write one line: a number, and the \
      day of the oldest event behind it where that is known. Let it read only.
      """
  )

  @Argument(help: "Rules, such as RET-0001; all that have a command, if none is named.")
  var references: [String] = []
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let zone = try await session.organisationZone(in: store)
    var rules = try await store.answer(RetentionRules()).filter { $0.facts.count != nil }
    if !references.isEmpty {
      rules = []
      for reference in references {
        rules.append(try await session.retention(reference, in: store))
      }
    }
    guard !rules.isEmpty else {
      session.out.note("No rule has a command that counts.")
      return .done
    }
    let counter = DataCounter(environment: session.environment)
    var (objects, hasFailed) = ([JSON](), false)
    for rule in rules {
      do {
        session.out.progress("counting: \(rule.reference)")
        let stock = try counter.count(rule, now: session.now, zone: zone)
        session.out.progress(nil)
        try await store.apply(
          RecordStock(id: rule.id, basedOn: rule.version, stock: stock),
          origin: session.origin
        )
        objects.append(
          .members([
            "rule": .string(rule.reference), "count": .number(stock.count),
            "up_to": .string(stock.upTo), "oldest": .time(stock.triggered),
          ])
        )
        if !format.json {
          try session.out.line(
            "\(rule.reference): \(stock.count.map(String.init) ?? "?") up to \(stock.upTo)"
          )
        }
      } catch let failure as DataCounter.Failure {
        session.out.progress(nil)
        hasFailed = true
        session.out.note("\(failure.description)")
      }
    }
    if format.json { try session.out.json(.members(["counted": .array(objects)])) }
    return hasFailed ? .failed : .done
  }
}

/// The command `tocsin register rule remove`.
struct RemoveRetentionCommand: HeadlessCommand {
  static let origin = "register rule remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a retention rule off the list; undo brings it back."
  )

  @Argument(help: "The rule, such as RET-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.retention(reference, in: store)
    let receipt = try await store.apply(
      RemoveRetention(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}
