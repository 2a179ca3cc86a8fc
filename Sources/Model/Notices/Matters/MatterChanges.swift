/// A matter that was written down; its text stands sealed elsewhere.
///
/// Made by the job alone.
public struct LogMatter: Change {
  /// What the journal calls it.
  public static let name = "matter.log"
  /// The mailing.
  public var mailing: RecordID
  /// Its number in the mailing.
  public var number: RecordID
  /// What is wanted.
  public var kind: MatterKind
  /// The number of the recipient; nil for somebody who is not on the list.
  public var recipient: Int64?
  /// Over which channel it came.
  public var channel: MailingChannel
  /// When it came in.
  public var receivedAt: StatedTime
  /// SHA-256 of the sealed text, hexadecimal.
  public var sealed: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "logged matter \(number): a \(kind.label)" }

  /// Makes the change.
  public init(
    mailing: RecordID,
    number: RecordID,
    kind: MatterKind,
    recipient: Int64?,
    channel: MailingChannel,
    receivedAt: StatedTime,
    sealed: String
  ) {
    (self.mailing, self.number, self.kind) = (mailing, number, kind)
    (self.recipient, self.channel) = (recipient, channel)
    (self.receivedAt, self.sealed) = (receivedAt, sealed)
  }
}

/// A matter that was answered; the answer stands sealed elsewhere.
///
/// Made by the job alone.
public struct AnswerMatter: Change {
  /// What the journal calls it.
  public static let name = "matter.answer"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the matter.
  public var number: RecordID
  /// SHA-256 of the sealed answer, hexadecimal.
  public var sealed: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "answered matter \(number)" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID, sealed: String) {
    (self.mailing, self.number, self.sealed) = (mailing, number, sealed)
  }
}

/// Hands a matter to those who handle requests of people.
public struct HandOverMatter: Change {
  /// What the journal calls it.
  public static let name = "matter.hand-over"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the matter.
  public var number: RecordID
  /// To whom, and under which name it goes on there; names nobody affected.
  public var handedTo: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "handed matter \(number) to \(firstLine(handedTo))" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID, handedTo: String) {
    (self.mailing, self.number, self.handedTo) = (mailing, number, handedTo)
  }
}

/// Takes back that a matter was handed over: it is open again.
public struct ReopenMatter: Change {
  /// What the journal calls it.
  public static let name = "matter.reopen"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the matter.
  public var number: RecordID

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "opened matter \(number) again" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID) {
    (self.mailing, self.number) = (mailing, number)
  }
}

/// A matter that somebody read, and why.
///
/// Made by the store alone, in the transaction that reads it.
public struct RevealMatter: Change {
  /// What the journal calls it.
  public static let name = "matter.reveal"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the matter.
  public var number: RecordID
  /// Why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "read matter \(number): \(firstLine(reason))" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID, reason: String) {
    (self.mailing, self.number, self.reason) = (mailing, number, reason)
  }
}
