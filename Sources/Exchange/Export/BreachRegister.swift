public import Model

/// The register of breaches by article 33(5) of the GDPR: facts, effects, remedial action, and, as the
/// EDPB adds, the reasons for each decision and for delay.
///
/// Every breach stands in it, also one of which nobody was told; an exercise never does.
public struct BreachRegister: Sendable {
  /// One breach with what hangs from it.
  public struct Entry: Sendable, Equatable {
    /// The incident.
    public var incident: Incident
    /// Its decisions, newest first; earlier ones stay in the register.
    public var decisions: [Decision]
    /// What was sent.
    public var filings: [Filing]
    /// Its tasks: those done are the remedial action.
    public var tasks: [IncidentTask]

    /// Makes an entry.
    public init(
      incident: Incident,
      decisions: [Decision],
      filings: [Filing] = [],
      tasks: [IncidentTask] = []
    ) {
      (self.incident, self.decisions) = (incident, decisions)
      (self.filings, self.tasks) = (filings, tasks)
    }

    /// Whether it belongs into the register: a breach of personal data, or one on which somebody
    /// has decided.
    public var belongs: Bool {
      guard !incident.isRemoved, !incident.isExercise else { return false }
      switch incident.facts.outcome {
      case .confirmedBreach: return true
      case .notPersonalData, .duplicate: return false
      default: return !decisions.isEmpty
      }
    }

    /// What an auditor would miss: a confirmed breach without a decision, a decision without consent.
    public func gaps(needsSecondPerson: Bool) -> [String] {
      var gaps: [String] = []
      if decisions.isEmpty { gaps.append("no decision recorded") }
      if needsSecondPerson {
        for decision in decisions where decision.approval == nil && decision.refusal == nil {
          gaps.append("decision \(decision.id) not approved by a second person")
        }
      }
      for decision in decisions {
        if let refusal = decision.refusal {
          gaps.append("decision \(decision.id) refused by \(refusal.by)")
        }
      }
      if incident.facts.summary.isEmpty { gaps.append("no summary of the facts") }
      if !states(\.effects) { gaps.append("no effects recorded") }
      if !tasks.contains(where: { $0.facts.state == .done }), !states(\.remedy) {
        gaps.append("no remedial action recorded")
      }
      return gaps
    }

    /// Whether a decision says something of the effects or the remedy.
    private func states(_ text: KeyPath<DecisionFacts, String?>) -> Bool {
      decisions.contains { $0.facts[keyPath: text]?.contains { !$0.isWhitespace } ?? false }
    }
  }

  /// Whether the organisation asks for a second person's consent.
  public var needsSecondPerson: Bool

  /// Makes a register's writer.
  public init(needsSecondPerson: Bool = false) { self.needsSecondPerson = needsSecondPerson }

  /// The names of the columns.
  public static let columns = [
    "reference", "title", "outcome", "facts", "kind", "occurred", "discovered", "aware",
    "people_affected", "data", "severity", "remedial_action", "decision_duty", "decision",
    "ground", "reasoning", "recommendation", "assessments", "difference", "effects",
    "decided_by", "decided_at", "approved_by", "approved_at", "refused_by", "filings",
    "reasons_for_delay", "gaps",
  ]

  /// The header of the CSV file, with its line end.
  public var csvHeader: String { CSVWriter().row(BreachRegister.columns) }

  /// The rows of an entry: one for each decision, and one where there is none.
  ///
  /// Cells that a spreadsheet would run are made inert.
  public func csv(_ entry: Entry) -> String {
    let facts = entry.incident.facts
    let done = remedies(entry).joined(separator: "\n")
    let front = [
      entry.incident.reference, facts.title, facts.outcome.label, facts.summary,
      facts.actions.map(\.label).sorted().joined(separator: ", "), time(.occurred, entry),
      time(.discovered, entry), time(.aware, entry),
      facts.affected.map(people).joined(separator: "; "),
      facts.data.categories.joined(separator: ", "), facts.severity?.label ?? "", done,
    ]
    let back = [
      entry.filings.map(filing).joined(separator: "\n"),
      entry.filings.map(\.facts.lateReason).filter { !$0.isEmpty }.joined(separator: "\n"),
      entry.gaps(needsSecondPerson: needsSecondPerson).joined(separator: "; "),
    ]
    let decisions = entry.decisions.map(cells)
    let none = Array(repeating: "", count: 13)
    return (decisions.isEmpty ? [none] : decisions)
      .map { CSVWriter().row(front + $0 + back) }.joined()
  }

