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
    let found = pack.rules.compactMap { evaluation.obligation($0.rule.id) }
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

/// One pass over the rules for one incident; remembers what it has worked out.
final class Evaluation: LimitSource {
  let pack: RulePack
  let facts: Facts
  let now: Instant
  private var obligations: [String: Obligation?] = [:]
  private var outcomes: [String: ClockOutcome] = [:]
  private var reaches: [String: Verdict] = [:]
  /// Rules that are being worked out: a rule that looks at itself finds nothing there.
  private var open: Set<String> = []

  init(pack: RulePack, facts: Facts, now: Instant) {
    (self.pack, self.facts, self.now) = (pack, facts, now)
  }

  /// The answer of a rule; nil where it is not considered or does not exist.
  func obligation(_ id: String) -> Obligation? {
    if let known = obligations[id] { return known }
    guard let (law, rule) = pack.rule(id), open.insert(id).inserted else { return nil }
    defer { open.remove(id) }
    let answer = evaluate(rule, of: law)
    obligations[id] = answer
    return answer
  }

  /// The limit of a rule by its clocks alone, whether it applies or not.
  func limit(ofRule id: String) -> (instant: Instant?, missing: [FactKey]) {
    guard let (law, rule) = pack.rule(id) else { return (nil, []) }
    switch outcome(of: rule, law) {
    case .limit(let deadline, _, _): return (deadline.due, [])
    case .missing(let keys), .undetermined(let keys): return (nil, keys)
    default: return (nil, [])
    }
  }

  /// What the clocks of a rule come to.
  func outcome(of rule: Rule, _ law: Law) -> ClockOutcome {
    if let known = outcomes[rule.id] { return known }
    let outcome = ClockReader(evaluation: self, law: law, rule: rule).outcome()
    outcomes[rule.id] = outcome
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
  private func reach(of law: Law) -> Verdict {
    if let known = reaches[law.id] { return known }
    let verdict = law.reach.verdict(on: facts)
    reaches[law.id] = verdict
    return verdict
  }

  // MARK: One rule

  private func evaluate(_ rule: Rule, of law: Law) -> Obligation? {
    let reach = reach(of: law)
    if case .no = reach { return nil }
    var because: [String] = []
    func answer(_ state: Obligation.State, _ reckoning: Reckoning? = nil) -> Obligation {
      var seen: Set<String> = []
      if state != .none, let caution = caution(law) { because.append(caution) }
      if law.isOwn { because.append("rule of the organisation: \(law.file)") }
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
    let (state, reckoning) = settle(rule, law, &because)
    return answer(state, reckoning)
  }

  /// What a duty that arises comes to; adds its reasons.
  private func settle(
    _ rule: Rule,
    _ law: Law,
    _ because: inout [String]
  ) -> (Obligation.State, Reckoning?) {
    switch outcome(of: rule, law) {
    case .limit(var deadline, let reckoning, let reasons):
      because += reasons
      switch hold(on: rule, law, due: deadline.due, &because) {
      case .none: return (.due(deadline), reckoning)
      case .active: return (.held(without: deadline), reckoning)
      case .ended(let end):
        deadline.due = max(deadline.due, end)
        deadline.latest = max(deadline.latest, end)
        return (.due(deadline), reckoning)
      }
    case .noFixedDeadline(let key, let provisional, let reasons):
      because += reasons
      if case .active = hold(on: rule, law, due: nil, &because) { return (.held(without: nil), nil) }
      return (.noFixedDeadline(clockStart: key, provisional: provisional), nil)
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
