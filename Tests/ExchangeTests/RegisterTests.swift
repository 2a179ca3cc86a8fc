import Formats
import Foundation
import Model
import Testing

@testable import Exchange

private let minimal = """
  id: test
  title: Test register
  version: "1"
  source: https://example.org
  retrieved: "2026-05-18"
  key: [Id]
  columns:
    Name: { fact: title }
  """

/// A mapping file that ships with the program.
private func shipped(_ name: String) throws -> RegisterMapping {
  let url = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../Sources/Exchange/Mappings/\(name).yaml").standardized
  return try RegisterMapping(yaml: String(contentsOf: url, encoding: .utf8), file: "\(name).yaml")
}

private func rows(_ csv: String, _ yaml: String) throws -> [RegisterReader.Row] {
  let mapping = try RegisterMapping(yaml: yaml, file: "test.yaml")
  var reader = RegisterReader(MemorySource(Array(csv.utf8)), mapping, limits: CSVLimits())
  var rows: [RegisterReader.Row] = []
  while let row = try reader.next() { rows.append(row) }
  return rows
}

private func problems(_ rows: [RegisterReader.Row]) -> [String] {
  rows.compactMap { row in
    guard case .failure(let error) = row else { return nil }
    return error.description
  }
}

struct `A mapping of a register` {
  @Test func `ships without a fault`() throws {
    for name in ["wa-ag", "hhs-ocr", "hhs-ocr-2014"] { #expect(try shipped(name).id == name) }
  }

  @Test(arguments: [
    ("", 1, "the file is empty"), ("- a\n", 1, "keys with values"), ("a: [", 2, "did not find"),
    (minimal + "\nstrange: 1\n", 9, "unknown key strange; known are id"),
    (minimal + "\nid: other\n", 9, "id stands here twice"),
    (minimal.replacing("version: \"1\"\n", with: ""), 1, "version is missing"),
    (minimal + "\nzone: Europe/Atlantis\n", 9, "no such zone"),
    (minimal.replacing("id: test", with: "id: Test!"), 1, "an id has 1 to 40 small letters"),
    (minimal.replacing("id: test", with: "id: veris"), 1, "this id is taken"),
    (minimal.replacing("[Id]", with: "[]"), 6, "name at least one column"),
    (minimal.replacing("fact: title", with: "fact: summary"), 8, "no column has the fact title"),
    (minimal + "\n  A: { fact: nothing }\n", 9, "no fact nothing; one of title"),
    (minimal + "\n  A: { fact: title, split: x }\n", 9, "unknown key split"),
    (minimal + "\n  A: { fact: aware_at }\n", 9, "dates is missing"),
    (minimal + "\n  A: { fact: aware_at, dates: [yy] }\n", 9, "no date pattern"),
    (minimal + "\n  A: { fact: aware_at, dates: [yyyy], precision: week }\n", 9, "one of year"),
    (minimal + "\n  A: { fact: actions, values: { x: [theft] } }\n", 9, "theft is none of malware"),
    (minimal + "\n  A: { fact: actions }\n", 9, "values is missing"),
    (minimal + "\n  A: { fact: affected, blank: zero }\n", 9, "zero is none of unknown"),
    (minimal + "\nconstant: { state: shut }\n", 9, "one of reported"),
    (minimal + "\n  A: &x { fact: title }\n", 9, "anchors and aliases"),
    (minimal + "\n  A: *x\n", 9, "anchors and aliases"),
    (minimal + "\n  ? *x\n  : 1\n", 9, "anchors and aliases"),
  ])
  func `with a fault is refused with its line`(yaml: String, line: Int, reason: String) {
    let error = #expect(throws: UnreadableYAML.self) {
      try RegisterMapping(yaml: yaml, file: "m.yaml")
    }
    #expect(error?.file == "m.yaml")
    #expect(error?.line == line)
    #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
  }

  @Test func `refuses YAML bombs at once`() {
    let level = (1...9).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]"
    }
    let bombs = [
      "a0: &a0 [x]\n" + level.joined(separator: "\n"),
      "a: \"x\"\nb: {k: &a0 [x], l: [*a0, *a0]}",
      "x:\n  - &anchor deep\n", "x: '\n  ' \ny: ! &a z\n",
      String(repeating: "[", count: 5000), String(repeating: "- ", count: 5000),
      String(repeating: "a", count: 300_000),
    ]
    let clock = ContinuousClock()
    for bomb in bombs {
      let length = clock.measure {
        #expect(throws: UnreadableYAML.self) { try RegisterMapping(yaml: bomb, file: "b.yaml") }
      }
      #expect(length < .seconds(2))
    }
  }

  @Test(arguments: HostileString.corpus("scalar"))
  func `takes odd scalars as text`(entry: HostileString) throws {
    let text = try #require(entry.text)
    guard !text.contains("\u{1}") else { return }
    let quoted = JSON.string(text).written()
    let mapping = try RegisterMapping(
      yaml: minimal.replacing("Test register", with: quoted),
      file: "m.yaml"
    )
    #expect(mapping.title == text)
    // The same text as a cell.
    let row = CSVWriter(isRaw: true).row(["7", text])
    let found = try rows("Id,Name\r\n" + row, minimal).first?.get()
    #expect(found?.change.facts.title == oneLine(text))
  }
}

