internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// The command `tocsin audit run`.
struct RunScanner: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an installed scanner on this machine and bring its results onto an audit.",
    discussion: """
      The program is started as it stands, without a shell. Its file of results is kept as \
      evidence of the items that it speaks of, with arguments, status, host and time.
      """,
    subcommands: [Lynis.self, Oscap.self]
  )

  /// The command `tocsin audit run lynis`.
  struct Lynis: HeadlessCommand {
    static let origin = "audit run lynis"
    static let configuration = CommandConfiguration(
      abstract: "Run Lynis: lynis audit system. As root it sees more.",
      discussion: "What stands behind -- is handed on, such as: -- --tests-from-group ssh"
    )

    @OptionGroup var onto: ScanTargetFlags
    @Argument(parsing: .postTerminator, help: "More arguments for Lynis.")
    var arguments: [String] = []
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await ScannerRun(session, onto, [.lynis], title: "Lynis report").run(format) { folder in
        let report = "\(folder)/lynis-report.dat"
        let argv = [
          "lynis", "audit", "system", "--quick", "--no-colors", "--log-file",
          "\(folder)/lynis.log", "--report-file", report,
        ]
        return (argv + arguments, report)
      }
    }
  }

  /// The command `tocsin audit run oscap`.
  struct Oscap: HeadlessCommand {
    static let origin = "audit run oscap"
    static let configuration = CommandConfiguration(
      abstract: "Run OpenSCAP: oscap xccdf eval.",
      discussion: """
        What stands behind -- is handed on, such as: -- --rule ID. OpenSCAP's status 2, some rule \
        failed, is a result and no failure.
        """
    )

    @Argument(help: "The benchmark or data stream that holds the rules.", completion: .file())
    var content: String
    @Option(help: "The profile that is checked.") var profile: String?
    @OptionGroup var onto: ScanTargetFlags
    @Argument(parsing: .postTerminator, help: "More arguments for OpenSCAP.")
    var arguments: [String] = []
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await ScannerRun(session, onto, [.xccdf, .arf], title: "OpenSCAP results")
        .run(format) { folder in
          let report = "\(folder)/xccdf-results.xml"
          var argv = ["oscap", "xccdf", "eval", "--results", report]
          if let profile { argv += ["--profile", profile] }
          return (argv + arguments + [URL(fileURLWithPath: content).path], report)
        }
    }
  }
}

/// One run of a scanner, from its start to its results in the record.
struct ScannerRun {
  private let session: Session
  private let onto: ScanTargetFlags
  private let formats: Set<ScanFormat>
  private let title: String

  /// Prepares a run.
  init(
    _ session: Session,
    _ onto: ScanTargetFlags,
    _ formats: Set<ScanFormat>,
    title: String
  ) {
    (self.session, self.onto, self.formats, self.title) = (session, onto, formats, title)
  }

  /// Runs the scanner and imports what it found.
  ///
  /// - Parameters:
  ///   - format: Whether a person or a program reads the answer.
  ///   - command: The arguments, and where the results are then found, for a folder of its own.
  /// - Returns: How the command ends.
  /// - Throws: `Refusal` where the scanner cannot be run or wrote no results, `StoreError`.
  func run(
    _ format: FormatOptions,
    _ command: (String) -> (arguments: [String], report: String)
  ) async throws -> ExitStatus {
    let store = try session.open()
    if let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
    // Audit and map first: a scan takes minutes.
    let importing = try await ScanImporting(onto, formats, in: session, store)
    try importing.refuseLocked()
    let folder = try ScannerFolder()
    defer { folder.remove() }
    let (arguments, report) = command(folder.path)
    let (out, now) = (session.out, session.now)
    let capture = CommandCapture(
      arguments: arguments,
      environment: session.environment,
      advice: "install it, or import its results: tocsin import --help"
    )
    let program = arguments.first ?? ""
    let result = try await offMain {
      var lines = ScannerLines()
      return try capture.run(now: now) { block in
        lines.take(block)
        out.progress("\(program): \(lines.last)")
      }
    }
    out.progress(nil)
    guard FileManager.default.fileExists(atPath: report) else {
      let last = ScannerLines(all: result.output).last
      throw Refusal(
        "\(program) ended with status \(result.run.status) and wrote no results",
        advice: last.isEmpty ? nil : "its last words: \(last)"
      )
    }
    out.note("\(program) ended with status \(result.run.status)")
    let facts = EvidenceFacts(
      title: "\(title) of \(result.run.host)",
      path: result.program,
      sha256: "",
      size: 0,
      isCopied: true,
      run: result.run
    )
    return try await importing.run(
      report,
      named: URL(fileURLWithPath: report).lastPathComponent,
      keeping: facts,
      format
    )
  }
}

/// A folder of its own for what a scanner writes; nobody else may look into it.
private struct ScannerFolder {
  let path: String

  init() throws {
    let parent = FileManager.default.temporaryDirectory.path
    var template = Array("\(parent)/tocsin-scan.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Refusal("no folder could be made in \(parent): \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// The last line with words in it of what a program writes.
struct ScannerLines {
  private(set) var last = ""
  private var rest: [UInt8] = []

  init() {}

  init(all bytes: [UInt8]) {
    take(bytes)
    take([10])
  }

  mutating func take(_ bytes: [UInt8]) {
    for byte in bytes {
      if byte == 10 || byte == 13 {
        let line = String(decoding: rest, as: UTF8.self)
          .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if line.contains(where: \.isLetter) { last = String(line.prefix(60)) }
        rest = []
      } else if rest.count < 1_000 {
        rest.append(byte)
      }
    }
  }
}
