import Exchange
import Foundation
import Model
import TestSupport
import Testing

/// What OSCAL 1.1.2 asks of an object: members that must be there, and no others than it knows.
///
/// Read from the JSON schemas of assessment results and of plans of action and milestones, and
/// compared with NIST's worked examples.
private enum Shape {
  static let needed: [String: [String]] = [
    "assessment-results": ["uuid", "metadata", "import-ap", "results"],
    "plan-of-action-and-milestones": ["uuid", "metadata", "poam-items"],
    "metadata": ["title", "last-modified", "version", "oscal-version"],
    "import-ap": ["href"], "parties": ["uuid", "type"], "roles": ["id", "title"],
    "responsible-parties": ["role-id", "party-uuids"],
    "results": ["uuid", "title", "description", "start", "reviewed-controls"],
    "reviewed-controls": ["control-selections"], "include-controls": ["control-id"],
    "exclude-controls": ["control-id"], "attestations": ["parts"], "parts": ["name"],
    "observations": ["uuid", "description", "methods", "collected"],
    "relevant-evidence": ["description"],
    "risks": ["uuid", "title", "description", "statement", "status"],
    "characterizations": ["origin", "facets"], "origin": ["actors"],
    "actors": ["type", "actor-uuid"], "facets": ["name", "system", "value"],
    "remediations": ["uuid", "lifecycle", "title", "description"],
    "tasks": ["uuid", "type", "title"], "on-date": ["date"], "risk-log": ["entries"],
    "entries": ["uuid", "start"], "findings": ["uuid", "title", "description", "target"],
    "target": ["type", "target-id", "status"], "status": ["state"], "props": ["name", "value"],
    "related-observations": ["observation-uuid"], "related-risks": ["risk-uuid"],
    "poam-items": ["title", "description"], "system-id": ["id"], "resources": ["uuid"],
    "rlinks": ["href"], "hashes": ["algorithm", "value"], "links": ["href"],
  ]

  static let instants: Set = ["last-modified", "start", "end", "collected", "expires", "deadline"]

  /// What is wrong in a value; empty where nothing is.
  static func faults(_ value: JSON, _ name: String, _ path: String) -> [String] {
    switch value {
    case .array(let elements):
      let empty = elements.isEmpty ? ["\(path): an empty list"] : []
      return empty
        + elements.enumerated().flatMap { faults($1, name, "\(path)[\($0)]") }
    case .object(let object):
      var found = (needed[name] ?? []).filter { object[$0] == nil }.map { "\(path): no \($0)" }
      for (key, value) in object.members { found += faults(value, key, "\(path).\(key)") }
      return found
    case .string(let text):
      if text.isEmpty { return ["\(path): an empty text"] }
      let uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
      let isUUID = name == "uuid" || name.hasSuffix("-uuid") || name == "party-uuids"
      if isUUID, text.wholeMatch(of: uuid) == nil { return ["\(path): no UUID"] }
      if instants.contains(name), Instant(rfc3339: text) == nil { return ["\(path): no instant"] }
      let isToken = ["control-id", "target-id", "name", "role-id"].contains(name)
      let isName = path.contains("parties") && name == "name"
      if isToken, !isName, text.wholeMatch(of: /[\p{L}_][\p{L}\p{N}.\-_]*/) == nil {
        return ["\(path): no token"]
      }
      if name == "value", text != text.split(separator: " ").joined(separator: " ") {
        return ["\(path): blanks at an end"]
      }
      return []
    case .null: return ["\(path): null"]
    default: return []
    }
  }

  /// All UUIDs that are given, and all that are referred to.
  static func uuids(_ value: JSON, _ name: String = "") -> (given: [String], meant: [String]) {
    var all: (given: [String], meant: [String]) = ([], [])
    func add(_ more: (given: [String], meant: [String])) {
      all.given += more.given
      all.meant += more.meant
    }
    switch value {
    case .array(let elements): for element in elements { add(uuids(element, name)) }
    case .object(let object): for (key, value) in object.members { add(uuids(value, key)) }
    case .string(let text):
      if name == "uuid" { all.given.append(text) }
      if name.hasSuffix("-uuid") || name == "party-uuids" { all.meant.append(text) }
      if name == "href", text.hasPrefix("#") { all.meant.append(String(text.dropFirst())) }
    default: break
    }
    return all
  }
}

struct `An audit in OSCAL` {
  let json = OscalResults(AuditReportFixture.content).json

  @Test func `has what the published schema asks for, in its shape`() {
    #expect(Shape.faults(json, "", "") == [])
    let (given, meant) = Shape.uuids(json)
    #expect(Set(given).count == given.count)
    #expect(Set(meant).subtracting(given).isEmpty)
  }

