internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin report mailing`.
struct ReportMailing: HeadlessCommand {
  static let origin = "report mailing"
  static let configuration = CommandConfiguration(
    commandName: "mailing",
    abstract: "Write the report of a mailing to the regulator: who was told when, who was not.",
    discussion: """
      Markdown to standard output, unless options say otherwise. People by state and jurisdiction \
      against the incident's numbers (gaps both ways), by date and channel, against the clocks of \
      the duties that the mailing fulfils (people of the places that each protects, up to the very \
      instant of its deadline), and those who could not be reached. It names nobody. The same record \
      gives the same bytes. CSV has the numbers in long form.
      """
  )

  /// The form of a report.
  enum Form: String, EnumerableFlag {
    case markdown, html, csv, json

    static func help(for value: Form) -> ArgumentHelp? {
      switch value {
      case .markdown: "Markdown."
      case .html: "A self-contained HTML page."
      case .csv: "CSV, a row for each number."
      case .json: "JSON."
      }
    }
  }

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Flag var form = Form.markdown
  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?
  @Flag(help: "Replace the file where it is there already.") var force = false
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    guard let content = try await store.answer(MailingReportContent(mailing.reference)) else {
      throw Refusal(
        "there is no mailing \(reference)",
        advice: "what there is: tocsin mailing list"
      )
    }
    let report = MailingReport(content, rules: try session.rulebook(rules).pack)
    let text =
      switch form {
      case .markdown: report.markdown
      case .html: report.html
      case .csv: report.csv
      case .json: report.json.written(.indented) + "\n"
      }
    return try session.write(text, to: output, force: force)
  }
}
