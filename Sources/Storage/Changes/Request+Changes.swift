internal import Foundation
internal import GRDB
internal import Model

extension LogRequest: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("a request is written down by a job")
  }

  func inverse(of old: RightsRequest) -> (any SQLChange)? { nil }

  var lines: [String] { facts.lines }
}

extension MoveRequest: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    if let digest = step.sealed, !digest.isEmpty {
      try RequestAnswerText.refuse(digest, of: id, in: db)
    }
    return try KeptWriter.write(self, context, in: db)
  }

  func inverse(of old: RightsRequest) -> (any SQLChange)? {
    ReturnRequest(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }

  var lines: [String] { step.lines }
}

extension ReturnRequest: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard context.isUndo else {
      throw StoreError.refused("an earlier standing is put back by undo alone")
    }
    if let digest = facts.end?.sealed, !digest.isEmpty {
      try RequestAnswerText.refuse(digest, of: id, in: db)
    }
    return try KeptWriter.write(self, context, in: db)
  }

  func inverse(of old: RightsRequest) -> (any SQLChange)? {
    ReturnRequest(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }

  var lines: [String] { facts.lines }
}

extension RevealRequest: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("a reveal is recorded where the request is read")
  }

  func inverse(of old: RightsRequest) -> (any SQLChange)? { nil }

  var lines: [String] { ["reason: \(reason)"] }
}

extension EraseRequest: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let entry = try KeptTable<RequestFacts>.existing(id, in: db)
    try LegalHoldRows.refuse(
      try OwnData.references(of: entry, in: db),
      at: context.now,
      in: db
    )
    let due = try OwnData.due(of: entry, in: db)
    guard isOrdered || OwnData.isOver(due, at: context.now) else {
      throw StoreError.refused(
        "who made \(entry.reference) is kept "
          + (due.map { "until \($0)" } ?? "without a date, as no retention rule says until when")
          + "; to erase it now, somebody must order it by the request's name"
      )
    }
    let performed = try KeptWriter.write(self, context, in: db)
    try destroyKey(context, in: db)
    return performed
  }

  /// Destroys the wrapped key, whatever the reason.
  func destroyKey(_ context: ChangeContext, in db: Database) throws {
    try db.run(
      "UPDATE request SET wrappedKey = NULL, erasedAt = ? WHERE id = ?",
      [context.now.milliseconds, id]
    )
  }

  func inverse(of old: RightsRequest) -> (any SQLChange)? { nil }

  var lines: [String] { isOrdered ? ["ordered by the request's name"] : [] }
}

/// The sealed text of an answer.
enum RequestAnswerText {
  /// Refuses the digest of a text that is not the one that is sealed beside the request.
  static func refuse(_ digest: String, of id: RecordID, in db: Database) throws {
    let kept = try RequestVault.sealed(id, in: db).answer.map { Digest.sha256([UInt8]($0)) }
    guard kept == digest else {
      throw StoreError.refused("the text of that answer is not the one that is kept")
    }
  }
}

extension RequestStep {
  /// The digest of the sealed answer, where the step ends the request.
  fileprivate var sealed: String? {
    switch self {
    case .answer(let end), .refuse(let end), .withdraw(let end): end.sealed
    default: nil
    }
  }

  /// What was set, line by line.
  fileprivate var lines: [String] {
    switch self {
    case .acknowledge(let time): ["on: \(time.plainWithZone)"]
    case .assign(let person): person.map { ["handler: \($0)"] } ?? []
    case .concern(let references): ["activities: \(references.joined(separator: ", "))"]
    case .askIdentity(let text), .verify(let text), .failIdentity(let text): ["how: \(text)"]
    case .addTask(let title): ["task: \(title)"]
    case .task: []
    case .extend(let delay, let clock):
      [
        "reason: \(delay.reason)", "told: \(delay.told.plainWithZone)",
        "until: \(clock.due), \(clock.citation)",
      ]
    case .answer(let end), .refuse(let end), .withdraw(let end):
      ["how: \(end.text)"] + (end.sealed.isEmpty ? [] : ["sealed: \(end.sealed)"])
    case .reopen(let reason): ["reason: \(reason)"]
    case .correct(let kind, let jurisdiction, let received, let clock):
      ["wanted: \(kind.label) \(jurisdiction)", "received: \(received.plainWithZone)"]
        + (clock.map { ["due: \($0.due), \($0.citation)"] } ?? [])
    }
  }
}
