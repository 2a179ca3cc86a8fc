import Foundation
import Glibc
import Model
import TestSupport
import Testing

@testable import Exchange

struct `The folder of a batch` {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func batch(
    _ channel: MailingChannel = .post,
    count: Int = 2,
    hasTexts: Bool = true
  ) -> MailingBatch {
    MailingBatch(
      mailing: 1,
      mailingReference: "MLG-2026-0001",
      number: 7,
      channel: channel,
      state: .fixed,
      columns: channel.columns(merging: [.offer]),
      hasTexts: hasTexts,
      reason: "r",
      count: count,
      handedOver: 0,
      openedAt: Instant(seconds: 1_780_000_000),
      openedBy: "meyer",
      fixedAt: Instant(seconds: 1_780_000_000),
      closedAt: nil,
      files: []
    )
  }

  private func row(_ line: Int64, _ fields: [String], _ text: String = "E1/T1.2") -> BatchRow {
    BatchRow(
      line: line,
      recipient: Recipient(
        mailing: 1,
        number: line + 10,
        state: .uncertain,
        jurisdiction: "EU-DE",
        language: "de",
        protection: line == 2 ? .child : .none,
        changedAt: Instant(seconds: 0),
        contact: RecipientContact(fields),
        isRevealed: true
      ),
      text: text
    )
  }

  private let people = [
    ["C-1", "Ada \"Q\" Canary", "ada@example.org", "+49 30-555", "Lane 5\n10115 Berlin", "", "K1"],
    ["C-2", "=HYPERLINK(1)", "", "030 555", "+Lane", "", "-2+3"],
  ]

  private func write(_ batch: MailingBatch, _ path: String) throws -> [BatchFile] {
    let folder = BatchFolder(path) { "text \($0)\n" }
    try folder.begin(batch)
    try folder.write([row(1, people[0])])
    try folder.write([row(2, people[1], "E1/T2.1")])
    return try folder.finish()
  }

  private func content(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  @Test func `has the file for the printer, a manifest and the texts, for its owner alone`()
    throws
  {
    let path = directory.file("out")
    let files = try write(batch(), path)
    #expect(
      files.map(\.name) == [
        "MLG-2026-0001-B0007-post.csv", "MLG-2026-0001-B0007-post-E1-T1.2.txt",
        "MLG-2026-0001-B0007-post-E1-T2.1.txt", "MLG-2026-0001-B0007-post.manifest.json",
      ]
    )
    #expect(
      try content("\(path)/\(files[0].name)") == """
        batch,line,number,name,address,offer,text\r
        7,1,11,"Ada ""Q"" Canary","Lane 5
        10115 Berlin",K1,E1/T1.2\r
        7,2,12,"'=HYPERLINK(1)","'+Lane","'-2+3",E1/T2.1\r

        """
    )
    for file in files {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file.name)"))
      #expect(file.sha256 == Digest.sha256([UInt8](bytes)))
      #expect(file.bytes == bytes.count)
      var facts = stat()
      #expect(lstat("\(path)/\(file.name)", &facts) == 0 && facts.st_mode & 0o7777 == 0o600)
    }
    let manifest = try content("\(path)/\(files[3].name)")
    #expect(manifest.contains(files[0].sha256) && manifest.contains("\"count\": 2"))
    #expect(manifest.contains("E1/T2.1"))
    for canary in ["Canary", "C-1", "555", "Lane", "K1", "ada"] {
      #expect(!manifest.contains(canary))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
  }

  @Test func `is written again only as it is`() throws {
    let path = directory.file("out")
    let files = try write(batch(), path)
    #expect(try write(batch(), path) == files)
    try Data("other".utf8).write(to: URL(fileURLWithPath: "\(path)/\(files[0].name)"))
    let error = #expect(throws: UnwritableOutput.self) { try write(batch(), path) }
    #expect(error?.description.contains("is not the one of this batch") == true)
    #expect(try content("\(path)/\(files[0].name)") == "other")
  }

  @Test func `follows no link and takes no other's file`() throws {
    let path = directory.file("out")
    mkdir(path, 0o700)
    let target = directory.file("target")
    try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
    symlink(target, "\(path)/MLG-2026-0001-B0007-post.csv")
    symlink(target, "\(path)/.MLG-2026-0001-B0007-post.csv.part")
    #expect(throws: UnwritableOutput.self) { try write(batch(), path) }
    #expect(try content(target) == "precious")
  }

  @Test func `is one export's at a time`() throws {
    let path = directory.file("out")
    let first = BatchFolder(path) { _ in nil }
    try first.begin(batch())
    let error = #expect(throws: UnwritableOutput.self) { try write(batch(), path) }
    #expect(error?.description.contains("another export is writing") == true)
    // One that was given up leaves nothing.
    try first.begin(batch(.sms))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
  }

  @Test func `has no batch whose text is not known any more`() throws {
    let folder = BatchFolder(directory.file("out")) { _ in nil }
    try folder.begin(batch())
    try folder.write([row(1, people[0])])
    #expect(throws: UnwritableOutput.self) { try folder.finish() }
  }

  @Test(arguments: [
    ("+49 30-555 01", "+493055501"), ("0049 (30) 55501", "+493055501"), ("+1+2-3", "+123"),
    ("030 555-01", "030 555-01"), ("(030) 55501", "(030) 55501"), ("(+49) 30", "+4930"), ("", ""),
  ])
  func `has telephone numbers that can be dialled and are no formula`(
    phone: String,
    written: String
  ) {
    let cell = BatchCell.dialled(phone)
    #expect(cell == written)
    #expect(CSVCell.neutralised(cell) == cell)
  }
}

