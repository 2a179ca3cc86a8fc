internal import App
internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Rulebook
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident filing`.
  struct Notice: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "filing",
      abstract: "What was sent to authorities and people, and when; clocks count from it.",
      subcommands: [List.self, Add.self, Correct.self, Versions.self, Remove.self]
    )

    /// The command `tocsin incident filing list`.
    struct List: ItemListing {
      static let origin = "incident filing list"
      static let configuration = CommandConfiguration(
        abstract: "List what was sent, by the time it was sent."
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @OptionGroup var format: ListFormatOptions
      @OptionGroup var options: StoreOptions

      static let titles: [Words] = ["ID", "SENT", "DUTY", "PHASE", "TO", "RECEIPT"]
      static let numbers: Set<Int> = [0]
      static let columns = [
        "id", "obligation", "phase", "sent.text", "sent.latest", "to", "means", "receipt",
        "summary", "late_reason", "evidence", "recorded_at", "version",
      ]

      static func question(_ incident: RecordID) -> IncidentFilings {
        IncidentFilings(incident: incident)
      }

      static func json(_ filing: Filing) -> JSON {
        let facts = filing.facts
        return .members([
          "id": .integer(filing.id), "obligation": .string(facts.rule),
          "phase": .string(facts.phase.rawValue), "sent": .time(facts.sentAt),
          "to": .string(facts.recipient), "means": .string(facts.means),
          "receipt": .string(facts.receipt), "summary": .string(facts.summary),
          "late_reason": .string(facts.lateReason), "evidence": .number(facts.evidence),
          "recorded_at": .instant(filing.recordedAt), "version": .integer(filing.version),
        ])
      }

      static func row(_ filing: Filing) -> [Words] {
        let facts = filing.facts
        return [
          "\(filing.id)", "\(facts.sentAt.plainWithZone)", "\(facts.rule)",
          "\(facts.phase.label)", "\(facts.recipient)", "\(facts.receipt)",
        ]
      }
    }

    /// The command `tocsin incident filing add`.
    struct Add: HeadlessCommand {
      static let origin = "incident filing add"
      static let configuration = CommandConfiguration(
        abstract: "Record that a notice was sent; prints its id."
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @Option(help: "The duty it answers: EU-GDPR-33-SA.")
      var obligation: String

      @Option(parsing: .unconditional, help: "When it was sent.")
      var sent: String

      @Option(help: "To whom. Default: whom the rule names.")
      var to: String?

      @Option(help: "initial, supplement or final. Default: what the rule and earlier filings say.")
      var phase: FilingPhase?

      @Option(help: "By what means.")
      var means: String = ""

      @Option(help: "What the recipient gave back: a number, a name.")
      var receipt: String = ""

      @Option(help: "What was sent, in a few words.")
      var summary: String = ""

      @Option(help: "Why it was late.")
      var lateReason: String = ""

      @Option(help: "The evidence that keeps what was sent, by its id.")
      var evidence: RecordID?

      @Option(
        help: "A file with what was sent: hashed, kept beside the store, and linked as evidence.",
        completion: .file()
      )
      var copy: String?

      @OptionGroup var rulebook: RulebookOptions
      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func validate() throws {
        if copy != nil, evidence != nil {
          throw ValidationError("--copy makes new evidence; --evidence names what is there.")
        }
      }

      func perform(in session: Session) async throws -> ExitStatus {
        let book = try session.rulebook(rulebook)
        guard let (_, rule) = book.pack.rule(obligation.uppercased()) else {
          throw Refusal(
            "there is no rule \(obligation)",
            advice: "what is owed: tocsin obligations \(reference)",
            status: .usage
          )
        }
        let store = try session.open()
        let incident = try await session.incident(reference, in: store)
        let earlier = try await store.answer(IncidentFilings(incident: incident.id))
        var facts = FilingFacts(
          rule: rule.id,
          phase: phase ?? usual(rule, after: earlier),
          sentAt: try session.time(sent),
          recipient: to ?? rule.recipient,
          means: means,
          receipt: receipt,
          summary: summary,
          lateReason: lateReason,
          evidence: evidence
        )
        try await refuseUnexplained(facts, earlier, incident, session.keeper(store, book))
        guard facts.sentAt.earliest <= session.now else {
          throw Refusal(
            "--sent \(sent): that is still to come; a filing is what was sent",
            status: .usage
          )
        }
        if let copy { facts.evidence = try await keep(copy, facts, incident, session, store) }
        let receipt = try await store.apply(
          AddFiling(incident: incident.id, facts: facts),
          origin: session.origin
        )
        try await session.keeper(store, book)
          .updateAfterChange(incident.id, cause: "notice sent: \(rule.id)")
        return try session.report(receipt, format, "\(receipt.subject.id)")
      }

      /// Hashes and keeps a file as evidence of what was sent, and gives its number.
      private func keep(
        _ path: String,
        _ facts: FilingFacts,
        _ incident: Incident,
        _ session: Session,
        _ store: SQLiteStore
      ) async throws -> RecordID {
        if let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
        let file = URL(fileURLWithPath: path)
        let progress = HashingProgress(session.out, file.lastPathComponent)
        let folder = EvidenceFolder(storePath: store.path)
        let place = file.path
        let digest = try await offMain { try folder.add(place) { progress.tell($0, of: $1) } }
        session.out.progress(nil)
        let evidence = EvidenceFacts(
          title: file.lastPathComponent,
          path: place,
          sha256: digest.hex,
          size: digest.size,
          isCopied: true,
          note: "what was sent: \(facts.rule), \(facts.phase.label)"
        )
        return try await store.apply(
          AddEvidence(incident: incident.id, facts: evidence),
          origin: session.origin
        ).subject.id
      }

      /// The step that is next.
      private func usual(_ rule: Rule, after earlier: [Filing]) -> FilingPhase {
        let isRepeated = earlier.contains { $0.facts.rule == rule.id }
        return rule.phase == .initial && isRepeated ? .supplement : rule.phase
      }

      /// A late notice is still owed, and asks for its reasons.
      private func refuseUnexplained(
        _ facts: FilingFacts,
        _ earlier: [Filing],
        _ incident: Incident,
        _ keeper: ClockKeeper
      ) async throws {
        let isFirst = !earlier.contains {
          $0.facts.rule == facts.rule && $0.facts.sentAt.earliest <= facts.sentAt.earliest
        }
        guard facts.lateReason.isEmpty, isFirst,
          let answer = try await keeper.answer(for: incident.id),
          let owed = answer.obligations.first(where: { $0.id == facts.rule }),
          let due = owed.state.due, facts.sentAt.earliest > due
        else { return }
        throw Refusal(
          "\(facts.rule) was due \(due), so this is late",
          advice: "say why with --late-reason; the law asks for it too"
        )
      }
    }

    /// The command `tocsin incident filing remove`.
    struct Remove: HeadlessCommand {
      static let origin = "incident filing remove"
      static let configuration = CommandConfiguration(
        abstract: "Take a filing off the list; nothing is deleted."
      )

      @OptionGroup var which: ItemArguments
      @OptionGroup var rulebook: RulebookOptions
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
        let receipt = try await store.apply(
          RemoveFiling(id: filing.id, basedOn: filing.version),
          origin: session.origin
        )
        let book = try session.rulebook(rulebook)
        try await session.keeper(store, book)
          .updateAfterChange(filing.incident, cause: "filing removed: \(filing.facts.rule)")
        return try session.report(receipt, format, "filing \(filing.id): removed")
      }
    }
  }
}
