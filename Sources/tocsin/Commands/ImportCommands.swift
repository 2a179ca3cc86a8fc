internal import App
internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// The command `tocsin import`.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Bring in incidents, frameworks, scans or activities from files, all or none of each.",
    discussion: """
      Importing the same files again changes nothing. Newer content of a known record updates it; \
      where somebody edited here what the source changed, the fields are named and the record \
      stays as it is. Scans go onto an audit: tocsin help import xccdf. Exit status 1 where a file \
      was refused.
      """,
    subcommands: [
      Veris.self, Register.self, Ciso.self, Oscal.self, Checklist.self, OwnFramework.self,
      Lynis.self, Xccdf.self, Ckl.self, Hdf.self, OscalResults.self,
      Bounces.self,
      Activities.self, Fides.self,
    ]
  )

  /// The command `tocsin import veris`.
  struct Veris: HeadlessCommand {
    static let origin = "import veris"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Import VERIS incidents: JSON files, arrays, JSON lines."
    )

    @Argument(help: "Files, folders, or - for standard input.", completion: .file())
    var paths: [String]

    @OptionGroup var importing: ImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run(.veris, paths, in: session, format)
    }
  }

  /// The command `tocsin import register`.
  struct Register: HeadlessCommand {
    static let origin = "import register"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Import a register of breaches from CSV, by a mapping.",
      discussion: """
        A mapping is a data file that says which column means what: a name of those installed, or \
        a path with a / in it.
        """
    )

    @Option(help: "The mapping: wa-ag, hhs-ocr, or the path of your own.")
    var map: String

    @Argument(help: "Files, or - for standard input.", completion: .file())
    var paths: [String]

    @OptionGroup var importing: ImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let path =
        map.contains("/")
        ? map : try DataFiles(environment: session.environment).path(.mapping, named: map)
      let mapping = try RegisterMapping(yaml: text(of: path), file: path)
      return try await importing.run(.register(mapping), paths, in: session, format)
    }

    private func text(of path: String) throws -> String {
      do {
        return try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw Refusal(
          "the mapping \(path) cannot be read as UTF-8 text",
          advice: "the installed ones are listed by: tocsin doctor"
        )
      }
    }
  }
}

/// How an import treats what it finds.
struct ImportFlags: ParsableArguments {
  @Flag(help: "Import the good records of files that have bad ones too.")
  var skipBad = false

  @Flag(help: "Say what would be done, and alter nothing.")
  var dryRun = false

  /// Imports, and says what was done.
  func run(
    _ imported: ImportFormat,
    _ paths: [String],
    in session: Session,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let store = try session.open()
    let options = ImportOptions(skipsBad: skipBad)
    let report = ImportReport(skipsBad: skipBad, isDryRun: dryRun)
    return try await report.run(
      Importer(store, format: imported, options: options),
      paths,
      in: session,
      format
    )
  }
}
