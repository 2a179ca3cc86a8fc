/// Adds a text to a mailing.
public struct AddNoticeText: Change {
  /// What the journal calls it.
  public static let name = "notice.add"
  /// The mailing.
  public var mailing: RecordID
  /// What it says, and to whom.
  public var facts: NoticeTextFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.notice, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "added a text (\(facts.language)): \(firstLine(facts.subject))" }

  /// Makes the change.
  public init(mailing: RecordID, facts: NoticeTextFacts) {
    (self.mailing, self.facts) = (mailing, facts)
  }
}

/// Writes a new version of a text; what was confirmed of the one before does not count for it.
public struct EditNoticeText: Alteration {
  /// What the journal calls it.
  public static let name = "notice.edit"
  /// Which text.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What it says from now on, and to whom.
  public var facts: NoticeTextFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.notice, id) }
  /// What it does, in a few words.
  public var headline: String { "edited a text (\(facts.language)): \(firstLine(facts.subject))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: NoticeTextFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// Takes a text out of its mailing; its versions are kept.
public struct RemoveNoticeText: Alteration {
  /// What the journal calls it.
  public static let name = "notice.remove"
  /// Which text.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.notice, id) }
  /// What it does, in a few words.
  public var headline: String { "removed a text" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed text back.
public struct RestoreNoticeText: Alteration {
  /// What the journal calls it.
  public static let name = "notice.restore"
  /// Which text.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.notice, id) }
  /// What it does, in a few words.
  public var headline: String { "put a text back" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Records what a person has confirmed of a version of a text; one said later takes its place.
public struct ConfirmNotice: Change {
  /// What the journal calls it.
  public static let name = "notice.confirm"
  /// Which text.
  public var id: RecordID
  /// The version that was read.
  public var version: Version
  /// The list of contents, such as `gdpr-34-2`.
  public var content: String
  /// The item; `forbidden/` and the item for what must not be said.
  public var item: String
  /// What was found; nil takes back what was said before.
  public var verdict: NoticeConfirmation.Verdict?
  /// Why; needed where the item does not apply.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.notice, id) }
  /// The version that it was made for.
  public var basedOn: Version? { version }
  /// What it does, in a few words.
  public var headline: String { "\(verdict?.label ?? "took back"): \(content)/\(item)" }

  /// Makes the change.
  public init(
    id: RecordID,
    version: Version,
    content: String,
    item: String,
    verdict: NoticeConfirmation.Verdict?,
    reason: String = ""
  ) {
    (self.id, self.version, self.content, self.item) = (id, version, content, item)
    (self.verdict, self.reason) = (verdict, reason)
  }
}
