internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin report audit`.
struct ReportAudit: HeadlessCommand {
  static let origin = "report audit"
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Write the report of an audit: score, findings, answers, evidence.",
    discussion: """
      Markdown to standard output, unless options say otherwise. The HTML page loads nothing and \
      runs nothing, has its chart in it, and prints well. CSV has a row for each item. The same \
      record gives the same bytes, so that two reports can be compared.
      """
  )

  /// The form of a report.
  enum Form: String, EnumerableFlag {
    case markdown, html, csv

    static func help(for value: Form) -> ArgumentHelp? {
      switch value {
      case .markdown: "Markdown."
      case .html: "A self-contained HTML page."
      case .csv: "CSV, a row for each item."
      }
    }
  }

  @Argument(help: "The audit, such as AUD-2026-0001.")
  var reference: String

  @Flag
  var form = Form.markdown

  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let report = AuditReport(
      try await session.auditReport(reference, in: try session.open())
    )
    let text =
      switch form {
      case .markdown: report.markdown
      case .html: report.html
      case .csv: report.csv
      }
    return try session.write(text, to: output, force: force)
  }
}

extension Session {
  /// All that a report of an audit says.
  ///
  /// - Throws: `Refusal` where there is no such audit.
  func auditReport(
    _ reference: String,
    in store: any Store
  ) async throws -> AuditReportContent.Content {
    guard let content = try await store.answer(AuditReportContent(reference)) else {
      throw Refusal("there is no audit \(reference)", advice: "what there is: tocsin audit list")
    }
    return content
  }

  /// Writes a document into a file, or to standard output where none is named.
  func write(_ text: String, to output: String?, force: Bool) throws -> ExitStatus {
    guard let output else {
      try out.document(text)
      return .done
    }
    try OutputFile.write(Array(text.utf8), to: output, force: force)
    out.note("wrote \(output)")
    return .done
  }
}
