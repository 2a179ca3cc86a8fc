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
    let found: [StatementEdition] = try RegisterRecord.list(
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

  /// The kinds of record that a statement is worked out from.
  private static let kinds: Set<Subject.Kind> = [
    .organisation, .activity, .retentionRule, .audit, .auditItem, .incident, .mailing, .publication,
    .request, .statement, .disclosure, .framework, .person,
  ]

  /// The versions that wait or may be published, and that a change has just overtaken.
  ///
  /// Asked for every change that the journal takes in, undone ones and imports too, so that nobody can
  /// forget it. Without such a version it costs one look into an index.
  static func overtaken(
    by performed: Performed,
    in db: Database
  ) throws -> [(id: RecordID, reason: String)] {
    guard kinds.contains(performed.subject.kind) else { return [] }
    let live: [StatementEdition] = try RegisterRecord.list(
      where: "state IN ('waiting', 'approved')",
      in: db
    )
    guard !live.isEmpty, try isPublic(performed, in: db) else { return [] }
    return try live.compactMap { edition in
      let facts = edition.facts
      let statement = try RegisterRecord<StatementFacts>.existing(facts.statement, in: db)
      if statement.isRemoved { return (edition.id, "the statement was removed") }
      let now = try StatementReading.draft(
        of: statement.facts,
        date: facts.content.date,
        in: db
      ).content
      guard now.digest != facts.digest else { return nil }
      return (edition.id, reason(facts.content, now))
    }
  }

  /// Whether a change can touch what is public: an incident of which nothing is, cannot.
  private static func isPublic(_ performed: Performed, in db: Database) throws -> Bool {
    guard performed.subject.kind == .incident else { return true }
    return try db.row(
      """
      SELECT 1 WHERE EXISTS (SELECT 1 FROM disclosure WHERE incident = ?1)
        OR EXISTS (SELECT 1 FROM publication WHERE incident = ?1)
      """,
      [performed.subject.id]
    ) != nil
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
