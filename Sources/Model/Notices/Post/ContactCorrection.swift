/// What of a person's contact is to be said otherwise; nil leaves a field as it is.
///
/// Foreign text, and personal.
public struct ContactEdit: Hashable, Sendable {
  /// The person's name.
  public var name: String?
  /// The e-mail address.
  public var email: String?
  /// The telephone number.
  public var phone: String?
  /// The postal address.
  public var address: String?

  /// Makes an edit.
  public init(
    name: String? = nil,
    email: String? = nil,
    phone: String? = nil,
    address: String? = nil
  ) {
    (self.name, self.email, self.phone, self.address) = (name, email, phone, address)
  }

  /// Whether nothing is said otherwise.
  public var isEmpty: Bool { self == ContactEdit() }

  /// The contact as it is from then on.
  public func applied(to contact: RecipientContact) -> RecipientContact {
    var contact = contact
    if let name { contact.name = name }
    if let email { contact.email = email }
    if let phone { contact.phone = phone }
    if let address { contact.address = address }
    return contact
  }
}

/// Corrects the contact of one person: sealed as a new version, the earlier ones are kept.
///
/// Not a change, for what a change sets stands in the journal.
public struct ContactCorrection: Job {
  /// Whether anything is said otherwise now.
  public typealias Outcome = Bool
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64
  /// What is said otherwise.
  public var edit: ContactEdit
  /// Why, or from whom it is known; not empty, and stands in the journal.
  public var reason: String

  /// Makes the job.
  public init(of mailing: RecordID, _ number: Int64, _ edit: ContactEdit, reason: String) {
    (self.mailing, self.number, self.edit, self.reason) = (mailing, number, edit, reason)
  }
}

/// Contacts that were sealed anew: numbers and digests, no person.
///
/// Made by jobs alone, in the transaction that seals them.
public struct CorrectContacts: Change {
  /// What the journal calls it.
  public static let name = "contacts.correct"
  /// The mailing.
  public var mailing: RecordID
  /// How many.
  public var count: Int
  /// The number of the recipient, where it is one.
  public var number: Int64?
  /// Why, or from what.
  public var reason: String
  /// SHA-256 over version, recipient and sealed contact of each, in order; hexadecimal.
  public var versions: String
  /// SHA-256 over their entries in the index, in its order; hexadecimal.
  public var keys: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    let whom = number.map { "recipient \($0)" } ?? "\(count) recipients"
    return "corrected the contact of \(whom): \(firstLine(reason))"
  }

  /// Makes the change.
  public init(
    mailing: RecordID,
    count: Int,
    number: Int64?,
    reason: String,
    versions: String,
    keys: String
  ) {
    (self.mailing, self.count, self.number) = (mailing, count, number)
    (self.reason, self.versions, self.keys) = (reason, versions, keys)
  }
}

/// A contact as it was from some moment on.
public struct ContactVersion: Hashable, Codable, Sendable {
  /// When it was recorded.
  public var at: Instant
  /// Who recorded it.
  public var by: String
  /// Why; empty for the one that the person was listed with.
  public var reason: String
  /// The contact, masked unless it was asked for otherwise; nil where it was erased.
  public var contact: RecipientContact?

  /// Makes a version.
  public init(at: Instant, by: String, reason: String, contact: RecipientContact?) {
    (self.at, self.by, self.reason, self.contact) = (at, by, reason, contact)
  }
}

/// Asks for all contacts that a person had, oldest first, masked.
public struct ContactVersions: Question {
  /// What comes back; empty where there is no such recipient.
  public typealias Answer = [ContactVersion]
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64

  /// Makes the question.
  public init(of mailing: RecordID, _ number: Int64) {
    (self.mailing, self.number) = (mailing, number)
  }
}

/// Reads all contacts that a person had as they are; the journal says who looked and why.
public struct ContactVersionReveal: Job {
  /// What comes back, oldest first.
  public typealias Outcome = [ContactVersion]
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(of mailing: RecordID, _ number: Int64, reason: String) {
    (self.mailing, self.number, self.reason) = (mailing, number, reason)
  }
}
