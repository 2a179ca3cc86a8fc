import Foundation
import TestSupport
import Testing

struct `Consents in the shell` {
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

  private static let file = """
    email,purpose,state,at,channel,version,source
    ada@example.org,newsletter,given,2025-03-01 10:00,web,2024-1,form
    bob@example.org,newsletter,given,2025-03-02 10:00,shop,2024-1,slip
    bob@example.org,newsletter,withdrawn,2025-05-02 10:00,web,,link
    cleo@example.org,newsletter,given,2025-11-02T10:00:00+01:00,web,2025-1,form

    """

  private func filled() throws {
    #expect(
      try run("consent", "purpose", "add", "newsletter", "News", "--for", "Write of offers")
        == "PUR-0001\n"
    )
    #expect(
      try run(
        "consent",
        "version",
        "add",
        "newsletter",
        "2024-1",
        "-",
        "--language",
        "en",
        "--from",
        "2024-01-01",
        input: "Yes, write to me.\n"
      ) == "CNV-0001\n"
    )
    try run(
      "consent",
      "version",
      "add",
      "newsletter",
      "2025-1",
      "-",
      "--from",
      "2025-10-01",
      "--supersedes",
      "2024-1",
      input: "Yes, write to me, and count what I open.\n"
    )
    #expect(
      try run("consent", "import", "-", input: Self.file) == """
        created 4, repeated 0, overtaken 1, refused 0
        newsletter: 3 given, 1 withdrawn

        """
    )
  }

  @Test func `are brought in, counted, found and called stale`() throws {
    try filled()
    #expect(
      try run("consent", "import", "-", input: Self.file)
        == "created 0, repeated 4, overtaken 0, refused 0\n"
    )
    let list = try run("consent", "list", "newsletter")
    #expect(list.contains("•••") && !list.contains("ada@"))
    #expect(
      try object("consent", "list", "newsletter", "--filter", "state:given")["total"] as? Int == 2
    )
    #expect(try object("consent", "stale")["stale"] as? Int == 0)
    #expect(
      try run(
        "consent",
        "version",
        "wrong",
        "newsletter",
        "2024-1",
        "--flaw",
        "wrong",
        "--because",
        "opens were counted"
      ) == "CNV-0001: no longer right; 1 consents rest on it\n"
    )
    #expect(try tocsin("consent", "stale", "--check").status == 2)
    let shown = try run("consent", "show", "-", "--texts", input: "bob@example.org\n")
    #expect(shown.contains("given") && shown.contains("withdrawn") && shown.contains("superseded"))
    #expect(shown.contains("  Yes, write to me."))
    #expect(shown.contains("no longer right: it said what was not so"))
    #expect(!shown.contains("bob@"))
    let open = try run(
      "consent",
      "show",
      "bob@example.org",
      "--reveal",
      "--reason",
      "he asks"
    )
    #expect(open.contains("bob@example.org") && open.contains("slip"))
    #expect(try run("journal").contains("revealed 2 consent records: he asks"))
    #expect(try tocsin("consent", "show", "bob").status == 1)
    let whole = try object("verify")
    #expect(whole["sound"] as? Bool == true)
    #expect(whole["consents"] as? Int == 4)
  }

  @Test func `are withdrawn, exported and erased`() throws {
    try filled()
    #expect(
      try run(
        "consent",
        "withdraw",
        "ada@example.org",
        "--all",
        "--channel",
        "phone"
      ) == "withdrawn: newsletter\n"
    )
    let again = try tocsin("consent", "withdraw", "ada@example.org", "--purpose", "newsletter")
    #expect(again.status == 1)
    #expect(again.errors.contains("says withdrawn already"))
    let file = tocsin.directory.file("out.csv")
    #expect(
      try run(
        "consent",
        "export",
        "--filter",
        "state:given",
        "--out",
        file,
        "--reason",
        "to Mailhaus"
      ) == "\(file): 1 records\n"
    )
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(
      text.hasPrefix(
        "reference,purpose,state,at,channel,version,no_longer_right,stated,zone,source"
      )
    )
    #expect(text.contains("cleo@example.org,newsletter,given,2025-11-02T09:00:00Z,web,2025-1,,"))
    #expect(!text.contains("ada@"))
    let twice = try tocsin(
      "consent",
      "export",
      "--filter",
      "state:given",
      "--out",
      file,
      "--reason",
      "again"
    )
    #expect(twice.status == 1)
    #expect(
      try run("consent", "erase", "ada@example.org", "--reason", "REQ-2026-0001")
        == "erased from 2 records of 1 purposes\n"
    )
    #expect(try tocsin("consent", "show", "ada@example.org").status == 1)
    let early = try tocsin("consent", "erase", "--all", "--purpose", "newsletter")
    #expect(early.status == 1)
    #expect(early.errors.contains("is kept while the purpose goes on"))
    #expect(
      try run("consent", "erase", "--all", "--purpose", "newsletter", "--confirm", "PUR-0001")
        == "PUR-0001: erased all who consented\n"
    )
    let purposes = try object("consent", "purpose", "list")["purposes"] as? [[String: Any]]
    #expect(purposes?.first?["withdrawn"] as? Int == 1)
    #expect(purposes?.first?["records"] as? Int == 5)
    #expect(try object("verify")["sound"] as? Bool == true)
  }

  @Test func `of a bad file come in none, and the reasons quote nobody`() throws {
    try filled()
    let bad = "id,purpose,state,at\nC-9,newsletter,given,2031-01-01\nC-8,else,given,2024-01-01\n"
    let result = try tocsin.run(["consent", "import", "-"], input: Data(bad.utf8))
    #expect(result.status == 1)
    #expect(result.output == "created 0, repeated 0, overtaken 0, refused 2\n")
    #expect(result.errors.contains("line 2, column 4: a time that is yet to come"))
    #expect(result.errors.contains("line 3, column 2: its purpose is not in the record"))
    #expect(!result.errors.contains("C-9"))
  }
}
