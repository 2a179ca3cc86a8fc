/// Hides numbers of people that are so small that they could tell of one, and all from which such a
/// number could be worked out.
///
/// 0 is shown: it tells of nobody.
public struct SmallNumbers: Sendable, Hashable {
  /// The least number that is shown.
  public let least: Int64

  /// Makes a rule.
  public init(least: Int) { self.least = Int64(least) }

  /// What stands in place of a number.
  public enum Shown: Sendable, Hashable {
    /// The number itself.
    case number(Int64)
    /// It is small.
    case few
    /// A small number could be worked out from it.
    case withheld
    /// Nobody knows it.
    case unknown
    /// That of an earlier version still stands: against it the new one would tell of too few.
    case held(ToldNumber)
  }

  /// Whether a number is too small to be shown.
  public func isSmall(_ number: Int64) -> Bool { (1..<least).contains(number) }

  /// A number that stands in no sum.
  public func shown(_ number: Int64?) -> Shown {
    guard let number else { return .unknown }
    return isSmall(number) ? .few : .number(number)
  }

  /// Numbers and their sum.
  ///
  /// A sum is withheld where one of its parts is small, also one that is shown nowhere: with the others
  /// it would tell of it. Where only the sum of two or more is small, all of them are.
  ///
  /// - Parameters:
  ///   - parts: The numbers; nil where one is not known.
  ///   - rest: What else belongs to the sum, and is shown nowhere.
  /// - Returns: What stands in place of each part, and of the sum.
  public func shown(parts: [Int64?], rest: [Int64?] = []) -> (parts: [Shown], total: Shown) {
    let all = parts + rest
    let known = all.compactMap(\.self)
    let shown = parts.map(shown)
    guard known.count == all.count else { return (shown, .unknown) }
    let total = known.reduce(0, +)
    if isSmall(total) { return (shown, .few) }
    return (shown, known.contains(where: isSmall) ? .withheld : .number(total))
  }

  /// A number, and one that is a part of it: where all but a few are in the part, only the whole is shown.
  public func shown(_ part: Int64?, of whole: Int64?) -> Shown {
    guard let part else { return .unknown }
    if isSmall(part) { return .few }
    if let whole, whole > part, isSmall(whole - part) { return .withheld }
    return .number(part)
  }

  /// A number beside that of an earlier version, so that the two do not tell of a few people.
  public func shown(_ now: Shown, after before: ToldNumber?) -> Shown {
    guard let before, case .number(let number) = now, isStep(number, before.number) else {
      return now
    }
    return .held(before)
  }

  /// Whether two numbers differ by so few that these could be told.
  func isStep(_ one: Int64, _ other: Int64) -> Bool { isSmall(abs(one - other)) }

  /// What a text of ours says of a number; nil where it says none.
  func reading(_ text: String) -> Shown? {
    if let told = ToldNumber(reading: text) {
      return told.isOlder ? .held(told) : .number(told.number)
    }
    return [.few, .withheld, .unknown].first { self.text($0) == text }
  }

  /// In words.
  public func text(_ shown: Shown) -> String {
    switch shown {
    case .number(let number): "\(number)"
    case .few: "fewer than \(least)"
    case .withheld: "not shown, so that no small number can be worked out from it"
    case .unknown: "not known"
    case .held(let told): "\(told.number) (as of \(told.date.iso))"
    }
  }
}
