/// A security event that is being handled: all its facts, without what hangs from it.
public struct Incident: Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// What people call it: `INC-2026-0042`, by the year in which it was opened here.
  public var reference: String
  /// How often it has been altered; 1 when opened.
  public var version: Version
  /// Its facts.
  public var facts: IncidentFacts
  /// Where its handling stands.
  public var state: IncidentState
  /// Who concluded on what, and when, that the organisation is aware of a breach.
  public var awareness: AwarenessDecision?
  /// When it came into the record.
  public var openedAt: Instant
  /// When it was last altered.
  public var updatedAt: Instant
  /// Whether it was removed from the lists; its journal stays.
  public var isRemoved: Bool
  /// Where it was imported from; nil for one opened here.
  public var source: ImportSource?
  /// What it has as an exercise; nil for a real one.
  public var exercise: Exercise?

  /// Makes an incident.
  public init(
    id: RecordID,
    reference: String,
    version: Version,
    facts: IncidentFacts,
    state: IncidentState,
    awareness: AwarenessDecision? = nil,
    openedAt: Instant,
    updatedAt: Instant,
    isRemoved: Bool = false,
    source: ImportSource? = nil,
    exercise: Exercise? = nil
  ) {
    (self.id, self.reference, self.version, self.facts) = (id, reference, version, facts)
    (self.state, self.awareness, self.openedAt) = (state, awareness, openedAt)
    (self.updatedAt, self.isRemoved, self.source) = (updatedAt, isRemoved, source)
    self.exercise = exercise
  }
}

/// The facts of an incident that an officer states and edits.
///
/// Text in it is foreign.
public struct IncidentFacts: Codable, Sendable, Equatable {
  /// One line; not empty.
  public var title: String
  /// What happened, as many lines as it takes.
  public var summary: String
  /// How bad it is; nil is "not assessed".
  public var severity: Severity?
  /// What it turned out to be.
  public var outcome: Outcome
  /// What happened, by VERIS action; may be several.
  public var actions: Set<VerisAction>
  /// Who does what; a role without a person is absent.
  public var roles: [IncidentRole: String]
  /// The instants that are known, each as it was stated.
  public var instants: [IncidentInstant: StatedTime]
  /// People affected, by jurisdiction; sorted by jurisdiction, each once.
  public var affected: [AffectedPeople]
  /// The data that was exposed.
  public var data: DataExposure
  /// The answers to what laws ask.
  public var answers: LegalAnswers
  /// Systems and things affected; sorted, each once.
  public var assets: [String]
  /// Free words; sorted, each once.
  public var tags: [String]

  /// Makes the facts of an incident of which only the title need be known.
  public init(
    title: String,
    summary: String = "",
    severity: Severity? = nil,
    outcome: Outcome = .undetermined,
    actions: Set<VerisAction> = [],
    roles: [IncidentRole: String] = [:],
    instants: [IncidentInstant: StatedTime] = [:],
    affected: [AffectedPeople] = [],
    data: DataExposure = DataExposure(),
    answers: LegalAnswers = LegalAnswers(),
    assets: [String] = [],
    tags: [String] = []
  ) {
    (self.title, self.summary, self.severity, self.outcome) = (title, summary, severity, outcome)
    (self.actions, self.roles, self.instants) = (actions, roles, instants)
    let byJurisdiction = Dictionary(affected.map { ($0.jurisdiction, $0) }) { _, last in last }
    self.affected = byJurisdiction.values.sorted { $0.jurisdiction < $1.jurisdiction }
    (self.data, self.answers) = (data, answers)
    (self.assets, self.tags) = (Set(assets).sorted(), Set(tags).sorted())
  }
}

/// How many people of one jurisdiction are affected.
///
/// Unknown is not zero.
public struct AffectedPeople: Codable, Sendable, Hashable {
  /// `EU-DE`, `GB`, `US-CA`, ...; empty for a total that nobody has split.
  public var jurisdiction: String
  /// How many, 0 or more; nil where people are affected and nobody knows how many.
  public var count: Int64?
  /// How well the number is known.
  public var quality: Quality

  /// How well a number is known.
  public enum Quality: String, Vocabulary {
    case estimate, confirmed
  }

  /// What is wrong with a jurisdiction for which people are stated; nil where nothing is.
  ///
  /// An empty one is the total that nobody has split.
  public static func problem(withJurisdiction code: String) -> String? {
    code.isEmpty ? nil : Jurisdiction.problem(with: code)
  }

  /// Makes a count.
  public init(jurisdiction: String, count: Int64?, quality: Quality = .estimate) {
    (self.jurisdiction, self.count, self.quality) = (jurisdiction, count, quality)
  }
}

/// The data an incident exposed.
///
/// Every yes-or-no is three-valued: nil is unknown.
public struct DataExposure: Codable, Sendable, Hashable {
  /// Data categories, in the words of `DataCategory.known` or the organisation's own; sorted.
  public var categories: [String]
  /// Whether data was disclosed; nil where nobody stated it.
  public var disclosure: Disclosure?
  /// Whether the data was encrypted.
  public var isEncrypted: Bool?
  /// Whether the key was taken too.
  public var isKeyTaken: Bool?
  /// Whether lost data was restored from a backup.
  public var isRestored: Bool?
  /// Whether the data came back before anybody could use it.
  public var isRecovered: Bool?

  /// Makes an exposure of which nothing need be known.
  public init(
    categories: [String] = [],
    disclosure: Disclosure? = nil,
    isEncrypted: Bool? = nil,
    isKeyTaken: Bool? = nil,
    isRestored: Bool? = nil,
    isRecovered: Bool? = nil
  ) {
    (self.categories, self.disclosure) = (Set(categories).sorted(), disclosure)
    (self.isEncrypted, self.isKeyTaken) = (isEncrypted, isKeyTaken)
    (self.isRestored, self.isRecovered) = (isRestored, isRecovered)
  }
}

/// The data categories that rules know by name.
public enum DataCategory {
  /// The shipped words, sorted.
  public static let known = [
    "account_number", "bank_account", "biometric", "card_number", "children", "copyrighted",
    "cpf", "credentials", "digital_certificate", "dob", "driver_license", "email", "financial",
    "health", "internal", "medical", "name", "national_id", "orders", "other", "passport",
    "password_hash", "payroll", "personal", "phone", "postal_address", "secrets", "ssn",
    "traffic_data", "unknown",
  ]
}

/// The conclusion that the organisation is aware of a breach: a decision, not a time stamp.
public struct AwarenessDecision: Codable, Sendable, Hashable {
  /// The instant that counts as awareness.
  public var awareAt: StatedTime
  /// Who concluded it.
  ///
  /// Foreign text.
  public var decidedBy: String
  /// On what grounds.
  ///
  /// Foreign text; not empty.
  public var grounds: String

  /// Makes a decision.
  public init(awareAt: StatedTime, decidedBy: String, grounds: String) {
    (self.awareAt, self.decidedBy, self.grounds) = (awareAt, decidedBy, grounds)
  }
}

/// Where a record was imported from, kept whole so that it can be written back.
public struct ImportSource: Codable, Sendable, Hashable {
  /// The format, such as `veris` or `wa-ag`.
  public var format: String
  /// The record's id in that source, unchanged.
  public var externalID: String
  /// SHA-256 of the document in its canonical form, in hexadecimal.
  public var digest: String
  /// The document as it came, in the source's own form.
  ///
  /// Foreign text.
  public var document: String

  /// Makes a source.
  public init(format: String, externalID: String, digest: String, document: String) {
    (self.format, self.externalID) = (format, externalID)
    (self.digest, self.document) = (digest, document)
  }
}
