extension Law.Reach {
  /// Whether the law reaches the people affected or the organisation's seat.
  ///
  /// A stated list of affected people is complete: a jurisdiction that it does not name has nobody
  /// affected, also where nobody has stated the seat.
  func verdict(on facts: Facts) -> Verdict {
    if people.isEmpty, seats.isEmpty { return .yes([]) }
    var missing: [FactKey] = []
    if !seats.isEmpty {
      if let country = facts.country {
        if seats.contains(country) { return peopleReasons(facts, else: "org.country = \(country)") }
      } else {
        missing.append(.country)
      }
    }
    guard !people.isEmpty else {
      return missing.isEmpty ? .no(["the seat is elsewhere"]) : .unknown(missing)
    }
    guard facts.statesAffected else { return .unknown((missing + [.affected]).sorted()) }
    let count = facts.people(matching: people)
    if count.least > 0 { return peopleReasons(facts, else: "people affected") }
    return count.most == 0
      ? .no(["nobody affected there"]) : .unknown((missing + count.missing).sorted())
  }

  /// Names the people who are affected, or else the seat.
  private func peopleReasons(_ facts: Facts, else reason: String) -> Verdict {
    let reasons = facts.affected(matching: people).compactMap { jurisdiction, count -> String? in
      guard let count else { return "affected.\(jurisdiction) is not known" }
      return count > 0 ? "affected.\(jurisdiction) = \(count)" : nil
    }
    return .yes(reasons.isEmpty ? [reason] : reasons)
  }
}
