public import Model

/// The facts file: one JSON object that describes an incident to the obligation engine.
///
/// Keys stand nested (`{"events": {"aware_at": ...}}`) or in full (`{"events.aware_at": ...}`). Every
/// key is optional, and an unknown one is an error: a misspelt key would silently be "unknown".
public enum FactsFile {
  /// How large a facts file may be, in bytes.
  public static let maximumBytes = 1 << 20

  /// Reads the facts.
  ///
  /// - Throws: `UnreadableJSON`, or `UnusableFact` naming the key.
  public static func facts(reading bytes: [UInt8]) throws -> Facts {
    let limits = JSONLimits(maximumBytes: maximumBytes, maximumDepth: 8)
    let document = try JSON(reading: bytes, limits: limits)
    guard let object = document.object else {
      throw UnusableFact(key: "", reason: "an object of facts should stand in the file")
    }
    var facts = Facts()
    for (key, value) in object.members { try state(key, value, in: &facts) }
    return facts
  }

  /// The keys that gather others under them.
  private static let groups: Set<String> = [
    "org", "events", "sent", "affected", "data", "law_enforcement_hold",
  ]

  private static func state(_ key: String, _ value: JSON, in facts: inout Facts) throws {
    guard let object = value.object else {
      if groups.contains(key), value == .null { return }
      if key == "affected", value.elements?.isEmpty == true {
        facts.statesAffected = true
        return
      }
      return try facts.state(key, try input(value, key))
    }
    guard groups.contains(key) else {
      throw UnusableFact(
        key: key,
        reason: FactKey(key) == nil
          ? "there is no fact of this name"
            + (FactCatalogue.nearest(to: key).map { "; \($0) is near" } ?? "")
          : "an object cannot stand here"
      )
    }
    if key == "affected" { facts.statesAffected = true }
    for (inner, value) in object.members {
      try facts.state("\(key).\(inner)", try input(value, "\(key).\(inner)"))
    }
  }

  private static func input(_ value: JSON, _ key: String) throws -> FactInput {
    switch value {
    case .null: return .null
    case .bool(let flag): return .flag(flag)
    case .string(let text): return .text(text)
    case .number(let text):
      guard let number = value.integer else {
        throw UnusableFact(key: key, reason: "\(text) is no whole number of 64 bits")
      }
      return .integer(number)
    case .array(let elements):
      return .list(
        try elements.map { element in
          guard let text = element.text else {
            throw UnusableFact(key: key, reason: "a list of texts")
          }
          return text
        }
      )
    case .object: throw UnusableFact(key: key, reason: "an object cannot stand here")
    }
  }
}
