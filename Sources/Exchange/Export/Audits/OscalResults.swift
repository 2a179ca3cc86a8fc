public import Model

/// An audit as assessment results of OSCAL 1.1.2.
///
/// What conforms, partly or not, becomes a finding on its requirement with the observation that it
/// rests on; what is not applicable becomes an observation alone, for OSCAL's findings know two
/// states only. What is not assessed is named among the excluded controls and has neither. Findings
/// of ours become risks. `tocsin show-scan` reads it back.
public struct OscalResults: Sendable {
  private let content: AuditReportContent.Content

  /// Makes the results of an audit.
  public init(_ content: AuditReportContent.Content) { self.content = content }

  private var audit: Audit { content.details.row.audit }

  /// The document.
  public var json: JSON {
    let people = OscalPeople(
      organisation: content.organisation,
      auditor: audit.facts.auditor,
      reviewers: audit.facts.reviewers
    )
    let name = "\(audit.reference): \(audit.facts.title)"
    var body = JSONObject()
    body["metadata"] = OscalParts.metadata(name, modified: modified, people)
    body["import-ap"] = .members(["href": .string("#\(named("plan"))")])
    body["results"] = .array([result(people, name)])
    body["back-matter"] = .members(["resources": .array(resources)])
    return OscalParts.document("assessment-results", body)
  }

  /// When something that the document says was altered last.
  private var modified: Instant {
    let signed = content.details.signatures.flatMap {
      [$0.at, $0.second?.at, $0.reopening?.at].compactMap { $0 }
    }
    let rest = content.findings.map(\.updatedAt) + content.evidence.map(\.recordedAt)
    return (signed + rest).reduce(audit.updatedAt) { max($0, $1) }
  }

  private func result(_ people: OscalPeople, _ name: String) -> JSON {
    var object = JSONObject()
    object["uuid"] = .string(named("result"))
    object["title"] = .string(OscalParts.line(name))
    object["description"] = .string(
      OscalParts.prose(
        audit.facts.scope,
        or: "\(content.details.row.name), version \(content.details.row.edition)"
      )
    )
    object["start"] = .string(audit.startedAt.description)
    if let signature = content.details.signatures.last, signature.isComplete,
      signature.reopening == nil
    {
      object["end"] = .string((signature.second?.at ?? signature.at).description)
    }
    object["props"] = OscalParts.list([
      OscalParts.property("audit", audit.reference),
      OscalParts.property("state", audit.state.rawValue),
      OscalParts.property("score", content.details.row.tally.score.text),
      OscalParts.property("sha256", content.details.digest),
      OscalParts.property("period-from", audit.facts.from),
      OscalParts.property("period-until", audit.facts.until),
    ])
    let parts = itemParts
    object["reviewed-controls"] = reviewed(parts.assessed, parts.open)
    object["attestations"] = OscalParts.list(content.details.signatures.map(attestation))
    object["observations"] = OscalParts.list(parts.observations)
    object["risks"] = OscalParts.list(
      content.findings.map { finding in
        let shown = parts.observed[finding.item?.id ?? 0]
        return OscalRisk(finding: finding, now: content.now)
          .json(actor: people.actor, observations: shown.map { [$0] } ?? [])
      }
    )
    object["findings"] = OscalParts.list(parts.findings)
    return .object(object)
  }

  private func reviewed(_ assessed: [String], _ open: [String]) -> JSON {
    func controls(_ tokens: [String]) -> JSON? {
      OscalParts.list(tokens.map { .members(["control-id": .string($0)]) })
    }
    var selection = JSONObject()
    selection["description"] = .string(
      open.isEmpty
        ? "All requirements in scope are assessed."
        : "Assessed are \(assessed.count); the \(open.count) that are excluded are in scope, and "
          + "not assessed."
    )
    selection["include-controls"] = controls(assessed)
    selection["exclude-controls"] = controls(open)
    return .members([
      "links": .array([
        .members(["href": .string("#\(named("framework"))"), "rel": .string("reference")])
      ]),
      "control-selections": .array([.object(selection)]),
    ])
  }

  private func attestation(_ signature: AuditSignature) -> JSON {
    let second = signature.second.map { " and by \($0.by) at \($0.at)" } ?? ""
    let waits = signature.isComplete ? "" : " A second signature is waited for."
    let opened =
      signature.reopening.map { " Opened again by \($0.by) at \($0.at): \($0.reason)" } ?? ""
    return .members([
      "parts": .array([
        .members([
          "name": .string("signature"), "title": .string("Signature"),
          "prose": .string(
            OscalParts.line(
              "Signed by \(signature.by) at \(signature.at)\(second), SHA-256 "
                + "\(signature.digest).\(waits)\(opened)"
            )
          ),
        ])
      ])
    ])
  }

  /// What items become.
  private struct ItemParts {
    var assessed: [String] = []
    var open: [String] = []
    var observations: [JSON] = []
    var findings: [JSON] = []
    /// The UUID of an item's observation, by the item's number.
    var observed: [RecordID: String] = [:]
  }

