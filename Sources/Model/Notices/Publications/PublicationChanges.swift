/// Records that a notice stands in public for people of a mailing.
public struct AddPublication: Change {
  /// What the journal calls it.
  public static let name = "publication.add"
  /// The incident that people are told of.
  public var incident: RecordID
  /// What is known of it.
  public var facts: PublicationFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.publication, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "public notice: \(facts.means.label), \(firstLine(facts.place))" }

  /// Makes the change.
  public init(incident: RecordID, facts: PublicationFacts) {
    (self.incident, self.facts) = (incident, facts)
  }
}

/// Corrects what is said of a public notice.
public struct EditPublication: Alteration {
  /// What the journal calls it.
  public static let name = "publication.edit"
  /// Which public notice.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is known from now on.
  public var facts: PublicationFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.publication, id) }
  /// What it does, in a few words.
  public var headline: String { "corrected a public notice: \(firstLine(facts.place))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: PublicationFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// Takes a public notice off the list; nothing is deleted.
public struct RemovePublication: Alteration {
  /// What the journal calls it.
  public static let name = "publication.remove"
  /// Which public notice.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.publication, id) }
  /// What it does, in a few words.
  public var headline: String { "removed a public notice" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed public notice back on the list.
public struct RestorePublication: Alteration {
  /// What the journal calls it.
  public static let name = "publication.restore"
  /// Which public notice.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.publication, id) }
  /// What it does, in a few words.
  public var headline: String { "put back a public notice" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}
