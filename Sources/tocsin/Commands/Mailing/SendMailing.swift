internal import App
internal import ArgumentParser
internal import Foundation
internal import Model
internal import Storage

/// The command `tocsin mailing send`.
struct SendMailing: HeadlessCommand {
  static let origin = "mailing send"
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Send the approved notices of a mailing by e-mail, in the foreground.",
    discussion: """
      Queues all who are approved and hands one message after another to the mail program. Each \
      person is marked before and settled after; whoever is in between when the sender is killed is \
      shown as uncertain and never written to again without --uncertain. ^C ends it between two \
      messages. From any other shell: mailing pause, and --resume, --stop, --status here. \
      docs/sending.md has the settings of --set.
      """
  )

  /// A person's word on those who are uncertain.
  enum Word: String, ExpressibleByArgument, CaseIterable {
    case again, sent
  }

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(
    help: ArgumentHelp(
      "Set how it is sent, and send nothing; may be given more than once.",
      discussion: SendingPlan.settings.joined(separator: ", "),
      valueName: "key=value"
    )
  )
  var set: [String] = []
  @Flag(help: "Say what would be sent, how and when, and send nothing.") var dryRun = false
  @Flag(help: "Say who sends at the moment and how far it is.") var status = false
  @Flag(help: "Let a paused sender go on.") var resume = false
  @Flag(help: "Ask the sender to end between two messages.") var stop = false
  @Option(help: "Decide on those who are uncertain: they are to be sent again, or were sent.")
  var uncertain: Word?
  @Option(help: "With --uncertain: only this recipient, by number; may be given more than once.")
  var recipient: [Int64] = []
  @Option(help: "With --uncertain: why, or from what it is known.") var reason = ""
  @Option(help: "Hand over so many at most.") var limit: Int?
  @Flag(help: "End where it would wait for the end of quiet hours or of a pause.")
  var noWait = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    let modes = [!set.isEmpty, dryRun, status, resume, stop, uncertain != nil].count { $0 }
    guard modes <= 1 else {
      throw ValidationError(
        "Give one of --set, --dry-run, --status, --resume, --stop and --uncertain."
      )
    }
    if uncertain == nil, !recipient.isEmpty || !reason.isEmpty {
      throw ValidationError("--recipient and --reason go with --uncertain.")
    }
    if uncertain == .sent, !reason.contains(where: { !$0.isWhitespace }) {
      throw ValidationError("--uncertain sent needs --reason: from what it is known.")
    }
    if modes == 0, options.now != nil {
      throw ValidationError("Real mail goes out at the real time: --now is for --dry-run.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit is a number from 1.") }
    if modes > 0, limit != nil || noWait {
      throw ValidationError("--limit and --no-wait go with sending.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.openExisting()
    let mailing = try await session.mailing(reference, in: store)
    let desk = SendingDesk(session, store, mailing, format)
    if !set.isEmpty { return try await desk.set(set) }
    if status { return try await desk.status() }
    if dryRun { return try await desk.preview() }
    if resume { return try await desk.direct(.run) }
    if stop { return try await desk.direct(.stop) }
    if let uncertain {
      return try await desk.resolve(
        isSent: uncertain == .sent,
        recipient.isEmpty ? nil : recipient,
        reason: reason
      )
    }
    return try await desk.send(limit: limit, waits: !noWait)
  }
}

/// The command `tocsin mailing pause`.
struct PauseMailing: HeadlessCommand {
  static let origin = "mailing pause"
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Let whoever sends a mailing wait between two messages.",
    discussion: "mailing send --resume lets it go on, mailing send --stop ends it."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.openExisting()
    let mailing = try await session.mailing(reference, in: store)
    return try await SendingDesk(session, store, mailing, format).direct(.pause)
  }
}
