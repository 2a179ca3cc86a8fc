public import Exchange
public import Model

/// Why there is no draft of a notice.
public enum UndraftedNotice: Error, Equatable, Sendable, CustomStringConvertible {
  /// The rulebook has no such rule.
  case noRule(String)
  /// There is no such incident.
  case noIncident
  /// The law reaches neither the people affected nor the seat; rule and reference.
  case outOfReach(String, String)

  /// What happened, in a line.
  public var description: String {
    switch self {
    case .noRule(let id): "there is no rule \(id)"
    case .noIncident: "this incident is not in the record"
    case .outOfReach(let id, _):
      "\(id) reaches neither the people affected nor the organisation's seat"
    }
  }
}

extension ClockKeeper {
  /// Writes the draft of the notice that a duty asks for.
  ///
  /// - Parameters:
  ///   - id: The rule's id.
  ///   - incident: The incident.
  /// - Returns: The draft, and what stands in the record and no rule can read.
  /// - Throws: `UndraftedNotice`, `StoreError`.
  public func draft(
    of id: String,
    for incident: RecordID
  ) async throws -> (draft: FilingDraft, unusable: [UnusableFact]) {
    guard let place = engine.pack.rule(id) else { throw UndraftedNotice.noRule(id) }
    guard let answer = try await answer(for: incident) else { throw UndraftedNotice.noIncident }
    guard let obligation = answer.obligations.first(where: { $0.id == id }) else {
      throw UndraftedNotice.outOfReach(id, answer.incident.reference)
    }
    let contacts = try await store.answer(AuthorityContacts())
    let draft = FilingDraft(
      rule: place,
      obligation: obligation,
      contents: place.rule.contents.compactMap { engine.pack.contents[$0] },
      sources: NoticeSources(
        incident: answer.incident,
        organisation: try await store.answer(CurrentOrganisation()).organisation,
        rule: id,
        jurisdiction: obligation.jurisdiction,
        decisions: try await store.answer(IncidentDecisions(incident: incident)),
        tasks: try await store.answer(IncidentTasks(incident: incident)),
        timeline: try await store.answer(IncidentTimeline(incident: incident))
      ),
      contacts: engine.pack.authorities(for: place.rule, of: place.law).compactMap { authority in
        contacts.first { $0.authority == authority.key }.map { (authority, $0.facts) }
      },
      sent: answer.facts.instant(.sent(id)),
      isDrill: answer.incident.isExercise,
      now: now()
    )
    return (draft, answer.unusable)
  }
}
