/// Works out every duty that the facts of an incident give rise to.
///
/// A pure function: the same facts, rules and time give the same answers. `now` decides one thing
/// alone, whether a delay asked for by law enforcement has run out.
public struct ObligationEngine: Sendable {
  /// The rules and calendars.
  public let pack: RulePack

  /// Makes an engine on a rule pack.
  public init(pack: RulePack) { self.pack = pack }

  /// All duties that were considered, sorted by due instant, then id; those without one last.
  ///
  /// A law that reaches nobody affected and not the organisation's seat is not considered.
  public func obligations(for facts: Facts, now: Instant) -> [Obligation] {
    let evaluation = Evaluation(pack: pack, facts: facts, now: now)
    let found = pack.entries.compactMap { evaluation.obligation($0.rule.id) }
    return found.sorted { left, right in
      switch (left.state.due, right.state.due) {
      case (let one?, let other?) where one != other: one < other
      case (_?, nil): true
      case (nil, _?): false
      default: left.id < right.id
      }
    }
  }
}

extension ObligationEngine {
  /// The duties that the record keeps as clocks, sorted by id.
  ///
  /// The same as those of `obligations(for:now:)` that are tracked. Passes over the laws of which is
  /// not known whether they reach the incident at all: none of their duties is, unless it was kept.
  ///
  /// - Parameters:
  ///   - facts: What is known of the incident.
  ///   - now: The present instant.
  ///   - kept: The rules of which the record has a duty of the incident.
  /// - Returns: The tracked duties.
  public func tracked(for facts: Facts, now: Instant, kept: Set<String>) -> [Obligation] {
    let evaluation = Evaluation(pack: pack, facts: facts, now: now)
    return pack.entries.compactMap { entry -> Obligation? in
      let wasKept = !kept.isEmpty && kept.contains(entry.rule.id)
      if !wasKept, case .unknown(let keys) = evaluation.reach(of: entry),
        keys.contains(.affected) || keys.contains(.country)
      {
        return nil
      }
      guard let found = evaluation.obligation(entry), found.isTracked(wasKept: wasKept) else {
        return nil
      }
      return found
    }
    .sorted { $0.id < $1.id }
  }
}

/// One pass over the rules for one incident; remembers what it has worked out.
final class Evaluation: LimitSource {
  let pack: RulePack
  let facts: Facts
  let now: Instant
  /// What each rule comes to, by its number.
  private var progress: [Progress]
  private var outcomes: [Int: ClockOutcome] = [:]
  /// The rules whose clocks are being read.
  private var reading: Set<Int> = []
  private var reaches: [Verdict?]

  private enum Progress {
    case untouched
    /// It is being worked out: a rule that looks at itself finds nothing there.
    case open
    case done(Obligation?)
  }

  init(pack: RulePack, facts: Facts, now: Instant) {
    (self.pack, self.facts, self.now) = (pack, facts, now)
    progress = Array(repeating: .untouched, count: pack.entries.count)
    reaches = Array(repeating: nil, count: pack.laws.count)
  }

  /// The answer of a rule; nil where it is not considered or does not exist.
  func obligation(_ id: String) -> Obligation? { pack.entry(id).flatMap(obligation) }

  /// The answer of a rule; nil where it is not considered.
  func obligation(_ entry: PackedRule) -> Obligation? {
    switch progress[entry.number] {
    case .done(let known): return known
    case .open: return nil
    case .untouched: break
    }
    progress[entry.number] = .open
    let answer = evaluate(entry)
    progress[entry.number] = .done(answer)
    return answer
  }

  /// The limit of a rule by its clocks alone, whether it applies or not.
  func limit(ofRule id: String) -> (instant: Instant?, missing: [FactKey]) {
    guard let entry = pack.entry(id) else { return (nil, []) }
    switch outcome(of: entry) {
    case .limit(let deadline, _, _): return (deadline.due, [])
    case .missing(let keys), .undetermined(let keys): return (nil, keys)
    case .beyond(let key, _): return (nil, [key])
    default: return (nil, [])
    }
  }

  /// What the clocks of a rule come to.
  func outcome(of entry: PackedRule) -> ClockOutcome {
    if let known = outcomes[entry.number] { return known }
    // No rulebook that was read has such a ring; a pack that was made otherwise may.
    guard reading.insert(entry.number).inserted else {
      return .notOwed("\(entry.rule.id) waits for itself")
    }
    let outcome = ClockReader(evaluation: self, entry: entry).outcome()
    reading.remove(entry.number)
    outcomes[entry.number] = outcome
    return outcome
  }

  /// A word of care where the stated data is none that a law is known to cover.
  ///
  /// It never decides: definitions of personal information differ in their words, and a duty is not
  /// dropped because of a list of ours.
  private func caution(_ law: Law) -> String? {
    guard !law.covers.isEmpty, let stated = facts.words(.categories),
      !stated.contains(where: law.covers.contains)
    else { return nil }
    return "check the law's definition: data.categories names none of "
      + law.covers.joined(separator: ", ")
  }

