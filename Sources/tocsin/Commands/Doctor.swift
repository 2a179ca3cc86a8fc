internal import App
internal import ArgumentParser
internal import Exchange
internal import Formats
internal import Foundation
internal import Model
internal import Rulebook
internal import Storage
internal import Terminal

/// The command `tocsin doctor`.
struct Doctor: HeadlessCommand {
  static let origin = "doctor"
  static let configuration = CommandConfiguration(
    abstract: "Say how the store, SQLite, permissions, terminal and data files stand.",
    discussion: "Exit status 2 where something needs attention; it is marked with an exclamation."
  )

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    var sections = [program(session)]
    let path = session.storePath
    if FileManager.default.fileExists(atPath: path) {
      do {
        sections.append(store(try StoreFacts.read(path: path), now: session.now))
      } catch {
        sections.append(
          Section(
            "store",
            [.init("path", path), .init("problem", Refusal(error).reason.text, bad: true)]
          )
        )
      }
    } else {
      sections.append(
        Section("store", [.init("path", path), .init("state", "there is none yet")])
      )
    }
    sections.append(data(session))
    sections.append(terminal(session.environment))
    if format.json {
      try session.out.json(json(sections))
    } else {
      for section in sections {
        try session.out.line("\(section.title)")
        for fact in section.facts {
          let mark: Words = fact.isBad ? "! " : "  "
          try session.out.line("\(mark)\(fact.name): \(fact.value)")
        }
      }
    }
    return sections.contains { $0.facts.contains(where: \.isBad) } ? .found : .done
  }

  /// A fact, and whether it needs attention.
  private struct Fact {
    let name: String
    let value: String
    let isBad: Bool

    init(_ name: String, _ value: String, bad: Bool = false) {
      (self.name, self.value, isBad) = (name, value, bad)
    }
  }

  private struct Section {
    let title: String
    let facts: [Fact]

    init(_ title: String, _ facts: [Fact]) { (self.title, self.facts) = (title, facts) }
  }

  private func program(_ session: Session) -> Section {
    Section(
      "program",
      [
        Fact("version", Tocsin.version),
        Fact("account", "\(session.actor.name) (\(session.actor.uid))"),
        Fact(
          "core dumps and tracing",
          ProcessHardening.isDumpable ? "possible" : "off",
          bad: ProcessHardening.isDumpable
        ),
        Fact("zone", HostZone.find(environment: session.environment).name),
      ]
    )
  }

  private func store(_ facts: StoreFacts, now: Instant) -> Section {
    var rows = [
      Fact("path", facts.path),
      Fact("size", "\(facts.size) bytes, log \(facts.logSize) bytes"),
      Fact("schema", "\(facts.schema) of \(facts.knownSchema)"),
      Fact("writable", facts.readOnlyReason ?? "yes", bad: !facts.isWritable),
      Fact("file system", facts.fileSystem ?? "not known"),
    ]
    for permission in facts.permissions {
      rows.append(
        Fact(
          "permissions",
          "\(permission.mode), owner \(permission.owner): \(permission.path)",
          bad: !permission.isPrivate
        )
      )
    }
    rows.append(Fact("journal head", "\(facts.head):\(facts.headHash)"))
    let verdict = RecordVerified(head: facts.head, last: facts.verified).judged(at: now)
    rows.append(Fact("last verified", verdict.words, bad: verdict.state == .bad))
    for (table, count) in facts.counts.sorted(by: { $0.key < $1.key }) {
      rows.append(Fact("records, \(table)", "\(count)"))
    }
    rows.append(Fact("SQLite", facts.sqliteVersion))
    // Worth knowing, but answered: every write holds a lock of our own.
    for fault in facts.sqliteFaults { rows.append(Fact("SQLite's known fault", fault)) }
    rows.append(
      Fact(
        "SQLite's defensive mode",
        facts.isDefensive ? "on" : "off",
        bad: !facts.isDefensive
      )
    )
    for (name, value) in facts.pragmas.sorted(by: { $0.key < $1.key }) {
      let wanted = Doctor.wantedPragmas[name]
      rows.append(Fact("pragma \(name)", value, bad: wanted != nil && wanted != value))
    }
    return Section("store", rows)
  }

  /// What keeps an acknowledged change safe, by pragma.
  private static let wantedPragmas = [
    "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0",
    "cell_size_check": "1", "mmap_size": "0", "secure_delete": "1",
  ]

  /// Whether the rules can be used, and what is wrong with them where not.
  private func rules(_ session: Session) -> [Fact] {
    do {
      let book = try session.rulebook(try RulebookOptions.parse([]))
      return [
        Fact("rulebook", "\(book.pack.rules.count) rules of \(book.pack.laws.count) laws")
      ]
        + book.pack.rules.filter { $0.rule.proof == .fails }.map {
          Fact("rule", "\($0.rule.id) \(Rule.Proof.fails.words): \($0.law.file)", bad: true)
        }
    } catch let error as Rulebook.Faults {
      return error.faults.map { Fact("rulebook", $0.description, bad: true) }
    } catch {
      return [Fact("rulebook", Refusal(error).reason.text, bad: true)]
    }
  }

  private func data(_ session: Session) -> Section {
    let files = DataFiles(environment: session.environment)
    return Section(
      "data files",
      rules(session)
        + DataFiles.Kind.allCases.flatMap { kind in
          let names = files.names(of: kind)
          return [
            Fact(
              kind.folder,
              names.isEmpty ? "none" : names.joined(separator: ", "),
              bad: names.isEmpty
            ),
            Fact("looked in", files.places(for: kind).joined(separator: ", ")),
          ]
        }
    )
  }

  private func terminal(_ environment: [String: String]) -> Section {
    let state =
      switch TerminalFacts.find(environment: environment) {
      case .screen: "there is one"
      case .lines(let hint): hint ?? "none; the overview is printed as text"
      }
    func variable(_ name: String) -> Fact { Fact(name, environment[name] ?? "not set") }
    return Section(
      "terminal",
      [
        Fact("terminal", state), variable("TERM"), variable("COLORTERM"), variable("NO_COLOR"),
        variable("LC_ALL"), variable("LC_CTYPE"), variable("LANG"),
      ]
    )
  }

  private func json(_ sections: [Section]) -> JSON {
    var object = JSONObject()
    var problems: [String] = []
    for section in sections {
      var facts = JSONObject()
      for fact in section.facts {
        let key = fact.name
        switch facts[key] {
        case nil: facts[key] = .string(fact.value)
        case .array(let values)?: facts[key] = .array(values + [.string(fact.value)])
        case let value?: facts[key] = .array([value, .string(fact.value)])
        }
        if fact.isBad { problems.append("\(section.title): \(fact.name): \(fact.value)") }
      }
      object[section.title] = .object(facts)
    }
    object["problems"] = .texts(problems)
    return .object(object)
  }
}
