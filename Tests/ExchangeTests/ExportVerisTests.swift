import Foundation
import Model
import Testing

@testable import Exchange

private func incident(_ change: OpenIncident) -> Incident {
  let at = change.openedAt ?? Instant(seconds: 1_779_114_600)
  return Incident(
    id: 1,
    reference: "INC-2026-0001",
    version: 1,
    facts: change.facts,
    state: change.state,
    openedAt: at,
    updatedAt: at,
    source: change.source
  )
}

private let time = StatedTime(Instant(seconds: 1_779_114_600), source: "log")

private let edits: [IncidentEdit] = [
  .title("Another title"), .summary("Another summary"), .severity(.low), .severity(.critical),
  .severity(nil), .outcome(.nearMiss), .outcome(.notPersonalData), .outcome(.confirmedBreach),
  .actions([.error, .environmental]), .actions([.social]), .actions([]), .role(.lead, "ada"),
  .instant(.occurred, StatedTime(year: 2019, month: 5)), .instant(.occurred, time),
  .instant(.occurred, nil), .instant(.aware, time), .instant(.notified, nil),
  .affected(jurisdiction: "", people: AffectedPeople(jurisdiction: "", count: 77)),
  .affected(jurisdiction: "EU-DE", people: AffectedPeople(jurisdiction: "EU-DE", count: nil)),
  .affected(jurisdiction: "", people: nil), .data(DataExposure()),
  .data(DataExposure(categories: ["email", "medical"], disclosure: .no, isKeyTaken: true)),
  .assets(["S - Database", "shop.example"]), .assets([]), .tags(["urgent"]),
  .instant(.suspected, time), .instant(.requested, StatedTime(year: 2019, month: 5, day: 4)),
  .answer(.known("risk"), "high"), .answer(.known("law_enforcement_hold.active"), "false"),
  .answer(.known("law_enforcement_hold.since"), "2019-05-04T10:00:00+02:00"),
]

struct `An exported incident` {
  private static let document = """
    {"incident_id":"A-1","schema_version":"1.4.0","security_incident":"Confirmed",
    "summary":"A laptop was stolen.","victim":{"victim_id":"Clinic","country":["US"],
    "employee_count":"Unknown","industry":"622110","government":["NA"]},
    "actor":{"unknown":{}},"discovery_method":{"unknown":true},
    "action":{"physical":{"variety":["Theft"],"vector":["Unknown"],"notes":"kept"}},
    "asset":{"assets":[{"variety":"U - Laptop","amount":2}],"cloud":["Unknown"]},
    "attribute":{"confidentiality":{"data_disclosure":"Yes","data_total":900,
    "data":[{"variety":"Medical","amount":900}]}},
    "timeline":{"incident":{"year":2012,"month":2}},
    "plus":{"analyst":"x","timeline":{"notification":{"year":2013}}}}
    """

  @Test func `that nobody edited is its document`() throws {
    let document = try JSON(reading: Array(Self.document.utf8))
    #expect(try ExportVeris.document(incident(ImportVeris.change(document))) == document)
  }

  @Test(arguments: edits)
  func `that was edited is its document with the edit, and comes back`(edit: IncidentEdit) throws {
    let original = try JSON(reading: Array(Self.document.utf8))
    var edited = incident(try ImportVeris.change(original))
    _ = edited.facts.apply(edit)
    let document = try ExportVeris.document(edited)
    #expect(try ImportVeris.change(document).facts == edited.facts)
    #expect(try VerisSchema.problems(document) == [])
    // What the edit does not touch stays.
    #expect(document[path: ["plus", "analyst"]] == .string("x"))
    #expect(document["victim"] == original["victim"])
    if edited.facts.actions.contains(.physical) {
      #expect(document["action"] == original["action"])
    }
  }

  @Test func `that is an exercise says so, and is not imported as an incident`() throws {
    var drill = incident(OpenIncident(facts: IncidentFacts(title: "Drill")))
    drill.exercise = Exercise()
    let document = try ExportVeris.document(drill)
    #expect(document[path: ["plus", "tocsin", "exercise"]] == .bool(true))
    #expect(try VerisSchema.problems(document) == [])
    let error = #expect(throws: UnreadableRecord.self) { try ImportVeris.change(document) }
    #expect(error?.path == "$.plus.tocsin.exercise")
  }

