/// Opens a mailing for an incident, with a data key of its own.
public struct OpenMailing: Change {
  /// What the journal calls it.
  public static let name = "mailing.open"
  /// The incident that people are told of.
  public var incident: RecordID
  /// What is known of it.
  public var facts: MailingFacts
  /// The key that its recipients are sealed with, as it is kept; the store says so when it is opened,
  /// nil before.
  public var key: Key?

  /// What the journal keeps of a mailing's key: nothing that opens anything.
  public struct Key: Codable, Sendable, Equatable {
    /// The id of the key that it is wrapped by.
    public var by: String
    /// SHA-256 of the wrapped key; hexadecimal.
    public var digest: String

    /// Makes a mark.
    public init(by: String, digest: String) { (self.by, self.digest) = (by, digest) }
  }

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "opened the mailing \(firstLine(facts.name))" }

  /// Makes the change.
  public init(incident: RecordID, facts: MailingFacts) {
    (self.incident, self.facts) = (incident, facts)
  }
}

/// Replaces what is known of a mailing.
public struct EditMailing: Alteration {
  /// What the journal calls it.
  public static let name = "mailing.edit"
  /// Which mailing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is known from now on.
  public var facts: MailingFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, id) }
  /// What it does, in a few words.
  public var headline: String { "edited the mailing \(firstLine(facts.name))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: MailingFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// Takes a mailing without recipients off the lists.
public struct RemoveMailing: Alteration {
  /// What the journal calls it.
  public static let name = "mailing.remove"
  /// Which mailing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, id) }
  /// What it does, in a few words.
  public var headline: String { "removed the mailing" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed mailing back on the lists.
public struct RestoreMailing: Alteration {
  /// What the journal calls it.
  public static let name = "mailing.restore"
  /// Which mailing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, id) }
  /// What it does, in a few words.
  public var headline: String { "put the mailing back" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Destroys the data key of a mailing: nobody can read its recipients any more.
///
/// Counts, states and proof stay. Nothing takes it back.
public struct EraseMailing: Alteration {
  /// What the journal calls it.
  public static let name = "mailing.erase"
  /// Which mailing.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Whether somebody ordered it by typing the mailing's name: needed before its date.
  public var isOrdered: Bool
  /// Whether it is wanted though people are queued, uncertain or being handed over; nil in entries from
  /// before that was asked.
  public var whileTelling: Bool?
  /// The entry that erased them in a store that a backup has replaced since; nil for any other erasing.
  ///
  /// Said by the restoring alone.
  public var again: JournalSequence?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, id) }
  /// What it does, in a few words.
  public var headline: String {
    if let again {
      return "erased the recipients again, as entry \(again) of the replaced store did"
    }
    return isOrdered
      ? "erased the recipients, on order" : "erased the recipients, their time being over"
  }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, isOrdered: Bool, whileTelling: Bool = false) {
    (self.id, self.basedOn, self.isOrdered) = (id, basedOn, isOrdered)
    self.whileTelling = whileTelling
  }
}
