/// An officer's word on what was sent of a mailing between a backup and its restoring.
///
/// With it the mailing is held no longer. Broken off while people are being marked it goes on when it is
/// given again; the mailing stays held until all of them are.
public struct MailingRelease: Job {
  /// What was sent since the backup.
  public enum Word: String, Codable, Sendable, CaseIterable {
    /// Nothing: nobody was told.
    case nothing
    /// Some may have been told: they become uncertain, and are settled one by one or together.
    ///
    /// Those whom the replaced store names, also where the backup has them as told over another channel
    /// or as exempt; where it cannot be read all who are not told yet.
    case uncertain
  }

  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// How many became uncertain.
    public var uncertain: Int
    /// Whether the replaced store named them; else they are all who were not told yet.
    public var isNamed: Bool
    /// Whether the mailing is held no longer; false where it was broken off, or somebody is left.
    public var isReleased: Bool
    /// How many whom the replaced store names could not be taken as uncertain: the mailing stays held.
    public var left: Int

    /// Makes an outcome.
    public init(
      uncertain: Int = 0,
      isNamed: Bool = false,
      isReleased: Bool = false,
      left: Int = 0
    ) {
      (self.uncertain, self.isNamed, self.isReleased) = (uncertain, isNamed, isReleased)
      self.left = left
    }
  }

  /// The mailing.
  public var mailing: RecordID
  /// What was sent.
  public var word: Word
  /// From what that is known; not empty.
  public var reason: String

  /// Makes the job.
  public init(of mailing: RecordID, _ word: Word, reason: String) {
    (self.mailing, self.word, self.reason) = (mailing, word, reason)
  }
}

/// That a mailing is held no longer: what an officer said of the time since the backup.
///
/// Made by the job alone, when everybody it speaks of is marked.
public struct ReleaseMailing: Change {
  /// What the journal calls it.
  public static let name = "mailing.release"
  /// The mailing.
  public var mailing: RecordID
  /// The entry of the journal that says that the store was put back.
  public var restore: JournalSequence
  /// What was sent since the backup.
  public var word: MailingRelease.Word
  /// How many became uncertain by it, in this run.
  public var uncertain: Int
  /// From what that is known.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    switch word {
    case .nothing: "said that nothing was sent since the backup: \(firstLine(reason))"
    case .uncertain:
      "said that some may have been told since the backup, \(uncertain) are uncertain: "
        + firstLine(reason)
    }
  }

  /// Makes the change.
  public init(
    mailing: RecordID,
    restore: JournalSequence,
    word: MailingRelease.Word,
    uncertain: Int,
    reason: String
  ) {
    (self.mailing, self.restore, self.word) = (mailing, restore, word)
    (self.uncertain, self.reason) = (uncertain, reason)
  }
}
