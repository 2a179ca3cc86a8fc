internal import App
internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin mailing text add`.
struct AddText: HeadlessCommand {
  static let origin = "mailing text add"
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a text to a mailing, from a draft or a file; prints its name."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "The draft that it begins as: tocsin mailing text drafts.") var draft: String?
  @Option(help: "A file with the text, or - for standard input.", completion: .file())
  var file: String?
  @Option(help: "What it is about, on one line.") var subject: String?
  @OptionGroup var reach: NoticeReachOptions
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if draft == nil, file == nil { throw ValidationError("Give --draft or --file.") }
    if draft == nil, subject == nil || reach.language == nil {
      throw ValidationError("A text from a file needs --subject and --language.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    var facts = NoticeTextFacts(
      channels: mailing.facts.channels.filter { $0 != .publicNotice },
      language: "",
      subject: "",
      body: ""
    )
    if let draft { facts = try session.rulebook(rules).drafts.named(draft).facts }
    facts = try reach.applied(to: facts)
    if let subject { facts.subject = subject }
    if let file { facts.body = try NoticeFile.read(file) }
    try NoticeFile.check(facts)
    let receipt = try await store.apply(
      AddNoticeText(mailing: mailing.id, facts: facts),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin mailing text edit`.
struct EditText: HeadlessCommand {
  static let origin = "mailing text edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Write a new version of a text; without options in $EDITOR.",
    discussion: """
      In the editor the first line is the subject, the text follows after an empty line. What was \
      confirmed of the version before does not count for the new one, and an approval is void.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The text, such as T1.") var text: String
  @Option(help: "A file with the new text, or - for standard input.", completion: .file())
  var file: String?
  @Option(help: "What it is about, on one line.") var subject: String?
  @OptionGroup var reach: NoticeReachOptions
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let found = try await session.notice(text, of: mailing, in: store)
    var facts = try reach.applied(to: found.facts)
    if let subject { facts.subject = subject }
    if let file { facts.body = try NoticeFile.read(file) }
    if file == nil, subject == nil, !reach.isGiven {
      let name = "\(mailing.reference)-\(found.name).mustache"
      guard
        let edited = try EditorRun.edit(
          "\(facts.subject)\n\n\(facts.body)",
          name: name,
          session.environment
        )
      else {
        session.out.note("nothing was altered")
        return .done
      }
      (facts.subject, facts.body) = NoticeFile.parts(edited)
    }
    try NoticeFile.check(facts)
    let receipt = try await store.apply(
      EditNoticeText(id: found.id, basedOn: base.version ?? found.version, facts: facts),
      origin: session.origin
    )
    return try session.report(
      receipt,
      format,
      "\(mailing.reference) \(found.name).\(receipt.version)"
    )
  }
}

/// Texts as they come from files and editors.
enum NoticeFile {
  /// Reads a text.
  static func read(_ path: String) throws -> String {
    let limit = NoticeTextFacts.longestBody
    let data: Data
    if path == "-" {
      data = try FileHandle.standardInput.read(upToCount: limit + 1) ?? Data()
    } else {
      guard let handle = FileHandle(forReadingAtPath: path) else {
        let isThere = FileManager.default.fileExists(atPath: path)
        throw Refusal(isThere ? "\(path) cannot be read" : "\(path): no such file")
      }
      data = try handle.read(upToCount: limit + 1) ?? Data()
    }
    guard data.count <= limit else {
      throw Refusal("\(path) is longer than \(limit >> 10) KiB")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Refusal("\(path) is not UTF-8")
    }
    return text
  }

  /// Subject and body of what was edited.
  static func parts(_ text: String) -> (subject: String, body: String) {
    guard let end = text.firstIndex(where: \.isNewline) else { return (text, "") }
    return (
      String(text[..<end]), String(text[end...].drop(while: \.isNewline))
    )
  }

  /// Refuses a text whose tags are not taken: with its lines, before anything is kept.
  static func check(_ facts: NoticeTextFacts) throws {
    do throws(UnfitNotice) {
      _ = try NoticeTemplate(facts)
    } catch {
      throw Refusal(
        "the text was not taken: \(error.description)",
        advice: "fields and tags: docs/notices.md"
      )
    }
  }
}
