internal import GRDB
internal import Model

extension LedgerPage: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let reader = try LedgerReader(mailing, context.keys, in: db)
    let all = reader.mailing.recipients
    let isFiltered = filter != LedgerFilter()
    let slots = try isFiltered ? LedgerTallies.slots(of: mailing, filter, in: db) : [:]
    let total = isFiltered ? slots.values.reduce(0, +) : all
    guard count > 0, total > 0 else { return Answer(rows: [], total: total) }
    let (ends, isBackward) = place.bounds(all: all, total: total)
    guard ends.lowerBound <= ends.upperBound else { return Answer(rows: [], total: total) }
    let ids =
      (LedgerID.recipient(mailing, ends.lowerBound)...LedgerID.recipient(mailing, ends.upperBound))
    guard isFiltered else {
      return Answer(
        rows: try reader.stretch(ids, isBackward: isBackward, count),
        total: total
      )
    }
    var merge = SlotMerge(
      slots.keys.sorted(),
      from: isBackward ? ids.upperBound + 1 : ids.lowerBound - 1,
      isBackward: isBackward,
      count: count,
      in: db
    )
    var found: [Int64] = []
    while found.count < count, let next = try merge.next() { found.append(next.id) }
    return Answer(
      rows: try reader.recipients(isBackward ? found.reversed() : found),
      total: total
    )
  }
}

extension LedgerPage.Place {
  /// The numbers between which the stretch lies, and from which end of them it is taken.
  func bounds(all: Int, total: Int) -> (ends: (lowerBound: Int64, upperBound: Int64), Bool) {
    let end = Int64(all)
    return switch self {
    case .first: ((1, end), false)
    case .last: ((1, end), true)
    case .after(let number): ((max(0, min(number, end)) + 1, end), false)
    case .before(let number): ((1, max(1, min(number, end + 1)) - 1), true)
    case .at(let position):
      // Rows that pass are taken to lie evenly among all.
      // In whole numbers: rounding would miss the row that is meant.
      ((Int64(max(0, min(position, total - 1)) * all / total) + 1, end), false)
    }
  }
}

extension FindRecipients: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Recipient] {
    let reader = try LedgerReader(mailing, context.keys, in: db)
    return try reader.recipients(try ids(reader))
  }

  /// The rows that have the value, ascending.
  func ids(_ reader: LedgerReader) throws -> [Int64] {
    let kinds = kind.map { [$0] } ?? Self.kinds(of: value)
    return try Set(kinds.flatMap { try reader.find($0, value) }).sorted()
  }

  /// What a value can be.
  private static func kinds(of value: String) -> [ContactKey] {
    if value.utf8.contains(UInt8(ascii: "@")) { return [.email, .reference] }
    let isNumber = value.unicodeScalars.allSatisfy {
      "0123456789+()/-. ".unicodeScalars.contains($0)
    }
    return isNumber ? [.reference, .phone] : [.reference]
  }
}

extension RecipientHistory: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [RecipientEvent] {
    let id = LedgerID.recipient(mailing, number)
    guard (1...0xFFFF_FFFF).contains(number),
      let row = try db.row("SELECT step FROM recipient WHERE id = ?", [id])
    else { return [] }
    func event(_ row: Row, _ before: RecipientState?, _ after: RecipientState) throws
      -> RecipientEvent
    {
      RecipientEvent(
        at: try row.instant(0),
        by: try row.text(1),
        before: before,
        after: after,
        channel: try row.optionalWord(2),
        text: try row.text(3),
        cause: try row.text(4)
      )
    }
    let columns = "at, actor, channel, text, cause"
    var events: [RecipientEvent] = []
    try db.rows(
      """
      SELECT \(columns), before, after FROM recipientEvent
      JOIN ledgerStep ON ledgerStep.id = step WHERE recipient = ? ORDER BY step
      """,
      [id]
    ) { row in
      guard let after = RecipientState(code: Int(try row.number(6))) else {
        throw UnknownWord(type: "RecipientState")
      }
      events.append(try event(row, RecipientState(code: Int(try row.number(5))), after))
    }
    // Of being listed there is no event: the step a row came in with is the last one before those.
    let listed =
      try events.isEmpty
      ? db.row("SELECT \(columns) FROM ledgerStep WHERE id = ?", [try row.number(0)])
      : db.row(
        """
        SELECT \(columns) FROM ledgerStep WHERE mailing = ?1 AND cause = 'listed' AND id < (
          SELECT min(step) FROM recipientEvent WHERE recipient = ?2)
        AND EXISTS (SELECT 1 FROM journal JOIN journalDetail ON journalDetail.id = journal.id
          WHERE subjectKind = 'mailing' AND subject = ?1 AND action = 'recipients.add'
          AND json_extract(change, '$.step') = ledgerStep.id
          AND ?3 BETWEEN json_extract(change, '$.first')
            AND json_extract(change, '$.first') + json_extract(change, '$.count') - 1)
        """,
        [mailing, id, number]
      )
    if let listed { events.insert(try event(listed, nil, .pending), at: 0) }
    return events
  }
}
