/// A test of an incident's facts, as a rule states it.
///
/// Three-valued (S. C. Kleene's strong logic): what rests on an unknown fact is unknown, unless the
/// known ones decide alone.
public indirect enum Condition: Sendable, Hashable {
  /// The answer to a question is yes.
  case flag(FactKey)
  /// A word is this one.
  case word(FactKey, String)
  /// A list has at least one of these words.
  case has(FactKey, [String])
  /// A number of people compares so with a threshold.
  case people(People, Comparison, Int64)
  /// Nobody has stated this.
  case unknown(FactKey)
  /// One event came more than so many hours after another.
  case gap(from: FactKey, to: FactKey, hours: Int)
  /// An event came after the limit of a rule.
  case past(FactKey, rule: String)
  /// The first notice of a rule was sent after its limit, or (false) within it.
  case sent(late: Bool, rule: String)
  case not(Condition)
  case all([Condition])
  case any([Condition])

  /// Which people are counted.
  public enum People: Sendable, Hashable {
    /// Those of a jurisdiction, or of all that a pattern such as `US-*` covers, together.
    case of(String)
    /// Those of the one jurisdiction under the pattern that has most.
    case mostIn(String)
    /// All of them: `affected_total_consumers`, else the sum under the pattern.
    case total(String)
  }

  /// How a number stands to a threshold: `>500` is 501 and up, `>=500` is 500 and up.
  public enum Comparison: String, Sendable, CaseIterable {
    case moreThan = ">"
    case atLeast = ">="
    case lessThan = "<"
    case atMost = "<="

    func holds(_ number: Int64, _ threshold: Int64) -> Bool {
      switch self {
      case .moreThan: number > threshold
      case .atLeast: number >= threshold
      case .lessThan: number < threshold
      case .atMost: number <= threshold
      }
    }
  }
}

/// What the facts say to a condition, and on what that rests.
public enum Verdict: Sendable, Hashable {
  /// It holds, because of these facts.
  case yes([String])
  /// It does not hold, because of these facts.
  case no([String])
  /// These facts are missing; sorted, each once.
  case unknown([FactKey])

  /// The opposite; unknown stays unknown.
  var negated: Verdict {
    switch self {
    case .yes(let reasons): .no(reasons)
    case .no(let reasons): .yes(reasons)
    case .unknown: self
    }
  }

  /// Joins the verdicts of parts of which all must hold.
  static func all(_ parts: [Verdict]) -> Verdict {
    join(parts.map(\.negated)).negated
  }

  /// Joins the verdicts of parts of which one must hold.
  static func any(_ parts: [Verdict]) -> Verdict { join(parts) }

  private static func join(_ parts: [Verdict]) -> Verdict {
    var missing: Set<FactKey> = []
    var reasons: [String] = []
    var isUnknown = false
    for part in parts {
      switch part {
      case .yes: return part
      case .no(let more): reasons += more
      case .unknown(let keys):
        isUnknown = true
        missing.formUnion(keys)
      }
    }
    return isUnknown ? .unknown(missing.sorted()) : .no(reasons)
  }
}

/// What conditions about limits and sendings ask of the engine.
protocol LimitSource {
  /// The instant at which a rule's period ends, whether or not the rule applies; nil with the
  /// missing facts where that cannot be said.
  func limit(ofRule id: String) -> (instant: Instant?, missing: [FactKey])
}

extension Condition {
  /// Tests the facts.
  func verdict(on facts: Facts, limits: any LimitSource) -> Verdict {
    switch self {
    case .flag(let key):
      guard let flag = facts.flag(key) else { return .unknown([key]) }
      return flag ? .yes(["\(key) = true"]) : .no(["\(key) = false"])
    case .word(let key, let word):
      guard let stated = facts.word(key) else { return .unknown([key]) }
      return stated == word ? .yes(["\(key) = \(stated)"]) : .no(["\(key) = \(stated)"])
    case .has(let key, let words):
      guard let stated = facts.words(key) else { return .unknown([key]) }
      let found = words.filter(stated.contains)
      return found.isEmpty
        ? .no(["\(key) has no \(words.joined(separator: ", "))"])
        : .yes(found.map { "\(key) has \($0)" })
    case .people(let people, let comparison, let threshold):
      return people.verdict(on: facts, comparison, threshold)
    case .unknown(let key):
      switch facts[key] {
      case nil, .people(nil): return .yes(["\(key) is not known"])
      default: return .no(["\(key) is known"])
      }
    case .gap(let from, let to, let hours):
      guard let start = facts.instant(from), let end = facts.instant(to) else {
        return .unknown([from, to].filter { facts.instant($0) == nil }.sorted())
      }
      let isOver = end > start + .seconds(hours * 3600)
      let reason = "\(to) is \(isOver ? "more" : "not more") than \(hours) h after \(from)"
      return isOver ? .yes([reason]) : .no([reason])
    case .past(let event, let rule):
      guard let instant = facts.instant(event) else { return .unknown([event]) }
      let limit = limits.limit(ofRule: rule)
      guard let end = limit.instant else { return Condition.withoutLimit(rule, limit.missing) }
      let reason = "\(event) is \(instant > end ? "after" : "not after") the limit of \(rule)"
      return instant > end ? .yes([reason]) : .no([reason])
    case .sent(let late, let rule):
      let key = FactKey.sent(rule)
      guard let sent = facts.instant(key) else { return .unknown([key]) }
      let limit = limits.limit(ofRule: rule)
      guard let end = limit.instant else {
        let verdict = Condition.withoutLimit(rule, limit.missing)
        return late ? verdict : verdict.negated
      }
      let reason = "\(key) is \(sent > end ? "after" : "within") its limit"
      return (sent > end) == late ? .yes([reason]) : .no([reason])
    case .not(let condition):
      return condition.verdict(on: facts, limits: limits).negated
    case .all(let conditions):
      return .all(conditions.map { $0.verdict(on: facts, limits: limits) })
    case .any(let conditions):
      return .any(conditions.map { $0.verdict(on: facts, limits: limits) })
    }
  }

