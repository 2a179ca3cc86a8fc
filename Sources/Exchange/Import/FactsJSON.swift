internal import Model

/// Our facts as JSON, for what a foreign format has no words for.
///
/// Exports put it under `plus.tocsin`; an import that finds it there sets these facts over what
/// the rest of the document says. Each fact stands whole or not at all; null says "not known".
enum FactsJSON {
  /// The key under `plus`.
  static let key = "tocsin"

  /// The key below it that marks an exercise, which is never imported: it would become a real one.
  static let exercise = "exercise"

  /// The facts, each under its name.
  static func members(_ facts: IncidentFacts) -> [(key: String, value: JSON)] {
    let instants = IncidentInstant.allCases.map { instant in
      (instant.rawValue, facts.instants[instant].map(json) ?? .null)
    }
    let roles = IncidentRole.allCases.map { role in
      (role.rawValue, facts.roles[role].map(JSON.string) ?? .null)
    }
    return [
      ("title", .string(facts.title)), ("summary", .string(facts.summary)),
      ("severity", facts.severity.map { .string($0.rawValue) } ?? .null),
      ("outcome", .string(facts.outcome.rawValue)),
      ("actions", list(facts.actions.map(\.rawValue).sorted())),
    ] + roles + instants + [
      ("affected", .array(facts.affected.map(json))), ("data", json(facts.data)),
      ("answers", json(facts.answers)),
      ("assets", list(facts.assets)), ("tags", list(facts.tags)),
    ]
  }

  /// Sets the facts that stand in `overrides`; returns the state, where one stands there.
  static func override(
    _ facts: inout IncidentFacts,
    with overrides: JSON,
    path: String
  ) throws(UnreadableRecord) -> IncidentState? {
    guard let object = overrides.object else {
      throw UnreadableRecord(path: path, reason: "an object should stand here")
    }
    var state: IncidentState?
    for (key, value) in object.members {
      let reader = Reader(value: value, path: "\(path).\(key)")
      if key == "reference" {
        _ = try reader.text()
      } else if key == "state" {
        state = try reader.word(IncidentState.self)
      } else if key == exercise {
        throw UnreadableRecord(
          path: reader.path,
          reason: "an exercise is not imported: it would stand there as a real incident"
        )
      } else {
        try set(key, of: &facts, reader)
      }
    }
    return state
  }

  private static func set(
    _ key: String,
    of facts: inout IncidentFacts,
    _ reader: Reader
  ) throws(UnreadableRecord) {
    let isNull = reader.value == .null
    switch key {
    case "title": facts.title = try reader.text()
    case "summary": facts.summary = try reader.text()
    case "severity": facts.severity = isNull ? nil : try reader.word(Severity.self)
    case "outcome": facts.outcome = try reader.word(Outcome.self)
    case "actions":
      var actions: Set<VerisAction> = []
      for element in try reader.elements() { actions.insert(try element.word(VerisAction.self)) }
      facts.actions = actions
    case "affected":
      var affected: [AffectedPeople] = []
      for element in try reader.elements() { affected.append(try element.people()) }
      _ = affected.map { facts.apply(.affected(jurisdiction: $0.jurisdiction, people: $0)) }
      let kept = Set(affected.map(\.jurisdiction))
      facts.affected.removeAll { !kept.contains($0.jurisdiction) }
    case "data": facts.data = try reader.data()
    case "answers": facts.answers = try reader.answers()
    case "assets": facts.assets = Set(try reader.texts()).sorted()
    case "tags": facts.tags = Set(try reader.texts()).sorted()
    default:
      if let role = IncidentRole(rawValue: key) {
        facts.roles[role] = isNull ? nil : try reader.text()
      } else if let instant = IncidentInstant(rawValue: key) {
        facts.instants[instant] = isNull ? nil : try reader.time()
      } else {
        throw UnreadableRecord(path: reader.path, reason: "no fact has this name")
      }
    }
  }

  // MARK: Writing

  static func list(_ words: [String]) -> JSON { .array(words.map(JSON.string)) }

  private static func json(_ time: StatedTime) -> JSON {
    .members([
      "text": .string(time.text), "zone": .string(time.zone.name),
      "precision": .string(time.precision.rawValue), "earliest": .string(time.earliest.description),
      "latest": .string(time.latest.description), "source": .string(time.source),
    ])
  }

