internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing retry`.
struct RetryMailingCommand: HeadlessCommand {
  static let origin = "mailing retry"
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Try people again whom a notice did not reach, by rule and by the next channel.",
    discussion: """
      Soft ones are queued again over the same channel, so often and so long apart as the options \
      say. Those who were tried often enough, and at once those whose address is dead, are queued \
      over the next channel of the mailing for which there is something to write to, or become \
      unreachable. Protected people and those of whom a complaint came are left alone. Works in \
      short transactions: broken off, the same command goes on.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "How often a channel is tried in all.") var attempts = RetryRule().attempts
  @Option(help: ArgumentHelp("How long apart, such as 30m, 6h or 2d.", valueName: "time"))
  var apart = RetryInterval(minutes: RetryRule().minutesApart)
  @Flag(help: "Say what would be done, and alter nothing.") var dryRun = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if !(1...100).contains(attempts) {
      throw ValidationError("--attempts is a number from 1 to 100.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let out = session.out
    let numbers = try await store.perform(
      MailingRetry(
        of: mailing.id,
        by: RetryRule(attempts: attempts, minutesApart: apart.minutes),
        isDryRun: dryRun
      ),
      origin: session.origin
    ) { progress in
      out.progress("looking: \(progress.done) of \(progress.total)")
      return true
    }
    out.progress(nil)
    if format.json {
      try out.json(json(numbers))
      return .done
    }
    try out.line(
      "\(mailing.reference): \(numbers.moved) recipients \(dryRun ? "would be" : "were") moved on"
    )
    for channel in MailingChannel.allCases {
      guard let count = numbers.again[channel] else { continue }
      try out.line("  again by \(channel.label): \(count)")
    }
    for channel in MailingChannel.allCases {
      if let count = numbers.next[channel] { try out.line("  next by \(channel.label): \(count)") }
    }
    if numbers.unreachable > 0 { try out.line("  unreachable: \(numbers.unreachable)") }
    if let due = numbers.due {
      try out.line("  not due yet: \(numbers.waiting), the first at \(due)")
    }
    if numbers.protected > 0 {
      try out.line("  protected, left to you: \(numbers.protected)")
    }
    return .done
  }

  private func json(_ numbers: RetryNumbers) -> JSON {
    func object(_ counts: [MailingChannel: Int]) -> JSON {
      var object = JSONObject()
      for channel in MailingChannel.allCases {
        if let count = counts[channel] { object[channel.rawValue] = .count(count) }
      }
      return .object(object)
    }
    return .members([
      "moved": .count(numbers.moved), "dry_run": .bool(dryRun), "again": object(numbers.again),
      "next": object(numbers.next), "unreachable": .count(numbers.unreachable),
      "waiting": .count(numbers.waiting), "due": numbers.due.map { .instant($0) } ?? .null,
      "protected": .count(numbers.protected),
    ])
  }
}

/// A length of time as it is typed: a number and `m`, `h` or `d`.
struct RetryInterval: ExpressibleByArgument, Sendable, CustomStringConvertible {
  /// So many minutes.
  let minutes: Int

  init(minutes: Int) { self.minutes = minutes }

  init?(argument: String) {
    let units = ["m": 1, "h": 60, "d": 1440]
    guard let unit = argument.last.flatMap({ units[String($0)] }),
      let number = Int(argument.dropLast()), (0...100_000).contains(number)
    else { return nil }
    minutes = number * unit
  }

  /// As it is typed.
  var description: String {
    minutes % 1440 == 0
      ? "\(minutes / 1440)d" : minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes)m"
  }

  /// What stands in the help text.
  var defaultValueDescription: String { description }
}
