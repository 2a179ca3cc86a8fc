internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension DrillCommand {
  /// The command `tocsin drill start`.
  struct Start: HeadlessCommand {
    static let origin = "drill start"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Open an exercise and print its reference.",
      discussion: """
        With --from it begins with the facts of an incident: summary, kind, numbers of people, data, \
        systems, tags and answers. Not copied are names, times, timeline, tasks and evidence, nor \
        what a team must find out by itself: severity, outcome, risk, a hold of law enforcement.
        """
    )

    @Option(help: "One line that says what it is; with --from its title, if not given.")
    var title: String?

    @Option(help: ArgumentHelp("Copy the facts of this incident.", valueName: "reference"))
    var from: String?

    @Option(help: "The instant that counts as awareness; now, if not given.")
    var aware: String?

    @OptionGroup var facts: FactOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      if title == nil, from == nil { throw ValidationError("Give --title, or --from an incident.") }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let awareAt = try aware.map(session.time) ?? StatedTime(session.now)
      var new = IncidentFacts(title: title ?? "", instants: [.aware: awareAt])
      var source = ""
      if let from {
        let incident = try await session.incident(from, in: store)
        new = incident.exerciseFacts(title: title, aware: awareAt)
        source = incident.reference
      }
      for edit in try facts.edits(of: new, in: session) { _ = new.apply(edit) }
      let receipt = try await store.apply(
        StartExercise(facts: new, from: source),
        origin: session.origin
      )
      if format.json {
        try session.out.json(.receipt(receipt))
      } else {
        try session.out.line("\(receipt.reference)")
      }
      return .done
    }
  }
}
