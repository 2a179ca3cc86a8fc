internal import GRDB
internal import Model

extension AddMapping: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard !mapping.identifier.isEmpty, !mapping.version.isEmpty else {
      throw StoreError.refused("a mapping needs an identifier and a version")
    }
    guard digest == mapping.digest else {
      throw StoreError.refused("the mapping \(mapping.identifier) is not whole")
    }
    try MappingRecord.checkIsNew(mapping.identifier, mapping.version, in: db)
    let id = try MappingRecord.insert(self, in: db)
    return Performed(
      subject: Subject(.mapping, id),
      version: 1,
      reference: mapping.identifier,
      incident: nil,
      inverse: RemoveMapping(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try MappingRecord.head(subject.id, in: db).isRemoved,
      wanted: false
    )
  }

  var journalled: AddMapping {
    var change = self
    change.mapping.links = []
    return change
  }

  var lines: [String] {
    [
      "mapping: \(mapping.identifier)", "version: \(mapping.version)",
      "from: \(mapping.sourceFramework)", "to: \(mapping.targetFramework)", "content: \(digest)",
    ]
  }
}

extension RemoveMapping: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try MappingRecord.head(id, in: db)
    try checkVersion(head.version, of: subject, context, in: db) { [] }
    guard !head.isRemoved else {
      throw StoreError.refused("the mapping \(head.identifier) is removed already")
    }
    try MappingRecord.setRemoved(true, id, in: db)
    return Performed(
      subject: subject,
      version: head.version + 1,
      reference: head.identifier,
      incident: nil,
      inverse: RestoreMapping(id: id, basedOn: head.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try MappingRecord.head(id, in: db).isRemoved, wanted: true)
  }
}

extension RestoreMapping: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try MappingRecord.head(id, in: db)
    try checkVersion(head.version, of: subject, context, in: db) { [] }
    guard head.isRemoved else {
      throw StoreError.refused("the mapping \(head.identifier) is not removed")
    }
    try MappingRecord.checkIsNew(head.identifier, head.edition, in: db)
    try MappingRecord.setRemoved(false, id, in: db)
    return Performed(
      subject: subject,
      version: head.version + 1,
      reference: head.identifier,
      incident: nil,
      inverse: RemoveMapping(id: id, basedOn: head.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try MappingRecord.head(id, in: db).isRemoved, wanted: false)
  }
}
