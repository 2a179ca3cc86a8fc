internal import GRDB
internal import Model

/// Reads and writes filings.
enum FilingRecord: IncidentPart {
  static let kind = Subject.Kind.filing
  static let noun = "the filing"

  static let columns = """
    id, incident, version, rule, phase, \(StatedTime.columns), recipient, means, receipt, summary,
    lateReason, evidence, recordedAt, isRemoved
    """

  static func read(_ row: Row) throws -> Filing {
    guard let sentAt = try row.statedTime(5) else { throw UnknownWord(type: "StatedTime") }
    return Filing(
      id: try row.number(0),
      incident: try row.number(1),
      version: try row.number(2),
      facts: FilingFacts(
        rule: try row.text(3),
        phase: try row.word(4),
        sentAt: sentAt,
        recipient: try row.text(11),
        means: try row.text(12),
        receipt: try row.text(13),
        summary: try row.text(14),
        lateReason: try row.text(15),
        evidence: try row.optionalNumber(16)
      ),
      recordedAt: try row.instant(17)
    )
  }

  static func existing(_ id: RecordID, in db: Database) throws -> StoredPart<FilingFacts> {
    guard let row = try db.row("SELECT \(columns) FROM filing WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.filing, id))
    }
    let filing = try read(row)
    return StoredPart(
      id: id,
      incident: filing.incident,
      version: filing.version,
      facts: filing.facts,
      isRemoved: try row.flag(18)
    )
  }

  /// An incident's filings, by the time they were sent.
  static func list(of incident: RecordID, in db: Database) throws -> [Filing] {
    var filings: [Filing] = []
    try db.rows(
      """
      SELECT \(columns) FROM filing WHERE incident = ? AND isRemoved = 0
      ORDER BY earliest, latest, id
      """,
      [incident]
    ) { filings.append(try read($0)) }
    return filings
  }

  /// When an incident's notices were sent, by rule, in order.
  ///
  /// Of a time that is known to the day the earliest instant counts: what follows is then never due
  /// later than it may be.
  static func sent(of incident: RecordID, in db: Database) throws -> [String: [Instant]] {
    var sent: [String: [Instant]] = [:]
    try db.rows(
      """
      SELECT rule, earliest FROM filing WHERE incident = ? AND isRemoved = 0
      ORDER BY rule, earliest
      """,
      [incident]
    ) { sent[try $0.text(0), default: []].append(try $0.instant(1)) }
    return sent
  }

  static func insert(
    _ facts: FilingFacts,
    incident: RecordID,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try check(facts, of: incident, in: db)
    try context.refuseFuture(facts.sentAt, of: "sent")
    try refuseUnexplained(facts, of: incident, context, in: db)
    try db.run(
      """
      INSERT INTO filing (incident, version, rule, phase, \(StatedTime.columns), recipient, means,
        receipt, summary, lateReason, evidence, recordedAt)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [incident] + values(facts) + [context.now.milliseconds]
    )
    let id = db.lastInsertedRowID
    context.search.add(.filing, id)
    return id
  }

  static func update(
    _ part: StoredPart<FilingFacts>,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try check(part.facts, of: part.incident, in: db)
    if !part.isRemoved { try context.refuseFuture(part.facts.sentAt, of: "sent") }
    if try existing(part.id, in: db).facts != part.facts {
      try refuseUnexplained(part.facts, of: part.incident, except: part.id, context, in: db)
    }
    try context.search.update(.filing, part.id, in: db) {
      try db.run(
        """
        UPDATE filing SET rule = ?, phase = ?, (\(StatedTime.columns)) = (?, ?, ?, ?, ?, ?),
          recipient = ?, means = ?, receipt = ?, summary = ?, lateReason = ?, evidence = ?,
          version = ?, isRemoved = ?
        WHERE id = ?
        """,
        values(part.facts) + [part.version, part.isRemoved, part.id]
      )
    }
  }

  static func named(_ facts: FilingFacts) -> [(String, String)] {
    [
      ("rule", facts.rule), ("phase", facts.phase.label), ("sent", facts.sentAt.plainWithZone),
      ("recipient", facts.recipient), ("means", facts.means), ("receipt", facts.receipt),
      ("summary", facts.summary), ("late because", facts.lateReason),
      ("evidence", facts.evidence.map(String.init) ?? ""),
    ]
  }

  private static func values(_ facts: FilingFacts) -> StatementArguments {
    [facts.rule, facts.phase.rawValue] + StatedTime.values(facts.sentAt) + [
      facts.recipient, facts.means, facts.receipt, facts.summary, facts.lateReason, facts.evidence,
    ]
  }

  /// A duty that was met late is still owed its reasons: the first filing of it says them.
  private static func refuseUnexplained(
    _ facts: FilingFacts,
    of incident: RecordID,
    except id: RecordID = 0,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !context.isUndo, !facts.lateReason.contains(where: { !$0.isWhitespace }),
      let present = try ClockRecord.present(of: incident, in: db)[facts.rule],
      case let obligation = try present.obligation(in: db),
      let due = obligation.state.due, facts.sentAt.earliest > due
    else { return }
    let earlier = try db.number(
      """
      SELECT count(*) FROM filing WHERE incident = ? AND rule = ? AND isRemoved = 0 AND id <> ?
        AND earliest BETWEEN ? AND ?
      """,
      [
        incident, facts.rule, id, obligation.askedAgainAt?.milliseconds ?? Int64.min,
        facts.sentAt.earliest.milliseconds,
      ]
    )
    guard earlier == 0 else { return }
    throw StoreError.refused("\(facts.rule) was due \(due), so this is late; say why")
  }

  private static func check(
    _ facts: FilingFacts,
    of incident: RecordID,
    in db: Database
  ) throws {
    guard facts.rule.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a filing needs the duty that it answers")
    }
    guard facts.recipient.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a filing needs its recipient: to whom was it sent?")
    }
    guard facts.sentAt.precision >= .day else {
      throw StoreError.refused(
        "\(facts.sentAt.text) names no day; say on which day the notice was sent"
      )
    }
    guard let evidence = facts.evidence else { return }
    guard let row = try db.row("SELECT incident FROM evidence WHERE id = ?", [evidence]) else {
      throw StoreError.notFound(Subject(.evidence, evidence))
    }
    guard try row.optionalNumber(0) == incident else {
      throw StoreError.refused("evidence \(evidence) belongs to another incident")
    }
  }
}
