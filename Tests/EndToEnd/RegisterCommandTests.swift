import Foundation
import TestSupport
import Testing

struct `The privacy register in the shell` {
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

  @Test func `keeps activities, says what they lack, and takes changes back`() throws {
    let first = try run(
      "register",
      "add",
      "Or\u{1B}[2Jders",
      "--purpose",
      "Sell",
      "--basis",
      "contract",
      "--data",
      "email=to confirm",
      "--data",
      "dob",
      "--people",
      "customers",
      "--number",
      "EU-DE=900",
      "--processor",
      "Druck AG@DE [2024-01-01 to 2025-12-31]",
      "--transfer",
      "Mailhaus@US",
      "--owner",
      "Ana"
    )
    #expect(first == "ACT-0001\n")
    let shown = try run("register", "show", "act-0001")
    #expect(!shown.contains("\u{1B}"))
    #expect(shown.contains("basis in law: GDPR art. 6(1)(b)\n"))
    #expect(shown.contains("transfer to US without a mechanism (GDPR art. 30(1)(e))\n"))
    #expect(shown.contains("contract of Druck AG has ended (GDPR art. 28(3))\n"))
    #expect(shown.contains("no retention rule (GDPR art. 30(1)(f))\n"))
    #expect(shown.contains("identifiers (A)"))
    try run("register", "edit", "ACT-0001", "--transfer", "Mailhaus@US=clauses", "--owner", "")
    #expect(try object("register", "show", "ACT-0001")["owner"] is NSNull)
    try run("undo")
    #expect(try object("register", "show", "ACT-0001")["owner"] as? String == "Ana")
    let bad = try tocsin("register", "edit", "ACT-0001", "--basis", "luck")
    #expect(bad.status == 64)
    #expect(bad.errors.contains("basis: one of consent, contract"))
    #expect(try run("search", "customers").hasPrefix("ACT-0001  activity  "))
    #expect(try run("verify").hasPrefix("sound: 3 entries"))
  }

  @Test func `lists what nobody justified, until somebody does`() throws {
    try run("register", "add", "Orders", "--data", "email=to confirm", "--data", "dob")
    let open = try tocsin("register", "unjustified", "--check")
    #expect(open.status == 2)
    #expect(open.output.contains("ACT-0001  dob       never"))
    try run("register", "justify", "ACT-0001", "email")
    let empty = try tocsin("register", "justify", "ACT-0001", "dob")
    #expect(empty.status == 1)
    try run("register", "justify", "ACT-0001", "dob", "--why", "age limit", "--on", "2025-05-01")
    #expect(try run("register", "unjustified").contains("dob       2025-05-01"))
    try run("organisation", "set", "--justify-months", "24")
    #expect(try tocsin("register", "unjustified", "--check").status == 0)
  }

  @Test func `counts what is due by the owner's command, without a shell`() throws {
    try run("register", "add", "Orders", "--data", "orders")
    let script = tocsin.directory.file("count")
    try makeProgram("#!/bin/sh\necho \"$1\" > \"$0.seen\"\necho 1204 2014-03-01\n", at: script)
    var plain = tocsin
    plain.now = nil
    let added = try plain.run([
      "register", "rule", "add", "ACT-0001", "Invoices", "--trigger", "invoice", "--period",
      "10 years", "--from", "year-end", "--ground", "§ 147 AO", "--now", "2026-05-18T14:40:00Z",
      "--command", script, "{upto}; $(id)",
    ])
    #expect(added.output == "RET-0001\n", "\(added.errors)")
    #expect(try run("register", "due").hasPrefix("STATE        OF        NUMBER"))
    #expect(try tocsin("register", "due", "--check").status == 0)
    #expect(try run("register", "rule", "count") == "RET-0001: 1204 up to 2015-12-31\n")
    let seen = try String(contentsOfFile: script + ".seen", encoding: .utf8)
    #expect(seen == "2015-12-31; $(id)\n")
    let due = try tocsin("register", "due", "--check", "--json")
    #expect(due.status == 2)
    #expect(due.output.contains("\"count\": 1204"))
    #expect(due.output.contains("\"due_at\": \"2024-12-31T23:59:59Z\""))
    try run("register", "deletion", "add", "RET-0001", "nightly job", "--count", "1204")
    #expect(try tocsin("register", "due", "--check").status == 0)
  }

  @Test(arguments: [
    ("echo 1; echo 2", 300, "answered 1"), ("exit 3", 300, "ended with status 3"),
    ("echo many", 300, "it must write one line"),
    ("echo 3 2026-05-01", 300, "the oldest of what is due cannot be of 2026-05-01"),
    ("echo 3 2031-01-01", 300, "nothing that began after 2025-05-1"),
    ("i=0; while :; do i=1; done", 1, "was ended after its 1 seconds"),
  ])
  func `takes nothing else than a number from a command`(
    script: String,
    seconds: Int,
    reason: String
  ) throws {
    try run("register", "add", "Orders", "--data", "orders")
    let path = tocsin.directory.file("count")
    try makeProgram("#!/bin/sh\n\(script)\n", at: path)
    var plain = tocsin
    plain.now = nil
    _ = try plain.run([
      "register", "rule", "add", "ACT-0001", "Orders", "--trigger", "collection", "--period", "1 y",
      "--ground", "none", "--now", "2026-05-18T14:40:00Z", "--seconds", "\(seconds)", "--command",
      path,
    ])
    let result = try tocsin("register", "rule", "count")
    #expect(result.status == 1)
    #expect(result.errors.contains(reason), "\(result.errors)")
  }

