internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin report board`.
struct ReportBoard: HeadlessCommand {
  static let origin = "report board"
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "Write two pages for the board: a period in figures, beside the period before.",
    discussion: """
      Markdown to standard output, unless options say otherwise; HTML has two A4 pages when printed. \
      Time to aware, contain and notify, filings in time, people told, audits, age of findings, \
      training, phishing exercises and requests, each with what it is a part of. Numbers of few \
      people are not shown. The same record gives the same bytes; a period that is not over yet is \
      counted up to now.
      """
  )

  /// The form of a report.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case md, html, json
  }

  @Option(
    help: ArgumentHelp("A year, quarter or month: 2026, 2026-Q3, 2026-07.", valueName: "period")
  )
  var period: PeriodArgument

  @Option(help: "The form: md, html or json.")
  var format = Form.md

  @Option(name: [.customShort("o"), .long], help: "Write it into this file.", completion: .file())
  var out: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, out == nil { throw ValidationError("--force goes with --out.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let content = try await session.open().answer(BoardContent(period.period, now: session.now))
    guard content.soFar.map({ $0 > period.period.start(in: content.zone) }) ?? true else {
      throw Refusal("\(period.period.text) has not begun yet", status: .usage)
    }
    let report = BoardReport(content)
    let text =
      switch format {
      case .md: report.markdown
      case .html: report.html
      case .json: report.json.written(.indented) + "\n"
      }
    return try session.write(text, to: out, force: force)
  }
}

/// A period as it is typed.
struct PeriodArgument: ExpressibleByArgument, Sendable {
  /// The period.
  let period: BoardPeriod

  init?(argument: String) {
    guard let period = BoardPeriod(argument) else { return nil }
    self.period = period
  }
}
