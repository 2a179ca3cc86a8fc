/// What can be stated of an activity: the same fields, written and read in the same way in the form on
/// the screen, in the shell and in CSV.
///
/// Several values stand behind each other with a semicolon; one that belongs to a value is written `\;`.
public enum ActivityField: String, Vocabulary {
  case name, role, controllers, purpose, basis
  case basisNote = "basis-note"
  case condition, people, numbers, data, systems, recipients, processors, transfers, measures
  case owner, review
  case isInternal = "internal"

  /// What it is called.
  public var label: String {
    switch self {
    case .name: "Name"
    case .role: "Role"
    case .controllers: "Controllers"
    case .purpose: "Purpose"
    case .basis: "Legal basis"
    case .basisNote: "Basis, note"
    case .condition: "Art. 9 condition"
    case .people: "People"
    case .numbers: "Numbers"
    case .data: "Data"
    case .systems: "Systems"
    case .recipients: "Recipients"
    case .processors: "Processors"
    case .transfers: "Transfers"
    case .measures: "Measures"
    case .owner: "Owner"
    case .review: "Next review"
    case .isInternal: "Internal"
    }
  }

  /// What to give, in a line.
  public var help: String {
    switch self {
    case .name: "What the activity is called"
    case .role: "controller, joint or processor: GDPR art. 30(1) or 30(2)"
    case .controllers: "For whom a processor does it, or with whom; with semicolons"
    case .purpose: "What it is for"
    case .basis: LegalBasis.allCases.map(\.rawValue).joined(separator: ", ")
    case .basisNote: "The statute, the contract or the interest that is meant"
    case .condition: "For special categories: explicit-consent, employment, health-care, ..."
    case .people: "Whose data: customers; applicants"
    case .numbers: "How many by jurisdiction: EU-DE = 900; US-CA = unknown"
    case .data: "Category = why it is held: email = to send the order; dob = age limit"
    case .systems: "System @ where it runs: shop database @ DE; CRM @ US"
    case .recipients: "Who else is given the data: tax office; carriers"
    case .processors:
      "Who processes for us @ where [contract]: Druck AG @ DE [2024-01-01 to 2026-12-31]"
    case .transfers: "To whom @ country = mechanism: Mailhaus @ US = clauses"
    case .measures: "Security measures: encrypted at rest; two people"
    case .owner: "Who answers for it"
    case .review: "When it is to be looked at again"
    case .isInternal: "Why it stands in no public statement; empty where it may"
    }
  }

  /// The field of an activity as it is typed; empty where it is not known.
  public func text(_ facts: ActivityFacts) -> String {
    switch self {
    case .name: facts.name
    case .role: facts.role.rawValue
    case .controllers: FieldList.joined(facts.controllers)
    case .purpose: facts.purpose
    case .basis: facts.basis?.rawValue ?? ""
    case .basisNote: facts.basisNote
    case .condition: facts.condition?.rawValue ?? ""
    case .people: FieldList.joined(facts.people)
    case .numbers:
      FieldList.joined(
        facts.numbers.map { "\($0.jurisdiction) = \($0.count.map(String.init) ?? "unknown")" }
      )
    case .data: FieldList.joined(facts.data.map(FieldList.text))
    case .systems:
      FieldList.joined(facts.systems.map { FieldList.pair($0.name, " @ ", $0.place) })
    case .recipients: FieldList.joined(facts.recipients)
    case .processors: FieldList.joined(facts.processors.map(FieldList.text))
    case .transfers:
      FieldList.joined(
        facts.transfers.map {
          FieldList.pair(
            FieldList.pair($0.name, $0.name.isEmpty ? "@ " : " @ ", $0.country),
            " = ",
            $0.mechanism?.rawValue ?? ""
          )
        }
      )
    case .measures: FieldList.joined(facts.measures)
    case .owner: facts.owner ?? ""
    case .review: facts.review?.plain ?? ""
    case .isInternal: facts.internalReason ?? ""
    }
  }

