internal import GRDB
internal import Model

extension FrameworkList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [FrameworkRow] {
    var rows: [FrameworkRow] = []
    try db.rows(
      """
      SELECT \(FrameworkRecord.columns) FROM framework WHERE isRemoved = 0
      ORDER BY name COLLATE NOCASE, edition, identifier, id
      """
    ) { rows.append(try FrameworkRecord.read($0)) }
    return rows
  }
}

extension FrameworkDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard
      let row = try db.row(
        "SELECT \(FrameworkRecord.columns) FROM framework WHERE id = ? AND isRemoved = 0",
        [id]
      ), let framework = try FrameworkRecord.document(id, in: db)
    else { return nil }
    let names = try JSON.text([framework.identifier] + framework.aliases)
    return Details(
      row: try FrameworkRecord.read(row),
      framework: framework,
      mappings: try MappingRecord.rows(
        where: """
           AND (sourceFramework IN (SELECT value FROM json_each(?))
          OR targetFramework IN (SELECT value FROM json_each(?)))
          """,
        [names, names],
        in: db
      )
    )
  }
}

extension WholeFramework: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Framework? {
    guard var framework = try FrameworkRecord.document(id, in: db) else { return nil }
    framework.requirements = try RequirementRecord.list(of: id, in: db)
    return framework
  }
}

extension MappingList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [MappingRow] {
    try MappingRecord.rows(where: "", [], in: db)
  }
}

extension WholeMapping: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> FrameworkMapping? {
    guard
      let row = try db.row(
        """
        SELECT identifier, edition, name, text, sourceFramework, targetFramework FROM mapping
        WHERE id = ? AND isRemoved = 0
        """,
        [id]
      )
    else { return nil }
    var links: [FrameworkMapping.Link] = []
    try db.rows(
      "SELECT \(MappingRecord.linkColumns) FROM mappingLink WHERE mapping = ? ORDER BY id",
      [id]
    ) { links.append(try MappingRecord.link($0)) }
    return FrameworkMapping(
      identifier: try row.text(0),
      version: try row.text(1),
      texts: FrameworkTexts(name: try row.text(2), text: try row.text(3)),
      sourceFramework: try row.text(4),
      targetFramework: try row.text(5),
      links: links
    )
  }
}
