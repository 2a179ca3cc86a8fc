public import Model
public import Rulebook

/// Keeps the clocks of incidents in step with their facts, with what was sent, and with the rules.
///
/// Works one incident at a time, so that it can be stopped at any moment and goes on where it was.
/// New facts are worked out at once; edited rules change running clocks only when somebody adopts
/// them.
public struct ClockKeeper: Sendable {
  /// The record.
  let store: any Store
  /// What works the deadlines out.
  let engine: ObligationEngine
  /// The digest of the rulebook.
  public let basis: String
  let now: @Sendable () -> Instant
  /// What the journal says of where the changes come from.
  private let origin: String

  /// Makes a keeper.
  public init(
    store: any Store,
    rulebook: Rulebook,
    origin: String,
    now: @escaping @Sendable () -> Instant
  ) {
    (self.store, self.origin, self.now) = (store, origin, now)
    (engine, basis) = (ObligationEngine(pack: rulebook.pack), rulebook.digest)
  }

  /// What the rules say of one incident now, and what of its facts no rule can read.
  public struct Answer: Sendable {
    /// The incident.
    public var incident: Incident
    /// The facts that the engine was given.
    public var facts: Facts
    /// When notices were sent, by obligation id.
    public var sent: [String: [Instant]]
    /// Every duty that was considered.
    public var obligations: [Obligation]
    /// What stands in the record and no rule can read.
    public var unusable: [UnusableFact]
    /// Whether the record has these answers already.
    public var isCurrent: Bool
  }

  /// Works out the duties of an incident.
  ///
  /// - Parameters:
  ///   - id: The incident.
  ///   - change: What to try in a copy of the incident first; nothing of it is recorded.
  /// - Returns: What the rules say; nil where there is no incident of that number.
  /// - Throws: `StoreError`.
  public func answer(
    for id: RecordID,
    trying change: (inout Incident) -> Void = { _ in }
  ) async throws -> Answer? {
    let inputs = try await store.answer(ObligationInputs(incident: id, basis: basis))
    guard var incident = inputs.incident else { return nil }
    change(&incident)
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    var unusable: [UnusableFact] = []
    let facts = Facts(incident, organisation, sent: inputs.sent, unusable: &unusable)
    return Answer(
      incident: incident,
      facts: facts,
      sent: inputs.sent,
      obligations: engine.obligations(for: facts, now: now()),
      unusable: unusable,
      isCurrent: inputs.isCurrent
    )
  }

  /// Brings the clocks of one incident up to date.
  ///
  /// What the incident turned out not to be ends its clocks: a false positive and a duplicate owe
  /// nothing of their own.
  public func update(_ id: RecordID, cause: String) async throws {
    guard let answer = try await answer(for: id), !answer.isCurrent else { return }
    let kept = Set(
      try await store.answer(IncidentObligations(incident: id)).map(\.obligation.id)
    )
    let isNothing = [.falsePositive, .duplicate].contains(answer.incident.facts.outcome)
    try await store.apply(
      RecordObligations(
        incident: id,
        incidentVersion: answer.incident.version,
        sent: answer.sent,
        basis: basis,
        cause: cause,
        obligations: isNothing
          ? [] : answer.obligations.filter { $0.isTracked(wasKept: kept.contains($0.id)) }
      ),
      origin: origin
    )
  }

  /// Brings the clocks of one incident up to date after a change of it that is in the record already.
  ///
  /// Where others alter the incident at the same moment it tries again a few times; what is then still
  /// stale is worked out by whoever looks at the clocks next.
  ///
  /// - Throws: `StoreError` that no other try can mend.
  public func updateAfterChange(_ id: RecordID, cause: String) async throws {
    for _ in 0..<5 {
      do {
        return try await update(id, cause: cause)
      } catch let error as StoreError where error.isPassing {
        continue
      }
    }
  }

