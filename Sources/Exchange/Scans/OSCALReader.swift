internal import Model

/// Results out of OSCAL assessment results, and plans of action and milestones.
///
/// An item is a finding; an observation that states a result of its own, as converted scanner
/// results do; and every observation and risk that no finding refers to. Those that a finding
/// refers to are part of what it says.
enum OSCALReader {
  /// Finds out which kind a document is, and reads it.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - format: The format that was named; nil takes either.
  /// - Returns: The kind, and what the document says.
  /// - Throws: `UnreadableScan`.
  static func reader(
    of document: OSCALTree,
    _ format: ScanFormat?
  ) throws -> (ScanFormat, any ScanEvents) {
    let found: (ScanFormat, [ScanEvent])
    if let plan = document["plan-of-action-and-milestones"] {
      found = (.oscalPlan, try milestones(plan))
    } else if let results = document["assessment-results"] {
      found = (.oscalResults, try events(results))
    } else if !document.list("results").isEmpty {
      // Without its wrapper, as converters from scanners write them.
      found = (.oscalResults, try events(document))
    } else {
      throw UnreadableScan("neither assessment results nor a plan of action and milestones")
    }
    if let format, format != found.0 {
      throw UnreadableScan("this is no \(format.label)")
    }
    return (found.0, EventList(found.1))
  }

  private static func events(_ document: OSCALTree) throws -> [ScanEvent] {
    let results = document.list("results")
    guard !results.isEmpty else {
      throw UnreadableScan(at: "results", "assessment results without a result")
    }
    var events: [ScanEvent] = []
    for (index, result) in results.enumerated() {
      events.append(.run(run(result, document)))
      let risks = OSCALRisks(result.list("risks"))
      events += try items(result, risks, "results[\(index)]").map { .item($0) }
    }
    for name in ["findings", "observations", "risks"] {
      let count = results.reduce(0) { $0 + $1.list(name).count }
      events.append(.fact(ScanFact(name, String(count))))
    }
    return events
  }

  private static func run(_ result: OSCALTree, _ document: OSCALTree) -> ScanRun {
    var run = ScanRun()
    run.id = result.text("uuid") ?? ""
    run.title = result.text("title") ?? document["metadata"]?.text("title") ?? ""
    (run.startedAt, run.endedAt) = (result.text("start") ?? "", result.text("end") ?? "")
    let local = result["local-definitions"]
    let tool = local?["assessment-assets"]?.list("components").first
    run.tool = tool?.property("scanner_name") ?? tool?.text("title") ?? ""
    run.toolVersion = tool?.property("scanner_version") ?? ""
    // A reference into the document itself names nothing to a person.
    let plan = document["import-ap"]?.text("href") ?? ""
    run.benchmark = tool?.property("benchmark_id") ?? (plan.hasPrefix("#") ? "" : plan)
    run.benchmarkVersion = tool?.property("version") ?? ""
    run.profile = tool?.property("scc_predefined_profile") ?? ""
    let subject = local?.list("inventory-items").first
    run.target =
      subject?.property("target", "scc_inventory_item_id")
      ?? local?.list("components").first?.text("title") ?? ""
    return run
  }

  private static func items(
    _ result: OSCALTree,
    _ risks: OSCALRisks,
    _ path: String
  ) throws -> [ScanItem] {
    let findings = result.list("findings")
    let observations = result.list("observations")
    var used: Set<String> = []
    var usedRisks: Set<String> = []
    let byName = Dictionary(observations.map { ($0.text("uuid") ?? "", $0) }) { first, _ in first }
    var items: [ScanItem] = []
    for (index, finding) in findings.enumerated() {
      let path = "\(path).findings[\(index)]"
      guard let id = finding["target"]?.text("target-id") ?? finding.text("uuid") else {
        throw UnreadableScan(at: path, "a finding without a target")
      }
      let status = finding["target"]?["status"]
      guard let word = status?.text("state") ?? status?.text else {
        throw UnreadableScan(at: "\(path).target.status", "a finding without a state")
      }
      var item = ScanItem(id: id, outcome: outcome(word), word: word)
      item.title = finding.text("title") ?? ""
      item.text = finding.text("description") ?? ""
      control(id, of: &item)
      for related in finding.list("related-observations") {
        guard let uuid = related.text("observation-uuid") else { continue }
        used.insert(uuid)
        let observation = byName[uuid]
        item.remark(observation?.text("description"))
        item.remark(observation?.text("remarks"))
      }
      for uuid in relatedRisks(finding) {
        usedRisks.insert(uuid)
        risks.describe(uuid, &item)
      }
      item.remark(finding.text("remarks"))
      items.append(item)
    }
    for (index, observation) in observations.enumerated() {
      let own = observation.property("result", "scc_result")
      guard own != nil || !used.contains(observation.text("uuid") ?? "") else { continue }
      items.append(try self.observation(observation, own, "\(path).observations[\(index)]"))
    }
    return items + risks.items(besides: usedRisks)
  }

