/// What the clocks of a rule come to.
enum ClockOutcome {
  /// An instant, how it was worked out, and reasons that belong to it.
  case limit(Obligation.Deadline, Reckoning, [String])
  /// No number, from this key, perhaps resting on a notice that was not sent yet.
  case noFixedDeadline(key: String?, provisional: Bool, [String])
  /// No calendar of ours reaches the limit: the start must be wrong, and why.
  case beyond(FactKey, String)
  /// The clock has not started without these.
  case missing([FactKey])
  /// The rule it rests on is undetermined without these.
  case undetermined([FactKey])
  /// The rule it rests on is not owed, or it was not in force.
  case notOwed(String)
}

/// Reads the clocks of one rule: of several the earliest counts.
struct ClockReader {
  let evaluation: Evaluation
  let entry: PackedRule

  private var rule: Rule { entry.rule }
  private var facts: Facts { evaluation.facts }

  /// One clock read alone.
  private enum Reading {
    case limit(Obligation.Deadline, Reckoning, [String])
    case noNumber(key: String?, provisional: Bool, [String])
    case beyond(FactKey, String)
    case missing([FactKey])
    case undetermined([FactKey])
    case notOwed(String)
    /// Its window or its condition leaves it out.
    case left(String)
  }

  /// Where a clock starts.
  private enum Start {
    case at(Instant, key: String, provisional: Bool, [String])
    case done(Reading)
  }

  func outcome() -> ClockOutcome {
    var limits: [(Obligation.Deadline, Reckoning, [String])] = []
    var required: [FactKey] = []
    var optional: [FactKey] = []
    var others: [ClockOutcome] = []
    var leftOut: String?
    for clock in rule.clocks {
      switch read(clock) {
      case .limit(let deadline, let reckoning, let reasons):
        limits.append((deadline, reckoning, reasons))
      case .noNumber(let key, let provisional, let reasons):
        others.append(.noFixedDeadline(key: key, provisional: provisional, reasons))
      // Another limit, if there is one, is earlier.
      case .beyond(let key, let reason): others.append(.beyond(key, reason))
      case .missing(let keys) where clock.isOptional: optional += keys
      case .missing(let keys): required += keys
      case .undetermined(let keys) where clock.isOptional: optional += keys
      case .undetermined(let keys): others.append(.undetermined(keys))
      case .notOwed(let reason): if !clock.isOptional { others.append(.notOwed(reason)) }
      case .left(let reason): leftOut = leftOut ?? reason
      }
    }
    if let first = limits.min(by: { $0.0.due < $1.0.due }) {
      // A sending is certain, whatever the other limits would have been.
      let isCertain = limits.contains { $0.0.clockStart.hasPrefix("sent.") && !$0.0.provisional }
      if required.isEmpty || isCertain {
        var (deadline, reckoning, reasons) = first
        deadline.latest = max(deadline.due, limits.map(\.0.latest).min() ?? deadline.latest)
        reckoning.latest = deadline.latest
        if limits.count > 1 { reasons.append("the earliest of \(limits.count) limits") }
        return .limit(deadline, reckoning, reasons)
      }
    }
    if !required.isEmpty { return .missing(Set(required).sorted()) }
    if let other = others.first { return other }
    if !optional.isEmpty { return .missing(Set(optional).sorted()) }
    return .notOwed(leftOut ?? "the rule has no clock for these facts")
  }

  private func read(_ clock: RuleClock) -> Reading {
    if let condition = clock.condition {
      guard case .yes = condition.verdict(on: facts, limits: evaluation) else {
        return .left("the rule has no clock for these facts")
      }
    }
    if case .yes? = clock.exception?.verdict(on: facts, limits: evaluation) {
      return .left("the rule has no clock for these facts")
    }
    if case .unnamed = clock.start { return .noNumber(key: nil, provisional: false, []) }
    switch start(of: clock) {
    case .done(let reading):
      // A duty that goes with another is in force by the instant it takes over from it.
      if case .limit(let deadline, _, _) = reading,
        let reason = outside(clock, deadline.due, rule.zone ?? facts.zone ?? .utc)
      {
        return .left("\(reason), \(deadline.clockStart) is \(deadline.due)")
      }
      return reading
    case .at(let instant, let key, let provisional, let reasons):
      let zone = rule.zone ?? facts.zone
      if clock.period.needsZone, zone == nil { return .missing([.zone]) }
      if let reason = outside(clock, instant, zone ?? .utc) {
        return .left("\(reason), \(key) is \(instant)")
      }
      if case .noFixedDeadline = clock.period {
        return .noNumber(key: key, provisional: provisional, reasons)
      }
      let reckoning = reckon(clock.period, from: instant, key: key, zone: zone)
      guard Instant.range.contains(reckoning.due), Instant.range.contains(reckoning.latest) else {
        let key = FactKey(key) ?? .known(key)
        return .beyond(key, ClockReader.beyond(rule.id, key, clock.period, instant))
      }
      let deadline = Obligation.Deadline(
        due: reckoning.due,
        latest: reckoning.latest,
        provisional: provisional,
        clockStart: key
      )
      return .limit(deadline, reckoning, reasons)
    }
  }

