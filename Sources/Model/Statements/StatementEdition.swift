/// A version of a statement: frozen content, who approved it, and what became of it.
public struct StatementEditionFacts: RegisterFacts {
  /// Its kind.
  public static let kind = Subject.Kind.statementEdition
  /// How the journal names its changes.
  public static let word = "statement-edition"
  /// What people call it.
  public static let noun = "version"

  /// What became of it.
  public enum State: String, Vocabulary {
    /// Waits for a second person.
    case waiting
    /// May be published.
    case approved
    /// Was published, and no newer one since.
    case published
    /// A newer one was published.
    case superseded
    /// Somebody took it back.
    case withdrawn
    /// A second person refused it.
    case refused
    /// Something was altered before it was published.
    case void

    /// The state as it is shown.
    public var label: String { self == .waiting ? "waits for a second person" : rawValue }
    /// What became of it, behind its name: `is approved`.
    public var standing: String { self == .waiting ? label : "is \(rawValue)" }
    /// Whether it may still be published.
    public var isLive: Bool { self == .waiting || self == .approved }
    /// Whether the public has seen it.
    public var wasPublished: Bool { self == .published || self == .superseded }
  }

  /// Somebody's consent.
  public struct Approval: Codable, Sendable, Hashable {
    /// The account's number, from the kernel.
    public var uid: UInt32
    /// The account's name.
    public var by: String
    /// When.
    public var at: Instant

    /// Makes an approval.
    public init(uid: UInt32, by: String, at: Instant) {
      (self.uid, self.by, self.at) = (uid, by, at)
    }
  }

  /// What was done, by whom and when.
  public struct Act: Codable, Sendable, Hashable {
    /// Who.
    public var by: String
    /// When.
    public var at: Instant
    /// Why, or what of it is to be known.
    ///
    /// Foreign text.
    public var note: String

    /// Makes an act.
    public init(by: String, at: Instant, note: String) {
      (self.by, self.at, self.note) = (by, at, note)
    }
  }

  /// The statement.
  public var statement: RecordID
  /// Its reference.
  public var reference: String
  /// Its number in the statement, from 1.
  public var number: Int
  /// What was put up.
  public var content: StatementContent
  /// Its digest, as it was approved.
  public var digest: String
  /// Whether a second person is needed.
  public var needsTwo: Bool
  /// What became of it.
  public var state: State
  /// Who approved it, in order; the first put it up.
  public var approvals: [Approval]
  /// Who published it first, and the digest of the site's manifest.
  public var published: Act?
  /// How it ended.
  public var end: Act?

  /// Makes a version that is put up.
  public init(
    statement: RecordID,
    reference: String,
    number: Int,
    content: StatementContent,
    needsTwo: Bool,
    approval: Approval
  ) {
    (self.statement, self.reference, self.number) = (statement, reference, number)
    (self.content, digest, self.needsTwo) = (content, content.digest, needsTwo)
    state = needsTwo ? .waiting : .approved
    approvals = [approval]
  }

  /// One line that says what it is.
  public var title: String { "\(reference) version \(number)" }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("statement", reference), ("number", "\(number)"), ("date", content.date.iso),
      ("digest", digest), ("content", content.digest), ("state", state.label),
      ("approved by", approvals.map { "\($0.by) (\($0.uid))" }.joined(separator: ", ")),
      ("published", published.map { "\($0.at) \($0.by) \($0.note)" } ?? ""),
      ("ended", end.map { "\($0.at) \($0.by): \($0.note)" } ?? ""),
    ]
  }
}

/// A version of a statement as the record keeps it.
public typealias StatementEdition = RegisterEntry<StatementEditionFacts>
