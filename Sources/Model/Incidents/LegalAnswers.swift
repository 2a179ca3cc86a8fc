/// What an officer has answered to the questions that laws ask of an incident: `risk`, `significant`,
/// `law_enforcement_hold.active`, and the like.
///
/// Keys are those of the obligation engine. A question without an answer is absent: unknown is never
/// no.
public struct LegalAnswers: Codable, Sendable, Hashable {
  /// The answers: `true` or `false`, a word, or an instant as RFC 3339 text.
  public private(set) var values: [String: String]

  /// Makes answers; with none, nothing is known.
  public init(_ values: [String: String] = [:]) { self.values = values }

  /// The answer to a question; nil is unknown.
  public subscript(key: FactKey) -> String? {
    get { values[key.description] }
    set { values[key.description] = newValue }
  }

  /// Reads the answers.
  public init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: String].self)
  }

  /// Writes the answers.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }

  /// The questions that an officer can answer for an incident, in the order in which forms ask.
  public static let questions: [FactKey] =
    ["risk", "severity", "kind"].map(FactKey.known)
    + FactKey.flags.filter { !$0.hasPrefix("org.") && !$0.hasPrefix("data.") }.map(FactKey.known)
    + [.holdActive, .holdWritten, .holdSince, .holdUntil]

  /// What an answer means to the engine.
  ///
  /// - Throws: `UnusableFact` where it is none that the question takes.
  public static func input(_ text: String, for key: FactKey) throws(UnusableFact) -> FactInput {
    let input: FactInput =
      switch (key.kind, text) {
      case (.flag, "true"), (.flag, "yes"): .flag(true)
      case (.flag, "false"), (.flag, "no"): .flag(false)
      default: .text(text)
      }
    var probe = Facts()
    try probe.state(key.description, input)
    return input
  }
}

extension KeyedDecodingContainer {
  /// Reads answers; those of a record from before there were any are empty.
  func decode(_ type: LegalAnswers.Type, forKey key: Key) throws -> LegalAnswers {
    try decodeIfPresent(type, forKey: key) ?? LegalAnswers()
  }
}
