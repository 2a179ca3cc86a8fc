import Foundation
import Model
import Testing

@testable import Exchange

private func read(_ text: String) throws -> OpenIncident {
  try ImportVeris.change(JSON(reading: Array(text.utf8)))
}

struct `A VERIS document` {
  @Test func `becomes the facts of a closed incident and is kept whole`() throws {
    let text = """
      {"incident_id":"A-1","schema_version":"1.3.4","security_incident":"Confirmed",
      "summary":"A laptop with records was stolen from a car. It was not encrypted.",
      "victim":{"victim_id":"County Clinic","country":["US"],"industry":"622110"},
      "action":{"physical":{"variety":["Theft"]}},"asset":{"assets":[{"variety":"U - Laptop"}]},
      "attribute":{"confidentiality":{"data_disclosure":"Potentially","data_total":12000000000,
      "data":[{"variety":"Medical"},{"variety":"Personal"},{"variety":"System"}],
      "state":["Stored unencrypted"]}},"impact":{"overall_rating":"Painful"},
      "timeline":{"incident":{"year":2012,"month":2,"day":29},
      "discovery":{"unit":"Months","value":3}},"notes":"Seen twice",
      "plus":{"created":"2013-02-22T16:53:09Z","timeline":{"notification":{"year":2012,"month":12}}}}
      """
    let change = try read(text)
    let facts = change.facts
    #expect(facts.title == "County Clinic: A laptop with records was stolen from a car")
    #expect(facts.summary == "A laptop with records was stolen from a car. It was not encrypted.")
    #expect((facts.outcome, facts.severity) == (.confirmedIncident, .high))
    #expect(facts.actions == [.physical])
    #expect(facts.assets == ["U - Laptop"])
    #expect(facts.tags == ["country:US", "industry:622110"])
    #expect(facts.data.categories == ["medical", "other", "personal"])
    #expect((facts.data.disclosure, facts.data.isEncrypted) == (.potentially, false))
    #expect(facts.affected == [AffectedPeople(jurisdiction: "", count: 12_000_000_000)])
    #expect(facts.instants[.occurred]?.plain == "2012-02-29")
    #expect(facts.instants[.occurred]?.precision == .day)
    #expect(facts.instants[.notified]?.plain == "2012-12")
    #expect(change.state == .closed)
    #expect(change.openedAt?.description == "2013-02-22T16:53:09Z")
    #expect(
      change.timeline.map(\.text) == [
        "Discovery, counted from the compromise: 3 months", "Seen twice",
      ]
    )
    let source = try #require(change.source)
    #expect((source.format, source.externalID) == ("veris", "A-1"))
    let document = try JSON(reading: Array(text.utf8))
    #expect(try JSON(reading: Array(source.document.utf8)) == document)
    #expect(source.digest == ImportVeris.digest(document))
  }

  @Test(
    arguments: [
      ("Confirmed", "\"Yes\"", Outcome.confirmedBreach, Disclosure.yes),
      ("Confirmed", "\"Potentially\"", .confirmedIncident, .potentially),
      ("Confirmed", "\"No\"", .confirmedIncident, .no),
      ("Suspected", "\"Unknown\"", .suspected, .unknown), ("Near miss", nil, .nearMiss, nil),
      ("False positive", nil, .falsePositive, nil),
    ] as [(String, String?, Outcome, Disclosure?)]
  )
  func `keeps disclosure in five values`(
    word: String,
    disclosure: String?,
    outcome: Outcome,
    expected: Disclosure?
  ) throws {
    let part = disclosure.map { ",\"attribute\":{\"confidentiality\":{\"data_disclosure\":\($0)}}" }
    let facts = try read(
      "{\"incident_id\":\"1\",\"security_incident\":\"\(word)\"\(part ?? "")}"
    ).facts
    #expect(facts.outcome == outcome)
    #expect(facts.data.disclosure == expected)
  }

  @Test(arguments: [
    ("{\"year\":2012}", "2012", Precision.year, "2012"),
    ("{\"year\":2012,\"month\":6}", "2012-06", .month, "2012-06"),
    ("{\"year\":2012,\"month\":6,\"day\":3}", "2012-06-03", .day, "2012-06-03"),
    ("{\"year\":2012,\"day\":3}", "2012", .year, "2012-??-03"),
    ("{\"year\":2012,\"month\":2,\"day\":30}", "2012-02", .month, "2012-02-30"),
    (
      "{\"year\":2018,\"month\":6,\"day\":28,\"time\":\"08:20:00 PM UTC\"}",
      "2018-06-28 20:20:00", .second, "2018-06-28 08:20:00 PM UTC"
    ),
    (
      "{\"year\":2018,\"month\":6,\"day\":28,\"time\":\"12:05 AM UTC\"}",
      "2018-06-28 00:05", .minute, "2018-06-28 12:05 AM UTC"
    ),
    (
      "{\"year\":2018,\"month\":6,\"day\":28,\"time\":\"06:45 PM\"}",
      "2018-06-28", .day, "2018-06-28 06:45 PM"
    ),
  ])
  func `dates no more exactly than it states`(
    date: String,
    plain: String,
    precision: Precision,
    words: String
  ) throws {
    let facts = try read("{\"incident_id\":\"1\",\"timeline\":{\"incident\":\(date)}}").facts
    let time = try #require(facts.instants[.occurred])
    #expect((time.plain, time.precision, time.text) == (plain, precision, words))
  }

  @Test(
    arguments: [
      ("{\"data_disclosure\":\"Yes\",\"data\":[{\"variety\":\"Personal\"}]}", [nil]),
      ("{\"data_disclosure\":\"Unknown\",\"data\":[{\"variety\":\"Personal\"}]}", []),
      ("{\"data_disclosure\":\"Yes\",\"data\":[{\"variety\":\"Unknown\"}]}", []),
      ("{\"data_disclosure\":\"Yes\",\"data_total\":0,\"data\":[{\"variety\":\"Personal\"}]}", [0]),
      ("{\"data_disclosure\":\"Yes\",\"data_total\":5,\"data\":[{\"variety\":\"Unknown\"}]}", [5]),
      (
        "{\"data_disclosure\":\"Yes\",\"data_total\":5,\"data\":[{\"variety\":\"Classified\"}]}", []
      ),
    ] as [(String, [Int64?])]
  )
  func `counts people without inventing any`(part: String, counts: [Int64?]) throws {
    let facts = try read("{\"incident_id\":\"1\",\"attribute\":{\"confidentiality\":\(part)}}")
      .facts
    #expect(facts.affected.map(\.count) == counts)
    #expect(facts.affected.allSatisfy { $0.quality == .estimate && $0.jurisdiction.isEmpty })
  }

  @Test(arguments: [
    ("[]", "$.incident_id"), ("{}", "$.incident_id"), ("{\"incident_id\":5}", "$.incident_id"),
    ("{\"incident_id\":\"\"}", "$.incident_id"), ("{\"incident_id\":\"a\\nb\"}", "$.incident_id"),
    ("{\"incident_id\":\"1\",\"summary\":[]}", "$.summary"),
    ("{\"incident_id\":\"1\",\"security_incident\":\"Sure\"}", "$.security_incident"),
    ("{\"incident_id\":\"1\",\"action\":[]}", "$.action"),
    (
      "{\"incident_id\":\"1\",\"timeline\":{\"incident\":{\"year\":\"2012\"}}}",
      "$.timeline.incident.year"
    ),
    (
      "{\"incident_id\":\"1\",\"timeline\":{\"incident\":{\"year\":0}}}", "$.timeline.incident.year"
    ),
    (
      "{\"incident_id\":\"1\",\"attribute\":{\"confidentiality\":{\"data_total\":-1}}}",
      "$.attribute.confidentiality.data_total"
    ),
    (
      "{\"incident_id\":\"1\",\"attribute\":{\"confidentiality\":{\"data_total\":1.5}}}",
      "$.attribute.confidentiality.data_total"
    ),
    (
      "{\"incident_id\":\"1\",\"attribute\":{\"confidentiality\":{\"data_total\":99999999999999999999}}}",
      "$.attribute.confidentiality.data_total"
    ),
    (
      "{\"incident_id\":\"1\",\"attribute\":{\"confidentiality\":{\"data_disclosure\":\"Maybe\"}}}",
      "$.attribute.confidentiality.data_disclosure"
    ),
    (
      "{\"incident_id\":\"1\",\"asset\":{\"assets\":[{\"variety\":1}]}}",
      "$.asset.assets[0].variety"
    ),
    ("{\"incident_id\":\"1\",\"plus\":{\"tocsin\":{\"strange\":1}}}", "$.plus.tocsin.strange"),
    (
      "{\"incident_id\":\"1\",\"plus\":{\"tocsin\":{\"aware_at\":{\"text\":\"x\"}}}}",
      "$.plus.tocsin.aware_at.zone"
    ),
    (
      "{\"incident_id\":\"1\",\"plus\":{\"tocsin\":{\"answers\":{\"risk\":\"big\"}}}}",
      "$.plus.tocsin.answers.risk"
    ),
    (
      "{\"incident_id\":\"1\",\"plus\":{\"tocsin\":{\"answers\":{\"fun\":\"true\"}}}}",
      "$.plus.tocsin.answers.fun"
    ),
    (
      "{\"incident_id\":\"1\",\"plus\":{\"tocsin\":{\"answers\":[]}}}",
      "$.plus.tocsin.answers"
    ),
  ])
  func `is refused with the path where it makes no sense`(text: String, path: String) throws {
    let document = try JSON(reading: Array(text.utf8))
    let error = #expect(throws: UnreadableRecord.self) { try ImportVeris.change(document) }
    #expect(error?.path == path)
  }
}

