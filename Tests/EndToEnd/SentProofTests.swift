import Foundation
import TestSupport
import Testing

/// A mailing that a mail program has taken, its proof, and what comes back to it.
struct `The proof of notices that were sent` {
  private var tocsin: Tocsin

  init() async throws {
    tocsin = try Tocsin()
    tocsin.now = nil
    _ = try tocsin("incident", "list")
    try await ApprovedMailing.make(at: tocsin.store, people: 12)
    let program = tocsin.directory.file("sendmail")
    try makeProgram("#!/bin/sh\n/bin/cat >> \"$0.box\"\n", at: program)
    let planned = try tocsin(
      "mailing",
      "send",
      "1",
      "--set",
      "sender=notices@example.org",
      "--set",
      "program=[\"\(program)\"]",
      "--set",
      "parallel=1"
    )
    #expect(planned.status == 0, "\(planned.errors)")
    let sent = try tocsin("mailing", "send", "1")
    #expect(sent.status == 0, "\(sent.output) \(sent.errors)")
  }

  private func proof(_ arguments: String...) throws -> String {
    let folder = tocsin.directory.file("proof-\(arguments.count)")
    let made = try tocsin.run(["mailing", "proof", "1", "--out", folder] + arguments)
    #expect(made.status == 0, "\(made.errors)")
    let checked = try tocsin("verify", "--bundle", folder)
    #expect(checked.status == 0, "\(checked.output)")
    return folder
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `is asked for once: who was told is not told again, and that is said`() throws {
    let again = try tocsin("mailing", "send", "1")
    #expect(again.status == 0, "\(again.errors)")
    #expect(
      again.output == """
        MLG-2026-0001: nothing was sent; handed over 0, refused 0, without an address 0, uncertain 0, \
        still queued 0

        """
    )
  }

