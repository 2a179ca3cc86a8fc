internal import GRDB
internal import Model

extension SaveFilter: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard filterName.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a saved filter needs a name")
    }
    let old = try FilterRecord.fetch(filterName, in: db)
    try db.run(
      """
      INSERT INTO savedFilter (version, name, text) VALUES (1, ?, ?)
      ON CONFLICT (name) DO UPDATE SET version = version + 1, text = excluded.text, isRemoved = 0
      """,
      [filterName, text]
    )
    let inverse: any SQLChange =
      if let old, !old.isRemoved {
        SaveFilter(filterName: filterName, text: old.text)
      } else {
        RemoveFilter(filterName: filterName)
      }
    return try FilterRecord.performed(filterName, in: db, inverse: inverse)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try FilterRecord.fetch(filterName, in: db)
    return Removal.overtaken(isRemoved: now?.isRemoved ?? true, wanted: false)
      + Conflict.differences(theirs: [("text", now?.text ?? "")], ours: [("text", text)])
  }

  var lines: [String] { ["\(filterName): \(text)"] }
}

extension RemoveFilter: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard let old = try FilterRecord.fetch(filterName, in: db), !old.isRemoved else {
      throw StoreError.refused("there is no saved filter of that name")
    }
    try db.run(
      "UPDATE savedFilter SET isRemoved = 1, version = version + 1 WHERE name = ?",
      [filterName]
    )
    return try FilterRecord.performed(
      filterName,
      in: db,
      inverse: SaveFilter(filterName: filterName, text: old.text)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try FilterRecord.fetch(filterName, in: db)
    return Removal.overtaken(isRemoved: now?.isRemoved ?? true, wanted: true)
  }
}

/// Reads saved filters.
private enum FilterRecord {
  static func fetch(_ name: String, in db: Database) throws -> (
    id: RecordID, version: Version, text: String, isRemoved: Bool
  )? {
    guard
      let row = try db.row(
        "SELECT id, version, text, isRemoved FROM savedFilter WHERE name = ?",
        [name]
      )
    else { return nil }
    return (try row.number(0), try row.number(1), try row.text(2), try row.flag(3))
  }

  static func performed(
    _ name: String,
    in db: Database,
    inverse: any SQLChange
  ) throws -> Performed {
    guard let filter = try fetch(name, in: db) else {
      throw StoreError.refused("there is no saved filter of that name")
    }
    return Performed(
      subject: Subject(.filter, filter.id),
      version: filter.version,
      reference: "",
      incident: nil,
      inverse: inverse
    )
  }
}