@Suite(.enabled(if: VCDB.folder != nil, "the VCDB files are not here"))
struct `The VERIS Community Database` {
  private func changes() throws -> [OpenIncident] {
    try VCDB.documents.map { try ImportVeris.change($0.document) }
  }

  @Test func `is read with every fact that its source lists`() throws {
    let changes = try changes()
    #expect(changes.count == 4297)
    var disclosure: [Disclosure?: Int] = [:]
    var precision: [Precision?: Int] = [:]
    for change in changes {
      disclosure[change.facts.data.disclosure, default: 0] += 1
      precision[change.facts.instants[.occurred]?.precision, default: 0] += 1
    }
    #expect(disclosure == [.yes: 2819, .potentially: 999, .unknown: 108, .no: 45, nil: 326])
    // 1342 years and the one day without a month; one of 2017 days has a time in UTC.
    #expect(precision == [.second: 1, .day: 2016, .month: 937, .year: 1343])
    // 4041 have a summary; one of them is empty.
    #expect(VCDB.documents.count { $0.document["summary"] != nil } == 4041)
    #expect(changes.count { !$0.facts.summary.isEmpty } == 4040)
    #expect(changes.map { $0.facts.summary.unicodeScalars.count }.max() == 17_355)
    #expect(changes.count { $0.facts.instants[.notified] != nil } == 3044)
    let totals = VCDB.documents.compactMap {
      $0.document[path: ["attribute", "confidentiality", "data_total"]]?.integer
    }
    #expect(totals.count == 2421)
    #expect(totals.max() == 12_000_000_000)
    let counted = changes.compactMap { $0.facts.affected.first?.count }
    let impersonal = zip(changes, VCDB.documents).count {
      $0.facts.affected.isEmpty
        && $1.document[path: ["attribute", "confidentiality", "data_total"]] != nil
    }
    #expect(counted.count + impersonal == 2421)
    #expect(counted.max() == 12_000_000_000)
    #expect(changes.allSatisfy { $0.state == .closed && $0.openedAt != nil })
    #expect(changes.allSatisfy { !$0.facts.title.isEmpty && !$0.facts.title.contains("\n") })
    #expect(Set(changes.compactMap { $0.source?.externalID }).count == 4295)
  }