  /// Whether a law reaches the people affected or the organisation's seat.
  func reach(of entry: PackedRule) -> Verdict {
    if let known = reaches[entry.lawNumber] { return known }
    let verdict = entry.law.reach.verdict(on: facts)
    reaches[entry.lawNumber] = verdict
    return verdict
  }

  // MARK: One rule

  private func evaluate(_ entry: PackedRule) -> Obligation? {
    let reach = reach(of: entry)
    if case .no = reach { return nil }
    return evaluate(entry, entry.law, entry.rule, reach)
  }

  private func evaluate(_ entry: PackedRule, _ law: Law, _ rule: Rule, _ reach: Verdict)
    -> Obligation
  {
    var because: [String] = []
    func answer(_ state: Obligation.State, _ reckoning: Reckoning? = nil) -> Obligation {
      var seen: Set<String> = []
      if state != .none, let caution = caution(law) { because.append(caution) }
      if law.isOwn {
        let proof = rule.proof.map {
          "; it \($0 == .untested ? "has no case that tests it" : $0.words)"
        }
        because.append("rule of the organisation: \(law.file)\(proof ?? "")")
      }
      return Obligation(
        id: rule.id,
        jurisdiction: law.jurisdiction,
        recipient: rule.recipient,
        law: rule.citation,
        state: state,
        because: because.filter { seen.insert($0).inserted },
        confidence: rule.confidence,
        reckoning: reckoning,
        version: law.version
      )
    }
    if case .yes(let reasons) = reach { because += reasons }
    if let dormant = rule.dormant {
      because = [dormant]
      return answer(.none)
    }
    let verdicts = [reach] + rule.conditions.map { $0.verdict(on: facts, limits: self) }
    let verdict = Verdict.all(verdicts)
    if case .no(let reasons) = verdict {
      because = reasons
      return answer(.none)
    }
    for verdict in verdicts {
      if case .yes(let reasons) = verdict { because += reasons }
    }
    for exemption in rule.exemptions {
      switch exemption.condition.verdict(on: facts, limits: self) {
      case .yes(let reasons):
        because = reasons + ["exempt: \(exemption.reason)"]
        return answer(.none)
      case .no(let reasons): because += reasons
      case .unknown(let keys):
        let names = keys.map(\.description).joined(separator: ", ")
        because.append("exemption not tested, \(names) not stated: \(exemption.reason)")
      }
    }
    if case .unknown(let keys) = verdict {
      // Where only the event is missing from which the rule counts, its clock has not started.
      let starts = Set(rule.clocks.flatMap { ownKeys(of: $0.start) })
      return answer(
        starts.isSuperset(of: keys) && !keys.isEmpty
          ? .clockNotStarted(missing: keys) : .undetermined(missing: keys)
      )
    }
    let (state, reckoning) = settle(entry, &because)
    return answer(state, reckoning)
  }

  /// What a duty that arises comes to; adds its reasons.
  private func settle(
    _ entry: PackedRule,
    _ because: inout [String]
  ) -> (Obligation.State, Reckoning?) {
    switch outcome(of: entry) {
    case .limit(var deadline, let reckoning, let reasons):
      because += reasons
      switch hold(on: entry, due: deadline.due, &because) {
      case .none: return (.due(deadline), reckoning)
      case .active: return (.held(without: deadline), reckoning)
      case .ended(let end):
        deadline.due = max(deadline.due, end)
        deadline.latest = max(deadline.latest, end)
        guard Instant.range.contains(deadline.latest) else {
          because.append(ClockReader.beyond(entry.rule.id, FactKey.holdUntil))
          return (.undetermined(missing: [.holdUntil]), nil)
        }
        return (.due(deadline), reckoning)
      }
    case .noFixedDeadline(let key, let provisional, let reasons):
      because += reasons
      if case .active = hold(on: entry, due: nil, &because) { return (.held(without: nil), nil) }
      return (.noFixedDeadline(clockStart: key, provisional: provisional), nil)
    case .beyond(let key, let reason):
      because.append(reason)
      return (.undetermined(missing: [key]), nil)
    case .missing(let keys): return (.clockNotStarted(missing: keys), nil)
    case .undetermined(let keys): return (.undetermined(missing: keys), nil)
    case .notOwed(let reason):
      because = [reason]
      return (.none, nil)
    }
  }

  private func ownKeys(of start: ClockStart) -> [FactKey] {
    switch start {
    case .unnamed: []
    case .event(let keys), .firstOf(let keys): keys
    case .endOfYear(let key): [key]
    case .after(let rules, _): rules.map(FactKey.sent)
    case .with(let rule): [.sent(rule)]
    }
  }
}
