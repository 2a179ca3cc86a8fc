import Foundation
import TestSupport
import Testing

/// The register of Washington's Attorney General; nil where it is not beside the checkout.
private let register: String? = {
  let environment = ProcessInfo.processInfo.environment
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let shared = environment["TOCSIN_SHARED"] ?? root.appendingPathComponent("shared").path
  let path = "\(shared)/data/incidents-registers/wa-ag-breach-notices-2024-05-23.shared.csv"
  return FileManager.default.isReadableFile(atPath: path) ? path : nil
}()

@Suite(.enabled(if: register != nil, "the register is not here"))
struct `Lateness in Washington's register` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    let path = register ?? ""
    #expect(try tocsin("import", "register", "--map", "wa-ag", path).status == 0)
  }

  @Test func `counts the days that the register itself counts`() throws {
    var days: [String: Int] = [:]
    for incident in try list(tocsin("incident", "list", "--json").output) {
      let source = try #require(incident["source"] as? [String: Any])
      days[try #require(source["id"] as? String)] = 0
    }
    #expect(days.count == 525)
    let report = try object(tocsin("report", "lateness", "--each", "--json").output)
    let notices = try #require(report["notices"] as? [[String: Any]])
    var counted: [String: Int] = [:]
    for notice in notices {
      counted[try #require(notice["source_id"] as? String)] = notice["days"] as? Int
    }
    #expect(counted.count == 511)
    #expect(report["undated"] as? Int == 14)
    #expect(try counted == elapsed())
  }

  /// What the register's own column says, by the row's id.
  private func elapsed() throws -> [String: Int] {
    let text = try String(contentsOfFile: register ?? "", encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map(cells)
    let header = try #require(lines.first)
    let id = try #require(header.firstIndex(of: "Id"))
    let days = try #require(header.firstIndex(of: "DaysElapsedBeforeNotification"))
    var elapsed: [String: Int] = [:]
    for line in lines.dropFirst() where !line[days].isEmpty { elapsed[line[id]] = Int(line[days]) }
    return elapsed
  }

  /// The cells of a line of a file without line breaks in its cells.
  private func cells(_ line: Substring) -> [String] {
    var (cells, isQuoted) = ([""], false)
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  @Test func `is a table by year, 45 days before 2020-03-01 and 30 after`() throws {
    #expect(
      try tocsin("report", "lateness")
        == .init(
          output: """
            US-WA-AG: tell Attorney General, RCW 19.255.010(7)
              30 d from events.discovered_at (from 2020-03-01)
              45 d from events.discovered_at (before 2020-03-01)

            YEAR  NOTICES  ON TIME  LATE  OPEN  MEDIAN DAYS  WORST
            2015        6        4     2     0         25.5    287
            2016       21       14     7     0           38    255
            2017       32       22    10     0         31.5    132
            2018       30       20    10     0           41    219
            2019       27       17    10     0           42    225
            2020       92       40    52     0         35.5    310
            2021       82       18    64     0         67.5    475
            2022       84       14    70     0         89.5    658
            2023      113       16    97     0           67    628
            2024       24        1    23     0          134   1043
            all       511      166   345     0           53   1043

            """,
          errors: "14 more lack the day of awareness or of notice\n",
          status: 0
        )
    )
  }

  @Test func `works by an organisation's own rule, and says so`() throws {
    let rules = tocsin.directory.file("rules")
    try FileManager.default.createDirectory(
      atPath: "\(rules)/laws",
      withIntermediateDirectories: true
    )
    try """
    id: us-wa-ours
    title: Ours
    jurisdiction: US-WA
    people: [US-WA]
    version: 7
    source: https://example.org
    retrieved: "2026-05-18"
    rules:
      - id: US-WA-AG
        citation: house rule 1
        tells: Attorney General
        start: events.aware_at
        within: 1000 d
    """.write(toFile: "\(rules)/laws/us-wa-ours.yaml", atomically: false, encoding: .utf8)
    let report = try object(
      tocsin("report", "lateness", "--rules", rules, "--json").output
    )
    #expect(report["own"] as? Bool == true)
    #expect(report["version"] as? Int == 7)
    let total = try #require(report["total"] as? [String: Any])
    #expect(total["late"] as? Int == 1)
    #expect(total["worst_days"] as? Int == 1043)
  }

  @Test func `of a rule that does not exist is refused`() throws {
    #expect(
      try tocsin("report", "lateness", "--rule", "US-XX")
        == .init(
          output: "",
          errors: "tocsin: there is no rule US-XX\n  what there is: tocsin rules list\n",
          status: 1
        )
    )
  }
}
