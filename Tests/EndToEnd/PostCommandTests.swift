import Foundation
import TestSupport
import Testing

/// Batches for printers and call centres, what comes back of them, support and matters.
struct `Post and telephone` {
  private let tocsin: Tocsin
  /// Words that stand nowhere but sealed, and in the files for the printer.
  private static let canaries = [
    "Canary", "person1@", "10000001", "OFFER-1", "New Lane", "CODE-1", "asks why", "was told",
  ]

  init() async throws {
    tocsin = try Tocsin()
    _ = try tocsin("incident", "list")
    try await ApprovedMailing.make(
      at: tocsin.store,
      people: 6,
      channels: ["post", "telephone", "sms", "email"],
      now: "2026-05-18T10:00:00Z"
    )
  }

  private func write(_ text: String, _ name: String) throws -> String {
    let path = tocsin.directory.file(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func object(_ arguments: String..., input: String = "") throws -> [String: Any] {
    let result = try tocsin.run(arguments + ["--json"], input: Data(input.utf8))
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any],
      "\(result.errors)"
    )
  }

  private func export(_ channel: String, _ more: String...) throws -> Tocsin.Result {
    try tocsin.run(
      [
        "mailing", "export-post", "1", "--channel", channel, "--out", tocsin.directory.file("out"),
        "--reason", "Druck AG", "--approved",
      ] + more
    )
  }

  private func content(_ name: String) throws -> String {
    let url = URL(fileURLWithPath: tocsin.directory.file("out/\(name)"))
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }

