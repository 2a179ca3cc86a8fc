import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `What stands beside the journal` {
  private static let document = #"{"a":1}"#

  private static func filled() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    try await fixture.store.apply(
      [
        OpenIncident(
          facts: IncidentFacts(title: "imported"),
          source: ImportSource(
            format: "veris",
            externalID: "x",
            digest: Digest.sha256(Array(document.utf8)),
            document: document
          )
        ),
        AddEvidence(
          incident: 1,
          facts: EvidenceFacts(
            title: "e",
            path: "/e",
            sha256: String(repeating: "a", count: 64),
            size: 1,
            isCopied: false
          )
        ),
      ],
      origin: "test"
    )
    try fixture.store.close()
    return fixture
  }

  private static func tamper(_ path: String, _ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      for trigger in try String.fetchAll(
        db,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
      ) {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: sql)
    }
    try queue.close()
  }

  @Test func `is found to be as it was written`() async throws {
    let fixture = try await Self.filled()
    let report = try RecordVerifier.verify(path: fixture.path)
    #expect(report.bad.isEmpty)
    #expect((report.documents, report.evidence) == (1, 1))
  }

  @Test(arguments: [
    (
      "UPDATE importSource SET document = '[]', digest = '"
        + Digest.sha256(Array("[]".utf8)) + "'",
      Subject(.incident, 1), "the digest of its imported document is not the one in the journal"
    ),
    (
      "UPDATE evidence SET sha256 = replace(sha256, 'a', 'b')", Subject(.evidence, 1),
      "its SHA-256 is not the one in the journal"
    ),
    (
      "UPDATE evidence SET path = '/other'", Subject(.evidence, 1),
      "its size, path or incident is not the one in the journal"
    ),
    (
      "UPDATE evidence SET id = 7", Subject(.evidence, 7), "no entry of the journal has added it"
    ),
  ])
  func `is named where it was altered`(sql: String, subject: Subject, problem: String) async throws
  {
    let fixture = try await Self.filled()
    try Self.tamper(fixture.path, sql)
    // The journal itself was not touched.
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
    #expect(
      try RecordVerifier.verify(path: fixture.path).bad
        .contains(.init(subject: subject, reference: "INC-2026-0001", problem: problem))
    )
  }

  @Test func `follows a newer document of the source`() async throws {
    let fixture = try await Self.filled()
    let store = try fixture.another()
    try await store.apply(
      RenewSource(
        id: 1,
        basedOn: nil,
        source: ImportSource(
          format: "veris",
          externalID: "x",
          digest: Digest.sha256(Array("[]".utf8)),
          document: "[]"
        )
      ),
      origin: "test"
    )
    try store.close()
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
  }
}
