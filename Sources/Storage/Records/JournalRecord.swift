internal import GRDB
internal import Model

/// Reads and writes the journal.
enum JournalRecord {
  static let columns = """
    journal.id, journal.at, journal.bootClock, journal.boot, journal.uid, journal.actor,
    journal.claims, journal.origin, journal.action, journal.subjectKind, journal.subject,
    journal.version, journal.undoes, journal.commitment, journal.previous
    """

  static func entry(_ row: Row) throws -> JournalEntry {
    let claims = try row.text(6)
    return JournalEntry(
      sequence: try row.number(0),
      at: try row.instant(1),
      bootClock: try row.number(2),
      boot: try row.text(3),
      actor: Actor(
        uid: UInt32(clamping: try row.number(4)),
        name: try row.text(5),
        claims: claims == "{}" ? [:] : try JSON.value(claims)
      ),
      origin: try row.text(7),
      action: try row.text(8),
      subject: Subject(try row.word(9), try row.number(10)),
      version: try row.number(11),
      undoes: try row.optionalNumber(12),
      commitment: try row.block(13),
      previous: try row.block(14)
    )
  }

  /// Reads a line: the columns of an entry, then reference, headline, change, reversibility and whether
  /// the incident is an exercise.
  static func line(_ row: Row) throws -> JournalLine {
    let entry = try entry(row)
    let change = try row.optionalText(17)
    return JournalLine(
      entry: entry,
      reference: try row.optionalText(15) ?? "",
      headline: try row.optionalText(16) ?? "",
      details: try change.map { try ChangeCatalogue.change(named: entry.action, $0).lines } ?? [],
      isReversible: try row.flag(18),
      isExercise: try row.flag(19)
    )
  }

  static func head(in db: Database) throws -> (sequence: JournalSequence, hash: [UInt8]) {
    guard let row = try db.row("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1") else {
      return (0, JournalLayout.genesis)
    }
    return (try row.number(0), try row.block(1))
  }

  /// What an entry keeps of a change that can be taken back.
  struct Reversal {
    var change: any SQLChange
    var inverse: any SQLChange
    var subject: Subject
    var version: Version
  }

  static func reversal(of sequence: JournalSequence, in db: Database) throws -> Reversal {
    guard
      let row = try db.row(
        """
        SELECT action, subjectKind, subject, version, change, inverse
        FROM journal JOIN journalDetail ON journalDetail.id = journal.id
        WHERE journal.id = ?1 AND NOT EXISTS (SELECT 1 FROM journal WHERE undoes = ?1)
        """,
        [sequence]
      ),
      let change = try row.optionalText(4), let inverse = try row.optionalText(5)
    else { throw StoreError.notReversible(sequence) }
    let named = try JSON.value(inverse, as: NamedChange.self)
    return Reversal(
      change: try ChangeCatalogue.change(named: try row.text(0), change),
      inverse: named.change,
      subject: Subject(try row.word(1), try row.number(2)),
      version: try row.number(3)
    )
  }
}

/// A change with its name: an inverse may be of another kind than the change it takes back.
struct NamedChange: Codable {
  var change: any SQLChange

  private enum Key: String, CodingKey { case name, change }

  init(_ change: any SQLChange) { self.change = change }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .name)
    guard let type = ChangeCatalogue.type(named: name) else {
      throw UnknownWord(type: "Change \(name)")
    }
    change = try container.decode(type, forKey: .change)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(type(of: change).name, forKey: .name)
    try container.encode(change, forKey: .change)
  }
}
