internal import Model

/// Duties as lines for a person: the deadline, the arithmetic, the reasons.
struct ObligationReport {
  /// The zone in which times are shown.
  let zone: Zone
  /// The present.
  let now: Instant

  /// The lines of some duties, in their order.
  func lines(_ obligations: [Obligation]) -> [Words] {
    obligations.flatMap { obligation -> [Words] in
      var lines: [Words] = [
        "\(obligation.id)  \(state(obligation.state))",
        "  tell \(obligation.recipient): \(obligation.law)",
      ]
      if let reckoning = obligation.reckoning {
        lines += reckoning.explanation(in: zone).map { "  \($0)" }
      }
      lines += obligation.because.map { "  because \($0)" }
      if obligation.confidence != .high {
        lines.append("  confidence \(obligation.confidence.label)")
      }
      return lines
    }
  }

  private func state(_ state: Obligation.State) -> String {
    func keys(_ keys: [FactKey]) -> String { keys.map(\.description).joined(separator: ", ") }
    switch state {
    case .due(let deadline):
      let late = deadline.due < now ? ", late" : ""
      let provisional = deadline.provisional ? ", provisional" : ""
      return "due \(deadline.due.text(in: zone)) (\(deadline.due))\(late)\(provisional)"
    case .noFixedDeadline: return "without undue delay (no fixed deadline)"
    case .none: return "does not arise"
    case .clockNotStarted(let missing): return "clock not started, missing \(keys(missing))"
    case .undetermined(let missing): return "undetermined, missing \(keys(missing))"
    case .held(let deadline?): return "held; without it due \(deadline.due.text(in: zone))"
    case .held(nil): return "held"
    }
  }
}
