/// Why a person is not written to like others.
public enum RecipientProtection: Int, Codable, Sendable, CaseIterable {
  case none, child, deceased, represented

  /// What people call it; empty for none.
  public var label: String {
    switch self {
    case .none: ""
    case .child: "child"
    case .deceased: "deceased"
    case .represented: "legal representative"
    }
  }
}

/// What is sealed of a person: each field with its place in the sealed bytes.
public enum RecipientField: Int, Codable, Sendable, CaseIterable {
  case reference, name, email, phone, address, categories, offer
}

/// What is known of a person beside the state; sealed in the store.
///
/// All of it is foreign text, and personal.
public struct RecipientContact: Hashable, Codable, Sendable {
  /// The organisation's name for the person, such as a customer number.
  public var reference: String
  /// The person's name.
  public var name: String
  /// The e-mail address.
  public var email: String
  /// The telephone number as it was written.
  public var phone: String
  /// The postal address, lines as they were written.
  public var address: String
  /// The categories of this person's data that were exposed.
  public var categories: String
  /// The code of the support that is offered, such as credit monitoring.
  public var offer: String

  /// Makes a contact of its fields in order.
  public init(_ fields: [String]) {
    func field(_ field: RecipientField) -> String {
      fields.indices.contains(field.rawValue) ? fields[field.rawValue] : ""
    }
    (reference, name, email) = (field(.reference), field(.name), field(.email))
    (phone, address) = (field(.phone), field(.address))
    (categories, offer) = (field(.categories), field(.offer))
  }

  /// The contact as it is shown to those who did not ask to see it: enough to recognise, not to use.
  public var masked: RecipientContact {
    var masked = self
    masked.reference = ContactMask.tail(reference)
    masked.name = ContactMask.name(name)
    masked.email = ContactMask.email(email)
    masked.phone = ContactMask.tail(phone)
    masked.address = address.isEmpty ? "" : ContactMask.dots
    masked.categories = categories.isEmpty ? "" : ContactMask.dots
    masked.offer = offer.isEmpty ? "" : ContactMask.dots
    return masked
  }
}

/// What is shown in place of what is not to be read.
enum ContactMask {
  static let dots = "•••"

  /// The last two characters of a text, or none of a short one.
  static func tail(_ text: String) -> String {
    text.isEmpty ? "" : text.count < 6 ? dots : dots + String(text.suffix(2))
  }

  /// The first letter of each word.
  static func name(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).map { "\($0.prefix(1))\(dots)" }
      .joined(separator: " ")
  }

  /// The first letter of the mailbox and the end of the domain.
  static func email(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return text.isEmpty ? "" : dots }
    let end = text[at...].lastIndex(of: ".").map { String(text[$0...]) } ?? ""
    return "\(text.prefix(1))\(dots)@\(dots)\(end)"
  }
}

/// A person to be told.
public struct Recipient: Hashable, Codable, Sendable {
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in the mailing, from 1, in the order in which they came in.
  public var number: Int64
  /// How far the telling is.
  public var state: RecipientState
  /// The jurisdiction, such as `EU-DE`; `unknown` where nobody said.
  public var jurisdiction: String
  /// The language as a tag such as `de`; empty where nobody said.
  public var language: String
  /// Why the person is not written to like others.
  public var protection: RecipientProtection
  /// When the state was last set.
  public var changedAt: Instant
  /// The contact, masked unless `isRevealed`; nil where it was erased.
  public var contact: RecipientContact?
  /// Whether the contact is shown as it is.
  public var isRevealed: Bool

  /// Makes a recipient.
  public init(
    mailing: RecordID,
    number: Int64,
    state: RecipientState,
    jurisdiction: String,
    language: String,
    protection: RecipientProtection,
    changedAt: Instant,
    contact: RecipientContact?,
    isRevealed: Bool
  ) {
    (self.mailing, self.number, self.state) = (mailing, number, state)
    (self.jurisdiction, self.language) = (jurisdiction, language)
    (self.protection, self.changedAt) = (protection, changedAt)
    (self.contact, self.isRevealed) = (contact, isRevealed)
  }
}

/// One step in the telling of one person.
public struct RecipientEvent: Hashable, Codable, Sendable {
  /// When it was recorded.
  public var at: Instant
  /// Who recorded it.
  public var by: String
  /// The state before; nil where the person was listed.
  public var before: RecipientState?
  /// The state after.
  public var after: RecipientState
  /// The channel; nil where there was none.
  public var channel: MailingChannel?
  /// The version of the text; empty where there was none.
  public var text: String
  /// Why, or from what.
  ///
  /// Foreign text.
  public var cause: String

  /// Makes an event.
  public init(
    at: Instant,
    by: String,
    before: RecipientState?,
    after: RecipientState,
    channel: MailingChannel?,
    text: String,
    cause: String
  ) {
    (self.at, self.by, self.before, self.after) = (at, by, before, after)
    (self.channel, self.text, self.cause) = (channel, text, cause)
  }
}
