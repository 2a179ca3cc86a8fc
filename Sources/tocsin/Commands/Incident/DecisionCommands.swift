internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident decision`.
  struct Ruling: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decision",
      abstract: "What was decided about telling somebody, why, and who approved it.",
      subcommands: [List.self, Add.self, Approve.self]
    )

    /// The command `tocsin incident decision list`.
    struct List: ItemListing {
      static let origin = "incident decision list"
      static let configuration = CommandConfiguration(abstract: "List decisions, newest first.")

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      static let titles: [Words] = [
        "ID", "DECIDED", "DUTY", "DECISION", "GROUND", "BY", "APPROVED",
      ]
      static let numbers: Set<Int> = [0]

      static func question(_ incident: RecordID) -> IncidentDecisions {
        IncidentDecisions(incident: incident)
      }

      static func json(_ decision: Decision) -> JSON {
        let facts = decision.facts
        let approval: JSON =
          decision.approval.map { .members(["by": .string($0.by), "at": .instant($0.at)]) } ?? .null
        return .members([
          "id": .integer(decision.id), "obligation": .string(facts.rule),
          "decision": .string(facts.decision.rawValue), "ground": .string(facts.ground.rawValue),
          "reasoning": .string(facts.reasoning), "decided_by": .string(facts.decidedBy),
          "decided_at": .time(facts.decidedAt), "recommendation": .string(facts.recommendation),
          "difference": .string(facts.difference),
          "worksheet": .text(facts.worksheet?.text), "inputs": .texts(facts.inputs),
          "recorded_at": .instant(decision.recordedAt),
          "recorded_by": .string(decision.recordedBy), "approval": approval,
          "version": .integer(decision.version),
        ])
      }

      static func row(_ decision: Decision) -> [Words] {
        let facts = decision.facts
        return [
          "\(decision.id)", "\(facts.decidedAt.plainWithZone)",
          facts.rule.isEmpty ? "all" : "\(facts.rule)", "\(facts.decision.label)",
          "\(facts.ground.label)", "\(facts.decidedBy)", "\(decision.approval?.by ?? "-")",
        ]
      }
    }

    /// The command `tocsin incident decision add`.
    struct Add: HeadlessCommand {
      static let origin = "incident decision add"
      static let configuration = CommandConfiguration(
        abstract: "Record a decision, frozen with the facts it rests on; prints its id."
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @Argument(help: "notify, do-not-notify or later.")
      var decision: NoticeDecision

      @Option(help: "The duty it is about: EU-GDPR-33-SA. Without it: the incident as a whole.")
      var obligation: String = ""

      @Option(help: "Why, in a word of the list.")
      var ground: DecisionGround

      @Option(help: "The reasoning, in free words.")
      var because: String

      @Option(help: "Who decided. Default: the account.")
      var by: String?

      @Option(parsing: .unconditional, help: "When. Default: now.")
      var at: String?

      @Option(
        help: ArgumentHelp(
          """
          ENISA's worksheet: data context 0-4, ease of identification 1-4, loss of \
          confidentiality, integrity, availability 0-2 each, malice 0 or 2: 3,3,1,0,0,2.
          """,
          valueName: "numbers"
        )
      )
      var worksheet: String?

      @Option(help: "Why it differs from what the worksheet recommends.")
      var difference: String = ""

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let sheet = try worksheet.map(Self.sheet)
        let recommendation = sheet.map { "\($0.text): \($0.recommendation.label)" } ?? ""
        if let sheet, sheet.recommendation != decision, difference.isEmpty {
          throw Refusal(
            "the worksheet recommends to \(sheet.recommendation.label) (\(sheet.text))",
            advice: "say why the decision differs with --difference"
          )
        }
        let decidedAt =
          try at.map(session.time) ?? StatedTime(session.now, source: session.actor.name)
        return try await session.alter(reference, format) { incident in
          RecordDecision(
            incident: incident.id,
            facts: DecisionFacts(
              rule: obligation.uppercased(),
              decision: decision,
              ground: ground,
              reasoning: because,
              decidedBy: by ?? session.actor.name,
              decidedAt: decidedAt,
              recommendation: recommendation,
              difference: difference,
              worksheet: sheet,
              inputs: incident.decisionInputs
            )
          )
        } saying: {
          "\($1.subject.id)"
        }
      }

      private static func sheet(_ text: String) throws -> SeverityWorksheet {
        let numbers = text.split(separator: ",").map { Int($0) }.compactMap(\.self)
        guard numbers.count == 6,
          let sheet = SeverityWorksheet(
            context: numbers[0],
            identification: numbers[1],
            circumstances: .init(
              confidentiality: numbers[2],
              integrity: numbers[3],
              availability: numbers[4],
              malice: numbers[5]
            )
          )
        else {
          throw Refusal(
            "--worksheet \(text): six numbers such as 3,3,1,0,0,2, each in its range",
            status: .usage
          )
        }
        return sheet
      }
    }

    /// The command `tocsin incident decision approve`.
    struct Approve: HeadlessCommand {
      static let origin = "incident decision approve"
      static let configuration = CommandConfiguration(
        abstract: "Approve a decision that another account recorded."
      )

      @OptionGroup var which: ItemArguments
      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let store = try session.open()
        let decision: Decision = try await which.find(
          IncidentDecisions.init(incident:),
          "decision",
          in: session,
          store
        )
        let receipt = try await store.apply(
          ApproveDecision(id: decision.id, basedOn: decision.version),
          origin: session.origin
        )
        return try session.report(receipt, format, "decision \(decision.id): approved")
      }
    }
  }
}
