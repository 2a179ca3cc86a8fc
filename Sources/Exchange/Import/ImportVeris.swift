public import Model

/// Why a record was not read: where in it, and what is wrong.
public struct UnreadableRecord: Error, Equatable, Sendable {
  /// The way to the value, such as `$.timeline.incident.year`, or a column's name.
  ///
  /// Foreign text.
  public var path: String
  /// What is wrong there, and what would do.
  ///
  /// May quote foreign text.
  public var reason: String
}

/// One VERIS incident, read into a change that opens it here.
///
/// The document is kept whole beside the facts, so nothing that has no place here is lost. How it
/// is read:
/// - The title is the victim with the first sentence of the summary, because one victim may stand
///   in hundreds of incidents. The state is closed: these are published cases.
/// - `data_total` counts records, so it becomes an estimate of people, of no one jurisdiction: where
///   the victim sits says nothing of where the people live. Data that is never about people
///   (`VerisVocabulary.impersonal`) counts nobody. Without a total, people are affected in unknown
///   number where data about people was disclosed, and nothing is said otherwise.
/// - Dates are read in UTC, for want of a zone, and never more exactly than they are stated.
/// - `plus.tocsin` holds what an export of ours could not say in VERIS; it overrides the rest.
public enum ImportVeris {
  /// The name of the format in `ImportSource` and in commands.
  public static let format = "veris"

  /// The digest by which two documents are told apart: order of keys and spaces do not count.
  public static func digest(_ document: JSON) -> String { Digest.sha256(document.canonical) }

  /// The document's own id, compared exactly.
  ///
  /// Throws where it has none.
  public static func identifier(_ document: JSON) throws(UnreadableRecord) -> String {
    guard let id = try text("incident_id", of: document) else {
      throw UnreadableRecord(path: "$.incident_id", reason: "a VERIS incident needs an id")
    }
    guard !id.isEmpty, id.utf8.count <= 255, id.unicodeScalars.allSatisfy({ $0.value >= 32 }) else {
      throw UnreadableRecord(
        path: "$.incident_id",
        reason: "an id has 1 to 255 bytes and no control characters"
      )
    }
    return id
  }

  /// Reads one incident.
  public static func change(_ document: JSON) throws(UnreadableRecord) -> OpenIncident {
    let id = try identifier(document)
    let (facts, state) = try read(document)
    var opened: Instant?
    if let created = document[path: ["plus", "created"]]?.text {
      opened = Instant(rfc3339: created)
    }
    return OpenIncident(
      facts: facts,
      state: state,
      source: ImportSource(
        format: format,
        externalID: id,
        digest: digest(document),
        document: document.written()
      ),
      openedAt: opened,
      timeline: try timeline(document)
    )
  }

  /// The facts and the state that a document states, with the overrides in `plus.tocsin`.
  static func read(_ document: JSON) throws(UnreadableRecord) -> (IncidentFacts, IncidentState) {
    var facts = try stated(document)
    guard let overrides = document[path: ["plus", FactsJSON.key]] else { return (facts, .closed) }
    let state = try FactsJSON.override(&facts, with: overrides, path: "$.plus.\(FactsJSON.key)")
    return (facts, state ?? .closed)
  }

  /// The facts that a document states in the words of VERIS alone.
  static func stated(_ document: JSON) throws(UnreadableRecord) -> IncidentFacts {
    guard document.object != nil else {
      throw UnreadableRecord(path: "$", reason: "an incident is a JSON object")
    }
    let summary = try text("summary", of: document) ?? ""
    let data = try exposure(document)
    let word = try text("security_incident", of: document)
    guard let outcome = word.map({ VerisVocabulary.outcome($0, data.disclosure) }) ?? .undetermined
    else {
      throw UnreadableRecord(
        path: "$.security_incident",
        reason: "one of Confirmed, Suspected, Near miss, False positive"
      )
    }
    let actions = try actions(document)
    var instants: [IncidentInstant: StatedTime] = [:]
    instants[.occurred] = try date(document, ["timeline", "incident"])
    instants[.notified] = try date(document, ["plus", "timeline", "notification"])
    let rating = document[path: ["impact", "overall_rating"]]?.text
    return IncidentFacts(
      title: title(document, summary, actions),
      summary: summary,
      severity: VerisVocabulary.ratings.first { $0.veris == rating }?.ours,
      outcome: outcome,
      actions: actions,
      instants: instants,
      affected: try affected(document, data),
      data: data,
      assets: try varieties(document, ["asset", "assets"]),
      tags: tags(document)
    )
  }

