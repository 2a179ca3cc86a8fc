/// What is known of one incident, as the obligation engine is given it.
///
/// A key that is absent is *unknown*: never false, never zero.
public struct Facts: Sendable, Equatable {
  /// A stated value.
  public enum Value: Sendable, Equatable {
    case flag(Bool)
    case word(String)
    case words([String])
    /// Instants in the order in which they happened; never empty.
    case instants([Instant])
    /// Nil where people are affected and nobody knows how many.
    case people(Int64?)
    case zone(Zone)
    case days([CivilTime])
  }

  /// The values that are stated.
  public private(set) var values: [FactKey: Value]
  /// Whether `affected` was stated: then it is complete, and nobody else is affected.
  public var statesAffected: Bool

  /// Makes facts; with none, everything is unknown.
  public init(_ values: [FactKey: Value] = [:], statesAffected: Bool = false) {
    self.values = values
    self.statesAffected =
      statesAffected || values.keys.contains { $0.description.hasPrefix("affected.") }
  }

  /// The value under a key; nil is unknown.
  ///
  /// Setting a number of affected people states the list of them.
  public subscript(key: FactKey) -> Value? {
    get { values[key] }
    set {
      values[key] = newValue
      if newValue != nil, key.description.hasPrefix("affected.") { statesAffected = true }
    }
  }

  /// The answer to a question with yes or no.
  public func flag(_ key: FactKey) -> Bool? {
    guard case .flag(let flag) = values[key] else { return nil }
    return flag
  }

  /// A word.
  public func word(_ key: FactKey) -> String? {
    guard case .word(let word) = values[key] else { return nil }
    return word
  }

  /// A list of words, complete.
  public func words(_ key: FactKey) -> [String]? {
    guard case .words(let words) = values[key] else { return nil }
    return words
  }

  /// An instant; of several the first.
  public func instant(_ key: FactKey) -> Instant? { instants(key)?.first }

  /// Instants in order.
  public func instants(_ key: FactKey) -> [Instant]? {
    guard case .instants(let instants) = values[key] else { return nil }
    return instants
  }

  /// The zone of the organisation.
  public var zone: Zone? {
    guard case .zone(let zone) = values[.zone] else { return nil }
    return zone
  }

  /// The seat of the organisation.
  public var country: String? { word(.country) }

  /// Extra public holidays at the seat.
  public var holidays: [CivilTime] {
    guard case .days(let days) = values[.holidays] else { return [] }
    return days
  }

  /// The affected people whose jurisdiction one of the patterns names, sorted by jurisdiction.
  func affected(matching patterns: [String]) -> [(jurisdiction: String, count: Int64?)] {
    var found: [(jurisdiction: String, count: Int64?)] = []
    for (key, value) in values {
      guard case .people(let count) = value, key.description.hasPrefix("affected.") else {
        continue
      }
      let code = String(key.description.dropFirst("affected.".count))
      if patterns.contains(where: { Jurisdiction.pattern($0, covers: code) }) {
        found.append((code, count))
      }
    }
    return found.sorted { $0.jurisdiction < $1.jurisdiction }
  }

  /// The entries for the countries of which the patterns name a part: `US` for `US-CA`.
  private func countries(of patterns: [String]) -> [(jurisdiction: String, count: Int64?)] {
    let countries = patterns.compactMap { pattern -> String? in
      guard !pattern.hasSuffix("-*"), let end = pattern.firstIndex(of: "-") else { return nil }
      return String(pattern[..<end])
    }
    return countries.isEmpty ? [] : affected(matching: countries)
  }

  /// How many people the patterns name, as the least and, where it is known, the most.
  func people(matching patterns: [String]) -> PeopleCount {
    guard statesAffected else { return PeopleCount(least: 0, most: nil, missing: [.affected]) }
    var count = PeopleCount(least: 0, most: 0, missing: [])
    let named = affected(matching: patterns)
    for (jurisdiction, number) in named {
      if let number {
        count.add(number)
      } else {
        count.most = nil
        count.missing.append(.affected(jurisdiction))
      }
    }
    // Where people are affected and nobody knows how many there is one; more is not made up.
    if !count.missing.isEmpty { count.least = max(count.least, 1) }
    if named.isEmpty, let (_, whole) = countries(of: patterns).first(where: { $0.count != 0 }) {
      // People of the country are affected, and nobody has said of which part of it.
      count.most = whole
      count.missing.append(.affected)
    }
    return count
  }
}

/// A number of people of which the least and perhaps the most is known.
struct PeopleCount {
  var least: Int64
  /// Nil where there may be any number.
  var most: Int64?
  /// What would have to be known for an exact number.
  var missing: [FactKey]

  mutating func add(_ number: Int64) {
    least = least.addingReportingOverflow(number).overflow ? .max : least + number
    if let known = most {
      most = known.addingReportingOverflow(number).overflow ? .max : known + number
    }
  }
}
