internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// The command `tocsin mailing find`.
struct FindRecipientCommand: HeadlessCommand {
  static let origin = "mailing find"
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Find a person by exact reference, e-mail address or telephone number.",
    discussion: """
      Case and spaces of an address, and the punctuation of a number, do not count. With - the \
      value is read from standard input, so that it stands in no list of processes. Exit status 1 \
      where nobody is found.
      """
  )

  /// By what a person is sought.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case reference, email, phone

    var key: ContactKey {
      switch self {
      case .reference: .reference
      case .email: .email
      case .phone: .phone
      }
    }
  }

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The value, or - to read it from standard input.") var value: String
  @Option(help: "Only by this; else by all that the value can be.") var by: Kind?
  @OptionGroup var revealing: RevealOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    var sought = value
    if value == "-" { sought = readLine() ?? "" }
    let found = try await store.answer(
      FindRecipients(mailing: mailing.id, kind: by?.key, value: sought)
    )
    let people = try await revealing.revealed(found, of: mailing, store, session)
    if format.json {
      try session.out.json(
        .members([
          "total": .count(people.count), "recipients": .array(people.map { .recipient($0) }),
        ])
      )
    } else if people.isEmpty {
      session.out.note("nobody in \(mailing.reference) has that")
    } else {
      for line in RecipientWords.lines(people) { try session.out.line(line) }
    }
    return people.isEmpty ? .failed : .done
  }
}

/// The command `tocsin mailing mark`.
struct MarkRecipientsCommand: HeadlessCommand {
  static let origin = "mailing mark"
  static let configuration = CommandConfiguration(
    commandName: "mark",
    abstract: "Take recipients to another state, all that pass a filter or single ones.",
    discussion: """
      Refused as a whole where one that passes may not go there. Works in short transactions; broken \
      off, what was done stays, and the same command goes on.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "The state they go to, such as exempt.") var state: RecipientState
  @Option(help: "Why.") var reason = ""
  @Option(help: "Over which channel.") var channel: MailingChannel?
  @Option(help: "The version of the text.") var text = ""
  @Option(
    parsing: .upToNextOption,
    help: "Only state:WORD or jurisdiction:CODE, several words for both."
  )
  var filter: [String] = []
  @Option(help: "Only this recipient, by number; may be given more than once.")
  var recipient: [Int64] = []
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if !filter.isEmpty, !recipient.isEmpty {
      throw ValidationError("Give --filter or --recipient, not both.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let out = session.out
    let moved = try await store.perform(
      RecipientMove(
        of: mailing.id,
        try session.ledgerFilter(filter),
        numbers: recipient.isEmpty ? nil : recipient,
        to: RecipientStep(to: state, channel: channel, text: text, cause: reason)
      ),
      origin: session.origin
    ) { progress in
      out.progress("marking: \(progress.done) of \(progress.total)")
      return true
    }
    out.progress(nil)
    if format.json {
      try out.json(.members(["moved": .count(moved), "state": .string(state.rawValue)]))
    } else {
      try out.line("\(mailing.reference): \(moved) recipients are \(state.label)")
    }
    return .done
  }
}
