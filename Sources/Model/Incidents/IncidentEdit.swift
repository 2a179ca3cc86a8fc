/// One fact of an incident, set to a new value.
public enum IncidentEdit: Codable, Sendable, Equatable {
  case title(String)
  case summary(String)
  case severity(Severity?)
  case outcome(Outcome)
  case actions([VerisAction])
  case role(IncidentRole, String?)
  case instant(IncidentInstant, StatedTime?)
  /// Sets or, with a nil `people`, removes the number of one jurisdiction.
  case affected(jurisdiction: String, people: AffectedPeople?)
  case data(DataExposure)
  /// Answers a question that laws ask; nil takes the answer back.
  case answer(FactKey, String?)
  case assets([String])
  case tags([String])

  /// The field's name, for journal, conflict view and filters.
  public var field: String {
    switch self {
    case .title: "title"
    case .summary: "summary"
    case .severity: "severity"
    case .outcome: "outcome"
    case .actions: "kind"
    case .role(let role, _): role.rawValue
    case .instant(let instant, _): instant.label
    case .affected(let jurisdiction, _):
      jurisdiction.isEmpty ? "affected" : "affected \(jurisdiction)"
    case .data: "data"
    case .answer(let key, _): key.description
    case .assets: "assets"
    case .tags: "tags"
    }
  }

  /// The new value as text, as a person reads it.
  ///
  /// Foreign text.
  public var text: String {
    switch self {
    case .title(let text), .summary(let text): text
    case .severity(let severity): severity?.label ?? "not assessed"
    case .outcome(let outcome): outcome.label
    case .actions(let actions): actions.map(\.label).sorted().joined(separator: ", ")
    case .role(_, let person): person ?? "nobody"
    case .instant(_, let time): time?.plainWithZone ?? "not known"
    case .affected(_, let people): people?.text ?? "not affected"
    case .data(let data): data.text
    case .answer(_, let text): text ?? "not known"
    case .assets(let words), .tags(let words): words.joined(separator: ", ")
    }
  }
}

extension AffectedPeople {
  /// The number as a person reads it: `900 (estimate)`, `unknown number`.
  public var text: String {
    guard let count else { return "unknown number" }
    return quality == .estimate ? "\(count) (estimate)" : String(count)
  }
}

extension DataExposure {
  /// The exposure as a person reads it; what is unknown is left out.
  public var text: String {
    var parts: [String] = []
    if !categories.isEmpty { parts.append(categories.joined(separator: ", ")) }
    if let disclosure { parts.append("disclosed: \(disclosure.label)") }
    for (name, value) in [
      ("encrypted", isEncrypted), ("key taken", isKeyTaken), ("restored", isRestored),
      ("recovered", isRecovered),
    ] {
      if let value { parts.append("\(name): \(value ? "yes" : "no")") }
    }
    return parts.isEmpty ? "not known" : parts.joined(separator: "; ")
  }
}

extension IncidentFacts {
  /// Sets one fact and returns the edit that sets it back.
  public mutating func apply(_ edit: IncidentEdit) -> IncidentEdit {
    switch edit {
    case .title(let new):
      defer { title = new }
      return .title(title)
    case .summary(let new):
      defer { summary = new }
      return .summary(summary)
    case .severity(let new):
      defer { severity = new }
      return .severity(severity)
    case .outcome(let new):
      defer { outcome = new }
      return .outcome(outcome)
    case .actions(let new):
      defer { actions = Set(new) }
      return .actions(actions.sorted { $0.rawValue < $1.rawValue })
    case .role(let role, let person):
      defer { roles[role] = person }
      return .role(role, roles[role])
    case .instant(let instant, let time):
      defer { instants[instant] = time }
      return .instant(instant, instants[instant])
    case .affected(let jurisdiction, let people):
      let old = affected.first { $0.jurisdiction == jurisdiction }
      affected.removeAll { $0.jurisdiction == jurisdiction }
      if var people {
        people.jurisdiction = jurisdiction
        affected.append(people)
        affected.sort { $0.jurisdiction < $1.jurisdiction }
      }
      return .affected(jurisdiction: jurisdiction, people: old)
    case .data(let new):
      defer { data = new }
      return .data(data)
    case .answer(let key, let new):
      defer { answers[key] = new }
      return .answer(key, answers[key])
    case .assets(let new):
      defer { assets = Set(new).sorted() }
      return .assets(assets)
    case .tags(let new):
      defer { tags = Set(new).sorted() }
      return .tags(tags)
    }
  }

  /// The present value of the fact that an edit would set, as the edit that sets it.
  public func current(of edit: IncidentEdit) -> IncidentEdit {
    var copy = self
    return copy.apply(edit)
  }

  /// The edits that make other facts of these, one for each field that differs.
  public func edits(to other: IncidentFacts) -> [IncidentEdit] {
    let jurisdictions = Set((affected + other.affected).map(\.jurisdiction)).sorted()
    let questions = Set(Array(answers.values.keys) + Array(other.answers.values.keys)).sorted()
    let every: [IncidentEdit] =
      [
        .title(""), .summary(""), .severity(nil), .outcome(.undetermined), .actions([]),
      ] + IncidentRole.allCases.map { .role($0, nil) }
      + IncidentInstant.allCases.map { .instant($0, nil) }
      + jurisdictions.map { .affected(jurisdiction: $0, people: nil) }
      + questions.compactMap(FactKey.init).map { .answer($0, nil) }
      + [.data(DataExposure()), .assets([]), .tags([])]
    return every.compactMap { edit in
      let wanted = other.current(of: edit)
      return current(of: edit) == wanted ? nil : wanted
    }
  }
}
