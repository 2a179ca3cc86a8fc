/// Which step of telling somebody a filing is.
public enum FilingPhase: String, Vocabulary {
  case initial, supplement, final
}

/// What was sent to somebody to whom it was owed.
public struct FilingFacts: Codable, Sendable, Equatable {
  /// The duty it answers, by the rule's id: `EU-GDPR-33-SA`.
  public var rule: String
  /// Which step it is.
  public var phase: FilingPhase
  /// When it was sent: what AFTER and LINK rules count from.
  public var sentAt: StatedTime
  /// To whom.
  ///
  /// Foreign text; not empty.
  public var recipient: String
  /// By what means.
  ///
  /// Foreign text.
  public var means: String
  /// What the recipient gave back: a number, a name.
  ///
  /// Foreign text.
  public var receipt: String
  /// What was sent, in a few words.
  ///
  /// Foreign text.
  public var summary: String
  /// Why it was late; empty where it was not.
  ///
  /// Foreign text.
  public var lateReason: String
  /// The evidence that keeps what was sent; nil where none does.
  public var evidence: RecordID?

  /// Makes the facts of a filing.
  public init(
    rule: String,
    phase: FilingPhase = .initial,
    sentAt: StatedTime,
    recipient: String,
    means: String = "",
    receipt: String = "",
    summary: String = "",
    lateReason: String = "",
    evidence: RecordID? = nil
  ) {
    (self.rule, self.phase, self.sentAt, self.recipient) = (rule, phase, sentAt, recipient)
    (self.means, self.receipt, self.summary) = (means, receipt, summary)
    (self.lateReason, self.evidence) = (lateReason, evidence)
  }
}

/// A notice that was sent, as the record keeps it.
public struct Filing: Codable, Sendable, Equatable, Identifiable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident it belongs to.
  public var incident: RecordID
  /// How often it has been altered.
  public var version: Version
  /// What was sent.
  public var facts: FilingFacts
  /// When it was written down.
  public var recordedAt: Instant

  /// Makes a filing.
  public init(
    id: RecordID,
    incident: RecordID,
    version: Version,
    facts: FilingFacts,
    recordedAt: Instant
  ) {
    (self.id, self.incident, self.version) = (id, incident, version)
    (self.facts, self.recordedAt) = (facts, recordedAt)
  }
}

/// Asks for the filings of an incident, by the time they were sent.
public struct IncidentFilings: Question {
  /// What comes back.
  public typealias Answer = [Filing]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Records that a notice was sent.
public struct AddFiling: Change {
  /// What the journal calls it.
  public static let name = "filing.add"
  /// Which incident.
  public var incident: RecordID
  /// What was sent.
  public var facts: FilingFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.filing, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "filed \(facts.phase.label): \(facts.rule)" }

  /// Makes the change.
  public init(incident: RecordID, facts: FilingFacts) {
    (self.incident, self.facts) = (incident, facts)
  }
}

/// Corrects what is said of a filing.
public struct EditFiling: Alteration {
  /// What the journal calls it.
  public static let name = "filing.edit"
  /// Which filing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is said from now on.
  public var facts: FilingFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.filing, id) }
  /// What it does, in a few words.
  public var headline: String { "corrected filing: \(facts.rule)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: FilingFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// Takes a filing off the list; nothing is deleted.
public struct RemoveFiling: Alteration {
  /// What the journal calls it.
  public static let name = "filing.remove"
  /// Which filing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.filing, id) }
  /// What it does, in a few words.
  public var headline: String { "removed filing" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed filing back on the list.
public struct RestoreFiling: Alteration {
  /// What the journal calls it.
  public static let name = "filing.restore"
  /// Which filing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.filing, id) }
  /// What it does, in a few words.
  public var headline: String { "restored filing" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Asks for the versions of a filing, newest first, as the journal keeps them.
public struct FilingVersions: Question {
  /// One version of what is said of a filing.
  public struct Row: Codable, Sendable, Equatable {
    /// The version's number.
    public var version: Version
    /// What it said; nil where the journal's details were erased.
    public var facts: FilingFacts?
    /// Who wrote it.
    public var by: String
    /// When.
    public var at: Instant

    /// Makes a row.
    public init(version: Version, facts: FilingFacts?, by: String, at: Instant) {
      (self.version, self.facts, self.by, self.at) = (version, facts, by, at)
    }
  }
  /// What comes back.
  public typealias Answer = [Row]
  /// Which filing.
  public var filing: RecordID

  /// Makes the question.
  public init(filing: RecordID) { self.filing = filing }
}
