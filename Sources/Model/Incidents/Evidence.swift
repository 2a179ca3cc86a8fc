/// What a piece of evidence is.
public enum EvidenceKind: String, Vocabulary {
  case file, command, link
}

/// From when, for when and until when a piece of evidence proves something.
public struct EvidenceDates: Codable, Sendable, Equatable {
  /// From when it holds; nil is not stated.
  public var effective: StatedTime?
  /// Where the period that it covers begins; nil is not stated.
  public var coveredFrom: StatedTime?
  /// Where the period that it covers ends; nil is not stated.
  public var coveredUntil: StatedTime?
  /// Until when it may be relied on; nil is without end.
  public var expires: StatedTime?

  /// Makes the dates; what is nil is not stated.
  public init(
    effective: StatedTime? = nil,
    coveredFrom: StatedTime? = nil,
    coveredUntil: StatedTime? = nil,
    expires: StatedTime? = nil
  ) {
    (self.effective, self.coveredFrom) = (effective, coveredFrom)
    (self.coveredUntil, self.expires) = (coveredUntil, expires)
  }

  /// The dates by name, as texts; empty where one is not stated.
  public var named: [(name: String, value: String)] {
    [
      ("effective", effective), ("covers from", coveredFrom), ("covers until", coveredUntil),
      ("expires", expires),
    ].map { ($0, $1?.plainWithZone ?? "") }
  }
}

/// How a command was run whose output is evidence.
public struct CommandRun: Codable, Sendable, Equatable {
  /// The program and its arguments, each as it was handed over; no shell ever saw them.
  ///
  /// Foreign text.
  public var arguments: [String]
  /// How it ended: 0 to 255, or 128 and the number of the signal that ended it.
  public var status: Int64
  /// The host it ran on, by its own name.
  ///
  /// Foreign text.
  public var host: String
  /// When it was started.
  public var startedAt: Instant
  /// How long it ran, in milliseconds.
  public var milliseconds: Int64
  /// Whether it wrote more than was kept.
  public var isCut: Bool

  /// Makes the record of a run.
  public init(
    arguments: [String],
    status: Int64,
    host: String,
    startedAt: Instant,
    milliseconds: Int64,
    isCut: Bool
  ) {
    (self.arguments, self.status, self.host) = (arguments, status, host)
    (self.startedAt, self.milliseconds, self.isCut) = (startedAt, milliseconds, isCut)
  }
}

/// What is known of a piece of evidence.
public struct EvidenceFacts: Codable, Sendable, Equatable {
  /// What it is.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// Where the file lay when it was taken, absolute; the address of a link; a command's program.
  ///
  /// Foreign text.
  public var path: String
  /// SHA-256 of the content when it was taken, in lower-case hexadecimal; empty for a link.
  public var sha256: String
  /// Size in bytes when it was taken.
  public var size: Int64
  /// Whether a copy lies in the store's own content-addressed folder.
  public var isCopied: Bool
  /// Where it comes from, how it was taken.
  ///
  /// Foreign text.
  public var note: String
  /// What time it speaks of; nil where nothing was stated.
  public var dates: EvidenceDates?
  /// The command whose output it is; nil for anything else.
  public var run: CommandRun?

  /// Makes the facts of a piece of evidence.
  public init(
    title: String,
    path: String,
    sha256: String,
    size: Int64,
    isCopied: Bool,
    note: String = "",
    dates: EvidenceDates? = nil,
    run: CommandRun? = nil
  ) {
    (self.title, self.path, self.sha256) = (title, path, sha256)
    (self.size, self.isCopied, self.note) = (size, isCopied, note)
    (self.dates, self.run) = (dates, run)
  }

  /// Makes the facts of a link, which has no content of its own to be kept.
  public init(title: String, link: String, note: String = "", dates: EvidenceDates? = nil) {
    self.init(
      title: title,
      path: link,
      sha256: "",
      size: 0,
      isCopied: false,
      note: note,
      dates: dates
    )
  }

  /// What it is.
  public var kind: EvidenceKind { run != nil ? .command : sha256.isEmpty ? .link : .file }
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
  /// The incident it belongs to; nil where it belongs to none.
  public var incident: RecordID?
  /// How often it has been altered.
  public var version: Version
  /// What is known of it.
  public var facts: EvidenceFacts
  /// When it was recorded.
  public var recordedAt: Instant
  /// The chain of custody, oldest first; never empty where it was asked for.
  public var custody: [CustodyEntry]
  /// What it proves beside its incident: audit items, findings, requirements.
  public var proves: [Subject]

  /// Makes a piece of evidence.
  public init(
    id: RecordID,
    incident: RecordID?,
    version: Version,
    facts: EvidenceFacts,
    recordedAt: Instant,
    custody: [CustodyEntry],
    proves: [Subject] = []
  ) {
    (self.id, self.incident, self.version, self.facts) = (id, incident, version, facts)
    (self.recordedAt, self.custody, self.proves) = (recordedAt, custody, proves)
  }
}

extension RecordLink {
  /// The relation from a piece of evidence to what it proves.
  public static let proves = "proves"

  /// The link from a piece of evidence to what it proves.
  public init(evidence: RecordID, proves subject: Subject) {
    self.init(from: Subject(.evidence, evidence), to: subject, relation: Self.proves)
  }
}

/// Asks for the evidence that belongs to no incident or proves something beside one, oldest first.
public struct EvidenceList: Question {
  /// What comes back, with custody.
  public typealias Answer = [Evidence]
  /// Only what proves this; nil is all.
  public var subject: Subject?
  /// Only what expires before this instant, what has expired already among it, soonest first.
  public var expiringBefore: Instant?

  /// Makes the question.
  public init(of subject: Subject? = nil, expiringBefore: Instant? = nil) {
    (self.subject, self.expiringBefore) = (subject, expiringBefore)
  }
}

/// Asks for a piece of evidence by its number; nil where there is none, or it was removed.
public struct EvidenceByID: Question {
  /// What comes back, with custody.
  public typealias Answer = Evidence?
  /// Which piece.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
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

/// Takes on evidence, of an incident or of anything else; its custody begins with `collected`.
public struct AddEvidence: Change {
  /// What the journal calls it.
  public static let name = "evidence.add"
  /// Which incident it belongs to; nil where it belongs to none.
  public var incident: RecordID?
  /// What is known of it.
  public var facts: EvidenceFacts
  /// What it proves beside its incident; nil is nothing.
  public var proves: [Subject]?

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

  /// Makes the change for evidence that belongs to no incident.
  public init(facts: EvidenceFacts, proves: [Subject]) {
    (self.facts, self.proves) = (facts, proves)
  }
}

/// Corrects title, note or dates of a piece of evidence; hash, size and path never change.
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
  /// What time it speaks of; nil leaves what is known.
  public var dates: EvidenceDates?

  /// The record that it alters.
  public var subject: Subject { Subject(.evidence, id) }
  /// What it does, in a few words.
  public var headline: String { "edited evidence: \(firstLine(title))" }

  /// Makes the change.
  public init(
    id: RecordID,
    basedOn: Version?,
    title: String,
    note: String,
    dates: EvidenceDates? = nil
  ) {
    (self.id, self.basedOn, self.title, self.note) = (id, basedOn, title, note)
    self.dates = dates
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
