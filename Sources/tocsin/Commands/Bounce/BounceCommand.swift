internal import ArgumentParser

/// The command `tocsin bounce`.
struct BounceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounce",
    abstract: "Read mails that came back.",
    subcommands: [Classify.self]
  )
}
