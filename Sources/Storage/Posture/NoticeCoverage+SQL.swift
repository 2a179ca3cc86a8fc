internal import GRDB
internal import Model

extension NoticeCoverage: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> NoticeCoverage {
    var (count, listed, open) = (0, 0, [Open]())
    let numbers = try AffectedNumbers.ofMailings(in: db)
    for mailing in try PostureMailings.present(in: db) {
      let coverage = MailingCoverage(
        of: numbers[mailing.incident] ?? [],
        counts: try LedgerTallies.states(of: mailing.id, in: db)
      )
      (count, listed) = (count + 1, listed + coverage.listed)
      guard !coverage.isWhole else { continue }
      let duties = try MailingRecord.existing(mailing.id, in: db).facts.obligations.compactMap {
        try ClockRecord.standing($0, of: mailing.incident, in: db)
      }
      let nearest = NoticeClocks.nearest(duties, now: context.now)
      open.append(
        Open(
          id: mailing.id,
          reference: mailing.reference,
          untold: coverage.notTold,
          due: nearest?.sentAt == nil ? nearest?.obligation.state.due : nil,
          isIncomplete: coverage.notTold == 0
        )
      )
    }
    return NoticeCoverage(mailings: count, listed: listed, open: open)
  }
}

/// The mailings that say something of the posture: neither removed nor erased, of no exercise.
enum PostureMailings {
  /// A mailing.
  struct Mailing {
    var id: RecordID
    var incident: RecordID
    var reference: String
  }

  static func present(in db: Database) throws -> [Mailing] {
    var list: [Mailing] = []
    try db.rows(
      """
      SELECT mailing.id, mailing.incident, mailing.reference
      FROM mailing JOIN incident ON incident.id = mailing.incident
      WHERE mailing.isRemoved = 0 AND mailing.erasedAt IS NULL AND incident.isExercise = 0
        AND incident.isRemoved = 0
      ORDER BY mailing.id
      """
    ) { row in
      list.append(
        Mailing(id: try row.number(0), incident: try row.number(1), reference: try row.text(2))
      )
    }
    return list
  }
}

/// How many people incidents say are affected.
enum AffectedNumbers {
  /// Of each incident that has mailings.
  static func ofMailings(in db: Database) throws -> [RecordID: [AffectedPeople]] {
    var numbers: [RecordID: [AffectedPeople]] = [:]
    try db.rows(
      """
      SELECT incident, jurisdiction, count, quality FROM incidentAffected
      WHERE incident IN (SELECT incident FROM mailing) ORDER BY incident, jurisdiction
      """
    ) { row in
      numbers[try row.number(0), default: []].append(
        AffectedPeople(
          jurisdiction: try row.text(1),
          count: try row.optionalNumber(2),
          quality: try row.word(3)
        )
      )
    }
    return numbers
  }
}