  @Test func `holds text and edition, and each message to the byte for the one who is named`()
    throws
  {
    let folder = try proof("--recipient", "C-7", "--reason", "asked")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    #expect(Set(["texts/T1.1.json", "editions/E1.json"]).isSubset(of: names))
    let mail = try #require(names.first { $0.hasSuffix(".eml") })
    let message = try text("\(folder)/\(mail)")
    #expect(message.contains("To: person7@example.org"))
    #expect(try text(tocsin.directory.file("sendmail.box")).contains(message))
    #expect(try text("\(folder)/recipient/E1-T1.1.txt").contains("Dear Canary Person 7,"))
    let states = try text("\(folder)/states.csv")
    let row = try #require(
      states.components(separatedBy: "\r\n").first { $0.hasPrefix("7,") }
    )
    #expect(row.hasPrefix("7,handed-over,EU-DE,de,"))
    #expect(row.contains(",email,E1/T1.1,"))
    let rows = try text("\(folder)/messages.csv").components(separatedBy: "\r\n")
    // Every tenth is a child, for whom no text is.
    #expect(rows.count == 11 + 2)
  }

  @Test(arguments: [
    ("messages.csv", "@example.org,", "@example.com,", "messages.csv, step"),
    ("texts/T1.1.json", "your data", "their data", "texts/T1.1.json"),
    ("editions/E1.json", "your data", "their data", "editions/E1.json"),
    ("editions/E1.json", "2026-05-18", "2026-05-19", "editions/E1.json"),
    ("recipient/E1-T1.1.txt", "Dear", "Hated", "recipient/person.json"),
    ("texts/T1.1.json", "\"isRemoved\":false", "\"isRemoved\":true", "texts/T1.1.json"),
    ("editions/E1.json", "\"uid\":", "\"uid\":9", "editions/E1.json: E1 was approved by others"),
    ("editions/E1.json", "\"checks\":[]", "\"checks\":[\"x\"]", "editions/E1.json: the checks"),
    ("recipient/person.json", "took it", "lost it", "states.csv, line 8: what is said to have"),
    (
      "recipient/person.json", "\"text\": \"E1/T1.1\",\n      \"subject\"",
      "\"text\": \"E1/T1.9\",\n      \"subject\"", "states.csv, line 8: the texts that"
    ),
  ])
  func `is found altered although the digests were made anew`(
    file: String,
    old: String,
    new: String,
    fault: String
  ) throws {
    let folder = try proof("--recipient", "C-7", "--reason", "asked")
    let altered = try text("\(folder)/\(file)").replacing(old, with: new)
    try Data(altered.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
    let names = try text("\(folder)/SHA256SUMS").split(separator: "\n").map { $0.dropFirst(66) }
    let tool = URL(fileURLWithPath: "/usr/bin/sha256sum")
    try #require(FileManager.default.isExecutableFile(atPath: tool.path))
    let process = Process()
    (process.executableURL, process.arguments) = (tool, names.map(String.init))
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    try pipe.fileHandleForReading.readDataToEndOfFile()
      .write(to: URL(fileURLWithPath: "\(folder)/SHA256SUMS"))
    process.waitUntilExit()
    let checked = try tocsin("verify", "--bundle", folder)
    #expect(checked.status == 2)
    #expect(checked.output.contains("altered: \(fault)"), "\(checked.output)")
    #expect(!checked.output.contains("its SHA-256 is another one"))
  }

  @Test func `does not verify where what it names a person with is gone`() throws {
    let folder = try proof("--recipient", "C-7", "--reason", "asked")
    try FileManager.default.removeItem(atPath: "\(folder)/recipient/person.json")
    let checked = try tocsin("verify", "--bundle", folder)
    #expect(checked.status == 2)
    #expect(checked.output.hasPrefix("altered: recipient/person.json: it cannot be read"))
  }

  /// The program with which somebody alters a store behind its back.
  private static let sqlite = "/usr/bin/sqlite3"

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: Self.sqlite)),
    arguments: [
      ("UPDATE noticeEdition SET approvals = '[]'", "E1 was approved by others"),
      ("UPDATE ledgerStep SET at = at + 1", "was taken at another time"),
      ("UPDATE noticeVersion SET writtenBy = 'other'", "T1.1 was written by somebody else"),
      ("UPDATE mailing SET name = 'Some customers'", "its name is not what the journal says"),
    ]
  )
  func `is of a store in which verify names what sqlite3 has altered`(sql: String, problem: String)
    throws
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.sqlite)
    process.arguments = [tocsin.store, sql]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let found = try tocsin("verify")
    #expect(found.status == 2)
    #expect(found.output.contains("altered: mailing MLG-2026-0001: "), "\(found.output)")
    #expect(found.output.contains(problem), "\(found.output)")
  }

  @Test func `goes on with what comes back to a message, found by its id`() throws {
    let folder = try proof()
    let row = try #require(
      try text("\(folder)/messages.csv").components(separatedBy: "\r\n").dropFirst().first
    )
    let cells = row.components(separatedBy: ",")
    func mail(_ id: String) -> String {
      """
      Return-Path: <>
      From: MAILER-DAEMON@relay.example
      To: bounces@example.org
      Subject: Undelivered Mail Returned to Sender
      Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"

      --b/1
      Content-Type: message/delivery-status

      Reporting-MTA: dns; relay.example

      Final-Recipient: rfc822; another@example.net
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 User unknown

      --b/1
      Content-Type: message/rfc822

      From: notices@example.org
      Message-ID: <\(id)>

      Dear customer
      --b/1--

      """
    }
    let forged = try tocsin("import", "bounces", "-", input: mail("m1.r1.s9.aaaaaaaa@example.org"))
    #expect(forged.status == 1)
    #expect(
      forged.errors
        == "refused: -: the check of its Message-ID is wrong: nobody here has written it\n"
    )
    let taken = try tocsin("import", "bounces", "-", "--json", input: mail(cells[2]))
    #expect(taken.output.contains("\"messageID\": 1"), "\(taken.output)")
    #expect(taken.output.contains("\"bounced-hard\": 1"))
    #expect(try tocsin("verify").status == 0)
  }
}
