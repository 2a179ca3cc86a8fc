internal import ArgumentParser
internal import Model

/// The command `tocsin finding check`.
struct CheckFinding: HeadlessCommand {
  static let origin = "finding check"
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Record a look at whether the remedy holds.",
    discussion: "A remedy that does not hold puts the finding back to in progress."
  )

  /// What the look showed.
  enum Verdict: String, EnumerableFlag {
    case effective, notEffective

    static func help(for value: Verdict) -> ArgumentHelp? {
      value == .effective ? "The remedy holds." : "The remedy does not hold."
    }
  }

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @Flag var verdict: Verdict
  @Argument(help: "What was looked at, and what was seen.") var note: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.move(
      reference,
      .check(isEffective: verdict == .effective, note: note),
      format
    )
  }
}

/// The command `tocsin finding close`.
struct CloseFinding: HeadlessCommand {
  static let origin = "finding close"
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Close a finding whose remedy was found effective, or that never was a gap.",
    discussion: "A false positive needs a reason and no check; scans do not open it again."
  )

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @Option(help: "What else is to be said.") var reason = ""
  @Flag(help: "There never was a gap.") var falsePositive = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let step: FindingStep = falsePositive ? .dismiss(reason: reason) : .close(reason: reason)
    return try await session.move(reference, step, format)
  }
}

/// The command `tocsin finding accept`.
struct AcceptFinding: HeadlessCommand {
  static let origin = "finding accept"
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accept the risk until a time; then the finding is open again."
  )

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @Option(help: "Who accepts the risk.") var by: String
  @Option(help: "Why.") var reason: String
  @Option(help: "Until when, such as 2026-12-31.") var until: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.move(
      reference,
      .accept(by: by, reason: reason, expires: try session.time(until)),
      format
    )
  }
}

/// The command `tocsin finding reopen`.
struct ReopenFinding: HeadlessCommand {
  static let origin = "finding reopen"
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Open a finding again; earlier check and acceptance no longer count."
  )

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @Option(help: "Why.") var reason: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.move(reference, .reopen(reason: reason), format)
  }
}
