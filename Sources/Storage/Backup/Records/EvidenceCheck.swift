internal import GRDB
internal import Model

/// What is said of evidence beside its digest, size and place, and its chain of custody.
enum EvidenceCheck: FoldedCheck {
  /// A piece, and what happened to it.
  struct Facts {
    var facts: EvidenceFacts
    var custody: [CustodyEntry] = []
  }

  static let kind = Subject.Kind.evidence
  static let table = "evidence"
  static let tables = [
    CheckedTable(
      "evidence",
      .none,
      ["*"],
      free: ["isCopied": "compared as yes or no"]
    ),
    CheckedTable("custody", .none, ["*"], free: ["id": "only their order counts"]),
  ]
  static let actions = (
    adding: [AddEvidence.name],
    others: [
      EditEvidence.name, RemoveEvidence.name, RestoreEvidence.name, RecordCustody.name,
    ]
  )
  /// Those that nothing has added are named with their digests already.
  static let exempt = "1"

  static func fold(_ told: inout ToldRecord<Facts>, _ entry: KeptEntry) throws {
    switch entry.action {
    case AddEvidence.name:
      told.facts = Facts(facts: try entry.read(AddEvidence.self).facts)
    case EditEvidence.name:
      let change = try entry.read(EditEvidence.self)
      told.facts?.facts.title = change.title
      told.facts?.facts.note = change.note
      if let dates = change.dates {
        told.facts?.facts.dates = dates == EvidenceDates() ? nil : dates
      }
    case RecordCustody.name:
      let change = try entry.read(RecordCustody.self)
      told.facts?.custody.append(
        CustodyEntry(kind: change.kind, at: entry.at, by: entry.actor, note: change.note)
      )
    case RemoveEvidence.name: told.isRemoved = true
    default: told.isRemoved = false
    }
  }

  /// A piece as it stands.
  struct Stored {
    var evidence: Evidence
    var isRemoved: Bool
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Stored] {
    var found: [RecordID: Stored] = [:]
    try db.rows(
      """
      SELECT \(EvidenceRecord.columns) FROM evidence
      WHERE id IN (SELECT value FROM json_each(?))
      """,
      ["[\(ids.map(String.init).joined(separator: ","))]"]
    ) {
      found[try $0.number(0)] = Stored(
        evidence: try EvidenceRecord.read($0),
        isRemoved: try $0.flag(10)
      )
    }
    for id in ids { found[id]?.evidence.custody = try EvidenceRecord.custody(of: id, in: db) }
    return found
  }

  static func problem(
    _ told: ToldRecord<Facts>,
    _ stored: Stored,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    let found = stored.evidence
    var differences = Differences()
    differences.note(found.version == told.version, "version is")
    differences.note(stored.isRemoved == told.isRemoved, "place on the lists is")
    guard let facts = told.facts else { return differences.first }
    var wanted = facts.facts
    // Compared with their own words already.
    (wanted.sha256, wanted.size) = (found.facts.sha256, found.facts.size)
    wanted.path = found.facts.path
    differences.note(found.facts == wanted, "title, note, dates or command is")
    let expiry = try db.row("SELECT expiresAt FROM evidence WHERE id = ?", [id])?.optionalNumber(0)
    differences.note(expiry == found.facts.dates?.expires?.latest.milliseconds, "last day is")
    differences.note(found.recordedAt == told.first.at, "time of recording is")
    let opening = found.custody.prefix(max(0, found.custody.count - facts.custody.count))
    differences.note(
      Array(found.custody.dropFirst(opening.count)) == facts.custody
        && opening.allSatisfy { $0.at == told.first.at && $0.by == told.first.actor }
        && opening.count <= 1,
      "chain of custody is"
    )
    return differences.first
  }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    try folded(in: db, note)
    try db.rows(
      "SELECT DISTINCT evidence FROM custody WHERE evidence NOT IN (SELECT id FROM evidence)"
    ) {
      try note(
        Subject(.evidence, try $0.number(0)),
        "",
        "there is a chain of custody of it, but it never was"
      )
    }
  }
}
