internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing correct`.
struct CorrectContactCommand: HeadlessCommand {
  static let origin = "mailing correct"
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "Correct the contact of one person; without a file, list the contacts it had.",
    discussion: """
      What is otherwise is read from a file or standard input, never from the command line, where \
      others can see it: lines such as email: ada@example.org, phone:, address: and name:; a line that \
      begins with a space goes on with the one above. It is sealed as a new version; the earlier ones \
      are kept, and say what was sent where. Where the organisation wants a second person, another \
      account consents before a notice goes there: tocsin mailing consent.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The number of the recipient.") var number: Int64
  @Argument(help: "A file, or - for standard input.", completion: .file()) var file: String?
  @Flag(help: "Show contacts unmasked; the journal keeps who looked, and why.") var reveal = false
  @Option(help: "From whom it is known; or with --reveal why contacts are looked at.")
  var reason: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    let hasReason = reason?.contains { !$0.isWhitespace } == true
    if file != nil {
      guard hasReason else { throw ValidationError("--reason says from whom it is known.") }
      guard !reveal else { throw ValidationError("--reveal is for listing, without a file.") }
    } else {
      guard reveal == hasReason else {
        throw ValidationError("--reveal and --reason go together when contacts are listed.")
      }
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    guard let file else { return try await list(mailing, store, session) }
    let edit: ContactEdit
    do {
      edit = try ContactSheet.read(try session.text(file, limit: 20_000))
    } catch let error as ContactSheet.Unreadable {
      throw Refusal("\(file), \(error)")
    }
    let isNew = try await store.perform(
      ContactCorrection(of: mailing.id, number, edit, reason: reason ?? ""),
      origin: session.origin
    )
    if format.json {
      try session.out.json(.members(["number": .integer(number), "corrected": .bool(isNew)]))
    } else {
      let what: Words = isNew ? "corrected" : "the contact says that already"
      try session.out.line("\(mailing.reference), recipient \(number): \(what)")
      let waiting = try await store.answer(WaitingContacts(of: mailing.id))
      if waiting.rows.contains(where: { $0.number == number }) {
        session.out.note(
          """
          nothing goes there until another account consents: tocsin mailing consent \
          \(mailing.reference) --recipient \(number)
          """
        )
      }
    }
    return .done
  }

  private func list(
    _ mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    let versions =
      if let reason {
        try await store.perform(
          ContactVersionReveal(of: mailing.id, number, reason: reason),
          origin: session.origin
        )
      } else {
        try await store.answer(ContactVersions(of: mailing.id, number))
      }
    guard !versions.isEmpty else {
      throw Refusal("\(mailing.reference) has no recipient \(number)")
    }
    if format.json {
      try session.out.json(
        .members([
          "number": .integer(number),
          "contacts": .array(
            versions.map { version in
              .members([
                "at": .instant(version.at), "by": .string(version.by),
                "reason": .string(version.reason),
                "contact": version.contact.map { .contact($0) } ?? .null,
              ])
            }
          ),
        ])
      )
      return .done
    }
    for version in versions {
      let why: Words = version.reason.isEmpty ? "listed" : "\(version.reason)"
      try session.out.line("\(version.at.words)  \(why) (\(version.by))")
      guard let contact = version.contact else {
        try session.out.line("  erased")
        continue
      }
      try session.out.line("  \(contact.name)  \(contact.email)  \(contact.phone)")
      for line in Words.lines(contact.address) where !line.text.isEmpty {
        try session.out.line("  \(line)")
      }
    }
    return .done
  }
}

extension Session {
  /// The text of a file, or of standard input.
  ///
  /// - Throws: `Refusal` where it cannot be read or is no UTF-8.
  func text(_ file: String, limit: Int) throws -> String {
    do {
      let bytes = try InputFile(file).bytes(maximumBytes: limit)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Refusal("\(file): bytes that are not UTF-8")
      }
      return text
    } catch let error as UnreadableInput {
      throw Refusal("\(file): \(error)")
    }
  }
}
