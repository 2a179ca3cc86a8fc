internal import ArgumentParser

/// The command `tocsin audit`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Walk through frameworks, and keep what proves the answers.",
    subcommands: [AuditEvidence.self]
  )
}