struct `A date pattern` {
  @Test(arguments: [
    ("MM/dd/yyyy hh:mm:ss a", "02/04/2021 12:00:00 AM", "2021-02-04 00:00:00"),
    ("MM/dd/yyyy hh:mm:ss a", "02/04/2021 12:00:00 PM", "2021-02-04 12:00:00"),
    ("M/d/yyyy", "9/22/2009", "2009-09-22"), ("M/d/yyyy", "10/16/2009", "2009-10-16"),
    ("yyyy-MM-dd", "2009-10-16", "2009-10-16"),
    ("dd.MM.yyyy HH:mm", "01.02.2020 23:59", "2020-02-01 23:59"),
    ("yyyy", "2009", "2009"), ("MM/yyyy", "03/2009", "2009-03"),
    ("'on 'd'.'M'.'yyyy", "on 1.2.2020", "2020-02-01"),
  ])
  func `reads what it describes`(pattern: String, text: String, plain: String) throws {
    let time = try #require(DatePattern(pattern)).read(
      text,
      zone: .utc,
      atMost: .second,
      source: "s"
    )
    #expect(time?.plain == plain)
    #expect(time?.text == text)
  }

  @Test(arguments: [
    ("MM/dd/yyyy", "2/04/2021"), ("MM/dd/yyyy", "02/30/2021"), ("MM/dd/yyyy", "13/01/2021"),
    ("MM/dd/yyyy", "02/04/2021 "), ("MM/dd/yyyy", ""), ("yyyy-MM-dd", "٢٠٠٩-10-16"),
    ("yyyy hh a", "2020 13 PM"), ("yyyy hh", "2020 01"), ("yyyy HH:mm", "2020 24:00"),
    ("M/d/yyyy", "1/2/20"), ("M/d/yyyy", "111/2/2020"),
  ])
  func `reads nothing else`(pattern: String, text: String) throws {
    let read = try #require(DatePattern(pattern)).read(
      text,
      zone: .utc,
      atMost: .second,
      source: ""
    )
    #expect(read == nil)
  }

  @Test(arguments: ["yy-MM-dd", "MM/dd", "yyyy QQ", "yyyy 'open", "yyyyy", "MMM yyyy", ""])
  func `with unknown signs is none`(pattern: String) { #expect(DatePattern(pattern) == nil) }
}

struct `A register's rows` {
  private static let mapping =
    minimal + """

        Day: { fact: aware_at, dates: [yyyy-MM-dd, M/d/yyyy] }
        People: { fact: affected, jurisdiction: US-WA, quality: confirmed, blank: unknown }
        Cause: { fact: actions, split: ",", values: { Theft: [physical], Loss: [error], Odd: [] } }
      """