  @Test func `reads as it did when somebody read it, and is the same each time`() {
    GoldenText.expect("reports/audit.oscal.json", json.written(.indented) + "\n")
    #expect(OscalResults(AuditReportFixture.content).json == json)
    var other = AuditReportFixture.content
    other.lines[1].item?.observation = "otherwise"
    let changed = OscalResults(other).json
    #expect(changed["assessment-results"]?["uuid"] != json["assessment-results"]?["uuid"])
    let result = { (json: JSON) in json["assessment-results"]?["results"]?.elements?.first?["uuid"]
    }
    #expect(result(changed) == result(json))
  }

  @Test func `is read back by our own reader`() throws {
    let (kind, items) = try Self.read(json)
    #expect(kind == .oscalResults)
    let found = items.map { "\($0.id) \($0.outcome.label)" }
    #expect(found == ["A.1 pass", "A.2 fail", "A.3 fail", "B.1 not applicable"])
    #expect(items.map(\.severity) == [.critical, .low, .unknown, .unknown])
    #expect(items[0].fix.contains("Move them"))
  }

  @Test func `keeps the ids of OSCAL catalogues, and makes tokens of others`() {
    var content = AuditReportFixture.content
    let ids = ["ac-2.1", "ac-2.1", "urn:x:1(a)", "1", "ö.1"]
    for (index, place) in [1, 2, 3, 5, 6].enumerated() {
      content.lines[place].item?.identifier = ids[index]
      content.lines[place].row.reference = ["", "", "Art. 1(1)(a)", "", ""][index]
      content.lines[place].row.item?.result = .conforms
    }
    let results = OscalResults(content).json["assessment-results"]?["results"]?.elements
    let selection = results?.first?["reviewed-controls"]?["control-selections"]?.elements?.first
    #expect(
      selection?["include-controls"]?.elements?.compactMap { $0["control-id"]?.text }
        == ["ac-2.1", "ac-2.1-2", "Art.-1-1-a", "_1", "ö.1"]
    )
    #expect(selection?["exclude-controls"] == nil)
    #expect(Shape.faults(OscalResults(content).json, "", "") == [])
  }

  @Test func `of which nothing is assessed and nobody is known still fits`() {
    var content = AuditReportFixture.content
    (content.findings, content.evidence, content.organisation) = ([], [], "")
    content.details.row.audit.facts = AuditFacts(title: "x")
    content.details.signatures = []
    for index in content.lines.indices { content.lines[index].row.item?.result = .notAssessed }
    let json = OscalResults(content).json
    #expect(Shape.faults(json, "", "") == [])
  }

  static func read(_ json: JSON) throws -> (ScanFormat, [ScanItem]) {
    let folder = try TemporaryDirectory()
    let path = folder.file("oscal.json")
    try Data(json.written(.indented).utf8).write(to: URL(fileURLWithPath: path))
    var reader = try ScanReader(InputFile(path))
    var items: [ScanItem] = []
    while let event = try reader.next() { if case .item(let item) = event { items.append(item) } }
    return (reader.format, items)
  }
}

struct `Findings in OSCAL` {
  private let plan: OscalMilestones = {
    let findings = AuditReportFixture.findings.map { finding in
      FindingDetails.Details(
        finding: finding,
        links: [],
        evidence: finding.id == 1 ? AuditReportFixture.evidence : [],
        history: [],
        itemName: "AUD-2026-0001/A.1"
      )
    }
    return OscalMilestones(
      title: "Plan",
      organisation: "Lindgren & Vale",
      findings: findings,
      now: AuditReportFixture.now
    )
  }()

  @Test func `have what the published schema asks for, in its shape`() {
    #expect(Shape.faults(plan.json, "", "") == [])
    let (given, meant) = Shape.uuids(plan.json)
    #expect(Set(given).count == given.count)
    #expect(Set(meant).subtracting(given).isEmpty)
    GoldenText.expect("reports/findings.oscal.json", plan.json.written(.indented) + "\n")
  }

  @Test func `are read back by our own reader`() throws {
    let (kind, items) = try `An audit in OSCAL`.read(plan.json)
    #expect(kind == .oscalPlan)
    #expect(items.map(\.id) == ["FND-2026-0001", "FND-2026-0002"])
    #expect(items.map(\.word) == ["remediating", "deviation-approved"])
    #expect(items.map(\.severity) == [.critical, .low])
  }

  @Test func `are open again once an acceptance has run out`() throws {
    var late = plan
    late.now = AuditReportFixture.instant("2027-01-01T12:00:00Z")
    #expect(try `An audit in OSCAL`.read(late.json).1.map(\.word) == ["remediating", "open"])
  }
}
