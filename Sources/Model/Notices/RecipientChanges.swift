/// A stretch of recipients that came in: numbers and digests, no person.
///
/// Made by the import alone, in the transaction that brings the rows in.
public struct AddRecipients: Change {
  /// What the journal calls it.
  public static let name = "recipients.add"
  /// The mailing.
  public var mailing: RecordID
  /// The step that the rows came in with.
  public var step: Int64
  /// The segment of the index in which they are found.
  public var segment: Int64
  /// The first number.
  public var first: Int64
  /// How many.
  public var count: Int
  /// SHA-256 over the rows as they came in, sealed, in order of number; hexadecimal.
  public var rows: String
  /// SHA-256 over their entries in the index, in its order; hexadecimal.
  public var keys: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "added recipients \(first) to \(first + Int64(count) - 1)" }

  /// Makes the change.
  public init(
    mailing: RecordID,
    step: Int64,
    segment: Int64,
    first: Int64,
    count: Int,
    rows: String,
    keys: String
  ) {
    (self.mailing, self.step, self.segment) = (mailing, step, segment)
    (self.first, self.count, self.rows, self.keys) = (first, count, rows, keys)
  }
}

/// What a job does with recipients: the state they go to, and why.
public struct RecipientStep: Hashable, Codable, Sendable {
  /// The state they go to.
  public var state: RecipientState
  /// The channel; nil where there is none.
  public var channel: MailingChannel?
  /// The version of the text; empty where there is none.
  public var text: String
  /// Why.
  public var cause: String
  /// The batch that they left or come back in; nil where there is none.
  public var batch: RecordID?

  /// Makes a step.
  public init(
    to state: RecipientState,
    channel: MailingChannel? = nil,
    text: String = "",
    cause: String = "",
    batch: RecordID? = nil
  ) {
    (self.state, self.channel, self.text, self.cause) = (state, channel, text, cause)
    self.batch = batch
  }
}

/// A stretch of recipients that went to another state: numbers and a digest, no person.
///
/// Made by the job alone, in the transaction that alters the rows.
public struct MoveRecipients: Change {
  /// What the journal calls it.
  public static let name = "recipients.move"
  /// The mailing.
  public var mailing: RecordID
  /// The step that the events of the rows name.
  public var step: Int64
  /// What was done.
  public var what: RecipientStep
  /// How many.
  public var count: Int
  /// The first number; those in between may have been left out.
  public var first: Int64
  /// The last number.
  public var last: Int64
  /// SHA-256 over number, state before and state after of each, in order of number; hexadecimal.
  public var events: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "\(count) recipients: \(what.state.label)" }

  /// Makes the change.
  public init(
    mailing: RecordID,
    step: Int64,
    what: RecipientStep,
    count: Int,
    first: Int64,
    last: Int64,
    events: String
  ) {
    (self.mailing, self.step, self.what, self.count) = (mailing, step, what, count)
    (self.first, self.last, self.events) = (first, last, events)
  }
}

/// Recipients that somebody looked at unmasked, and why.
///
/// Made by the store alone, in the transaction that reads them.
public struct RevealRecipients: Change {
  /// What the journal calls it.
  public static let name = "recipients.reveal"
  /// The mailing.
  public var mailing: RecordID
  /// Their numbers, ascending.
  public var numbers: [Int64]
  /// Why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "revealed \(numbers.count) recipients: \(firstLine(reason))" }

  /// Makes the change.
  public init(mailing: RecordID, numbers: [Int64], reason: String) {
    (self.mailing, self.numbers, self.reason) = (mailing, numbers.sorted(), reason)
  }
}

/// Gives up an import that broke off: those who are in stay, and another input may follow.
public struct EndImport: Change {
  /// What the journal calls it.
  public static let name = "recipients.end-import"
  /// The mailing.
  public var mailing: RecordID

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "gave up an import that had broken off" }

  /// Makes the change.
  public init(mailing: RecordID) { self.mailing = mailing }
}
