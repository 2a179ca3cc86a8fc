internal import Formats
public import Model

/// Facts with the answers that somebody worked out by hand from the text of a law.
public struct RuleCase: Sendable, Equatable {
  /// What it shows.
  public var name: String
  /// The provision it was worked from.
  public var cites: String
  /// The line at which it stands in its file.
  public var line: Int
  /// The time at which it is asked.
  public var now: Instant
  /// The facts.
  public var facts: Facts
  /// The answers, by rule id, in the order of the file.
  public var expected: [Expectation]

  /// What a rule must answer.
  public struct Expectation: Sendable, Equatable {
    /// The rule's id.
    public var id: String
    /// The answer.
    public var answer: Answer
    /// The line at which it stands.
    public var line: Int
  }

  /// An answer, as cases write it.
  public enum Answer: Sendable, Equatable {
    /// Due then; `latest` nil where the case does not say.
    case due(Instant, latest: Instant?, provisional: Bool)
    case noFixedDeadline
    /// Not owed; the text must occur in the reasons.
    case none(because: String?)
    case notConsidered
    case clockNotStarted([String])
    case undetermined([String])
    /// Held; nil where the case does not say what would stand without.
    case held(Instant?)
  }

  init(_ node: StrictYAML) throws {
    try node.allow("name", "cites", "now", "facts", "expect")
    name = try node.member("name").text()
    cites = try node.optional("cites")?.text() ?? ""
    line = node.line
    now = try node.optional("now").map(RuleCase.instant) ?? RuleCase.usualNow
    facts = Facts()
    for (key, value) in try node.member("facts").members() {
      do {
        try facts.state(key, try RuleCase.input(value, key))
      } catch let error as UnusableFact {
        throw value.error(error.description)
      }
    }
    expected = try node.member("expect").members().map { id, value in
      Expectation(id: id, answer: try RuleCase.answer(value), line: value.line)
    }
    guard !expected.isEmpty else { throw node.error("a case expects something") }
  }

  /// Cases that say nothing are asked late: no hold that they state is still running by accident.
  private static let usualNow = Instant(seconds: 1_795_000_000)

  private static func instant(_ node: StrictYAML) throws -> Instant {
    guard let instant = Instant(rfc3339: try node.text()) else {
      throw node.error("an instant such as 2026-05-15T16:40:00+02:00")
    }
    return instant
  }

  /// What a scalar means under a key: every scalar of the file is text.
  private static func input(_ node: StrictYAML, _ key: String) throws -> FactInput {
    if node.isList { return .list(try node.texts()) }
    let text = try node.text()
    switch FactKey(key)?.kind {
    case _ where text == "null": return .null
    case .flag where text == "true": return .flag(true)
    case .flag where text == "false": return .flag(false)
    case .people: return Int64(text).map(FactInput.integer) ?? .text(text)
    default: return .text(text)
    }
  }

  private static func answer(_ node: StrictYAML) throws -> Answer {
    let text = try node.text()
    func rest(after prefix: String) -> String? {
      text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }
    func list(_ text: String) -> [String] {
      text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
    func instant(_ text: some StringProtocol) throws -> Instant {
      guard let instant = Instant(rfc3339: String(text)) else {
        throw node.error("\(text) is no instant such as 2026-05-15T16:40:00+02:00")
      }
      return instant
    }
    switch text {
    case "no fixed deadline": return .noFixedDeadline
    case "none": return .none(because: nil)
    case "not considered": return .notConsidered
    case "held": return .held(nil)
    default: break
    }
    if let reason = rest(after: "none because ") { return .none(because: reason) }
    if let keys = rest(after: "clock not started, ") { return .clockNotStarted(list(keys)) }
    if let keys = rest(after: "undetermined, ") { return .undetermined(list(keys)) }
    if let time = rest(after: "held, ") { return .held(try instant(time)) }
    guard rest(after: "due ") != nil else {
      throw node.error(
        "due INSTANT [latest INSTANT] [provisional], no fixed deadline, none [because TEXT], "
          + "not considered, clock not started, KEYS or undetermined, KEYS or held, INSTANT"
      )
    }
    var words = text.split(separator: " ").dropFirst()
    let due = try instant(words.removeFirst())
    var latest: Instant?
    if words.first == "latest" {
      words.removeFirst()
      latest = try instant(words.popFirst() ?? "")
    }
    let provisional = words.first == "provisional"
    guard words.count == (provisional ? 1 : 0) else {
      throw node.error("did not expect \(words.joined(separator: " "))")
    }
    return .due(due, latest: latest, provisional: provisional)
  }
}

extension RuleCase {
  /// A case that does not come out as it was worked by hand.
  public struct Failure: Sendable, Hashable {
    /// The line of the expectation in its file.
    public var line: Int
    /// The case's name.
    public var name: String
    /// The rule's id.
    public var id: String
    /// What was expected and what came out.
    public var reason: String
  }