  private static func observation(
    _ observation: OSCALTree,
    _ word: String?,
    _ path: String
  ) throws -> ScanItem {
    let title = observation.text("title")
    let id = observation.property("idref", "scc_check_name_id", "rule-id", "rule_id")
    guard let id = id ?? title ?? observation.text("uuid") else {
      throw UnreadableScan(at: path, "an observation without a name")
    }
    var item = ScanItem(
      id: id,
      outcome: word.map(outcome) ?? .informational,
      word: word ?? "observation"
    )
    item.title = title ?? ""
    item.text = observation.text("description") ?? ""
    item.severityWord = observation.property("severity", "scc_check_severity") ?? ""
    item.severity = ScanSeverity(word: item.severityWord)
    item.at = observation.text("collected") ?? ""
    item.remark(observation.text("remarks"))
    return item
  }

  fileprivate static func relatedRisks(_ part: OSCALTree) -> [String] {
    (part.list("related-risks") + part.list("associated-risks")).compactMap { $0.text("risk-uuid") }
  }

  private static func milestones(_ plan: OSCALTree) throws -> [ScanEvent] {
    var run = ScanRun()
    run.id = plan.text("uuid") ?? ""
    run.title = plan["metadata"]?.text("title") ?? ""
    run.benchmark = plan["import-ssp"]?.text("href") ?? ""
    run.target = plan["system-id"]?.text("id") ?? plan["system-id"]?.text ?? ""
    run.startedAt = plan["metadata"]?.text("last-modified") ?? ""
    let entries = plan.list("poam-items")
    guard !entries.isEmpty else {
      throw UnreadableScan(at: "poam-items", "a plan without an item")
    }
    let risks = OSCALRisks(plan.list("risks"))
    var events = [ScanEvent.run(run)]
    for (index, entry) in entries.enumerated() {
      let id = entry.property("POAM-ID", "poam-id") ?? entry.text("uuid") ?? entry.text("title")
      guard let id else {
        throw UnreadableScan(at: "poam-items[\(index)]", "an item without uuid and title")
      }
      let related = relatedRisks(entry)
      let states = related.compactMap { risks.status($0) }
      let isClosed = !states.isEmpty && states.allSatisfy { $0 == "closed" }
      var item = ScanItem(
        id: id,
        outcome: isClosed ? .fixed : .fail,
        word: states.first { $0 != "closed" } ?? states.first ?? "open"
      )
      item.title = entry.text("title") ?? ""
      item.text = entry.text("description") ?? ""
      for uuid in related { risks.describe(uuid, &item) }
      item.remark(entry.text("remarks"))
      events.append(.item(item))
    }
    for name in ["poam-items", "findings", "observations", "risks"] {
      events.append(.fact(ScanFact(name, String(plan.list(name).count))))
    }
    return events
  }

  /// The outcome that a state, or a scanner's word in a property, names.
  private static func outcome(_ word: String) -> ScanOutcome {
    switch word.lowercased().filter(\.isLetter) {
    case "satisfied", "pass", "passed", "success", "compliant": .pass
    case "notsatisfied", "fail", "failed", "failure", "noncompliant": .fail
    case "error": .error
    case "notapplicable": .notApplicable
    case "notchecked", "notreviewed", "skipped": .notReviewed
    case "notselected": .notSelected
    case "informational": .informational
    case "fixed": .fixed
    default: .unknown
    }
  }

  /// Names the control of an objective or a statement, such as `ac-6.1_obj`.
  private static func control(_ id: String, of item: inout ScanItem) {
    guard let match = id.wholeMatch(of: /([a-z]{2})-([0-9]{1,2})(?:\.([0-9]{1,2}))?(?:[._].*)?/)
    else { return }
    let name = "\(match.1.uppercased())-\(match.2)"
    item.add(ScanTag(.nist, match.3.map { "\(name)(\($0))" } ?? name))
  }
}

/// The risks of a document, by their ids.
private struct OSCALRisks {
  private let risks: [OSCALTree]
  private let byID: [String: OSCALTree]

  init(_ risks: [OSCALTree]) {
    self.risks = risks
    byID = Dictionary(
      risks.compactMap { risk in risk.text("uuid").map { ($0, risk) } },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The state of a risk: open, investigating, closed and the like.
  func status(_ uuid: String) -> String? { byID[uuid]?.text("status") }

  /// Adds to an item what is known of a risk.
  func describe(_ uuid: String, _ item: inout ScanItem) {
    if let risk = byID[uuid] { describe(risk, &item) }
  }

  private func describe(_ risk: OSCALTree, _ item: inout ScanItem) {
    item.remark(risk.text("statement"))
    let facets = risk.list("characterizations").flatMap { $0.list("facets") }
    for name in ["severity", "risk", "impact"] where item.severityWord.isEmpty {
      item.severityWord = facets.first { $0.text("name") == name }?.text("value") ?? ""
    }
    item.severity = ScanSeverity(word: item.severityWord)
    for remediation in risk.list("remediations") {
      guard let text = remediation.text("description") else { continue }
      item.fix += item.fix.isEmpty ? text : "\n\(text)"
    }
  }

  /// The risks as items of their own, besides some.
  func items(besides used: Set<String>) -> [ScanItem] {
    risks.compactMap { risk in
      guard let id = risk.text("uuid"), !used.contains(id) else { return nil }
      let word = risk.text("status") ?? "open"
      var item = ScanItem(id: id, outcome: word == "closed" ? .fixed : .fail, word: word)
      item.title = risk.text("title") ?? ""
      item.text = risk.text("description") ?? ""
      describe(risk, &item)
      return item
    }
  }
}
