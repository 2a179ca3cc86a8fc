/// What a scanner found out about one rule: one list for all scanners.
///
/// The words are those of XCCDF 1.2 (NIST IR 7275r4, 6.6.4.2), "not reviewed" standing for its
/// `notchecked`.
public enum ScanOutcome: String, Vocabulary {
  case pass, fail, error, unknown, notApplicable, notReviewed, notSelected, informational, fixed

  /// The outcome as it is shown to people.
  public var label: String {
    switch self {
    case .notApplicable: "not applicable"
    case .notReviewed: "not reviewed"
    case .notSelected: "not selected"
    default: rawValue
    }
  }
}

/// How bad it is when a rule is not met, as its author or the scanner rates it.
public enum ScanSeverity: String, Vocabulary, Comparable {
  case critical, high, medium, low, none, unknown

  /// Orders the worst first; what is not rated comes behind low.
  public static func < (left: ScanSeverity, right: ScanSeverity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .critical: 0
    case .high: 1
    case .medium: 2
    case .low: 3
    case .unknown: 4
    case .none: 5
    }
  }

  /// The severity that a word of any of the formats names; unknown for other words.
  public init(word: String) {
    switch word.lowercased() {
    case "critical": self = .critical
    case "high", "cat i", "cat_i", "h", "very-high": self = .high
    case "medium", "moderate", "cat ii", "cat_ii", "m": self = .medium
    case "low", "cat iii", "cat_iii", "l", "very-low": self = .low
    case "none", "info", "informational": self = .none
    default: self = .unknown
    }
  }

  /// The severity of an impact from 0 to 1, by the bounds of InSpec.
  public init(impact: Double) {
    self =
      impact >= 0.9
      ? .critical : impact >= 0.7 ? .high : impact >= 0.4 ? .medium : impact > 0 ? .low : .none
  }
}

/// A name under which others know what a rule asks for.
public struct ScanTag: Hashable, Sendable {
  /// Which list the name stands in.
  public enum Kind: String, Vocabulary {
    /// DISA's control correlation identifiers.
    case cci
    /// Controls of NIST SP 800-53.
    case nist
    /// Benchmarks and controls of CIS.
    case cis
    /// Names of a STIG: rule, group, version, requirement guide.
    case stig
    /// Common configuration enumeration, and vulnerabilities.
    case cce, cve
    /// Any other list, which `system` names.
    case reference
  }

  /// Which list the name stands in.
  public var kind: Kind
  /// The name.
  ///
  /// Foreign text.
  public var value: String
  /// What the source calls the list; may be empty.
  ///
  /// Foreign text.
  public var system: String

  /// Makes a tag.
  public init(_ kind: Kind, _ value: String, system: String = "") {
    (self.kind, self.value, self.system) = (kind, value, system)
  }
}

/// The result of one rule in one run of a scanner; all its texts are foreign.
public struct ScanItem: Hashable, Sendable {
  /// The rule's id, as the source writes it.
  public var id: String
  /// The rule's title; empty where the source has none.
  public var title = ""
  /// The outcome.
  public var outcome: ScanOutcome
  /// The source's own word for the outcome.
  public var word: String
  /// How bad it is when the rule is not met.
  public var severity = ScanSeverity.unknown
  /// The source's own word for the severity; empty where it has none.
  public var severityWord = ""
  /// The rule's weight or impact as the source writes it; empty where it has none.
  public var weight = ""
  /// Other names of the rule; no two are equal.
  public var tags: [ScanTag] = []
  /// What the rule asks for.
  public var text = ""
  /// What the scanner saw, and what people remarked.
  public var message = ""
  /// What to do about it.
  public var fix = ""
  /// When the rule was looked at, as the source writes it; empty where it does not say.
  public var at = ""

  /// Makes a result.
  public init(id: String, outcome: ScanOutcome, word: String) {
    (self.id, self.outcome, self.word) = (id, outcome, word)
  }
}

/// One run of a scanner over one machine or system; all its texts are foreign, and may be empty.
public struct ScanRun: Hashable, Sendable {
  /// The run's own id.
  public var id = ""
  /// What it is called.
  public var title = ""
  /// The scanner.
  public var tool = ""
  /// The scanner's version.
  public var toolVersion = ""
  /// The rules that were looked at: benchmark, STIG, profile.
  public var benchmark = ""
  /// The version of those rules.
  public var benchmarkVersion = ""
  /// The selection among those rules.
  public var profile = ""
  /// What was looked at: host name, platform, system.
  public var target = ""
  /// Addresses of what was looked at.
  public var addresses: [String] = []
  /// When it began, as the source writes it.
  public var startedAt = ""
  /// When it ended, as the source writes it.
  public var endedAt = ""

  /// Makes a run of which nothing is known yet.
  public init() {}

  /// The instant at which it began, where the source names its zone.
  public var startInstant: Instant? { Instant(rfc3339: startedAt) }
  /// The instant at which it ended, where the source names its zone.
  public var endInstant: Instant? { Instant(rfc3339: endedAt) }
}

/// Something else that a source says of a run or of all: a score, a count.
public struct ScanFact: Hashable, Sendable {
  /// What it is, in a word or two.
  public var name: String
  /// The value.
  ///
  /// Foreign text.
  public var value: String

  /// The name of the fact that a scan did not come to its end; the value says how that is known.
  public static let unfinished = "unfinished"

  /// Makes a fact.
  public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

/// What comes next out of a scanner's results.
public enum ScanEvent: Hashable, Sendable {
  /// A run begins; what follows belongs to it, up to the next.
  case run(ScanRun)
  /// The result of a rule.
  case item(ScanItem)
  /// Something else that is said of the run.
  case fact(ScanFact)
}

/// How many rules came to which outcome.
public struct ScanCounts: Hashable, Sendable {
  private var counts: [ScanOutcome: Int] = [:]

  /// Makes counts of nothing.
  public init() {}

  /// How many rules came to an outcome.
  public subscript(outcome: ScanOutcome) -> Int { counts[outcome] ?? 0 }

  /// How many there are in all.
  public var total: Int { counts.values.reduce(0, +) }

  /// Counts one more.
  public mutating func add(_ outcome: ScanOutcome) { counts[outcome, default: 0] += 1 }
}
