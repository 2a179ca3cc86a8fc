internal import ArgumentParser

/// `tocsin`: the dashboard, and every command below it.
struct Tocsin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tocsin",
    abstract: "Handle breaches of customer data against the legal clock.",
    discussion: """
      Without a command the dashboard opens; press ? in it for help. Without a terminal the \
      overview is printed as text.

      Standard output is data, standard error is for people. Exit status: 0 done, 1 refused or \
      failed, 2 a check found something, 64 wrong usage.
      """,
    version: Tocsin.version,
    subcommands: [
      Demo.self, Overview.self,
      StatusCommand.self,
      IncidentCommand.self, DrillCommand.self, SearchCommand.self,
      JournalCommand.self,
      Undo.self, Import.self, Export.self, VerifyCommand.self, BackupCommand.self,
      RestoreCommand.self, ClocksCommand.self, ObligationsCommand.self, RulesCommand.self,
      OrganisationCommand.self, AuthorityCommand.self, FrameworkCommand.self, ReportCommand.self,
      ShowScan.self, AuditCommand.self, FindingCommand.self, MailingCommand.self,
      BounceCommand.self,
      RegisterCommand.self,
      ImpactCommand.self,
      ConsentsCommand.self,
      TrainingCommand.self,
      StatementCommand.self,
      Doctor.self, GenerateManual.self, GenerateManifest.self,
    ]
  )

  /// The program's version.
  static let version = "0.1.0"

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var options: StoreOptions
  @OptionGroup var screen: ScreenOptions
}
