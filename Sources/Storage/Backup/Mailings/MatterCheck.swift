internal import GRDB
internal import Model

/// What came back from people, and what became of it.
enum MatterCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "mailingMatter",
      .mailing("mailing"),
      [
        "id", "mailing", "number", "version", "kind", "state", "person", "channel", "givenText",
        "givenZone", "givenPrecision", "earliest", "latest", "givenSource", "settledAt",
        "settledBy", "handedTo", "sealed", "answer",
      ]
    )
  ]

  /// A matter as the journal says.
  private struct Expected {
    var logged: LogMatter
    var version: Version = 1
    var state = MatterState.open
    var settled: JournalEntry?
    var handedTo = ""
    /// SHA-256 of the sealed answer.
    var answer: String?
  }

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var matters: [RecordID: Expected] = [:]
    try MailingJournal.each(
      of: mailing,
      [LogMatter.name, AnswerMatter.name, HandOverMatter.name, ReopenMatter.name],
      in: db
    ) { change in
      func settle(
        _ number: RecordID,
        _ state: MatterState,
        to handedTo: String = "",
        answer: String? = nil
      ) {
        matters[number]?.version += 1
        matters[number]?.state = state
        matters[number]?.settled = state == .open ? nil : change.entry
        matters[number]?.handedTo = handedTo
        matters[number]?.answer = answer
      }
      switch change.entry.action {
      case LogMatter.name:
        let logged = try change.read(LogMatter.self)
        matters[logged.number] = Expected(logged: logged)
      case AnswerMatter.name:
        let answered = try change.read(AnswerMatter.self)
        settle(answered.number, .answered, answer: answered.sealed)
      case HandOverMatter.name:
        let handed = try change.read(HandOverMatter.self)
        settle(handed.number, .handedOver, to: handed.handedTo)
      default: settle(try change.read(ReopenMatter.self).number, .open)
      }
    }
    guard let found = try MailingRecord.fetch(mailing, in: db) else { return [] }
    var problems: [String] = []
    for (number, expected) in matters.sorted(by: { $0.key < $1.key }) {
      let isThere = try db.row(
        "SELECT 1 FROM mailingMatter WHERE mailing = ? AND number = ?",
        [mailing, number]
      )
      guard isThere != nil else {
        problems.append("matter \(number) was deleted")
        continue
      }
      problems += compare(try MatterRecord.existing(number, of: found, in: db), expected)
    }
    // None is ever deleted, so their rows are numbered one after the other.
    try db.rows(
      """
      SELECT number FROM mailingMatter WHERE mailing = ?
        AND id NOT BETWEEN 1 AND (SELECT count(*) FROM mailingMatter) ORDER BY number
      """,
      [mailing]
    ) { problems.append("matter \(try $0.number(0)) does not stand in the row it was written to") }
    let all = try db.number("SELECT count(*) FROM mailingMatter WHERE mailing = ?", [mailing])
    if all > Int64(matters.count) { problems.append("there are matters that nobody wrote down") }
    return problems
  }

  private static func compare(_ stored: MatterRecord.Found, _ expected: Expected) -> [String] {
    let (matter, logged) = (stored.matter, expected.logged)
    let (time, said) = (matter.receivedAt, logged.receivedAt)
    var problems: [String] = []
    if Digest.sha256([UInt8](stored.sealed)) != logged.sealed || matter.kind != logged.kind
      || matter.recipient != logged.recipient || matter.channel != logged.channel
      || time.text != said.text || time.zone.name != said.zone.name
      || time.precision != said.precision || time.earliest != said.earliest
      || time.latest != said.latest || time.source != said.source
    {
      problems.append("matter \(logged.number) is not what was written down")
    }
    if matter.state != expected.state || matter.version != expected.version
      || matter.settledAt != expected.settled?.at
      || matter.settledBy != expected.settled?.actor.name ?? ""
      || matter.handedTo != expected.handedTo
    {
      problems.append("matter \(logged.number) does not stand as it should")
    }
    if stored.answer.map({ Digest.sha256([UInt8]($0)) }) != expected.answer {
      problems.append("the answer to matter \(logged.number) is not the one that was given")
    }
    return problems
  }
}
