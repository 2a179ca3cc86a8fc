/// What is known of a piece of evidence.
public struct EvidenceFacts: Codable, Sendable, Equatable {
  /// What it is.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// Where the file lay when it was taken, absolute.
  ///
  /// Foreign text.
  public var path: String
  /// SHA-256 of the content when it was taken, in lower-case hexadecimal.
  public var sha256: String
  /// Size in bytes when it was taken.
  public var size: Int64
  /// Whether a copy lies in the store's own content-addressed folder.
  public var isCopied: Bool
  /// Where it comes from, how it was taken.
  ///
  /// Foreign text.
  public var note: String

  /// Makes the facts of a piece of evidence.
  public init(
    title: String,
    path: String,
    sha256: String,
    size: Int64,
    isCopied: Bool,
    note: String = ""
  ) {
    (self.title, self.path, self.sha256) = (title, path, sha256)
    (self.size, self.isCopied, self.note) = (size, isCopied, note)
  }
}

/// A line in the chain of custody of a piece of evidence; never altered.
public struct CustodyEntry: Codable, Sendable, Equatable {
  /// What happened to it.
  public var kind: CustodyKind
  /// When it was recorded.
  public var at: Instant
  /// Who recorded it.
  public var by: String
  /// What else is to be said.
  ///
  /// Foreign text.
  public var note: String

  /// Makes a line.
  public init(kind: CustodyKind, at: Instant, by: String, note: String) {
    (self.kind, self.at, self.by, self.note) = (kind, at, by, note)
  }
}

/// A piece of evidence with its chain of custody.
public struct Evidence: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident it belongs to.
  public var incident: RecordID
  /// How often it has been altered.
  public var version: Version
  /// What is known of it.
  public var facts: EvidenceFacts
  /// When it was recorded.
  public var recordedAt: Instant
  /// The chain of custody, oldest first; never empty.
  public var custody: [CustodyEntry]

  /// Makes a piece of evidence.
  public init(
    id: RecordID,
    incident: RecordID,
    version: Version,
    facts: EvidenceFacts,
    recordedAt: Instant,
    custody: [CustodyEntry]
  ) {
    (self.id, self.incident, self.version, self.facts) = (id, incident, version, facts)
    (self.recordedAt, self.custody) = (recordedAt, custody)
  }
}

/// Asks for an incident's evidence, oldest first.
public struct IncidentEvidence: Question {
  /// What comes back.
  public typealias Answer = [Evidence]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Adds evidence to an incident; its chain of custody begins with `collected`.
public struct AddEvidence: Change {
  /// What the journal calls it.
  public static let name = "evidence.add"
  /// Which incident.
  public var incident: RecordID
  /// What is known of it.
  public var facts: EvidenceFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.evidence, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "evidence: \(firstLine(facts.title))" }

  /// Makes the change.
  public init(incident: RecordID, facts: EvidenceFacts) {
    (self.incident, self.facts) = (incident, facts)
  }
}

/// Corrects the title or the note of a piece of evidence; hash, size and path never change.
public struct EditEvidence: Alteration {
  /// What the journal calls it.
  public static let name = "evidence.edit"
  /// Which piece.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What it is.
  ///
  /// Foreign text.
  public var title: String
  /// What else is to be said.
  ///
  /// Foreign text.
  public var note: String

  /// The record that it alters.
  public var subject: Subject { Subject(.evidence, id) }
  /// What it does, in a few words.
  public var headline: String { "edited evidence: \(firstLine(title))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, title: String, note: String) {
    (self.id, self.basedOn, self.title, self.note) = (id, basedOn, title, note)
  }
}

/// Takes evidence off the list; nothing is deleted.
public struct RemoveEvidence: Alteration {
  /// What the journal calls it.
  public static let name = "evidence.remove"
  /// Which piece.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.evidence, id) }
  /// What it does, in a few words.
  public var headline: String { "removed evidence" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts removed evidence back on the list.
public struct RestoreEvidence: Alteration {
  /// What the journal calls it.
  public static let name = "evidence.restore"
  /// Which piece.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.evidence, id) }
  /// What it does, in a few words.
  public var headline: String { "restored evidence" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Writes a line into the chain of custody; it cannot be undone, only followed by another.
public struct RecordCustody: Alteration {
  /// What the journal calls it.
  public static let name = "evidence.custody"
  /// Which piece.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What happened to it.
  public var kind: CustodyKind
  /// What else is to be said.
  ///
  /// Foreign text.
  public var note: String

  /// The record that it alters.
  public var subject: Subject { Subject(.evidence, id) }
  /// What it does, in a few words.
  public var headline: String { "custody: \(kind.label)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, kind: CustodyKind, note: String) {
    (self.id, self.basedOn, self.kind, self.note) = (id, basedOn, kind, note)
  }
}
