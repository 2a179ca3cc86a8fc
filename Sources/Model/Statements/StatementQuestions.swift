/// A statement in a list, with how it stands.
public struct StatementRow: Identifiable, Codable, Sendable, Equatable {
  /// The statement.
  public var statement: Statement
  /// The version that may be published; nil where there is none.
  public var live: Mark?
  /// The version that the public sees; nil where there is none.
  public var published: Mark?
  /// The version that ended last; nil where none did.
  public var last: Mark?
  /// In how many lines the register no longer supports what is published.
  public var unsupported: Int
  /// In how many lines it could say more than is published.
  public var additions: Int
  /// What stands against putting it up now.
  public var problems: [StatementProblem]
  /// When the published `security.txt` runs out; nil where there is none.
  public var securityExpires: Instant?

  /// A version in a line.
  public struct Mark: Codable, Sendable, Equatable {
    /// Its number in the store.
    public var id: RecordID
    /// Its number in the statement.
    public var number: Int
    /// The day as of which it is.
    public var date: DayNumber
    /// What became of it.
    public var state: StatementEditionFacts.State
    /// The digest of what was approved.
    public var digest: String

    /// Makes a mark.
    public init(_ edition: StatementEdition) {
      (id, number, date) = (edition.id, edition.facts.number, edition.facts.content.date)
      (state, digest) = (edition.facts.state, edition.facts.digest)
    }
  }

  /// The statement's number.
  public var id: RecordID { statement.id }

  /// Makes a row.
  public init(
    statement: Statement,
    live: Mark?,
    published: Mark?,
    last: Mark?,
    unsupported: Int,
    additions: Int = 0,
    problems: [StatementProblem],
    securityExpires: Instant?
  ) {
    (self.statement, self.live, self.published, self.last) = (statement, live, published, last)
    (self.unsupported, self.additions, self.problems) = (unsupported, additions, problems)
    self.securityExpires = securityExpires
  }

  /// How it stands in a word or two: what the public sees goes before what is being prepared.
  public var state: String {
    if let live {
      return live.state == .waiting ? "proposed" : "approved"
    }
    if published != nil { return "published" }
    if last?.state == .withdrawn { return "withdrawn" }
    return "draft"
  }

  /// Whether the register no longer supports what is published.
  public var isUnsupported: Bool { published != nil && unsupported > 0 }

  /// Whether the published `security.txt` has run out at an instant, or does within 30 days of it.
  public func isSecurityEnding(at now: Instant) -> Bool {
    securityExpires.map { $0 <= now + .seconds(30 * 86_400) } ?? false
  }
}

/// Asks how the statements stand, by reference: what is published, what of it the register no longer
/// supports, and when `security.txt` runs out.
public struct StatementStates: Question {
  /// What comes back.
  public typealias Answer = [StatementRow]

  /// Makes the question.
  public init() {}
}

/// Asks for the statement with a reference, whatever the letter case; removed ones too.
public struct StatementByReference: Question {
  /// What comes back; nil where there is none.
  public typealias Answer = Statement?
  /// The reference, such as `STM-0001`.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Asks for a statement with what belongs to it, as it would be put up on a day.
public struct StatementDetails: Question {
  /// A statement and what belongs to it.
  public struct Details: Codable, Sendable, Equatable {
    /// How it stands.
    public var row: StatementRow
    /// Its versions, newest first.
    public var editions: [StatementEdition]
    /// What would be put up now, what is left out, and what stands against it.
    public var draft: StatementWriter.Outcome
    /// Where the register no longer supports what is published, or has more; empty where nothing is.
    public var differences: [StatementDifference]
    /// What the journal says of it, newest first; at most 200 lines.
    public var history: [JournalLine]

    /// Makes the details.
    public init(
      row: StatementRow,
      editions: [StatementEdition],
      draft: StatementWriter.Outcome,
      differences: [StatementDifference],
      history: [JournalLine]
    ) {
      (self.row, self.editions, self.draft) = (row, editions, draft)
      (self.differences, self.history) = (differences, history)
    }

    /// The version that may be published or waits; else the one the public sees.
    public var current: StatementEdition? {
      editions.first { $0.facts.state.isLive } ?? editions.first { $0.facts.state == .published }
    }
  }
  /// What comes back; nil where there is no such statement.
  public typealias Answer = Details?
  /// Which statement.
  public var id: RecordID
  /// The day as of which it would be; nil is today where the organisation is.
  public var date: DayNumber?

  /// Makes the question.
  public init(id: RecordID, date: DayNumber? = nil) { (self.id, self.date) = (id, date) }
}
