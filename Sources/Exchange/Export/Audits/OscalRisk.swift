internal import Model

/// A finding as a risk of OSCAL, with what is done against it.
struct OscalRisk {
  /// The finding.
  let finding: Finding
  /// The present, for acceptances that ran out.
  let now: Instant

  /// Its UUID.
  var uuid: String { named("risk") }

  /// The risk.
  ///
  /// - Parameters:
  ///   - actor: The UUID of the party that says how bad it is.
  ///   - observations: The UUIDs of the observations that show it.
  /// - Returns: The risk as an object.
  func json(actor: String, observations: [String] = []) -> JSON {
    let facts = finding.facts
    var object = JSONObject()
    object["uuid"] = .string(uuid)
    object["title"] = .string(OscalParts.line(facts.title))
    object["description"] = .string(OscalParts.prose(facts.text, or: facts.title))
    object["statement"] = .string(
      facts.rootCause.isEmpty
        ? OscalParts.line(facts.title)
        : OscalParts.prose("Root cause: \(facts.rootCause)", or: facts.title)
    )
    object["props"] = OscalParts.list([
      OscalParts.property("finding", finding.reference),
      OscalParts.property("state", finding.state(at: now).rawValue),
      OscalParts.property("grade", facts.grade?.rawValue),
      OscalParts.property("owner", facts.owner),
    ])
    object["status"] = .string(status)
    object["characterizations"] = .array([
      .members([
        "origin": .members([
          "actors": .array([
            .members(["type": .string("party"), "actor-uuid": .string(actor)])
          ])
        ]),
        "facets": .array([
          .members([
            "name": .string("severity"), "system": .string(OscalParts.space),
            "value": .string(facts.severity.rawValue),
          ])
        ]),
      ])
    ])
    if let due = finding.due { object["deadline"] = .string(due.latest.description) }
    object["remediations"] = OscalParts.list(remediations)
    if let log = OscalParts.list(log) { object["risk-log"] = .members(["entries": log]) }
    object["related-observations"] = OscalParts.list(
      observations.map { .members(["observation-uuid": .string($0)]) }
    )
    return .object(object)
  }

  /// Where it stands, in OSCAL's words.
  private var status: String {
    switch finding.state(at: now) {
    case .open: "open"
    case .inProgress, .remedied, .verified: "remediating"
    case .accepted: "deviation-approved"
    case .closed: "closed"
    }
  }

  private var remediations: [JSON] {
    let actions = finding.facts.actions.enumerated().map { index, action in
      remediation(
        "action \(index + 1)",
        isDone: action.done != nil,
        type: "mitigate",
        title: action.title,
        text: action.title,
        due: action.due,
        owner: action.owner
      )
    }
    guard let acceptance = finding.standing.acceptance else { return actions }
    let accepted = remediation(
      "acceptance",
      isDone: true,
      type: "accept",
      title: "The risk was accepted",
      text: "Accepted by \(acceptance.acceptedBy) until \(acceptance.expires.plainWithZone): "
        + acceptance.reason,
      due: nil,
      owner: nil
    )
    return actions + [accepted]
  }

  private func remediation(
    _ name: String,
    isDone: Bool,
    type: String,
    title: String,
    text: String,
    due: StatedTime?,
    owner: String?
  ) -> JSON {
    var object = JSONObject()
    object["uuid"] = .string(named(name))
    object["lifecycle"] = .string(isDone ? "completed" : "planned")
    object["title"] = .string(OscalParts.line(title))
    object["description"] = .string(OscalParts.prose(text, or: title))
    let kind = JSON.members(["name": .string("type"), "value": .string(type)])
    object["props"] = OscalParts.list([kind, OscalParts.property("owner", owner)])
    if let due {
      object["tasks"] = .array([
        .members([
          "uuid": .string(named("\(name) milestone")), "type": .string("milestone"),
          "title": .string(OscalParts.line(title)),
          "timing": .members(["on-date": .members(["date": .string(due.latest.description)])]),
        ])
      ])
    }
    return .object(object)
  }

  /// The check of its remedy, and that it was closed.
  private var log: [JSON] {
    var entries: [JSON] = []
    if let check = finding.standing.check {
      entries.append(
        .members([
          "uuid": .string(named("check")),
          "title": .string("The remedy was \(check.isEffective ? "effective" : "not effective")"),
          "description": .string(OscalParts.prose(check.note, or: "No note.")),
          "start": .string(check.at.description),
        ])
      )
    }
    if let closedAt = finding.standing.closedAt {
      entries.append(
        .members([
          "uuid": .string(named("closed")), "title": .string("Closed"),
          "start": .string(closedAt.description), "status-change": .string("closed"),
        ])
      )
    }
    return entries
  }

  /// The UUID of a part of it.
  func named(_ part: String) -> String {
    OscalParts.uuid("finding", finding.reference, finding.openedAt.description, part)
  }
}
