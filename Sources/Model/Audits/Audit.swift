/// Where an audit stands.
public enum AuditState: String, Vocabulary {
  /// It is written down, and nobody answers yet.
  case planned
  /// It is being answered.
  case open
  /// Its answers are being looked at by somebody else.
  case inReview = "in-review"
  /// It is locked with the hash of its content.
  case signed

  /// The state as it is shown to people.
  public var label: String { self == .inReview ? "in review" : rawValue }
}

/// What is said of an audit as a whole.
///
/// All texts in it are foreign.
public struct AuditFacts: Codable, Sendable, Equatable {
  /// What it is called.
  public var title: String
  /// What is looked at: a site, a system, the whole organisation.
  public var scope: String
  /// The groups of the framework that it is limited to; none is all of it.
  public var groups: [String]
  /// The first day that it speaks of, as `2026-01-31`; empty where that is not said.
  public var from: String
  /// The last day that it speaks of.
  public var until: String
  /// Who audits.
  public var auditor: String
  /// Who reviews.
  public var reviewers: [String]
  /// After how many months the next one is due; nil where it does not recur.
  public var months: Int?

  /// Makes facts.
  public init(
    title: String,
    scope: String = "",
    groups: [String] = [],
    from: String = "",
    until: String = "",
    auditor: String = "",
    reviewers: [String] = [],
    months: Int? = nil
  ) {
    (self.title, self.scope, self.groups) = (title, scope, groups)
    (self.from, self.until, self.auditor) = (from, until, auditor)
    (self.reviewers, self.months) = (reviewers, months)
  }
}

/// One pass over a framework, or over chosen groups of it.
public struct Audit: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// What people call it: `AUD-2026-0001`, by the year in which it was started here.
  public var reference: String
  /// The version of the record; its items have versions of their own.
  public var version: Version
  /// Whether it was taken off the lists.
  public var isRemoved: Bool
  /// The framework's number in the store.
  public var framework: RecordID
  /// The audit before it, from which it was started.
  public var previous: RecordID?
  /// Where it stands.
  public var state: AuditState
  /// What is said of it.
  public var facts: AuditFacts
  /// When it was started here.
  public var startedAt: Instant
  /// When it or one of its items was altered last.
  public var updatedAt: Instant

  /// Makes an audit.
  public init(
    id: RecordID,
    reference: String,
    version: Version,
    isRemoved: Bool = false,
    framework: RecordID,
    previous: RecordID?,
    state: AuditState,
    facts: AuditFacts,
    startedAt: Instant,
    updatedAt: Instant
  ) {
    (self.id, self.reference, self.version) = (id, reference, version)
    (self.isRemoved, self.framework, self.previous) = (isRemoved, framework, previous)
    (self.state, self.facts) = (state, facts)
    (self.startedAt, self.updatedAt) = (startedAt, updatedAt)
  }

  /// The day on which the next one is due, as `2027-01-31`; nil where it does not recur.
  ///
  /// The months count from the last day that it speaks of, else from the day of its start in UTC.
  public var nextDue: String? {
    guard let months = facts.months else { return nil }
    let day = facts.until.isEmpty ? CivilTime(startedAt).isoDate : facts.until
    return AuditDay.adding(months: months, to: day)
  }
}

/// Days as audits write them: `2026-01-31`.
public enum AuditDay {
  /// Whether a text is a day of the calendar.
  public static func isDay(_ text: String) -> Bool { midnight(text) != nil }

  /// The first instant of a day in UTC; nil for a text that is no day.
  public static func midnight(_ text: String) -> Instant? {
    text.utf8.count == 10 ? Instant(rfc3339: text + "T00:00:00Z") : nil
  }

  /// The day so many calendar months later; the last of its month where there is no such number.
  public static func adding(months: Int, to day: String) -> String? {
    midnight(day).flatMap { adding(months: months, to: $0) }.map { CivilTime($0).isoDate }
  }

