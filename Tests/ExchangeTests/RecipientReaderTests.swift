import Foundation
import Model
import TestSupport
import Testing

@testable import Exchange

struct `A file of recipients` {
  fileprivate let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  fileprivate func reader(
    _ text: String,
    _ columns: RecipientColumns = RecipientColumns()
  ) throws -> RecipientReader {
    let path = directory.file("people.csv")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try RecipientReader(InputFile(path), columns: columns, spool: directory.path)
  }

  /// The rows that were read: fields, jurisdiction, language, protection, line.
  fileprivate func rows(_ reader: RecipientReader) throws -> [String] {
    let rows = RecipientRows(capacity: 2)
    var found: [String] = []
    while true {
      try reader.fill(rows)
      guard rows.count > 0 else { return found }
      for index in 0..<rows.count {
        let facts = rows.facts[index]
        let fields = rows.withContact(index) { contact in
          RecipientField.allCases.map {
            String(decoding: RecipientRows.field($0, of: contact), as: UTF8.self)
          }
        }
        let words = [reader.words[Int(facts.jurisdiction)], reader.words[Int(facts.language)]]
        found.append(
          (fields + words + ["\(facts.protection)", "\(facts.line)"]).joined(separator: "|")
        )
      }
    }
  }

  @Test(arguments: ["\n", "\r\n"])
  func `is read in any order of columns, with or without a mark, cells over several lines`(
    end: String
  ) throws {
    let text = [
      "\u{FEFF}E-Mail,Customer Number,address,country,Lang,protected,note",
      "ada@example.org,C-1,\"Street 1\n\"\"Court\"\", Berlin\",DE,de,child,x",
      "", "bob@example.org,C-2,,uk,EN,,\"\"",
      "zoë@example.org,C-3,,US-CA,pt_BR,Legal Representative,",
    ].joined(separator: end)
    let reader = try reader(text)
    #expect(
      try rows(reader) == [
        "C-1||ada@example.org||Street 1\n\"Court\", Berlin|||EU-DE|de|1|2",
        "C-2||bob@example.org|||||GB|en|0|5", "C-3||zoë@example.org|||||US-CA|pt-br|3|6",
      ]
    )
    #expect(reader.refused == [])
    let digest = reader.digest
    try reader.rewind()
    #expect(try rows(reader).count == 3)
    #expect(reader.digest == digest)
  }

  @Test(arguments: [
    "\u{FEFF}id,name\n1,Ada\n".data(using: .utf16LittleEndian),
    "\u{FEFF}id,name\n1,Ada\n".data(using: .utf16BigEndian),
    "id,name\n1,Ada\n".data(using: .utf16LittleEndian),
  ])
  func `is told to be UTF-16 where it is`(data: Data?) throws {
    let path = directory.file("people.csv")
    try #require(data).write(to: URL(fileURLWithPath: path))
    let reader = try RecipientReader(
      InputFile(path),
      columns: RecipientColumns(),
      spool: directory.path
    )
    #expect(throws: UnreadableInput.damaged("this is UTF-16; save it as UTF-8")) {
      try rows(reader)
    }
    #expect(throws: UnreadableInput.damaged("this is UTF-16; save it as UTF-8")) {
      var reader = CSVReader(try InputFile(path).open(maximumBytes: 1000))
      _ = try reader.next()
    }
  }

  @Test func `has no names and references of signs that nobody sees`() throws {
    let reader = try reader("id,name\n1,\u{200B}\u{2060}\n2,\u{200F}Ada\n\u{FEFF}\u{200B},Bo\n")
    #expect(try rows(reader) == ["2|\u{200F}Ada||||||unknown||0|3"])
    #expect(
      reader.refused.map { "\($0.at): \($0.reason)" } == [
        "line 2, column 2: a name of signs that nobody sees",
        "line 4, column 1: a reference of signs that nobody sees",
      ]
    )
  }

  @Test func `may have its columns named, and defaults for what it does not say`() throws {
    let columns = RecipientColumns(
      named: [.reference: "mail", .email: "mail", .name: "Who"],
      jurisdiction: "fr",
      language: "fr"
    )
    #expect(
      try rows(try reader("Who,mail,id\nAda,a@b.c,9\n", columns))
        == ["a@b.c|Ada|a@b.c|||||EU-FR|fr|0|2"]
    )
    #expect(try rows(try reader("id\n7\n")) == ["7|||||||unknown||0|2"])
  }

  @Test(arguments: [
    ("name\nAda\n", "line 1: no column is called reference or id"),
    ("id,email,e-mail\n", "line 1: columns 2 and 3 can both mean email"),
    ("\"id\n", "line 1, column 1: this quote has no end"),
  ])
  func `is refused whole where its columns say nothing`(text: String, reason: String) throws {
    let reader = try reader(text)
    let error = #expect(throws: UnreadableInput.self) { try rows(reader) }
    #expect(error?.description.hasPrefix(reason) == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("C-1,a b@c.d,,DE", "line 2, column 2", "it holds a space"),
    ("C-1,a@b@c,,DE", "line 2, column 2", "one @ with something"),
    ("C-1,@b.c,,DE", "line 2, column 2", "one @ with something"),
    ("C-1,,12,DE", "line 2, column 3", "4 to 20 digits"),
    ("C-1,,call me,DE", "line 2, column 3", "digits, spaces"),
    (",a@b.c,,DE", "line 2, column 1", "a person needs a reference"),
    ("C-1,,,XX", "line 2, column 4", "no such country"),
    ("C-1,,,US-ZZ", "line 2, column 4", "no state of the US"),
    ("C-1,,DE", "line 2", "3 cells under 4 columns"),
    ("C-1,\"a\"x,,DE", "line 2, column 2", "something follows the closing quote"),
    ("C-1,a\"b@c,,DE", "line 2, column 2", "a quote inside a cell"),
    ("C-1\0,,,DE", "line 2, column 1", "a NUL character"),
    ("C-1,,,DE\rC", "line 2, column 4", "a carriage return outside quotes"),
  ])
  func `names the line of a bad row and why, and quotes nobody`(
    row: String,
    at: String,
    reason: String
  ) throws {
    let reader = try reader("id,email,phone,country\n\(row)\nC-2,,,DE\n")
    #expect(try rows(reader).map { $0.prefix(3) } == ["C-2"])
    #expect(reader.refusedCount == 1)
    #expect(reader.refused.first?.at == at)
    #expect(reader.refused.first?.reason.contains(reason) == true, "\(reader.refused)")
  }

  @Test func `refuses bytes that are not UTF-8, and a quote without an end`() throws {
    let path = directory.file("bad.csv")
    var bytes = Data("id,name\nC-1,".utf8) + Data([0xFF, 10]) + Data("C-2,x\nC-3,\"open".utf8)
    bytes += Data(repeating: 65, count: 600_000)
    try bytes.write(to: URL(fileURLWithPath: path))
    let reader = try RecipientReader(
      InputFile(path),
      columns: RecipientColumns(),
      spool: directory.path
    )
    #expect(try rows(reader) == ["C-2|x||||||unknown||0|3"])
    #expect(reader.refused.map(\.at) == ["line 2, column 2", "line 4, column 2"])
    #expect(
      reader.refused.map(\.reason) == ["bytes that are not UTF-8", "this quote has no end"]
    )
  }

  @Test func `reads the same whatever the pieces in which it comes`() throws {
    let text = "id,name\r\n\"1\",\"a \"\"b\"\"\r\nc\"\r\n\r\n2,d\r\n3,\"\"\"\"\n"
    for piece in 1...text.utf8.count {
      let scanner = CSVScanner(MemorySource(Array(text.utf8), pieceSize: piece))
      var rows: [[String]] = []
      var lines: [Int] = []
      while try scanner.next() {
        #expect(scanner.problem == nil)
        rows.append(scanner.cells.map { String(decoding: scanner.bytes(of: $0), as: UTF8.self) })
        lines.append(scanner.line)
      }
      #expect(rows == [["id", "name"], ["1", "a \"b\"\r\nc"], ["2", "d"], ["3", "\""]])
      #expect(lines == [1, 2, 5, 6])
    }
  }

  @Test func `is read like CSVReader reads it, whatever stands in it`() throws {
    var random = SystemRandomNumberGenerator()
    let letters = Array("a,\"\n\r\0é".utf8)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0..<14, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      // What looks like UTF-16 is refused before anything of it is read.
      guard (try? UnreadableInput.refuseUTF16(text)) != nil else { continue }
      let scanner = CSVScanner(MemorySource(text, pieceSize: 3))
      var reader = CSVReader(MemorySource(text))
      while try scanner.next() {
        let other = try #require(try reader.next(), "\(text)")
        #expect(scanner.line == other.line, "\(text)")
        let cells = scanner.cells.map { Array(scanner.bytes(of: $0)) }
        switch other.cells {
        case .success(let found):
          #expect(scanner.problem == nil, "\(text)")
          #expect(cells == found.map { Array($0.utf8) }, "\(text)")
        case .failure(let error):
          // Text is looked at by the reader of recipients.
          let isText = error.reason.contains("NUL") || error.reason.contains("UTF-8")
          #expect(isText || scanner.problem != nil, "\(text) \(error)")
        }
      }
      #expect(try reader.next() == nil, "\(text)")
    }
  }
}

extension `A file of recipients` {
  @Test func `has another digest when one byte or the meaning of a column differs`() throws {
    let text = "id,name,other\n1,a,b\n"
    let digests = try [
      (text, RecipientColumns()), ("id,name,other\n1,a,c\n", RecipientColumns()),
      (text, RecipientColumns(named: [.name: "other"])),
      (text, RecipientColumns(language: "de")),
    ].map { text, columns in
      let reader = try reader(text, columns)
      _ = try rows(reader)
      return reader.digest
    }
    #expect(Set(digests).count == 4)
  }
}
