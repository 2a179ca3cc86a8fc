internal import GRDB
internal import Model

extension StatementFacts: RegisterTable {
  static let table = "statement"
  static let columns = ["title"]

  var values: [DatabaseValue] { [title.databaseValue] }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    RegisterCheck.reference("STM", id)
  }

  func check(_ context: ChangeContext, in db: Database) throws {
    try RegisterCheck.words(title, "a statement needs a title")
    guard StatementFacts.languages.contains(language) else {
      throw StoreError.refused(
        "derived parts are written in \(StatementFacts.languages.joined(separator: ", ")) only, "
          + "so a statement cannot be in \(firstLine(language)) yet"
      )
    }
    guard body.utf8.count <= StatementFacts.longestBody else {
      throw StoreError.refused(
        "the text of a statement has at most \(StatementFacts.longestBody >> 10) KiB"
      )
    }
    try RegisterCheck.size(self)
  }
}

extension StatementEditionFacts: RegisterTable {
  static let table = "statementEdition"
  static let columns = ["statement", "number", "state", "digest"]

  var values: [DatabaseValue] {
    [
      statement.databaseValue, Int64(number).databaseValue, state.rawValue.databaseValue,
      digest.databaseValue,
    ]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    RegisterCheck.reference("STE", id)
  }

  func check(_ context: ChangeContext, in db: Database) throws {
    guard content.digest == digest else {
      throw StoreError.refused(
        "\(title) was altered in the file: it is not what was put up for approval"
      )
    }
    guard try JSON.text(self).utf8.count <= 4 << 20 else {
      throw StoreError.refused("a statement has at most 4 MiB with all that is derived")
    }
  }
}

extension DisclosureFacts: RegisterTable {
  static let table = "disclosure"
  static let columns = ["incident"]

  var values: [DatabaseValue] { [incident.databaseValue] }
  var incidentOfEntry: RecordID? { incident }

  func refuseTwin(in db: Database) throws {
    let twin = try db.row(
      "SELECT 1 FROM disclosure WHERE incident = ? AND isRemoved = 0",
      [incident]
    )
    if twin != nil { throw StoreError.refused("\(reference) is public already; edit what is told") }
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    RegisterCheck.reference("PUB", id)
  }

  func check(_ context: ChangeContext, in db: Database) throws {
    try RegisterCheck.words(title, "say what the incident is called in public")
    try RegisterCheck.words(reason, "say why the incident is made public")
    try RegisterCheck.size(self)
    guard let found = try IncidentRecord.fetch(incident, in: db), !found.isRemoved else {
      throw StoreError.notFound(Subject(.incident, incident))
    }
    guard found.exercise == nil else {
      throw StoreError.refused("\(found.reference) is an exercise; nothing of it is public")
    }
    guard found.reference == reference else {
      throw StoreError.refused("\(reference) is not the incident that is meant")
    }
  }
}
