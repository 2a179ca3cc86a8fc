internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin export activities`.
struct ExportActivities: HeadlessCommand {
  static let origin = "export activities"
  static let configuration = CommandConfiguration(
    commandName: "activities",
    abstract: "Write the register of processing activities as CSV, all fields of all.",
    discussion: "tocsin import activities reads it back to the same."
  )

  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(ActivityList())
    try session.out.document(ActivitySheet.text(rows.map(\.activity)))
    return .done
  }
}
