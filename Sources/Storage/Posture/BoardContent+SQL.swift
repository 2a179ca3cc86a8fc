internal import GRDB
internal import Model

extension BoardContent: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let organisation = try OrganisationRecord.current(in: db).organisation
    let zone = organisation.zone ?? .utc
    let least = organisation.privacyOfStaff.minimumGroup
    let (start, end) = (period.start(in: zone), period.end(in: zone))
    let earlier = period.previous
    // A period that is not over is compared with the same part of the one before.
    let isOver = end <= now
    let part = isOver ? nil : max(.zero, now - start)
    let before = BoardReading(
      from: earlier.start(in: zone),
      until: part.map { min(start, earlier.start(in: zone) + $0) } ?? start,
      zone: zone,
      least: least
    )
    let until = min(end, now + .milliseconds(1))
    let present = BoardReading(from: start, until: until, zone: zone, least: least)
    return Answer(
      organisation: organisation.name,
      zone: zone,
      period: period,
      soFar: isOver ? nil : now,
      least: least,
      now: try present.figures(in: db),
      before: try before.figures(in: db)
    )
  }
}

/// Reads what happened from one instant until another, which does not belong to it.
struct BoardReading {
  var from: Instant
  var until: Instant
  var zone: Zone
  var least: Int

  /// The last instant that belongs to it.
  private var last: Instant { until - .milliseconds(1) }
  private var bounds: StatementArguments { [from.milliseconds, until.milliseconds] }

  func figures(in db: Database) throws -> BoardFigures {
    var figures = BoardFigures()
    // What has not begun has no figures.
    guard from < until else { return figures }
    try incidents(&figures, in: db)
    figures.filings = try FiledInTime.tally(from - .milliseconds(1), last, in: db)
    figures.filings.missed = try FiledInTime.unfiled(
      dueAfter: from - .milliseconds(1),
      at: last,
      in: db
    )
    figures.lateDuties = try FiledInTime.unfiled(
      dueAfter: Instant.range.lowerBound + .milliseconds(999),
      at: last,
      in: db
    )
    try mailings(&figures, in: db)
    figures.publications = try db.count(
      """
      SELECT count(*) FROM publication JOIN incident ON incident.id = publication.incident
      WHERE publication.isRemoved = 0 AND isExercise = 0 AND publication.earliest >= ?
        AND publication.earliest < ?
      """,
      bounds
    )
    try audits(&figures, in: db)
    try findings(&figures, in: db)
    try training(&figures, in: db)
    try exercises(&figures, in: db)
    try requests(&figures, in: db)
    try deletions(&figures, in: db)
    return figures
  }

  private func incidents(_ figures: inout BoardFigures, in db: Database) throws {
    try db.rows(
      """
      SELECT severityOrder, outcome = 'confirmed-breach', count(*) FROM incident
      WHERE isRemoved = 0 AND isExercise = 0 AND openedAt >= ? AND openedAt < ? GROUP BY 1, 2
      """,
      bounds
    ) { row in
      let count = Int(try row.number(2))
      figures.opened[4 - Int(try row.number(0))] += count
      if try row.flag(1) { figures.breaches += count }
    }
    try db.rows(
      """
      SELECT id FROM incident WHERE isRemoved = 0 AND isExercise = 0
        AND awareOrder >= ? AND awareOrder < ? ORDER BY id
      """,
      bounds
    ) { row in
      let id = try row.number(0)
      let times = try instants(of: id, in: db)
      let aware = times[""] ?? times[IncidentInstant.aware.rawValue]
      figures.aware.add(from: times[IncidentInstant.occurred.rawValue], to: aware)
      figures.contain.add(from: aware, to: times[IncidentInstant.contained.rawValue])
      figures.notify.add(from: aware, to: try notified(id, times, in: db))
    }
  }

  /// The instants of an incident by their words; the decision on awareness under no word.
  private func instants(of id: RecordID, in db: Database) throws -> [String: StatedTime] {
    var times: [String: StatedTime] = [:]
    try db.rows(
      "SELECT \(StatedTime.columns), instant FROM incidentInstant WHERE incident = ?",
      [id]
    ) { row in
      if let time = try row.statedTime(0) { times[try row.text(6)] = time }
    }
    times[""] = try db.row("SELECT \(StatedTime.columns) FROM awareness WHERE id = ?", [id])?
      .statedTime(0)
    return times
  }

  /// When somebody outside was first told: as it was stated, or by the first filing.
  private func notified(
    _ id: RecordID,
    _ times: [String: StatedTime],
    in db: Database
  ) throws -> StatedTime? {
    let filed = try db.row(
      """
      SELECT \(StatedTime.columns) FROM filing WHERE incident = ? AND isRemoved = 0
      ORDER BY earliest, id LIMIT 1
      """,
      [id]
    )?.statedTime(0)
    return [times[IncidentInstant.notified.rawValue], filed].compactMap(\.self)
      .min { $0.earliest < $1.earliest }
  }

  private func mailings(_ figures: inout BoardFigures, in db: Database) throws {
    var mailings: [(id: RecordID, month: String)] = []
    try db.rows(
      """
      SELECT mailing.id, mailing.openedAt FROM mailing JOIN incident ON incident.id = mailing.incident
      WHERE mailing.isRemoved = 0 AND isExercise = 0 AND mailing.openedAt >= ?
        AND mailing.openedAt < ?
      """,
      bounds
    ) { row in
      let day = DayNumber(try row.instant(1), in: zone).iso
      mailings.append((try row.number(0), String(day.prefix(7))))
    }
    var months: [String: (told: Int, rest: Int)] = [:]
    for (id, month) in mailings {
      let coverage = MailingCoverage(counts: try LedgerTallies.states(of: id, in: db))
      figures.mailings.count += 1
      figures.mailings.listed += coverage.listed
      let told = coverage.count(.reached) + coverage.count(.handedOver)
      figures.mailings.told += told
      months[month, default: (0, 0)].told += told
      months[month, default: (0, 0)].rest += coverage.listed - told
      figures.mailings.waiting += coverage.notTold
      figures.mailings.unreachable += coverage.count(.unreachable)
    }
    figures.mailings.isWithheld = months.values.contains { month in
      [month.told, month.rest].contains { $0 > 0 && $0 < least }
    }
  }

