import Foundation
import TestSupport
import Testing

struct `Whom to tell, and what was sent` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    let organisation = try tocsin(
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
    #expect(organisation.status == 0, "\(organisation.errors)")
    let added = try tocsin(
      "incident",
      "add",
      "--title",
      "Laptop",
      "--time",
      "aware=2026-05-17T10:00:00+02:00",
      "--affected",
      "EU-DE=9"
    )
    #expect(added.status == 0, "\(added.errors)")
  }

  @Test func `is noted, shown, found, drafted, removed and brought back`() throws {
    let key = "eu-supervisory-authority"
    let set = try tocsin(
      "authority",
      "set",
      key,
      "--who",
      "LDI NRW\u{1B}[2J",
      "--portal",
      "https://ldi.example/report",
      "--number",
      "K-77"
    )
    #expect((set.errors, set.status) == ("", 0))
    let known = try list(tocsin("authority", "list", "--known", "--json").output)
    #expect(known.count == 1)
    #expect(known.first?["portal"] as? String == "https://ldi.example/report")
    #expect((known.first?["rules"] as? [String])?.contains("EU-GDPR-33-SA") == true)
    let shown = try tocsin("authority", "show", key).output
    #expect(shown.contains("name: Supervisory authority\n"))
    #expect(shown.contains("our number: K-77\n"))
    #expect(!shown.contains("\u{1B}"))
    #expect(try tocsin("search", "k-77").output.hasPrefix("\(key)  authority  "))
    let draft = try tocsin(
      "report",
      "filing",
      "INC-2026-0001",
      "--obligation",
      "EU-GDPR-33-SA"
    ).output
    #expect(draft.contains("\n- Contact: Supervisory authority: LDI NRW"))
    #expect(draft.contains("our number K-77"))
    #expect(try tocsin("authority", "remove", key).status == 0)
    #expect(try list(tocsin("authority", "list", "--known", "--json").output).isEmpty)
    #expect(try tocsin("authority", "remove", key).status == 1)
    #expect(try tocsin("undo").status == 0)
    #expect(try list(tocsin("authority", "list", "--known", "--json").output).count == 1)
  }

  @Test func `refuses nobody's key, and a setting that sets nothing`() throws {
    let nobody = try tocsin("authority", "set", "nobody", "--phone", "1")
    #expect(
      nobody.errors
        == "tocsin: the contact book has no nobody\n  whom laws tell: tocsin authority list\n"
    )
    #expect(nobody.status == 64)
    #expect(try tocsin("authority", "set", "eu-enisa").status == 64)
  }

  @Test func `is kept with a copy, its hash and every version`() throws {
    let path = tocsin.directory.file("sent.pdf")
    try Data("hello".utf8).write(to: URL(fileURLWithPath: path))
    let added = try tocsin(
      "incident",
      "filing",
      "add",
      "INC-2026-0001",
      "--obligation",
      "EU-GDPR-33-SA",
      "--sent",
      "2026-05-18T11:00:00+02:00",
      "--copy",
      path
    )
    #expect((added.output, added.status) == ("1\n", 0), "\(added.errors)")
    let evidence = try list(
      tocsin("incident", "evidence", "list", "INC-2026-0001", "--json").output
    )
    #expect(
      evidence.first?["sha256"] as? String
        == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    )
    #expect(try tocsin("incident", "evidence", "verify", "INC-2026-0001").status == 0)
    let correct = try tocsin(
      "incident",
      "filing",
      "correct",
      "INC-2026-0001",
      "1",
      "--receipt",
      "R-9"
    )
    #expect((correct.output, correct.status) == ("filing 1: version 2\n", 0))
    let versions = try list(
      tocsin("incident", "filing", "versions", "INC-2026-0001", "1", "--json").output
    )
    let receipts = versions.map { ($0["filing"] as? [String: Any])?["receipt"] as? String }
    #expect(receipts == ["R-9", ""])
    let again = try tocsin(
      "incident",
      "filing",
      "add",
      "INC-2026-0001",
      "--obligation",
      "EU-GDPR-33-SA",
      "--sent",
      "2026-05-18T12:00:00+02:00"
    )
    #expect(again.status == 0, "\(again.errors)")
    let filings = try list(tocsin("incident", "filing", "list", "INC-2026-0001", "--json").output)
    #expect(filings.map { $0["phase"] as? String } == ["initial", "supplement"])
    #expect(filings.map { $0["evidence"] as? Int } == [1, nil])
  }

  @Test func `is checked against what the law asks for`() throws {
    let arguments = [
      "report", "filing", "INC-2026-0001", "--obligation", "EU-GDPR-33-SA", "--checklist",
    ]
    let text = try tocsin.run(arguments)
    #expect(text.status == 2)
    #expect(text.output.contains(" ready\n"))
    #expect(text.output.contains("  ! missing  "))
    let lists = try list(tocsin.run(arguments + ["--json"]).output)
    let items = try #require(lists.first?["items"] as? [[String: Any]])
    #expect(lists.first?["required"] as? Int == items.count)
    let ready = items.filter { $0["state"] as? String == "filled" }
    #expect(lists.first?["ready"] as? Int == ready.count)
    #expect(items.contains { ($0["missing"] as? [String])?.isEmpty == false })
    #expect(try tocsin.run(arguments + ["--html"]).status == 64)
    #expect(
      try tocsin("report", "filing", "INC-2026-0001", "--obligation", "X", "--json").status == 64
    )
  }
}
