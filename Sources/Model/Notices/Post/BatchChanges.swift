/// A batch that was begun: contacts are about to leave, to whom and why.
///
/// Made by the export alone, with the first recipients of the batch.
public struct OpenBatch: Change {
  /// What the journal calls it.
  public static let name = "batch.open"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// Over which channel.
  public var channel: MailingChannel
  /// The columns of its file.
  public var columns: [BatchColumn]
  /// Whether each text stands in a file of its own beside it.
  public var hasTexts: Bool
  /// To whom, and why.
  public var reason: String
  /// Whether it goes as registered post; nil in entries from before that was asked.
  public var isRegistered: Bool?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "began batch \(number) for \(channel.label): \(firstLine(reason))"
  }

  /// Makes the change.
  public init(
    mailing: RecordID,
    number: RecordID,
    channel: MailingChannel,
    columns: [BatchColumn],
    hasTexts: Bool,
    reason: String,
    isRegistered: Bool = false
  ) {
    (self.mailing, self.number, self.channel) = (mailing, number, channel)
    (self.columns, self.hasTexts, self.reason) = (columns, hasTexts, reason)
    self.isRegistered = isRegistered
  }
}

/// A batch that is complete: who is in it, as a digest.
///
/// Made by the export alone.
public struct FixBatch: Change {
  /// What the journal calls it.
  public static let name = "batch.fix"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// How many recipients are in it.
  public var count: Int
  /// SHA-256 over line, recipient and step of each, in order; hexadecimal.
  public var listed: String
  /// The columns of its file that its texts need; nil where they are those it was begun with.
  public var columns: [BatchColumn]?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "batch \(number) is complete: \(count) recipients" }

  /// Makes the change.
  public init(
    mailing: RecordID,
    number: RecordID,
    count: Int,
    listed: String,
    columns: [BatchColumn]? = nil
  ) {
    (self.mailing, self.number, self.count, self.listed) = (mailing, number, count, listed)
    self.columns = columns
  }
}

/// A batch whose files are on the disk, with their digests.
///
/// Made by the export alone, once for each time that they are written.
public struct DiscloseBatch: Change {
  /// What the journal calls it.
  public static let name = "batch.disclose"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// How many recipients are in it.
  public var count: Int
  /// To whom it goes, and why.
  public var reason: String
  /// The files.
  public var files: [BatchFile]

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "disclosed \(count) recipients in batch \(number): \(firstLine(reason))"
  }

  /// Makes the change.
  public init(
    mailing: RecordID,
    number: RecordID,
    count: Int,
    reason: String,
    files: [BatchFile]
  ) {
    (self.mailing, self.number, self.count) = (mailing, number, count)
    (self.reason, self.files) = (reason, files)
  }
}

/// A closed batch whose files are about to be written again: to whom and why.
///
/// Made by the export alone, before a byte is written.
public struct ReopenBatchFiles: Change {
  /// What the journal calls it.
  public static let name = "batch.rewrite"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// To whom, and why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "writes batch \(number) again: \(firstLine(reason))" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID, reason: String) {
    (self.mailing, self.number, self.reason) = (mailing, number, reason)
  }
}

/// A batch that is closed: all its recipients are marked as handed over.
///
/// Made by the export alone.
public struct CloseBatch: Change {
  /// What the journal calls it.
  public static let name = "batch.close"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// How many of its recipients were marked.
  public var handedOver: Int

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "closed batch \(number): \(handedOver) handed over" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID, handedOver: Int) {
    (self.mailing, self.number, self.handedOver) = (mailing, number, handedOver)
  }
}

/// An unfinished batch that is gone on with: to whom and why, as this export says.
///
/// Made by the export alone, before a byte is written.
public struct ResumeBatch: Change {
  /// What the journal calls it.
  public static let name = "batch.resume"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// To whom, and why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "goes on with batch \(number): \(firstLine(reason))" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID, reason: String) {
    (self.mailing, self.number, self.reason) = (mailing, number, reason)
  }
}

/// An unfinished batch that is given up: whoever has not left goes back to the queue.
///
/// Made by the job alone, before anybody is moved: from then on no export goes on with the batch.
public struct GiveUpBatch: Change {
  /// What the journal calls it.
  public static let name = "batch.give-up"
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// Why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "gives batch \(number) up: \(firstLine(reason))" }

  /// Makes the change.
  public init(mailing: RecordID, number: RecordID, reason: String) {
    (self.mailing, self.number, self.reason) = (mailing, number, reason)
  }
}
