import Foundation
import TestSupport
import Testing

struct `Findings and what proves them` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  /// Runs a command that must be done.
  @discardableResult
  private func run(_ arguments: String...) throws -> String {
    let result = try tocsin.run(arguments)
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return result.output
  }

  private func object(_ arguments: String...) throws -> [String: Any] {
    let text = try tocsin.run(arguments + ["--json"]).output
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Runs a command whose own command stands behind `--`, with the present before it.
  private func capture(_ arguments: [String], _ command: [String]) throws -> Tocsin.Result {
    var plain = tocsin
    plain.now = nil
    return try plain.run(
      ["audit", "evidence", "--now", "2026-05-18T14:40:00Z"] + arguments + ["--run", "--"] + command
    )
  }

  @Test func `are added, mended, checked, closed and taken back`() throws {
    #expect(
      try run("finding", "add", "No\u{1B}[2J MFA", "--severity", "high", "--owner", "Ana")
        == "FND-2026-0001\n"
    )
    try run("finding", "action", "add", "FND-2026-0001", "Enrol staff", "--due", "2026-06-01")
    let early = try tocsin("finding", "close", "FND-2026-0001")
    #expect(early.status == 1)
    #expect(early.errors.contains("after a check found its remedy effective"))
    let open = try tocsin("finding", "check", "FND-2026-0001", "--effective", "looked")
    #expect(open.status == 1)
    #expect(open.errors.contains("1 corrective action is not done, first: Enrol staff"))
    try run("finding", "edit", "fnd-2026-0001", "--state", "in-progress", "--grade", "minor")
    try run("finding", "action", "done", "FND-2026-0001", "1")
    #expect(
      try run("finding", "check", "FND-2026-0001", "--effective", "50 of 50 accounts")
        == "FND-2026-0001: verified\n"
    )
    #expect(try run("finding", "close", "FND-2026-0001") == "FND-2026-0001: closed\n")
    let shown = try run("finding", "show", "FND-2026-0001")
    #expect(!shown.contains("\u{1B}"))
    #expect(shown.contains("due: 2026-06-17 (rule: 30 days for high)\n"))
    #expect(shown.contains("check: effective, "))
    #expect(shown.contains("closed the finding"))
    #expect(try run("finding", "list") == "")
    #expect(try object("finding", "list", "--all")["total"] as? Int == 1)
    try run("undo")
    #expect(try object("finding", "show", "FND-2026-0001")["state"] as? String == "verified")
    #expect(try run("search", "mfa").hasPrefix("FND-2026-0001  finding  "))
    try run("finding", "remove", "FND-2026-0001")
    #expect(try object("finding", "list", "--all")["total"] as? Int == 0)
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `stand in the overview when overdue, expired or soon to expire`() throws {
    let calm = try run("overview")
    #expect(!calm.contains("finding") && !calm.contains("evidence"))
    try run("finding", "add", "late", "--severity", "low", "--due", "2026-05-17")
    try run("finding", "add", "risk", "--severity", "low")
    try run(
      "finding",
      "accept",
      "FND-2026-0002",
      "--by",
      "CEO",
      "--reason",
      "cost",
      "--until",
      "2026-06-01"
    )
    try run(
      "audit",
      "evidence",
      "--link",
      "https://example.org",
      "--for",
      "FND-2026-0001",
      "--expires",
      "2026-06-01"
    )
    let now = try run("overview")
    #expect(now.contains("\n1 finding is overdue\n1 piece of evidence expires within 30 days\n"))
    var later = tocsin
    later.now = "2026-06-02T12:00:00Z"
    let then = try later("overview").output
    #expect(then.contains("1 accepted risk has expired and is open again\n"))
    #expect(then.contains("1 piece of evidence has expired\n"))
    let list = try later("finding", "list", "--expired").output
    #expect(list.contains("open (acceptance expired 2026-06-01)"))
  }

  @Test func `are connected with incidents, and seen from both ends`() throws {
    try run("incident", "add", "--title", "Phishing")
    try run("finding", "add", "No MFA", "--severity", "high")
    try run("finding", "link", "FND-2026-0001", "INC-2026-0001", "--relation", "led to")
    #expect(
      try run("finding", "show", "FND-2026-0001").contains("led to  INC-2026-0001  Phishing\n")
    )
    #expect(try run("incident", "show", "INC-2026-0001").contains("No MFA"))
    try run("incident", "link", "INC-2026-0001", "FND-2026-0001")
    try run(
      "finding",
      "link",
      "FND-2026-0001",
      "INC-2026-0001",
      "--relation",
      "led to",
      "--remove"
    )
    #expect(!(try run("finding", "show", "FND-2026-0001").contains("led to  incident 1")))
  }

  @Test func `keep the output of a command with its arguments as they were typed`() throws {
    try run("finding", "add", "gap", "--severity", "low")
    let words = [
      "/bin/sh", "-c", "printf '%s|' \"$@\"; echo bad >&2; exit 3", "x", "a b", "$HOME;",
    ]
    let result = try capture(["--for", "FND-2026-0001", "--title", "words"], words)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("ended with status 3; 15 bytes kept"))
    let shown = try object("finding", "show", "FND-2026-0001")
    let piece = try #require((shown["evidence"] as? [[String: Any]])?.first)
    let run = try #require(piece["run"] as? [String: Any])
    #expect(run["arguments"] as? [String] == words)
    #expect(run["status"] as? Int == 3)
    #expect(run["started_at"] as? String == "2026-05-18T14:40:00Z")
    #expect((run["host"] as? String)?.isEmpty == false)
    let hash = try #require(piece["sha256"] as? String)
    let path = tocsin.directory.file(
      "store/evidence/sha256/\(hash.prefix(2))/\(hash.dropFirst(2).prefix(2))/\(hash)"
    )
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "a b|$HOME;|bad\n")
  }

  @Test func `cut an output at the limit, and wait for its program all the same`() throws {
    let result = try capture([], ["/bin/sh", "-c", "/usr/bin/head -c 17000000 /dev/zero; exit 0"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("16777216 bytes kept, cut at the limit"))
  }

  @Test func `refuse a program that is not there and keep nothing`() throws {
    let result = try capture([], ["no-such-program"])
    #expect(result.status == 1)
    #expect(result.errors.contains("there is no program no-such-program"))
    #expect(try run("audit", "evidence", "list") == "")
  }

  @Test(arguments: [
    ["audit", "evidence", "add"], ["audit", "evidence", "add", "--run"],
    ["audit", "evidence", "add", "file", "--link", "https://example.org"],
    ["finding", "edit", "FND-2026-0001"],
    ["finding", "edit", "FND-2026-0001", "--state", "closed"],
    ["finding", "check", "FND-2026-0001", "note"],
  ])
  func `refuse a command line that says too little or too much`(arguments: [String]) throws {
    #expect(try tocsin.run(arguments).status == 64)
  }

  @Test func `verify every content again, and name what was altered`() throws {
    let file = tocsin.directory.file("policy.txt")
    try Data("one".utf8).write(to: URL(fileURLWithPath: file))
    try run("finding", "add", "a", "--severity", "low")
    try run("finding", "add", "b", "--severity", "low")
    try run("audit", "evidence", file, "--for", "FND-2026-0001", "--no-copy")
    try run("audit", "evidence", file, "--title", "copy")
    try run("audit", "evidence", "add", "--link", "https://example.org")
    try run("audit", "evidence", "attach", "1", "FND-2026-0002")
    for reference in ["FND-2026-0001", "FND-2026-0002"] {
      #expect(try run("audit", "evidence", "list", "--for", reference).contains("policy.txt"))
    }
    #expect(
      try run("audit", "evidence", "verify")
        == "1  verified  policy.txt\n2  verified  copy\n3  link, not looked at  https://example.org\n"
    )
    try Data("two".utf8).write(to: URL(fileURLWithPath: file))
    let again = try tocsin("audit", "evidence", "verify")
    #expect(again.status == 2)
    #expect(again.output.hasPrefix("1  altered  policy.txt\n2  verified  copy\n"))
  }

  @Test func `are due by the days that the organisation has set`() throws {
    #expect(try run("organisation", "show").contains("critical 7, high 30, medium 90, low 180"))
    try run("organisation", "set", "--finding-days", "high=10")
    #expect(try run("organisation", "show").contains("high 10"))
    try run("finding", "add", "gap", "--severity", "high")
    #expect(try run("finding", "show", "FND-2026-0001").contains("due: 2026-05-28 (rule: 10 days"))
    #expect(try tocsin("organisation", "set", "--finding-days", "high=0").status == 64)
  }
}
