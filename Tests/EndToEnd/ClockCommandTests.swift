import Foundation
import Pty
import TestSupport
import Testing

struct `The clocks command` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    _ = try tocsin(
      "organisation",
      "set",
      "--country",
      "DE",
      "--zone",
      "Europe/Berlin",
      "--role",
      "controller",
      "--sectors",
      "none"
    )
    let added = try tocsin(
      "incident",
      "add",
      "--title",
      String(repeating: "A title that is longer than any terminal ", count: 4),
      "--affected",
      "EU-DE=900",
      "--time",
      "aware=2026-05-18 10:00 +00:00",
      "--answer",
      "risk=risk"
    )
    #expect(added.status == 0, "\(added)")
  }

  private func row(_ rule: String) throws -> [String: Any]? {
    try list(tocsin("clocks", "--json").output).first { $0["id"] as? String == rule }
  }

  @Test func `lists a duty behind the others when its clock stops, and fails the check`() throws {
    #expect(try tocsin("clocks", "--check").status == 0)
    #expect(try row("EU-GDPR-33-SA")?["state"] as? String == "due")
    #expect(try tocsin("incident", "edit", "INC-2026-0001", "--time", "aware=May 2026").status == 0)
    let text = try tocsin("clocks").output
    let waiting = try #require(text.range(of: "\nWaiting for a fact: "))
    let rest = text[waiting.upperBound...]
    #expect(!text[..<waiting.lowerBound].contains("EU-GDPR-33-SA"))
    #expect(
      rest.split(separator: "\n").dropFirst(2).first?
        .hasPrefix("EU-GDPR-33-SA") == true,
      "\(rest)"
    )
    #expect(rest.contains("when aware (was due 2026-05-21 12:00 +02:00)"))
    let check = try tocsin("clocks", "--line", "--check")
    #expect(check.status == 2)
    #expect(check.output.contains(" waiting\n"))
    #expect(check.errors.contains("INC-2026-0001 EU-GDPR-33-SA: was due 2026-05-21T10:00:00Z"))
    let row = try #require(try row("EU-GDPR-33-SA"))
    #expect(row["state"] as? String == "clockNotStarted")
    #expect(row["missing"] as? [String] == ["events.aware_at"])
    #expect(row["was_due"] as? String == "2026-05-21T10:00:00Z")
  }

  @Test func `says the same of what nobody may write down`() throws {
    #expect(try tocsin("clocks").status == 0)
    _ = try tocsin("incident", "edit", "INC-2026-0001", "--time", "aware=May 2026")
    let check = try tocsin("clocks", "--check", "--read-only")
    #expect(check.status == 2)
    #expect(check.errors.contains("EU-GDPR-33-SA: was due 2026-05-21T10:00:00Z"))
  }

  @Test func `refuses what is still to come, and names the field`() throws {
    let refused = try tocsin(
      "incident",
      "edit",
      "INC-2026-0001",
      "--time",
      "occurred=2026-05-19"
    )
    #expect(refused.status == 1)
    #expect(refused.errors.contains("occurred: 2026-05-19 is still to come"))
  }

  private func onTerminal(_ arguments: [String], columns: Int = 60) throws -> PtyProcess {
    let process = try PtyProcess(
      tocsin.binary,
      arguments + ["--now", tocsin.now ?? ""],
      environment: tocsin.environment,
      columns: columns,
      rows: 60
    )
    #expect(try process.waitForEnd() == .exited(0))
    return process
  }

  @Test(arguments: [["clocks"], ["incident", "list"]])
  func `cuts its rows where a terminal ends, and nowhere else`(arguments: [String]) throws {
    let whole = try tocsin.run(arguments).output.split(separator: "\n").map(String.init)
    #expect(whole.contains { $0.count > 60 })
    #expect(!whole.contains { $0.contains("…") })
    let text = try onTerminal(arguments).output
    let shown = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
    #expect(shown.count == whole.count)
    #expect(shown.allSatisfy { $0.count <= 60 })
    for (line, full) in zip(shown, whole) {
      #expect(line == full || line.hasSuffix("…") && full.hasPrefix(line.dropLast()), "\(line)")
    }
  }

  @Test func `writes its calendar onto a terminal without control characters`() throws {
    #expect(try tocsin("clocks").status == 0)
    let bytes = try onTerminal(["clocks", "--ics", "-"], columns: 200).output
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("BEGIN:VCALENDAR"))
    #expect(acting(text.replacing("\r\n", with: "\n")).isEmpty)
    #expect(try tocsin("clocks", "--ics", "-").output.hasPrefix("BEGIN:VCALENDAR\r\n"))
  }

  @Test func `is one of many origins in the journal, whose columns hold the longest`() throws {
    #expect(try tocsin("incident", "filters", "save", "mine", "is:open").status == 0)
    let lines = try tocsin("journal").output.split(separator: "\n").map(String.init)
    let head = try #require(lines.first)
    let place = try #require(head.range(of: "RECORD")).lowerBound
    let column = head.distance(from: head.startIndex, to: place)
    #expect(lines.contains { $0.contains("incident filters save --now") })
    for line in lines.dropFirst() {
      let characters = Array(line)
      #expect(characters[column - 1] == " " && characters[column] != " ", "\(line)")
    }
  }
}
