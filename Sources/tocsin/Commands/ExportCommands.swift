internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin export`.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write incidents, audits, findings and activities for other programs.",
    subcommands: [Veris.self, ExportOscalResults.self, ExportOscalPlan.self, ExportActivities.self]
  )

  /// The command `tocsin export veris`.
  struct Veris: HeadlessCommand {
    static let origin = "export veris"
    static let configuration = CommandConfiguration(
      abstract: "Write incidents as VERIS documents: one array to standard output.",
      discussion: """
        What was imported and not edited comes out as it came in; an incident that was opened here \
        becomes a new document. Exercises are left out, unless --drills asks for them.
        """
    )

    @OptionGroup var filtering: FilterOptions

    @Option(help: "Write a file for each incident into this folder.", completion: .directory)
    var into: String?

    @Flag(help: "Exercises too; each says that it is one.")
    var drills = false

    @Flag(help: "Replace files that are there already.")
    var force = false

    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let exporter = VerisExporter(store, drills: drills)
      let (filter, out) = (try await filtering.filter(session, store), session.out)
      guard let into else {
        _ = try await exporter.writeArray(of: filter) { try out.bytes($0) }
        return .done
      }
      let count = try await exporter.writeFiles(of: filter, into: into, force: force) {
        out.progress("writing: \($0) of \($1) files")
      }
      out.progress(nil)
      try out.line("\(count) files in \(into)")
      return .done
    }
  }
}
