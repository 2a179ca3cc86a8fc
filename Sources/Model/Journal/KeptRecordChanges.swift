/// Writes a new record down.
public struct AddRecord<Facts: RecordFacts>: Change {
  /// What the journal calls it.
  public static var name: String { "\(Facts.word).add" }
  /// What is known of it.
  public var facts: Facts

  /// The record that it alters.
  public var subject: Subject { Subject(Facts.kind, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "added \(recordWords(facts))" }

  /// Makes the change.
  public init(_ facts: Facts) { self.facts = facts }
}

/// Sets what is known of a record.
public struct EditRecord<Facts: RecordFacts>: Alteration {
  /// What the journal calls it.
  public static var name: String { "\(Facts.word).edit" }
  /// Which record.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is known from now on.
  public var facts: Facts

  /// The record that it alters.
  public var subject: Subject { Subject(Facts.kind, id) }
  /// What it does, in a few words.
  public var headline: String { "edited \(recordWords(facts))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: Facts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }
}

/// Takes a record off the lists; nothing is deleted.
public struct RemoveRecord<Facts: RecordFacts>: Alteration {
  /// What the journal calls it.
  public static var name: String { "\(Facts.word).remove" }
  /// Which record.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(Facts.kind, id) }
  /// What it does, in a few words.
  public var headline: String { "removed \(Facts.noun)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed record back on the lists.
public struct PutBackRecord<Facts: RecordFacts>: Alteration {
  /// What the journal calls it.
  public static var name: String { "\(Facts.word).restore" }
  /// Which record.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(Facts.kind, id) }
  /// What it does, in a few words.
  public var headline: String { "put back \(Facts.noun)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// A record in a few words: `the course SEC-1`.
private func recordWords<Facts: RecordFacts>(_ facts: Facts) -> String {
  facts.title.isEmpty ? Facts.noun : "\(Facts.noun) \(firstLine(facts.title))"
}
