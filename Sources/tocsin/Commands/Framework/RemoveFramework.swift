internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin framework remove`.
struct RemoveFrameworkCommand: HeadlessCommand {
  static let origin = "framework remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a framework off the lists; nothing is deleted.",
    discussion: "It comes back with: tocsin undo, or by importing it again."
  )

  @Argument(help: "The framework, such as gdpr or urn:intuitem:risk:library:gdpr@2.")
  var id: String

  @Option(help: "Why.")
  var reason: String = ""

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let row = try await session.framework(id, in: store)
    let receipt = try await store.apply(
      RemoveFramework(id: row.id, basedOn: row.version, reason: reason),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .members([
          "id": .string(row.identifier), "version": .string(row.edition),
          "entry": .integer(receipt.entry),
        ])
      )
    } else {
      try session.out.line("\(row.identifier), version \(row.edition): removed")
    }
    return .done
  }
}
