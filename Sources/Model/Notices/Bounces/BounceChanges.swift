/// A stretch of mails that came back and were taken in: numbers and a digest, no person.
///
/// Made by the import alone, in the transaction that keeps them.
public struct TakeBounces: Change {
  /// What the journal calls it.
  public static let name = "bounces.take"
  /// The mailing.
  public var mailing: RecordID
  /// How many mails.
  public var mails: Int
  /// How many people they speak of, by what became of them.
  public var outcomes: [String: Int]
  /// How many people they speak of, by the evidence that was right; nil in entries from before that was
  /// kept.
  public var matches: [String: Int]?
  /// SHA-256 over what is kept of them, in its order; hexadecimal.
  public var rows: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    let by = evidence.joined(separator: ", ")
    return "took in \(mails) mails that came back" + (by.isEmpty ? "" : ", by \(by)")
  }

  /// By which evidence people were found, with how many each.
  public var evidence: [String] {
    BounceMatch.allCases.compactMap { match in
      matches?[match.rawValue].map { "\(match.label) \($0)" }
    }
  }

  /// Makes the change.
  public init(
    mailing: RecordID,
    mails: Int,
    outcomes: [String: Int],
    matches: [String: Int],
    rows: String
  ) {
    (self.mailing, self.mails) = (mailing, mails)
    (self.outcomes, self.matches, self.rows) = (outcomes, matches, rows)
  }
}

/// What is kept of a mail that came back, for one person.
public struct BounceNote: Hashable, Codable, Sendable {
  /// When it was taken in.
  public var at: Instant
  /// What the mail said of the person.
  public var kind: BounceKind
  /// Why.
  public var reason: BounceReason
  /// The enhanced status, such as `5.1.1`; empty where there was none.
  public var status: String
  /// By what the person was found.
  public var match: BounceMatch
  /// What became of the person.
  public var outcome: BounceOutcome

  /// Makes a note.
  public init(
    at: Instant,
    kind: BounceKind,
    reason: BounceReason,
    status: String,
    match: BounceMatch,
    outcome: BounceOutcome
  ) {
    (self.at, self.kind, self.reason) = (at, kind, reason)
    (self.status, self.match, self.outcome) = (status, match, outcome)
  }

  /// Takes what is kept into the digest of its stretch.
  ///
  /// - Parameters:
  ///   - person: The person's row in the ledger.
  ///   - mail: The name of the mail under the mailing's key.
  ///   - digest: The digest.
  public func add(person: Int64, mail: [UInt8], to digest: inout RunningDigest) {
    var out = Bytes(tag: "tocsin.bounce.1")
    out.append(person)
    out.append(mail)
    for word in [kind.rawValue, reason.rawValue, status, match.rawValue, outcome.word] {
      out.append(word)
    }
    out.bytes.withUnsafeBytes { digest.update($0) }
  }
}

/// Asks what mails that came back said of a person, oldest first.
public struct RecipientBounces: Question {
  /// What comes back.
  public typealias Answer = [BounceNote]
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64

  /// Makes the question.
  public init(mailing: RecordID, number: Int64) { (self.mailing, self.number) = (mailing, number) }
}

/// Asks how many mails came back for which reason, and what became of the people; most first.
///
/// Answered from running tallies.
public struct MailingBounces: Question {
  /// So many people for a reason and an outcome.
  public struct Row: Codable, Sendable, Equatable, Hashable {
    /// Why.
    public var reason: BounceReason
    /// What became of them.
    public var outcome: BounceOutcome
    /// How many.
    public var count: Int

    /// Makes a row.
    public init(reason: BounceReason, outcome: BounceOutcome, count: Int) {
      (self.reason, self.outcome, self.count) = (reason, outcome, count)
    }
  }

  /// What comes back.
  public typealias Answer = [Row]
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(mailing: RecordID) { self.mailing = mailing }
}
