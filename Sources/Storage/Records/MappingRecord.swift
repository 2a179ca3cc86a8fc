internal import GRDB
internal import Model

/// Reads and writes mappings between frameworks.
enum MappingRecord {
  static let columns = """
    id, version, identifier, edition, name, sourceFramework, targetFramework, links, digest
    """

  static func read(_ row: Row) throws -> MappingRow {
    MappingRow(
      id: try row.number(0),
      version: try row.number(1),
      identifier: try row.text(2),
      edition: try row.text(3),
      name: try row.text(4),
      sourceFramework: try row.text(5),
      targetFramework: try row.text(6),
      links: Int(try row.number(7)),
      digest: try row.text(8)
    )
  }

  static func rows(where condition: String, _ names: [String], in db: Database) throws
    -> [MappingRow]
  {
    var rows: [MappingRow] = []
    try db.rows(
      "SELECT \(columns) FROM mapping WHERE isRemoved = 0\(condition) ORDER BY name, edition, id",
      StatementArguments(names)
    ) { rows.append(try read($0)) }
    return rows
  }

  /// Version of the record, whether it was removed, identifier, edition, title.
  static func head(_ id: RecordID, in db: Database) throws -> FrameworkRecord.Head {
    guard
      let row = try db.row(
        "SELECT version, isRemoved, identifier, edition, name FROM mapping WHERE id = ?",
        [id]
      )
    else { throw StoreError.notFound(Subject(.mapping, id)) }
    return FrameworkRecord.Head(
      version: try row.number(0),
      isRemoved: try row.flag(1),
      identifier: try row.text(2),
      edition: try row.text(3),
      name: try row.text(4)
    )
  }

  /// Refuses an edition that stands in the lists already.
  static func checkIsNew(_ identifier: String, _ edition: String, in db: Database) throws {
    let row = try db.row(
      "SELECT id FROM mapping WHERE identifier = ? AND edition = ? AND isRemoved = 0",
      [identifier, edition]
    )
    guard row == nil else {
      throw StoreError.refused(
        "the mapping \(identifier), version \(edition), is in the record already; remove it first"
      )
    }
  }

  static func insert(_ change: AddMapping, in db: Database) throws -> RecordID {
    let mapping = change.mapping
    let plain =
      [mapping.identifier, mapping.version, mapping.texts.name, mapping.texts.text]
      + mapping.links.flatMap { [$0.source, $0.target, $0.reason] }
    guard !plain.contains(where: { $0.utf8.contains(0) }) else { throw JSONBytes.refusal }
    try db.run(
      """
      INSERT INTO mapping (version, identifier, edition, name, text, sourceFramework,
        targetFramework, links, digest)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        mapping.identifier, mapping.version, mapping.texts.name, mapping.texts.text,
        mapping.sourceFramework, mapping.targetFramework, mapping.links.count, change.digest,
      ]
    )
    let id = db.lastInsertedRowID
    for link in mapping.links {
      try db.run(
        """
        INSERT INTO mappingLink (mapping, source, target, relationship, strength, reason)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [id, link.source, link.target, link.relationship.rawValue, link.strength, link.reason]
      )
    }
    return id
  }

  static let linkColumns = "source, target, relationship, strength, reason"

  static func link(_ row: Row) throws -> FrameworkMapping.Link {
    FrameworkMapping.Link(
      source: try row.text(0),
      target: try row.text(1),
      relationship: try row.word(2),
      strength: try row.optionalNumber(3).map { Int($0) },
      reason: try row.text(4)
    )
  }

  static func setRemoved(_ isRemoved: Bool, _ id: RecordID, in db: Database) throws {
    try db.run(
      "UPDATE mapping SET isRemoved = ?, version = version + 1 WHERE id = ?",
      [isRemoved, id]
    )
  }
}
