/// Whether a request of law enforcement delays a notice.
enum HoldStatus {
  case none
  case active
  /// It has run out; the notice is due not before this instant.
  case ended(Instant)
}

extension Evaluation {
  /// What the stated request means for a rule; adds the reason to `because`.
  ///
  /// A request delays what is still to come: one that was made after the deadline does not mend that
  /// nobody was told by then. A request of which nobody has stated since when counts as made in time.
  ///
  /// - Parameters:
  ///   - entry: The rule.
  ///   - due: When the duty is due without the request; nil where it has no number.
  ///   - because: The reasons so far.
  /// - Returns: Whether the request holds, and until when it did.
  func hold(on entry: PackedRule, due: Instant?, _ because: inout [String]) -> HoldStatus {
    let rule = entry.rule
    guard let hold = rule.hold else { return .none }
    let since = facts.instant(.holdSince)
    var until = facts.instant(.holdUntil)
    guard let isActive = facts.flag(.holdActive) else { return .none }
    if let since, let due, since > due {
      because.append("\(FactKey.holdSince) = \(since), after the deadline: it delays nothing")
      return .none
    }
    let counter = ClockReader(evaluation: self, entry: entry)
      .counter(rule.zone ?? facts.zone ?? .utc)
    func end(of period: Period, from start: Instant) -> Instant {
      counter.reckon(period, from: start, key: "", tolerance: .none).due
    }
    if isActive, let oral = hold.oral, facts.flag(.holdWritten) != true {
      guard let since else {
        because.append("hold not counted: \(FactKey.holdSince) of a request not in writing")
        return .none
      }
      let last = end(of: oral, from: since)
      because.append("a request not in writing holds at most \(oral.text)")
      until = min(until ?? last, last)
    }
    if isActive, until.map({ now < $0 }) ?? true {
      because.append("law_enforcement_hold.active = true")
      return .active
    }
    guard let until else { return .none }
    because.append("law_enforcement_hold.until = \(until)")
    guard let grace = hold.grace else { return .ended(until) }
    because.append("\(grace.text) after the hold")
    return .ended(end(of: grace, from: until))
  }
}

extension FactKey {
  static let holdActive = FactKey.known("law_enforcement_hold.active")
  static let holdWritten = FactKey.known("law_enforcement_hold.written")
  static let holdSince = FactKey.known("law_enforcement_hold.since")
  static let holdUntil = FactKey.known("law_enforcement_hold.until")
}
