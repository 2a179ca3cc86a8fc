public import ArgumentParser
public import Exchange
internal import Foundation
internal import Model

/// The command `tocsin show-scan`.
struct ShowScan: HeadlessCommand {
  static let origin = "show-scan"
  static let configuration = CommandConfiguration(
    commandName: "show-scan",
    abstract: "Show a scanner's results readably; no store is needed or altered.",
    discussion: """
      Reads XCCDF 1.1 and 1.2 results, ARF, STIG checklists (CKL, CKLB), InSpec and HDF JSON, Lynis \
      report.dat, OSCAL assessment results and plans of action (JSON, XML, YAML), also packed by \
      gzip; the format is told by the content. What is wrong comes first, the worst on top, with \
      what to do about it. A file that is damaged or cut off is refused as a whole.
      Results are named in the words of XCCDF; each keeps its source's own word. Of Lynis a warning \
      is a failure and a suggestion informational, a test that ran and led to neither passes, a \
      skipped one is not reviewed. In HDF a backtrace is an error, an impact of 0 not applicable; \
      else any failed result fails, any passed one passes, and the rest is not reviewed; of \
      overlays the last profile counts. An OSCAL observation or risk is shown with the finding \
      that refers to it, or alone. Exit status 0 also where rules failed.
      """
  )

  @Argument(help: "The file, or - for standard input.", completion: .file())
  var file: String

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "The format, where it should not be told by the content: \(ShowScan.formats).",
      valueName: "format"
    )
  )
  var named: ScanFormat?

  @Flag(help: "Every rule, also those that passed or were not looked at.")
  var all = false

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  private static let formats = ScanFormat.allCases.map(\.rawValue).joined(separator: ", ")

  func perform(in session: Session) async throws -> ExitStatus {
    // Nothing is printed before the whole file was read: a broken one has no results.
    if format.json {
      var json = ScanJSON()
      let format = try read { json.take($0) }
      try session.out.bytes(json.document(format))
    } else {
      var report = ScanReport(showsAll: all)
      let format = try read { report.take($0) }
      let columns = OutputWidth.columns(environment: session.environment)
      for line in report.lines(format, columns: columns) { try session.out.line(line) }
      if let hint = report.hint { session.out.note(hint) }
    }
    return .done
  }

  private func read(_ take: (ScanEvent) -> Void) throws -> ScanFormat {
    do {
      var reader = try ScanReader(InputFile(file), format: named)
      while let event = try reader.next() { take(event) }
      return reader.format
    } catch let error as UnreadableScan {
      throw Refusal("\(file): \(error)", advice: "what is read: tocsin show-scan --help")
    } catch let error as UnreadableInput {
      throw Refusal("\(file): \(error)")
    }
  }
}

extension ScanFormat: ExpressibleByArgument {}

/// How wide lines for a person may be.
enum OutputWidth {
  /// The columns of the terminal that reads the output, else `$COLUMNS`, else 80; 40 to 200.
  static func columns(environment: [String: String]) -> Int {
    var answer = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &answer) == 0 && answer.ws_col > 0
    let columns = isKnown ? Int(answer.ws_col) : environment["COLUMNS"].flatMap { Int($0) } ?? 80
    return min(max(columns, 40), 200)
  }
}
