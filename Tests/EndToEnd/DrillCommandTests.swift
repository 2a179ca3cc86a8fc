import Foundation
import TestSupport
import Testing

/// A store with a real breach and an exercise after it, both aware at 2026-05-18 14:40 UTC.
struct `The commands for exercises` {
  var tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    try add()
    let started = try tocsin("drill", "start", "--from", "inc-2026-0001")
    #expect(started == .init(output: "INC-2026-0002\n", errors: "", status: 0))
  }

  private func add() throws {
    let added = try tocsin.run([
      "incident", "add", "--title", "Mailbox taken", "--severity", "high", "--affected",
      "EU-DE=500", "--data", "email", "--answer", "risk=risk", "--answer", "personal_data=yes",
      "--role", "lead=Ada Vale", "--time", "aware=2026-05-18T14:40:00Z",
    ])
    #expect(added.status == 0, "\(added.errors)")
  }

  /// Runs a command at another present.
  private func at(_ now: String, _ arguments: String...) throws -> Tocsin.Result {
    var later = tocsin
    later.now = now
    return try later.run(arguments)
  }

  private func file(_ rule: String, sent: String) throws {
    let filed = try at(
      "2026-05-19T10:00:00Z",
      "incident",
      "filing",
      "add",
      "INC-2026-0002",
      "--obligation",
      rule,
      "--sent",
      sent
    )
    #expect(filed.status == 0, "\(filed.errors)")
  }

  @Test func `copy an incident's facts without names and conclusions`() throws {
    let text = try tocsin("incident", "show", "INC-2026-0002", "--json").output
    let shown = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    #expect(shown["title"] as? String == "Mailbox taken")
    #expect(shown["exercise"] as? Bool == true)
    #expect(shown["severity"] is NSNull)
    #expect((shown["roles"] as? [String: Any])?.isEmpty == true)
    #expect((shown["affected"] as? [Any])?.count == 1)
    #expect(shown["answers"] as? [String: String] == ["personal_data": "true"])
    let real = try tocsin("incident", "show", "INC-2026-0001", "--json").output
    #expect(real.contains("\"exercise\": false"))
  }

  @Test func `mark what they print, and only what is an exercise`() throws {
    #expect(try tocsin("incident", "task", "add", "INC-2026-0002", "call").status == 0)
    let commands = [
      ["incident", "task", "list", "INC-2026-0002"], ["overview"],
      ["incident", "list"], ["incident", "show", "INC-2026-0002"], ["clocks"], ["drill", "list"],
      ["search", "mailbox"], ["journal"], ["obligations", "INC-2026-0002"],
      ["clocks", "--line", "--within", "9d"], ["clocks", "--ics", "-"],
      ["clocks", "--remind", "--now", "2026-05-21T14:00:00Z"],
      ["report", "filing", "INC-2026-0002", "--obligation", "EU-GDPR-33-SA"],
    ]
    for command in commands {
      var tocsin = tocsin
      if command.contains("--now") { tocsin.now = nil }
      let result = try tocsin.run(command)
      #expect(result.status == 0, "\(command): \(result.errors)")
      #expect(result.output.contains("[DRILL]"), "\(command): \(result.output)")
    }
    for command in [["incident", "show", "INC-2026-0001"], ["obligations", "INC-2026-0001"]] {
      #expect(try !tocsin.run(command).output.contains("[DRILL]"))
    }
    let line = try tocsin("clocks", "--line", "--within", "9d").output
    let parts = line.split(separator: ", ").filter { !$0.contains(" waiting") }
    #expect(parts.map(String.init) == ["1 clock < 9 d", "[DRILL] 1 clock < 9 d"], "\(line)")
    #expect(line.hasSuffix(" waiting\n"))
  }

  @Test func `leave the form of obligations as it is`() throws {
    let text = try tocsin("obligations", "INC-2026-0002", "--json").output
    let real = try tocsin("obligations", "INC-2026-0001", "--json").output
    func keys(_ text: String) throws -> Set<String> {
      let all = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
      return Set(try #require(all).flatMap(\.keys))
    }
    #expect(try keys(text) == keys(real))
  }

  @Test func `keep exercises out of checks, counts, registers and exports unless asked`() throws {
    #expect(try tocsin("incident", "remove", "INC-2026-0001", "--reason", "x").status == 0)
    let late = "2026-05-30T00:00:00Z"
    #expect(try at(late, "clocks", "--check").status == 0)
    #expect(try at(late, "clocks", "--check", "--drills").status == 2)
    #expect(try at(late, "clocks", "--drills").status == 64)
    #expect(try tocsin("overview").output.contains("0 open of 0 incidents and 1 drill [DRILL]\n"))
    #expect(try tocsin("export", "veris").output == "[]\n")
    #expect(try tocsin("export", "veris", "--drills").output.contains("\"exercise\":true"))
    #expect(
      try tocsin("incident", "edit", "INC-2026-0002", "--outcome", "confirmed-breach").status == 0
    )
    #expect(try tocsin("report", "breach-register", "--json").output == "[]\n")
  }

  @Test func `score what was done in time, and keep it at the end`() throws {
    #expect(
      try at(
        "2026-05-18T15:05:00Z",
        "incident",
        "edit",
        "INC-2026-0002",
        "--severity",
        "high",
        "--answer",
        "risk=high"
      ).status == 0
    )
    #expect(
      try at("2026-05-18T15:10:00Z", "incident", "note", "INC-2026-0002", "called").status == 0
    )
    try file("EU-GDPR-33-SA", sent: "2026-05-19T09:40:00Z")
    let expected = """
      INC-2026-0002  [DRILL] Mailbox taken
      1 of 1 clock met

      Aware    2026-05-18 14:40 +00:00
      Ended    2026-05-25 00:00 +00:00 by \(NSUserName())

      STEPS
        first decision             never                   -
        first severity assessment  25 min after awareness  2026-05-18 15:05 +00:00
        first note or step         30 min after awareness  2026-05-18 15:10 +00:00
        containment                never                   -

      """
    let ended = try at("2026-05-25T00:00:00Z", "drill", "end", "INC-2026-0002")
    #expect(ended.output == "INC-2026-0002: exercise ended, 1 of 1 clock met\n")
    let score = try at("2026-06-01T00:00:00Z", "drill", "score", "INC-2026-0002").output
    #expect(score.hasPrefix(expected), "\(score)")
    #expect(score.contains("\nEU-GDPR-33-SA   met, 2 d 5 h left"))
    #expect(score.contains("EU-GDPR-34-DS   no fixed deadline, nothing sent"))

    let again = try at("2026-05-25T00:00:00Z", "drill", "end", "INC-2026-0002")
    #expect(again.status == 1)
    #expect(try tocsin("incident", "filing", "remove", "INC-2026-0002", "1").status == 0)
    #expect(try at("2026-06-01T00:00:00Z", "drill", "score", "INC-2026-0002").output == score)
    let json = try at("2026-06-01T00:00:00Z", "drill", "score", "INC-2026-0002", "--json").output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    )
    #expect(object["met"] as? Int == 1)
    #expect(object["final"] as? Bool == true)
    #expect(object["never_decided"] as? [String] == ["EU-GDPR-33-REC", "EU-GDPR-34-DS"])
  }

  @Test func `say why a real incident is no exercise, and never becomes one`() throws {
    for command in ["end", "score"] {
      let result = try tocsin("drill", command, "INC-2026-0001")
      #expect(result.status == 1)
      #expect(result.errors.contains("INC-2026-0001 is a real incident, no exercise"))
      #expect(result.errors.contains("an exercise never becomes a real incident"))
    }
    #expect(try tocsin("drill", "start").status == 64)
    #expect(try tocsin("drill", "start", "--title", "x", "--from", "INC-1999-0001").status == 1)
    #expect(try tocsin("drill", "start", "--title", "x", "--aware", "whenever").status == 64)
  }
}
