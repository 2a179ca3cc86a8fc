internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin register hold`.
struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Legal holds: what may not be deleted, and why.",
    subcommands: [ListHolds.self, AddHoldCommand.self, LiftHold.self, RemoveHoldCommand.self]
  )
}

extension Session {
  /// The legal hold that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func hold(_ reference: String, in store: any Store) async throws -> LegalHold {
    let holds = try await store.answer(LegalHolds())
    guard let hold = holds.first(where: { $0.reference == reference.uppercased() }) else {
      throw Refusal(
        "there is no legal hold \(reference)",
        advice: "what there is: tocsin register hold list"
      )
    }
    return hold
  }
}

/// The command `tocsin register hold list`.
struct ListHolds: HeadlessCommand {
  static let origin = "register hold list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List legal holds, those in force first."
  )

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let holds = try await store.answer(LegalHolds())
    let objects = holds.map { hold -> JSON in
      .members([
        "reference": .string(hold.reference), "id": .integer(hold.id),
        "version": .integer(hold.version), "title": .string(hold.facts.title),
        "reason": .string(hold.facts.reason), "ordered_by": .string(hold.facts.orderedBy),
        "covers": .texts(hold.facts.scope), "from": .time(hold.facts.from),
        "until": .time(hold.facts.until),
        "in_force": .bool(hold.facts.isInForce(at: session.now)),
      ])
    }
    if format.csv {
      try session.out.csv(
        objects,
        [
          "reference", "title", "reason", "ordered_by", "covers", "from.text", "until.text",
          "in_force",
        ]
      )
      return .done
    }
    if format.json {
      try session.out.json(.members(["total": .count(holds.count), "holds": .array(objects)]))
      return .done
    }
    guard !holds.isEmpty else {
      session.out.note("There is no legal hold.")
      return .done
    }
    let lines: [[Words]] = holds.map { hold in
      [
        "\(hold.reference)",
        hold.facts.isInForce(at: session.now) ? "in force" : "over",
        "\(hold.facts.from.plain)", "\(hold.facts.until?.plain ?? "-")",
        "\(hold.facts.scope.joined(separator: ", "))", "\(hold.facts.title)",
      ]
    }
    let titles: [Words] = ["HOLD", "STATE", "FROM", "UNTIL", "COVERS", "TITLE"]
    for line in Table(titles: titles, rows: lines).lines(lines) { try session.out.line(line) }
    return .done
  }
}

/// The command `tocsin register hold add`.
struct AddHoldCommand: HeadlessCommand {
  static let origin = "register hold add"
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Forbid to delete what it covers; prints its reference."
  )

  @Argument(help: "What it is called.") var title: String
  @Option(help: "Why: the proceedings, the order.") var reason: String
  @Option(
    help: ArgumentHelp(
      """
      What it covers; again for each. An activity, a retention rule, an incident, a mailing, a request, a \
      purpose.
      """,
      valueName: "reference|all"
    )
  )
  var covers: [String]
  @Option(help: "Who ordered it.") var orderedBy = ""
  @Option(help: "From when it holds; now, if not given.") var from: String?
  @Option(help: "Until when; until somebody lifts it, if not given.") var until: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var hold = HoldFacts(
      title: title,
      reason: reason,
      scope: covers,
      from: try session.time(from ?? "now")
    )
    hold.orderedBy = orderedBy
    hold.until = try until.map(session.time)
    let receipt = try await store.apply(AddHold(hold), origin: session.origin)
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin register hold lift`.
struct LiftHold: HeadlessCommand {
  static let origin = "register hold lift"
  static let configuration = CommandConfiguration(
    commandName: "lift",
    abstract: "End a legal hold; what it covered may be deleted from then on."
  )

  @Argument(help: "The hold, such as HLD-0001.") var reference: String
  @Option(help: "When it ends; now, if not given.") var on: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.hold(reference, in: store)
    var hold = found.facts
    hold.until = try on.map(session.time) ?? StatedTime(session.now)
    let receipt = try await store.apply(
      EditHold(id: found.id, basedOn: found.version, facts: hold),
      origin: session.origin
    )
    return try session.report(
      receipt,
      format,
      "\(found.reference): ends \(hold.until?.plainWithZone ?? "")"
    )
  }
}

/// The command `tocsin register hold remove`.
struct RemoveHoldCommand: HeadlessCommand {
  static let origin = "register hold remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a legal hold that was written down in error off the list."
  )

  @Argument(help: "The hold, such as HLD-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.hold(reference, in: store)
    let receipt = try await store.apply(
      RemoveHold(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}