  /// The same time of day so many calendar months later, in UTC; nil beyond the year 9999.
  public static func adding(months: Int, to instant: Instant) -> Instant? {
    var civil = CivilTime(instant)
    let count = civil.year * 12 + civil.month - 1 + months
    let (year, month) = (count / 12, count % 12 + 1)
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    (civil.year, civil.month) = (year, month)
    civil.day = min(civil.day, CivilTime.daysInMonth(year: year, month: month))
    return civil.instant()
  }
}

/// One thing that is said of an audit, set to a new value.
public enum AuditEdit: Codable, Sendable, Equatable {
  case title(String)
  case scope(String)
  case from(String)
  case until(String)
  case auditor(String)
  case reviewers([String])
  case months(Int?)
  /// Opens a planned audit, or one that is in review; or plans one that is open.
  case state(AuditState)

  /// The field's name, for journal and conflicts.
  public var field: String {
    switch self {
    case .title: "title"
    case .scope: "scope"
    case .from: "from"
    case .until: "until"
    case .auditor: "auditor"
    case .reviewers: "reviewers"
    case .months: "months"
    case .state: "state"
    }
  }

  /// The new value as text.
  ///
  /// Foreign text.
  public var text: String {
    switch self {
    case .title(let text), .scope(let text), .from(let text), .until(let text),
      .auditor(let text):
      text
    case .reviewers(let people): people.joined(separator: ", ")
    case .months(let months): months.map(String.init) ?? "not recurring"
    case .state(let state): state.label
    }
  }
}

extension Audit {
  /// What the audit says now of the thing that an edit sets.
  public func current(of edit: AuditEdit) -> AuditEdit {
    switch edit {
    case .title: .title(facts.title)
    case .scope: .scope(facts.scope)
    case .from: .from(facts.from)
    case .until: .until(facts.until)
    case .auditor: .auditor(facts.auditor)
    case .reviewers: .reviewers(facts.reviewers)
    case .months: .months(facts.months)
    case .state: .state(state)
    }
  }

  /// Sets one thing, and gives the edit that sets it back.
  @discardableResult
  public mutating func apply(_ edit: AuditEdit) -> AuditEdit {
    let old = current(of: edit)
    switch edit {
    case .title(let text): facts.title = text
    case .scope(let text): facts.scope = text
    case .from(let text): facts.from = text
    case .until(let text): facts.until = text
    case .auditor(let text): facts.auditor = text
    case .reviewers(let people): facts.reviewers = people
    case .months(let months): facts.months = months
    case .state(let new): state = new
    }
    return old
  }
}

/// A signature under an audit: who locked which content, and whether it was opened again.
public struct AuditSignature: Codable, Sendable, Equatable {
  /// The hash of the content, in hexadecimal.
  public var digest: String
  /// The account that signed.
  public var by: String
  /// When.
  public var at: Instant
  /// The second account that signed, where the organisation asks for two.
  public var second: Second?
  /// Whether the audit is locked by it; otherwise a second person is waited for.
  public var isComplete: Bool
  /// How it came to be opened again.
  public var reopening: Reopening?

  /// The second account that signed.
  public struct Second: Codable, Sendable, Equatable {
    /// The account.
    public var by: String
    /// When.
    public var at: Instant

    /// Makes a second signature.
    public init(by: String, at: Instant) { (self.by, self.at) = (by, at) }
  }

  /// That a signed audit was opened again.
  public struct Reopening: Codable, Sendable, Equatable {
    /// The account.
    public var by: String
    /// When.
    public var at: Instant
    /// Why.
    ///
    /// Foreign text.
    public var reason: String

    /// Makes a reopening.
    public init(by: String, at: Instant, reason: String) {
      (self.by, self.at, self.reason) = (by, at, reason)
    }
  }

  /// Makes a signature.
  public init(
    digest: String,
    by: String,
    at: Instant,
    second: Second? = nil,
    isComplete: Bool,
    reopening: Reopening? = nil
  ) {
    (self.digest, self.by, self.at, self.second) = (digest, by, at, second)
    (self.isComplete, self.reopening) = (isComplete, reopening)
  }
}
