internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension Import {
  /// The command `tocsin import ciso`.
  struct Ciso: HeadlessCommand {
    static let origin = "import ciso"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Import frameworks and mappings from libraries of CISO Assistant (YAML).",
      discussion: "What else a library holds, such as risk matrices, is named as not imported."
    )

    @Argument(help: "Files, folders, or - for standard input; packed with gzip or not.")
    var paths: [String]

    @OptionGroup var importing: FrameworkImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run(.ciso, paths, in: session, format)
    }
  }

  /// The command `tocsin import oscal`.
  struct Oscal: HeadlessCommand {
    static let origin = "import oscal"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Import OSCAL catalogues in JSON, XML or YAML.",
      discussion: """
        Parameters are filled into the text. A profile only names controls: import its catalogue, or \
        the profile resolved by an OSCAL tool.
        """
    )

    @Argument(help: "Files, folders, or - for standard input; packed with gzip or not.")
    var paths: [String]

    @OptionGroup var importing: FrameworkImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run(.oscal, paths, in: session, format)
    }
  }

  /// The command `tocsin import framework`.
  struct OwnFramework: HeadlessCommand {
    static let origin = "import framework"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      commandName: "framework",
      abstract: "Import checklists of your own, or those that Tocsin ships.",
      discussion: """
        The form of the files is described in docs/checklists.md; tocsin framework check says what is \
        wrong in one. What Tocsin ships is listed by: tocsin framework list --shipped
        """
    )

    @Argument(
      help: "Files, folders, - for standard input, or names of shipped ones, without a / or a dot."
    )
    var paths: [String]

    @OptionGroup var importing: FrameworkImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let files = DataFiles(environment: session.environment)
      let named = try paths.map { path in
        let isName = path != "-" && !path.contains("/") && !path.contains(".")
        return isName ? try files.path(.framework, named: path) : path
      }
      return try await importing.run(.checklist, named, in: session, format)
    }
  }

  /// The command `tocsin import checklist`.
  struct Checklist: HeadlessCommand {
    static let origin = "import checklist"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Import a table of requirements, in CSV or JSON, as a framework.",
      discussion: """
        --map says which column is what, once for each: reference, name, text, guidance, evidence, \
        citation, group, weight as PART=COLUMN; heading=REFERENCE,TITLE for each level, outermost \
        first; group:NAME=COLUMN for a column with marks. The tables of OWASP ASVS need none. For \
        example: --map reference=No --map text=Requirement --map heading=Chapter
        """
    )

    @Argument(help: "Files, folders, or - for standard input; packed with gzip or not.")
    var paths: [String]

    @Option(help: "Which column is what: PART=COLUMN.")
    var map: [String] = []

    @Option(help: "The framework's id; checklist: and the file's name, unless it is given.")
    var id: String = ""

    @Option(help: "Its title; the file's name, unless it is given.")
    var name: String = ""

    @Option(name: .customLong("edition"), help: "Its version; 1, unless it is given.")
    var edition: String = ""

    @Option(help: "The language of its texts, such as en.")
    var language: String = ""

    @Option(help: "Under which terms its text may be used.")
    var licence: String = ""

    @Option(help: "Where it was published.")
    var source: String = ""

    @OptionGroup var importing: FrameworkImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let table: ChecklistTable
      do throws(ChecklistTable.UnusableMap) {
        table = try ChecklistTable(
          map: map,
          about: ChecklistTable.About(
            identifier: id,
            name: name,
            version: edition,
            language: language,
            licence: licence,
            source: source
          )
        )
      } catch {
        throw Refusal("--map \(error)", status: .usage)
      }
      return try await importing.run(.table(table), paths, in: session, format)
    }
  }
}

/// How an import of frameworks treats what it finds.
struct FrameworkImportFlags: ParsableArguments {
  @Flag(help: "Say what would be done, and alter nothing.")
  var dryRun = false

  /// Imports, and says what was done.
  func run(
    _ imported: FrameworkFormat,
    _ paths: [String],
    in session: Session,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let store = try session.open()
    let report = ImportReport(skipsBad: false, isDryRun: dryRun, tellsOmitted: true)
    return try await report.run(
      FrameworkImporter(store, format: imported),
      paths,
      in: session,
      format
    )
  }
}
