internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin consent purpose`.
struct PurposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purpose",
    abstract: "Purposes that people consent to.",
    subcommands: [
      ListPurposes.self, AddPurposeCommand.self, EditPurposeCommand.self, EndPurpose.self,
      RemovePurposeCommand.self,
    ]
  )
}

/// The command `tocsin consent purpose list`.
struct ListPurposes: HeadlessCommand {
  static let origin = "consent purpose list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List purposes with how many consent, withdrew, and rest on a text no longer right."
  )

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(ConsentBoard())
    let objects = rows.map { JSON.purpose($0) }
    if format.csv {
      try session.out.csv(
        objects,
        [
          "reference", "slug", "name", "what_for", "activity", "given", "withdrawn", "expired",
          "stale", "records", "ended.text", "erased_at",
        ]
      )
      return .done
    }
    if format.json {
      try session.out.json(.members(["total": .count(rows.count), "purposes": .array(objects)]))
      return .done
    }
    guard !rows.isEmpty else {
      session.out.note("There is no purpose. tocsin consent purpose add writes one down.")
      return .done
    }
    let lines: [[Words]] = rows.map { row in
      let facts = row.purpose.facts
      let state: Words =
        facts.erasedAt != nil ? "erased" : facts.ended != nil ? "ended" : "open"
      return [
        "\(facts.slug)", "\(row.purpose.reference)",
        "\(facts.activity.isEmpty ? "-" : facts.activity)",
        state, "\(row.count(.given))", "\(row.count(.withdrawn))", "\(row.count(.expired))",
        "\(row.stale)", "\(facts.name)",
      ]
    }
    let titles: [Words] = [
      "PURPOSE", "REFERENCE", "ACTIVITY", "STATE", "GIVEN", "WITHDRAWN", "EXPIRED", "STALE", "NAME",
    ]
    for line in Table(titles: titles, rows: lines, right: [4, 5, 6, 7]).lines(lines) {
      try session.out.line(line)
    }
    return .done
  }
}

/// The command `tocsin consent purpose add`.
struct AddPurposeCommand: HeadlessCommand {
  static let origin = "consent purpose add"
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Write down a purpose that people consent to; prints its reference."
  )

  @Argument(help: "The short name that files use: newsletter.") var slug: String
  @Argument(help: "What it is called.") var name: String
  @Option(name: .customLong("for"), help: "What is done with the data.") var text = ""
  @Option(help: "The activity that it belongs to, such as ACT-0001.") var activity = ""
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let facts = PurposeFacts(slug: slug, name: name, text: text, activity: activity)
    let receipt = try await store.apply(AddPurpose(facts), origin: session.origin)
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin consent purpose edit`.
struct EditPurposeCommand: HeadlessCommand {
  static let origin = "consent purpose edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Alter what is known of a purpose; what is not named stays."
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Option(help: "The short name that files use.") var slug: String?
  @Option(help: "What it is called.") var name: String?
  @Option(name: .customLong("for"), help: "What is done with the data.") var text: String?
  @Option(help: "The activity that it belongs to; empty for none.") var activity: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.purpose(purpose, in: store).purpose
    var facts = found.facts
    facts.slug = slug?.lowercased() ?? facts.slug
    facts.name = name ?? facts.name
    facts.text = text ?? facts.text
    facts.activity = activity?.uppercased() ?? facts.activity
    let receipt = try await store.apply(
      EditPurpose(id: found.id, basedOn: found.version, facts: facts),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference)")
  }
}

/// The command `tocsin consent purpose end`.
struct EndPurpose: HeadlessCommand {
  static let origin = "consent purpose end"
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: "Say that a purpose ended; from then on its consents are kept as their rule says.",
    discussion: """
      The rule: tocsin register rule add consents "Consents" --period "3 years" --ground ... Without one \
      they stand in tocsin register due as what nobody gave a period.
      """
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Option(help: "When; now, if not given.") var on: String?
  @Flag(help: "It goes on after all.") var reopen = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if reopen, on != nil { throw ValidationError("--reopen takes no --on.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.purpose(purpose, in: store).purpose
    var facts = found.facts
    facts.ended = reopen ? nil : try on.map(session.time) ?? StatedTime(session.now)
    let receipt = try await store.apply(
      EditPurpose(id: found.id, basedOn: found.version, facts: facts),
      origin: session.origin
    )
    let what: Words = facts.ended.map { "ended \($0.plainWithZone)" } ?? "goes on"
    return try session.report(receipt, format, "\(found.reference): \(what)")
  }
}

/// The command `tocsin consent purpose remove`.
struct RemovePurposeCommand: HeadlessCommand {
  static let origin = "consent purpose remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a purpose without consents, written down in error, off the list."
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.purpose(purpose, in: store).purpose
    let receipt = try await store.apply(
      RemovePurpose(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}
