internal import ArgumentParser

/// The command `tocsin report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write reports and drafts from the record.",
    subcommands: [
      ReportLateness.self, ReportFiling.self, ReportBreachRegister.self, ReportAudit.self,
      ReportMailing.self,
      ReportBoard.self,
    ]
  )
}
