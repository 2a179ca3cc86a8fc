import Foundation
import TestSupport
import Testing

struct `Texts of a mailing, from the shell` {
  private let tocsin: Tocsin
  private static let people = """
    id,name,email,country,language,protected
    C-1001,Ada Canary,ada.canary@example.org,DE,de,
    C-1002,Bob Canary,bob.canary@example.org,DE,de,child
    C-1003,Cyd Canary,cyd.canary@example.org,FR,fr,

    """
  private static let german = """
    Guten Tag{{#name}} {{name}}{{/name}},

    {{! item: nature }}
    am {{notice.date}} schreiben wir Ihnen. Jemand hat Ihre Anschrift gelesen.

    Die Folgen sind klein. Wir haben den Zugang gesperrt. Wir raten zur Vorsicht.

    {{organisation.name}}: {{organisation.contact}}
    """

  init() throws {
    tocsin = try Tocsin()
    _ = try tocsin("incident", "add", "--title", "Leak", "--affected", "EU-DE=2")
    _ = try tocsin(
      "organisation",
      "set",
      "--name",
      "Lindgren & Vale",
      "--contact",
      "Rufen Sie 0800 100 an",
      "--country",
      "DE"
    )
    let result = try tocsin(
      "mailing",
      "create",
      "INC-2026-0001",
      "--name",
      "All customers",
      "--channel",
      "email",
      "--obligation",
      "EU-GDPR-34-DS"
    )
    #expect(result.status == 0, "\(result.errors)")
    let path = tocsin.directory.file("people.csv")
    try Data(Self.people.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try tocsin("mailing", "recipients", "1", path).status == 0)
  }

  private func add(_ body: String = german, _ more: String...) throws -> Tocsin.Result {
    let path = tocsin.directory.file("letter.mustache")
    try Data(body.utf8).write(to: URL(fileURLWithPath: path))
    let what = ["mailing", "text", "add", "1", "--file", path, "--subject", "Ihre Daten"]
    return try tocsin.run(what + ["--language", "de"] + more)
  }

