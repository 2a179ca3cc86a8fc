/// Asks for the texts of a mailing in their newest versions, by number.
public struct MailingTexts: Question {
  /// What comes back; removed ones only where they are asked for.
  public typealias Answer = [NoticeText]
  /// The mailing.
  public var mailing: RecordID
  /// Whether removed ones are wanted as well.
  public var withRemoved: Bool

  /// Makes the question.
  public init(mailing: RecordID, withRemoved: Bool = false) {
    (self.mailing, self.withRemoved) = (mailing, withRemoved)
  }
}

/// Asks for all versions of a text, oldest first.
public struct NoticeTextVersions: Question {
  /// What comes back; empty where there is no such text.
  public typealias Answer = [NoticeText]
  /// The mailing.
  public var mailing: RecordID
  /// The text's number in it.
  public var number: Int

  /// Makes the question.
  public init(mailing: RecordID, number: Int) { (self.mailing, self.number) = (mailing, number) }
}

/// Asks for the editions of a mailing, newest first.
///
/// The one that may be sent is the one that is in force; there is never more than one.
public struct MailingEditions: Question {
  /// What comes back.
  public typealias Answer = [NoticeEdition]
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(mailing: RecordID) { self.mailing = mailing }
}

/// Asks for the edition of a mailing that is in force; nil where none is.
public struct EditionInForce: Question {
  /// What comes back.
  public typealias Answer = NoticeEdition?
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(mailing: RecordID) { self.mailing = mailing }
}

/// Asks what would be put up for approval now: texts, values, and who is listed and gets what.
///
/// Answered from running tallies, whatever the number of recipients.
public struct EditionDraft: Question {
  /// What comes back.
  public typealias Answer = NoticeEditionFacts
  /// The mailing.
  public var mailing: RecordID
  /// The day of the notice, as `2026-03-13`.
  public var date: String

  /// Makes the question.
  public init(mailing: RecordID, date: String) { (self.mailing, self.date) = (mailing, date) }
}

/// Asks how many people lack something that the text they would get needs of them.
///
/// Reads every recipient that is pending or approved: seconds for a million.
public struct RecipientGaps: Question {
  /// So many people who get a text and lack what a field needs.
  public struct Gap: Codable, Sendable, Hashable {
    /// The text's name.
    public var text: String
    /// The field.
    public var field: MergeField
    /// How many.
    public var count: Int

    /// Makes a gap.
    public init(text: String, field: MergeField, count: Int) {
      (self.text, self.field, self.count) = (text, field, count)
    }
  }

  /// What comes back, by text and field; empty where nobody lacks anything.
  public typealias Answer = [Gap]
  /// The mailing.
  public var mailing: RecordID
  /// The personal fields that each text cannot do without, by the text's name.
  public var needs: [String: [MergeField]]

  /// Makes the question.
  public init(mailing: RecordID, needs: [String: [MergeField]]) {
    (self.mailing, self.needs) = (mailing, needs)
  }
}