  /// Nothing is after a limit that has no number; one that waits for facts is unknown.
  private static func withoutLimit(_ rule: String, _ missing: [FactKey]) -> Verdict {
    missing.isEmpty ? .no(["\(rule) has no fixed deadline"]) : .unknown(missing)
  }

  /// The words that the condition looks for in a list.
  func words(of key: FactKey) -> [String] {
    switch self {
    case .has(key, let words): words
    case .not(let condition): condition.words(of: key)
    case .all(let parts), .any(let parts): parts.flatMap { $0.words(of: key) }
    default: []
    }
  }

  /// The ids of the rules that the condition looks at.
  public var rules: [String] {
    switch self {
    case .past(_, let rule), .sent(_, let rule): [rule]
    case .not(let condition): condition.rules
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.rules)
    default: []
    }
  }
}

extension Condition.People {
  private var pattern: String {
    switch self {
    case .of(let pattern), .mostIn(let pattern), .total(let pattern): pattern
    }
  }

  func verdict(
    on facts: Facts,
    _ comparison: Condition.Comparison,
    _ threshold: Int64
  ) -> Verdict {
    if case .total = self, case .people(let total) = facts[.total] {
      guard let total else { return .unknown([.total]) }
      return verdict(total, "affected_total_consumers", comparison, threshold)
    }
    if case .mostIn = self { return verdictOnMost(facts, comparison, threshold) }
    var count = facts.people(matching: [pattern])
    if case .total = self, !count.missing.isEmpty { count.missing.append(.total) }
    let name = "affected.\(pattern)"
    if let most = count.most, most == count.least {
      return verdict(most, name, comparison, threshold)
    }
    let decided = decision(least: count.least, most: count.most, comparison, threshold)
    return switch decided {
    case true?: .yes(["\(name) is at least \(count.least), \(comparison.rawValue) \(threshold)"])
    case false?:
      .no(["\(name) is at least \(count.least), not \(comparison.rawValue) \(threshold)"])
    case nil: .unknown(Set(count.missing).sorted())
    }
  }

  private func verdictOnMost(
    _ facts: Facts,
    _ comparison: Condition.Comparison,
    _ threshold: Int64
  ) -> Verdict {
    guard facts.statesAffected else { return .unknown([.affected]) }
    // The sum over a whole country says nothing about one state of it.
    let stem = pattern.hasSuffix("-*") ? String(pattern.dropLast(2)) : pattern
    let entries = facts.affected(matching: [pattern])
    let single = entries.filter { $0.jurisdiction != stem || pattern == stem }
    let known = single.compactMap(\.count).max() ?? 0
    let top = single.first { $0.count == known }?.jurisdiction ?? pattern
    if comparison.holds(known, threshold) {
      return .yes(["affected.\(top) = \(known) \(comparison.rawValue) \(threshold)"])
    }
    let missing = entries.filter { $0.count == nil || $0.jurisdiction == stem && pattern != stem }
      .filter { $0.count.map { comparison.holds($0, threshold) } ?? true }
    guard missing.isEmpty else {
      // People of the whole country are stated, but not of which state they are.
      let keys = missing.map {
        $0.jurisdiction == stem ? .affected : FactKey.affected($0.jurisdiction)
      }
      return .unknown(Set(keys).sorted())
    }
    return .no(["affected.\(top) = \(known), not \(comparison.rawValue) \(threshold)"])
  }

  private func verdict(
    _ number: Int64,
    _ name: String,
    _ comparison: Condition.Comparison,
    _ threshold: Int64
  ) -> Verdict {
    comparison.holds(number, threshold)
      ? .yes(["\(name) = \(number) \(comparison.rawValue) \(threshold)"])
      : .no(["\(name) = \(number), not \(comparison.rawValue) \(threshold)"])
  }

  private func decision(
    least: Int64,
    most: Int64?,
    _ comparison: Condition.Comparison,
    _ threshold: Int64
  ) -> Bool? {
    let (low, high) = (
      comparison.holds(least, threshold), most.map { comparison.holds($0, threshold) }
    )
    switch comparison {
    case .moreThan, .atLeast: return low ? true : high == false ? false : nil
    case .lessThan, .atMost: return !low ? false : high == true ? true : nil
    }
  }
}
