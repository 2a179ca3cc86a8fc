import Foundation
import TestSupport
import Testing

struct `Statements in the shell` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  /// Runs a command that must be done.
  @discardableResult
  private func run(_ arguments: String..., input: String = "") throws -> String {
    let result = try tocsin.run(arguments, input: Data(input.utf8))
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return result.output
  }

  private func object(_ arguments: String...) throws -> [String: Any] {
    let text = try tocsin.run(arguments + ["--json"]).output
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// A record of an activity and a public incident, and a statement about them.
  private func begin() throws {
    try run(
      "organisation",
      "set",
      "--name",
      "Lindgren & <b>Vale</b>",
      "--contact",
      "privacy@example.org",
      "--ask-rights",
      "Write to us",
      "--security-contact",
      "mailto:security@example.org"
    )
    try run(
      "register",
      "add",
      "Orders \u{1B}[2J",
      "--purpose",
      "Sell <script>",
      "--basis",
      "contract",
      "--data",
      "email=to confirm",
      "--people",
      "customers",
      "--measure",
      "encrypted at rest"
    )
    try run("incident", "add", "--title", "secret title", "--affected", "EU-DE=4")
    try run(
      "incident",
      "public",
      "INC-2026-0001",
      "--title",
      "A laptop was lost",
      "--summary",
      "-",
      "--reason",
      "asked",
      input: "It lay in a train.\n"
    )
    #expect(try run("statement", "create", "Privacy") == "STM-0001\n")
  }

  private func publish(to folder: String, _ more: String...) throws {
    let digest = try #require(try object("statement", "preview", "STM-0001")["digest"] as? String)
    try run("statement", "propose", "STM-0001", "--digest", String(digest.prefix(12)))
    let result = try tocsin.run(["statement", "publish", "STM-0001", "--out", folder] + more)
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func `are previewed with what is left out, and with no sign that acts`() throws {
    try begin()
    let shown = try run("statement", "propose", "STM-0001")
    #expect(!shown.contains("\u{1B}"))
    #expect(shown.contains("# Privacy\n"))
    #expect(shown.contains("fewer than 10"))
    #expect(!shown.contains("secret title"))
    #expect(shown.contains("small number  incident/INC-2026-0001/affected"))
    #expect(shown.contains("to put it up: tocsin statement propose STM-0001 --date "))
    let list = try run("statement", "list")
    #expect(list.hasPrefix("STATEMENT  STATE  PUBLISHED  UNSUPPORTED  TITLE\n"))
    #expect(list.contains("STM-0001   draft  -"))
  }

  @Test func `say what is wrong with a text, and are not put up so`() throws {
    try begin()
    let edited = try tocsin.run(
      ["statement", "edit", "STM-0001", "--file", "-"],
      input: Data("{{name}}\n".utf8)
    )
    #expect(edited.status == 0)
    #expect(edited.errors.contains("line 1: there is no field name"))
    let shown = try tocsin("statement", "preview", "STM-0001")
    #expect(shown.status == 2)
    let put = try tocsin("statement", "propose", "STM-0001", "--digest", "000000000000")
    #expect(put.status == 1)
    try run("undo")
    #expect(try tocsin("statement", "preview", "STM-0001").status == 0)
  }

  @Test func `are published, flagged, corrected and published anew`() throws {
    try begin()
    let folder = tocsin.directory.file("site")
    let early = try tocsin("statement", "publish", "STM-0001", "--out", folder)
    #expect(early.status == 1)
    #expect(early.errors.contains("STM-0001 has no version that is approved"))
    try publish(to: folder)
    let page = try String(contentsOfFile: "\(folder)/index.html", encoding: .utf8)
    #expect(page.contains("Lindgren &amp; &lt;b&gt;Vale&lt;/b&gt;"))
    #expect(page.contains("Sell &lt;script&gt;"))
    #expect(!page.contains("\u{1B}"))
    #expect(try tocsin("statement", "status", "--check").status == 0)
    let security = try run(
      "statement",
      "security-txt",
      "check",
      "\(folder)/.well-known/security.txt"
    )
    #expect(security.contains("valid until "))

    // The same again: the same bytes, nothing new in the record.
    let manifest = try Data(contentsOf: URL(filePath: "\(folder)/manifest.json"))
    let again = tocsin.directory.file("again")
    try run("statement", "publish", "STM-0001", "--out", again)
    #expect(try Data(contentsOf: URL(filePath: "\(again)/manifest.json")) == manifest)

    try run("register", "edit", "ACT-0001", "--purpose", "Sell and deliver")
    let status = try tocsin("statement", "status", "--check")
    #expect(status.status == 2)
    #expect(status.output.contains("activity/ACT-0001/purpose  Purpose\n"))
    #expect(status.output.contains("    - Sell <script>\n    + Sell and deliver\n"))
    try run(
      "statement",
      "correct",
      "STM-0001",
      "--was",
      "Sell",
      "--is",
      "Sell and deliver",
      "--in",
      "1",
      "--by",
      "Privacy office"
    )
    let refused = try tocsin("statement", "publish", "STM-0001", "--out", folder)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("--force"))
    try publish(to: folder, "--force")
    #expect(try tocsin("statement", "status", "--check").status == 0)
    let versions = try String(contentsOfFile: "\(folder)/versions.html", encoding: .utf8)
    #expect(versions.contains("Version 2</a>, current"))
    #expect(versions.contains("Version 1</a>"))
    #expect(versions.contains("Corrected by Privacy office."))
    let shown = try object("statement", "show", "STM-0001")
    let states = (shown["versions"] as? [[String: Any]])?.compactMap { $0["state"] as? String }
    #expect(states == ["published", "superseded"])
    try run("statement", "withdraw", "STM-0001", "--reason", "moved")
    #expect(try object("statement", "show", "STM-0001")["state"] as? String == "withdrawn")
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `are published in the record only where the folder stands in its place`() throws {
    try begin()
    let digest = try #require(try object("statement", "preview", "STM-0001")["digest"] as? String)
    try run("statement", "propose", "STM-0001", "--digest", String(digest.prefix(12)))
    for (folder, status) in [("", 64), (".", 1), (tocsin.directory.file("no/site"), 1)] {
      let result = try tocsin("statement", "publish", "STM-0001", "--out", folder)
      #expect(result.status == Int32(status), "\(folder): \(result.errors)")
      #expect(try object("statement", "show", "STM-0001")["state"] as? String == "approved")
    }
  }

  @Test func `are put out again after a newer version came to nothing only when asked to`() throws {
    try begin()
    try publish(to: tocsin.directory.file("site"))
    try run("register", "edit", "ACT-0001", "--purpose", "Sell and deliver")
    let digest = try #require(try object("statement", "preview", "STM-0001")["digest"] as? String)
    try run("statement", "propose", "STM-0001", "--digest", String(digest.prefix(12)))
    try run("register", "edit", "ACT-0001", "--purpose", "Sell, deliver and advertise")
    let other = tocsin.directory.file("other")
    let refused = try tocsin("statement", "publish", "STM-0001", "--out", other)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("version 2 of STM-0001 is void ("), "\(refused.errors)")
    #expect(
      refused.errors.contains("what is published is version 1, 1 line of it not true any more")
    )
    let again = try tocsin("statement", "publish", "STM-0001", "--out", other, "--again")
    #expect(again.status == 0)
    #expect(again.errors.contains("version 1 was put out again though 1 of its lines"))
  }

  @Test func `are taken off the list, and put back by undo`() throws {
    try begin()
    try run("statement", "remove", "stm-0001")
    #expect(try tocsin("statement", "list").output == "")
    try run("undo")
    #expect(try run("statement", "list").contains("STM-0001"))
  }

  @Test func `check any security.txt`() throws {
    let bad = try tocsin.run(
      ["statement", "security-txt", "check", "-"],
      input: Data("Contact: a@b.example\n".utf8)
    )
    #expect(bad.status == 2)
    #expect(
      bad.output == """
        -: line 1: Contact is an address such as mailto:security@example.org (section 2.5.3)
        -: Expires is missing (section 2.5.5)

        """
    )
    let set = try tocsin("organisation", "set", "--security-contact", "http://example.org")
    #expect(set.status == 1)
    #expect(set.errors.contains("Contact on the web begins with https://"))
  }

  @Test func `make an incident public by its mark alone, and take that back`() throws {
    try begin()
    try run("incident", "public", "INC-2026-0001", "--not")
    let text = try run("statement", "preview", "STM-0001", "--markdown")
    #expect(text.contains("No incident has been made public."))
    let lacking = try tocsin("incident", "public", "INC-2026-0001", "--title", "x")
    #expect(lacking.status == 64)
    let shown = try run("incident", "show", "INC-2026-0001")
    #expect(!shown.contains("asked"))
  }
}
