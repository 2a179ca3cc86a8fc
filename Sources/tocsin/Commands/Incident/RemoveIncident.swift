internal import ArgumentParser
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident remove`.
  struct Remove: HeadlessCommand {
    static let origin = "incident remove"
    static let configuration = CommandConfiguration(
      abstract: "Take an incident off the lists; nothing is deleted."
    )

    @Argument(help: "The incident, such as INC-2026-0042.")
    var reference: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await session.alter(reference, format) {
        RemoveIncident(id: $0.id, basedOn: base.version ?? $0.version, reason: reason)
      } saying: {
        "\($1.reference): removed"
      }
    }
  }

  /// The command `tocsin incident put-back`.
  struct PutBack: HeadlessCommand {
    static let origin = "incident put-back"
    static let configuration = CommandConfiguration(
      abstract: "Put a removed incident back on the lists."
    )

    @Argument(help: "The incident, such as INC-2026-0042.")
    var reference: String

    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await session.alter(reference, format) {
        RestoreIncident(id: $0.id, basedOn: base.version ?? $0.version)
      } saying: {
        "\($1.reference): back on the lists"
      }
    }
  }
}
