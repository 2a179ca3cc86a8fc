internal import Exchange
public import Model

/// Where people are handed over in batches of files: what commands and dashboard share.
public struct BatchDesk: Sendable {
  private let store: any Store
  private let origin: String

  /// What is to be handed over, and how.
  public struct Order: Sendable {
    /// Over which channel.
    public var channel: MailingChannel
    /// The folder; made where there is none.
    public var folder: String
    /// To whom it goes, and why.
    public var reason: String
    /// Whether those who are approved are taken too, if this is the first channel that reaches them.
    public var takesApproved: Bool
    /// Only those of these; nil for all.
    public var jurisdictions: Set<String>?
    /// At most so many; nil for all.
    public var limit: Int?
    /// Whether each text stands in a file of its own.
    public var writesTexts: Bool
    /// Whether it goes as registered post; only of that *delivered* proves that somebody was reached.
    public var isRegistered: Bool

    /// Makes an order.
    public init(
      over channel: MailingChannel,
      into folder: String,
      reason: String,
      takesApproved: Bool = false,
      jurisdictions: Set<String>? = nil,
      limit: Int? = nil,
      writesTexts: Bool = false,
      isRegistered: Bool = false
    ) {
      (self.channel, self.folder, self.reason) = (channel, folder, reason)
      (self.takesApproved, self.jurisdictions) = (takesApproved, jurisdictions)
      (self.limit, self.writesTexts, self.isRegistered) = (limit, writesTexts, isRegistered)
    }
  }

  /// No texts of the mailing are approved, and no batch that broke off is to be gone on with.
  public struct NothingApproved: Error, Sendable, CustomStringConvertible {
    /// What people call the mailing.
    public var reference: String
    /// What happened.
    public var description: String { "no texts of \(reference) are approved" }
  }

  /// Makes a desk.
  ///
  /// - Parameters:
  ///   - store: The record.
  ///   - origin: What the journal says where a change came from.
  public init(store: any Store, origin: String) { (self.store, self.origin) = (store, origin) }

  /// Hands those who wait over, or goes on with a batch of the channel that broke off.
  ///
  /// - Throws: `NothingApproved`, `StoreError`, or why files cannot be written.
  public func export(
    _ order: Order,
    of mailing: Mailing,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> BatchExport.Outcome {
    let editions = try await store.answer(MailingEditions(mailing: mailing.id))
    return try await store.perform(
      BatchExport(
        of: mailing.id,
        over: order.channel,
        reason: order.reason,
        takesApproved: order.takesApproved,
        jurisdictions: order.jurisdictions,
        limit: order.limit,
        writesTexts: order.writesTexts,
        isRegistered: order.isRegistered,
        texts: try await texts(of: mailing, over: order.channel, editions),
        into: Self.folder(order.folder, editions)
      ),
      origin: origin,
      progress: progress
    )
  }

  /// Writes the files of a closed batch again; they come out as they were.
  ///
  /// - Throws: `StoreError`, or why files cannot be written.
  public func rewrite(
    _ batch: RecordID,
    of mailing: Mailing,
    into folder: String,
    reason: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> MailingBatch {
    let editions = try await store.answer(MailingEditions(mailing: mailing.id))
    return try await store.perform(
      BatchRewriting(
        of: mailing.id,
        batch,
        reason: reason,
        into: Self.folder(folder, editions)
      ),
      origin: origin,
      progress: progress
    )
  }

  /// Puts those in a batch that broke off back into the queue.
  ///
  /// - Throws: `StoreError`.
  public func giveUp(
    _ batch: RecordID,
    of mailing: Mailing,
    reason: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> BatchGivingUp.Outcome {
    try await store.perform(
      BatchGivingUp(of: mailing.id, batch, reason: reason),
      origin: origin,
      progress: progress
    )
  }

  private static func folder(_ path: String, _ editions: [NoticeEdition]) -> BatchFolder {
    BatchFolder(path) { try BatchEdition.rendered($0, of: editions) }
  }

  /// The texts of the edition in force; none where a batch that broke off needs none.
  private func texts(
    of mailing: Mailing,
    over channel: MailingChannel,
    _ editions: [NoticeEdition]
  ) async throws -> any BatchTexts {
    if let edition = editions.first(where: \.isInForce) {
      return try BatchEdition(edition, over: channel)
    }
    let batches = try await store.answer(MailingBatches(of: mailing.id))
    if batches.contains(where: { $0.channel == channel && $0.state != .closed }) {
      return NoTexts()
    }
    throw NothingApproved(reference: mailing.reference)
  }
}

/// No texts at all: for a batch that takes nobody more.
private struct NoTexts: BatchTexts {
  let edition: RecordID? = nil
  let fields: Set<RecipientField> = []

  func text(for recipient: Recipient, over channel: MailingChannel) -> String? { nil }
}
