internal import ArgumentParser
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident state`.
  struct State: HeadlessCommand {
    static let origin = "incident state"
    static let configuration = CommandConfiguration(
      abstract: "Move the handling of an incident on, or back.",
      discussion: "Closing and reopening need a reason."
    )

    @Argument(help: "The incident, such as INC-2026-0042.")
    var reference: String

    @Argument(help: "Where its handling stands from now on.")
    var state: IncidentState

    @Option(help: "Why.")
    var reason = ""

    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await session.alter(reference, format) {
        MoveIncident(
          id: $0.id,
          basedOn: base.version ?? $0.version,
          state: state,
          reason: reason
        )
      } saying: {
        "\($1.reference): \($0.state.label) -> \(state.label)"
      }
    }
  }

  /// The command `tocsin incident aware`.
  struct Aware: HeadlessCommand {
    static let origin = "incident aware"
    static let configuration = CommandConfiguration(
      abstract: "Record the decision that the organisation is aware of a breach."
    )

    @Argument(help: "The incident, such as INC-2026-0042.")
    var reference: String

    @Option(help: "The instant that counts as awareness.")
    var at: String?

    @Option(help: "On what grounds.")
    var grounds: String?

    @Option(help: "Who concluded it; default is the account that runs the command.")
    var by: String?

    @Flag(help: "Withdraw the decision that stands.")
    var withdraw = false

    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      guard withdraw == (at == nil), withdraw == (grounds == nil) else {
        throw ValidationError("Give --at and --grounds, or --withdraw.")
      }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      var decision: AwarenessDecision?
      if let at, let grounds {
        decision = AwarenessDecision(
          awareAt: try session.time(at),
          decidedBy: by ?? session.actor.name,
          grounds: grounds
        )
      }
      return try await session.alter(reference, format) {
        DecideAwareness(
          id: $0.id,
          basedOn: base.version ?? $0.version,
          decision: decision
        )
      } saying: { _, receipt in
        let said = decision.map { "aware \($0.awareAt.plainWithZone)" } ?? "awareness withdrawn"
        return "\(receipt.reference): \(said)"
      }
    }
  }
}
