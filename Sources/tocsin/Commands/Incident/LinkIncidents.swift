internal import ArgumentParser
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident link`.
  struct Link: HeadlessCommand {
    static let origin = "incident link"
    static let configuration = CommandConfiguration(
      abstract: "Connect an incident, a task, a note or evidence with another.",
      discussion: """
        An end is INC-2026-0042, FND-2026-0001, AUD-2026-0001/A.1, gdpr/Art. 30, course:PHISH-1, \
        or a record by its id: task:3, note:5, evidence:2, item:7, requirement:9.
        """
    )

    @Argument(help: "One end.")
    var from: String

    @Argument(help: "The other end.")
    var to: String

    @Option(help: "What the connection means, such as 'caused by'.")
    var relation = ""

    @Flag(help: "Take the connection away.")
    var remove = false

    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let link = RecordLink(
        from: try await session.record(from, in: store),
        to: try await session.record(to, in: store),
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
}
