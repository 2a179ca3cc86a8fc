import Foundation
import TestSupport
import Testing

struct `The incident commands` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  @Test func `print the reference of an incident that was opened`() throws {
    #expect(
      try tocsin("incident", "add", "--title", "Laptop stolen")
        == .init(output: "INC-2026-0001\n", errors: "", status: 0)
    )
    #expect(
      try tocsin("incident", "add", "--title", "Tape lost", "--severity", "high")
        == .init(output: "INC-2026-0002\n", errors: "", status: 0)
    )
    #expect(
      try tocsin("incident", "list", "--sort", "reference", "--reverse").output == """
        REFERENCE      SEVERITY  STATE       OPENED (UTC)        AFFECTED  TITLE
        INC-2026-0001  -         reported    2026-05-18 14:40           -  Laptop stolen
        INC-2026-0002  high      reported    2026-05-18 14:40           -  Tape lost

        """
    )
    #expect(try tocsin("incident", "list", "--count").output == "2\n")
    #expect(
      try tocsin("incident", "list", "--count", "--filter", "severity:high").output == "1\n"
    )
  }

  @Test func `say that there is nothing yet, and print nothing`() throws {
    #expect(
      try tocsin("incident", "list")
        == .init(output: "", errors: "There are no incidents yet.\n", status: 0)
    )
    #expect(try tocsin("incident", "list", "--json").output == "[]\n")
    #expect(try tocsin("incident", "list", "--count").output == "0\n")
  }

  @Test func `show all facts of an incident as they were stated`() throws {
    _ = try tocsin(
      "incident",
      "add",
      "--title",
      "Staging API open",
      "--severity",
      "critical",
      "--kind",
      "hacking",
      "--kind",
      "error",
      "--time",
      "occurred=March 2025",
      "--time",
      "discovered=2026-05-18 14:10",
      "--affected",
      "EU-DE=41200",
      "--affected",
      "US-CA=12000000000:confirmed",
      "--affected",
      "GB=unknown",
      "--data",
      "email",
      "--disclosure",
      "potentially",
      "--encrypted",
      "no",
      "--role",
      "lead=Ada Vale",
      "--tag",
      "shop",
      "--asset",
      "api-1",
      "--summary",
      "First line.\nSecond line."
    )
    _ = try tocsin("incident", "note", "INC-2026-0001", "Taken off", "--happened", "14:20")
    _ = try tocsin("incident", "task", "add", "INC-2026-0001", "Count", "--due", "2026-05-19")
    let shown = try tocsin("incident", "show", "inc-2026-0001")
    #expect(
      shown.output == """
        INC-2026-0001  Staging API open

        State       reported
        Severity    critical
        Outcome     undetermined
        Kind        error, hacking
        Lead        Ada Vale
        Occurred    2025-03
        Discovered  2026-05-18 14:10 UTC
        Affected    EU-DE: 41200 (estimate)
        Affected    GB: unknown number
        Affected    US-CA: 12000000000
        Data        email; disclosed: potentially; encrypted: no
        Assets      api-1
        Tags        shop
        Opened      2026-05-18 14:40 UTC
        Altered     2026-05-18 14:40 UTC, version 1

        First line.
        Second line.

        TIMELINE
          1  2026-05-18 14:20 UTC  Taken off

        TASKS
          1  to do  Count, due 2026-05-19

        """
    )
    let json = try object(tocsin("incident", "show", "INC-2026-0001", "--json").output)
    #expect(json["reference"] as? String == "INC-2026-0001")
    #expect(json["severity"] as? String == "critical")
    #expect((json["timeline"] as? [Any])?.count == 1)
    let instants = try #require(json["instants"] as? [String: [String: String]])
    #expect(instants["occurred_at"]?["precision"] == "month")
    #expect(instants["occurred_at"]?["text"] == "March 2025")
  }

  @Test func `alter facts and state, and undo them`() throws {
    _ = try tocsin("incident", "add", "--title", "Mail to all")
    #expect(
      try tocsin("incident", "edit", "INC-2026-0001", "--severity", "low").output
        == "INC-2026-0001: version 2\n"
    )
    #expect(
      try tocsin("incident", "state", "INC-2026-0001", "triage", "--reason", "taken up").output
        == "INC-2026-0001: reported -> triage\n"
    )
    let refused = try tocsin("incident", "state", "INC-2026-0001", "closed")
    #expect(refused.status == 1)
    #expect(refused.output == "")
    #expect(
      try tocsin("undo").output == "entry 3 on INC-2026-0001 undone by entry 4\n"
    )
    #expect(
      try tocsin("incident", "list", "--count", "--filter", "state:reported").output == "1\n"
    )
  }

  @Test func `refuse a change that was made for an older version`() throws {
    _ = try tocsin("incident", "add", "--title", "Mail to all")
    _ = try tocsin("incident", "edit", "INC-2026-0001", "--title", "Mail to some")
    let late = try tocsin(
      "incident",
      "edit",
      "INC-2026-0001",
      "--title",
      "Mail to none",
      "--if-version",
      "1"
    )
    #expect(late.status == 1)
    #expect(late.errors.hasPrefix("tocsin: incident 1 was altered by "))
    #expect(
      late.errors.hasSuffix(
        """
         since it was read (version 1, now 2); nothing was overwritten
          look at it again with: tocsin incident show; then repeat the change

        """
      )
    )
  }

  @Test func `say what to do about a reference that nobody knows`() throws {
    #expect(
      try tocsin("incident", "show", "INC-1999-0001")
        == .init(
          output: "",
          errors: """
            tocsin: there is no incident INC-1999-0001
              what there is: tocsin incident list

            """,
          status: 1
        )
    )
  }

  @Test(arguments: [
    ["incident", "add"], ["incident", "list", "--colour"], ["incident", "edit", "INC-2026-0001"],
    ["incident", "list", "--filter", "severity:dreadful"],
    ["incident", "add", "--title", "x", "--time", "occurred=03/04/2026"],
    ["incident", "add", "--title", "x", "--affected", "EU-DE=many"],
    ["incident", "note", "INC-2026-0001"], ["juggle"],
  ])
  func `end with 64 where the command line makes no sense`(arguments: [String]) throws {
    _ = try tocsin("incident", "add", "--title", "there")
    let result = try tocsin.run(arguments)
    #expect(result.status == 64, "\(result)")
    #expect(result.output == "")
    #expect(!result.errors.isEmpty)
  }

  @Test func `put what a command prints onto the timeline with its origin`() throws {
    _ = try tocsin("incident", "add", "--title", "Logins")
    let text = "Accepted password for root\nfrom 192.0.2.7\n"
    #expect(
      try tocsin(
        "incident",
        "note",
        "INC-2026-0001",
        "--stdin",
        "--source",
        "journalctl",
        input: text
      ).output == "INC-2026-0001: note 1\n"
    )
    let json = try object(tocsin("incident", "show", "INC-2026-0001", "--json").output)
    let entry = try #require((json["timeline"] as? [[String: Any]])?.first)
    #expect(entry["text"] as? String == "Accepted password for root\nfrom 192.0.2.7")
    #expect(entry["source"] as? String == "journalctl")
    let bytes = try tocsin.run(
      ["incident", "note", "INC-2026-0001", "--stdin"],
      input: Data([0xFF, 0xFE])
    )
    #expect(bytes.status == 1)
    #expect(bytes.errors.contains("standard input is not UTF-8 text; nothing was noted"))
  }

  @Test func `follow a task from to-do to done`() throws {
    _ = try tocsin("incident", "add", "--title", "Logins")
    #expect(
      try tocsin(
        "incident",
        "task",
        "add",
        "INC-2026-0001",
        "Count people",
        "--owner",
        "Ada",
        "--due",
        "2026-05-19 09:00"
      ).output == "1\n"
    )
    #expect(
      try tocsin("incident", "task", "list", "INC-2026-0001").output == """
        ID  STATE  DUE                   OWNER  TASK
         1  to do  2026-05-19 09:00 UTC  Ada    Count people

        """
    )
    #expect(
      try tocsin("incident", "task", "done", "INC-2026-0001", "1").output == "task 1: done\n"
    )
    #expect(try tocsin("incident", "task", "done", "INC-2026-0001", "7").status == 1)
  }

  @Test(arguments: [false, true])
  func `notice that evidence was altered or is gone`(isCopied: Bool) throws {
    _ = try tocsin("incident", "add", "--title", "Logins")
    let file = tocsin.directory.file("log.txt")
    try Data("line\n".utf8).write(to: URL(fileURLWithPath: file))
    let digest = "8c3c9b4b3d4b5c6a6f9ab0f6ad4b0d9b9a0b4d5b8a0a9c9f1c7d4d0a4b3b2a1c"
    let add =
      ["incident", "evidence", "add", "INC-2026-0001", file] + (isCopied ? ["--copy"] : [])
    let added = try tocsin.run(add)
    #expect(added.status == 0)
    #expect(added.output.hasPrefix("1  ") && added.output.utf8.count == digest.utf8.count + 4)
    #expect(
      try tocsin("incident", "evidence", "verify", "INC-2026-0001")
        == .init(output: "1  verified  log.txt\n", errors: "", status: 0)
    )
    try Data("lyne\n".utf8).write(to: URL(fileURLWithPath: file))
    #expect(
      try tocsin("incident", "evidence", "verify", "INC-2026-0001").status == (isCopied ? 0 : 2)
    )
    try FileManager.default.removeItem(atPath: file)
    let gone = try tocsin("incident", "evidence", "verify", "INC-2026-0001")
    #expect(gone.output == (isCopied ? "1  verified  log.txt\n" : "1  missing  log.txt\n"))
  }
}

/// Reads JSON that must be an object.
func object(_ text: String) throws -> [String: Any] {
  try #require(
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
    "not an object"
  )
}

/// Reads JSON that must be a list of objects.
func list(_ text: String) throws -> [[String: Any]] {
  try #require(
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]],
    "not a list"
  )
}
