internal import Foundation
internal import GRDB
internal import Model

extension RequestFacts: KeptFacts {
  static let table = "request"
  static let columns = ["wanted", "state", "due", "endedAt", "matter"]

  var values: [DatabaseValue] {
    [
      wanted.rawValue.databaseValue, state.rawValue.databaseValue,
      clock?.due.milliseconds.databaseValue ?? .null,
      end?.at.latest.milliseconds.databaseValue ?? .null, matter.databaseValue,
    ]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    try Reference.next("REQ", counter: "requestCounter", at: openedAt, in: db).text
  }

  func check(
    _ id: RecordID,
    replacing old: RequestFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !context.isUndo else { return }
    if let problem = Jurisdiction.problem(with: jurisdiction) {
      throw StoreError.refused("\(jurisdiction): \(problem)")
    }
    try refuseSize()
    guard receivedAt.precision >= .day else {
      throw StoreError.refused("\(receivedAt.text) names no day; say on which day it came in")
    }
    try context.refuseFuture(receivedAt, of: "received")
    try context.refuseFuture(acknowledged, of: "acknowledged")
    try context.refuseFuture(delay?.told, of: "told")
    try context.refuseFuture(end?.at, of: "answered")
    if let end, end.at.latest < receivedAt.earliest {
      throw StoreError.refused("it ended before it came in")
    }
    for reference in activities {
      _ = try KeptTable<ActivityFacts>.present(reference, in: db)
    }
    try refuseUnknown(evidence: end?.evidence ?? [], in: db)
  }
}

/// Reads and writes what is sealed of requests.
enum RequestVault {
  /// The key of a request; nil where it was destroyed.
  static func key(_ id: RecordID, _ keys: KeyFolder, in db: Database) throws -> RequestKey? {
    guard let row = try db.row("SELECT wrappedKey, wrappedBy FROM request WHERE id = ?", [id])
    else { throw StoreError.notFound(Subject(.request, id)) }
    guard let wrapped: Data = row[0] else { return nil }
    let data = try keys.key().unwrap([UInt8](wrapped), forRequest: id, wrappedBy: try row.text(1))
    return RequestKey(data: data, request: id)
  }

  /// What is sealed of a request: the person, and the answer where one is kept.
  static func sealed(_ id: RecordID, in db: Database) throws -> (person: Data, answer: Data?) {
    guard let row = try db.row("SELECT sealed, answer FROM request WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.request, id))
    }
    return (try row.decode(Data.self, atIndex: 0), try row.decode(Data?.self, atIndex: 1))
  }
}