  /// Says that a limit lies after all years that can be written.
  static func beyond(
    _ rule: String,
    _ key: FactKey,
    _ period: Period? = nil,
    _ start: Instant? = nil
  ) -> String {
    let sum = period.map { " + \($0.text)" } ?? ""
    let from = start.map { " = \($0)" } ?? ""
    return "\(rule): \(key)\(from)\(sum) would pass the year 9999; correct \(key)"
  }

  /// Why a start lies outside the window in which a clock is in force; nil where it lies within.
  private func outside(_ clock: RuleClock, _ start: Instant, _ zone: Zone) -> String? {
    let day = DayNumber(start, in: zone)
    if let from = clock.from, day < from { return "in force from \(from.civil.isoDate)" }
    if let until = clock.until, day >= until { return "in force until \(until.civil.isoDate)" }
    return nil
  }

  private func start(of clock: RuleClock) -> Start {
    switch clock.start {
    case .unnamed: return .done(.noNumber(key: nil, provisional: false, []))
    case .event(let keys):
      let known = keys.compactMap { key in facts.instant(key).map { (key, $0) } }
      guard known.count == keys.count, let last = known.max(by: { $0.1 < $1.1 }) else {
        return .done(.missing(keys.filter { facts.instant($0) == nil }))
      }
      return .at(last.1, key: last.0.description, provisional: false, [])
    case .firstOf(let keys):
      let known = keys.compactMap { key in facts.instant(key).map { (key, $0) } }
      guard let first = known.min(by: { $0.1 < $1.1 }) else { return .done(.missing(keys)) }
      return .at(first.1, key: first.0.description, provisional: false, [])
    case .endOfYear(let key):
      guard let instant = facts.instant(key) else { return .done(.missing([key])) }
      guard let zone = rule.zone ?? facts.zone else { return .done(.missing([.zone])) }
      let year = DayNumber(instant, in: zone).year
      guard let last = DayNumber(year: year, month: 12, day: 31) else {
        return .done(.missing([key]))
      }
      let end = counter(zone).endOf(last)
      return .at(end, key: key.description, provisional: false, ["end of the year \(year)"])
    case .after(let rules, let latest): return after(rules, latest: latest)
    case .with(let id): return with(id)
    }
  }

  /// Starts from the sending of an earlier notice, or from its limit while it is not sent.
  ///
  /// A notice that was given without being owed starts nothing: what follows it is not owed either.
  private func after(_ ids: [String], latest: Bool) -> Start {
    let earlier = ids.map { ($0, evaluation.obligation($0)) }
    if let unowed = earlier.first(where: { $0.1?.state == Obligation.State.none }),
      earlier.allSatisfy({ $0.1 == nil || $0.1?.state == Obligation.State.none })
    {
      return .done(.notOwed("\(unowed.0) is not owed"))
    }
    let sent = ids.flatMap { id in
      (facts.instants(.sent(id)) ?? []).map { (FactKey.sent(id), $0) }
    }
    if let found = latest
      ? sent.max(by: { $0.1 < $1.1 }) : sent.min(by: { $0.1 < $1.1 })
    {
      return .at(found.1, key: found.0.description, provisional: false, [])
    }
    var waiting: Start?
    for (id, found) in earlier {
      guard let earlier = found else { continue }
      let key = FactKey.sent(id)
      let found: Start =
        switch earlier.state {
        case .due(let deadline), .held(let deadline?):
          .at(
            withoutHold(id, deadline).due,
            key: key.description,
            provisional: true,
            ["\(key) is not known: counted from the limit of \(id)"]
          )
        case .noFixedDeadline(_, let provisional):
          isUnnumbered
            ? .done(.noNumber(key: key.description, provisional: provisional, []))
            : .done(.missing([key]))
        case .held(nil): .done(.missing([key]))
        case .clockNotStarted(let keys): .done(.missing(keys + [key]))
        case .undetermined(let keys): .done(.undetermined(keys))
        case .none: .done(.notOwed("\(id) is not owed"))
        }
      if case .at = found { return found }
      if case .done(.notOwed) = found, waiting != nil { continue }
      if case .done(.notOwed)? = waiting { waiting = found } else { waiting = waiting ?? found }
    }
    return waiting ?? .done(.notOwed("\(ids.joined(separator: ", ")) is not considered"))
  }

