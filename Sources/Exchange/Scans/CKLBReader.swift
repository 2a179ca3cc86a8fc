internal import Model

/// Results out of a checklist of DISA's STIG Viewer 3.
enum CKLBReader {
  /// What a document says; every STIG of the checklist is a run.
  static func events(_ document: JSON) throws -> [ScanEvent] {
    guard let stigs = document["stigs"]?.elements, !stigs.isEmpty else {
      throw UnreadableScan(at: "$.stigs", "there is no STIG in this checklist")
    }
    var events: [ScanEvent] = []
    for (index, stig) in stigs.enumerated() {
      events.append(.run(run(stig, document)))
      guard let rules = stig["rules"]?.elements else {
        throw UnreadableScan(at: "$.stigs[\(index)]", "a STIG without a list of rules")
      }
      for (number, rule) in rules.enumerated() {
        events.append(.item(try item(rule, "$.stigs[\(index)].rules[\(number)]")))
      }
    }
    return events
  }

  private static func run(_ stig: JSON, _ document: JSON) -> ScanRun {
    var run = ScanRun()
    run.tool = "STIG Viewer"
    run.title = stig["stig_name"]?.text ?? stig["display_name"]?.text ?? ""
    run.benchmark = stig["stig_id"]?.text ?? run.title
    run.benchmarkVersion =
      [stig["version"]?.plainText, stig["release_info"]?.plainText].compactMap(\.self)
      .joined(separator: ", ")
    run.id = stig["uuid"]?.text ?? ""
    let target = document["target_data"]
    let names = ["host_name", "fqdn", "ip_address"].compactMap { target?[$0]?.text }
    run.target = names.first { !$0.isEmpty } ?? ""
    run.addresses = [target?["ip_address"]?.text ?? ""].filter { !$0.isEmpty }
    return run
  }

  private static func item(_ rule: JSON, _ path: String) throws -> ScanItem {
    func text(_ key: String) -> String { rule[key]?.text?.trimmed ?? "" }
    let ids = [text("group_id"), text("group_id_src"), text("rule_id"), text("rule_id_src")]
    guard let id = ids.first(where: { !$0.isEmpty }) else {
      throw UnreadableScan(at: path, "a rule without group_id and rule_id")
    }
    guard let word = rule["status"]?.text, let outcome = CKLReader.outcome(word) else {
      throw UnreadableScan(at: "\(path).status", "no status of a checklist")
    }
    var item = ScanItem(id: id, outcome: outcome, word: word)
    item.title = text("rule_title")
    item.severityWord = text("severity")
    if let other = rule["overrides"]?["severity"]?["severity"]?.text, !other.isEmpty {
      item.severityWord = other
      let reason = rule["overrides"]?["severity"]?["reason"]?.text
      item.remark(reason, named: "severity \(other)")
    }
    item.severity = ScanSeverity(word: item.severityWord)
    item.weight = rule["weight"]?.plainText ?? ""
    for key in ["rule_id", "rule_version", "group_title"] where !text(key).isEmpty {
      item.add(ScanTag(.stig, text(key), system: key))
    }
    for cci in rule["ccis"]?.elements ?? [] { item.add(ScanTag(reading: cci.text ?? "")) }
    for name in rule["legacy_ids"]?.elements ?? [] {
      if let name = name.text, !name.isEmpty {
        item.add(ScanTag(.stig, name, system: "legacy_ids"))
      }
    }
    item.text = text("discussion")
    item.fix = text("fix_text")
    item.remark(text("finding_details"))
    item.remark(text("comments"))
    return item
  }
}

extension JSON {
  /// The text, number or truth value as it is written; nil for everything else.
  var plainText: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let flag): String(flag)
    default: nil
    }
  }
}