  @Test func `lets a legal hold stand against deleting`() throws {
    try run("register", "add", "Orders", "--data", "orders")
    try run(
      "register",
      "rule",
      "add",
      "ACT-0001",
      "Orders",
      "--trigger",
      "contract-end",
      "--period",
      "3 years",
      "--ground",
      "§ 195 BGB"
    )
    #expect(
      try run("register", "rule", "number", "RET-0001", "--of", "2022-03", "--count", "1200")
        == "RET-0001: kept until 2025-03-31\n"
    )
    try run("register", "hold", "add", "Suit", "--reason", "court", "--covers", "act-0001")
    #expect(try run("register", "due").contains("on hold  ACT-0001"))
    let refused = try tocsin("register", "deletion", "add", "RET-0001", "by hand")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("under legal hold HLD-0001 (Suit)"))
    try run("register", "hold", "lift", "HLD-0001")
    try run("register", "deletion", "add", "RET-0001", "by hand", "--count", "1200")
    #expect(try run("register", "due") == "")
    #expect(try run("register", "deletion", "list").contains("DEL-0001  RET-0001    1200"))
  }

  @Test func `answers a request inside its clock, with who asks sealed`() throws {
    try run("organisation", "set", "--country", "DE", "--zone", "Europe/Berlin")
    let added = try run(
      "register",
      "request",
      "add",
      "access",
      "-",
      "--jurisdiction",
      "EU-DE",
      "--over",
      "email",
      "--received",
      "2026-04-20 09:00 +02:00",
      input: "Canary Bird\ncanary@example.org\nWhat do you know?\n"
    )
    #expect(added == "REQ-2026-0001\n")
    #expect(try run("clocks").contains("access  REQ-2026-0001"))
    let shown = try run("register", "request", "show", "REQ-2026-0001")
    #expect(shown.contains("GDPR art. 12(3)"))
    #expect(shown.contains("2026-05-20 23:59:59 +02:00"))
    #expect(!shown.contains("anary"))
    let stranger = try tocsin("register", "request", "answer", "REQ-2026-0001", "--over", "email")
    #expect(stranger.status == 1)
    #expect(stranger.errors.contains("nobody has verified who asks"))
    let read = try run("register", "request", "reveal", "REQ-2026-0001", "--reason", "to answer")
    #expect(read.hasPrefix("name: Canary Bird\ncontact: canary@example.org\n> What do you know?"))
    try run("register", "request", "identity", "REQ-2026-0001", "verified", "--how", "order number")
    #expect(
      try run("register", "request", "extend", "REQ-2026-0001", "--reason", "many systems")
        .hasPrefix("REQ-2026-0001: due 2026-07-20")
    )
    try run(
      "register",
      "request",
      "answer",
      "REQ-2026-0001",
      "--over",
      "email",
      "--note",
      "a copy",
      "--text",
      "-",
      input: "Dear Canary"
    )
    #expect(try run("clocks").contains("REQ-2026-0001") == false)
    let journal = try run("journal", "--limit", "20")
    #expect(journal.contains("read who made the request: to answer"))
    #expect(!journal.contains("anary"))
    #expect(try run("verify").hasPrefix("sound: "))
    let early = try tocsin("register", "request", "erase", "REQ-2026-0001")
    #expect(early.status == 1)
    try run("register", "request", "erase", "REQ-2026-0001", "--confirm", "REQ-2026-0001")
    let gone = try tocsin("register", "request", "reveal", "REQ-2026-0001", "--reason", "why")
    #expect(gone.errors.contains("was erased"))
    #expect(try run("verify").hasPrefix("sound: "))
  }

  @Test func `says where receipt of a request was not confirmed in time`() throws {
    try run("organisation", "set", "--country", "US", "--zone", "America/Los_Angeles")
    let arguments = [
      "register", "request", "add", "know", "-", "--jurisdiction", "US-CA", "--over", "email",
      "--received", "2026-05-01",
    ]
    let added = try tocsin.run(arguments, input: Data("Canary Bird\n".utf8))
    #expect(added.status == 0, "\(added.errors)")
    let shown = try run("register", "request", "show", "REQ-2026-0001")
    #expect(shown.contains("confirm receipt by: 2026-05-1"))
    #expect(shown.contains(", late\n"))
    let list = try tocsin("register", "request", "list", "--overdue", "--check")
    #expect(list.status == 2)
    #expect(list.output.contains("confirm receipt: late"))
    let json = try run("register", "request", "list", "--json")
    #expect(json.contains("\"confirm_by\": \"2026-05-1"))
    #expect(json.contains("\"confirm_overdue\": true"))
    let due = try tocsin("register", "due", "--check")
    #expect(due.status == 2)
    #expect(due.errors.contains("REQ-2026-0001: receipt was not confirmed in time"))
    let status = try tocsin("status")
    #expect(status.output.contains("receipt of 1 not confirmed in time"), "\(status.output)")
    try run("register", "request", "confirm", "REQ-2026-0001")
    #expect(try tocsin("register", "request", "list", "--overdue", "--check").status == 0)
    #expect(try tocsin("register", "due", "--check").status == 0)
  }

  @Test func `reminds of requests once for each step, and counts them as clocks`() throws {
    try run("organisation", "set", "--country", "DE", "--zone", "Europe/Berlin")
    let file = tocsin.directory.file("who")
    try Data("Canary Bird\n".utf8).write(to: URL(fileURLWithPath: file))
    func at(_ now: String, _ arguments: String...) throws -> Tocsin.Result {
      var later = tocsin
      later.now = now
      return try later.run(arguments)
    }
    try run(
      "register",
      "request",
      "add",
      "erasure",
      file,
      "--jurisdiction",
      "EU-DE",
      "--over",
      "post",
      "--received",
      "2026-05-18"
    )
    #expect(try at("2026-06-10T10:00:00Z", "clocks", "--remind").output == "")
    let near = try at("2026-06-18T10:00:00Z", "clocks", "--remind")
    #expect(near.output.hasPrefix("REQ-2026-0001 erasure: answer by 2026-06-18 23:59:59 +02:00, "))
    #expect(near.output.contains("; GDPR art. 12(3)"))
    #expect(try at("2026-06-18T10:01:00Z", "clocks", "--remind").output == "")
    #expect(try at("2026-06-18T10:01:00Z", "clocks", "--line").output == "1 clock < 12 h\n")
    let late = try at("2026-06-19T10:00:00Z", "clocks", "--remind")
    #expect(late.output.hasPrefix("REQ-2026-0001 erasure: answer by "))
    #expect(try at("2026-06-19T10:00:00Z", "clocks", "--line").output == "1 late\n")
    #expect(
      try at("2026-06-19T10:00:00Z", "clocks", "--line", "--check").output == "1 late\n"
    )
    #expect(try at("2026-06-19T10:00:00Z", "verify").output.hasPrefix("sound: "))
  }

  @Test func `names the laws by which requests are timed`() throws {
    let laws = try run("register", "request", "laws")
    let california = try #require(laws.split(separator: "\n").first { $0.hasPrefix("us-ca") })
    #expect(california.contains("know, delete, correct"))
    #expect(california.hasSuffix("Cal. Civ. Code 1798.130(a)(2)(A)"))
    #expect(laws.contains("UK GDPR art. 12(3), 12A\n"))
    #expect(
      try run("register", "request", "laws", "--json").contains("\"verified\": \"not verified")
    )
  }

  @Test func `reads and writes CSV, and reads fides`() throws {
    let file = tocsin.directory.file("a.csv")
    try Data(
      "name,purpose,data,colour\nOrders,Sell,email = to confirm; dob,red\nBad,,email; email,\n".utf8
    ).write(to: URL(fileURLWithPath: file))
    let refused = try tocsin("import", "activities", file)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("line 3: data: email stands there twice"))
    #expect(try object("register", "list")["total"] as? Int == 0)
    try run("import", "activities", "--skip-bad", file)
    let text = try run("export", "activities")
    let again = tocsin.directory.file("b.csv")
    try Data(text.utf8).write(to: URL(fileURLWithPath: again))
    #expect(
      try run("import", "activities", again).hasPrefix("created 0, updated 0, unchanged 1,")
    )
    let yaml = tocsin.directory.file("f.yml")
    try Data(
      """
      system:
        - fides_key: mail
          name: Mail
          privacy_declarations:
            - name: Send
              data_use: advertising
              data_categories: [user.contact.email]
      """.utf8
    ).write(to: URL(fileURLWithPath: yaml))
    try run("import", "fides", yaml)
    #expect(try run("import", "fides", yaml).hasPrefix("created 0, updated 0, unchanged 1,"))
    #expect(try run("register", "list").contains("Mail: Send"))
  }

  @Test func `gives data and people to an incident that hit an activity`() throws {
    try run(
      "register",
      "add",
      "Orders",
      "--data",
      "email",
      "--data",
      "orders",
      "--number",
      "EU-DE=900",
      "--number",
      "GB=7"
    )
    try run("incident", "add", "--title", "Leak")
    try run("incident", "edit", "INC-2026-0001", "--affected", "EU-DE=12:confirmed")
    try run("incident", "edit", "INC-2026-0001", "--from-activity", "ACT-0001")
    let shown = try run("incident", "show", "INC-2026-0001")
    #expect(shown.contains("EU-DE"))
    #expect(shown.contains("12"))
    #expect(shown.contains("email, orders"))
    #expect(!shown.contains("900"))
  }
}
