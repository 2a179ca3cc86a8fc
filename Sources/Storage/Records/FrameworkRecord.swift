internal import GRDB
internal import Model

/// Reads and writes frameworks without their requirements.
enum FrameworkRecord {
  /// What changes need to know of one.
  struct Head {
    var version: Version
    var isRemoved: Bool
    var identifier: String
    var edition: String
    var name: String
  }

  static let columns = """
    id, version, identifier, aliases, edition, name, language, provider, nodes, assessable, digest,
    format, addedAt
    """

  static func read(_ row: Row) throws -> FrameworkRow {
    FrameworkRow(
      id: try row.number(0),
      version: try row.number(1),
      identifier: try row.text(2),
      aliases: try JSON.words(try row.text(3)),
      edition: try row.text(4),
      name: try row.text(5),
      language: try row.text(6),
      provider: try row.text(7),
      nodes: Int(try row.number(8)),
      assessable: Int(try row.number(9)),
      digest: try row.text(10),
      format: try row.text(11),
      addedAt: try row.instant(12)
    )
  }

  static func head(_ id: RecordID, in db: Database) throws -> Head {
    guard
      let row = try db.row(
        "SELECT version, isRemoved, identifier, edition, name FROM framework WHERE id = ?",
        [id]
      )
    else { throw StoreError.notFound(Subject(.framework, id)) }
    return Head(
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
      "SELECT id FROM framework WHERE identifier = ? AND edition = ? AND isRemoved = 0",
      [identifier, edition]
    )
    guard row == nil else {
      throw StoreError.refused(
        "the framework \(identifier), version \(edition), is in the record already; remove it first"
      )
    }
  }

  /// Keeps a framework with all its requirements.
  static func insert(_ change: AddFramework, at now: Instant, in db: Database) throws -> RecordID {
    let framework = change.framework
    var document = framework
    document.requirements = []
    try db.run(
      """
      INSERT INTO framework (version, identifier, edition, name, language, provider, aliases, nodes,
        assessable, digest, format, addedAt, document)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        framework.identifier, framework.version, framework.texts.name, framework.language,
        framework.provider, try JSON.words(framework.aliases), framework.requirements.count,
        framework.assessable, change.digest, change.format, now.milliseconds,
        try JSONBytes.text(document),
      ]
    )
    let id = db.lastInsertedRowID
    try RequirementRecord.insert(framework.requirements, framework: id, in: db)
    return id
  }

  /// Everything but the requirements.
  static func document(_ id: RecordID, in db: Database) throws -> Framework? {
    try db.row("SELECT document FROM framework WHERE id = ?", [id]).map {
      try JSON.value(try $0.text(0))
    }
  }

  static func setRemoved(_ isRemoved: Bool, _ id: RecordID, in db: Database) throws {
    try db.run(
      "UPDATE framework SET isRemoved = ?, version = version + 1 WHERE id = ?",
      [isRemoved, id]
    )
  }
}
