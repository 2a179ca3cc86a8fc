/// A number of people as a version told it.
public struct ToldNumber: Sendable, Hashable {
  /// The number.
  public var number: Int64
  /// The day as of which it is.
  public var date: DayNumber
  /// Whether the version that told it took it from one before.
  var isOlder = false

  /// Makes a number.
  public init(_ number: Int64, date: DayNumber) { (self.number, self.date) = (number, date) }

  /// Reads what a version wrote, `41` or `41 (as of 2026-05-18)`; nil for anything else.
  ///
  /// - Parameters:
  ///   - text: What it wrote.
  ///   - date: The day of that version.
  public init?(reading text: String, date: DayNumber = DayNumber(count: 0)) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits) else { return nil }
    self.init(number, date: date)
    let rest = text.dropFirst(digits.count)
    guard !rest.isEmpty else { return }
    guard rest.hasPrefix(" (as of "), rest.hasSuffix(")"),
      let day = DayNumber(iso: String(rest.dropFirst(8).dropLast()))
    else { return nil }
    (self.date, isOlder) = (day, true)
  }
}

extension StatementSources {
  /// Takes in what versions told that were published before, newest first.
  public mutating func take(before versions: [StatementContent]) {
    for version in versions {
      for fact in version.facts where Self.tellsPeople(fact.key) && before[fact.key] == nil {
        before[fact.key] = ToldNumber(reading: fact.text, date: version.date)
      }
    }
  }

  /// Whether a fact is a number of people.
  private static func tellsPeople(_ key: String) -> Bool {
    let fields: [StatementField] = [
      .affected, .told, .requestsReceived, .requestsAnswered, .requestsRefused,
    ]
    return fields.contains { $0.rawValue == key }
      || key.hasPrefix("incident/") && (key.hasSuffix("/affected") || key.hasSuffix("/told"))
  }
}

extension StatementWriter {
  /// How many were told, as a version that is worked out again had it: telling more makes it no less true.
  ///
  /// Only a number that fell since is taken anew.
  func kept(_ now: SmallNumbers.Shown, _ key: String) -> SmallNumbers.Shown {
    guard let text = sources.version?[key], let then = small.reading(text) else { return now }
    let old: Int64
    switch then {
    case .number(let number): old = number
    case .held(let told): old = told.number
    case .few, .withheld, .unknown: return now == .number(0) ? now : then
    }
    switch now {
    case .number(let number): return number < old ? now : then
    case .held(let told): return told.number < old ? now : then
    case .few: return old == 0 ? then : now
    case .withheld: return then
    case .unknown: return now
    }
  }
}
