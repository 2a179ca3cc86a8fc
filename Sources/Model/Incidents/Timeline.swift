/// What a timeline entry says.
public struct TimelineFacts: Codable, Sendable, Equatable {
  /// When it happened, as stated; nil where nobody knows.
  public var happened: StatedTime?
  /// What happened.
  ///
  /// Foreign text; not empty.
  public var text: String
  /// Where it comes from: a person, a log, a command.
  ///
  /// Foreign text.
  public var source: String
  /// Whether it stays at the top.
  public var isPinned: Bool
  /// Whether it belongs into the summary for executives.
  public var isInSummary: Bool

  /// Makes the facts of an entry.
  public init(
    happened: StatedTime?,
    text: String,
    source: String = "",
    isPinned: Bool = false,
    isInSummary: Bool = false
  ) {
    (self.happened, self.text, self.source) = (happened, text, source)
    (self.isPinned, self.isInSummary) = (isPinned, isInSummary)
  }
}

/// An entry on an incident's timeline: when it happened, and when it was recorded.
public struct TimelineEntry: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident it belongs to.
  public var incident: RecordID
  /// How often it has been altered.
  public var version: Version
  /// What it says.
  public var facts: TimelineFacts
  /// When it was written down; never altered.
  public var recordedAt: Instant
  /// Who wrote it down.
  public var recordedBy: String

  /// Makes an entry.
  public init(
    id: RecordID,
    incident: RecordID,
    version: Version,
    facts: TimelineFacts,
    recordedAt: Instant,
    recordedBy: String
  ) {
    (self.id, self.incident, self.version, self.facts) = (id, incident, version, facts)
    (self.recordedAt, self.recordedBy) = (recordedAt, recordedBy)
  }
}

/// Asks for an incident's timeline: pinned entries first, then by when it happened.
public struct IncidentTimeline: Question {
  /// What comes back.
  public typealias Answer = [TimelineEntry]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Writes an entry on an incident's timeline.
public struct AddTimelineEntry: Change {
  /// What the journal calls it.
  public static let name = "timeline.add"
  /// Which incident.
  public var incident: RecordID
  /// What it says.
  public var facts: TimelineFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.timelineEntry, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "noted: \(firstLine(facts.text))" }

  /// Makes the change.
  public init(incident: RecordID, facts: TimelineFacts) {
    (self.incident, self.facts) = (incident, facts)
  }
}

/// Replaces what a timeline entry says.
public struct EditTimelineEntry: Alteration {
  /// What the journal calls it.
  public static let name = "timeline.edit"
  /// Which entry.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What it says from now on.
  public var facts: TimelineFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.timelineEntry, id) }
  /// What it does, in a few words.
  public var headline: String { "edited note: \(firstLine(facts.text))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: TimelineFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// Takes an entry off the timeline; nothing is deleted.
public struct RemoveTimelineEntry: Alteration {
  /// What the journal calls it.
  public static let name = "timeline.remove"
  /// Which entry.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.timelineEntry, id) }
  /// What it does, in a few words.
  public var headline: String { "removed note" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed entry back on the timeline.
public struct RestoreTimelineEntry: Alteration {
  /// What the journal calls it.
  public static let name = "timeline.restore"
  /// Which entry.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.timelineEntry, id) }
  /// What it does, in a few words.
  public var headline: String { "restored note" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// The first line of a text, cut to 80 characters, for headlines.
public func firstLine(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).first ?? ""
  return line.count > 80 ? "\(line.prefix(79))…" : String(line)
}