struct `A file of returns` {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func reader(_ text: String, _ columns: ReturnColumns = .init()) throws -> ReturnReader {
    let path = directory.file("returns.csv")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let reader = try ReturnReader(InputFile(path), columns: columns, spool: directory.path)
    try reader.rewind()
    return reader
  }

  @Test func `is a batch's own file with an outcome, whose old address is not a new one`() throws {
    let reader = try reader(
      """
      batch,line,number,name,address,outcome,New address,date
      7,1,11,"'=Ada",Old Lane 1,Delivered,,2026-05-14
      7,2,12,Bob,Old Lane 2,moved,"'+New Lane
      Berlin",

      """
    )
    let rows = try reader.next(10)
    #expect(
      rows == [
        ReturnRow(
          line: 2,
          batch: 7,
          place: 1,
          number: 11,
          outcome: .delivered,
          day: "2026-05-14"
        ),
        ReturnRow(
          line: 3,
          batch: 7,
          place: 2,
          number: 12,
          outcome: .moved,
          edit: ContactEdit(address: "+New Lane\nBerlin")
        ),
      ]
    )
    #expect(try reader.next(10).isEmpty)
    #expect(reader.refusedCount == 0)
  }

  @Test func `is read by columns and words that are named`() throws {
    let reader = try reader(
      "Kunde,Code\nC-1,Z1\nC-2,zug.\n",
      ReturnColumns(
        named: [.reference: "Kunde", .outcome: "Code"],
        words: ["Z1": .returned, "Zug.": .delivered]
      )
    )
    let rows = try reader.next(10)
    #expect(rows.map(\.reference) == ["C-1", "C-2"])
    #expect(rows.map(\.outcome) == [.returned, .delivered])
  }

  @Test func `tells bad rows by line and column without quoting them`() throws {
    let reader = try reader(
      """
      number,outcome,new email,date
      1,canary,,
      x,spoke,,
      2,spoke,canary,
      3,spoke,,yesterday
      4,spoke
      5,,,
      6,spoke,,

      """
    )
    #expect(try reader.next(10).map(\.number) == [6])
    #expect(reader.refusedCount == 6)
    #expect(
      reader.refused.map(\.at) == [
        "line 2, column 2", "line 3, column 1", "line 4, column 3", "line 5, column 4", "line 6",
        "line 7, column 2",
      ]
    )
    #expect(reader.refused.allSatisfy { !$0.reason.contains("canary") })
  }

  @Test(arguments: [
    ("", "the file is empty"), ("a,b\n1,2\n", "no column says what became"),
    ("outcome\nspoke\n", "no column says whom"),
    ("number,outcome,result\n1,spoke,x\n", "columns 2 and 3 can both mean outcome"),
  ])
  func `is refused as a whole where its columns say too little`(text: String, problem: String)
    throws
  {
    let reader = try reader(text)
    let error = #expect(throws: UnreadableInput.self) { try reader.next(10) }
    #expect(error?.description.contains(problem) == true)
  }
}

struct `A file of codes` {
  private func read(_ text: String) throws -> (codes: [String], refused: [String]) {
    let directory = try TemporaryDirectory()
    let path = directory.file("codes")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let reader = try OfferReader(InputFile(path), spool: directory.path)
    try reader.rewind()
    let codes = try reader.next(100).map(\.code)
    return (codes, reader.refused.map(\.at))
  }

  @Test(arguments: [
    ("A-1\nA-2\r\n\n A-3 \n", ["A-1", "A-2", "A-3"], []),
    ("id,Code,x\n1,A-1,\n2,A-2,\n", ["A-1", "A-2"], []),
    ("code\nA-1\n", ["A-1"], []),
    ("A-1\nA,2\nA-3\n", ["A-1", "A-3"], ["line 2"]),
    ("id,code\n1,\n2,A-1\n3\n", ["A-1"], ["line 2", "line 4"]),
    ("A\u{7}1\n" + String(repeating: "c", count: 201) + "\n", [], ["line 1", "line 2"]),
  ])
  func `is one on each line, or a column`(text: String, codes: [String], refused: [String]) throws {
    let found = try read(text)
    #expect(found.codes == codes)
    #expect(found.refused == refused)
  }
}

struct `Lines that correct a contact` {
  @Test func `name fields, and go on behind a space`() throws {
    let edit = try ContactSheet.read(
      "email: ada@example.org\n\nAddress: New Lane 5\n  10115 Berlin\nphone:\n"
    )
    #expect(
      edit
        == ContactEdit(email: "ada@example.org", phone: "", address: "New Lane 5\n10115 Berlin")
    )
  }

  @Test(arguments: [
    ("canary", 1), ("email: a@b.c\nemail: b@c.d", 2), (" more", 1), ("name: x\nemail: canary", 2),
    ("phone: canary", 1), ("reference: C-1", 1),
  ])
  func `are refused by line, without quoting them`(text: String, line: Int) {
    let error = #expect(throws: ContactSheet.Unreadable.self) { try ContactSheet.read(text) }
    #expect(error?.line == line)
    #expect(error?.description.contains("canary") == false)
  }
}