  /// Sets the field as it was typed.
  ///
  /// - Parameters:
  ///   - text: What was typed; empty says that it is not known.
  ///   - facts: What is set.
  ///   - reading: In which zone days are meant.
  /// - Throws: `FieldProblem` where it cannot be understood; nothing is set then.
  public func set(
    _ text: String,
    on facts: inout ActivityFacts,
    _ reading: TimeReading
  ) throws(FieldProblem) {
    let text = FieldList.trimmed(text)
    func word<Word: Vocabulary>(_ type: Word.Type) throws(FieldProblem) -> Word? {
      guard !text.isEmpty else { return nil }
      guard let word = Word(rawValue: text) else {
        throw FieldProblem(self, "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return word
    }
    switch self {
    case .name:
      guard !text.isEmpty else { throw FieldProblem(self, "an activity needs a name") }
      facts.name = text
    case .role: facts.role = try word(ActivityRole.self) ?? .controller
    case .controllers: facts.controllers = FieldList.items(text)
    case .purpose: facts.purpose = text
    case .basis: facts.basis = try word(LegalBasis.self)
    case .basisNote: facts.basisNote = text
    case .condition: facts.condition = try word(SpecialCondition.self)
    case .people: facts.people = FieldList.items(text)
    case .numbers: facts.numbers = try numbers(text)
    case .data: facts.data = try data(text, before: facts, reading)
    case .systems:
      facts.systems = FieldList.items(text).map {
        let (name, place) = FieldList.split($0, at: "@")
        return SystemPlace(name: name, place: place)
      }
    case .recipients: facts.recipients = FieldList.items(text)
    case .processors: facts.processors = try processors(text, reading)
    case .transfers: facts.transfers = try transfers(text)
    case .measures: facts.measures = FieldList.items(text)
    case .owner: facts.owner = text.isEmpty ? nil : text
    case .review: facts.review = text.isEmpty ? nil : try time(text, reading)
    case .isInternal: facts.internalReason = text.isEmpty ? nil : text
    }
  }

  private func time(_ text: String, _ reading: TimeReading) throws(FieldProblem) -> StatedTime {
    guard let time = try? StatedTime(reading: text, reading) else {
      throw FieldProblem(self, "\(text) is no day such as 2026-03-01")
    }
    return time
  }

  private func numbers(_ text: String) throws(FieldProblem) -> [AffectedPeople] {
    var numbers: [String: AffectedPeople] = [:]
    for item in FieldList.items(text) {
      let (code, number) = FieldList.split(item, at: "=")
      if let problem = AffectedPeople.problem(withJurisdiction: code) {
        throw FieldProblem(self, "\(code): \(problem)")
      }
      let count = Int64(number.filter { $0 != " " })
      guard number == "unknown" || number.isEmpty || (count ?? -1) >= 0 else {
        throw FieldProblem(self, "\(item): write EU-DE = 900, or = unknown")
      }
      numbers[code] = AffectedPeople(jurisdiction: code, count: count)
    }
    return numbers.values.sorted { $0.jurisdiction < $1.jurisdiction }
  }

  private func data(
    _ text: String,
    before: ActivityFacts,
    _ reading: TimeReading
  ) throws(FieldProblem) -> [HeldData] {
    var data: [HeldData] = []
    for item in FieldList.items(text) {
      let (rest, bracket) = FieldList.bracket(item)
      let (category, why) = FieldList.split(rest, at: "=")
      guard !category.isEmpty else { throw FieldProblem(self, "\(item) names no category") }
      guard !data.contains(where: { $0.category.lowercased() == category.lowercased() }) else {
        throw FieldProblem(self, "\(category) stands there twice")
      }
      var held = HeldData(category, why: why)
      if let bracket {
        let words = bracket.split(separator: " ", maxSplits: 1).map(String.init)
        held.justified = try time(words.first ?? "", reading)
        held.justifiedBy = words.count > 1 ? words[1] : ""
      } else if let old = before.held(category).map({ before.data[$0] }), old.why == why {
        // Who writes the list anew without the days does not take back that it was justified.
        (held.justified, held.justifiedBy) = (old.justified, old.justifiedBy)
      }
      data.append(held)
    }
    return data
  }

  private func processors(
    _ text: String,
    _ reading: TimeReading
  ) throws(FieldProblem) -> [ProcessorContract] {
    var processors: [ProcessorContract] = []
    for item in FieldList.items(text) {
      let (rest, bracket) = FieldList.bracket(item)
      let (name, place) = FieldList.split(rest, at: "@")
      guard !name.isEmpty else { throw FieldProblem(self, "\(item) names nobody") }
      var processor = ProcessorContract(name: name, place: place)
      if let bracket {
        let words = bracket.split(separator: " ").map(String.init)
        guard words.count == 1 || (words.count <= 3 && words[1] == "to") else {
          throw FieldProblem(self, "[\(bracket)]: write [2024-01-01 to 2026-12-31]")
        }
        if words[0] != "?" { processor.from = try time(words[0], reading) }
        if words.count == 3 { processor.until = try time(words[2], reading) }
      }
      processors.append(processor)
    }
    return processors
  }

  private func transfers(_ text: String) throws(FieldProblem) -> [DataTransfer] {
    var transfers: [DataTransfer] = []
    for item in FieldList.items(text) {
      let (rest, word) = FieldList.split(item, at: "=")
      let (name, country) = FieldList.split(rest, at: "@")
      guard !country.isEmpty else { throw FieldProblem(self, "\(item): write Mailhaus @ US") }
      let mechanism = TransferMechanism(rawValue: word)
      guard word.isEmpty || mechanism != nil else {
        let known = TransferMechanism.allCases.map(\.rawValue).joined(separator: ", ")
        throw FieldProblem(self, "\(word) is none of \(known)")
      }
      transfers.append(DataTransfer(name: name, country: country, mechanism: mechanism))
    }
    return transfers
  }
}

/// Why a field of an activity cannot be set so.
public struct FieldProblem: Error, Equatable, CustomStringConvertible {
  /// Which field.
  public var field: ActivityField
  /// What is wrong, and what would be right; may quote foreign text.
  public var reason: String

  /// Makes a problem.
  public init(_ field: ActivityField, _ reason: String) {
    (self.field, self.reason) = (field, reason)
  }

  /// The field and what is wrong with it.
  public var description: String { "\(field.rawValue): \(reason)" }
}
