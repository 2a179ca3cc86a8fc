import Foundation
import TestSupport
import Testing

struct `Impact assessments in the shell` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    try run(
      "register",
      "add",
      "Orders",
      "--purpose",
      "Sell",
      "--data",
      "health=aids",
      "--measure",
      "encrypted at rest"
    )
  }

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

  private let no = [
    "extensive-evaluation", "large-scale-special", "public-monitoring", "authority-list",
    "exempt-list", "automated-decision", "monitoring", "large-scale", "matching", "vulnerable",
    "innovative", "prevents-right",
  ]

  /// An assessment with all that is wanted for a decision.
  private func whole() throws {
    #expect(try run("dpia", "create", "Or\u{1B}[2Jders", "--activity", "act-0001") == "DPIA-0001\n")
    for question in no { try run("dpia", "threshold", "DPIA-0001", question, "no", "--why", "n") }
    try run("dpia", "threshold", "DPIA-0001", "scoring", "yes", "--why", "by orders")
    #expect(
      try run("dpia", "threshold", "DPIA-0001", "sensitive", "yes", "--why", "health")
        == "DPIA-0001: to be made: 2 of 9 criteria\n"
    )
    try run("dpia", "edit", "DPIA-0001", "--description", "d", "--necessity", "n")
    try run(
      "dpia",
      "measure",
      "DPIA-0001",
      "--what",
      "lock",
      "--tie",
      "ACT-0001 encrypted at rest"
    )
    #expect(
      try run(
        "dpia",
        "risk",
        "DPIA-0001",
        "--what",
        "theft",
        "--before",
        "4x4",
        "--after",
        "2x4",
        "--measure",
        "1"
      ) == "DPIA-0001: risk 1 2 x 4 high; a high risk is left: art. 36\n"
    )
    try run("dpia", "opinion", "DPIA-0001", "--no-officer", "fewer than twenty people")
    try run("dpia", "views", "DPIA-0001", "--not-sought", "too many")
  }

  @Test func `go from a gap to a decision that grows stale`() throws {
    let gaps = try tocsin("dpia", "list", "--check")
    #expect(gaps.status == 2)
    #expect(gaps.output.contains("ACT-0001  no threshold assessment (GDPR art. 35(1))"))
    #expect(gaps.output.contains("sensitive: it holds health"))
    try whole()
    let refused = try tocsin("dpia", "decide", "DPIA-0001", "go-with-measures", "--because", "b")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("a high risk is left: the authority is consulted first"))
    #expect(refused.errors.contains("also: measure 1 has no owner or no day"))
    try run("dpia", "consult", "DPIA-0001", "--authority", "LDI", "--asked", "2026-05-01")
    try run("dpia", "consult", "DPIA-0001", "--advice", "keys elsewhere")
    try run("dpia", "measure", "DPIA-0001", "--number", "1", "--state", "in-place")
    #expect(
      try run("dpia", "decide", "DPIA-0001", "go", "--because", "as advised", "--by", "Bo")
        == "DPIA-0001: decided\n"
    )
    let late = try tocsin("dpia", "edit", "DPIA-0001", "--necessity", "x")
    #expect(late.status == 1)
    #expect(late.errors.contains("it was decided; open it again"))
    try run("dpia", "review", "DPIA-0001", "2027-05-18")
    #expect(try tocsin("dpia", "list", "--check").status == 0)

    try run("register", "edit", "ACT-0001", "--recipient", "carriers")
    let stale = try tocsin("dpia", "list", "--check", "--due")
    #expect(stale.status == 2)
    #expect(stale.output.contains("DPIA-0001  stale"))
    let shown = try run("dpia", "show", "DPIA-0001")
    #expect(shown.contains("ACT-0001 recipients: nothing -> carriers\n"))
    #expect(!shown.contains("\u{1B}"))
    #expect(try run("register", "due").contains("DPIA-0001  stale"))
    let changed = try #require(
      try object("dpia", "show", "DPIA-0001")["changed"] as? [[String: Any]]
    )
    #expect(changed.first?["now"] as? String == "carriers")
    try run("undo")
    #expect(try tocsin("dpia", "list", "--check").status == 0)
    try run("dpia", "reopen", "DPIA-0001", "--because", "new carriers")
    #expect(try object("dpia", "show", "DPIA-0001")["state"] as? String == "draft")
    #expect(try run("verify").hasPrefix("sound: "))
  }

  @Test func `print themselves as a document that is not written over another`() throws {
    try whole()
    let text = try run("dpia", "print", "DPIA-0001")
    #expect(text.hasPrefix("# DPIA-0001: Or<U+001B>") || text.hasPrefix("# DPIA-0001: Or\\<U"))
    #expect(text.contains("## Risks (art. 35(7)(c))") || text.contains("Risks"))
    let path = tocsin.directory.file("dpia.html")
    try run("dpia", "print", "DPIA-0001", "--html", "--output", path)
    #expect(try tocsin("dpia", "print", "DPIA-0001", "--html", "--output", path).status == 1)
    let html = try String(contentsOfFile: path, encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(!html.contains("<script"))
  }

  @Test(arguments: [
    (["threshold", "DPIA-0001", "scoring", "perhaps"], Int32(64), "Answer yes, no or open"),
    (["threshold", "DPIA-0001", "scoring", "yes"], 1, "say why it is so, or why not"),
    (["risk", "DPIA-0001", "--what", "x", "--before", "5x1"], 64, "two numbers from 1 to 4"),
    (["risk", "DPIA-0001", "--what", "x"], 64, "A new risk needs --what and --before"),
    (["risk", "DPIA-0001", "--number", "9", "--remove"], 1, "there is no risk 9"),
    (["opinion", "DPIA-0001", "--advice", "go"], 64, "say who advised"),
    (["show", "DPIA-0009"], 1, "there is no impact assessment DPIA-0009"),
    (["create", "x", "--activity", "ACT-0099"], 1, "there is no activity ACT-0099"),
    (["approve", "DPIA-0001"], 1, "nothing was decided yet"),
    (["consult", "DPIA-0001", "--advice", "x"], 1, "no authority was asked yet"),
  ])
  func `refuse what is not so`(arguments: [String], status: Int32, words: String) throws {
    try run("dpia", "create", "Orders", "--activity", "ACT-0001")
    let result = try tocsin.run(["dpia"] + arguments)
    #expect(result.status == status)
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