  @Test func `is kept equal in every field`() throws {
    for (change, (path, document)) in zip(try changes(), VCDB.documents) {
      let kept = try JSON(reading: Array(try #require(change.source).document.utf8))
      #expect(kept == document, "\(path)")
      #expect(ImportVeris.digest(kept) == change.source?.digest)
    }
  }

  @Test func `is imported once, and again changes nothing`() async throws {
    let folder = try #require(VCDB.folder)
    let store = MemoryStore()
    let importer = Importer(store, format: .veris)
    let plan = try await importer.plan([folder])
    #expect(plan.summary.created == 4295)
    #expect(plan.summary.refused.isEmpty)
    // Two ids stand in two files each: with the same content, or named as conflicts.
    #expect(plan.summary.unchanged + plan.summary.conflicts.count == 2)
    for conflict in plan.summary.conflicts {
      #expect(conflict.places.count == 2)
      #expect(conflict.places.map(\.file) == conflict.places.map(\.file).sorted())
    }
    #expect(try await importer.apply(plan) == plan.summary)
    #expect(await store.origins == ["import veris"])
    let again = try await importer.plan([folder])
    #expect(again.changes.isEmpty)
    #expect(again.summary.created == 0)
    #expect(again.summary.unchanged >= 4295)
    #expect(again.summary.conflicts.count == plan.summary.conflicts.count)
  }
}
