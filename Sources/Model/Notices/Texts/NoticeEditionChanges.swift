/// Puts all texts of a mailing up as one edition, and approves it as the first person.
///
/// Where the organisation wants no second person it is in force at once. What was seen is named by its
/// digest; where the record says something else by now it is refused.
public struct ProposeEdition: Change {
  /// What the journal calls it.
  public static let name = "edition.propose"
  /// The mailing.
  public var mailing: RecordID
  /// The day of the notice, as `2026-03-13`.
  public var date: String
  /// The digest of what was seen: `NoticeEditionFacts.digest`.
  public var digest: String
  /// What the texts were checked against, and what came of it, line by line.
  public var checks: [String]
  /// Whether a second person is needed before it is in force; the store says so when it is put up, nil
  /// before.
  public var needsTwo: Bool?

  /// The record that it alters.
  public var subject: Subject { Subject(.edition, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "put up and approved the texts, \(digest.prefix(12))" }

  /// Makes the change.
  public init(mailing: RecordID, date: String, digest: String, checks: [String]) {
    (self.mailing, self.date, self.digest, self.checks) = (mailing, date, digest, checks)
  }
}

/// Approves an edition that waits for a second person; another account than the first.
public struct ApproveEdition: Alteration {
  /// What the journal calls it.
  public static let name = "edition.approve"
  /// Which edition.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// The digest of what was seen.
  public var digest: String

  /// The record that it alters.
  public var subject: Subject { Subject(.edition, id) }
  /// What it does, in a few words.
  public var headline: String { "approved the texts, \(digest.prefix(12))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, digest: String) {
    (self.id, self.basedOn, self.digest) = (id, basedOn, digest)
  }
}

/// Refuses an edition that waits for a second person.
public struct RefuseEdition: Alteration {
  /// What the journal calls it.
  public static let name = "edition.refuse"
  /// Which edition.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why; not empty.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.edition, id) }
  /// What it does, in a few words.
  public var headline: String { "refused the texts" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String) {
    (self.id, self.basedOn, self.reason) = (id, basedOn, reason)
  }
}

/// Takes an edition back that waits or is in force: nothing more is sent of it.
public struct WithdrawEdition: Alteration {
  /// What the journal calls it.
  public static let name = "edition.withdraw"
  /// Which edition.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why; not empty.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.edition, id) }
  /// What it does, in a few words.
  public var headline: String { "withdrew the texts" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String) {
    (self.id, self.basedOn, self.reason) = (id, basedOn, reason)
  }
}

/// Says that an edition is void, because something that it rests on was altered.
///
/// Made by the store alone, right behind the entry of what was altered.
public struct VoidEdition: Change {
  /// What the journal calls it.
  public static let name = "edition.void"
  /// Which edition.
  public var id: RecordID
  /// The entry of the journal that overtook it.
  public var cause: JournalSequence
  /// What was altered.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.edition, id) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "the texts are void: \(firstLine(reason))" }

  /// Makes the change.
  public init(id: RecordID, cause: JournalSequence, reason: String) {
    (self.id, self.cause, self.reason) = (id, cause, reason)
  }
}
