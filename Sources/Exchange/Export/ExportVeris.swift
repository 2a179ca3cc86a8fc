public import Model

/// Incidents written as VERIS documents.
///
/// An imported incident that nobody edited comes out as the document that came in. An edited one is
/// that document with the edited facts set into it; what VERIS has no words for stands under
/// `plus.tocsin`, where our own import finds it. One opened here becomes a new VERIS 1.4 document:
/// what is not known is said to be `Unknown`. An exercise says under `plus.tocsin` that it is one.
public enum ExportVeris {
  /// What `source_id` says in the document of an incident that was opened in Tocsin.
  static let sourceID = "tocsin"

  /// The document of an incident.
  ///
  /// Throws where its kept source is no JSON (an altered store).
  public static func document(_ incident: Incident) throws(UnreadableRecord) -> JSON {
    var document = try unmarked(incident)
    if incident.isExercise {
      document[path: ["plus", FactsJSON.key, FactsJSON.exercise]] = .bool(true)
    }
    return document
  }

  private static func unmarked(_ incident: Incident) throws(UnreadableRecord) -> JSON {
    guard let source = incident.source, source.format == ImportVeris.format else {
      return try overlaid(incident, on: fresh(incident))
    }
    let original: JSON
    do throws(UnreadableJSON) {
      original = try JSON(
        reading: Array(source.document.utf8),
        limits: JSONLimits(maximumBytes: 1 << 30)
      )
    } catch {
      throw UnreadableRecord(
        path: error.path,
        reason: "the kept source of \(incident.reference): \(error.reason)"
      )
    }
    return try overlaid(incident, on: original)
  }

  // MARK: A new document

  /// What is written into `plus.created` and the like says when, not who.
  private static func fresh(_ incident: Incident) throws(UnreadableRecord) -> JSON {
    let unknown = FactsJSON.list(["Unknown"])
    var document = JSON.members([
      "schema_version": .string("1.4.0"), "incident_id": .string(incident.reference),
      "source_id": .string(sourceID),
      "security_incident": .string(VerisVocabulary.securityIncident(incident.facts.outcome)),
      "summary": .string(incident.facts.summary),
      "timeline": .members(["incident": year(incident)]),
      "victim": .members([
        "victim_id": .string("Unknown"), "country": unknown, "employee_count": .string("Unknown"),
        "industry": .string("000000"), "government": FactsJSON.list(["Unknown"]),
      ]),
      "actor": .members(["unknown": .object(JSONObject())]),
      "action": .members(["unknown": .object(JSONObject())]),
      "asset": .members(["assets": .array([variety("Unknown")]), "cloud": unknown]),
      "attribute": .members(["unknown": .object(JSONObject())]),
      "discovery_method": .members(["unknown": .bool(true)]),
      "plus": .members([
        "created": .string(incident.openedAt.description),
        "modified": .string(incident.updatedAt.description),
      ]),
    ])
    if incident.facts.data != DataExposure() || !incident.facts.affected.isEmpty {
      document[path: ["attribute"]] = .members([
        "confidentiality": .members([
          "data_disclosure": .string("Unknown"), "data": .array([variety("Unknown")]),
        ])
      ])
    }
    return document
  }

  /// VERIS demands a year: that of the earliest known instant, else that of opening.
  private static func year(_ incident: Incident) -> JSON {
    let times = incident.facts.instants.values.map(\.earliest) + [incident.openedAt]
    let first = incident.facts.instants[.occurred]?.earliest ?? times.min() ?? incident.openedAt
    return .members(["year": .integer(Int64(max(1950, CivilTime(first).year)))])
  }

  private static func variety(_ word: String) -> JSON { .members(["variety": .string(word)]) }

  // MARK: Edited facts

  /// Sets the facts that differ from what the document says into it.
  private static func overlaid(
    _ incident: Incident,
    on original: JSON
  ) throws(UnreadableRecord) -> JSON {
    let facts = incident.facts
    var document = original
    let (before, stateBefore) = try ImportVeris.read(original)
    if facts == before, incident.state == stateBefore { return original }
    var stated = before
    if document[path: ["plus", FactsJSON.key]] != nil {
      document[path: ["plus", FactsJSON.key]] = nil
      stated = try ImportVeris.stated(document)
    }
    if facts.summary != stated.summary { document[path: ["summary"]] = .string(facts.summary) }
    if facts.severity != stated.severity { set(facts.severity, in: &document) }
    if facts.data.disclosure != stated.data.disclosure, let disclosure = facts.data.disclosure {
      let word = VerisVocabulary.disclosure.first { $0.ours == disclosure }?.veris
      document[path: confidentiality + ["data_disclosure"]] = word.map(JSON.string)
    }
    if facts.data.categories != stated.data.categories, !facts.data.categories.isEmpty {
      setCategories(facts.data.categories, in: &document)
    }
    if facts.affected != stated.affected { set(facts.affected, in: &document) }
    if facts.outcome != stated.outcome {
      let word = VerisVocabulary.securityIncident(facts.outcome)
      document[path: ["security_incident"]] = .string(word)
    }
    if facts.actions != stated.actions, !facts.actions.isEmpty {
      set(facts.actions, in: &document)
    }
    if facts.assets != stated.assets { setAssets(facts.assets, in: &document) }
    if facts.instants[.occurred] != stated.instants[.occurred] {
      let date = date(facts.instants[.occurred])
      if let date { document[path: ["timeline", "incident"]] = date }
    }
    if facts.instants[.notified] != stated.instants[.notified] {
      document[path: ["plus", "timeline", "notification"]] = date(facts.instants[.notified])
    }
    return try withRest(of: incident, in: document)
  }

