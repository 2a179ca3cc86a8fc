internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension Import {
  /// The command `tocsin import activities`.
  struct Activities: HeadlessCommand {
    static let origin = "import activities"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      commandName: "activities",
      abstract: "Import processing activities from CSV.",
      discussion: """
        The columns are those of tocsin export activities; --map says which column is what where the \
        header does not, for lists of other programs such as CISO Assistant: --map purpose=description. \
        An activity is known again by its reference, its source or its name; of a known one only the \
        columns that are there are set.
        """
    )

    @Argument(help: "Files, or - for standard input.", completion: .file())
    var paths: [String]

    @Option(help: ArgumentHelp("Which column is what; again for each.", valueName: "field=column"))
    var map: [String] = []

    @OptionGroup var importing: ActivityImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      var columns: [ActivityField: String] = [:]
      for text in map {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let field = ActivityField(rawValue: parts[0]) else {
          throw Refusal(
            "--map \(text): a field and a column, such as purpose=description",
            advice: "fields: \(ActivityField.allCases.map(\.rawValue).joined(separator: ", "))",
            status: .usage
          )
        }
        columns[field] = parts[1]
      }
      return try await importing.run(.table(columns), paths, in: session, format)
    }
  }

  /// The command `tocsin import fides`.
  struct Fides: HeadlessCommand {
    static let origin = "import fides"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Import systems of fides (YAML): each privacy declaration is an activity."
    )

    @Argument(help: "Files, folders, or - for standard input.", completion: .file())
    var paths: [String]

    @OptionGroup var importing: ActivityImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run(.fides, paths, in: session, format)
    }
  }
}

/// How an import of activities treats what it finds.
struct ActivityImportFlags: ParsableArguments {
  @Flag(help: "Import the good rows of files that have bad ones too.")
  var skipBad = false

  @Flag(help: "Say what would be done, and alter nothing.")
  var dryRun = false

  /// Imports, and says what was done.
  func run(
    _ imported: ActivityFormat,
    _ paths: [String],
    in session: Session,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let store = try session.open()
    let report = ImportReport(skipsBad: skipBad, isDryRun: dryRun, tellsOmitted: true)
    return try await report.run(
      ActivityImporter(
        store,
        format: imported,
        reading: session.reading,
        skipsBad: skipBad
      ),
      paths,
      in: session,
      format
    )
  }
}
