internal import GRDB
internal import Model

extension AddFramework: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    do throws(UnusableFramework) {
      try framework.check()
    } catch {
      throw StoreError.refused("the framework \(framework.identifier): \(error)")
    }
    guard digest == framework.digest else {
      throw StoreError.refused("the framework \(framework.identifier) is not whole")
    }
    try FrameworkRecord.checkIsNew(framework.identifier, framework.version, in: db)
    let id = try FrameworkRecord.insert(self, at: context.now, in: db)
    return Performed(
      subject: Subject(.framework, id),
      version: 1,
      reference: framework.identifier,
      incident: nil,
      inverse: RemoveFramework(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let isRemoved = try FrameworkRecord.head(subject.id, in: db).isRemoved
    return Removal.overtaken(isRemoved: isRemoved, wanted: false)
  }

  var journalled: AddFramework {
    var change = self
    change.framework.requirements = []
    return change
  }

  var lines: [String] {
    [
      "framework: \(framework.identifier)", "version: \(framework.version)",
      "format: \(format)", "content: \(digest)",
    ]
  }
}

extension RemoveFramework: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try FrameworkRecord.head(id, in: db)
    try checkVersion(head.version, of: subject, context, in: db) { [] }
    guard !head.isRemoved else {
      throw StoreError.refused("the framework \(head.identifier) is removed already")
    }
    try FrameworkRecord.setRemoved(true, id, in: db)
    return Performed(
      subject: subject,
      version: head.version + 1,
      reference: head.identifier,
      incident: nil,
      inverse: RestoreFramework(id: id, basedOn: head.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try FrameworkRecord.head(id, in: db).isRemoved, wanted: true)
  }

  var lines: [String] { reason.isEmpty ? [] : ["reason: \(reason)"] }
}

extension RestoreFramework: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try FrameworkRecord.head(id, in: db)
    try checkVersion(head.version, of: subject, context, in: db) { [] }
    guard head.isRemoved else {
      throw StoreError.refused("the framework \(head.identifier) is not removed")
    }
    try FrameworkRecord.checkIsNew(head.identifier, head.edition, in: db)
    try FrameworkRecord.setRemoved(false, id, in: db)
    return Performed(
      subject: subject,
      version: head.version + 1,
      reference: head.identifier,
      incident: nil,
      inverse: RemoveFramework(id: id, basedOn: head.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try FrameworkRecord.head(id, in: db).isRemoved, wanted: false)
  }
}