  private func cells(_ decision: Decision) -> [String] {
    let facts = decision.facts
    return [
      facts.rule.isEmpty ? "whole incident" : facts.rule, facts.decision.label, facts.ground.label,
      facts.reasoning, facts.recommendation,
      facts.recommendations.map(\.text).joined(separator: "\n"), facts.difference,
      facts.effects ?? "", facts.decidedBy, facts.decidedAt.plainWithZone,
      decision.approval?.by ?? "", decision.approval?.at.description ?? "",
      decision.refusal.map { "\($0.by): \($0.reason)" } ?? "",
    ]
  }

  private func people(_ people: AffectedPeople) -> String {
    let place = people.jurisdiction.isEmpty ? "all" : people.jurisdiction
    guard let count = people.count else { return "\(place): not known" }
    return "\(place): \(count) (\(people.quality.label))"
  }

  private func filing(_ filing: Filing) -> String {
    "\(filing.facts.rule) \(filing.facts.phase.label) \(filing.facts.sentAt.plainWithZone)"
      + (filing.facts.receipt.isEmpty ? "" : ", receipt \(filing.facts.receipt)")
  }

  private func remedies(_ entry: Entry) -> [String] {
    entry.decisions.compactMap { $0.facts.remedy.flatMap { $0.isEmpty ? nil : $0 } }
      + entry.tasks.filter { $0.facts.state == .done }.map(\.facts.title)
  }

  private func stated(_ instant: IncidentInstant, _ entry: Entry) -> StatedTime? {
    let time = entry.incident.facts.instants[instant]
    return instant == .aware ? entry.incident.awareness?.awareAt ?? time : time
  }

  private func time(_ instant: IncidentInstant, _ entry: Entry) -> String {
    stated(instant, entry)?.plainWithZone ?? ""
  }

  // MARK: JSON

  /// An entry as an object; what is not known is null.
  public func json(_ entry: Entry) -> JSON {
    let facts = entry.incident.facts
    func text(_ instant: IncidentInstant) -> JSON {
      stated(instant, entry).map { .string($0.plainWithZone) } ?? .null
    }
    return .members([
      "reference": .string(entry.incident.reference), "title": .string(facts.title),
      "outcome": .string(facts.outcome.rawValue), "facts": .string(facts.summary),
      "kind": .array(facts.actions.map(\.rawValue).sorted().map(JSON.string)),
      "occurred": text(.occurred), "discovered": text(.discovered), "aware": text(.aware),
      "people_affected": .array(
        facts.affected.map {
          .members([
            "jurisdiction": .string($0.jurisdiction),
            "count": $0.count.map(JSON.integer) ?? .null, "quality": .string($0.quality.rawValue),
          ])
        }
      ),
      "data": .array(facts.data.categories.map(JSON.string)),
      "severity": facts.severity.map { .string($0.rawValue) } ?? .null,
      "remedial_action": .array(remedies(entry).map(JSON.string)),
      "decisions": .array(entry.decisions.map(json)),
      "filings": .array(entry.filings.map(json)),
      "gaps": .array(entry.gaps(needsSecondPerson: needsSecondPerson).map(JSON.string)),
    ])
  }

  private func json(_ decision: Decision) -> JSON {
    let facts = decision.facts
    return .members([
      "id": .integer(decision.id), "duty": facts.rule.isEmpty ? .null : .string(facts.rule),
      "decision": .string(facts.decision.rawValue), "ground": .string(facts.ground.rawValue),
      "reasoning": .string(facts.reasoning), "recommendation": .string(facts.recommendation),
      "difference": .string(facts.difference), "decided_by": .string(facts.decidedBy),
      "decided_at": .string(facts.decidedAt.plainWithZone),
      "recorded_at": .string(decision.recordedAt.description),
      "recorded_by": .string(decision.recordedBy),
      "approved_by": decision.approval.map { .string($0.by) } ?? .null,
      "approved_at": decision.approval.map { .string($0.at.description) } ?? .null,
      "refused_by": decision.refusal.map { .string($0.by) } ?? .null,
      "refusal": decision.refusal.map { .string($0.reason) } ?? .null,
      "effects": facts.effects.map { .string($0) } ?? .null,
      "remedial_action": facts.remedy.map { .string($0) } ?? .null,
      "assessments": .array(facts.recommendations.map { .string($0.text) }),
      "severity_level": facts.worksheet.map { .string($0.level.rawValue) } ?? .null,
      "inputs": .array(facts.inputs.map(JSON.string)),
    ])
  }

  private func json(_ filing: Filing) -> JSON {
    let facts = filing.facts
    return .members([
      "duty": .string(facts.rule), "phase": .string(facts.phase.rawValue),
      "sent_at": .string(facts.sentAt.plainWithZone), "recipient": .string(facts.recipient),
      "receipt": .string(facts.receipt), "late_reason": .string(facts.lateReason),
    ])
  }
}
