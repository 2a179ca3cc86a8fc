/// Adds a record to the privacy register.
public struct AddEntry<Facts: RegisterFacts>: RegisterChange {
  /// What the journal calls it.
  public static var name: String { "\(Facts.word).add" }
  /// What is known of it.
  public var facts: Facts

  /// The record that it alters.
  public var subject: Subject { Subject(Facts.kind, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "added \(Facts.noun): \(firstLine(facts.title))" }

  /// Makes the change.
  public init(_ facts: Facts) { self.facts = facts }

  /// What the record says after it.
  public func after(
    _ state: RegisterState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<Facts> {
    guard state == nil else { throw RefusedStep("the \(Facts.noun) is there already") }
    return RegisterState(facts: facts)
  }
}

/// Replaces what is known of a record of the privacy register.
public struct EditEntry<Facts: RegisterFacts>: RegisterChange, Alteration {
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
  public var headline: String { "edited \(Facts.noun): \(firstLine(facts.title))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: Facts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }

  /// What the record says after it.
  public func after(
    _ state: RegisterState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<Facts> {
    var state = try present(state)
    state.facts = facts
    return state
  }
}

/// Takes a record of the privacy register off its list; nothing is deleted.
public struct RemoveEntry<Facts: RegisterFacts>: RegisterChange, Alteration {
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
    _ state: RegisterState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<Facts> {
    var state = try present(state)
    state.isRemoved = true
    return state
  }
}

/// Puts a removed record of the privacy register back on its list.
public struct RestoreEntry<Facts: RegisterFacts>: RegisterChange, Alteration {
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
    _ state: RegisterState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<Facts> {
    guard var state else { throw RefusedStep("there is no such \(Facts.noun)") }
    guard state.isRemoved else { throw RefusedStep("the \(Facts.noun) was not removed") }
    state.isRemoved = false
    return state
  }
}
