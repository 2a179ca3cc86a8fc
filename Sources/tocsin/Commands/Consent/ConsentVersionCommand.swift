internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin consent version`.
struct ConsentVersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Versions of the notices that people read before they consented.",
    subcommands: [
      ListConsentVersions.self, ShowConsentVersion.self, AddConsentVersionCommand.self,
      EditConsentVersionCommand.self, WrongConsentVersion.self, RemoveConsentVersionCommand.self,
    ]
  )
}

/// The command `tocsin consent version list`.
struct ListConsentVersions: HeadlessCommand {
  static let origin = "consent version list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List versions of a purpose, or of all, with how many consents rest on each."
  )

  @Argument(help: "The purpose: short name or reference; all, if not given.") var purpose: String?
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows: [PurposeRow]
    if let purpose {
      rows = [try await session.purpose(purpose, in: store)]
    } else {
      rows = try await store.answer(ConsentBoard())
    }
    let objects = rows.flatMap { row in
      row.versions.map { JSON.version($0, of: row, isWhole: false) }
    }
    if format.csv {
      try session.out.csv(
        objects,
        [
          "reference", "purpose", "label", "language", "sha256", "from.text", "until.text",
          "superseded_by", "no_longer_right", "because", "given", "withdrawn", "expired",
        ]
      )
      return .done
    }
    if format.json {
      try session.out.json(
        .members(["total": .count(objects.count), "versions": .array(objects)])
      )
      return .done
    }
    let lines: [[Words]] = rows.flatMap { row in
      row.versions.map { version -> [Words] in
        let facts = version.facts
        let given = row.count(
          ConsentFilter(states: [.given], versions: [facts.label.lowercased()])
        )
        return [
          "\(row.purpose.facts.slug)", "\(facts.label)",
          "\(facts.language.isEmpty ? "-" : facts.language)", "\(facts.from.plain)",
          "\(facts.until?.plain ?? "-")", "\(given)",
          facts.flaw.map { "no longer right: \($0.label)" } ?? "right",
          "\(facts.digest.prefix(12))",
        ]
      }
    }
    guard !lines.isEmpty else {
      session.out.note("There is no version. tocsin consent version add writes one down.")
      return .done
    }
    let titles: [Words] = [
      "PURPOSE", "VERSION", "LANG", "FROM", "UNTIL", "GIVEN", "STANDS", "SHA-256",
    ]
    for line in Table(titles: titles, rows: lines, right: [5]).lines(lines) {
      try session.out.line(line)
    }
    return .done
  }
}

/// The command `tocsin consent version show`.
struct ShowConsentVersion: HeadlessCommand {
  static let origin = "consent version show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a version with its text as people read it."
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Argument(help: "The version, such as 2024-1.") var label: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let row = try await session.purpose(purpose, in: store)
    let version = try session.version(label, of: row)
    if format.json {
      try session.out.json(.version(version, of: row, isWhole: true))
      return .done
    }
    for (name, value) in version.facts.named where !value.isEmpty {
      try session.out.line("\(name): \(value)")
    }
    try session.out.line("")
    for line in Words.lines(version.facts.text) { try session.out.line(line) }
    return .done
  }
}

/// The command `tocsin consent version add`.
struct AddConsentVersionCommand: HeadlessCommand {
  static let origin = "consent version add"
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a version of a notice out of a text file; prints its reference.",
    discussion: """
      The text is kept byte for byte, with its SHA-256. With --supersedes the version before ends when \
      this one begins, and names it.
      """
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Argument(help: "What files call it, such as 2024-1.") var label: String
  @Argument(help: "The text: a file in UTF-8, or - for standard input.", completion: .file())
  var file: String
  @Option(help: "The language, such as de.") var language = ""
  @Option(help: "From when it was shown; now, if not given.") var from: String?
  @Option(help: "Until when it was shown.") var until: String?
  @Option(help: "The version that ends when this one begins.") var supersedes: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let row = try await session.purpose(purpose, in: store)
    var facts = ConsentVersionFacts(
      purpose: row.purpose.reference,
      label: label,
      language: language.lowercased(),
      text: try session.text(file, limit: 200 << 10),
      from: try from.map(session.time) ?? StatedTime(session.now)
    )
    facts.until = try until.map(session.time)
    var changes: [any Change] = [AddConsentVersion(facts)]
    if let supersedes {
      let before = try session.version(supersedes, of: row)
      var old = before.facts
      old.until = old.until ?? facts.from
      old.successor = facts.label
      changes.append(EditConsentVersion(id: before.id, basedOn: before.version, facts: old))
    }
    let receipts = try await store.apply(changes, origin: session.origin)
    guard let receipt = receipts.first else { return .failed }
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin consent version edit`.
struct EditConsentVersionCommand: HeadlessCommand {
  static let origin = "consent version edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Alter the dates of a version; its text stays once somebody consented to it."
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Argument(help: "The version, such as 2024-1.") var label: String
  @Option(help: "From when it was shown.") var from: String?
  @Option(help: "Until when it was shown; empty while it is.") var until: String?
  @Option(help: "The version that came after it; empty where none did.") var supersededBy: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let row = try await session.purpose(purpose, in: store)
    let found = try session.version(label, of: row)
    var facts = found.facts
    if let from { facts.from = try session.time(from) }
    if let until { facts.until = until.isEmpty ? nil : try session.time(until) }
    if let supersededBy { facts.successor = supersededBy }
    let receipt = try await store.apply(
      EditConsentVersion(id: found.id, basedOn: found.version, facts: facts),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference)")
  }
}

/// The command `tocsin consent version wrong`.
struct WrongConsentVersion: HeadlessCommand {
  static let origin = "consent version wrong"
  static let configuration = CommandConfiguration(
    commandName: "wrong",
    abstract: "Say that a version is no longer right, and why; consents under it are stale then.",
    discussion: """
      changed: what is done was altered and the text does not say it; wrong: it said what was not so; \
      incomplete: it lacked what the law wants; ordered: an authority or court said so.
      """
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Argument(help: "The version, such as 2024-1.") var label: String
  @Option(help: "In which way it is not right.") var flaw: ConsentFlaw?
  @Option(help: "What is not right about it.") var because = ""
  @Flag(help: "It is right after all.") var right = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard right == (flaw == nil) else {
      throw ValidationError("Give --flaw changed, wrong, incomplete or ordered; or --right.")
    }
    guard right || because.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--because says what is not right about it.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let row = try await session.purpose(purpose, in: store)
    let found = try session.version(label, of: row)
    var facts = found.facts
    (facts.flaw, facts.flawNote) = (flaw, right ? "" : because)
    let receipt = try await store.apply(
      EditConsentVersion(id: found.id, basedOn: found.version, facts: facts),
      origin: session.origin
    )
    let count = row.count(
      ConsentFilter(states: [.given], versions: [facts.label.lowercased()])
    )
    let what: Words = right ? "right again" : "no longer right; \(count) consents rest on it"
    return try session.report(receipt, format, "\(found.reference): \(what)")
  }
}

/// The command `tocsin consent version remove`.
struct RemoveConsentVersionCommand: HeadlessCommand {
  static let origin = "consent version remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a version that nobody has read, written down in error, off the list."
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Argument(help: "The version, such as 2024-1.") var label: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try session.version(label, of: try await session.purpose(purpose, in: store))
    let receipt = try await store.apply(
      RemoveConsentVersion(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}