  @Test func `keeps amounts where only the categories grew`() throws {
    var edited = incident(try ImportVeris.change(JSON(reading: Array(Self.document.utf8))))
    edited.facts.data.categories = ["email", "medical"]
    let data = try ExportVeris.document(edited)[path: ["attribute", "confidentiality", "data"]]
    #expect(
      data?.written() == "[{\"variety\":\"Medical\",\"amount\":900},{\"variety\":\"Personal\"}]"
    )
  }

  @Test(arguments: edits)
  func `that was opened here is valid VERIS 1.4 and comes back`(edit: IncidentEdit) throws {
    var opened = incident(OpenIncident(facts: IncidentFacts(title: "Leak at the shop")))
    _ = opened.facts.apply(edit)
    opened.state = .triage
    let document = try ExportVeris.document(opened)
    #expect(try VerisSchema.problems(document) == [])
    let back = try ImportVeris.change(document)
    #expect(back.facts == opened.facts)
    #expect(back.state == .triage)
    #expect(back.source?.externalID == "INC-2026-0001")
  }

  @Test func `whose kept source was altered is an error, not a guess`() {
    let source = ImportSource(format: "veris", externalID: "1", digest: "", document: "{")
    let broken = incident(OpenIncident(facts: IncidentFacts(title: "x"), source: source))
    #expect(throws: UnreadableRecord.self) { try ExportVeris.document(broken) }
  }

  @Test(.enabled(if: VCDB.folder != nil, "the VCDB files are not here"))
  func `of the whole VCDB comes out equal`() throws {
    for (path, document) in VCDB.documents {
      let out = try ExportVeris.document(incident(ImportVeris.change(document)))
      #expect(out == document, "\(path)")
    }
  }
}

/// As much of JSON Schema as the VERIS schema uses.
enum VerisSchema {
  static let schema: JSON? = {
    guard let bytes = try? SharedData.bytes("incidents-vcdb/schema/verisc-merged.json") else {
      return nil
    }
    return try? JSON(reading: bytes)
  }()

  /// What the schema has against a document; nothing where the schema is absent.
  static func problems(_ document: JSON) throws -> [String] {
    guard let schema else { return [] }
    var problems: [String] = []
    check(document, schema, "$", &problems)
    return problems
  }

  private static func check(_ value: JSON, _ schema: JSON, _ path: String, _ out: inout [String]) {
    if let type = schema["type"]?.text {
      let fits =
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
          ("number", .number):
          true
        case ("integer", .number): value.integer != nil
        default: false
        }
      if !fits { out.append("\(path) is no \(type)") }
    }
    if let words = schema["enum"]?.elements, !words.contains(value) {
      out.append("\(path) is none of the enumeration")
    }
    if let object = value.object {
      for key in (schema["required"]?.elements ?? []).compactMap(\.text) where object[key] == nil {
        out.append("\(path) lacks \(key)")
      }
      if let least = schema["minProperties"]?.integer, object.members.count < least {
        out.append("\(path) is empty")
      }
      for (key, member) in object.members {
        if let known = schema["properties"]?[key] {
          check(member, known, "\(path).\(key)", &out)
        } else if schema["additionalProperties"] == .bool(false) {
          out.append("\(path) has \(key)")
        }
      }
    }
    if let elements = value.elements {
      if let least = schema["minItems"]?.integer, elements.count < least {
        out.append("\(path) is empty")
      }
      guard let items = schema["items"] else { return }
      for (index, element) in elements.enumerated() {
        check(element, items, "\(path)[\(index)]", &out)
      }
    }
    if let number = value.integer {
      if let least = schema["minimum"]?.integer, number < least { out.append("\(path) too small") }
      if let most = schema["maximum"]?.integer, number > most { out.append("\(path) too large") }
    }
  }
}
