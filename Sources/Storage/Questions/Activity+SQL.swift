internal import GRDB
internal import Model

extension ActivityList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [ActivityRow] {
    let reading = try RegisterReading(context.now, in: db)
    return try KeptTable<ActivityFacts>.list(in: db)
      .filter(filter.passes).map(reading.row)
  }
}

extension ActivityByReference: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Activity? {
    try KeptTable.named(reference, in: db)
  }
}

extension ActivityDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard let activity = try KeptTable<ActivityFacts>.fetch(id, in: db) else { return nil }
    let reading = try RegisterReading(context.now, in: db)
    let rules = reading.rules.filter { $0.facts.activity == activity.reference }
    let due = try DueRows.list(of: rules, reading, in: db)
    return Details(
      row: reading.row(activity),
      unjustified: reading.unjustified(activity),
      rules: rules,
      due: due.sorted { ($0.dueAt ?? .distantly) < ($1.dueAt ?? .distantly) },
      history: try JournalWindow(
        JournalFilter(subject: Subject(.activity, id)),
        RowWindow(start: 0, count: 200)
      ).fetch(in: db, context).rows
    )
  }
}

extension UnjustifiedList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [UnjustifiedData] {
    let reading = try RegisterReading(context.now, in: db)
    return try KeptTable<ActivityFacts>.list(in: db).flatMap(reading.unjustified)
      .sorted { ($0.since, $0.reference, $0.category) < ($1.since, $1.reference, $1.category) }
  }
}

/// What is needed to say how activities stand: the present, the organisation's settings, the rules.
struct RegisterReading {
  let now: Instant
  let zone: Zone
  let months: Int
  let rules: [RetentionRule]

  init(_ now: Instant, in db: Database) throws {
    let organisation = try OrganisationRecord.current(in: db).organisation
    self.now = now
    zone = organisation.zone ?? .utc
    months = organisation.justifyMonths ?? Justification.usualMonths
    rules = try KeptTable.list(in: db)
  }

  func unjustified(_ activity: Activity) -> [UnjustifiedData] {
    Justification.missing(in: activity, months: months, at: now, zone: zone)
  }

  func row(_ activity: Activity) -> ActivityRow {
    let count = rules.count { $0.facts.activity == activity.reference }
    return ActivityRow(
      activity: activity,
      gaps: activity.facts.gaps(at: now, hasRetention: count > 0).map(\.text),
      unjustified: unjustified(activity).count,
      rules: count
    )
  }
}

extension Instant {
  /// Behind every instant that a record can hold: what has none sorts last.
  static var distantly: Instant { Instant(milliseconds: .max) }
}
