import Foundation
import TestSupport
import Testing

struct `Reports on one breach` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    let added = try tocsin(
      "incident",
      "add",
      "--title",
      "=cmd|' /C calc'!A0",
      "--summary",
      "<script>alert(1)</script>\u{1B}[2J",
      "--outcome",
      "confirmed-breach",
      "--time",
      "aware=2026-05-18T10:00:00+02:00",
      "--affected",
      "EU-DE=900"
    )
    #expect(added.status == 0, "\(added.errors)")
  }

  private func filing(_ more: String...) throws -> Tocsin.Result {
    try tocsin.run(
      ["report", "filing", "INC-2026-0001", "--obligation", "eu-gdpr-33-sa"] + more
    )
  }

  @Test func `draft a filing with its gaps marked`() throws {
    let draft = try filing()
    #expect((draft.errors, draft.status) == ("", 0))
    #expect(draft.output.hasPrefix("**Draft, needs counsel**\n\n- Law: "))
    #expect(draft.output.contains("\n- Due: 2026-05-21 08:00 +00:00 (2026-05-21T08:00:00Z)\n"))
    #expect(
      draft.output.contains(
        "\n**[missing: likely consequences of the breach, art. 33(3)(c)]**\n"
      )
    )
    #expect(draft.output.contains("\nPeople affected: EU-DE: 900 (estimate)\n"))
    #expect(!draft.output.contains("\u{1B}"))
    let page = try filing("--html").output
    #expect(page.hasPrefix("<!DOCTYPE html>\n"))
    #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("href="))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;U+001B&gt;[2J"))
  }

  @Test func `write no file over another, nor through a link`() throws {
    let path = tocsin.directory.file("draft.md")
    #expect(try filing("--output", path) == .init(output: "", errors: "wrote \(path)\n", status: 0))
    let written = try String(contentsOfFile: path, encoding: .utf8)
    #expect(written == (try filing().output))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let again = try filing("--output", path)
    #expect(again.status == 1)
    #expect(again.errors.hasPrefix("tocsin: \(path) exists already; --force replaces it\n"))
    #expect(try filing("--output", path, "--html", "--force").status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<!DOCTYPE"))
    let link = tocsin.directory.file("link.md")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try filing("--output", link, "--force").status == 1)
    #expect(try filing("--force").status == 64)
  }

  @Test func `refuse a duty that does not exist, or reaches nobody`() throws {
    func refused(_ incident: String, _ rule: String) throws -> Tocsin.Result {
      try tocsin("report", "filing", incident, "--obligation", rule)
    }
    #expect(
      try refused("INC-2026-0001", "EU-XX").errors
        == "tocsin: there is no rule EU-XX\n  what there is: tocsin rules list\n"
    )
    #expect(try refused("INC-2026-0009", "EU-GDPR-33-SA").status == 1)
    let other = try refused("INC-2026-0001", "US-CA-IND")
    #expect(other.status == 1)
    #expect(other.errors.hasPrefix("tocsin: US-CA-IND reaches neither the people affected"))
  }

  @Test func `list breaches for the register, formulas made inert`() throws {
    _ = try tocsin("incident", "add", "--title", "A scare", "--outcome", "false-positive")
    let rows = try tocsin("report", "breach-register").output.components(separatedBy: "\r\n")
    try #require(rows.count == 3)
    #expect(rows[0].hasPrefix("reference,title,outcome,facts,kind,occurred,"))
    #expect(rows[1].hasPrefix("INC-2026-0001,\"'=cmd|' /C calc'!A0\",confirmed breach,"))
    #expect(
      rows[1].hasSuffix("no decision recorded; no effects recorded; no remedial action recorded\"")
    )
    #expect(rows[2] == "")
    let register = try list(tocsin("report", "breach-register", "--json").output)
    try #require(register.map { $0["reference"] as? String } == ["INC-2026-0001"])
    #expect(register[0]["title"] as? String == "=cmd|' /C calc'!A0")
    #expect(register[0]["occurred"] is NSNull)
    let none = try tocsin("report", "breach-register", "--json", "--filter", "outcome:suspected")
    #expect(none == .init(output: "[]\n", errors: "", status: 0))
  }

  @Test func `write the register into a file`() throws {
    let path = tocsin.directory.file("register.csv")
    #expect(
      try tocsin("report", "breach-register", "--output", path)
        == .init(output: "", errors: "wrote \(path), breaches: 1\n", status: 0)
    )
    #expect(try tocsin("report", "breach-register", "--output", path).status == 1)
  }
}
