import Foundation
import TestSupport
import Testing

struct `The commands for saved filters` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    for severity in ["high", "low", "high"] {
      _ = try tocsin("incident", "add", "--title", severity, "--severity", severity)
    }
  }

  @Test func `save, list, use and remove them, and take a removal back`() throws {
    #expect(
      try tocsin("incident", "filters", "list")
        == .init(output: "", errors: "No filter is saved yet.\n", status: 0)
    )
    #expect(
      try tocsin("incident", "filters", "save", "bad ones", "severity:high")
        == .init(output: "bad ones: severity:high\n", errors: "", status: 0)
    )
    _ = try tocsin("incident", "filters", "save", "all", "is:open")
    #expect(
      try tocsin("incident", "filters", "list").output == """
        NAME      FILTER
        all       is:open
        bad ones  severity:high

        """
    )
    let json = try tocsin("incident", "filters", "list", "--json").output
    let rows = try JSONDecoder().decode([[String: String]].self, from: Data(json.utf8))
    #expect(
      rows == [
        ["name": "all", "filter": "is:open"], ["name": "bad ones", "filter": "severity:high"],
      ]
    )
    func count(_ arguments: String...) throws -> String {
      try tocsin.run(["incident", "list", "--count"] + arguments).output
    }
    #expect(try count("--saved", "all") == "3\n")
    #expect(try count("--saved", "bad ones") == "2\n")
    #expect(try count("--saved", "bad ones", "--filter", "severity:low") == "0\n")

    #expect(
      try tocsin("incident", "filters", "remove", "bad ones").output
        == "removed bad ones: severity:high\n"
    )
    #expect(try tocsin("incident", "list", "--saved", "bad ones").status == 1)
    #expect(try tocsin("undo").status == 0)
    #expect(try count("--saved", "bad ones") == "2\n")
  }

  @Test func `refuse what is no filter and what was never saved`() throws {
    #expect(try tocsin("incident", "filters", "save", "x", "severity:sideways").status == 64)
    #expect(
      try tocsin("incident", "filters", "remove", "x")
        == .init(
          output: "",
          errors: "tocsin: there is no saved filter x\n"
            + "  what there is: tocsin incident filters list\n",
          status: 1
        )
    )
  }
}

struct `What was exported` {
  @Test func `makes no second incident when it is imported into the same store`() throws {
    let tocsin = try Tocsin()
    _ = try tocsin("incident", "add", "--title", "Laptop stolen", "--severity", "high")
    let exported = try tocsin("export", "veris").output
    #expect(
      try tocsin("import", "veris", "-", input: exported).output
        == "created 0, updated 0, unchanged 1, conflicts 0, refused 0\n"
    )
    _ = try tocsin("incident", "edit", "INC-2026-0001", "--title", "Laptop found")
    let late = try tocsin("import", "veris", "-", input: exported)
    #expect(late.output == "created 0, updated 0, unchanged 0, conflicts 1, refused 0\n")
    #expect(late.errors.contains("title"))
    #expect(try tocsin("incident", "list", "--count").output == "1\n")
  }
}
