import Foundation
import TestSupport
import Testing

struct `Staff, training and phishing exercises` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  private static let staff = """
    Employee ID,First Name,Last Name,E-Mail,Department,Roles,Start Date
    LV-1,Ada,Quill,ada.quill@example.org,Sales,till,2024-01-15
    LV-2,Ben,Quartz,ben.quartz@example.org,Sales,,2024-01-15
    LV-3,Cleo,Zephyr,cleo.zephyr@example.org,Warehouse,,2026-05-10

    """

  /// Runs a command that must be done.
  @discardableResult
  private func run(_ arguments: String..., input: String = "") throws -> String {
    let result = try tocsin.run(arguments, input: Data(input.utf8))
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return result.output
  }

  private func json(_ arguments: String...) throws -> Any {
    let text = try tocsin.run(arguments + ["--json"]).output
    return try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  private func filled() throws {
    try run("training", "staff", "import", "-", input: Self.staff)
    try run(
      "training",
      "course",
      "add",
      "PHISH-1",
      "--name",
      "Phishing",
      "--months",
      "12",
      "--version-label",
      "2026",
      "--from",
      "2026-01-01"
    )
    try run(
      "training",
      "course",
      "add",
      "CARDS",
      "--name",
      "Handling cards",
      "--protocol",
      "--from",
      "2026-01-01"
    )
    #expect(
      try run("training", "plan", "add", "PHISH-1", "--days", "30", "--from", "2026-01-01") == "1\n"
    )
    try run("training", "plan", "add", "CARDS", "--role", "till", "--from", "2026-01-01")
  }

  @Test func `are brought in, planned, completed, checked and taken back`() throws {
    #expect(
      try run("training", "staff", "import", "-", input: Self.staff)
        == "added 3, altered 0, same 0, new groups 2\n"
    )
    #expect(
      try run("training", "staff", "import", "-", input: Self.staff)
        == "added 0, altered 0, same 3, new groups 0\n"
    )
    try filled()
    let late = try tocsin("training", "status", "--check")
    #expect(late.status == 2)
    #expect(
      late.output == """
        GROUP      PEOPLE  DONE  DUE  OVERDUE  EXPIRED  IN ORDER
        Sales           2     0    0        3        0       0 %
        Warehouse       1     0    1        0        0     100 %

        """
    )
    let done = try run("training", "complete", "LV-1", "phish-1", "--on", "2026-02-01")
    #expect(done.contains(": PHISH-1 2026 completed 2026-02-01"))
    try run("training", "acknowledge", "ada.quill@example.org", "CARDS", "--on", "2026-02-01")
    let wrong = try tocsin("training", "acknowledge", "LV-1", "PHISH-1")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("PHISH-1 is a course, which is completed"))
    let csv = "User,Completion Date\nLV-2,2026-03-01\nLV-2,\nLV-3,2026-05-12T09:00:00Z\n"
    #expect(
      try run("training", "complete", "--import", "-", "PHISH-1", input: csv)
        == "added 2, repeated 0, refused 0\n"
    )
    let status = try tocsin("training", "status", "--check")
    #expect(status.status == 0)
    let people = try run("training", "status", "--people")
    #expect(people.contains("done 2026-03-01 (2026), holds until 2027-03-01"))
    #expect(people.contains("acknowledged 2026-02-01 (1), holds without end"))
    #expect(!people.contains("Ada") && !people.contains("LV-1"))
    try run("undo")
    #expect(try tocsin("training", "status", "--check").status == 0)
    #expect(try run("verify").hasPrefix("sound: "))
  }

  @Test func `let who did an older version do a new one that must be renewed`() throws {
    try filled()
    try run("training", "complete", "LV-1", "PHISH-1", "--on", "2026-02-01")
    try run(
      "training",
      "course",
      "version",
      "PHISH-1",
      "2026.2",
      "--from",
      "2026-04-01",
      "--renew",
      "--summary",
      "voice calls"
    )
    let rows = try #require(
      try json("training", "status", "--people", "--course", "PHISH-1", "--state", "expired")
        as? [String: Any]
    )
    let duties = try #require(rows["duties"] as? [[String: Any]])
    #expect(duties.map { $0["until"] as? String } == ["2026-05-01"])
    #expect(duties.map { $0["last_version"] as? String } == ["2026"])
    try run("training", "complete", "LV-1", "PHISH-1", "--on", "2026-05-02")
    let again = try #require(
      try json("training", "status", "--people", "--state", "expired") as? [String: Any]
    )
    #expect(again["total"] as? Int == 0)
  }

  @Test func `show names for a reason alone, and keep none where pseudonyms are wanted`() throws {
    try filled()
    #expect(try tocsin("training", "staff", "list", "--reveal").status == 64)
    let shown = try run("training", "staff", "list", "--reveal", "--reason", "reminders")
    #expect(shown.contains("Ada Quill"))
    #expect(!(try run("training", "staff", "list")).contains("Ada"))
    #expect(
      try run("journal").contains("looked at 3 names of staff: reminders")
    )
    // Nothing that is said anywhere repeats what names a person.
    let unknown = try tocsin("training", "staff", "show", "eve.unknown@example.org")
    #expect(unknown.status == 1)
    #expect(!unknown.errors.contains("eve"))
    try run("organisation", "set", "--staff-names", "pseudonyms")
    try run("training", "staff", "import", "-", input: Self.staff)
    #expect(
      try run("training", "staff", "erase", "--names", "--yes") == "erased 0\n"
    )
    #expect(
      try run("training", "staff", "list", "--reveal", "--reason", "x").contains("not kept")
    )
    try run("training", "staff", "import", "-", input: Self.staff)
    #expect(try run("verify").hasPrefix("sound: "))
  }

  @Test func `are erased for good where that is meant`() throws {
    try filled()
    #expect(try tocsin("training", "staff", "erase", "LV-1").status == 64)
    #expect(try run("training", "staff", "erase", "LV-1", "--yes") == "erased 1\n")
    #expect(try tocsin("training", "staff", "show", "LV-1").status == 1)
    #expect(try run("training", "staff", "list", "--all").contains("erased-1"))
    #expect(try run("verify").hasPrefix("sound: "))
  }

  @Test(arguments: [
    ("number,group\nLV-1,Sales\nLV-2\n", "refused: -, line 3: 1 cells under 2 columns"),
    (
      "number,group,joined\nLV-1,Sales,3.4.2024\n", "line 2: joined is not a day such as 2026-05-14"
    ),
    ("number,group\nLV-1,Sales\nLV-1,Sales\n", "line 3: the same person stands on an earlier line"),
  ])
  func `take nothing of a bad list, and name the line`(csv: String, problem: String) throws {
    let result = try tocsin("training", "staff", "import", "-", input: csv)
    #expect(result.status == 1)
    #expect(result.errors.contains(problem), "\(result.errors)")
    #expect(try run("training", "staff", "list") == "")
  }

  /// Results of twelve people of one group and three of another, of gophish's own columns.
  private func campaign(clicked: Set<Int>) -> String {
    var text =
      "id,status,ip,latitude,longitude,send_date,reported,modified_date,email,first_name,last_name,position\n"
    for number in 1...15 {
      let status = clicked.contains(number) ? "Clicked Link" : "Email Sent"
      text +=
        "r\(number),\(status),203.0.113.9,0,0,2026-05-04T08:00:00.5Z,\(number == 2),"
        + "2026-05-04T08:00:00Z,p\(number)@example.org,P,\(number),\n"
    }
    return text
  }

  @Test func `bring exercises in, hide small groups, and name nobody unless it is said why`()
    throws
  {
    let staff = (1...15).map { "N\($0),P \($0),p\($0)@example.org,\($0 <= 12 ? "Sales" : "Board")" }
    try run(
      "training",
      "staff",
      "import",
      "-",
      input: "number,name,email,group\n\(staff.joined(separator: "\n"))\n"
    )
    #expect(
      try run(
        "training",
        "phishing",
        "import",
        "-",
        "--name",
        "Parcel",
        input: campaign(clicked: [1, 2, 13])
      ) == "exercise 1: 15 results\n"
    )
    let shown = try run("training", "phishing", "show", "parcel")
    #expect(
      shown == """
        Parcel, sent 2026-05-04
        GROUP                  SENT      OPENED     CLICKED  SUBMITTED   REPORTED
        Board                hidden
        Sales                hidden
        all that are hidden      15  3 (20.0 %)  3 (20.0 %)  0 (0.0 %)  1 (6.7 %)
        all                      15  3 (20.0 %)  3 (20.0 %)  0 (0.0 %)  1 (6.7 %)

        """
    )
    let refused = try tocsin(
      "training",
      "phishing",
      "show",
      "Parcel",
      "--by-person",
      "--reason",
      "curious"
    )
    #expect(refused.status == 1)
    #expect(refused.errors.contains("shows no results of phishing exercises by person"))
    try run("organisation", "set", "--phishing-names", "agreed with the works council")
    let people = try run(
      "training",
      "phishing",
      "show",
      "Parcel",
      "--by-person",
      "--reason",
      "a talk"
    )
    #expect(people.contains("P 13"))
    let list = try #require(try json("training", "phishing", "list") as? [[String: Any]])
    #expect((list.first?["counts"] as? [String: Any])?["clicked"] as? Int == 3)
    let journal = try run("journal")
    #expect(journal.contains("looked at results by person: a talk"))
    #expect(!journal.contains("example.org"))
    try run("training", "phishing", "remove", "1")
    #expect(try run("training", "phishing", "list") == "")
    try run("undo")
    #expect(try run("training", "phishing", "list").contains("Parcel"))
    #expect(try run("verify").hasPrefix("sound: "))
  }

  @Test func `tie an incident to the training that should have prevented it, seen from both`()
    throws
  {
    try filled()
    try run("incident", "add", "--title", "Passwords entered")
    try run("training", "link", "INC-2026-0001", "phish-1")
    #expect(
      try run("incident", "show", "INC-2026-0001").contains("should have prevented - INC-2026-0001")
    )
    #expect(
      try run("training", "course", "show", "PHISH-1")
        .contains("should have prevented INC-2026-0001: Passwords entered")
    )
    try run("training", "link", "INC-2026-0001", "PHISH-1", "--remove")
    #expect(!(try run("training", "course", "show", "PHISH-1")).contains("prevented"))
    try run("incident", "link", "course:PHISH-1", "INC-2026-0001", "--relation", "see")
    #expect(try run("incident", "show", "INC-2026-0001").contains("PHISH-1"))
  }

  @Test func `are told in files of other programs too`() throws {
    try filled()
    #expect(
      try run("training", "course", "list", "--csv").hasPrefix(
        "code,kind,name,valid_months,duties.done"
      )
    )
    #expect(try run("training", "plan", "list", "--csv").contains("everybody") == false)
    #expect(
      try run("training", "plan", "list").contains("role till")
    )
    #expect(
      try run("training", "group", "list", "--csv")
        == "id,name,people\r\n1,Sales,2\r\n2,Warehouse,1\r\n"
    )
    try run("training", "group", "rename", "Warehouse", "Stock")
    #expect(try run("training", "staff", "list", "--group", "stock").contains("Stock"))
  }
}
