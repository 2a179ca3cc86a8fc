/// A closed list of words that is stored, typed and shown by the same names.
public protocol Vocabulary: RawRepresentable, Codable, Sendable, Hashable, CaseIterable
where RawValue == String {
  /// The word as it is shown to people.
  var label: String { get }
}

extension Vocabulary {
  /// The stored word, unless a type says otherwise.
  public var label: String { rawValue }
}

/// How bad an incident is for the organisation and the people affected.
///
/// Absent is "not assessed".
public enum Severity: String, Vocabulary, Comparable {
  case low, medium, high, critical

  /// Orders by badness.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  /// 1 for low to 4 for critical.
  public var rank: Int {
    switch self {
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }
}

/// Where the handling of an incident stands.
public enum IncidentState: String, Vocabulary {
  case reported, triage, confirmed, contained, eradicated, recovered, review, closed

  /// Whether work remains.
  public var isOpen: Bool { self != .closed }

  /// 1 for reported to 8 for closed.
  public var rank: Int { (IncidentState.allCases.firstIndex(of: self) ?? 0) + 1 }
}

/// What an incident turned out to be; apart from where its handling stands.
public enum Outcome: String, Vocabulary {
  case undetermined
  case confirmedBreach = "confirmed-breach"
  case confirmedIncident = "confirmed-incident"
  case suspected
  case nearMiss = "near-miss"
  case falsePositive = "false-positive"
  case notPersonalData = "not-personal-data"
  case duplicate

  /// The word as it is shown: spaces instead of hyphens.
  public var label: String {
    switch self {
    case .undetermined: "undetermined"
    case .confirmedBreach: "confirmed breach"
    case .confirmedIncident: "confirmed incident"
    case .suspected: "suspected"
    case .nearMiss: "near miss"
    case .falsePositive: "false positive"
    case .notPersonalData: "not personal data"
    case .duplicate: "duplicate"
    }
  }
}

/// What happened, by the action categories of VERIS 1.4 (veriscommunity.net).
public enum VerisAction: String, Vocabulary {
  case malware, hacking, social, misuse, physical, error, environmental, unknown
}

/// Whether data was disclosed, by VERIS `attribute.confidentiality.data_disclosure`.
///
/// Five-valued with `nil`: that nobody stated anything is not the same as "unknown".
public enum Disclosure: String, Vocabulary {
  case yes, potentially, no, unknown
}

/// Who does what in an incident.
public enum IncidentRole: String, Vocabulary {
  case lead, scribe, liaison, counsel
}

/// The instants of an incident that laws and people count from.
///
/// All are different (DESIGN 3).
///
/// The raw value is the key of the engine's facts (`events.*`).
public enum IncidentInstant: String, Vocabulary {
  case occurred = "occurred_at"
  case alerted = "alert_at"
  case suspected = "suspected_at"
  case discovered = "discovered_at"
  case aware = "aware_at"
  case determined = "determined_at"
  case confirmed = "confirmed_at"
  case classified = "classified_at"
  case contained = "contained_at"
  case recovered = "recovered_at"
  case notified = "notified_at"
  case closed = "closed_at"
  case assessed = "assessed_at"
  case scopeIdentified = "scope_identified_at"
  case investigationConcluded = "investigation_concluded_at"
  case materialityDetermined = "materiality_determined_at"
  case noHarmDetermined = "no_harm_determined_at"
  case ransomPaid = "ransom_paid_at"
  case correctiveMeasure = "corrective_measure_at"
  case handled = "handled_at"
  case processorAware = "processor_aware_at"
  case processorTold = "processor_told_controller_at"
  case requested = "requested_at"
  case informationAvailable = "information_available_at"

  /// The instants that every incident has sooner or later; the others matter to single laws.
  public static let common: [IncidentInstant] = [
    .occurred, .alerted, .suspected, .discovered, .aware, .determined, .confirmed, .classified,
    .contained, .recovered, .notified, .closed,
  ]

  /// The word as it is shown.
  public var label: String {
    switch self {
    case .occurred: "occurred"
    case .alerted: "alerted"
    case .suspected: "suspected"
    case .discovered: "discovered"
    case .aware: "aware"
    case .determined: "determined"
    case .confirmed: "confirmed"
    case .classified: "classified"
    case .contained: "contained"
    case .recovered: "recovered"
    case .notified: "first notified"
    case .closed: "closed"
    case .assessed: "assessed"
    case .scopeIdentified: "scope identified"
    case .investigationConcluded: "investigation concluded"
    case .materialityDetermined: "materiality determined"
    case .noHarmDetermined: "no harm determined"
    case .ransomPaid: "ransom paid"
    case .correctiveMeasure: "corrective measure"
    case .handled: "handled"
    case .processorAware: "processor aware"
    case .processorTold: "told by processor"
    case .requested: "requested"
    case .informationAvailable: "information available"
    }
  }
}

/// Where a task stands.
public enum TaskState: String, Vocabulary {
  case todo = "to-do"
  case doing, done, dropped

  /// The word as it is shown.
  public var label: String { self == .todo ? "to do" : rawValue }

  /// Whether work remains.
  public var isOpen: Bool { self == .todo || self == .doing }
}

/// What happened to a piece of evidence.
public enum CustodyKind: String, Vocabulary {
  case collected, accessed, transferred, exported, verified, altered, missing, returned, destroyed
}
