internal import Model

/// Results out of XCCDF 1.1 and 1.2 (NIST IR 7275), alone or inside an ARF.
///
/// Streamed: what is kept are the titles and texts of rules, which stand before the results that
/// name them. A rule that was not seen before its result has no title.
struct XCCDFReader: ScanEvents {
  private var xml: XMLReader
  private var rules: [String: XCCDFRule] = [:]
  private var benchmark = (id: "", title: "", version: "", depth: 0)
  private var groups: [(depth: Int, id: String)] = []
  private var run: XCCDFRun?
  private var waiting: [ScanEvent] = []
  private var first: XMLTag?
  private var hasResults = false
  private var known: Set<String> = []

  /// Parts that hold no results, and can be long.
  private static let unread: Set = [
    "Value", "Profile", "oval_definitions", "oval_results", "ocil", "cpe-list", "Tailoring",
    "notice", "front-matter", "rear-matter", "plain-text", "metadata",
    "oval_system_characteristics",
  ]

  init(_ xml: XMLReader, _ root: XMLTag) { (self.xml, first) = (xml, root) }

  mutating func next() throws -> ScanEvent? {
    while waiting.isEmpty {
      if let root = first {
        first = nil
        try begin(root)
        continue
      }
      switch try xml.next() {
      case .start(let tag): try begin(tag)
      case .text: continue
      case .end: leave()
      case nil:
        guard hasResults else {
          throw UnreadableScan("there are no test results in it, only rules")
        }
        return nil
      }
    }
    return waiting.removeFirst()
  }

  private mutating func begin(_ tag: XMLTag) throws {
    if run != nil { return try inResult(tag) }
    switch tag.name {
    case "TestResult":
      hasResults = true
      known = []
      run = XCCDFRun(tag, depth: xml.depth)
    case "Benchmark": benchmark = (tag["id"] ?? "", "", "", xml.depth)
    case "Group": groups.append((xml.depth, tag["id"] ?? ""))
    case "Rule":
      let rule = try XCCDFRule(tag, group: groups.last?.id ?? "", &xml)
      if !rule.id.isEmpty { rules[rule.id] = rule }
    case "title" where xml.depth == benchmark.depth + 1: benchmark.title = try xml.content().trimmed
    case "version" where xml.depth == benchmark.depth + 1:
      benchmark.version = try xml.content().trimmed
    case let name where XCCDFReader.unread.contains(name): try xml.skip()
    default: break
    }
  }

  private mutating func leave() {
    while let group = groups.last, group.depth > xml.depth { groups.removeLast() }
    guard let ended = run, ended.depth > xml.depth else { return }
    announce()
    waiting += ended.facts.map { .fact($0) }
    run = nil
  }

  /// Gives the run's event before that of its first result.
  private mutating func announce() {
    guard var run, !run.isAnnounced else { return }
    var value = run.value
    if value.benchmark.isEmpty || value.benchmark == benchmark.id {
      value.benchmark = benchmark.title.isEmpty ? benchmark.id : benchmark.title
    }
    if value.benchmarkVersion.isEmpty { value.benchmarkVersion = benchmark.version }
    waiting.append(.run(value))
    run.isAnnounced = true
    self.run = run
  }

  private mutating func inResult(_ tag: XMLTag) throws {
    guard tag.name == "rule-result" else {
      try run?.take(tag, &xml)
      return
    }
    announce()
    waiting.append(.item(try item(tag)))
  }

  /// Reads a `rule-result`.
  private mutating func item(_ tag: XMLTag) throws -> ScanItem {
    guard let id = tag["idref"], !id.trimmed.isEmpty else {
      throw UnreadableScan(at: "line \(tag.line)", "a rule-result without the idref of its rule")
    }
    var item = ScanItem(id: id, outcome: .unknown, word: "")
    item.at = tag["time"] ?? ""
    let rule = rules[id]
    if let rule { rule.describe(&item) }
    if let word = tag["severity"] {
      (item.severity, item.severityWord) = (ScanSeverity(word: word), word)
    }
    if let weight = tag["weight"] { item.weight = weight }
    if let version = tag["version"] { item.add(ScanTag(reading: version).map(stig)) }
    let depth = xml.depth
    var words: [String] = []
    while xml.depth >= depth, let event = try xml.next() {
      guard case .start(let child) = event else { continue }
      switch child.name {
      case "result": words.append(try xml.content().trimmed)
      case "ident":
        let system = child["system"] ?? ""
        item.add(ScanTag(reading: try xml.content(), system: system))
      case "message": item.remark(try xml.content(), named: child["severity"] ?? "")
      case "instance": item.remark(try xml.content(), named: child["context"] ?? "instance")
      case "check-import": item.remark(try xml.content())
      case "remark": item.remark(try xml.content())
      case "check", "complex-check", "override": break
      case "check-content-ref": break
      default: try xml.skip()
      }
    }
    guard let word = words.first, words.count == 1 else {
      throw UnreadableScan(
        at: "line \(tag.line)",
        words.isEmpty ? "\(id) has no result" : "\(id) has two results"
      )
    }
    guard let outcome = XCCDFReader.outcome(word) else {
      throw UnreadableScan(at: "line \(tag.line)", "\(word) is no result that XCCDF knows")
    }
    (item.outcome, item.word) = (outcome, word)
    return item
  }

