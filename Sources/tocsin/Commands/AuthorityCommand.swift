internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin authority`.
struct AuthorityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "authority",
    abstract: "The contact book of those whom laws tell: portal, number, person.",
    discussion: """
      The rulebook names authorities and their roles; how to reach them an organisation notes \
      itself. Drafts, forms and duties show it.
      """,
    subcommands: [
      ListAuthorities.self, ShowAuthority.self, SetAuthorityCommand.self,
      RemoveAuthorityCommand.self,
    ]
  )
}

/// The command `tocsin authority list`.
struct ListAuthorities: HeadlessCommand {
  static let origin = "authority list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List whom the laws of the rulebook tell, and what is known of them."
  )

  @Argument(help: "Only those whose key, name, jurisdiction or role has this text.")
  var text: String?

  @Flag(help: "Only those of whom the organisation has noted something.")
  var known = false

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  /// The members that are columns of CSV.
  private static let columns = [
    "key", "name", "jurisdiction", "role", "rules", "who", "portal", "email", "phone", "person",
    "number", "note",
  ]

  func perform(in session: Session) async throws -> ExitStatus {
    let pack = try session.rulebook(rulebook).pack
    let contacts = try await session.open().answer(AuthorityContacts())
    let wanted = text?.lowercased()
    let found = AuthorityEntry.all(pack, contacts).filter { entry in
      guard !known || entry.contact != nil else { return false }
      guard let wanted else { return true }
      return [
        entry.key, entry.authority?.name, entry.authority?.jurisdiction,
        entry.authority?.role.label, entry.contact?.facts.body,
      ].contains { $0?.lowercased().contains(wanted) ?? false }
    }
    if format.json {
      try session.out.json(.array(found.map { $0.json(pack) }))
      return .done
    }
    if format.csv {
      try session.out.csv(found.map { $0.json(pack) }, Self.columns)
      return .done
    }
    let rows = found.map { entry in
      [
        Words(entry.key), Words(entry.authority?.name ?? "not in the rulebook"),
        Words(entry.authority?.role.label ?? ""), Words(entry.contact?.facts.line ?? ""),
      ]
    }
    guard !rows.isEmpty else { return .done }
    let table = Table(titles: ["KEY", "NAME", "ROLE", "KNOWN"], rows: rows)
    for line in table.lines(rows) { try session.out.line(line) }
    return .done
  }
}

/// The command `tocsin authority show`.
struct ShowAuthority: HeadlessCommand {
  static let origin = "authority show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one of those whom laws tell, with the rules that do."
  )

  @OptionGroup var which: AuthorityArguments
  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let pack = try session.rulebook(rulebook).pack
    let entry = try await which.find(pack, try session.open())
    if format.json {
      try session.out.json(entry.json(pack))
      return .done
    }
    try session.out.line("key: \(entry.key)")
    if let authority = entry.authority {
      try session.out.line("name: \(authority.name)")
      if !authority.jurisdiction.isEmpty {
        try session.out.line("jurisdiction: \(authority.jurisdiction)")
      }
      try session.out.line("role: \(authority.role.label)")
    }
    for (name, value) in entry.contact?.facts.named ?? [] where !value.isEmpty {
      try session.out.line("\(Words(stringLiteral: name)): \(value)")
    }
    if entry.contact == nil {
      session.out.note("nothing is noted; tocsin authority set \(entry.key) --portal ...")
    }
    try session.out.line("rules: \(entry.rules(pack).joined(separator: ", "))")
    return .done
  }
}

/// The command `tocsin authority set`.
struct SetAuthorityCommand: HeadlessCommand {
  static let origin = "authority set"
  static let makesStore = true
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Note how to reach one of those whom laws tell; what is not named stays.",
    discussion: "An empty value says that it is not known."
  )

  @OptionGroup var which: AuthorityArguments
  @Option(help: "Which one it is for you, where the law names a kind: LDI NRW.") var who: String?
  @Option(help: "Where filings go in.") var portal: String?
  @Option(help: "The e-mail address.") var email: String?
  @Option(help: "The telephone number.") var phone: String?
  @Option(help: "The person to speak to.") var person: String?
  @Option(help: "The number under which they know you.") var number: String?
  @Option(help: "What else is worth knowing.") var note: String?

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let pack = try session.rulebook(rulebook).pack
    let store = try session.open()
    let entry = try await which.find(pack, store)
    var facts = entry.contact?.facts ?? ContactFacts()
    facts.body = who ?? facts.body
    facts.portal = portal ?? facts.portal
    facts.email = email ?? facts.email
    facts.phone = phone ?? facts.phone
    facts.person = person ?? facts.person
    facts.reference = number ?? facts.reference
    facts.note = note ?? facts.note
    guard facts != entry.contact?.facts ?? ContactFacts() else {
      throw Refusal("nothing is to be set", advice: "see --help", status: .usage)
    }
    let receipt = try await store.apply(
      SetAuthority(
        id: entry.contact?.id ?? 0,
        authority: entry.key,
        basedOn: entry.contact?.version ?? 0,
        facts: facts
      ),
      origin: session.origin
    )
    return try session.report(receipt, format, "set; shown by: tocsin authority show \(entry.key)")
  }
}

/// The command `tocsin authority remove`.
struct RemoveAuthorityCommand: HeadlessCommand {
  static let origin = "authority remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take what is noted out of the contact book; undo brings it back."
  )

  @OptionGroup var which: AuthorityArguments
  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let entry = try await which.find(try session.rulebook(rulebook).pack, store)
    let receipt = try await store.apply(
      RemoveAuthority(
        id: entry.contact?.id ?? 0,
        authority: entry.key,
        basedOn: entry.contact?.version
      ),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(entry.key): removed")
  }
}

/// Which authority a command means.
struct AuthorityArguments: ParsableArguments {
  @Argument(help: "Its key, as the list shows it: eu-supervisory-authority.")
  var key: String

  /// Finds it in the rulebook or in the contact book.
  ///
  /// - Throws: `Refusal` where neither has it.
  func find(_ pack: RulePack, _ store: any Store) async throws -> AuthorityEntry {
    let contacts = try await store.answer(AuthorityContacts())
    let wanted = key.lowercased()
    guard let entry = AuthorityEntry.all(pack, contacts).first(where: { $0.key == wanted }) else {
      throw Refusal(
        "the contact book has no \(key)",
        advice: "whom laws tell: tocsin authority list",
        status: .usage
      )
    }
    return entry
  }
}

/// What the rulebook and the organisation know of one of those whom laws tell.
struct AuthorityEntry {
  /// Its key.
  var key: String
  /// What the rulebook says; nil where it names it no more.
  var authority: Authority?
  /// What the organisation has noted; nil for nothing.
  var contact: AuthorityContact?

  /// Everybody of both, those of the rulebook first.
  static func all(_ pack: RulePack, _ contacts: [AuthorityContact]) -> [AuthorityEntry] {
    let byKey = Dictionary(contacts.map { ($0.authority, $0) }) { first, _ in first }
    let known = Set(pack.authorities.map(\.key))
    return pack.authorities.map {
      AuthorityEntry(key: $0.key, authority: $0, contact: byKey[$0.key])
    }
      + contacts.filter { !known.contains($0.authority) }.map {
        AuthorityEntry(key: $0.authority, authority: nil, contact: $0)
      }
  }

  /// The rules that tell it.
  func rules(_ pack: RulePack) -> [String] {
    pack.rules.filter { law, rule in
      pack.authorities(for: rule, of: law).contains { $0.key == key }
    }.map(\.rule.id).sorted()
  }

  /// The entry for programs.
  func json(_ pack: RulePack) -> JSON {
    func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
    let facts = contact?.facts
    return .members([
      "key": .string(key), "name": text(authority?.name),
      "jurisdiction": text(authority?.jurisdiction), "role": text(authority?.role.rawValue),
      "rules": .texts(rules(pack)), "who": text(facts?.body), "portal": text(facts?.portal),
      "email": text(facts?.email), "phone": text(facts?.phone), "person": text(facts?.person),
      "number": text(facts?.reference), "note": text(facts?.note),
      "version": contact.map { .integer($0.version) } ?? .null,
    ])
  }
}

extension ContactFacts {
  /// What is known, in a line.
  fileprivate var line: String {
    named.filter { !$0.value.isEmpty }.map(\.value).joined(separator: "; ")
  }
}