  private func audits(_ figures: inout BoardFigures, in db: Database) throws {
    var signed: [(audit: Audit, framework: String, name: String, at: Instant)] = []
    try db.rows(
      """
      SELECT \(AuditRecord.columns), framework.identifier, framework.name,
        (SELECT coalesce(secondAt, signedAt) FROM auditSignature
          WHERE auditSignature.audit = audit.id AND isComplete = 1 AND reopenedBy IS NULL
          ORDER BY auditSignature.id DESC LIMIT 1) AS completed
      FROM audit JOIN framework ON framework.id = audit.framework
      WHERE audit.isRemoved = 0 AND audit.state = 'signed' AND completed < ?
      ORDER BY completed, audit.referenceOrder
      """,
      [until.milliseconds]
    ) { row in
      signed.append(
        (
          try AuditRecord.read(row), try row.text(17), try row.text(18), try row.instant(19)
        )
      )
    }
    for (place, found) in signed.enumerated() {
      let isLast = !signed[(place + 1)...].contains { $0.framework == found.framework }
      guard isLast || found.at >= from else { continue }
      let score = try AuditRecord.tally(of: found.audit, now: last, in: db).score
      let before = signed[..<place].last { $0.framework == found.framework }
      figures.audits.append(
        BoardFigures.Audited(
          reference: found.audit.reference,
          name: found.name,
          score: score.hundredths,
          assessed: score.assessed,
          items: score.items,
          before: try before.flatMap {
            try AuditRecord.tally(of: $0.audit, now: last, in: db).score.hundredths
          },
          isNew: found.at >= from
        )
      )
    }
  }

  private func findings(_ figures: inout BoardFigures, in db: Database) throws {
    try db.rows(
      """
      SELECT openedAt, dueOrder,
        strftime('%s', json_extract(standing, '$.closedAt')) * 1000,
        strftime('%s', json_extract(standing, '$.acceptance.at')) * 1000, acceptedUntil
      FROM finding WHERE isRemoved = 0 AND openedAt < ?
      """,
      [until.milliseconds]
    ) { row in
      let opened = try row.instant(0)
      let closed = try row.optionalNumber(2)
      if opened >= from { figures.findings.opened += 1 }
      if let closed, closed < until.milliseconds {
        if closed >= from.milliseconds { figures.findings.closed += 1 }
        return
      }
      // An acceptance closes a finding for as long as it lasts.
      if let accepted = try row.optionalNumber(3), let end = try row.optionalNumber(4),
        accepted < until.milliseconds, end >= until.milliseconds
      {
        return
      }
      figures.findings.open += 1
      if try row.number(1) < until.milliseconds { figures.findings.late += 1 }
      figures.findings.ages.append((until - opened).wholeMilliseconds / 86_400_000)
    }
    figures.findings.ages.sort()
  }

  private func training(_ figures: inout BoardFigures, in db: Database) throws {
    let staff = try KeptTable<StaffFacts>.list(in: db)
    guard !staff.isEmpty else { return }
    let ledger = try TrainingLedger(at: last, in: db)
    figures.people = staff.count { $0.facts.isPresent(on: ledger.today) }
    figures.training = ledger.tally(of: staff)
  }

  private func exercises(_ figures: inout BoardFigures, in db: Database) throws {
    let days = DayNumber(from, in: zone)...DayNumber(last, in: zone)
    figures.exercises = try KeptTable<PhishingFacts>.list(in: db)
      .filter { days.contains($0.facts.sentOn) }
      .map { exercise in
        let counts = try PhishingRecord.counts(of: exercise.id, in: db)
        return BoardFigures.Phished(
          name: exercise.facts.name,
          sentOn: exercise.facts.sentOn,
          counts: counts.sent >= least ? counts : nil
        )
      }
  }

  private func requests(_ figures: inout BoardFigures, in db: Database) throws {
    let requests: [RightsRequest] = try KeptTable.list(in: db)
    for request in requests {
      let received = request.facts.receivedAt
      guard received.earliest < until else { continue }
      if received.earliest >= from { figures.requests.received += 1 }
      let due = request.facts.clock?.due
      guard let end = request.facts.end, end.at.earliest < until else {
        figures.requests.open += 1
        if let due, due < until { figures.requests.overdue += 1 }
        continue
      }
      guard end.at.earliest >= from else { continue }
      figures.requests.ended += 1
      guard request.facts.state != .withdrawn else { continue }
      if let due {
        if end.at.latest <= due + .milliseconds(999) {
          figures.requests.onTime += 1
        } else if end.at.earliest > due + .milliseconds(999) {
          figures.requests.late += 1
        } else {
          figures.requests.unclear += 1
        }
      } else {
        figures.requests.unclear += 1
      }
      let days = (end.at.earliest - received.earliest).wholeMilliseconds / 86_400_000
      figures.requests.days.append(max(0, days))
    }
    figures.requests.days.sort()
  }

  private func deletions(_ figures: inout BoardFigures, in db: Database) throws {
    let runs: [DeletionRun] = try KeptTable.list(in: db)
    for run in runs where run.facts.done.earliest >= from && run.facts.done.earliest < until {
      figures.deletions += 1
      figures.deleted += run.facts.count ?? 0
    }
  }
}
