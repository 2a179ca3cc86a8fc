internal import GRDB
internal import Model

extension AddLink: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard link.from != link.to else {
      throw StoreError.refused("a record cannot be linked to itself")
    }
    let from = try LinkRecord.end(link.from, in: db)
    let to = try LinkRecord.end(link.to, in: db)
    guard try !LinkRecord.exists(link, in: db) else {
      throw StoreError.refused("the two are linked so already")
    }
    try LinkRecord.insert(
      link,
      fromIncident: from.incident,
      toIncident: to.incident,
      in: db
    )
    return try LinkRecord.performed(link, from, context, in: db, inverse: RemoveLink(link))
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try !LinkRecord.exists(link, in: db), wanted: false)
  }

  var lines: [String] { LinkRecord.lines(link) }
}

extension RemoveLink: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard try LinkRecord.exists(link, in: db) else {
      throw StoreError.refused("there is no such link (any more)")
    }
    try db.run(
      """
      DELETE FROM link WHERE fromKind = ? AND fromRecord = ? AND toKind = ? AND toRecord = ?
        AND relation = ?
      """,
      LinkRecord.key(link)
    )
    return try LinkRecord.performed(
      link,
      try LinkRecord.end(link.from, in: db),
      context,
      in: db,
      inverse: AddLink(link)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try !LinkRecord.exists(link, in: db), wanted: true)
  }

  var lines: [String] { LinkRecord.lines(link) }
}