  // MARK: Parts

  private static func text(
    _ key: String,
    of value: JSON,
    at path: String = "$"
  ) throws(UnreadableRecord) -> String? {
    guard let found = value[key] else { return nil }
    guard let text = found.text else {
      throw UnreadableRecord(path: "\(path).\(key)", reason: "text should stand here")
    }
    return text
  }

  private static func title(
    _ document: JSON,
    _ summary: String,
    _ actions: Set<VerisAction>
  ) -> String {
    var victim = document[path: ["victim", "victim_id"]]?.text.map(oneLine) ?? ""
    if victim.lowercased() == "unknown" { victim = "" }
    let kinds = actions.map(\.label).sorted().joined(separator: ", ")
    let rest = summary.isEmpty ? kinds : firstSentence(summary)
    let parts = [victim, rest].filter { !$0.isEmpty }
    guard !parts.isEmpty else { return "VERIS incident" }
    return cut(parts.joined(separator: ": "), to: 120)
  }

  private static func exposure(_ document: JSON) throws(UnreadableRecord) -> DataExposure {
    guard let part = document[path: ["attribute", "confidentiality"]] else { return DataExposure() }
    let path = "$.attribute.confidentiality"
    var data = DataExposure()
    if let word = try text("data_disclosure", of: part, at: path) {
      guard let known = VerisVocabulary.disclosure.first(where: { $0.veris == word }) else {
        throw UnreadableRecord(
          path: "\(path).data_disclosure",
          reason: "one of Yes, Potentially, No, Unknown"
        )
      }
      data.disclosure = known.ours
    }
    let varieties = try varieties(document, ["attribute", "confidentiality", "data"])
    let categories = varieties.map { variety in
      VerisVocabulary.categories.first { $0.veris == variety }?.ours ?? "other"
    }
    data.categories = Set(categories).sorted()
    let states = (part["state"]?.elements ?? []).compactMap(\.text)
    let isEncrypted = states.contains { $0.hasSuffix(" encrypted") }
    let isOther = states.contains { !$0.hasSuffix(" encrypted") }
    if isEncrypted, !isOther { data.isEncrypted = true }
    if !isEncrypted, states.contains(where: { $0.hasSuffix(" unencrypted") }) {
      data.isEncrypted = false
    }
    return data
  }

  private static func affected(
    _ document: JSON,
    _ data: DataExposure
  ) throws(UnreadableRecord) -> [AffectedPeople] {
    let path = ["attribute", "confidentiality", "data_total"]
    let varieties = try varieties(document, ["attribute", "confidentiality", "data"])
    let isPersonal = varieties.isEmpty || !VerisVocabulary.impersonal.isSuperset(of: varieties)
    guard let total = document[path: path] else {
      let isCertain = !Set(varieties).isDisjoint(with: ["Personal", "Medical", "Payment", "Bank"])
      guard isCertain, data.disclosure == .yes else { return [] }
      return [AffectedPeople(jurisdiction: "", count: nil)]
    }
    guard let count = total.integer, count >= 0 else {
      throw UnreadableRecord(
        path: "$.\(path.joined(separator: "."))",
        reason: "a whole number, 0 or more"
      )
    }
    return isPersonal ? [AffectedPeople(jurisdiction: "", count: count)] : []
  }

  /// The varieties of a list of `{"variety": ..., "amount": ...}`; sorted, each once.
  private static func varieties(
    _ document: JSON,
    _ path: [String]
  ) throws(UnreadableRecord) -> [String] {
    guard let list = document[path: path] else { return [] }
    let place = "$.\(path.joined(separator: "."))"
    guard let elements = list.elements else {
      throw UnreadableRecord(path: place, reason: "a list should stand here")
    }
    var found: Set<String> = []
    for (index, element) in elements.enumerated() {
      if let variety = try text("variety", of: element, at: "\(place)[\(index)]") {
        found.insert(variety)
      }
    }
    return found.sorted()
  }

  private static func actions(_ document: JSON) throws(UnreadableRecord) -> Set<VerisAction> {
    guard let part = document["action"] else { return [] }
    guard let object = part.object else {
      throw UnreadableRecord(path: "$.action", reason: "an object should stand here")
    }
    return Set(object.keys.map { VerisAction(rawValue: $0) ?? .unknown })
  }