  private func object(_ arguments: String...) throws -> [String: Any] {
    let text = try tocsin.run(arguments + ["--json"]).output
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `go from a file over check and confirmation to approved people`() throws {
    var result = try add()
    #expect(result.output == "MLG-2026-0001 T1\n", "\(result.errors)")
    result = try tocsin("mailing", "text", "preview", "1", "T1", "--recipient", "1")
    #expect(
      result.output == """
        Subject: Ihre Daten

        Guten Tag A••• C•••,

        am 18. Mai 2026 schreiben wir Ihnen. Jemand hat Ihre Anschrift gelesen.

        Die Folgen sind klein. Wir haben den Zugang gesperrt. Wir raten zur Vorsicht.

        Lindgren & Vale: Rufen Sie 0800 100 an

        """,
      "\(result.errors)"
    )
    let checked = try object("mailing", "check", "1")
    #expect((checked["stoppers"] as? [String])?.count == 5)
    #expect(checked["uncovered"] as? Int == 2)
    #expect(try tocsin("mailing", "check", "1").status == 2)
    let digest = try #require(checked["digest"] as? String)
    // Nobody approves what nobody has read.
    #expect(try tocsin("mailing", "approve", "1", "--digest", digest).status == 2)
    result = try tocsin("mailing", "check", "1", "--text", "T1", "--confirm", "seen")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("Nothing stops approval"))
    #expect(result.output.contains("1 people marked child have no text of their own"))
    result = try tocsin("mailing", "approve", "1")
    #expect(
      result.output.contains(
        "to approve: tocsin mailing approve MLG-2026-0001 --digest \(digest.prefix(12))"
      )
    )
    #expect(result.output.contains("EU-DE: 1 of 2 people get a text"))
    #expect(!result.output.contains("Canary"))
    result = try tocsin("mailing", "approve", "1", "--digest", String(digest.prefix(12)))
    #expect(
      result.output == """
        MLG-2026-0001 E1: approved
        approved: 1 people
        pending, no text for them: 2

        """,
      "\(result.errors)"
    )
    let status = try object("mailing", "status", "1")
    #expect((status["byState"] as? [String: Int])?["approved"] == 1)
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `are void once a text is edited, and a new edition is another`() throws {
    _ = try add()
    _ = try tocsin("mailing", "check", "1", "--text", "T1", "--confirm", "seen")
    let seen = try #require(try object("mailing", "check", "1")["digest"] as? String)
    _ = try tocsin("mailing", "approve", "1", "--digest", seen)
    let edited = try tocsin("mailing", "text", "edit", "1", "T1", "--subject", "Über Ihre Daten")
    #expect(edited.output == "MLG-2026-0001 T1.2\n", "\(edited.errors)")
    let review = try object("mailing", "check", "1")
    #expect(review["edition"] is NSNull)
    #expect(review["digest"] as? String != seen)
    // What was confirmed was another version.
    #expect((review["stoppers"] as? [String])?.count == 5)
    let old = try object("mailing", "text", "show", "1", "T1", "--revision", "1")
    #expect(old["subject"] as? String == "Ihre Daten")
    #expect(try tocsin("mailing", "approve", "1", "--withdraw", "--reason", "x").status == 1)
  }

  @Test func `are not taken with tags that are not on the list`() throws {
    let result = try add("Hallo {{email}}\n{{> other}}")
    #expect(result.status == 1)
    #expect(result.errors.contains("line 1: there is no field email"))
    #expect(result.errors.contains("line 2: a text takes in no other file"))
    #expect(try tocsin("mailing", "text", "list", "1").output == "")
  }

  @Test func `begin as drafts, which say that counsel must read them`() throws {
    let list = try tocsin("mailing", "text", "drafts").output
    for name in ["gdpr-34-de", "gdpr-34-en", "gdpr-34-fr", "us-ca-en", "us-ma-en", "us-hipaa-en"] {
      #expect(list.contains(name))
    }
    let result = try tocsin(
      "mailing",
      "text",
      "add",
      "1",
      "--draft",
      "gdpr-34-de",
      "--jurisdiction",
      "EU-DE"
    )
    #expect(result.output == "MLG-2026-0001 T1\n", "\(result.errors)")
    let check = try tocsin("mailing", "check", "1")
    #expect(check.status == 2)
    #expect(
      check.output.contains(
        "T1: line 1: says that it is a draft that counsel must read; delete the line when counsel has"
      )
    )
    #expect(check.output.contains("T1: organisation.officer has no value"))
  }

  @Test func `show a person unmasked only with a reason, which the journal keeps`() throws {
    _ = try add()
    let masked = try tocsin("mailing", "text", "preview", "1", "--recipient", "1").output
    #expect(!masked.contains("Canary"))
    #expect(
      try tocsin("mailing", "text", "preview", "1", "--recipient", "1", "--reveal").status == 64
    )
    let shown = try tocsin(
      "mailing",
      "text",
      "preview",
      "1",
      "--recipient",
      "1",
      "--reveal",
      "--reason",
      "caller"
    )
    #expect(shown.output.contains("Guten Tag Ada Canary,"), "\(shown.errors)")
    let journal = try tocsin("journal").output
    #expect(journal.contains("revealed 1 recipients: caller"))
    #expect(!journal.contains("Canary"))
  }

  @Test func `say who lacks what their text needs, and leave them behind only on order`() throws {
    _ = try add(Self.german + "\n\nIhr Code: {{offer}}")
    _ = try tocsin("mailing", "check", "1", "--text", "T1", "--confirm", "seen")
    let review = try object("mailing", "check", "1", "--people")
    #expect(review["stoppers"] as? [String] == ["T1: 1 person lacks offer"])
    let digest = try #require(review["digest"] as? String)
    let stopped = try tocsin("mailing", "approve", "1", "--digest", digest)
    #expect(stopped.status == 2)
    #expect(stopped.errors.contains("T1: 1 person lacks offer"))
    let left = try tocsin("mailing", "approve", "1", "--digest", digest, "--leave-incomplete")
    #expect(left.output.contains("pending, they lack what their text needs: 1"))
  }
}
