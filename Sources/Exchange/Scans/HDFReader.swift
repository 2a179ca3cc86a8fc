internal import Model

/// Results out of InSpec's JSON, which is the Heimdall data format.
///
/// A control is an error where any of its results has a backtrace; else not applicable where its
/// impact is 0; else failed, passed, or not reviewed. Where a profile overlays another, both list
/// the same controls: the last profile counts, and the earlier are left out.
enum HDFReader {
  /// What a document says; every profile with controls of its own is a run.
  static func events(_ document: JSON) throws -> [ScanEvent] {
    guard let profiles = document["profiles"]?.elements else { return try short(document) }
    let names = profiles.map { $0["name"]?.text ?? "" }
    let ids = profiles.map { profile in
      Set((profile["controls"]?.elements ?? []).compactMap { $0["id"]?.text })
    }
    var events: [ScanEvent] = []
    var overlaid = 0
    for (index, profile) in profiles.enumerated() {
      let path = "$.profiles[\(index)]"
      guard let controls = profile["controls"]?.elements else {
        throw UnreadableScan(at: path, "a profile without a list of controls")
      }
      let later = (index + 1..<profiles.count).filter { other in
        isRelated(profiles, names, index, other)
      }
      var run = run(document)
      run.id = profile["sha256"]?.text ?? ""
      run.title = profile["title"]?.text ?? names[index]
      run.benchmark = names[index]
      run.benchmarkVersion = profile["version"]?.plainText ?? ""
      var items: [ScanEvent] = []
      for (number, control) in controls.enumerated() {
        let item = try item(control, "\(path).controls[\(number)]")
        if later.contains(where: { ids[$0].contains(item.id) }) {
          overlaid += 1
        } else {
          items.append(.item(item))
          if run.startedAt.isEmpty { run.startedAt = item.at }
        }
      }
      if !items.isEmpty || controls.isEmpty { events += [.run(run)] + items }
    }
    if overlaid > 0 {
      events.append(.fact(ScanFact("left out", "\(overlaid) controls of overlays")))
    }
    return events
  }

  /// Whether a profile overlays a later one, directly or through others.
  private static func isRelated(
    _ profiles: [JSON],
    _ names: [String],
    _ first: Int,
    _ other: Int
  ) -> Bool {
    let depends = (profiles[first]["depends"]?.elements ?? []).compactMap { $0["name"]?.text }
    if depends.contains(names[other]) { return true }
    var (child, steps) = (other, 0)
    while let parent = profiles[child]["parent_profile"]?.text, steps < profiles.count {
      if parent == names[first] { return true }
      guard let next = names.firstIndex(of: parent), next != child else { return false }
      (child, steps) = (next, steps + 1)
    }
    return false
  }

  private static func run(_ document: JSON) -> ScanRun {
    var run = ScanRun()
    run.tool = document["generator"]?["name"]?.text ?? "InSpec"
    run.toolVersion = document["version"]?.plainText ?? ""
    let platform = document["platform"]
    run.target =
      platform?["target_id"]?.text
      ?? [platform?["name"]?.plainText, platform?["release"]?.plainText].compactMap(\.self)
      .joined(separator: " ")
    return run
  }

  private static func item(_ control: JSON, _ path: String) throws -> ScanItem {
    guard let id = control["id"]?.plainText, !id.trimmed.isEmpty else {
      throw UnreadableScan(at: path, "a control without an id")
    }
    let (impact, weight) = try impact(control, path)
    let results = try results(control, path)
    let (outcome, word) = outcome(results, impact: impact)
    var item = ScanItem(id: id, outcome: outcome, word: word)
    item.title = oneLine(control["title"]?.text ?? "")
    item.weight = weight
    item.severity = ScanSeverity(impact: impact)
    item.severityWord = control["tags"]?["severity"]?.text ?? ""
    item.text = (control["desc"]?.text ?? "").trimmed
    item.fix = (description("fix", control) ?? control["tags"]?["fix"]?.text ?? "").trimmed
    item.at = results.compactMap { $0["start_time"]?.text }.first ?? ""
    for result in results where result["status"]?.text != "passed" || hasBacktrace(result) {
      remark(result, in: &item)
    }
    tag(&item, control["tags"])
    return item
  }

  private static func impact(_ control: JSON, _ path: String) throws -> (Double, String) {
    switch control["impact"] {
    // What InSpec takes where a control says nothing.
    case nil, .null: return (0.5, "")
    case .number(let text):
      if let impact = Double(text), (0...1).contains(impact) { return (impact, text) }
    default: break
    }
    throw UnreadableScan(at: "\(path).impact", "no impact from 0 to 1")
  }

