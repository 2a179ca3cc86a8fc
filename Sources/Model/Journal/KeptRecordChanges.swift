/// Writes a new record down.
public struct AddRecord<Facts: RecordFacts>: RecordChange {
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
  /// All that the record says after it.
  public var whole: Facts? { facts }

  /// Makes the change.
  public init(_ facts: Facts) { self.facts = facts }

  /// What the record says after it.
  public func after(
    _ state: RecordState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<Facts> {
    guard state == nil else { throw RefusedStep("the \(Facts.noun) is there already") }
    return RecordState(facts: facts)
  }
}

/// Replaces what is known of a record.
public struct EditRecord<Facts: RecordFacts>: RecordChange, Alteration {
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
  /// All that the record says after it.
  public var whole: Facts? { facts }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: Facts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<Facts> {
    var state = try present(state)
    state.facts = facts
    return state
  }
}

/// Takes a record off its list; nothing is deleted.
public struct RemoveRecord<Facts: RecordFacts>: RecordChange, Alteration {
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

  /// What the record says after it.
  public func after(
    _ state: RecordState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<Facts> {
    guard var state else { throw RefusedStep("there is no such \(Facts.noun)") }
    guard !state.isRemoved else { throw RefusedStep("the \(Facts.noun) was removed already") }
    state.isRemoved = true
    return state
  }
}

/// Puts a removed record back on its list.
public struct PutBackRecord<Facts: RecordFacts>: RecordChange, Alteration {
  /// What the journal calls it.
  public static var name: String { "\(Facts.word).restore" }
  /// Which record.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(Facts.kind, id) }
  /// What it does, in a few words.
  public var headline: String { "restored \(Facts.noun)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }

  /// What the record says after it.
  public func after(
    _ state: RecordState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<Facts> {
    guard var state else { throw RefusedStep("there is no such \(Facts.noun)") }
    guard state.isRemoved else { throw RefusedStep("the \(Facts.noun) was not removed") }
    state.isRemoved = false
    return state
  }
}

/// A record in a few words: `course: SEC-1`.
private func recordWords<Facts: RecordFacts>(_ facts: Facts) -> String {
  facts.title.isEmpty ? Facts.noun : "\(Facts.noun): \(firstLine(facts.title))"
}
