public import Model

/// Findings as a plan of action and milestones of OSCAL 1.1.2.
public struct OscalMilestones: Sendable {
  /// What it is called.
  public var title: String
  /// What the organisation is called.
  public var organisation: String
  /// Who audited; empty where the findings are of many audits.
  public var auditor: String
  /// The findings with their evidence, in the order of the list; at least one, as OSCAL asks.
  public var findings: [FindingDetails.Details]
  /// The present, for acceptances that ran out.
  public var now: Instant

  /// Makes a plan.
  public init(
    title: String,
    organisation: String,
    auditor: String = "",
    findings: [FindingDetails.Details],
    now: Instant
  ) {
    (self.title, self.organisation, self.auditor) = (title, organisation, auditor)
    (self.findings, self.now) = (findings, now)
  }

  /// The document.
  public var json: JSON {
    let people = OscalPeople(organisation: organisation, auditor: auditor)
    let modified =
      findings.flatMap { [$0.finding.updatedAt] + $0.evidence.map(\.recordedAt) }.max() ?? now
    var known: Set<RecordID> = []
    let evidence = findings.flatMap(\.evidence).filter { known.insert($0.id).inserted }
    let system =
      SinkText.line(organisation).isEmpty
      ? nil : JSON.members(["id": .string(SinkText.line(organisation))])
    var body = JSONObject()
    body["metadata"] = OscalParts.metadata(title, modified: modified, people)
    body["system-id"] = system
    body["observations"] = OscalParts.list(findings.map(observation))
    body["risks"] = OscalParts.list(
      findings.map { details in
        OscalRisk(finding: details.finding, now: now).json(
          actor: people.actor,
          observations: observation(details) == nil
            ? [] : [OscalRisk(finding: details.finding, now: now).named("observation")]
        )
      }
    )
    body["poam-items"] = .array(findings.map(item))
    if let resources = OscalParts.list(evidence.map(OscalParts.resource)) {
      body["back-matter"] = .members(["resources": resources])
    }
    return OscalParts.document("plan-of-action-and-milestones", body)
  }

  /// What shows a finding or its remedy: its evidence; nil where there is none.
  private func observation(_ details: FindingDetails.Details) -> JSON? {
    let finding = details.finding
    guard let last = details.evidence.map(\.recordedAt).max() else { return nil }
    return .members([
      "uuid": .string(OscalRisk(finding: finding, now: now).named("observation")),
      "title": .string(OscalParts.line("Evidence of \(finding.reference)")),
      "description": .string(OscalParts.line(finding.facts.title)),
      "methods": OscalParts.methods(details.evidence, isAttested: false),
      "types": .array([.string("finding")]),
      "relevant-evidence": OscalParts.relevant(details.evidence) ?? .array([]),
      "collected": .string(last.description),
    ])
  }

  private func item(_ details: FindingDetails.Details) -> JSON {
    let finding = details.finding
    let risk = OscalRisk(finding: finding, now: now)
    var object = JSONObject()
    object["uuid"] = .string(risk.named("item"))
    object["title"] = .string(OscalParts.line(finding.facts.title))
    object["description"] = .string(
      OscalParts.prose(finding.facts.text, or: finding.facts.title)
    )
    object["props"] = OscalParts.list([
      OscalParts.property("poam-id", finding.reference),
      OscalParts.property("severity", finding.facts.severity.rawValue),
      OscalParts.property("audit-item", details.itemName),
    ])
    if observation(details) != nil {
      object["related-observations"] = .array([
        .members(["observation-uuid": .string(risk.named("observation"))])
      ])
    }
    object["related-risks"] = .array([.members(["risk-uuid": .string(risk.uuid)])])
    return .object(object)
  }
}
