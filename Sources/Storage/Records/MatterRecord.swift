internal import Foundation
internal import GRDB
internal import Model

/// Reads and writes what came back from people.
enum MatterRecord {
  /// A matter with what is sealed of it.
  struct Found {
    var id: RecordID
    var matter: MailingMatter
    var sealed: Data
    var answer: Data?
  }

  private static let columns = """
    id, mailing, number, version, kind, state, person, channel, \(StatedTime.columns), settledAt,
    settledBy, handedTo, sealed, answer
    """

  private static func read(_ row: Row) throws -> Found {
    guard let receivedAt = try row.statedTime(8) else { throw UnknownWord(type: "MailingMatter") }
    return Found(
      id: try row.number(0),
      matter: MailingMatter(
        mailing: try row.number(1),
        number: try row.number(2),
        version: try row.number(3),
        kind: try row.word(4),
        state: try row.word(5),
        recipient: try row.optionalNumber(6).map(LedgerID.number),
        channel: try row.word(7),
        receivedAt: receivedAt,
        settledAt: try row.optionalNumber(14).map { Instant(milliseconds: $0) },
        settledBy: try row.text(15),
        handedTo: try row.text(16),
        text: nil,
        answer: nil
      ),
      sealed: try row.decode(Data.self, atIndex: 17),
      answer: try row.decode(Data?.self, atIndex: 18)
    )
  }

  static func existing(_ number: RecordID, of mailing: Mailing, in db: Database) throws -> Found {
    guard
      let row = try db.row(
        "SELECT \(columns) FROM mailingMatter WHERE mailing = ? AND number = ?",
        [mailing.id, number]
      )
    else { throw StoreError.refused("\(mailing.reference) has no matter \(number)") }
    return try read(row)
  }

  /// The matters that pass, those that wait longest first, and how many they are.
  static func list(_ question: MailingMatters, in db: Database) throws -> Page<MailingMatter> {
    let states = question.states ?? Set(MatterState.allCases)
    let person = question.recipient.map { LedgerID.recipient(question.mailing, $0) }
    let condition = """
      mailing = ?1 AND state IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR person = ?3)
      """
    let words = try JSON.text(states.map(\.rawValue).sorted())
    var rows: [MailingMatter] = []
    try db.rows(
      """
      SELECT \(columns) FROM mailingMatter WHERE \(condition)
      ORDER BY state <> 'open', earliest, number LIMIT ?4 OFFSET ?5
      """,
      [question.mailing, words, person, question.window.count, question.window.start]
    ) { rows.append(try read($0).matter) }
    let total = try db.number(
      "SELECT count(*) FROM mailingMatter WHERE \(condition)",
      [question.mailing, words, person]
    )
    return Page(window: question.window, rows: rows, total: Int(total))
  }

  /// A key that seals for a mailing whose recipients were not erased.
  static func key(_ mailing: RecordID, _ keys: KeyFolder, in db: Database) throws -> (
    found: Mailing, key: MailingKey
  ) {
    let found = try MailingRecord.present(mailing, in: db)
    guard let key = try MailingRecord.key(mailing, keys, in: db) else {
      throw StoreError.refused("the recipients of \(found.reference) were erased")
    }
    return (found, key)
  }

  /// Settles a matter that is open.
  static func settle(
    _ number: RecordID,
    of mailing: Mailing,
    as state: MatterState,
    answer: [UInt8]? = nil,
    handedTo: String = "",
    _ context: ChangeContext,
    in db: Database
  ) throws -> Version {
    let found = try existing(number, of: mailing, in: db)
    guard found.matter.state == .open else {
      throw StoreError.refused("matter \(number) is \(found.matter.state.label) already")
    }
    try db.run(
      """
      UPDATE mailingMatter SET state = ?, version = version + 1, settledAt = ?, settledBy = ?,
        handedTo = ?, answer = ? WHERE id = ?
      """,
      [
        state.rawValue, context.now.milliseconds, context.actor.name, handedTo,
        answer.map { Data($0) }, found.id,
      ]
    )
    return found.matter.version + 1
  }

  /// Whether a text can be kept; throws where not.
  static func check(_ text: String) throws {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("the text is empty")
    }
    guard text.utf8.count <= MatterIntake.limit else {
      throw StoreError.refused("the text is longer than \(MatterIntake.limit) bytes")
    }
  }
}
