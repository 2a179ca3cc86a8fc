/// How far a batch is: each step stands in the record before the next one begins.
public enum BatchState: String, Codable, Sendable, CaseIterable {
  /// Recipients are being taken into it; nobody has seen it.
  case gathering
  /// It is complete; its files are being written.
  case fixed
  /// Its files are on the disk; its recipients are being marked.
  case written
  /// All its recipients are marked as handed over; nothing of it changes any more.
  case closed

  /// What people call it.
  public var label: String {
    switch self {
    case .gathering, .fixed, .written: "unfinished"
    case .closed: "closed"
    }
  }
}

extension MailingBatch {
  /// How far it is, as people call it.
  public var label: String {
    isGivenUp ? (state == .closed ? "given up" : "being given up") : state.label
  }
}

/// A column of a batch's file.
public enum BatchColumn: String, Codable, Sendable, CaseIterable {
  case batch, line, number, reference, name, address, phone, language, jurisdiction, protection
  case categories, offer, text
}

/// A file of a batch: what must be found when somebody looks at it again.
public struct BatchFile: Hashable, Codable, Sendable {
  /// Its name, without a folder.
  public var name: String
  /// SHA-256 over its bytes, hexadecimal.
  public var sha256: String
  /// How many bytes it has.
  public var bytes: Int

  /// Makes a file.
  public init(name: String, sha256: String, bytes: Int) {
    (self.name, self.sha256, self.bytes) = (name, sha256, bytes)
  }
}

/// Recipients who were given to a printer or a call centre together.
///
/// Who is in it, in which order, with which contact and text is decided once, when it is fixed. Its files
/// can be written again at any time and are the same then, byte for byte.
public struct MailingBatch: Hashable, Codable, Sendable {
  /// The mailing.
  public var mailing: RecordID
  /// What people call the mailing, such as `MLG-2026-0001`.
  public var mailingReference: String
  /// Its number in the mailing, from 1.
  public var number: RecordID
  /// Over which channel its recipients are told.
  public var channel: MailingChannel
  /// How far it is.
  public var state: BatchState
  /// The columns of its file, in order.
  public var columns: [BatchColumn]
  /// Whether each text stands in a file of its own beside it.
  public var hasTexts: Bool
  /// To whom it goes, and why.
  ///
  /// Foreign text.
  public var reason: String
  /// How many recipients are in it.
  public var count: Int
  /// How many of them are marked as handed over.
  public var handedOver: Int
  /// When it was begun.
  public var openedAt: Instant
  /// Who began it.
  public var openedBy: String
  /// When it was complete; nil before.
  public var fixedAt: Instant?
  /// When it was closed; nil before.
  public var closedAt: Instant?
  /// The files, once they were written.
  public var files: [BatchFile]
  /// Whether it goes as registered post, so that *delivered* proves that somebody was reached.
  public var isRegistered: Bool
  /// Whether it was given up: who had not left went back to the queue.
  public var isGivenUp: Bool

  /// Makes a batch.
  public init(
    mailing: RecordID,
    mailingReference: String,
    number: RecordID,
    channel: MailingChannel,
    state: BatchState,
    columns: [BatchColumn],
    hasTexts: Bool,
    reason: String,
    count: Int,
    handedOver: Int,
    openedAt: Instant,
    openedBy: String,
    fixedAt: Instant?,
    closedAt: Instant?,
    files: [BatchFile],
    isRegistered: Bool = false,
    isGivenUp: Bool = false
  ) {
    (self.mailing, self.mailingReference, self.number) = (mailing, mailingReference, number)
    (self.channel, self.state, self.columns) = (channel, state, columns)
    (self.hasTexts, self.reason) = (hasTexts, reason)
    (self.count, self.handedOver) = (count, handedOver)
    (self.openedAt, self.openedBy, self.fixedAt) = (openedAt, openedBy, fixedAt)
    (self.closedAt, self.files) = (closedAt, files)
    (self.isRegistered, self.isGivenUp) = (isRegistered, isGivenUp)
  }
}

/// A recipient as the printer or the call centre gets to see it.
public struct BatchRow: Hashable, Sendable {
  /// Its place in the batch, from 1.
  public var line: Int64
  /// The recipient with the contact as it was when the batch was fixed.
  public var recipient: Recipient
  /// The version of the text, such as `E1/T3.2`; empty where there is none.
  public var text: String

  /// Makes a row.
  public init(line: Int64, recipient: Recipient, text: String) {
    (self.line, self.recipient, self.text) = (line, recipient, text)
  }
}

/// Where the files of a batch are written.
///
/// `begin`, `write` in order of line, `finish`; when `finish` returns, all of it is on the disk.
public protocol BatchSink: AnyObject, Sendable {
  /// Begins the files of a batch that is fixed.
  func begin(_ batch: MailingBatch) throws
  /// Writes the next rows.
  func write(_ rows: [BatchRow]) throws
  /// Makes the files durable under their names, and says what they are.
  func finish() throws -> [BatchFile]
}

extension MailingChannel {
  /// The channels whose recipients leave in batches.
  public static let exported: Set<MailingChannel> = [.post, .telephone, .sms]

  /// Whether a contact says where this channel leads.
  public func reaches(_ contact: RecipientContact) -> Bool {
    switch self {
    case .email: !contact.email.isEmpty
    case .post: !contact.address.isEmpty
    case .telephone, .sms: !contact.phone.isEmpty
    case .publicNotice: false
    }
  }

  /// The columns that a printer or call centre needs, and no more.
  ///
  /// What a text merges comes with it; a caller must know whom he asks for, under which number and in
  /// which language. Where people live, what was exposed and who is a child is no business of a printer:
  /// the version of the text is chosen by it already.
  public func columns(merging fields: Set<RecipientField>) -> [BatchColumn] {
    var wanted: Set<BatchColumn> = [.batch, .line, .number, .text]
    switch self {
    case .post: wanted.formUnion([.name, .address])
    case .telephone: wanted.formUnion([.reference, .name, .phone, .language])
    case .sms: wanted.insert(.phone)
    case .email, .publicNotice: break
    }
    let merged: [RecipientField: BatchColumn] = [
      .reference: .reference, .name: .name, .address: .address, .phone: .phone,
      .categories: .categories, .offer: .offer,
    ]
    for field in fields { if let column = merged[field] { wanted.insert(column) } }
    return BatchColumn.allCases.filter { wanted.contains($0) }
  }
}
