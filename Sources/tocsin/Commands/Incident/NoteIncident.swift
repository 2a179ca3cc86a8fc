internal import ArgumentParser
internal import Foundation
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident note`.
  struct Note: HeadlessCommand {
    static let origin = "incident note"
    static let configuration = CommandConfiguration(
      abstract: "Write on an incident's timeline.",
      discussion: "some-command | tocsin incident note INC-2026-0042 --stdin --source some-command"
    )

    /// The most that is read from standard input, in bytes.
    static let limit = 1 << 20

    @Argument(help: "The incident, such as INC-2026-0042.")
    var reference: String

    @Argument(help: "What happened.")
    var text: String?

    @Flag(help: "Read the text from standard input, up to 1 MiB.")
    var stdin = false

    @Option(help: "Where it comes from: a person, a log, a command.")
    var source: String?

    @Option(help: "When it happened; now, if not given. Empty: not known.")
    var happened: String?

    @Flag(help: "Keep it at the top.")
    var pin = false

    @Flag(help: "It belongs into the summary for executives.")
    var inSummary = false

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      guard stdin == (text == nil) else {
        throw ValidationError("Give the text, or --stdin.")
      }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let text = try text ?? Note.readStandardInput()
      guard !text.allSatisfy(\.isWhitespace) else {
        throw Refusal("there is no text to note; nothing was written")
      }
      let time = try happened.map { $0.isEmpty ? nil : try session.time($0) }
      let facts = TimelineFacts(
        happened: time ?? StatedTime(session.now),
        text: text,
        source: source ?? (stdin ? "standard input" : ""),
        isPinned: pin,
        isInSummary: inSummary
      )
      return try await session.alter(reference, format) {
        AddTimelineEntry(incident: $0.id, facts: facts)
      } saying: {
        "\($0.reference): note \($1.subject.id)"
      }
    }

    private static func readStandardInput() throws -> String {
      let data = try FileHandle.standardInput.read(upToCount: limit + 1) ?? Data()
      guard data.count <= limit else {
        throw Refusal(
          "standard input is longer than 1 MiB; nothing was noted",
          advice: "save it to a file and add it: tocsin incident evidence add"
        )
      }
      guard var text = String(validating: data, as: UTF8.self) else {
        throw Refusal(
          "standard input is not UTF-8 text; nothing was noted",
          advice: "save it to a file and add it: tocsin incident evidence add"
        )
      }
      while text.last?.isNewline == true { text.removeLast() }
      return text
    }
  }
}