  private static func tags(_ document: JSON) -> [String] {
    var tags: [String] = []
    let country = document[path: ["victim", "country"]]
    for word in (country?.elements ?? [country].compactMap(\.self)).compactMap(\.text)
    where word != "Unknown" && !word.isEmpty {
      tags.append("country:\(oneLine(word))")
    }
    if let industry = document[path: ["victim", "industry"]]?.text, industry != "Unknown",
      !industry.allSatisfy({ $0 == "0" })
    {
      tags.append("industry:\(oneLine(industry))")
    }
    return tags
  }

  private static func timeline(_ document: JSON) throws(UnreadableRecord) -> [TimelineFacts] {
    var entries: [TimelineFacts] = []
    for (key, words) in [
      ("compromise", "Compromise, counted from the first action"),
      ("exfiltration", "Exfiltration, counted from the compromise"),
      ("discovery", "Discovery, counted from the compromise"),
      ("containment", "Containment, counted from the discovery"),
    ] {
      let part = document[path: ["timeline", key]]
      guard let unit = part?["unit"]?.text, unit != "NA", unit != "Unknown" else { continue }
      var length = unit.lowercased()
      if case .number(let value) = part?["value"] { length = "\(value) \(length)" }
      entries.append(
        TimelineFacts(happened: nil, text: "\(words): \(length)", source: "VERIS timeline.\(key)")
      )
    }
    for key in ["discovery_notes", "notes"] {
      guard let note = try text(key, of: document), !oneLine(note).isEmpty else { continue }
      entries.append(TimelineFacts(happened: nil, text: note, source: "VERIS \(key)"))
    }
    return entries
  }
}

// MARK: - Dates

extension ImportVeris {
  /// Reads `{"year": ..., "month": ..., "day": ..., "time": ...}`; nil without a year.
  ///
  /// A day without a month, or one that does not exist, leaves the larger parts; the words keep it.
  /// A time of day counts only where it says that it is in UTC.
  static func date(_ document: JSON, _ path: [String]) throws(UnreadableRecord) -> StatedTime? {
    let place = "$.\(path.joined(separator: "."))"
    guard let part = document[path: path] else { return nil }
    var numbers: [String: Int] = [:]
    for key in ["year", "month", "day"] {
      guard let value = part[key] else { continue }
      guard let number = value.integer, (0...9999).contains(number) else {
        throw UnreadableRecord(path: "\(place).\(key)", reason: "a whole number should stand here")
      }
      numbers[key] = Int(number)
    }
    guard let year = numbers["year"] else { return nil }
    let source = "VERIS \(path.joined(separator: "."))"
    let time = part["time"]?.text
    let (month, day) = (numbers["month"], numbers["day"])
    let words = words(year, month, day, time)
    if let month, let day, let time, let clock = clock(time),
      let exact = StatedTime(
        text: words,
        year: year,
        month: month,
        day: day,
        hour: clock.hour,
        minute: clock.minute,
        second: clock.second,
        source: source
      )
    {
      return exact
    }
    for parts in [(month, day), (month, nil), (nil, nil)] {
      if let stated = StatedTime(
        text: words,
        year: year,
        month: parts.0,
        day: parts.1,
        source: source
      ) {
        return stated
      }
    }
    throw UnreadableRecord(path: "\(place).year", reason: "a year from 1 to 9999")
  }

  private static func words(_ year: Int, _ month: Int?, _ day: Int?, _ time: String?) -> String {
    func padded(_ number: Int?, _ width: Int) -> String {
      guard let number else { return String(repeating: "?", count: width) }
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var words = padded(year, 4)
    if month != nil || day != nil { words += "-\(padded(month, 2))" }
    if day != nil { words += "-\(padded(day, 2))" }
    if let time { words += " \(time)" }
    return words
  }

  /// Reads `08:20:00 PM UTC`; nil without the zone.
  private static func clock(_ text: String) -> (hour: Int, minute: Int, second: Int?)? {
    let words = text.split(separator: " ")
    guard words.count == 3, words[2] == "UTC", words[1] == "AM" || words[1] == "PM" else {
      return nil
    }
    let parts = words[0].split(separator: ":").map { $0.count == 2 ? Int($0) : nil }
    guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1],
      (1...12).contains(hour)
    else { return nil }
    return (hour % 12 + (words[1] == "PM" ? 12 : 0), minute, parts.count == 3 ? parts[2] : nil)
  }
}
