import Formats
import Foundation
import Model
import TestSupport
import Testing

@testable import Rulebook

/// The faults of a rulebook whose one law has these rules, with the way to its file left out.
private func faults(_ rules: String) throws -> [String] {
  let directory = try TemporaryDirectory()
  let laws = directory.file("Laws")
  try FileManager.default.createDirectory(atPath: laws, withIntermediateDirectories: true)
  let text = """
    id: acme
    title: Agreement
    jurisdiction: CONTRACT
    version: 1
    source: https://example.org
    retrieved: "2026-11-23"
    rules:
    \(rules)

    """
  try text.write(toFile: "\(laws)/acme.yaml", atomically: false, encoding: .utf8)
  do {
    _ = try Rulebook(shipped: directory.path)
    return []
  } catch let error as Rulebook.Faults {
    return error.faults.map { $0.description.replacingOccurrences(of: "\(laws)/", with: "") }
  }
}

/// A rule with what a test puts into it; its id stands at line 8 where it is the first.
private func rule(_ id: String, _ lines: String...) -> String {
  (["  - id: \(id)", "    citation: s. 7", "    tells: Acme"] + lines.map { "    \($0)" })
    .joined(separator: "\n")
}

private let aware = ["start: events.aware_at", "within: 24 h"]

struct `A law file with a fault` {
  @Test(arguments: [
    ("start: events.awar_at|within: 24 h", 11, "events.awar_at is no event"),
    ("start: events.aware_at|within: 24 h|colour: red", 13, "unknown key colour; known are id"),
    ("start: events.aware_at|within: 24 h|within: 25 h", 13, "within stands here twice"),
    ("start: events.aware_at|within: -3 h", 12, "72 h, 30 d, 30 d from day one"),
    ("start: events.aware_at|within: 24 h|applies: [rsk = high]", 13, "there is no fact rsk"),
    ("start: events.aware_at|within: 24 h|applies: [risk = hgh]", 13, "hgh is none of unlikely"),
    ("start: events.aware_at|within: 24 h|zone: Mars/Port", 13, "a zone such as"),
    ("start: events.aware_at|within: 24 h|applies: [affected.UK > 5]", 13, "is GB"),
    (
      "start: events.aware_at|within: 24 h|unless:|  - data.encrypted: \"\"", 14,
      "data.encrypted: say why it frees"
    ),
    ("start: after T-NIX|within: 24 h", 8, "T-ONE: there is no rule T-NIX"),
    ("start: with T-NIX", 8, "T-ONE: there is no rule T-NIX"),
    (
      "start: events.aware_at|within: 24 h|applies: [sent late T-NIX]", 8,
      "T-ONE: there is no rule T-NIX"
    ),
    ("start: events.aware_at|within: 3 bd|calendar: XX", 8, "T-ONE: there is no calendar XX"),
    ("start: events.aware_at|within: 24 h|content: [nix]", 8, "T-ONE: there is no content nix"),
    (
      "clocks:|  - { start: events.aware_at, within: 24 h, from: \"2026-02-30\" }", 12,
      "a day such as 2026-01-31, one that exists"
    ),
    (
      "clocks:|  - { start: events.aware_at, within: 24 h, from: \"2026-03-30\", "
        + "until: \"2026-01-01\" }", 8,
      "T-ONE: in force until 2026-01-01, before it begins"
    ),
    // What waits for itself would never come to an end.
    ("start: after T-ONE|within: 24 h", 8, "these wait for each other: T-ONE -> T-ONE"),
    (
      "clocks:|  - { start: events.aware_at, within: 1 h, "
        + "when: events.handled_at past limit of T-ONE }", 8,
      "these wait for each other: T-ONE -> T-ONE"
    ),
  ])
  func `is refused with the file's name and the line`(lines: String, line: Int, reason: String)
    throws
  {
    let parts = lines.split(separator: "|").map { "    \($0)" }.joined(separator: "\n")
    let found = try faults(rule("T-ONE") + "\n" + parts)
    #expect(found.count == 1)
    let fault = try #require(found.first)
    #expect(fault.hasPrefix("acme.yaml:\(line): "), "\(fault)")
    #expect(fault.contains(reason), "\(fault)")
  }

  @Test func `is refused where an id stands in it twice`() throws {
    let twice = rule("T-ONE", aware[0], aware[1])
    #expect(try faults("\(twice)\n\(twice)") == ["acme.yaml:13: T-ONE stands here twice"])
  }

  @Test(arguments: [
    [rule("T-ONE", "start: with T-TWO"), rule("T-TWO", "start: after T-ONE", "within: 1 h")],
    // By the condition of a clock, and by that of a duty.
    [
      rule(
        "T-ONE",
        "clocks:",
        "  - { start: events.aware_at, within: 1 h, unless: sent late T-TWO }"
      ),
      rule("T-TWO", "start: with T-ONE"),
    ],
    [
      rule("T-ONE", "start: after T-TWO", "within: 1 h"),
      rule("T-TWO", "start: events.aware_at", "within: 1 h", "applies: [sent late T-ONE]"),
    ],
  ])
  func `is refused where two rules wait for each other`(rules: [String]) throws {
    let found = try faults(rules.joined(separator: "\n"))
    #expect(found.first == "acme.yaml:8: these wait for each other: T-ONE -> T-TWO -> T-ONE")
  }

  @Test func `is refused where rules wait in a row that is too long to follow`() throws {
    func row(_ count: Int) -> String {
      (1...count).map { number in
        number == count
          ? rule("T-\(number)", aware[0], aware[1])
          : rule("T-\(number)", "start: after T-\(number + 1)", "within: 1 h")
      }
      .joined(separator: "\n")
    }
    #expect(try faults(row(100)) == [])
    #expect(
      try faults(row(1500)).first?.hasSuffix("more than 100 rules wait in a row, each for the next")
        == true
    )
  }

  @Test func `may ask in a condition for the rule's own limit`() throws {
    let own = rule(
      "T-ONE",
      aware[0],
      aware[1],
      "applies: [events.handled_at past limit of T-ONE]"
    )
    #expect(try faults(own) == [])
  }
}

struct `A pack that was made without a loader` {
  @Test func `answers also where a rule waits for itself`() throws {
    let found = try answer(
      """
        clocks:
          - { start: events.aware_at, within: 1 h, when: events.handled_at past limit of T-ONE }
      """,
      [
        "events.aware_at": .text("2026-06-18T09:00:00Z"),
        "events.handled_at": .text("2026-06-18T09:00:00Z"),
      ]
    )
    #expect(found?.state.word == "none")
  }
}