  private static func json(_ people: AffectedPeople) -> JSON {
    .members([
      "jurisdiction": .string(people.jurisdiction),
      "count": people.count.map(JSON.integer) ?? .null, "quality": .string(people.quality.rawValue),
    ])
  }

  private static func json(_ answers: LegalAnswers) -> JSON {
    var object = JSONObject()
    for (key, text) in answers.values.sorted(by: { $0.key < $1.key }) {
      object[key] = .string(text)
    }
    return .object(object)
  }

  private static func json(_ data: DataExposure) -> JSON {
    func flag(_ value: Bool?) -> JSON { value.map(JSON.bool) ?? .null }
    return .members([
      "categories": list(data.categories),
      "disclosure": data.disclosure.map { .string($0.rawValue) } ?? .null,
      "encrypted": flag(data.isEncrypted), "key_taken": flag(data.isKeyTaken),
      "restored": flag(data.isRestored), "recovered": flag(data.isRecovered),
    ])
  }
}

/// A value that must have a shape, with the way to it for errors.
private struct Reader {
  let value: JSON
  let path: String

  func refusal(_ reason: String) -> UnreadableRecord {
    UnreadableRecord(path: path, reason: reason)
  }

  func text() throws(UnreadableRecord) -> String {
    guard let text = value.text else { throw refusal("text should stand here") }
    return text
  }

  func word<Word: Vocabulary>(_ type: Word.Type) throws(UnreadableRecord) -> Word {
    guard let word = value.text.flatMap(Word.init(rawValue:)) else {
      throw refusal("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  func elements() throws(UnreadableRecord) -> [Reader] {
    guard let elements = value.elements else { throw refusal("a list should stand here") }
    return elements.enumerated().map { Reader(value: $1, path: "\(path)[\($0)]") }
  }

  func texts() throws(UnreadableRecord) -> [String] {
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  func member(_ key: String) -> Reader {
    Reader(value: value[key] ?? .null, path: "\(path).\(key)")
  }

  func flag() throws(UnreadableRecord) -> Bool? {
    switch value {
    case .null: return nil
    case .bool(let flag): return flag
    default: throw refusal("true, false or null")
    }
  }

  func people() throws(UnreadableRecord) -> AffectedPeople {
    let count = member("count")
    if count.value != .null, (count.value.integer ?? -1) < 0 {
      throw count.refusal("a whole number, 0 or more, or null")
    }
    return AffectedPeople(
      jurisdiction: try member("jurisdiction").text(),
      count: count.value.integer,
      quality: try member("quality").word(AffectedPeople.Quality.self)
    )
  }

  func data() throws(UnreadableRecord) -> DataExposure {
    let disclosure = member("disclosure")
    return DataExposure(
      categories: try member("categories").texts(),
      disclosure: disclosure.value == .null ? nil : try disclosure.word(Disclosure.self),
      isEncrypted: try member("encrypted").flag(),
      isKeyTaken: try member("key_taken").flag(),
      isRestored: try member("restored").flag(),
      isRecovered: try member("recovered").flag()
    )
  }

  func answers() throws(UnreadableRecord) -> LegalAnswers {
    guard let object = value.object else { throw refusal("an object should stand here") }
    var answers = LegalAnswers()
    for (name, _) in object.members {
      let answer = member(name)
      let text = try answer.text()
      guard let key = FactKey(name), LegalAnswers.questions.contains(key) else {
        throw answer.refusal("no question has this name")
      }
      do {
        _ = try LegalAnswers.input(text, for: key)
      } catch {
        throw answer.refusal(error.reason)
      }
      answers[key] = text
    }
    return answers
  }

  func time() throws(UnreadableRecord) -> StatedTime {
    guard let zone = Zone(try member("zone").text()),
      let precision = Precision(rawValue: try member("precision").text()),
      let earliest = Instant(rfc3339: try member("earliest").text()),
      let latest = Instant(rfc3339: try member("latest").text()), earliest <= latest
    else { throw refusal("text, zone, precision, earliest, latest and source of a time") }
    return StatedTime(
      text: try member("text").text(),
      zone: zone,
      precision: precision,
      earliest: earliest,
      latest: latest,
      source: try member("source").text()
    )
  }
}
