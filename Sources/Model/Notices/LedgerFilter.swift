/// Which recipients are wanted; what is nil does not restrict.
public struct LedgerFilter: Codable, Sendable, Hashable {
  /// Only those that stand so.
  public var states: Set<RecipientState>?
  /// Only those of these jurisdictions.
  public var jurisdictions: Set<String>?

  /// Makes a filter.
  public init(states: Set<RecipientState>? = nil, jurisdictions: Set<String>? = nil) {
    (self.states, self.jurisdictions) = (states, jurisdictions)
  }

  /// Reads words such as `state:pending,approved jurisdiction:EU-DE`.
  ///
  /// - Throws: `UnreadableFilter` that names the word.
  public init(parsing text: String) throws(Unreadable) {
    for word in text.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw Unreadable(word: String(word)) }
      let values = parts[1].split(separator: ",").map(String.init)
      switch parts[0] {
      case "state":
        for value in values {
          guard let states = RecipientState.named(value) else {
            throw Unreadable(word: value)
          }
          self.states = (self.states ?? []).union(states)
        }
      case "jurisdiction": jurisdictions = (jurisdictions ?? []).union(values)
      default: throw Unreadable(word: String(word))
      }
    }
  }

  /// A word of a filter that means nothing here.
  public struct Unreadable: Error, Equatable, CustomStringConvertible {
    /// The word.
    ///
    /// Foreign text.
    public var word: String

    /// What may stand there.
    public var description: String {
      "\(word) is no part of a filter; write state:WORD or jurisdiction:CODE, with commas between "
        + "several"
    }
  }

  /// Whether a recipient with these passes.
  public func passes(_ state: RecipientState, _ jurisdiction: String) -> Bool {
    (states?.contains(state) ?? true) && (jurisdictions?.contains(jurisdiction) ?? true)
  }
}