  /// The words that stand in plain text in a file of the folder, or in any but those for the printer.
  private func found() throws -> [String] {
    var found: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: tocsin.directory.path)
    where !name.hasSuffix(".csv") && !name.hasPrefix("in/") {
      let url = URL(fileURLWithPath: tocsin.directory.file(name))
      guard let bytes = try? Data(contentsOf: url) else { continue }
      found += Self.canaries.filter { bytes.range(of: Data($0.utf8)) != nil }
        .map { "\($0) in \(name)" }
    }
    return found
  }

  @Test func `go from approved people to a closed batch and back`() throws {
    let result = try export("post", "--limit", "4", "--texts", "--registered")
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.first == "MLG-2026-0001: batch B0001 for post, 4 recipients")
    #expect(
      lines.dropFirst().map { $0.suffix(from: $0.index($0.startIndex, offsetBy: 66)) } == [
        "MLG-2026-0001-B0001-post.csv", "MLG-2026-0001-B0001-post-E1-T1.1.txt",
        "MLG-2026-0001-B0001-post.manifest.json",
      ]
    )
    #expect(
      try content("MLG-2026-0001-B0001-post.csv").hasPrefix(
        """
        batch,line,number,name,address,text\r
        1,1,1,Canary Person 1,"Canary Street 1, Berlin",E1/T1.1\r

        """
      )
    )
    #expect(
      try content("MLG-2026-0001-B0001-post-E1-T1.1.txt") == """
        About your data

        Dear «name»,

        your data were exposed.

        """
    )
    #expect(
      try tocsin("mailing", "batches", "1").output.contains(
        "1  post     closed      4            4        0  2026-05-18"
      )
    )
    // Nobody is written to twice.
    #expect(
      try object("mailing", "status", "1")["byState"] as? [String: Int] == [
        "approved": 2, "handed-over": 4,
      ]
    )
    let again = try tocsin(
      "mailing",
      "export-post",
      "1",
      "--batch",
      "B0001",
      "--out",
      tocsin.directory.file("again"),
      "--reason",
      "it was lost"
    )
    #expect(again.output == result.output, "\(again.errors)")
    #expect(try tocsin("journal").output.contains("writes batch 1 again: it was lost"))
    // What came back, on the batch's own file.
    let returns = try write(
      """
      batch,line,number,outcome,new address,date
      B0001,1,1,delivered,,2026-05-18
      1,2,2,RTS,,
      1,3,3,moved,New Lane 5,

      """,
      "returns.csv"
    )
    let taken = try tocsin("mailing", "import-returns", "1", returns, "--word", "RTS=returned")
    #expect(
      taken.output == """
        taken 3, known already 0, contacts corrected 1, noted only 0, refused 0
          bounced, soft: 1
          bounced, hard: 1
          reached: delivered by registered post: 1

        """,
      "\(taken.errors)"
    )
    let twice = try tocsin("mailing", "import-returns", "1", returns, "--word", "RTS=returned")
    #expect(
      twice.output == "taken 0, known already 3, contacts corrected 0, noted only 0, refused 0\n"
    )
    #expect(twice.errors.contains("imported before, 2026-05-18 14:40 UTC; it changed nothing"))
    try FileManager.default.removeItem(atPath: returns)
    #expect(try tocsin("verify").status == 0)
    #expect(try found() == [])
    // Erased, nobody can be read any more, and the rest goes on.
    _ = try tocsin("mailing", "erase", "1", "--yes-erase", "All customers")
    #expect(try tocsin("mailing", "correct", "1", "3").output.contains("erased"))
    #expect(try tocsin("verify").status == 0)
    let late = try export("post")
    #expect(late.errors.contains("were erased"), "\(late)")
  }

  @Test func `are refused once the approval is over, until the batch is given up`() throws {
    // A folder that others may write into: the batch is begun and gets no further.
    let open = tocsin.directory.file("open")
    try FileManager.default.createDirectory(
      atPath: open,
      withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o777]
    )
    chmod(open, 0o777)
    func export(_ folder: String, _ reason: String) throws -> Tocsin.Result {
      try tocsin(
        "mailing",
        "export-post",
        "1",
        "--channel",
        "post",
        "--approved",
        "--out",
        folder,
        "--reason",
        reason
      )
    }
    let begun = try export(open, "first")
    #expect(begun.status == 1)
    #expect(
      begun.errors == """
        tocsin: \(open): others may write into this folder and put other files in place of these: \
        chmod go-w

        """
    )
    #expect(try tocsin("mailing", "batches", "1").output.contains("UNFINISHED"))
    _ = try tocsin("mailing", "approve", "1", "--withdraw", "--reason", "a wrong number in it")
    let refused = try export(tocsin.directory.file("out"), "second")
    #expect(refused.status == 1)
    #expect(
      refused.errors.contains(
        "batch 1 was begun under E1, which is withdrawn: a wrong number in it; it does not leave; to "
          + "put those in it back into the queue: tocsin mailing export-post MLG-2026-0001 --give-up 1"
      ),
      "\(refused.errors)"
    )
    #expect(!FileManager.default.fileExists(atPath: tocsin.directory.file("out")))
    let given = try tocsin(
      "mailing",
      "export-post",
      "1",
      "--give-up",
      "1",
      "--reason",
      "the text is wrong"
    )
    #expect(
      given.output == "MLG-2026-0001: batch 1 was given up; 6 wait for post again\n",
      "\(given.errors)"
    )
    #expect(try tocsin("mailing", "batches", "1").output.contains("given up"))
    #expect(
      try object("mailing", "status", "1")["byState"] as? [String: Int] == ["queued": 6]
    )
    #expect(
      try tocsin("mailing", "export-post", "1", "--give-up", "1", "--reason", "again").errors
        .contains("batch 1 was given up already")
    )
    #expect(
      try tocsin("journal").output.contains("gives batch 1 up: the text is wrong")
    )
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `have codes that can be taken out of a pool again`() throws {
    _ = try tocsin("mailing", "offers", "plan", "1", "--offer", "long:12:Watchful Ltd")
    _ = try tocsin("mailing", "offers", "import", "1", "-", input: "CODE-1\nCODE-2\nCODE-3\n")
    let one = try tocsin(
      "mailing",
      "offers",
      "remove",
      "1",
      "-",
      "--pool",
      "long",
      "--reason",
      "the provider wants it back",
      input: "CODE-2\n"
    )
    #expect(one.output == "codes taken out of long: 1\n", "\(one.errors)")
    let unknown = try tocsin(
      "mailing",
      "offers",
      "remove",
      "1",
      "-",
      "--pool",
      "long",
      "--reason",
      "r",
      input: "CODE-1\nCODE-2\n"
    )
    #expect(unknown.status == 1)
    #expect(
      unknown.errors == """
        refused: -, line 2: the mailing does not have this code
        No code was taken out

        """
    )
    #expect(try object("mailing", "offers", "show", "1")["pools"] != nil)
    #expect(
      try object("mailing", "offers", "remove", "1", "--pool", "long", "--reason", "all")["removed"]
        as? Int == 2
    )
    #expect(
      try tocsin("mailing", "offers", "remove", "1", "--pool", "long", "--reason", " ").status == 64
    )
    #expect(try tocsin("verify").status == 0)
    #expect(try found() == [])
  }

  @Test func `take nothing of a file that a row swallows, with or without skipping`() throws {
    _ = try export("post")
    let file = try write("number,outcome\n1,spoke\n2,\"spoke\n3,spoke\n", "returns.csv")
    let skipping = try tocsin("mailing", "import-returns", "1", file, "--skip-bad")
    #expect(skipping.status == 1)
    #expect(
      skipping.errors == """
        tocsin: line 3, column 2: this quote has no end; what stands behind it cannot be read, so it \
        cannot be skipped; nothing was taken

        """
    )
    let plain = try tocsin("mailing", "import-returns", "1", file)
    #expect(
      plain.errors == """
        refused: \(file), line 3, column 2: this quote has no end
        Nothing was taken: what stands behind that row cannot be read; mend the file

        """
    )
    let codes = try write("code\nCODE-1\n\"CODE-2\n", "codes.csv")
    let offers = try tocsin(
      "mailing",
      "offers",
      "import",
      "1",
      codes,
      "--pool",
      "a",
      "--skip-bad"
    )
    #expect(offers.status == 1)
    #expect(offers.errors.contains("line 3, column 1: this quote has no end"))
    #expect(
      try object("mailing", "status", "1")["byState"] as? [String: Int] == ["handed-over": 6]
    )
  }

  @Test func `name the rows of returns that are bad, and take nothing`() throws {
    _ = try export("telephone")
    let first = try write("number,outcome\n1,spoke\n99,spoke\n2,canary\n", "returns.csv")
    #expect(try export("telephone").errors.contains("nobody in MLG-2026-0001 waits for telephone"))
    _ = try export("post")
    let refused = try tocsin("mailing", "import-returns", "1", first)
    #expect(refused.status == 1)
    #expect(
      refused.errors == """
        refused: \(first), line 3: there is no recipient 99
        refused: \(first), line 4, column 2: a word that says nothing here; say what it means with \
        --word WORD=OUTCOME
        Nothing was taken; to take the good rows: --skip-bad

        """
    )
    #expect(refused.output == "")
    let taken = try object("mailing", "import-returns", "1", first, "--skip-bad")
    #expect(taken["taken"] as? Int == 1)
    #expect(taken["moved"] as? [String: Int] == ["spoke-by-phone": 1])
  }

  @Test func `are corrected from standard input, and show what a person's contact was`() throws {
    let corrected = try tocsin(
      "mailing",
      "correct",
      "1",
      "2",
      "-",
      "--reason",
      "she called",
      input: "address: New Lane 5\n  10115 Berlin\nphone: +49 30 1234\n"
    )
    #expect(corrected.output == "MLG-2026-0001, recipient 2: corrected\n", "\(corrected.errors)")
    let masked = try tocsin("mailing", "correct", "1", "2")
    #expect(masked.output.contains("she called") && !masked.output.contains("Lane"))
    let shown = try tocsin("mailing", "correct", "1", "2", "--reveal", "--reason", "proof")
    #expect(shown.output.contains("Canary Street 2, Berlin"))
    #expect(shown.output.contains("  New Lane 5\n  10115 Berlin\n"))
    let bad = try tocsin("mailing", "correct", "1", "2", "-", "--reason", "r", input: "fax: 1\n")
    #expect(bad.errors.contains("-, line 1: write name:, email:, phone: or address:"))
    #expect(try found() == [])
  }

  @Test func `have support that is planned, brought in, and given to each once`() throws {
    let planned = try tocsin(
      "mailing",
      "offers",
      "plan",
      "1",
      "--offer",
      "long:6:Watchful Ltd:US-CA",
      "--offer",
      "short:12:Watchful Ltd"
    )
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(
      planned.errors.contains("US-CA: 6 months offered; its law asks for 12 months")
    )
    let codes = try write("code\nCODE-1\nCODE-1\n", "codes.csv")
    #expect(try tocsin("mailing", "offers", "import", "1", codes).status == 64)
    let refused = try tocsin("mailing", "offers", "import", "1", codes, "--pool", "long")
    #expect(refused.errors.contains("line 3: the code stands here twice"))
    let piped = try object(
      "mailing",
      "offers",
      "import",
      "1",
      "-",
      "--pool",
      "long",
      input: "CODE-1\nCODE-2\n"
    )
    #expect(piped["added"] as? Int == 2)
    // All came in with a code of their own, so none of the pool is needed once that is known.
    let before = try tocsin("mailing", "offers", "1")
    #expect(before.status == 2)
    #expect(before.errors.contains("the pool short of support codes is 4 short"))
    #expect(
      try tocsin("mailing", "offers", "assign", "1").output
        == "assigned 0, of their own 6, without 0\n"
    )
    let numbers = try object("mailing", "offers", "show", "1")
    #expect(numbers["byState"] as? [String: Int] == ["free": 2, "assigned": 0])
    #expect(numbers["problems"] as? [String] == [])
    try FileManager.default.removeItem(atPath: codes)
    #expect(try tocsin("verify").status == 0)
    #expect(try found() == [])
  }

  @Test func `bring questions back, which are answered or handed to Privacy`() throws {
    let added = try object(
      "mailing",
      "matter",
      "add",
      "1",
      "-",
      "--kind",
      "question",
      "--over",
      "telephone",
      "--who",
      "-",
      input: "person2@example.org\nCanary asks why\nand how\n"
    )
    #expect(added["matter"] as? Int == 1)
    #expect(added["recipient"] as? Int == 2)
    let letter = try write("Delete Canary's data", "letter.txt")
    let second = try tocsin(
      "mailing",
      "matter",
      "add",
      "1",
      letter,
      "--kind",
      "rights-request",
      "--over",
      "post",
      "--received",
      "2026-05-11"
    )
    #expect(second.output == "MLG-2026-0001: matter 2\n", "\(second.errors)")
    try FileManager.default.removeItem(atPath: letter)
    let answered = try tocsin("mailing", "matter", "answer", "1", "1", "-", input: "She was told")
    #expect(answered.output == "MLG-2026-0001, matter 1: answered\n", "\(answered.errors)")
    let handed = try tocsin("mailing", "matter", "hand-over", "1", "2", "--to", "DSR-7")
    #expect(handed.output == "MLG-2026-0001, matter 2: handed to Privacy\n")
    #expect(try tocsin("undo").status == 0)
    let list = try object("mailing", "matter", "list", "1")
    #expect(list["total"] as? Int == 2)
    #expect((list["counts"] as? [[String: Any]])?.count == 2)
    let shown = try tocsin("mailing", "matter", "show", "1", "1", "--reason", "to answer")
    #expect(shown.output.contains("Canary asks why\nand how\nanswer:\nShe was told\n"))
    #expect(try tocsin("journal").output.contains("read matter 1: to answer"))
    #expect(try object("mailing", "matter", "list", "1", "--state", "open")["total"] as? Int == 1)
    #expect(try tocsin("verify").status == 0)
    #expect(try found() == [])
  }

  @Test(arguments: [
    ["export-post", "1", "--channel", "email", "--out", "x", "--reason", "r"],
    ["export-post", "1", "--channel", "post", "--out", "x", "--reason", " "],
    ["export-post", "1", "--out", "x", "--reason", "r", "--batch", "1", "--texts"],
    ["export-post", "1", "--channel", "post", "--reason", "r"],
    ["export-post", "1", "--channel", "sms", "--out", "x", "--reason", "r", "--registered"],
    ["export-post", "1", "--give-up", "1", "--out", "x", "--reason", "r"],
    ["consent", "1", "--all", "--recipient", "1"],
    ["send", "1", "--set", "sender=nobody"], ["send", "1", "--set", "list-id=<x>"],
    ["correct", "1", "2", "-"], ["correct", "1", "2", "--reveal"],
    ["offers", "plan", "1"], ["offers", "plan", "1", "--offer", "long:six:W"],
    ["matter", "add", "1", "x", "--kind", "wish", "--over", "post"],
    ["import-returns", "1", "x.csv", "--word", "RTS"],
  ])
  func `refuse a command line that makes no sense`(arguments: [String]) throws {
    #expect(try tocsin.run(["mailing"] + arguments).status == 64)
  }
}
