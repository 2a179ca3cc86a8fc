/// Asks for the batches of a mailing, oldest first.
public struct MailingBatches: Question {
  /// What comes back.
  public typealias Answer = [MailingBatch]
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(of mailing: RecordID) { self.mailing = mailing }
}

/// Asks for the batches of a mailing with what came back of them, oldest first.
public struct BatchBoard: Question {
  /// A batch, and how many returns of which outcome were recorded.
  public struct Row: Identifiable, Hashable, Codable, Sendable {
    /// The batch.
    public var batch: MailingBatch
    /// How many by outcome; a person may be in several.
    public var returns: [ReturnOutcome: Int]
    /// Whether there are more than are counted for a screen.
    public var areReturnsCut: Bool

    /// The batch's number in the mailing.
    public var id: RecordID { batch.number }

    /// Makes a row.
    public init(batch: MailingBatch, returns: [ReturnOutcome: Int], areReturnsCut: Bool) {
      (self.batch, self.returns, self.areReturnsCut) = (batch, returns, areReturnsCut)
    }
  }

  /// What comes back.
  public typealias Answer = [Row]
  /// The mailing.
  public var mailing: RecordID
  /// How many returns of a batch are counted at most; nil counts all, which may take long.
  public var most: Int?

  /// Makes the question.
  public init(of mailing: RecordID, most: Int? = 20_000) {
    (self.mailing, self.most) = (mailing, most)
  }
}
