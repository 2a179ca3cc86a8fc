internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin finding`.
struct FindingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finding",
    abstract: "Gaps that were found: mend them, look whether it holds, close them.",
    discussion: """
      Where no due time is set, the organisation's days for the severity decide: tocsin \
      organisation set --finding-days. A finding is closed after a check found its remedy \
      effective. An accepted risk counts as open again once its acceptance has expired.
      """,
    subcommands: [
      AddFindingCommand.self, ListFindings.self, ShowFinding.self, EditFindingCommand.self,
      FindingWork.self, CheckFinding.self, CloseFinding.self, AcceptFinding.self,
      ReopenFinding.self, LinkFinding.self, RemoveFindingCommand.self,
    ]
  )
}

extension Session {
  /// The finding that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func finding(_ reference: String, in store: any Store) async throws -> Finding {
    guard let finding = try await store.answer(FindingByReference(reference)) else {
      throw Refusal(
        "there is no finding \(reference)",
        advice: "what there is: tocsin finding list"
      )
    }
    return finding
  }

  /// Reads a time, or nothing where the text is empty.
  func optionalTime(_ text: String) throws -> StatedTime? { text.isEmpty ? nil : try time(text) }

  /// Reads the name of a record: `INC-2026-0042`, `FND-2026-0001`, `AUD-2026-0001/A.1`,
  /// `gdpr/Art. 30`, `task:3`.
  func record(_ text: String, in store: any Store) async throws -> Subject {
    guard let name = LinkEnd(reading: text) else {
      throw Refusal(
        "\(text) names no record",
        advice: """
          name INC-2026-0042, FND-2026-0001, AUD-2026-0001/A.1, gdpr/Art. 30, course:PHISH-1, or \
          by its id task:3, note:5, evidence:2, item:7, requirement:9
          """,
        status: .usage
      )
    }
    switch name {
    case .incident(let reference):
      return Subject(.incident, try await incident(reference, in: store).id)
    case .finding(let reference):
      return Subject(.finding, try await finding(reference, in: store).id)
    case .record(let subject): return subject
    case .course(let code): return Subject(.course, try await course(code, in: store).id)
    case .auditItem(let reference, let item):
      let audit = try await audit(reference, in: store)
      return Subject(.auditItem, try await self.item(item, of: audit, in: store).item.id)
    case .requirement(let framework, let reference):
      let row = try await self.framework(framework, in: store)
      let named = LinkEnd.requirement(
        framework: "\(row.identifier)@\(row.edition)",
        reference: reference
      )
      guard let subject = try await store.answer(NamedRecord(named)) else {
        throw Refusal(
          "\(row.identifier) has no requirement \(reference)",
          advice: "what it has: tocsin framework show \(framework)"
        )
      }
      return subject
    }
  }

  /// Takes a finding a step further and says where it stands.
  func move(
    _ reference: String,
    _ step: FindingStep,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let store = try open()
    let found = try await finding(reference, in: store)
    let receipt = try await store.apply(
      MoveFinding(id: found.id, basedOn: found.version, step: step),
      origin: origin
    )
    let moved = try await finding(reference, in: store)
    return try report(receipt, format, "\(moved.reference): \(moved.stateText(at: now))")
  }

  /// Alters what is known of a finding.
  func edit(
    _ reference: String,
    _ format: FormatOptions,
    _ alter: (inout FindingFacts) throws -> Words
  ) async throws -> ExitStatus {
    let store = try open()
    let found = try await finding(reference, in: store)
    var facts = found.facts
    let words = try alter(&facts)
    let receipt = try await store.apply(
      EditFinding(id: found.id, basedOn: found.version, facts: facts),
      origin: origin
    )
    return try report(receipt, format, "\(found.reference): \(words)")
  }
}

/// The command `tocsin finding link`.
struct LinkFinding: HeadlessCommand {
  static let origin = "finding link"
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Connect a finding with a requirement, a control, an incident or anything else.",
    discussion: """
      Both records show the connection. A control is named as the requirement that states it: \
      gdpr/Art. 30, or requirement:9.
      """
  )

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @Argument(
    help: "The other record: INC-2026-0042, gdpr/Art. 30, AUD-2026-0001/A.1, FND-2026-0002."
  )
  var other: String
  @Option(help: "What the connection means, such as 'caused by'.") var relation = ""
  @Flag(help: "Take the connection away.") var remove = false
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let link = RecordLink(
      from: Subject(.finding, try await session.finding(reference, in: store).id),
      to: try await session.record(other, in: store),
      relation: relation
    )
    if remove {
      try await store.apply(RemoveLink(link), origin: session.origin)
    } else {
      try await store.apply(AddLink(link), origin: session.origin)
    }
    return .done
  }
}

/// The command `tocsin finding remove`.
struct RemoveFindingCommand: HeadlessCommand {
  static let origin = "finding remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a finding off the list; nothing is deleted, and undo brings it back."
  )

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let finding = try await session.finding(reference, in: store)
    let receipt = try await store.apply(
      RemoveFinding(id: finding.id, basedOn: finding.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(finding.reference): removed")
  }
}
