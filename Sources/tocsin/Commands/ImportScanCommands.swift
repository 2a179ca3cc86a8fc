internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension Import {
  /// The command `tocsin import lynis`.
  struct Lynis: HeadlessCommand {
    static let origin = "import lynis"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Bring a Lynis report (report.dat) onto an audit."
    )
    @OptionGroup var importing: ScanImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run([.lynis], in: session, format)
    }
  }

  /// The command `tocsin import xccdf`.
  struct Xccdf: HeadlessCommand {
    static let origin = "import xccdf"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Bring XCCDF results or an ARF, of OpenSCAP and others, onto an audit."
    )
    @OptionGroup var importing: ScanImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run([.xccdf, .arf], in: session, format)
    }
  }

  /// The command `tocsin import ckl`.
  struct Ckl: HeadlessCommand {
    static let origin = "import ckl"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Bring a STIG checklist (CKL or CKLB) onto an audit."
    )
    @OptionGroup var importing: ScanImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run([.ckl, .cklb], in: session, format)
    }
  }

  /// The command `tocsin import hdf`.
  struct Hdf: HeadlessCommand {
    static let origin = "import hdf"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Bring InSpec or HDF results onto an audit."
    )
    @OptionGroup var importing: ScanImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run([.hdf], in: session, format)
    }
  }

  /// The command `tocsin import oscal-results`.
  struct OscalResults: HeadlessCommand {
    static let origin = "import oscal-results"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      commandName: "oscal-results",
      abstract: "Bring OSCAL assessment results or a plan of action onto an audit."
    )
    @OptionGroup var importing: ScanImportFlags
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await importing.run([.oscalResults, .oscalPlan], in: session, format)
    }
  }
}

/// What every import of a scan is told.
struct ScanImportFlags: ParsableArguments {
  @Argument(
    help: "The file, or - for standard input; packed by gzip or not.",
    completion: .file()
  )
  var file: String
  @OptionGroup var onto: ScanTargetFlags
  @Flag(help: "Keep a copy of the file as evidence of the items that it speaks of.")
  var evidence = false
  @Flag(help: "Say what would be done, and alter nothing.") var dryRun = false

  /// Imports, and says what was done.
  func run(
    _ formats: Set<ScanFormat>,
    in session: Session,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    if evidence, file == "-" {
      throw Refusal("what comes from standard input is no file to be kept", status: .usage)
    }
    let store = try session.open()
    if !dryRun, let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
    let importing = try await ScanImporting(onto, formats, in: session, store)
    return try await importing.run(
      file,
      keeping: evidence
        ? EvidenceFacts(
          title: importing.name(file),
          path: file,
          sha256: "",
          size: 0,
          isCopied: true
        ) : nil,
      isDryRun: dryRun,
      format
    )
  }
}

/// Onto what a scan is brought, and how.
struct ScanTargetFlags: ParsableArguments {
  @Option(help: "The audit, such as AUD-2026-0001.") var audit: String
  @Option(
    help: ArgumentHelp(
      "A YAML file that says of which requirements rules speak: docs/audits.md.",
      valueName: "file"
    ),
    completion: .file()
  )
  var map: String?
  @Option(help: "What was looked at, where the file does not say it well.") var target: String?
}
