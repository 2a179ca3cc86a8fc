/// What a scanner found out about one rule on one target, as an audit keeps it.
///
/// All texts in it are foreign.
public struct AuditScanResult: Codable, Sendable, Hashable {
  /// The scanner's name, without its version.
  public var tool: String
  /// What was looked at; empty where the source does not say.
  public var target: String
  /// The rule's id, as the source writes it; not empty.
  public var rule: String
  /// The rule's title, in a line; may be empty.
  public var title: String
  /// The outcome.
  public var outcome: ScanOutcome
  /// The source's own word for the outcome.
  public var word: String
  /// How bad it is when the rule is not met.
  public var severity: ScanSeverity
  /// What the scanner saw; cut at `maximumText` characters.
  public var message: String
  /// What to do about it; cut likewise.
  public var advice: String
  /// When the run ended or began: later than another of the same scanner and target, or not.
  ///
  /// Where the source names no zone its clock is taken for UTC, which orders runs of one machine.
  public var at: Instant?
  /// The places of the audit's items that the rule speaks of, in order; none where it matches none.
  public var places: [Int]

  /// The longest text that is kept; the whole stands in the scanner's file.
  public static let maximumText = 2_000

  /// Makes a result.
  public init(
    tool: String,
    target: String,
    rule: String,
    title: String = "",
    outcome: ScanOutcome,
    word: String,
    severity: ScanSeverity = .unknown,
    message: String = "",
    advice: String = "",
    at: Instant? = nil,
    places: [Int] = []
  ) {
    (self.tool, self.target, self.rule, self.title) = (tool, target, rule, title)
    (self.outcome, self.word, self.severity) = (outcome, word, severity)
    (self.message, self.advice, self.at, self.places) = (message, advice, at, places)
  }

  /// What a result is known by from one scan to the next.
  public struct Key: Codable, Sendable, Hashable {
    /// The scanner.
    public var tool: String
    /// What was looked at.
    public var target: String
    /// The rule.
    public var rule: String

    /// Makes a key.
    public init(tool: String, target: String, rule: String) {
      (self.tool, self.target, self.rule) = (tool, target, rule)
    }
  }

  /// What it is known by.
  public var key: Key { Key(tool: tool, target: target, rule: rule) }

  /// Whether it says the same as another, whenever that was.
  public func says(theSameAs other: AuditScanResult) -> Bool {
    var same = other
    same.at = at
    return same == self
  }

  /// Whether it is older than another; false where either does not say.
  public func isOlder(than other: AuditScanResult) -> Bool {
    guard let at, let other = other.at else { return false }
    return at < other
  }

  /// Whether it counts instead of another: it is not older, and the rule was looked at.
  ///
  /// That a rule was not selected, by another profile, takes nothing away of what is known of it.
  public func takesThePlace(of other: AuditScanResult) -> Bool {
    switch (outcome == .notSelected, other.outcome == .notSelected) {
    case (true, false): false
    case (false, true): true
    default: !isOlder(than: other)
    }
  }

  /// The scanner and what it looked at, in a few words.
  public var source: String { target.isEmpty ? tool : "\(tool), \(target)" }
}

/// What is known of a scanner's file as a whole.
public struct AuditScanFacts: Codable, Sendable, Equatable {
  /// The file's name.
  ///
  /// Foreign text.
  public var file: String
  /// SHA-256 of the file, in hexadecimal.
  public var sha256: String
  /// The format, such as `xccdf`.
  public var format: String
  /// The scanner with its version.
  ///
  /// Foreign text.
  public var tool: String
  /// What was looked at.
  ///
  /// Foreign text; may be empty.
  public var target: String
  /// The rules that were looked at.
  ///
  /// Foreign text; may be empty.
  public var benchmark: String
  /// When it began, as the source writes it.
  ///
  /// Foreign text; may be empty.
  public var startedAt: String
  /// How many results the file has by outcome, those of one rule counted one by one.
  public var counts: [String: Int]

  /// Makes facts.
  public init(
    file: String,
    sha256: String,
    format: String,
    tool: String = "",
    target: String = "",
    benchmark: String = "",
    startedAt: String = "",
    counts: [String: Int] = [:]
  ) {
    (self.file, self.sha256, self.format) = (file, sha256, format)
    (self.tool, self.target, self.benchmark) = (tool, target, benchmark)
    (self.startedAt, self.counts) = (startedAt, counts)
  }
}

/// What an import of a scan did, or would do.
public struct AuditScanEffect: Codable, Sendable, Equatable {
  /// Rules that are new to the audit.
  public var created = 0
  /// Rules that say something else than before.
  public var updated = 0
  /// Rules that say the same.
  public var unchanged = 0
  /// Rules, among the unchanged, of which something newer is known: they were left.
  public var older = 0
  /// Rules that speak of an item of the audit.
  public var matched = 0
  /// Rules that speak of none.
  public var unmatched = 0
  /// Findings that were opened.
  public var opened = 0
  /// Findings that were closed, because their rules pass.
  public var closed = 0
  /// Findings that were opened again.
  public var reopened = 0
  /// Findings whose rules pass and that stay open, because corrective actions are not done.
  public var held = 0
  /// Items whose result the scan gave.
  public var answered = 0
  /// Items that a person has judged otherwise, for which an answer is proposed.
  public var proposed = 0

  /// Makes an effect of nothing.
  public init() {}

  /// Adds what another import did.
  public static func += (left: inout AuditScanEffect, right: AuditScanEffect) {
    left.created += right.created
    left.updated += right.updated
    left.unchanged += right.unchanged
    left.older += right.older
    left.matched += right.matched
    left.unmatched += right.unmatched
    left.opened += right.opened
    left.closed += right.closed
    left.reopened += right.reopened
    left.held += right.held
    left.answered += right.answered
    left.proposed += right.proposed
  }
}

/// A scan that was brought onto an audit.
public struct AuditScan: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// The audit.
  public var audit: RecordID
  /// What is known of the file.
  public var facts: AuditScanFacts
  /// What importing it did.
  public var effect: AuditScanEffect
  /// When it was imported.
  public var importedAt: Instant
  /// The account that imported it.
  public var importedBy: String

  /// Makes a scan.
  public init(
    id: RecordID,
    audit: RecordID,
    facts: AuditScanFacts,
    effect: AuditScanEffect,
    importedAt: Instant,
    importedBy: String
  ) {
    (self.id, self.audit, self.facts, self.effect) = (id, audit, facts, effect)
    (self.importedAt, self.importedBy) = (importedAt, importedBy)
  }
}
