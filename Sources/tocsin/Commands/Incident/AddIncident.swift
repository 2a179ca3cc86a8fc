internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident add`.
  struct Add: HeadlessCommand {
    static let origin = "incident add"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Open an incident and print its reference."
    )

    @Option(help: "One line that says what it is.")
    var title: String

    @OptionGroup var facts: FactOptions

    @Option(help: "Where its handling stands.")
    var state = IncidentState.reported

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      var new = IncidentFacts(title: title)
      for edit in try facts.edits(of: new, in: session) { _ = new.apply(edit) }
      let store = try session.open()
      let receipt = try await store.apply(
        OpenIncident(facts: new, state: state),
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
