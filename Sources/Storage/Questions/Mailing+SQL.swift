internal import GRDB
internal import Model

extension MailingList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Mailing> {
    Page(
      window: window,
      rows: try MailingRecord.list(of: incident, window, in: db),
      total: try MailingRecord.count(of: incident, in: db)
    )
  }
}

extension MailingByReference: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Mailing? {
    try MailingRecord.named(reference, in: db)
  }
}

extension MailingByID: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Mailing? {
    try MailingRecord.fetch(id, in: db)
  }
}

extension MailingDays: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    var rows: [Row] = []
    try db.rows(
      """
      SELECT day, state, channel, word, count FROM mailingDay
      JOIN ledgerWord ON ledgerWord.id = jurisdiction
      WHERE mailing = ? ORDER BY day, state, channel, word
      """,
      [id]
    ) { row in
      guard let state = RecipientState(code: Int(try row.number(1))) else {
        throw UnknownWord(type: "RecipientState")
      }
      rows.append(
        Row(
          day: CivilTime(Instant(seconds: try row.number(0) * 86_400)).isoDate,
          state: state,
          channel: MailingChannel(rawValue: try row.text(2)),
          jurisdiction: try row.text(3),
          count: Int(try row.number(4))
        )
      )
    }
    return rows
  }
}

extension MailingPublications: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Publication] {
    try PublicationRecord.list(of: mailing, in: db)
  }
}

extension MailingStatus: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let mailing = try MailingRecord.existing(id, in: db)
    let words = try LedgerTallies.words(in: db)
    func word(_ number: Int64) throws -> String {
      guard let word = words[number] else { throw UnknownWord(type: "MailingStatus") }
      return word
    }
    let tallies = try LedgerTallies.all(of: id, in: db).map { tally in
      Tally(
        jurisdiction: try word(tally.jurisdiction),
        language: try word(tally.language),
        state: tally.state,
        count: tally.count
      )
    }
    var listed: [String: Int] = [:]
    for tally in tallies { listed[tally.jurisdiction, default: 0] += tally.count }
    let people = try IncidentRecord.fetch(mailing.incident, in: db)?.facts.affected ?? []
    let affected = Dictionary(people.map { ($0.jurisdiction, $0.count) }) { first, _ in first }
    // A stated list is complete: elsewhere nobody is affected. Where nobody knows where, or only how
    // many there are in all, nothing is said.
    func stated(_ code: String) -> Int64? {
      if let found = affected[code] { return found }
      return affected.keys.allSatisfy(\.isEmpty) || code == "unknown" ? nil : 0
    }
    return Answer(
      mailing: mailing,
      tallies: tallies.sorted { left, right in
        (left.jurisdiction, left.language, left.state.code)
          < (right.jurisdiction, right.language, right.state.code)
      },
      coverage: Set(listed.keys).union(affected.keys).sorted().map { code in
        Coverage(
          jurisdiction: code,
          affected: stated(code),
          listed: listed[code] ?? 0
        )
      }
    )
  }
}