  /// Puts what the document still does not say under `plus.tocsin`.
  private static func withRest(
    of incident: Incident,
    in document: JSON
  ) throws(UnreadableRecord) -> JSON {
    var document = document
    let said = Dictionary(
      FactsJSON.members(try ImportVeris.stated(document)).map { ($0.key, $0.value) }
    ) { first, _ in first }
    var rest = JSONObject()
    for (key, value) in FactsJSON.members(incident.facts) where said[key] != value {
      rest[key] = value
    }
    if incident.state != .closed { rest["state"] = .string(incident.state.rawValue) }
    if !rest.isEmpty {
      rest["reference"] = .string(incident.reference)
      document[path: ["plus", FactsJSON.key]] = .object(rest)
    }
    return document
  }

  private static let confidentiality = ["attribute", "confidentiality"]

  /// Confidentiality with the keys that VERIS demands, before one of its parts is set.
  private static func demandConfidentiality(in document: inout JSON) {
    let path = confidentiality + ["data_disclosure"]
    if document[path: path] == nil { document[path: path] = .string("Unknown") }
  }

  private static func set(_ severity: Severity?, in document: inout JSON) {
    let word = VerisVocabulary.ratings.last { $0.ours == severity }?.veris ?? "Unknown"
    guard severity != nil || document["impact"] != nil else { return }
    document[path: ["impact", "overall_rating"]] = .string(word)
  }

  private static func setCategories(_ categories: [String], in document: inout JSON) {
    demandConfidentiality(in: &document)
    let path = confidentiality + ["data"]
    // Entries whose category still stands keep their amounts.
    var entries = (document[path: path]?.elements ?? []).filter { entry in
      let word = entry["variety"]?.text
      return categories.contains(
        VerisVocabulary.categories.first { $0.veris == word }?.ours ?? "other"
      )
    }
    for category in categories {
      let word = VerisVocabulary.variety(category)
      if !entries.contains(where: { $0["variety"]?.text == word }) { entries.append(variety(word)) }
    }
    document[path: path] = .array(entries)
  }

  private static func set(_ affected: [AffectedPeople], in document: inout JSON) {
    var total: Int64? = affected.isEmpty ? nil : 0
    for people in affected {
      guard let count = people.count, let sum = total?.addingReportingOverflow(count),
        !sum.overflow
      else {
        total = nil
        break
      }
      total = sum.partialValue
    }
    if total != nil { demandConfidentiality(in: &document) }
    document[path: confidentiality + ["data_total"]] = total.map(JSON.integer)
  }

  private static func set(_ actions: Set<VerisAction>, in document: inout JSON) {
    let unknown = FactsJSON.list(["Unknown"])
    for action in VerisAction.allCases {
      let path = ["action", action.rawValue]
      guard actions.contains(action) else {
        document[path: path] = nil
        continue
      }
      guard document[path: path] == nil else { continue }
      document[path: path] =
        switch action {
        case .unknown: .object(JSONObject())
        case .environmental: .members(["variety": unknown])
        case .social: .members(["variety": unknown, "vector": unknown, "target": unknown])
        default: .members(["variety": unknown, "vector": unknown])
        }
    }
    // Keys that are no action of ours were read as unknown.
    if !actions.contains(.unknown), let object = document["action"]?.object {
      for key in object.keys where VerisAction(rawValue: key) == nil {
        document[path: ["action", key]] = nil
      }
    }
  }

  /// Assets that are words of VERIS, such as `S - Database`; others are named under `plus`.
  private static func setAssets(_ assets: [String], in document: inout JSON) {
    let path = ["asset", "assets"]
    let known = assets.filter { VerisVocabulary.isAsset($0) }
    var entries = (document[path: path]?.elements ?? []).filter { entry in
      entry["variety"]?.text.map(known.contains) ?? false
    }
    for word in known where !entries.contains(where: { $0["variety"]?.text == word }) {
      entries.append(variety(word))
    }
    if entries.isEmpty { entries = [variety("Unknown")] }
    document[path: path] = .array(entries)
  }

  /// A time as VERIS writes it; nil for none.
  private static func date(_ time: StatedTime?) -> JSON? {
    guard let time else { return nil }
    let civil = CivilTime(time.earliest, offset: time.zone.offset(at: time.earliest))
    var object = JSONObject()
    object["year"] = .integer(Int64(civil.year))
    guard time.precision != .year else { return .object(object) }
    object["month"] = .integer(Int64(civil.month))
    guard time.precision != .month else { return .object(object) }
    object["day"] = .integer(Int64(civil.day))
    return .object(object)
  }
}
