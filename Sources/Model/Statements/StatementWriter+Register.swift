extension StatementWriter {
  /// What is done with data, activity by activity.
  mutating func activities(depth: Int) -> [StatementBlock] {
    guard !shown.isEmpty else {
      return [said("No activity stands in our register.", source: "privacy register")]
    }
    var blocks: [StatementBlock] = []
    for activity in shown {
      let (facts, key) = (activity.facts, "activity/\(activity.reference)")
      let source = "privacy register: \(activity.reference)"
      blocks.append(.heading(depth, [StatementRun(facts.name, source: source)]))
      _ = fact(key, "Activity", facts.name, source: source)
      var lines: [StatementFact] = []
      func add(_ name: String, _ label: String, _ text: String) {
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        lines.append(fact("\(key)/\(name)", label, text, source: source))
      }
      add("role", "Our role", facts.role.label)
      add("controllers", "For or with", joined(facts.controllers))
      add("purpose", "Purpose", facts.purpose)
      add("basis", "Legal basis", basis(facts))
      add("people", "Whose data", joined(facts.people))
      add("data", "Data", joined(facts.data.map { held($0) }))
      add("recipients", "Who else gets them", joined(facts.recipients))
      add("processors", "Who processes them for us", joined(facts.processors.map(processor)))
      add("transfers", "Where they go outside", joined(facts.transfers.map(transfer)))
      let rules = sources.rules.filter { $0.facts.activity == activity.reference }
      add("kept", "Kept", joined(rules.map { "\($0.facts.title): \($0.facts.text)" }))
      blocks.append(.facts(lines))
    }
    return blocks
  }

  /// How long data are kept, rule by rule.
  mutating func retention() -> [StatementBlock] {
    guard !shownRules.isEmpty else {
      return [
        said("Our register has no rule on how long data are kept.", source: "privacy register")
      ]
    }
    let names = Dictionary(shown.map { ($0.reference, $0.facts.name) }) { first, _ in first }
    let lines = shownRules.map { rule in
      let facts = rule.facts
      let of = names[facts.activity].map { "\($0): " } ?? ""
      let categories = facts.categories.isEmpty ? "" : " (\(joined(facts.categories.map(words))))"
      return fact(
        "retention/\(rule.reference)",
        "\(of)\(facts.title)",
        "\(facts.text)\(categories); \(facts.ground)",
        source: "privacy register: \(rule.reference)"
      )
    }
    return [.facts(lines)]
  }

  /// Which measures were found in force.
  mutating func measures(depth: Int) -> [StatementBlock] {
    var blocks: [StatementBlock] = []
    for audit in sources.audits where !audit.met.isEmpty {
      let source = "signed audit \(audit.audit)"
      let all = audit.met.count + audit.unmet.count
      let head = fact(
        "audit/\(audit.audit)",
        audit.framework,
        "\(audit.met.count) of \(all) requirements met, audited \(audit.day)",
        source: source
      )
      blocks.append(
        .paragraph([StatementRun("\(audit.framework): \(head.text).", source: source)])
      )
      blocks.append(
        .list(
          audit.met.map { met in
            let text = met.name.isEmpty ? met.reference : met.name
            _ = fact("audit/\(audit.audit)/\(met.reference)", met.reference, text, source: source)
            return [StatementRun(text, source: source)]
          }
        )
      )
    }
    var (seen, points): (Set<String>, [[StatementRun]]) = ([], [])
    for activity in shown {
      for measure in activity.facts.measures where seen.insert(measure.lowercased()).inserted {
        let source = "privacy register: \(activity.reference)"
        _ = fact("measure/\(measure.lowercased())", "Measure", measure, source: source)
        points.append([StatementRun(measure, source: source)])
      }
    }
    if !points.isEmpty {
      if !blocks.isEmpty {
        blocks.append(
          said("As the records of our activities state them:", source: "privacy register")
        )
      }
      blocks.append(.list(points))
    }
    return blocks.isEmpty
      ? [
        said(
          "No signed audit and no activity states a measure.",
          source: "audits, privacy register"
        )
      ]
      : blocks
  }

  private func joined(_ words: [String]) -> String {
    words.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// A category of data in words for everybody: `dob` is `date of birth`.
  func words(_ category: String) -> String {
    switch category.lowercased() {
    case "dob": "date of birth"
    case "ssn": "social security number"
    case "cpf": "tax number (CPF)"
    case "email": "e-mail address"
    case "phone": "telephone number"
    case "national_id": "identity card number"
    case "passport": "passport number"
    case "driver_license": "driving licence"
    case "biometric": "biometric data"
    case "children": "data of children"
    default: category.replacing("_", with: " ")
    }
  }

  private func held(_ data: HeldData) -> String {
    words(data.category) + (data.why.isEmpty ? "" : " (\(data.why))")
  }

  private func basis(_ facts: ActivityFacts) -> String {
    guard let basis = facts.basis else { return "" }
    let note = facts.basisNote.isEmpty ? "" : ": \(facts.basisNote)"
    let condition = facts.condition.map { "; \($0.label) (\($0.citation))" } ?? ""
    return "\(basis.label) (\(basis.citation))\(note)\(condition)"
  }

  private func processor(_ processor: ProcessorContract) -> String {
    processor.place.isEmpty ? processor.name : "\(processor.name) (\(processor.place))"
  }

  private func transfer(_ transfer: DataTransfer) -> String {
    let to = transfer.name.isEmpty ? transfer.country : "\(transfer.name), \(transfer.country)"
    return to + (transfer.mechanism.map { " on \($0.label) (\($0.citation))" } ?? "")
  }
}
