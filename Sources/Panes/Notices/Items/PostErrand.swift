public import Model

/// What is done with files for those of a mailing whom no e-mail tells.
public enum PostErrand<Action: Sendable>: Sendable {
  /// Hands those who wait for a channel over as a batch of files.
  case export(BatchOrder, then: @Sendable (Result<BatchExport.Outcome, ErrandFailure>) -> Action)
  /// Writes the files of a closed batch again.
  case rewrite(BatchOrder, then: @Sendable (Result<MailingBatch, ErrandFailure>) -> Action)
  /// Puts those in a batch that broke off back into the queue.
  case giveUp(BatchOrder, then: @Sendable (Result<BatchGivingUp.Outcome, ErrandFailure>) -> Action)
  /// Takes in what became of batches, from a file.
  case returns(RowsOrder, then: @Sendable (Result<ReturnImport, ErrandFailure>) -> Action)
  /// Brings codes of support into a pool, from a file.
  case codes(RowsOrder, then: @Sendable (Result<OfferImport, ErrandFailure>) -> Action)

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> PostErrand<Outer> {
    switch self {
    case .export(let order, let then): .export(order, then: { wrap(then($0)) })
    case .rewrite(let order, let then): .rewrite(order, then: { wrap(then($0)) })
    case .giveUp(let order, let then): .giveUp(order, then: { wrap(then($0)) })
    case .returns(let order, let then): .returns(order, then: { wrap(then($0)) })
    case .codes(let order, let then): .codes(order, then: { wrap(then($0)) })
    }
  }
}

/// Which batch is to be written, and where.
public struct BatchOrder: Sendable, Equatable {
  /// The mailing.
  public var mailing: Mailing
  /// Over which channel its people are told.
  public var channel: MailingChannel
  /// The number of a batch that is written again, or given up; nil for those who wait.
  public var batch: RecordID?
  /// The folder.
  public var folder: String
  /// To whom it goes, and why.
  public var reason: String
  /// Whether those who are approved are taken too.
  public var takesApproved = false
  /// Only those of these; nil for all.
  public var jurisdictions: Set<String>?
  /// At most so many; nil for all.
  public var limit: Int?
  /// Whether each text stands in a file of its own.
  public var writesTexts = false
  /// Whether it goes as registered post.
  public var isRegistered = false

  /// Makes an order.
  public init(
    mailing: Mailing,
    channel: MailingChannel,
    batch: RecordID? = nil,
    folder: String,
    reason: String
  ) {
    (self.mailing, self.channel, self.batch) = (mailing, channel, batch)
    (self.folder, self.reason) = (folder, reason)
  }
}

/// Which file of rows is to be taken into a mailing.
public struct RowsOrder: Sendable, Equatable {
  /// The mailing.
  public var mailing: Mailing
  /// The file.
  public var path: String
  /// Which column means what, as `field=column`.
  public var columns: [String] = []
  /// What words of the file mean, as `word=outcome`.
  public var words: [String] = []
  /// The batch of rows that name none; nil for the last one that a person was in.
  public var batch: RecordID?
  /// The pool that codes come into.
  public var pool = ""
  /// Whether the good rows of a file with bad ones are taken.
  public var skipsBad: Bool

  /// Makes an order.
  public init(mailing: Mailing, path: String, skipsBad: Bool) {
    (self.mailing, self.path, self.skipsBad) = (mailing, path, skipsBad)
  }
}