  @Test func `become incidents with their row kept`() throws {
    let csv =
      "Id,Name,Day,People,Cause,Extra\n7,\"Ada, Inc.\",2020-02-01,12000000000,\"Theft, Loss\",=1\n"
    let (line, change) = try #require(try rows(csv, Self.mapping).first).get()
    #expect(line == 2)
    #expect(change.facts.title == "Ada, Inc.")
    #expect(change.facts.instants[.aware]?.plain == "2020-02-01")
    #expect(change.facts.instants[.aware]?.source == "test Day")
    #expect(change.facts.actions == [.physical, .error])
    #expect(
      change.facts.affected == [
        AffectedPeople(jurisdiction: "US-WA", count: 12_000_000_000, quality: .confirmed)
      ]
    )
    #expect((change.source?.format, change.source?.externalID) == ("test", "7"))
    #expect(
      change.source?.document
        == "{\"Id\":\"7\",\"Name\":\"Ada, Inc.\",\"Day\":\"2020-02-01\",\"People\":\"12000000000\","
        + "\"Cause\":\"Theft, Loss\",\"Extra\":\"=1\"}"
    )
  }

  @Test(arguments: [
    ("7,A,,,\n", [AffectedPeople(jurisdiction: "US-WA", count: nil, quality: .confirmed)]),
    ("7,A,,0,\n", [AffectedPeople(jurisdiction: "US-WA", count: 0, quality: .confirmed)]),
  ])
  func `tell unknown from zero`(row: String, people: [AffectedPeople]) throws {
    let (_, change) = try #require(try rows("Id,Name,Day,People,Cause\n" + row, Self.mapping).first)
      .get()
    #expect(change.facts.affected == people)
    #expect(change.facts.instants.isEmpty)
  }

  @Test(arguments: [
    ("7,A,2020-02-30,,\n", "line 2, column 3: Day: \"2020-02-30\" is not a date"),
    ("7,A,,1.5,\n", "line 2, column 4: People: a whole number"),
    ("7,A,,-5,\n", "line 2, column 4: People: a whole number"),
    ("7,A,,99999999999999999999,\n", "line 2, column 4: People: a whole number"),
    ("7,A,,,Fire\n", "line 2, column 5: Cause: \"Fire\" is none of the mapping's values"),
    ("7,,,,\n", "line 2: no title"), (",A,,,\n", "line 2: Id names no row"),
    ("7,A,,\n", "line 2: 4 cells under 5 columns"),
  ])
  func `with bad cells are refused with line and column`(row: String, problem: String) throws {
    let found = problems(try rows("Id,Name,Day,People,Cause\n" + row, Self.mapping))
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(problem) == true, "\(found)")
  }

  @Test(arguments: [
    ("", "line 1: the file is empty"),
    ("Id,Day\n1,2\n", "line 1: the mapping test needs the columns Cause, Name, People"),
    ("Id,Id\n", "line 1: two columns have the same name"),
  ])
  func `need their header`(csv: String, problem: String) throws {
    #expect(problems(try rows(csv, Self.mapping)) == [problem])
  }
}

@Suite(
  .enabled(if: SharedData.exists("incidents-registers/SOURCE.md"), "the registers are not here")
)
struct `The published registers` {
  private func imported(_ mapping: String, _ file: String) async throws -> [OpenIncident] {
    let importer = Importer(MemoryStore(), format: .register(try shipped(mapping)))
    let plan = try await importer.plan([SharedData.url("incidents-registers/\(file)").path])
    #expect(plan.summary.isClean, "\(plan.summary.refused.prefix(3))")
    #expect(plan.summary.unchanged == 0)
    #expect(plan.origin == "import register \(mapping)")
    return plan.opened
  }

  @Test func `of Washington State keep the facts of their source`() async throws {
    let changes = try await imported("wa-ag", "wa-ag-breach-notices-2024-05-23.shared.csv")
    #expect(changes.count == 525)
    let people = changes.compactMap { $0.facts.affected.first }
    #expect(people.count == 525)
    #expect(people.count { $0.count == nil } == 19)
    #expect(people.compactMap(\.count).reduce(0, +) == 14_108_623)
    #expect(people.allSatisfy { $0.jurisdiction == "US-WA" })
    #expect(changes.count { $0.facts.instants[.occurred] == nil } == 55)
    #expect(changes.count { !$0.facts.title.utf8.allSatisfy { $0 < 128 } } == 6)
    let days = changes.compactMap { change -> Int64? in
      guard let aware = change.facts.instants[.aware], let told = change.facts.instants[.notified]
      else { return nil }
      #expect((aware.precision, aware.zone.name) == (.day, "America/Los_Angeles"))
      // Whole days of the calendar, whatever summer time does between.
      let hours = (told.earliest - aware.earliest).components.seconds / 3600
      return (hours + 12) / 24
    }
    #expect(days.count == 511)
    #expect(days.count { $0 > 30 } == 374)
    #expect(days.count { $0 > 60 } == 224)
    #expect(days.count { $0 < 0 } == 0)
    #expect(Set(changes.compactMap { $0.source?.externalID }).count == 525)
  }

  @Test func `of the HHS are read in both forms`() async throws {
    let changes = try await imported("hhs-ocr", "hhs-ocr-breaches-2009-2014.csv")
    #expect(changes.count == 1151)
    #expect(changes.compactMap { $0.facts.affected.first?.count }.reduce(0, +) == 41_181_144)
    #expect(changes.count { !$0.facts.summary.isEmpty } == 209)
    let older = try await imported(
      "hhs-ocr-2014",
      "hhs-ocr-breaches-2009-2014-with-dates-and-summaries.csv"
    )
    #expect(older.count == 1055)
    #expect(older.compactMap { $0.facts.affected.first?.count }.reduce(0, +) == 31_926_430)
    #expect(older.count { !$0.facts.summary.isEmpty } == 142)
    #expect(older.allSatisfy { $0.facts.instants[.occurred]?.precision == .day })
  }
}
