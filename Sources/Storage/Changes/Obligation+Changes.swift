internal import GRDB
internal import Model

/// The clocks of an incident are one record: it has the incident's number, and its version says how
/// often they were worked out.
extension RecordObligations: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    guard head.version == incidentVersion else {
      throw try StoreError.conflict(
        .between(
          incidentVersion,
          and: head.version,
          of: Subject(.incident, incident),
          in: db,
          fields: []
        )
      )
    }
    guard try FilingRecord.sent(of: incident, in: db) == sent else {
      throw StoreError.refused(
        "filings of \(head.reference) were altered since its clocks were worked out; "
          + "work them out again"
      )
    }
    let isAltered = try write(over: head, context, in: db)
    let version = try db.number(
      """
      INSERT INTO obligationCheck (incident, version, basis, isCurrent, isOpen)
      VALUES (?1, ?2, ?3, 1, ?4)
      ON CONFLICT (incident) DO UPDATE SET version = version + ?2, basis = excluded.basis,
        isCurrent = 1
      RETURNING version
      """,
      [incident, isAltered ? 1 : 0, basis, head.isOpen]
    )
    return Performed(
      subject: Subject(.obligation, incident),
      version: version,
      reference: head.reference,
      incident: incident,
      inverse: nil,
      isIdle: !isAltered
    )
  }

  /// Writes the answers that the record does not have yet; returns whether there were any.
  private func write(
    over head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Bool {
    var left = try ClockRecord.present(of: incident, in: db)
    var seen: Set<String> = []
    var isAltered = false
    var waiting: [(Obligation, WaitingAnswers.Item, ClockRecord.Present?)] = []
    for obligation in obligations {
      let present = left.removeValue(forKey: obligation.id)
      guard obligation.isTracked(wasKept: present != nil), seen.insert(obligation.id).inserted
      else { throw StoreError.refused("\(obligation.id) is no clock, or stands there twice") }
      if obligation.state.isWaiting {
        // Written before there were shared texts, it stays as it is.
        if case .own(let document)? = present?.answer, try JSONBytes.text(obligation) == document {
          continue
        }
        let item = try context.phrases.item(obligation, in: db)
        if present?.answer != .shared(item) { waiting.append((obligation, item, present)) }
        continue
      }
      let document = try JSONBytes.text(obligation)
      let isRunning = head.isOpen && !obligation.isMet(by: sent[obligation.id] ?? [])
      if let present, present.answer == .own(document) {
        if obligation.askedAgainAt != nil,
          try ClockRecord.set(isRunning: isRunning, of: present, in: db)
        {
          isAltered = true
        }
        continue
      }
      isAltered = true
      try ClockRecord.write(
        obligation,
        document,
        over: present,
        isRunning: isRunning,
        self,
        context,
        in: db
      )
    }
    try ClockRecord.write(waiting, self, context, in: db)
    for (_, present) in left.sorted(by: { $0.key < $1.key }) {
      try ClockRecord.close(present, self, context, in: db)
    }
    return isAltered || !waiting.isEmpty || !left.isEmpty
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  /// Without the answers: they stand in `obligationHistory`, which is only ever added to.
  var journalled: RecordObligations {
    var change = self
    change.obligations = []
    return change
  }

  var lines: [String] { ["cause: \(cause)"] + (basis.isEmpty ? [] : ["basis: \(basis)"]) }
}

extension RecordReminder: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    guard !rule.isEmpty, hours >= 0 else {
      throw StoreError.refused("a reminder names its rule and 0 hours or more")
    }
    let known = try db.row(
      "SELECT id FROM reminder WHERE incident = ? AND rule = ? AND due = ? AND hours = ?",
      [incident, rule, due.milliseconds, hours]
    )
    guard known == nil else {
      throw StoreError.refused("somebody was reminded of \(rule) of \(head.reference) already")
    }
    try db.run(
      """
      INSERT INTO reminder (incident, rule, due, hours, meantAt, sentAt) VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        incident, rule, due.milliseconds, hours, meantAt.milliseconds, context.now.milliseconds,
      ]
    )
    let version = try db.number(
      "SELECT version FROM obligationCheck WHERE incident = ?",
      [incident]
    )
    return Performed(
      subject: Subject(.obligation, incident),
      version: max(1, version),
      reference: head.reference,
      incident: incident,
      inverse: nil
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    ["due: \(due)", "meant for: \(meantAt)"]
  }
}
