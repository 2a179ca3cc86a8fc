internal import GRDB
internal import Model

/// Reads and writes the texts of mailings, with their versions and what was confirmed of them.
enum NoticeRecord {
  private static let columns = """
    notice.id, notice.mailing, notice.number, noticeVersion.version, noticeVersion.facts,
    noticeVersion.writtenAt, noticeVersion.writtenBy, notice.isRemoved
    """

  private static func read(_ row: Row, in db: Database) throws -> NoticeText {
    let (id, version) = (try row.number(0), try row.number(3))
    return NoticeText(
      id: id,
      mailing: try row.number(1),
      number: Int(try row.number(2)),
      version: version,
      facts: try JSON.value(try row.text(4)),
      writtenAt: try row.instant(5),
      writtenBy: try row.text(6),
      confirmations: try confirmations(of: id, version, in: db),
      isRemoved: try row.flag(7)
    )
  }

  private static func confirmations(
    of id: RecordID,
    _ version: Version,
    in db: Database
  ) throws -> [NoticeConfirmation] {
    var found: [NoticeConfirmation] = []
    try db.rows(
      """
      SELECT content, item, verdict, reason, confirmedBy, confirmedAt FROM noticeConfirmation
      WHERE notice = ? AND version = ? ORDER BY content, item
      """,
      [id, version]
    ) { row in
      found.append(
        NoticeConfirmation(
          content: try row.text(0),
          item: try row.text(1),
          verdict: try row.word(2),
          reason: try row.text(3),
          by: try row.text(4),
          at: try row.instant(5)
        )
      )
    }
    return found
  }

  /// The newest version of a text.
  static func existing(_ id: RecordID, in db: Database) throws -> NoticeText {
    let found = try texts("notice.id = ? AND noticeVersion.version = notice.version", [id], in: db)
    guard let text = found.first else { throw StoreError.notFound(Subject(.notice, id)) }
    return text
  }

  /// The newest versions of a mailing's texts, by number.
  static func list(
    of mailing: RecordID,
    withRemoved: Bool = false,
    in db: Database
  ) throws -> [NoticeText] {
    try texts(
      """
      notice.mailing = ? AND noticeVersion.version = notice.version AND notice.isRemoved <= ?
      """,
      [mailing, withRemoved ? 1 : 0],
      in: db
    )
  }

  /// All versions of a text, oldest first.
  static func versions(
    of mailing: RecordID,
    _ number: Int,
    in db: Database
  ) throws -> [NoticeText] {
    try texts("notice.mailing = ? AND notice.number = ?", [mailing, number], in: db)
  }

  private static func texts(
    _ condition: String,
    _ arguments: StatementArguments,
    in db: Database
  ) throws -> [NoticeText] {
    var found: [NoticeText] = []
    try db.rows(
      """
      SELECT \(columns) FROM notice JOIN noticeVersion ON noticeVersion.notice = notice.id
      WHERE \(condition) ORDER BY notice.number, noticeVersion.version
      """,
      arguments
    ) { found.append(try read($0, in: db)) }
    return found
  }

  static func insert(
    _ facts: NoticeTextFacts,
    in mailing: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try check(facts)
    try db.run(
      """
      INSERT INTO notice (mailing, number, version)
      SELECT ?1, coalesce(max(number), 0) + 1, 1 FROM notice WHERE mailing = ?1
      """,
      [mailing]
    )
    let id = db.lastInsertedRowID
    try write(facts, as: 1, of: id, context, in: db)
    return id
  }

  static func write(
    _ facts: NoticeTextFacts,
    as version: Version,
    of id: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try check(facts)
    try db.run(
      """
      INSERT INTO noticeVersion (notice, version, facts, digest, writtenAt, writtenBy)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        id, version, try JSON.text(facts), facts.digest, context.now.milliseconds,
        context.actor.name,
      ]
    )
    try db.run("UPDATE notice SET version = ? WHERE id = ?", [version, id])
  }

  static func setRemoved(_ isRemoved: Bool, _ id: RecordID, in db: Database) throws {
    try db.run("UPDATE notice SET isRemoved = ? WHERE id = ?", [isRemoved, id])
  }

  static func confirm(_ change: ConfirmNotice, _ context: ChangeContext, in db: Database) throws {
    try db.run(
      """
      DELETE FROM noticeConfirmation WHERE notice = ? AND version = ? AND content = ? AND item = ?
      """,
      [change.id, change.version, change.content, change.item]
    )
    guard let verdict = change.verdict else { return }
    try db.run(
      """
      INSERT INTO noticeConfirmation (notice, version, content, item, verdict, reason, confirmedBy,
        confirmedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        change.id, change.version, change.content, change.item, verdict.rawValue, change.reason,
        context.actor.name, context.now.milliseconds,
      ]
    )
  }

  private static func check(_ facts: NoticeTextFacts) throws {
    func refuse(_ reason: String) throws -> Never { throw StoreError.refused(reason) }
    guard facts.subject.contains(where: { !$0.isWhitespace }) else {
      try refuse("a text needs a subject")
    }
    guard !facts.subject.contains(where: \.isNewline),
      facts.subject.utf8.count <= NoticeTextFacts.longestSubject
    else { try refuse("a subject is one line of at most \(NoticeTextFacts.longestSubject) bytes") }
    guard facts.body.contains(where: { !$0.isWhitespace }) else { try refuse("a text is empty") }
    guard facts.body.utf8.count <= NoticeTextFacts.longestBody else {
      try refuse("a text has at most \(NoticeTextFacts.longestBody >> 10) KiB")
    }
    guard LanguageTag.reading(facts.language) == facts.language else {
      try refuse("a text needs its language as a tag such as de or pt-br")
    }
    for code in facts.jurisdictions where code != "unknown" {
      if let problem = Jurisdiction.problem(with: code) { try refuse("\(code): \(problem)") }
    }
  }
}