  private static func results(_ control: JSON, _ path: String) throws -> [JSON] {
    let results = control["results"]?.elements ?? []
    for (index, result) in results.enumerated() {
      guard let status = result["status"], status != .null else { continue }
      guard let status = status.text else {
        throw UnreadableScan(at: "\(path).results[\(index)].status", "no text")
      }
      guard ["passed", "failed", "skipped", "error"].contains(status) else {
        throw UnreadableScan(at: "\(path).results[\(index)].status", "\(status) is no status")
      }
    }
    return results
  }

  /// The outcome of a control, and the word of the result that decided it.
  private static func outcome(_ results: [JSON], impact: Double) -> (ScanOutcome, String) {
    let words = results.map { $0["status"]?.text ?? "" }
    // What follows from something else than a status keeps the status that stood there.
    let first = words.first ?? ""
    if let index = results.firstIndex(where: hasBacktrace) { return (.error, words[index]) }
    if words.contains("error") { return (.error, "error") }
    if impact == 0 { return (.notApplicable, first) }
    if words.contains("failed") { return (.fail, "failed") }
    if words.contains("passed") { return (.pass, "passed") }
    return (.notReviewed, first)
  }

  private static func hasBacktrace(_ result: JSON) -> Bool {
    switch result["backtrace"] {
    case nil, .null: false
    case .array(let lines): !lines.isEmpty
    case .string(let text): !text.isEmpty
    default: true
    }
  }

  private static func remark(_ result: JSON, in item: inout ScanItem) {
    let words = [
      result["code_desc"], result["message"] ?? result["skip_message"], result["exception"],
    ]
    item.remark(
      words.compactMap { $0?.text?.trimmed }.filter { !$0.isEmpty }.joined(separator: ": ")
    )
  }

  /// A description by its label: a list of labels with texts, or an object.
  private static func description(_ label: String, _ control: JSON) -> String? {
    switch control["descriptions"] {
    case .array(let list): list.first { $0["label"]?.text == label }?["data"]?.text
    case .object(let object): object[label]?.text
    default: nil
    }
  }

  private static func tag(_ item: inout ScanItem, _ tags: JSON?) {
    func texts(_ key: String) -> [String] {
      switch tags?[key] {
      case .array(let list): list.compactMap(\.plainText)
      case let value?: value.plainText.map { [$0] } ?? []
      case nil: []
      }
    }
    for cci in texts("cci") { item.add(ScanTag(reading: cci)) }
    // "Rev_4" stands among the controls and names their edition.
    let edition = texts("nist").first { $0.hasPrefix("Rev") } ?? ""
    for control in texts("nist") where !control.hasPrefix("Rev") && !control.trimmed.isEmpty {
      item.add(ScanTag(.nist, control.trimmed, system: edition))
    }
    for key in ["gid", "rid", "stig_id", "gtitle"] {
      for value in texts(key) where !value.isEmpty {
        item.add(ScanTag(.stig, value, system: key))
      }
    }
    for key in ["cis_rid", "cis_controls", "cis_control_number"] {
      for value in texts(key) where !value.isEmpty { item.add(ScanTag(.cis, value, system: key)) }
    }
    for key in ["cce_id", "cve", "cis"] {
      for value in texts(key) {
        item.add(ScanTag(reading: value, system: key == "cis" ? "cisecurity" : key))
      }
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// InSpec's short form: results without profiles (`json-min`), several of them to a control.
  private static func short(_ document: JSON) throws -> [ScanEvent] {
    guard let list = document["controls"]?.elements else {
      throw UnreadableScan(at: "$", "neither profiles nor controls: this is no InSpec result")
    }
    var order: [String] = []
    var results: [String: [JSON]] = [:]
    for (index, result) in list.enumerated() {
      let path = "$.controls[\(index)]"
      guard let id = result["id"]?.plainText, !id.isEmpty else {
        throw UnreadableScan(at: path, "a result without the id of its control")
      }
      if results[id] == nil { order.append(id) }
      results[id, default: []].append(result)
    }
    var events = [ScanEvent.run(run(document))]
    for id in order {
      let own = JSON.members(["results": .array(results[id] ?? [])])
      let (outcome, word) = outcome(try self.results(own, "$.controls of \(id)"), impact: 1)
      var item = ScanItem(id: id, outcome: outcome, word: word)
      for result in results[id] ?? [] where result["status"]?.text != "passed" {
        remark(result, in: &item)
      }
      events.append(.item(item))
    }
    return events
  }
}