  private var isUnnumbered: Bool {
    rule.clocks.allSatisfy { $0.period == .noFixedDeadline }
  }

  /// Takes over the limit of another duty, and its sending once that was done.
  private func with(_ id: String) -> Start {
    guard let other = evaluation.obligation(id) else {
      return .done(.notOwed("\(id) is not considered"))
    }
    let key = FactKey.sent(id)
    if other.state != .none, let sent = facts.instant(key) {
      return .done(limit(sent, latest: sent, key: key.description, provisional: false, []))
    }
    switch other.state {
    case .due(let moved), .held(let moved?):
      let deadline = withoutHold(id, moved)
      return .done(
        limit(
          deadline.due,
          latest: deadline.latest,
          key: deadline.clockStart,
          provisional: deadline.provisional,
          ["not later than \(id)"] + unheld(other)
        )
      )
    case .noFixedDeadline(let start, let provisional):
      return .done(.noNumber(key: start, provisional: provisional, ["not later than \(id)"]))
    case .held(nil):
      return .done(.noNumber(key: nil, provisional: false, ["not later than \(id)"]))
    case .clockNotStarted(let keys): return .done(.missing(keys))
    case .undetermined(let keys): return .done(.undetermined(keys))
    case .none: return .done(.notOwed("\(id) is not owed"))
    }
  }

  /// Says that a hold of another duty does not reach this one.
  private func unheld(_ other: Obligation) -> [String] {
    if case .held = other.state { ["\(other.id) is held; this duty is not"] } else { [] }
  }

  /// The deadline of another duty as it stands without a hold, which moves nothing but that duty.
  private func withoutHold(_ id: String, _ moved: Obligation.Deadline) -> Obligation.Deadline {
    guard let entry = evaluation.pack.entry(id),
      case .limit(let deadline, _, _) = evaluation.outcome(of: entry)
    else { return moved }
    return deadline
  }

  private func limit(
    _ due: Instant,
    latest: Instant,
    key: String,
    provisional: Bool,
    _ reasons: [String]
  ) -> Reading {
    .limit(
      Obligation.Deadline(due: due, latest: latest, provisional: provisional, clockStart: key),
      Reckoning(
        startKey: key,
        start: due,
        period: .hours(0),
        zone: rule.zone ?? facts.zone,
        due: due,
        latest: latest,
        remarks: []
      ),
      reasons
    )
  }

  // MARK: Counting

  private func reckon(_ period: Period, from start: Instant, key: String, zone: Zone?) -> Reckoning
  {
    var reckoning = counter(zone ?? .utc)
      .reckon(period, from: start, key: key, tolerance: rule.tolerance)
    reckoning.zone = zone
    guard rule.tolerance == .doraNoon else { return reckoning }
    if case .yes? = rule.withoutNoon?.verdict(on: facts, limits: evaluation) { return reckoning }
    // The noon is that of the Member State in which the entity has its seat.
    let seat = self.seat.flatMap { evaluation.pack.calendars[$0] }
    let counter = PeriodCounter(
      zone: seat?.zone ?? zone ?? .utc,
      calendar: seat,
      extra: self.seat == nil ? [] : Set(facts.holidays.map(DayNumber.init))
    )
    if let noon = counter.noonAfter(reckoning.due) {
      reckoning.latest = max(reckoning.latest, noon)
    }
    return reckoning
  }

  /// The organisation's country where its holidays are holidays for this law: the 4th of July moves
  /// nothing that is to be filed in the Union.
  private var seat: String? {
    let seats = entry.law.reach.seats
    return facts.country.flatMap { seats.isEmpty || seats.contains($0) ? $0 : nil }
  }

  /// Counts by the rule's calendar; the organisation's own holidays count at its seat.
  func counter(_ zone: Zone) -> PeriodCounter {
    let code = rule.calendar == "seat" ? seat : rule.calendar
    let isSeat = code != nil && code.map { String($0.prefix(2)) } == facts.country
    return PeriodCounter(
      zone: zone,
      calendar: code.flatMap { evaluation.pack.calendars[$0] },
      extra: isSeat ? Set(facts.holidays.map(DayNumber.init)) : []
    )
  }
}
