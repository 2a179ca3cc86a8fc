public import Model
public import Rulebook

/// Keeps the clocks of incidents in step with their facts, with what was sent, and with the rules.
///
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
  public func update(_ id: RecordID, cause: String) async throws {
    try await update([id], basis: basis, cause: cause)
  }

  /// Brings the clocks of some incidents up to date in one transaction; passes over those that are.
  ///
  /// - Returns: How long the store took to keep them.
  @discardableResult
  private func update(
    _ ids: [RecordID],
    basis wanted: String,
    cause: String
  ) async throws -> Duration {
    let inputs = try await store.answer(StaleInputs(incidents: ids, basis: wanted))
    guard !inputs.items.isEmpty else { return .zero }
    let moment = now()
    let changes = inputs.items.map { item in
      RecordObligations(
        incident: item.incident.id,
        incidentVersion: item.incident.version,
        sent: item.sent,
        basis: basis,
        cause: cause,
        obligations: tracked(item, inputs.organisation, moment)
      )
    }
    let clock = ContinuousClock()
    let start = clock.now
    try await store.apply(changes, origin: origin)
    return clock.now - start
  }

  /// The duties of an incident that the record keeps.
  ///
  /// What the incident turned out not to be ends its clocks: a false positive and a duplicate owe
  /// nothing of their own.
  private func tracked(
    _ item: StaleInputs.Answer.Item,
    _ organisation: Organisation,
    _ moment: Instant
  ) -> [Obligation] {
    guard ![.falsePositive, .duplicate].contains(item.incident.facts.outcome) else { return [] }
    var unusable: [UnusableFact] = []
    let facts = Facts(item.incident, organisation, sent: item.sent, unusable: &unusable)
    return engine.tracked(for: facts, now: moment, kept: item.kept)
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

  /// How long a transaction should take at most: whoever saves something meanwhile waits for it.
  private static let longest = Duration.milliseconds(40)

  /// Brings the clocks of all open incidents with new facts up to date.
  ///
  /// Works in transactions of some incidents each, as many as the store keeps within 40 ms, so that it
  /// can be stopped at any moment and goes on where it was.
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
    let basis = adopting ? basis : ""
    let cause = adopting ? "rules edited" : "facts changed"
    let stale = try await store.answer(StaleClocks(basis: basis, limit: .max)).incidents
    var (next, done, size) = (0, 0, 8)
    while next < stale.count {
      guard progress(next, stale.count) else { return done }
      let batch = Array(stale[next..<min(next + size, stale.count)])
      next += batch.count
      do {
        let time = try await update(batch, basis: basis, cause: cause)
        done += batch.count
        if time > Self.longest { size = max(1, size / 2) }
        if time < Self.longest / 2, batch.count == size { size = min(256, size + size / 4 + 1) }
      } catch let error as StoreError where error.isPassing {
        // Somebody altered one of them meanwhile: that one is stale again, and whoever asks next
        // works it out.
        for id in batch {
          do {
            try await update([id], basis: basis, cause: cause)
            done += 1
          } catch let error as StoreError where error.isPassing {}
        }
      }
    }
    return done
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
  ///
  /// - Parameters:
  ///   - limit: How many incidents are looked at.
  ///   - progress: Told how many are done of how many; returns whether to go on.
  /// - Returns: What would change.
  /// - Throws: `StoreError`.
  public func differences(
    limit: Int = 10_000,
    progress: (Int, Int) -> Bool = { _, _ in true }
  ) async throws -> [Difference] {
    let stale = try await store.answer(StaleClocks(basis: basis, limit: limit))
    var differences: [Difference] = []
    for (number, id) in stale.incidents.enumerated() {
      guard progress(number, stale.incidents.count) else { break }
      let inputs = try await store.answer(StaleInputs(incidents: [id], basis: basis))
      guard let item = inputs.items.first else { continue }
      let before = try await store.answer(IncidentObligations(incident: id))
      let old = Dictionary(before.map { ($0.obligation.id, $0.obligation) }) { first, _ in first }
      let tracked = tracked(item, inputs.organisation, now())
      let new = Dictionary(tracked.map { ($0.id, $0) }) { first, _ in first }
      for rule in Set(old.keys).union(new.keys).sorted()
      where old[rule]?.state != new[rule]?.state {
        differences.append(
          Difference(
            incident: id,
            reference: item.incident.reference,
            rule: rule,
            before: old[rule],
            after: new[rule],
            isExercise: item.incident.isExercise
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

  /// All duties on these answers as the record would keep them.
  public func records(at now: Instant) -> [ObligationRecord] {
    obligations.map { obligation in
      let sent = sent[obligation.id] ?? []
      var record = row(obligation, now).record
      record.sentAt = obligation.isMet(by: sent) ? sent.first : nil
      return record
    }
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
