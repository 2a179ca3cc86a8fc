import Foundation
import Model
import TestSupport
import Testing

@testable import Exchange

struct `A file of consents` {
  fileprivate let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let catalogue = ConsentCatalogue(purposes: [
    .init(id: 1, slug: "news", versions: ["2023-1": 4, "2024-1": 5]),
    .init(id: 2, slug: "sizing", versions: [:]),
  ])

  fileprivate func reader(
    _ text: String,
    _ columns: ConsentColumns = ConsentColumns(),
    zone: Zone = .named("Europe/Berlin")
  ) throws -> ConsentReader {
    let path = directory.file("consents.csv")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try ConsentReader(
      InputFile(path),
      columns: columns,
      catalogue: Self.catalogue,
      TimeReading(now: Instant(seconds: 1_779_108_000), zone: zone),
      spool: directory.path
    )
  }

  /// The rows that were read: purpose, state, instant, version, channel, sealed fields.
  fileprivate func rows(_ reader: ConsentReader) throws -> [String] {
    let rows = ConsentRows(capacity: 2)
    var found: [String] = []
    while true {
      try reader.fill(rows)
      guard rows.count > 0 else { return found }
      for index in 0..<rows.count {
        let facts = rows.facts[index]
        let fields = rows.withSubject(index) { PackedFields.texts(4, of: $0) }
        let words = [
          reader.catalogue.purposes[facts.purpose].slug, facts.state.rawValue,
          Instant(milliseconds: facts.at).description, "\(facts.version)",
          reader.words[facts.channel],
        ]
        found.append((words + fields).joined(separator: "|"))
      }
    }
  }

  @Test(arguments: ["\n", "\r\n"])
  func `is read in any order of columns, words in any case`(end: String) throws {
    let text = [
      "\u{FEFF}Status,E-Mail,Timestamp,Purpose,notice version,Channel,form",
      "Given,ada@example.org,2024-03-01T10:15:30+01:00,News,2024-1,Web,\"form \"\"A\"\"\"",
      "", "opt-out,bob@example.org,2024-07-01 09:00,news,,,",
      "expired,zoë@example.org,2024-01-01,SIZING,,Phone,",
    ].joined(separator: end)
    let reader = try reader(text)
    #expect(
      try rows(reader) == [
        "news|given|2024-03-01T09:15:30Z|5|web|ada@example.org|2024-03-01T10:15:30+01:00"
          + "|Europe/Berlin|form \"A\"",
        "news|withdrawn|2024-07-01T07:00:00Z|0||bob@example.org|2024-07-01 09:00|Europe/Berlin|",
        "sizing|expired|2023-12-31T23:00:00Z|0|phone|zoë@example.org|2024-01-01|Europe/Berlin|",
      ]
    )
    #expect(reader.refused == [])
    let digest = reader.digest
    try reader.rewind()
    #expect(try rows(reader).count == 3)
    #expect(reader.digest == digest)
  }

  @Test func `may lack columns that options stand for`() throws {
    let columns = ConsentColumns(
      named: [.reference: "who", .at: "unsubscribed"],
      purpose: "news",
      state: "withdrawn",
      channel: "Mail",
      version: "2023-1",
      source: "list of June"
    )
    #expect(
      try rows(reader("who,unsubscribed,zone\nC-1,2025-06-01 12:00,UTC\n", columns)) == [
        "news|withdrawn|2025-06-01T12:00:00Z|4|mail|C-1|2025-06-01 12:00|UTC|list of June"
      ]
    )
  }

  @Test(arguments: [
    (",news,given,2024-01-01,web,", "line 2, column 1: a record needs the reference of a person"),
    ("C,letters,given,2024-01-01,web,", "line 2, column 2: its purpose is not in the record"),
    ("C,news,maybe,2024-01-01,web,", "line 2, column 3: it does not say given"),
    ("C,news,given,01/02/2024,web,", "line 2, column 4: not a time"),
    ("C,news,given,2024-13-01,web,", "line 2, column 4: not a time"),
    ("C,news,given,2024-02-30,web,", "line 2, column 4: not a time"),
    ("C,news,given,2024-01-01 25:00,web,", "line 2, column 4: not a time"),
    ("C,news,given,2024-01-01x,web,", "line 2, column 4: not a time"),
    ("C,news,given,2031-01-01,web,", "line 2, column 4: a time that is yet to come"),
    ("C,news,given,2024-01-01,\"a,b\",", "line 2, column 5: a control character or a comma"),
    ("C,news,given,2024-01-01,jane@example.org,", "line 2, column 5: an @ inside a channel"),
    ("C,news,given,2024-01-01,web,1999", "line 2, column 6: its version is not one"),
    ("C,news,given", "line 2: 3 cells under 6 columns"),
    (String(repeating: "C", count: 300) + ",news,given,2024-01-01,,", "line 2, column 1: longer"),
  ])
  func `has bad rows named by line and reason, and no cell quoted`(line: String, reason: String)
    throws
  {
    let reader = try reader("reference,purpose,state,at,channel,version\n\(line)\n")
    #expect(try rows(reader) == [])
    #expect(reader.refusedCount == 1)
    let problem = reader.refused.first.map { "\($0.at): \($0.reason)" } ?? ""
    #expect(problem.hasPrefix(reason), "\(problem)")
    #expect(!problem.contains("letters") && !problem.contains("maybe"))
  }

  @Test(arguments: [
    ("purpose,state,at\n", "no column is called reference"),
    ("id,purpose,state\n", "no column is called at"),
    ("id,state,at\n", "or give --purpose"),
    ("id,purpose,at\n", "or give --state"),
    ("id,email,purpose,state,at\n", "can both mean reference"),
  ])
  func `whose columns are not known is refused as a whole`(header: String, words: String) throws {
    let reader = try reader(header + "a,b,c,d,e\n")
    let error = #expect(throws: UnreadableInput.self) { try rows(reader) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
  }

  @Test(arguments: [
    ("2024-03-31 02:30", "2024-03-31T01:00:00Z"), ("2024-10-27 02:30", "2024-10-27T00:30:00Z"),
    ("2024-06-01T08:00:00.1234Z", "2024-06-01T08:00:00Z"),
    ("2024-06-01T08:00-0330", "2024-06-01T11:30:00Z"),
    ("2024-06-01 08:00 UTC", "2024-06-01T08:00:00Z"),
    ("2024-06-01T08:00:60+02", "2024-06-01T06:00:59Z"),
  ])
  func `has times read as they are meant`(cell: String, instant: String) throws {
    let found = try rows(reader("id,purpose,state,at\nC,news,given,\(cell)\n"))
    #expect(found.first?.contains("|\(instant.dropLast())") == true, "\(found)")
  }
}
