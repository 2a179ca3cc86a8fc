/// Opens an incident; the store gives it its reference.
public struct OpenIncident: Change {
  /// What the journal calls it.
  public static let name = "incident.open"
  /// What is known of it.
  public var facts: IncidentFacts
  /// Where its handling stands; an imported one may be closed already.
  public var state: IncidentState
  /// Where it was imported from; nil for one opened by an officer.
  public var source: ImportSource?
  /// When it was opened, for an import that says so; nil is now.
  public var openedAt: Instant?
  /// What is already known of its course.
  public var timeline: [TimelineFacts]

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "opened: \(facts.title)" }

  /// Makes the change.
  public init(
    facts: IncidentFacts,
    state: IncidentState = .reported,
    source: ImportSource? = nil,
    openedAt: Instant? = nil,
    timeline: [TimelineFacts] = []
  ) {
    (self.facts, self.state, self.source) = (facts, state, source)
    (self.openedAt, self.timeline) = (openedAt, timeline)
  }
}

/// Sets facts of an incident to new values.
public struct EditIncident: Alteration {
  /// What the journal calls it.
  public static let name = "incident.edit"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// The facts, in order; not empty.
  public var edits: [IncidentEdit]

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String { "edited \(edits.map(\.field).joined(separator: ", "))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, edits: [IncidentEdit]) {
    (self.id, self.basedOn, self.edits) = (id, basedOn, edits)
  }
}

/// Moves the handling of an incident on, or back; says why.
public struct MoveIncident: Alteration {
  /// What the journal calls it.
  public static let name = "incident.move"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Where its handling stands from now on.
  public var state: IncidentState
  /// Why.
  ///
  /// Foreign text; needed to close and to reopen.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String {
    reason.isEmpty ? "moved to \(state.label)" : "moved to \(state.label): \(reason)"
  }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, state: IncidentState, reason: String) {
    (self.id, self.basedOn, self.state, self.reason) = (id, basedOn, state, reason)
  }
}

/// Records the conclusion that the organisation is aware of a breach, or withdraws it.
public struct DecideAwareness: Alteration {
  /// What the journal calls it.
  public static let name = "incident.awareness"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// The decision; nil withdraws the one that stands.
  public var decision: AwarenessDecision?

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String {
    decision.map { "awareness decided: \($0.awareAt.plainWithZone)" } ?? "awareness withdrawn"
  }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, decision: AwarenessDecision?) {
    (self.id, self.basedOn, self.decision) = (id, basedOn, decision)
  }
}

/// Takes an incident out of the lists; nothing is deleted.
public struct RemoveIncident: Alteration {
  /// What the journal calls it.
  public static let name = "incident.remove"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String { reason.isEmpty ? "removed" : "removed: \(reason)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String) {
    (self.id, self.basedOn, self.reason) = (id, basedOn, reason)
  }
}

/// Puts a removed incident back into the lists.
public struct RestoreIncident: Alteration {
  /// What the journal calls it.
  public static let name = "incident.restore"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String { "restored" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Replaces the document an incident was imported from, when the source has a newer one.
///
/// Only the document: what it says anew comes in as an `EditIncident` beside it.
public struct RenewSource: Alteration {
  /// What the journal calls it.
  public static let name = "incident.source"
  /// Which incident.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// The newer document; format and external id must be those the incident was imported with.
  public var source: ImportSource

  /// The record that it alters.
  public var subject: Subject { Subject(.incident, id) }
  /// What it does, in a few words.
  public var headline: String { "imported anew from \(source.format)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, source: ImportSource) {
    (self.id, self.basedOn, self.source) = (id, basedOn, source)
  }
}
