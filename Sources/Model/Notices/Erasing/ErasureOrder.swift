/// One person's order to erase the recipients of a mailing before their time is over.
///
/// Where the organisation wants a second person, another account erases them.
public struct OrderErasure: Alteration {
  /// What the journal calls it.
  public static let name = "mailing.erase-order"
  /// Which mailing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// How many people it has; the order is for these alone.
  public var recipients: Int

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, id) }
  /// What it does, in a few words.
  public var headline: String {
    "ordered to erase \(recipients) recipients; a second person must erase them"
  }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, recipients: Int) {
    (self.id, self.basedOn, self.recipients) = (id, basedOn, recipients)
  }
}

/// Takes an order to erase back.
public struct WithdrawErasure: Alteration {
  /// What the journal calls it.
  public static let name = "mailing.erase-withdraw"
  /// Which mailing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, id) }
  /// What it does, in a few words.
  public var headline: String { "took the order to erase the recipients back" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// An order to erase that waits for a second person.
public struct ErasureOrder: Codable, Sendable, Equatable {
  /// Whose account gave it.
  public var uid: UInt32
  /// What people call the account.
  public var by: String
  /// When.
  public var at: Instant

  /// Makes an order.
  public init(uid: UInt32, by: String, at: Instant) { (self.uid, self.by, self.at) = (uid, by, at) }
}

/// Asks what erasing the recipients of a mailing would come to now.
public struct ErasureOutlook: Question {
  /// What comes back.
  public struct Answer: Codable, Sendable, Equatable {
    /// How many people are not told yet: they never will be.
    public var untold: Int
    /// How many of them are queued, uncertain or being handed over just now.
    public var inHand: Int
    /// Whether a program is sending it.
    public var isSending: Bool
    /// Whether their time is over and everybody is told, so that nobody must order it.
    public var isOver: Bool
    /// Whether a second person must order it too: the organisation wants one, or did when it was ordered.
    public var needsTwo: Bool
    /// The order that waits for a second person; nil for none.
    public var order: ErasureOrder?

    /// Makes an answer.
    public init(
      untold: Int,
      inHand: Int,
      isSending: Bool,
      isOver: Bool,
      needsTwo: Bool,
      order: ErasureOrder?
    ) {
      (self.untold, self.inHand, self.isSending) = (untold, inHand, isSending)
      (self.isOver, self.needsTwo, self.order) = (isOver, needsTwo, order)
    }
  }

  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(of mailing: RecordID) { self.mailing = mailing }
}
