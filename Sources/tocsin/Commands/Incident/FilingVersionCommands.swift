internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand.Notice {
  /// The command `tocsin incident filing correct`.
  struct Correct: HeadlessCommand {
    static let origin = "incident filing correct"
    static let configuration = CommandConfiguration(
      abstract: "Correct what is said of a filing; the version before stays readable.",
      discussion: "What is not named stays as it is."
    )

    @OptionGroup var which: ItemArguments
    @Option(parsing: .unconditional, help: "When it was sent.") var sent: String?
    @Option(help: "To whom.") var to: String?
    @Option(help: "initial, supplement or final.") var phase: FilingPhase?
    @Option(help: "By what means.") var means: String?
    @Option(help: "What the recipient gave back: a number, a name.") var receipt: String?
    @Option(help: "What was sent, in a few words.") var summary: String?
    @Option(help: "Why it was late.") var lateReason: String?
    @Option(help: "The evidence that keeps what was sent, by its id.") var evidence: RecordID?

    @OptionGroup var rulebook: RulebookOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let book = try session.rulebook(rulebook)
      let store = try session.open()
      let filing: Filing = try await which.find(
        IncidentFilings.init(incident:),
        "filing",
        in: session,
        store
      )
      var facts = filing.facts
      if let sent {
        facts.sentAt = try session.time(sent)
        guard facts.sentAt.earliest <= session.now else {
          throw Refusal(
            "--sent \(sent): that is still to come; a filing is what was sent",
            status: .usage
          )
        }
      }
      facts.recipient = to ?? facts.recipient
      facts.phase = phase ?? facts.phase
      facts.means = means ?? facts.means
      facts.receipt = receipt ?? facts.receipt
      facts.summary = summary ?? facts.summary
      facts.lateReason = lateReason ?? facts.lateReason
      facts.evidence = evidence ?? facts.evidence
      guard facts != filing.facts else {
        throw Refusal("nothing is to be corrected", status: .usage)
      }
      let receipt = try await store.apply(
        EditFiling(id: filing.id, basedOn: filing.version, facts: facts),
        origin: session.origin
      )
      try await session.keeper(store, book)
        .updateAfterChange(filing.incident, cause: "filing corrected: \(facts.rule)")
      return try session.report(
        receipt,
        format,
        "filing \(filing.id): version \(receipt.version)"
      )
    }
  }

  /// The command `tocsin incident filing versions`.
  struct Versions: HeadlessCommand {
    static let origin = "incident filing versions"
    static let configuration = CommandConfiguration(
      abstract: "Show every version of a filing, newest first."
    )

    @OptionGroup var which: ItemArguments
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let filing: Filing = try await which.find(
        IncidentFilings.init(incident:),
        "filing",
        in: session,
        store
      )
      let versions = try await store.answer(FilingVersions(filing: filing.id))
      guard !format.json else {
        try session.out.json(.array(versions.map { json($0, filing) }))
        return .done
      }
      for version in versions {
        try session.out.line("version \(version.version)  \(version.at)  by \(version.by)")
        guard let facts = version.facts else {
          try session.out.line("  its details were erased from the journal")
          continue
        }
        let lines: [(Words, Words)] = [
          ("phase", "\(facts.phase.label)"), ("sent", "\(facts.sentAt.plainWithZone)"),
          ("to", "\(facts.recipient)"), ("by", "\(facts.means)"),
          ("receipt", "\(facts.receipt)"), ("summary", "\(facts.summary)"),
          ("why late", "\(facts.lateReason)"),
        ]
        for (name, value) in lines where !value.text.isEmpty {
          try session.out.line("  \(name): \(value)")
        }
        if let evidence = facts.evidence { try session.out.line("  copy: evidence \(evidence)") }
      }
      return .done
    }

    private func json(_ version: FilingVersions.Row, _ filing: Filing) -> JSON {
      var members = JSONObject()
      members["version"] = .integer(version.version)
      members["by"] = .string(version.by)
      members["at"] = .instant(version.at)
      if let facts = version.facts {
        var copy = filing
        copy.facts = facts
        members["filing"] = IncidentCommand.Notice.List.json(copy)
      } else {
        members["filing"] = .null
      }
      return .object(members)
    }
  }
}