  private func stig(_ tag: ScanTag) -> ScanTag { ScanTag(.stig, tag.value, system: "version") }

  /// The outcome that a word of XCCDF names; nil for other words.
  static func outcome(_ word: String) -> ScanOutcome? {
    switch word.lowercased() {
    case "pass": .pass
    case "fail": .fail
    case "error": .error
    case "unknown": .unknown
    case "notapplicable": .notApplicable
    case "notchecked": .notReviewed
    case "notselected": .notSelected
    case "informational": .informational
    case "fixed": .fixed
    default: nil
    }
  }
}

/// What is known of a test result that is being read.
private struct XCCDFRun {
  var value = ScanRun()
  let depth: Int
  var facts: [ScanFact] = []
  var isAnnounced = false

  init(_ tag: XMLTag, depth: Int) {
    self.depth = depth
    value.id = tag["id"] ?? ""
    value.startedAt = tag["start-time"] ?? ""
    value.endedAt = tag["end-time"] ?? ""
    value.benchmarkVersion = tag["version"] ?? ""
    // A name such as cpe:/a:redhat:openscap:1.3.7
    let parts = (tag["test-system"] ?? "").split(separator: ":").map(String.init)
    if parts.count >= 4, parts[0] == "cpe" {
      let isLong = parts[1] == "2.3"
      let name = isLong ? 4 : 3
      if parts.count > name { value.tool = parts[name] }
      if parts.count > name + 1 { value.toolVersion = parts[name + 1] }
    } else {
      value.tool = tag["test-system"] ?? ""
    }
  }

  /// Takes a part of the test result other than a rule's.
  mutating func take(_ tag: XMLTag, _ xml: inout XMLReader) throws {
    switch tag.name {
    case "title": value.title = try xml.content().trimmed
    case "benchmark":
      value.benchmark = tag["id"] ?? tag["href"] ?? ""
      try xml.skip()
    case "profile":
      value.profile = tag["idref"] ?? ""
      try xml.skip()
    case "target":
      let name = try xml.content().trimmed
      value.target = value.target.isEmpty ? name : "\(value.target), \(name)"
    case "target-address":
      let address = try xml.content().trimmed
      if !address.isEmpty { value.addresses.append(address) }
    case "target-facts": break
    case "fact":
      let text = try xml.content().trimmed
      switch tag["name"] {
      case "urn:xccdf:fact:scanner:name" where !text.isEmpty: value.tool = text
      case "urn:xccdf:fact:scanner:version" where !text.isEmpty: value.toolVersion = text
      default: break
      }
    case "score":
      let system = (tag["system"] ?? "").split(separator: ":").last.map(String.init) ?? ""
      let score = try xml.content().trimmed
      let maximum = tag["maximum"].map { " of \($0)" } ?? ""
      facts.append(ScanFact(system.isEmpty ? "score" : "score, \(system)", score + maximum))
    default: try xml.skip()
    }
  }
}

/// What is known of a rule.
private struct XCCDFRule {
  let id: String
  private var item: ScanItem

  init(_ tag: XMLTag, group: String, _ xml: inout XMLReader) throws {
    id = tag["id"] ?? ""
    item = ScanItem(id: id, outcome: .unknown, word: "")
    if let word = tag["severity"] {
      (item.severity, item.severityWord) = (ScanSeverity(word: word), word)
    }
    item.weight = tag["weight"] ?? ""
    // DISA's groups are the vulnerabilities that its rules look for.
    for (name, mark) in [(group, "stig_group_"), (id, "stig_rule_")] {
      if let range = name.firstRange(of: mark) {
        item.add(ScanTag(.stig, String(name[range.upperBound...]), system: mark))
      }
    }
    let depth = xml.depth
    while xml.depth >= depth, let event = try xml.next() {
      guard case .start(let child) = event else { continue }
      switch child.name {
      case "title": item.title = try xml.content().trimmed
      case "version":
        let version = try xml.content().trimmed
        if !version.isEmpty { item.add(ScanTag(.stig, version, system: "version")) }
      case "description": item.text = XCCDFRule.plain(try xml.content())
      case "fixtext":
        let text = try xml.content().trimmed
        if item.fix.isEmpty { item.fix = text }
      case "ident":
        let system = child["system"] ?? ""
        item.add(ScanTag(reading: try xml.content(), system: system))
      case "reference":
        let system = child["href"] ?? ""
        // DISA's hold a publisher and a title in elements, which name no requirement.
        item.add(ScanTag(reading: try xml.ownText(), system: system))
      default: try xml.skip()
      }
    }
  }

  /// Tells a result what is known of its rule.
  func describe(_ result: inout ScanItem) {
    let (outcome, word, at) = (result.outcome, result.word, result.at)
    result = item
    (result.outcome, result.word, result.at) = (outcome, word, at)
  }

  /// DISA packs several texts into a description, each between marks of its own.
  private static func plain(_ text: String) -> String {
    text.between("<VulnDiscussion>", "</VulnDiscussion>") ?? text.trimmed
  }
}
