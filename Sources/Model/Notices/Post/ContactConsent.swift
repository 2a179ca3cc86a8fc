/// A corrected contact that waits for a second person, where the organisation wants one.
public struct WaitingContact: Hashable, Codable, Sendable {
  /// The person's number.
  public var number: Int64
  /// When it was corrected.
  public var at: Instant
  /// Who corrected it.
  public var by: String
  /// The account's number, from the kernel.
  public var uid: UInt32
  /// Why.
  ///
  /// Foreign text.
  public var reason: String

  /// Makes one.
  public init(number: Int64, at: Instant, by: String, uid: UInt32, reason: String) {
    (self.number, self.at, self.by, self.uid) = (number, at, by, uid)
    self.reason = reason
  }
}

/// Asks for the corrected contacts of a mailing that wait for a second person, oldest first.
///
/// Nobody waits where the organisation wants none. What was corrected before the edition in force was put
/// up was approved with it.
public struct WaitingContacts: Question {
  /// What comes back.
  public struct Answer: Codable, Sendable, Equatable {
    /// How many wait.
    public var total: Int
    /// Those, as far as they are listed.
    public var rows: [WaitingContact]

    /// Makes an answer.
    public init(total: Int, rows: [WaitingContact]) { (self.total, self.rows) = (total, rows) }
  }

  /// The mailing.
  public var mailing: RecordID
  /// How many are listed at most.
  public var limit: Int

  /// Makes the question.
  public init(of mailing: RecordID, limit: Int = 1000) {
    (self.mailing, self.limit) = (mailing, limit)
  }
}

/// Consents, as another account than the one that corrected them, to corrected contacts: from then on
/// notices go there.
public struct ContactConsent: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// How many contacts were consented to.
    public var consented = 0
    /// How many wait still because the same account corrected them.
    public var own = 0

    /// Makes an outcome of nothing.
    public init() {}
  }

  /// The mailing.
  public var mailing: RecordID
  /// The numbers of those who are meant; nil for all who wait.
  public var numbers: [Int64]?

  /// Makes the job.
  public init(of mailing: RecordID, _ numbers: [Int64]? = nil) {
    (self.mailing, self.numbers) = (mailing, numbers)
  }
}

/// Corrected contacts to which a second person consented: a number and a digest, no person.
///
/// Made by the job alone.
public struct ConsentToContacts: Change {
  /// What the journal calls it.
  public static let name = "contacts.consent"
  /// The mailing.
  public var mailing: RecordID
  /// How many.
  public var count: Int
  /// The number of the recipient, where it is one.
  public var number: Int64?
  /// SHA-256 over the numbers of the contacts, ascending; hexadecimal.
  public var versions: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "consented to the corrected contact of "
      + (number.map { "recipient \($0)" } ?? "\(count) recipients")
  }

  /// Makes the change.
  public init(mailing: RecordID, count: Int, number: Int64?, versions: String) {
    (self.mailing, self.count, self.number) = (mailing, count, number)
    self.versions = versions
  }
}
