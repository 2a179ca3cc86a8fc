internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident decision`.
  struct Ruling: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decision",
      abstract: "What was decided about telling somebody, why, and who approved it.",
      subcommands: [List.self, Add.self, Approve.self, Refuse.self]
    )

    /// The command `tocsin incident decision list`.
    struct List: ItemListing {
      static let origin = "incident decision list"
      static let configuration = CommandConfiguration(abstract: "List decisions, newest first.")

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @OptionGroup var format: ListFormatOptions
      @OptionGroup var options: StoreOptions

      static let titles: [Words] = [
        "ID", "DECIDED", "DUTY", "DECISION", "GROUND", "BY", "APPROVED",
      ]
      static let numbers: Set<Int> = [0]
      static let columns = [
        "id", "obligation", "decision", "ground", "reasoning", "decided_by", "decided_at.text",
        "recommendation", "difference", "worksheet", "inputs", "recorded_at", "recorded_by",
        "approval.by", "approval.at", "refusal.by", "refusal.at", "refusal.reason", "effects",
        "remedial_action",
      ]

      static func question(_ incident: RecordID) -> IncidentDecisions {
        IncidentDecisions(incident: incident)
      }

      static func json(_ decision: Decision) -> JSON {
        let facts = decision.facts
        let approval: JSON =
          decision.approval.map { .members(["by": .string($0.by), "at": .instant($0.at)]) } ?? .null
        let refusal: JSON =
          decision.refusal.map {
            .members([
              "by": .string($0.by), "at": .instant($0.at), "reason": .string($0.reason),
            ])
          } ?? .null
        return .members([
          "id": .integer(decision.id), "obligation": .string(facts.rule),
          "decision": .string(facts.decision.rawValue), "ground": .string(facts.ground.rawValue),
          "reasoning": .string(facts.reasoning), "decided_by": .string(facts.decidedBy),
          "decided_at": .time(facts.decidedAt), "recommendation": .string(facts.recommendation),
          "difference": .string(facts.difference),
          "worksheet": .text(facts.worksheet?.text), "inputs": .texts(facts.inputs),
          "recorded_at": .instant(decision.recordedAt),
          "recorded_by": .string(decision.recordedBy), "approval": approval,
          "refusal": refusal, "effects": .text(facts.effects),
          "remedial_action": .text(facts.remedy),
          "recommendations": .array(facts.recommendations.map(JSON.init)),
          "version": .integer(decision.version),
        ])
      }

      private static func consent(_ decision: Decision) -> String {
        decision.refusal.map { "refused by \($0.by)" } ?? decision.approval?.by ?? "-"
      }

      static func row(_ decision: Decision) -> [Words] {
        let facts = decision.facts
        return [
          "\(decision.id)", "\(facts.decidedAt.plainWithZone)",
          facts.rule.isEmpty ? "all" : "\(facts.rule)", "\(facts.decision.label)",
          "\(facts.ground.label)", "\(facts.decidedBy)", "\(consent(decision))",
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

      @Option(help: "Why it differs from what the rules or an assessment recommend.")
      var difference: String = ""

      @Option(help: "The effects of the breach, for the register of GDPR art. 33(5).")
      var effects: String?

      @Option(help: "The remedial action taken, for the same register.")
      var remedy: String?

      @OptionGroup var rulebook: RulebookOptions
      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let decidedAt =
          try at.map(session.time) ?? StatedTime(session.now, source: session.actor.name)
        let store = try session.open()
        let incident = try await session.incident(reference, in: store)
        let rule = obligation.uppercased()
        let pack = rule.isEmpty ? nil : try session.rulebook(rulebook).pack
        let assessments = try await store.answer(IncidentAssessments(incident: incident.id))
        let duty = try await store.answer(IncidentObligations(incident: incident.id))
          .first { $0.obligation.id == rule }
        let facts = DecisionFacts(
          rule: rule,
          decision: decision,
          ground: ground,
          reasoning: because,
          decidedBy: by ?? session.actor.name,
          decidedAt: decidedAt,
          recommendation: duty?.recommendation ?? "",
          difference: difference,
          worksheet: assessments.current(.enisa).flatMap {
            AssessmentMethod.enisa.outcome($0.facts.choices).worksheet
          },
          inputs: incident.decisionInputs,
          recommendations: Recommendation.all(assessments, for: rule, pack),
          effects: effects,
          remedy: remedy
        )
        if let contradiction = facts.contradiction { throw Refusal("\(contradiction)") }
        if let departure = facts.departures.first, difference.allSatisfy(\.isWhitespace) {
          throw Refusal(
            "\(departure); the decision is \(decision.infinitive)",
            advice: "say why it differs with --difference"
          )
        }
        let receipt = try await store.apply(
          RecordDecision(incident: incident.id, facts: facts),
          origin: session.origin
        )
        let missing = facts.missingForRegister
        if !missing.isEmpty {
          session.out.note(
            "the register will miss: \(missing.joined(separator: ", ")) (--effects, --remedy)"
          )
        }
        return try session.report(receipt, format, "\(receipt.subject.id)")
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

    /// The command `tocsin incident decision refuse`.
    struct Refuse: HeadlessCommand {
      static let origin = "incident decision refuse"
      static let configuration = CommandConfiguration(
        abstract: "Refuse a decision that another account recorded, and say why."
      )

      @OptionGroup var which: ItemArguments

      @Option(help: "Why.")
      var because: String

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
          RefuseDecision(id: decision.id, basedOn: decision.version, reason: because),
          origin: session.origin
        )
        return try session.report(receipt, format, "decision \(decision.id): refused")
      }
    }
  }
}

extension JSON {
  /// A recommendation that a decision was made under.
  init(_ recommendation: Recommendation) {
    self = .members([
      "method": .string(recommendation.method.rawValue),
      "assessment": .integer(recommendation.assessment),
      "edition": .count(recommendation.edition), "risk": .string(recommendation.risk.rawValue),
      "result": .string(recommendation.result),
      "decision": .text(recommendation.decision?.rawValue),
    ])
  }
}
