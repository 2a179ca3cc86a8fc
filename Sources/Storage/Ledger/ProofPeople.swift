internal import Foundation
internal import GRDB
internal import Model

/// The people of a mailing as its proof shows them, one by one: rows, events and messages side by side,
/// all in order of number.
struct ProofPeople {
  private let mailing: RecordID
  private let key: MailingKey?
  private let words: [Int64: String]
  private let rows: RawStatement
  private let events: RawStatement
  private let messages: RawStatement
  private var hasEvent: Bool
  private var hasMessage: Bool
  private var listings: [Listing] = []
  private var steps: [Int64: Step] = [:]

  /// What is known of a step.
  private struct Step {
    var at: Instant
    var channel: MailingChannel?
    var text: String
  }

  /// People who were listed with one step.
  private struct Listing {
    var step: Int64
    var first: Int64
    var count: Int64
  }

  init(_ mailing: RecordID, _ key: MailingKey?, in db: Database) throws {
    (self.mailing, self.key) = (mailing, key)
    words = try LedgerTallies.words(in: db)
    func open(_ sql: String) throws -> RawStatement {
      let statement = try RawStatement(sql, in: db)
      statement.bind(1, LedgerID.range(mailing).lowerBound)
      statement.bind(2, LedgerID.range(mailing).upperBound)
      return statement
    }
    rows = try open(
      "SELECT id, slot, language, sealed FROM recipient WHERE id BETWEEN ? AND ? ORDER BY id"
    )
    events = try open(
      """
      SELECT recipient, step, after FROM recipientEvent WHERE recipient BETWEEN ? AND ?
      ORDER BY recipient, step
      """
    )
    messages = try open(
      """
      SELECT recipient, step, messageID, digest FROM delivery WHERE recipient BETWEEN ? AND ?
      ORDER BY recipient, step
      """
    )
    hasEvent = try events.next()
    hasMessage = try messages.next()
    try db.rows("SELECT id, at, channel, text FROM ledgerStep WHERE mailing = ?", [mailing]) {
      steps[try $0.number(0)] = Step(
        at: try $0.instant(1),
        channel: try $0.optionalWord(2),
        text: try $0.text(3)
      )
    }
    try db.rows(
      """
      SELECT json_extract(change, '$.step'), json_extract(change, '$.first'),
        json_extract(change, '$.count')
      FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'mailing' AND subject = ? AND action = 'recipients.add'
        AND change IS NOT NULL ORDER BY journal.id
      """,
      [mailing]
    ) {
      listings.append(
        Listing(step: try $0.number(0), first: try $0.number(1), count: try $0.number(2))
      )
    }
    listings.reverse()
  }

  /// The next person; nil at the end.
  mutating func next() throws -> ProofRow? {
    guard try rows.next() else { return nil }
    let id = rows.number(0)
    let number = LedgerID.number(id)
    while let last = listings.last, number >= last.first + last.count { listings.removeLast() }
    guard let listing = listings.last, number >= listing.first,
      let jurisdiction = words[LedgerID.jurisdiction(rows.number(1))],
      let language = words[rows.number(2)], let listed = steps[listing.step]
    else {
      throw StoreError.refused(
        "recipient \(number) is not as it was written; see what is wrong: tocsin verify"
      )
    }
    var row = ProofRow(
      number: number,
      jurisdiction: jurisdiction,
      language: language,
      changedAt: listed.at,
      channel: nil,
      text: "",
      messages: [],
      person: [],
      steps: [ProofRow.Step(listing.step, .pending)]
    )
    var sent = SentText()
    while hasEvent, events.number(0) <= id {
      if events.number(0) == id { try take(&row, &sent) }
      hasEvent = try events.next()
    }
    row.text = sent.text
    while hasMessage, messages.number(0) <= id {
      if messages.number(0) == id {
        row.messages.append(
          ProofRow.Message(
            step: messages.number(1),
            id: String(decoding: messages.bytes(2), as: UTF8.self),
            digest: Array(messages.bytes(3))
          )
        )
      }
      hasMessage = try messages.next()
    }
    if let key {
      guard let contact = key.open(Data(rows.bytes(3)), of: number) else {
        throw StoreError.refused(
          "recipient \(number) was altered: what is sealed does not open; see tocsin verify"
        )
      }
      row.person = LedgerLayout.commitment(
        mailing: mailing,
        number: number,
        reference: contact.reference,
        opening: key.opening(of: number)
      )
    }
    return row
  }

  private func take(_ row: inout ProofRow, _ sent: inout SentText) throws {
    let step = events.number(1)
    guard let known = steps[step], let state = RecipientState(code: Int(events.number(2))) else {
      throw StoreError.refused(
        "an event of recipient \(row.number) is of no step; see what is wrong: tocsin verify"
      )
    }
    row.steps.append(ProofRow.Step(step, state))
    row.changedAt = known.at
    row.channel = known.channel ?? row.channel
    sent.take(state, over: known.channel, known.text)
  }
}