  /// Brings the clocks of all open incidents with new facts up to date.
  ///
  /// - Parameters:
  ///   - adopting: Whether clocks that rest on other rules are worked out by these as well.
  ///   - progress: Told how many are done of how many; returns whether to go on.
  /// - Returns: How many incidents were worked out.
  /// - Throws: `StoreError`; what was worked out before stays.
  @discardableResult
  public func updateAll(
    adopting: Bool = false,
    progress: (Int, Int) -> Bool = { _, _ in true }
  ) async throws -> Int {
    let question = StaleClocks(basis: adopting ? basis : "", limit: 200)
    var done = 0
    var failed: Set<RecordID> = []
    while true {
      let stale = try await store.answer(question)
      let waiting = stale.incidents.filter { !failed.contains($0) }
      guard !waiting.isEmpty else { return done }
      for id in waiting {
        guard progress(done, done + stale.total) else { return done }
        do {
          try await update(id, cause: adopting ? "rules edited" : "facts changed")
          done += 1
        } catch let error as StoreError where error.isPassing {
          // Somebody altered it meanwhile; it is stale again and comes back.
          failed.insert(id)
        }
      }
      if stale.incidents.count < question.limit, failed.isEmpty { return done }
      if waiting.count == failed.count { return done }
    }
  }

  /// One clock that edited rules would change.
  public struct Difference: Sendable, Equatable {
    /// The incident.
    public var incident: RecordID
    /// Its reference.
    public var reference: String
    /// The rule's id.
    public var rule: String
    /// What the record says; nil where it has no such clock.
    public var before: Obligation?
    /// What the rules say now; nil where they no longer ask for it.
    public var after: Obligation?
    /// Whether the incident is an exercise.
    public var isExercise = false
  }

  /// The clocks of open incidents that these rules would change, of incidents that rest on others.
  public func differences(limit: Int = 10_000) async throws -> [Difference] {
    let stale = try await store.answer(StaleClocks(basis: basis, limit: limit))
    var differences: [Difference] = []
    for id in stale.incidents {
      guard let answer = try await answer(for: id) else { continue }
      let before = try await store.answer(IncidentObligations(incident: id))
      let old = Dictionary(before.map { ($0.obligation.id, $0.obligation) }) { first, _ in first }
      let tracked = answer.obligations.filter { $0.isTracked(wasKept: old[$0.id] != nil) }
      let new = Dictionary(tracked.map { ($0.id, $0) }) { first, _ in first }
      for rule in Set(old.keys).union(new.keys).sorted()
      where old[rule]?.state != new[rule]?.state {
        differences.append(
          Difference(
            incident: id,
            reference: answer.incident.reference,
            rule: rule,
            before: old[rule],
            after: new[rule],
            isExercise: answer.incident.isExercise
          )
        )
      }
    }
    return differences
  }
}

extension ClockKeeper.Answer {
  /// The clocks that run on these answers, for a list that cannot wait until they are in the record.
  public func runningClocks(at now: Instant) -> [ClockList.Row] {
    obligations.filter { obligation in
      guard !obligation.isMet(by: sent[obligation.id] ?? []) else { return false }
      switch obligation.state {
      case .due, .held, .noFixedDeadline: return true
      default: return false
      }
    }.map { row($0, now) }
  }

  /// The duties that wait for a fact on these answers, for the same list.
  ///
  /// - Parameters:
  ///   - now: The present instant.
  ///   - history: What the record has of a duty, by rule, newest first.
  /// - Returns: The duties; one that the record had as a clock with what it said.
  public func waitingClocks(
    at now: Instant,
    history: [String: [ObligationRecord]]
  ) -> [WaitingClocks.Row] {
    obligations.filter {
      $0.state.isWaiting && sent[$0.id] == nil && $0.isTracked(wasKept: history[$0.id] != nil)
    }.map { obligation in
      let row = row(obligation, now)
      return WaitingClocks.Row(
        clock: row,
        stopped: WaitingClocks.Stopped([row.record] + (history[obligation.id] ?? []))
      )
    }
  }

  private func row(_ obligation: Obligation, _ now: Instant) -> ClockList.Row {
    ClockList.Row(
      record: ObligationRecord(
        id: 0,
        incident: incident.id,
        obligation: obligation,
        computedAt: now,
        cause: "not kept"
      ),
      reference: incident.reference,
      title: incident.facts.title,
      severity: incident.facts.severity,
      isExercise: incident.isExercise
    )
  }
}

extension StoreError {
  /// Whether another try may succeed: what was worked out rests on facts that have moved on.
  fileprivate var isPassing: Bool {
    switch self {
    case .conflict, .refused: true
    default: false
    }
  }
}