  private var itemParts: ItemParts {
    var (parts, tokens) = (ItemParts(), OscalTokens())
    let evidence = Dictionary(content.evidence.map { ($0.id, $0) }) { first, _ in first }
    for line in content.items {
      guard let item = line.item, let shown = line.row.item else { continue }
      let token = tokens.token(identifier: item.identifier, reference: line.row.reference)
      guard shown.result != .notAssessed else {
        parts.open.append(token)
        continue
      }
      parts.assessed.append(token)
      let uuid = named("observation \(item.identifier)")
      parts.observed[item.id] = uuid
      let proofs = line.evidence.compactMap { evidence[$0] }
      parts.observations.append(observation(line, item, shown, uuid, proofs))
      if shown.result != .notApplicable {
        parts.findings.append(finding(line, item, shown, token, uuid))
      }
    }
    return parts
  }

  private func title(_ line: AuditReportContent.Line) -> String {
    OscalParts.line(
      [line.row.reference, line.row.headline].filter { !$0.isEmpty }.joined(separator: " ")
    )
  }

  private func observation(
    _ line: AuditReportContent.Line,
    _ item: AuditItem,
    _ shown: AuditTreeRow.Item,
    _ uuid: String,
    _ proofs: [Evidence]
  ) -> JSON {
    let isApplicable = shown.result != .notApplicable
    let name = line.row.reference.isEmpty ? item.identifier : line.row.reference
    let words = isApplicable ? item.observation : item.reason
    let sampling = item.sampling
    var object = JSONObject()
    object["uuid"] = .string(uuid)
    object["title"] = .string(title(line))
    object["description"] = .string(OscalParts.prose(words, or: shown.result.label))
    object["props"] = OscalParts.list([
      // Where there is no finding, the observation itself states the result.
      isApplicable ? nil : OscalParts.property("idref", name),
      isApplicable ? nil : OscalParts.property("result", shown.result.rawValue),
      OscalParts.property("requirement", item.identifier),
      OscalParts.property("population", sampling.map { String($0.population) }),
      OscalParts.property("sample", sampling.map { String($0.sample) }),
      OscalParts.property("exceptions", sampling.map { String($0.exceptions) }),
      OscalParts.property("sampling-note", sampling?.note),
      OscalParts.property("attested-by", item.attestation?.by),
    ])
    object["methods"] = OscalParts.methods(proofs, isAttested: item.attestation != nil)
    object["types"] = .array([.string("control-objective")])
    object["relevant-evidence"] = OscalParts.relevant(proofs)
    let collected = item.answeredAt ?? item.attestation?.at ?? audit.startedAt
    object["collected"] = .string(collected.description)
    if let until = item.attestation?.until { object["expires"] = .string(until.description) }
    return .object(object)
  }

  private func finding(
    _ line: AuditReportContent.Line,
    _ item: AuditItem,
    _ shown: AuditTreeRow.Item,
    _ token: String,
    _ observation: String
  ) -> JSON {
    var object = JSONObject()
    object["uuid"] = .string(named("finding \(item.identifier)"))
    object["title"] = .string(title(line))
    object["description"] = .string(OscalParts.prose(item.observation, or: shown.result.label))
    object["props"] = OscalParts.list([
      OscalParts.property("result", shown.result.rawValue),
      OscalParts.property("score", item.score.map(String.init)),
      OscalParts.property("target-score", item.target.map(String.init)),
      OscalParts.property("grade", item.grade?.rawValue),
    ])
    let (state, reason) =
      switch shown.result {
      case .conforms: ("satisfied", "pass")
      case .partly: ("not-satisfied", "other")
      default: ("not-satisfied", "fail")
      }
    var status = JSONObject()
    status["state"] = .string(state)
    status["reason"] = .string(reason)
    if shown.result == .partly { status["remarks"] = .string("It conforms in part.") }
    object["target"] = .members([
      "type": .string("objective-id"), "target-id": .string(token), "status": .object(status),
    ])
    object["related-observations"] = .array([
      .members(["observation-uuid": .string(observation)])
    ])
    object["related-risks"] = OscalParts.list(
      content.findings.filter { $0.item?.id == item.id }.map {
        .members(["risk-uuid": .string(OscalRisk(finding: $0, now: content.now).uuid)])
      }
    )
    return .object(object)
  }

  private var resources: [JSON] {
    let (row, framework) = (content.details.row, content.framework)
    var source = JSONObject()
    source["uuid"] = .string(named("framework"))
    source["title"] = .string(OscalParts.line("\(row.name), version \(row.edition)"))
    source["props"] = OscalParts.list([
      OscalParts.property("framework", row.framework),
      OscalParts.property("edition", row.edition),
      OscalParts.property("publisher", framework.provider),
      OscalParts.property("licence", framework.licence),
    ])
    let plan = JSON.members([
      "uuid": .string(named("plan")),
      "title": .string(OscalParts.line("Plan of \(audit.reference)")),
      "description": .string(
        "The audit was planned in Tocsin: what it covers stands in this document. There is no "
          + "assessment plan of its own."
      ),
    ])
    return [plan, .object(source)] + content.evidence.map(OscalParts.resource)
  }

  /// The UUID of a part of it.
  private func named(_ part: String) -> String {
    OscalParts.uuid("audit", audit.reference, audit.startedAt.description, part)
  }
}
