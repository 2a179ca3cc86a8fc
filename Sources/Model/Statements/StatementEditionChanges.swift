/// Puts a statement up as a version, and approves it as the first person.
///
/// Where the organisation wants no second person it may be published at once. What was seen is named by its
/// digest; where the record says something else by now it is refused.
public struct ProposeStatement: RegisterChange {
  /// What the journal calls it.
  public static let name = "statement-edition.propose"
  /// The statement.
  public var statement: RecordID
  /// The day as of which it is.
  public var date: DayNumber
  /// The digest of what was seen: `StatementContent.digest`.
  public var digest: String
  /// The version as it was put up; the store says so when it takes it in, nil before.
  public var edition: StatementEditionFacts?

  /// The record that it alters.
  public var subject: Subject { Subject(.statementEdition, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "put up and approved the statement, \(digest.prefix(12))" }

  /// Makes the change.
  public init(statement: RecordID, date: DayNumber, digest: String) {
    (self.statement, self.date, self.digest) = (statement, date, digest)
  }

  /// What the record says after it.
  public func after(
    _ state: RegisterState<StatementEditionFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<StatementEditionFacts> {
    guard state == nil else { throw RefusedStep("the version is there already") }
    guard let edition, edition.approvals.first?.by == account, edition.approvals.first?.at == at
    else { throw RefusedStep("a version is put up by whoever approves it first") }
    return RegisterState(facts: edition)
  }
}

/// What is done with a version of a statement.
public enum StatementEditionStep: Codable, Sendable, Equatable {
  /// A second person approves it; the account's number is what the store says.
  case approve(digest: String, uid: UInt32?)
  /// A second person refuses it.
  case refuse(reason: String)
  /// It was published, as the files that a manifest with this digest names.
  case publish(manifest: String)
  /// A newer one takes its place.
  case supersede(by: Int)
  /// It is taken back.
  case withdraw(reason: String)
  /// Something that it rests on was altered; made by the store alone.
  case void(cause: JournalSequence, reason: String)
}

/// Takes a version of a statement a step further.
public struct MoveStatement: RegisterChange, Alteration {
  /// What the journal calls it.
  public static let name = "statement-edition.move"
  /// Which version.
  public var id: RecordID
  /// The version of the record that it was made for.
  public var basedOn: Version?
  /// What is done.
  public var step: StatementEditionStep

  /// The record that it alters.
  public var subject: Subject { Subject(.statementEdition, id) }
  /// What it does, in a few words.
  public var headline: String {
    switch step {
    case .approve(let digest, _): "approved the statement, \(digest.prefix(12))"
    case .refuse: "refused the statement"
    case .publish: "published the statement"
    case .supersede(let number): "version \(number) takes the statement's place"
    case .withdraw: "withdrew the statement"
    case .void(_, let reason): "the statement is void: \(firstLine(reason))"
    }
  }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, step: StatementEditionStep) {
    (self.id, self.basedOn, self.step) = (id, basedOn, step)
  }

  /// What the record says after it.
  public func after(
    _ state: RegisterState<StatementEditionFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<StatementEditionFacts> {
    var state = try present(state)
    var facts = state.facts
    let name = "version \(facts.number)"
    func said(_ reason: String) throws(RefusedStep) -> StatementEditionFacts.Act {
      guard reason.contains(where: { !$0.isWhitespace }) else { throw RefusedStep("say why") }
      return StatementEditionFacts.Act(by: account, at: at, note: reason)
    }
    func end(_ to: StatementEditionFacts.State, _ reason: String) throws(RefusedStep) {
      facts.end = try said(reason)
      facts.state = to
    }
    switch step {
    case .approve(let digest, let uid):
      guard facts.state == .waiting else {
        throw RefusedStep("\(name) \(facts.state.standing) already")
      }
      guard digest == facts.digest else {
        throw RefusedStep("that is not the digest of \(name); look at it, then approve that")
      }
      guard let uid else { throw RefusedStep("nobody is named who approves it") }
      if let first = facts.approvals.first(where: { $0.uid == uid }) {
        throw RefusedStep("\(first.by) put \(name) up; another account must approve it")
      }
      facts.approvals.append(StatementEditionFacts.Approval(uid: uid, by: account, at: at))
      facts.state = .approved
    case .refuse(let reason):
      guard facts.state == .waiting else {
        throw RefusedStep("\(name) \(facts.state.standing); it can be withdrawn")
      }
      try end(.refused, reason)
    case .publish(let manifest):
      guard facts.state == .approved else {
        throw RefusedStep("\(name) \(facts.state.standing); only what is approved is published")
      }
      facts.published = StatementEditionFacts.Act(by: account, at: at, note: manifest)
      facts.state = .published
    case .supersede(let number):
      guard facts.state == .published, number > facts.number else {
        throw RefusedStep("\(name) \(facts.state.standing)")
      }
      try end(.superseded, "version \(number) takes its place")
    case .withdraw(let reason):
      guard facts.state.isLive || facts.state == .published else {
        throw RefusedStep("\(name) \(facts.state.standing) already")
      }
      try end(.withdrawn, reason)
    case .void(_, let reason):
      guard facts.state.isLive else { throw RefusedStep("\(name) \(facts.state.standing)") }
      try end(.void, reason)
    }
    state.facts = facts
    return state
  }
}
