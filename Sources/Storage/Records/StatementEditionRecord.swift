internal import GRDB
internal import Model

/// Reads versions of statements, and finds those that something overtook.
enum StatementEditionRecord {
  /// A statement's versions, newest first.
  static func list(
    of statement: RecordID,
    where condition: String = "1",
    in db: Database
  ) throws -> [StatementEdition] {
    let found: [StatementEdition] = try KeptTable.list(
      where: "statement = ? AND \(condition)",
      [statement],
      order: "number DESC",
      in: db
    )
    for edition in found { try checkDigest(edition.facts) }
    return found
  }

  /// Refuses a version that is not the one that was put up.
  private static func checkDigest(_ facts: StatementEditionFacts) throws {
    guard facts.content.digest == facts.digest else {
      throw StoreError.refused(
        "\(facts.title) was altered in the file: it is not what was put up for approval"
      )
    }
  }

  static func nextNumber(of statement: RecordID, in db: Database) throws -> Int {
    Int(
      try db.number(
        "SELECT coalesce(max(number), 0) + 1 FROM statementEdition WHERE statement = ?",
        [statement]
      )
    )
  }

  /// Whether a change can touch what waits or may be published, so that it is worked out again.
  ///
  /// Asked for every change that the journal takes in, undone ones and imports too, so that nobody can
  /// forget it. Without such a version it costs one look into an index; work on what is not public, and
  /// what a version rests on in no way, costs one or two more.
  static func isTouched(by action: String, _ performed: Performed, in db: Database) throws -> Bool {
    let (id, kind) = (performed.subject.id, performed.subject.kind)
    func holds(_ condition: String) throws -> Bool {
      try db.row("SELECT 1 WHERE \(condition)", [id]) != nil
    }
    let live = "EXISTS (SELECT 1 FROM statementEdition WHERE state IN ('waiting', 'approved')"
    func isPublic(_ incident: String) throws -> Bool {
      try holds(
        """
        \(live)) AND (EXISTS (SELECT 1 FROM disclosure WHERE incident = \(incident))
          OR EXISTS (SELECT 1 FROM publication WHERE incident = \(incident)))
        """
      )
    }
    func isSigned(_ audit: String) throws -> Bool {
      try holds(
        """
        \(live)) AND EXISTS (SELECT 1 FROM auditSignature WHERE audit = \(audit) AND isComplete = 1)
        """
      )
    }
    switch kind {
    case .organisation, .activity, .retentionRule, .publication, .statement, .disclosure,
      .framework:
      return try db.row("SELECT 1 WHERE \(live))") != nil
    case .incident: return try isPublic("?1")
    case .mailing: return try isPublic("(SELECT incident FROM mailing WHERE id = ?1)")
    case .audit: return try isSigned("?1")
    case .auditItem: return try isSigned("(SELECT audit FROM auditItem WHERE id = ?1)")
    case .request:
      guard !["request.log", "request.remind", "request.reveal", "request.erase"].contains(action)
      else { return false }
      // One that was written down later is not its matter.
      return try holds(
        "\(live) AND openedAt >= (SELECT openedAt FROM request WHERE request.id = ?1))"
      )
    default: return false
    }
  }

  /// The versions that wait or may be published, and that the record does not give any more.
  ///
  /// One that cannot be worked out is void as well: the change that led to it stands all the same.
  static func overtaken(in db: Database) throws -> [(id: RecordID, reason: String)] {
    let live: [StatementEdition] = try KeptTable.list(
      where: "state IN ('waiting', 'approved')",
      in: db
    )
    return try live.compactMap { edition in
      do {
        let facts = edition.facts
        let statement = try KeptTable<StatementFacts>.existing(facts.statement, in: db)
        if statement.isRemoved { return (edition.id, "the statement was removed") }
        let now = try StatementReading.draft(again: edition, statement, in: db).content
        guard now.digest != facts.digest else { return nil }
        return (edition.id, reason(facts.content, now))
      } catch let error as DatabaseError {
        throw error
      } catch {
        return (edition.id, "it could not be worked out: \(error)")
      }
    }
  }

  /// What was altered, in a line.
  private static func reason(_ old: StatementContent, _ new: StatementContent) -> String {
    let lines = old.differences(from: new)
    guard let first = lines.first else {
      return old.corrections == new.corrections
        ? "the text was altered" : "a correction was written down"
    }
    let more = lines.count > 1 ? " and \(lines.count - 1) more" : ""
    return "\(first.key): \(first.now ?? "is not supported any more")\(more)"
  }
}
