import Foundation
import TestSupport
import Testing

struct `Mailings` {
  private let tocsin: Tocsin
  private static let people = """
    id,name,email,phone,country,language,protected
    C-1001,Ada Canary,ada.canary@example.org,+49 30 5551001,DE,de,
    C-1002,Bob Canary,bob.canary@example.org,+33 1 5551002,FR,fr,child
    C-1003,Cyd Canary,cyd.canary@example.org,,US-CA,en,

    """

  init() throws {
    tocsin = try Tocsin()
    _ = try tocsin("incident", "add", "--title", "Leak", "--affected", "EU-DE=3")
    let result = try tocsin(
      "mailing",
      "create",
      "INC-2026-0001",
      "--name",
      "All customers",
      "--channel",
      "email",
      "--channel",
      "post"
    )
    #expect(result.output == "MLG-2026-0001\n", "\(result.errors)")
  }

  private func write(_ text: String, _ name: String = "people.csv") throws -> String {
    let path = tocsin.directory.file(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func object(_ arguments: String..., input: String = "") throws -> [String: Any] {
    let text = try tocsin.run(arguments + ["--json"], input: Data(input.utf8)).output
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `go from a file to who was told and who was not`() throws {
    let created = try object("mailing", "create", "INC-2026-0001", "--name", "Second")
    #expect(created["id"] as? Int == 2)
    #expect(created["reference"] as? String == "MLG-2026-0002")
    let result = try tocsin("mailing", "recipients", "MLG-2026-0001", try write(Self.people))
    #expect(
      result.output == """
        created 3, repeated 0, shared e-mail addresses 0, shared telephone numbers 0, refused 0

        """,
      "\(result.errors)"
    )
    #expect(
      try tocsin("mailing", "mark", "1", "--state", "approved", "--reason", "counsel").output
        == "MLG-2026-0001: 3 recipients are approved\n"
    )
    let marked = try tocsin(
      "mailing",
      "mark",
      "MLG-2026-0001",
      "--state",
      "exempt",
      "--reason",
      "no risk there",
      "--filter",
      "state:approved",
      "jurisdiction:US-CA"
    )
    #expect(marked.output == "MLG-2026-0001: 1 recipients are exempt\n", "\(marked.errors)")
    let status = try object("mailing", "status", "MLG-2026-0001")
    #expect(status["total"] as? Int == 3)
    #expect(status["byState"] as? [String: Int] == ["approved": 2, "exempt": 1])
    #expect(
      status["byJurisdiction"] as? [String: Int] == ["EU-DE": 1, "EU-FR": 1, "US-CA": 1]
    )
    #expect(
      try tocsin("mailing", "status", "MLG-2026-0001").output == """
        MLG-2026-0001  All customers
        3 recipients
          approved: 2
          exempt: 1
        not told: 2 listed, 2 not listed
        time left: no duty is named that it fulfils


        """
        + [
          "WHERE  AFFECTED  LISTED  NOT TOLD  REACHED  UNREACHABLE  GAP                          ",
          "EU-DE         3       1         1        0            0  2 not listed                 ",
          "EU-FR         0       1         1        0            0  1 more listed than affected  ",
          "US-CA         0       1         0        0            0  1 more listed than affected  ",
        ].enumerated().map {
          let waits = "not determined: kind of incident, trades (EU-CRA-USERS)\n"
          return $0.element
            + (["TIME LEFT\n", waits, waits, "no duty to tell people is known\n"][$0.offset])
        }.joined()
    )
    #expect(status["notTold"] as? Int == 2)
    #expect(status["notListed"] as? Int == 2)
    let places = try #require(status["coverage"] as? [[String: Any]])
    #expect(places.map { $0["notListed"] as? Int } == [2, 0, 0])
    #expect(status["clock"] is NSNull)
    let refused = try tocsin("mailing", "mark", "1", "--state", "handed-over")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("2 recipients are approved and cannot become handed-over"))
    #expect(try tocsin("verify").status == 0)
    #expect(try tocsin("verify").output.contains(", 3 recipients of 2 mailings\n"))
  }

  @Test func `show people masked, and unmasked only with a reason that is kept`() throws {
    _ = try tocsin("mailing", "recipients", "MLG-2026-0001", "-", input: Self.people)
    let found = try tocsin("mailing", "find", "MLG-2026-0001", "-", input: "ADA.canary@example.org")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.output.contains("a•••@•••.org"))
    #expect(!found.output.contains("Canary"))
    #expect(try tocsin("mailing", "find", "MLG-2026-0001", "nobody@example.org").status == 1)
    #expect(try tocsin("mailing", "find", "MLG-2026-0001", "C-1002", "--reveal").status == 64)
    let shown = try tocsin(
      "mailing",
      "find",
      "MLG-2026-0001",
      "C-1002",
      "--reveal",
      "--reason",
      "she called"
    )
    #expect(shown.output.contains("Bob Canary  bob.canary@example.org  +33 1 5551002"))
    #expect(try tocsin("journal").output.contains("revealed 1 recipients: she called"))
    let list = try object(
      "mailing",
      "recipients",
      "MLG-2026-0001",
      "--from",
      "last",
      "--limit",
      "1"
    )
    #expect(list["total"] as? Int == 3)
    let history = try object("mailing", "show", "1", "--recipient", "2")
    #expect((history["events"] as? [[String: Any]])?.count == 1)
  }

  @Test func `take nobody of a file with bad rows, name them, and take the good ones if told`()
    throws
  {
    let bad = Self.people + "C-1004,Dee Canary,dee canary,,DE,de,\nC-1001,,,,DE,,\n"
    let path = try write(bad)
    let refused = try tocsin("mailing", "recipients", "MLG-2026-0001", path)
    #expect(refused.status == 1)
    #expect(
      refused.errors == """
        refused: \(path), line 5, column 3: not an e-mail address: it holds a space, comma or \
        control character
        Nobody was brought in; to take the good rows: --skip-bad

        """
    )
    #expect(try object("mailing", "status", "1")["total"] as? Int == 0)
    let taken = try object("mailing", "recipients", "1", path, "--skip-bad")
    #expect(taken["created"] as? Int == 3)
    #expect(taken["repeated"] as? Int == 1)
    let duplicates = try #require(taken["duplicates"] as? [[String: Any]])
    #expect(duplicates.first?["line"] as? Int == 6)
    #expect(duplicates.first?["earlier_line"] as? Int == 2)
    #expect(duplicates.first?["same"] as? String == "reference")
    let again = try object("mailing", "recipients", "1", path, "--skip-bad")
    #expect(again["created"] as? Int == 0)
    #expect(again["repeated"] as? Int == 4)
  }

  @Test func `are erased on order by name, and no word of theirs is found in any file`() throws {
    let canaries = [
      "Canary", "canary@", "5551001", "C-1001", "ada.canary",
    ]
    func found() throws -> [String] {
      let store = tocsin.directory.file("store")
      var found: [String] = []
      for name in try FileManager.default.subpathsOfDirectory(atPath: store) {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: "\(store)/\(name)")) else {
          continue
        }
        found += canaries.filter { bytes.range(of: Data($0.utf8)) != nil }.map {
          "\($0) in \(name)"
        }
      }
      return found
    }
    _ = try tocsin("mailing", "recipients", "1", "-", input: Self.people)
    #expect(try found() == [])
    #expect(try tocsin("mailing", "erase", "1").errors.contains("kept without a date"))
    let wrong = try tocsin("mailing", "erase", "1", "--yes-erase", "Customers")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("not that of MLG-2026-0001; nothing was erased"))
    let erased = try tocsin("mailing", "erase", "1", "--yes-erase", "All customers")
    #expect(
      erased.output == """
        MLG-2026-0001: the key to 3 recipients was destroyed; 3 of them were not told and never will be

        """,
      "\(erased.errors)"
    )
    #expect(try tocsin("mailing", "find", "1", "C-1001").errors.contains("were erased"))
    #expect(try tocsin("mailing", "recipients", "1").output.contains("erased"))
    #expect(try object("mailing", "status", "1")["total"] as? Int == 3)
    _ = try tocsin("backup", tocsin.directory.file("store/backup.sqlite"))
    #expect(try found() == [])
    #expect(try tocsin("verify").status == 0)
    #expect(try tocsin("undo").status == 1)
  }

  @Test(arguments: [
    ["mailing", "create", "INC-2026-0001"], ["mailing", "mark", "1", "--state", "asleep"],
    ["mailing", "recipients", "1", "--skip-bad"],
    ["mailing", "recipients", "1", "x.csv", "--map", "email"],
    ["mailing", "recipients", "1", "--filter", "pending"], ["mailing", "edit", "1"],
  ])
  func `refuse a command line that makes no sense`(arguments: [String]) throws {
    #expect(try tocsin.run(arguments).status == 64)
  }

  @Test func `say on the list how far they are, and are kept until a day to come`() throws {
    _ = try tocsin("mailing", "recipients", "1", try write(Self.people))
    func state() throws -> String? {
      let rows = try object("mailing", "list")["mailings"] as? [[String: Any]]
      return rows?.first?["state"] as? String
    }
    #expect(try state() == "draft")
    for (step, how) in [("approved", "draft"), ("queued", "telling"), ("handed-over", "told")] {
      _ = try tocsin("mailing", "mark", "1", "--state", step, "--channel", "email")
      #expect(try state() == how)
    }
    #expect(try tocsin("mailing", "list").output.contains("told "))
    let past = try tocsin("mailing", "edit", "1", "--keep-until", "2026-05-01")
    #expect(past.status == 1)
    #expect(past.errors.contains("has passed: recipients are kept until a date that is yet to"))
    _ = try tocsin("mailing", "erase", "1", "--yes-erase", "All customers")
    let approve = try tocsin("mailing", "approve", "1")
    #expect(approve.status == 1)
    #expect(
      approve.errors
        == "tocsin: the recipients of MLG-2026-0001 were erased: nothing can be approved\n"
    )
  }

  @Test func `come in through a pipe as from a file, and leave no copy behind`() throws {
    var text = "address,mail,id\r\n"
    for number in 1...4000 {
      text += "\"Canary Street \(number)\r\n12345 Town\",p\(number)@example.org,\(number)\r\n"
    }
    let piped = try object("mailing", "recipients", "1", "-", input: text)
    #expect(piped["created"] as? Int == 4000)
    let found = try object("mailing", "find", "1", "P4000@example.org")
    let people = try #require(found["recipients"] as? [[String: Any]])
    #expect(people.first?["number"] as? Int == 4000)
    let shown = try tocsin(
      "mailing",
      "show",
      "1",
      "--recipient",
      "4000",
      "--reveal",
      "--reason",
      "r"
    )
    #expect(shown.output.contains("Canary Street 4000"), "\(shown.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: tocsin.directory.file("store"))
    #expect(!names.contains { $0.contains("spool") })
  }

  @Test func `keep the key in another folder where one is named`() throws {
    var other = tocsin
    other.environment["TOCSIN_KEYS"] = tocsin.directory.file("elsewhere")
    let missing = try other("mailing", "recipients", "1", "-", input: Self.people)
    #expect(missing.status == 1)
    #expect(missing.errors.contains("elsewhere/tocsin.key is missing"))
    try FileManager.default.moveItem(
      atPath: tocsin.directory.file("store/keys"),
      toPath: tocsin.directory.file("elsewhere")
    )
    #expect(try other("mailing", "recipients", "1", "-", input: Self.people).status == 0)
  }

  @Test func `have public notices, which are corrected, removed and undone`() throws {
    let added = try tocsin.run([
      "mailing", "publication", "add", "MLG-2026-0001", "--means", "website", "--place",
      "https://example.org/notice", "--from", "2026-05-10", "--until", "2026-08-10",
      "--jurisdiction", "US-NY", "--telephone", "0800 1",
    ])
    #expect(added.output == "1\n", "\(added.errors)")
    let early = try tocsin.run([
      "mailing", "publication", "add", "MLG-2026-0001", "--means", "newspaper", "--place", "Post",
      "--from", "2026-09-01",
    ])
    #expect(early.status == 1)
    #expect(early.errors.contains("is still to come"))
    _ = try tocsin("mailing", "publication", "edit", "MLG-2026-0001", "1", "--until", "")
    #expect(
      try tocsin("mailing", "publication", "list", "MLG-2026-0001").output == """
        ID  FROM        UNTIL  IN        FOR    TEXT  WHERE
         1  2026-05-10  open   web site  US-NY  -     https://example.org/notice

        """
    )
    _ = try tocsin("mailing", "publication", "remove", "MLG-2026-0001", "1")
    #expect(try tocsin("mailing", "publication", "list", "MLG-2026-0001").output == "")
    _ = try tocsin("undo")
    #expect(
      try tocsin("mailing", "publication", "list", "MLG-2026-0001", "--csv").output
        .contains("https://example.org/notice")
    )
    #expect(try tocsin("mailing", "publication", "remove", "MLG-2026-0001", "9").status == 1)
  }
}
