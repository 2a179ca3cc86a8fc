internal import ArgumentParser
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident edit`.
  struct Edit: HeadlessCommand {
    static let origin = "incident edit"
    static let configuration = CommandConfiguration(abstract: "Set facts of an incident.")

    @Argument(help: "The incident, such as INC-2026-0042.")
    var reference: String

    @Option(help: "One line that says what it is.")
    var title: String?

    @Option(
      help: ArgumentHelp(
        """
        Take over data and people from an activity it hit; again for each. What is stated stays, and \
        numbers are estimates.
        """,
        valueName: "activity"
      )
    )
    var fromActivity: [String] = []

    @OptionGroup var facts: FactOptions
    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      // Without a version to keep to, an edit of the same moment by somebody else is no conflict: the
      // facts that were named are set on what the record says now.
      for _ in 0..<20 where base.version == nil {
        do {
          return try await edit(in: session, store)
        } catch StoreError.conflict {
          continue
        }
      }
      return try await edit(in: session, store)
    }

    private func edit(in session: Session, _ store: any Store) async throws -> ExitStatus {
      let incident = try await session.incident(reference, in: store)
      var edits = try facts.edits(of: incident.facts, in: session)
      if let title { edits.insert(.title(title), at: 0) }
      edits = try await taken(incident, store, session) + edits
      guard !edits.isEmpty else {
        throw Refusal(
          "nothing was named that is to be set",
          advice: "see: tocsin incident edit --help",
          status: .usage
        )
      }
      let receipt = try await store.apply(
        EditIncident(id: incident.id, basedOn: base.version ?? incident.version, edits: edits),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.reference): version \(receipt.version)")
    }

    /// What is taken over from activities.
    private func taken(_ incident: Incident, _ store: any Store, _ session: Session) async throws
      -> [IncidentEdit]
    {
      var activities: [ActivityFacts] = []
      for reference in fromActivity {
        activities.append(try await session.activity(reference, in: store).facts)
      }
      return incident.facts.taking(from: activities)
    }
  }
}

/// On which version of a record a change is made.
struct BaseOptions: ParsableArguments {
  @Option(
    name: .customLong("if-version"),
    help: "Refuse where the record has moved on from this version."
  )
  var version: Version?
}

extension Session {
  /// Says what a change did: a line for people, the receipt for programs.
  func report(_ receipt: Receipt, _ format: FormatOptions, _ words: Words) throws -> ExitStatus {
    if format.json { try out.json(.receipt(receipt)) } else { try out.line(words) }
    return .done
  }
}
