/// An answer that is put into a form before anybody has given one, and where it came from.
public struct PrefilledAnswers: Sendable, Equatable {
  /// The choices by step.
  public var choices: [String: String] = [:]
  /// Which fact of the incident gave a choice, by step; absent where an officer gave it.
  ///
  /// Foreign text.
  public var sources: [String: String] = [:]

  /// Makes answers of which none is given.
  public init() {}

  fileprivate mutating func set(_ step: String, _ choice: String, _ source: String) {
    (choices[step], sources[step]) = (choice, source)
  }
}

extension Incident {
  /// What an assessment begins with: the answers of the one before, and what the facts state.
  ///
  /// A fact goes before an answer that a fact gave, and after one that an officer gave. What the facts
  /// do not state is left open; unknown is never no.
  ///
  /// - Parameters:
  ///   - method: By which method.
  ///   - organisation: Who reports, for its trades.
  ///   - before: The assessment of the method that stands.
  /// - Returns: The answers, not all of them as a rule.
  public func prefilled(
    _ method: AssessmentMethod,
    _ organisation: Organisation?,
    before: Assessment?
  ) -> PrefilledAnswers {
    var answers = PrefilledAnswers()
    switch method {
    case .enisa: stateEnisa(&answers)
    case .edpb: stateEdpb(&answers, organisation)
    }
    for answer in before?.facts.answers ?? [] {
      guard answer.source.isEmpty || answers.choices[answer.step] == nil else { continue }
      answers.choices[answer.step] = answer.choice
      answers.sources[answer.step] = answer.source.isEmpty ? nil : answer.source
    }
    return answers
  }

  // MARK: What the facts state

  private static let sensitive = ["health", "medical", "biometric"]
  private static let financial = [
    "financial", "bank_account", "card_number", "payroll", "account_number",
  ]
  private static let behavioural = ["traffic_data", "orders"]
  private static let simple = [
    "name", "email", "phone", "postal_address", "dob", "personal", "children", "driver_license",
    "passport", "national_id", "ssn", "cpf",
  ]
  private static let identities = [
    "ssn", "national_id", "passport", "driver_license", "cpf", "email", "phone", "biometric",
  ]

  /// The exposed categories of a list, as a source; nil where none is exposed.
  private func exposed(_ words: [String]) -> String? {
    let found = facts.data.categories.filter(words.contains)
    return found.isEmpty ? nil : "data: \(found.joined(separator: ", "))"
  }

  private func stateEnisa(_ answers: inout PrefilledAnswers) {
    if let source = exposed(Self.sensitive) {
      answers.set("data", "sensitive", source)
    } else if let source = exposed(Self.financial) {
      answers.set("data", "financial", source)
      if let card = exposed(["card_number"]) {
        answers.set("context", "full", card)
      }
    } else if let source = exposed(Self.behavioural) {
      answers.set("data", "behavioural", source)
    } else if let source = exposed(Self.simple) {
      answers.set("data", "simple", source)
      if let children = exposed(["children"]) {
        answers.set("context", "vulnerable", children)
      }
    }
    if let source = unreadable {
      answers.set("identification", "negligible", source)
      answers.set("unintelligible", "yes", source)
    } else {
      if let source = named { answers.set("identification", "maximum", source) }
      if let source = readable { answers.set("unintelligible", "no", source) }
    }
    if facts.data.disclosure == .no { answers.set("confidentiality", "none", "disclosed: no") }
    if facts.data.isRestored == true {
      answers.set("availability", "none", "restored from a backup: yes")
    }
    if let source = malice(of: Self.malicious) {
      answers.set("malice", "yes", source)
    } else if !facts.actions.isEmpty, facts.actions.isSubset(of: [.error, .environmental]) {
      answers.set("malice", "no", malice(of: [.error, .environmental]) ?? "")
    }
    if let (count, source) = people {
      answers.set("number", count > 100 ? "yes" : "no", source)
    }
  }

  private func stateEdpb(_ answers: inout PrefilledAnswers, _ organisation: Organisation?) {
    let disclosed = facts.data.disclosure
    if disclosed == .no, facts.data.isRestored == true {
      answers.set("type", "interrupted", "disclosed: no, restored from a backup: yes")
    } else if disclosed == .yes || disclosed == .potentially {
      let seen = "disclosed: \(disclosed?.label ?? "")"
      if let source = malice(of: Self.malicious) {
        answers.set("type", "taken", "\(source), \(seen)")
      } else if !facts.actions.isEmpty, facts.actions.isSubset(of: [.error, .environmental]) {
        answers.set("type", "disclosed", seen)
      }
    }
    let grave =
      Self.sensitive + Self.financial + ["ssn", "national_id", "passport", "driver_license", "cpf"]
      + ["credentials", "digital_certificate"]
    if let source = exposed(grave) {
      answers.set("nature", "sensitive", source)
    } else if let source = exposed(Self.behavioural + ["postal_address", "dob", "password_hash"]) {
      answers.set("nature", "personal", source)
    } else if let source = exposed(["name", "email", "phone"]) {
      answers.set("nature", "ordinary", source)
    }
    if let source = unreadable {
      answers.set("identification", "none", source)
    } else if let source = named {
      answers.set("identification", "direct", source)
    }
    if let source = exposed(["children"]) { answers.set("people", "vulnerable", source) }
    let trades = (organisation?.sectors ?? []).filter {
      ["health", "hospital", "finance", "insur", "credit"].contains(where: $0.hasPrefix)
    }
    if !trades.isEmpty {
      answers.set("controller", "sensitive", "trades: \(trades.joined(separator: ", "))")
    }
    if let (count, source) = people {
      answers.set("number", count > 10_000 ? "mass" : count > 100 ? "many" : "few", source)
    }
  }

  private static let malicious: Set<VerisAction> = [.malware, .hacking, .social, .misuse]

  private func malice(of actions: Set<VerisAction>) -> String? {
    let found = facts.actions.intersection(actions).map(\.label).sorted()
    return found.isEmpty ? nil : "kind: \(found.joined(separator: ", "))"
  }

  /// Encrypted and the key known to be safe.
  private var unreadable: String? {
    facts.data.isEncrypted == true && facts.data.isKeyTaken == false
      ? "encrypted: yes, key taken: no" : nil
  }

  private var readable: String? {
    if facts.data.isEncrypted == false { return "encrypted: no" }
    return facts.data.isKeyTaken == true ? "key taken: yes" : nil
  }

  /// What names people by itself.
  private var named: String? {
    if let source = exposed(Self.identities) { return source }
    let categories = facts.data.categories
    guard categories.contains("name"), let more = exposed(["dob", "postal_address"]) else {
      return nil
    }
    return "\(more), name"
  }

  /// The people of all jurisdictions, where each number is known; else those known of, where they
  /// already are more than any threshold.
  private var people: (count: Int64, source: String)? {
    guard !facts.affected.isEmpty else { return nil }
    let whole = facts.affected.first { $0.jurisdiction.isEmpty }
    let parts = facts.affected.filter { !$0.jurisdiction.isEmpty }
    let sum = parts.reduce(Int64(0)) { total, people in
      let (next, over) = total.addingReportingOverflow(people.count ?? 0)
      return over ? .max : next
    }
    let count = max(whole?.count ?? 0, sum)
    let isKnown =
      whole?.count != nil || (!parts.isEmpty && parts.allSatisfy { $0.count != nil })
    guard isKnown || count > 10_000 else { return nil }
    return (count, "people affected: \(isKnown ? "" : "more than ")\(count)")
  }
}
