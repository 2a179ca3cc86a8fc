import Exchange
import Foundation
import Model
import TestSupport
import Testing

struct `Lists of staff` {
  private static func read(_ text: String, named: [StaffSheet.Meaning: String] = [:]) throws -> (
    rows: [StaffRow], refused: [ImportProblem], refusedCount: Int
  ) {
    let folder = try TemporaryDirectory()
    let path = folder.file("staff.csv")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try StaffSheet.read(InputFile(path), named: named, zone: .utc)
  }

  @Test(arguments: [
    "number,name,email,group,roles,joined\n7,Ada Lovell,ada@example.org,Sales,till; admin,2024-02-01\n",
    "\u{FEFF}Department;E-Mail;Last Name;First Name;Employee ID;Roles;Start Date\r\n"
      + "Sales;ada@example.org;Lovell;Ada;7;admin|till;2024-02-01\r\n",
  ])
  func `are read by the names of their columns, in any order`(text: String) throws {
    let found = try Self.read(text)
    #expect(found.refused == [])
    #expect(
      found.rows == [
        StaffRow(
          line: 2,
          identity: StaffIdentity(number: "7", name: "Ada Lovell", email: "ada@example.org"),
          group: "Sales",
          roles: text.contains("admin|till") ? ["admin", "till"] : ["till", "admin"],
          joined: DayNumber(iso: "2024-02-01")
        )
      ]
    )
  }

  @Test func `are read by a mapping where names do not tell`() throws {
    let found = try Self.read(
      "Nr.,Wer,Gruppe\n7,Ada,Sales\n",
      named: [.number: "Nr.", .name: "Wer", .group: "Gruppe"]
    )
    #expect(found.rows.first?.identity == StaffIdentity(number: "7", name: "Ada"))
    #expect(found.rows.first?.roles == nil)
  }

  @Test(arguments: [
    ("number,group\n7,Sales,x\n", "3 cells under 2 columns"),
    ("number,email,group\n,,Sales\n", "a person needs a number or an e-mail address"),
    ("number,group\n7,\n", "a person needs a group"),
    ("number,group,joined\n7,Sales,03/04/2024\n", "joined is not a day such as 2026-05-14"),
    ("email,group\nada example.org,Sales\n", "not an e-mail address"),
    ("number,group\n7,\"Sales\n", "this quote has no end"),
  ])
  func `tell a bad row by its line and quote no cell`(text: String, reason: String) throws {
    let found = try Self.read(text)
    #expect(found.refusedCount == 1)
    let problem = try #require(found.refused.first)
    #expect(problem.at.hasPrefix("line 2"))
    #expect(problem.reason.contains(reason))
    #expect(!problem.reason.contains("ada"))
  }

  @Test(arguments: [
    ("", "the file is empty"),
    ("name,group\nAda,Sales\n", "no column says who somebody is"),
    ("number,name\n7,Ada\n", "no column says in which group"),
    ("number,id,group\n7,8,Sales\n", "can both mean number"),
  ])
  func `are refused whole where nobody could be told from anybody`(text: String, reason: String)
    throws
  {
    #expect {
      try Self.read(text)
    } throws: {
      "\($0)".contains(reason)
    }
  }
}

struct `Files of gophish` {
  private static let results = """
    id,status,ip,latitude,longitude,send_date,reported,modified_date,email,first_name,last_name,position
    aa,Email Sent,,0,0,2026-05-04T08:00:00.123456789Z,false,2026-05-04T08:00:00Z,ada@example.org,Ada,L,x
    bb,Clicked Link,203.0.113.9,52.5,13.4,2026-05-04T08:00:01Z,true,2026-05-04T08:09:00Z,Ben@example.org,Ben,M,x
    cc,Error,,0,0,0001-01-01T00:00:00Z,false,0001-01-01T00:00:00Z,cleo@example.org,Cleo,N,x
    dd,Submitted Data,203.0.113.7,0,0,2026-05-04T08:00:02Z,false,2026-05-04T09:00:00Z,dan@example.org,Dan,O,x

    """
  private static let events = """
    campaign_id,email,time,message,details
    1,,2026-05-04T07:59:00Z,Campaign Created,
    1,ada@example.org,2026-05-04T08:00:00Z,Email Sent,
    1,ben@example.org,2026-05-04T08:00:01Z,Email Sent,
    1,ben@example.org,2026-05-04T08:05:00Z,Clicked Link,"{""payload"":{""password"":[""hunter2""]},""browser"":{}}"
    1,ben@example.org,2026-05-04T08:09:00Z,Email Reported,
    1,ben@example.org,2026-05-04T08:07:00Z,Email Opened,

    """

  private static func read(_ texts: String...) throws -> GophishSheet.Reading {
    let folder = try TemporaryDirectory()
    let files = try texts.enumerated().map { index, text in
      let path = folder.file("\(index).csv")
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return InputFile(path)
    }
    return try GophishSheet.read(files)
  }

  @Test func `say how far each person went`() throws {
    let found = try Self.read(Self.results)
    #expect(found.refused == [])
    #expect(found.results.map(\.reached) == [.sent, .clicked, .notSent, .submitted])
    #expect(found.results.map(\.isReported) == [false, true, false, false])
    #expect(found.results[0].sentAt == Instant(rfc3339: "2026-05-04T08:00:00.123Z"))
    #expect(found.results[2].sentAt == nil)
  }

  @Test func `say with their events also when, one result a person`() throws {
    for texts in [(Self.results, Self.events), (Self.events, Self.results)] {
      let found = try Self.read(texts.0, texts.1)
      #expect(found.refused == [])
      let ben = try #require(found.results.first { $0.email.lowercased() == "ben@example.org" })
      #expect(found.results.count == 4)
      #expect(ben.reached == .clicked)
      #expect(ben.clickedAt == Instant(rfc3339: "2026-05-04T08:05:00Z"))
      #expect(ben.openedAt == Instant(rfc3339: "2026-05-04T08:07:00Z"))
      #expect(ben.reportedAt == Instant(rfc3339: "2026-05-04T08:09:00Z"))
    }
  }

  @Test(arguments: [
    ("email,status,reported\nada@example.org,Nonsense,false\n", "a status that gophish does not"),
    ("email,status,reported\nada@example.org,Email Sent,maybe\n", "neither true nor false"),
    ("email,status,send_date\nada@example.org,Email Sent,yesterday\n", "a time that is not one"),
    ("email,status\n,Email Sent\n", "it names nobody"),
    ("email,time,message\nada@example.org,,Clicked Link\n", "it says no time"),
  ])
  func `tell a bad row by file and line and quote no cell`(text: String, reason: String) throws {
    let found = try Self.read(text)
    #expect(found.results.isEmpty)
    let problem = try #require(found.refused.first)
    #expect(problem.at.hasSuffix("0.csv, line 2"))
    #expect(problem.reason.contains(reason))
    #expect(!problem.reason.contains("ada") && !problem.reason.contains("Nonsense"))
  }

  @Test func `are refused where they are something else`() throws {
    #expect(throws: UnreadableInput.self) { try Self.read("email,name\nada@example.org,Ada\n") }
    #expect(throws: UnreadableInput.self) { try Self.read("status,reported\nEmail Sent,false\n") }
  }
}