  /// Asks the rules and compares.
  public func failures(with engine: ObligationEngine) -> [Failure] {
    let answers = engine.obligations(for: facts, now: now)
    let byID = Dictionary(answers.map { ($0.id, $0) }) { first, _ in first }
    return expected.compactMap { expectation in
      guard
        let reason = expectation.answer.mismatch(
          byID[expectation.id],
          isKnown: engine.pack.rule(expectation.id) != nil
        )
      else { return nil }
      return Failure(line: expectation.line, name: name, id: expectation.id, reason: reason)
    }
  }
}

extension RuleCase.Answer {
  /// How an answer differs; nil where it does not.
  fileprivate func mismatch(_ obligation: Obligation?, isKnown: Bool) -> String? {
    guard isKnown else { return "there is no such rule" }
    guard let obligation else {
      return self == .notConsidered ? nil : "expected \(words), was not considered"
    }
    let state = obligation.state
    let matches: Bool =
      switch (self, state) {
      case (.due(let due, let latest, let provisional), .due(let found)):
        due == found.due && latest ?? found.latest == found.latest
          && provisional == found.provisional
      case (.noFixedDeadline, .noFixedDeadline): true
      case (.none(let reason), .none):
        reason.map { text in obligation.because.contains { $0.contains(text) } } ?? true
      case (.clockNotStarted(let keys), .clockNotStarted(let found)),
        (.undetermined(let keys), .undetermined(let found)):
        keys.sorted() == found.map(\.description)
      case (.held(let without), .held(let found)):
        without == nil || without == found?.due
      default: false
      }
    guard !matches else { return nil }
    let reasons =
      obligation.because.isEmpty ? "" : "; because \(obligation.because.joined(separator: "; "))"
    return "expected \(words), was \(state.caseWords)\(reasons)"
  }
}

extension RuleCase.Answer {
  /// The answer in the words in which cases are written.
  fileprivate var words: String {
    switch self {
    case .due(let due, let latest, let provisional):
      "due \(due)" + (latest.map { " latest \($0)" } ?? "") + (provisional ? " provisional" : "")
    case .noFixedDeadline: "no fixed deadline"
    case .none(let reason): "none" + (reason.map { " because \($0)" } ?? "")
    case .notConsidered: "not considered"
    case .clockNotStarted(let keys): "clock not started, \(keys.joined(separator: ", "))"
    case .undetermined(let keys): "undetermined, \(keys.joined(separator: ", "))"
    case .held(let without): "held" + (without.map { ", \($0)" } ?? "")
    }
  }
}

extension Obligation.State {
  /// The state in the words in which cases are written.
  fileprivate var caseWords: String {
    func list(_ keys: [FactKey]) -> String { keys.map(\.description).joined(separator: ", ") }
    return switch self {
    case .due(let deadline):
      "due \(deadline.due)"
        + (deadline.latest == deadline.due ? "" : " latest \(deadline.latest)")
        + (deadline.provisional ? " provisional" : "")
    case .noFixedDeadline: "no fixed deadline"
    case .none: "none"
    case .clockNotStarted(let missing): "clock not started, \(list(missing))"
    case .undetermined(let missing): "undetermined, \(list(missing))"
    case .held(let without): "held" + (without.map { ", \($0.due)" } ?? "")
    }
  }
}
