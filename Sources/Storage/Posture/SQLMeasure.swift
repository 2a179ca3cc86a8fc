internal import GRDB
internal import Model

/// A measure of the posture whose facts SQLite can read.
///
/// One file each.
protocol SQLMeasure: PostureMeasure {
  /// Reads the facts from one snapshot of the record.
  static func facts(in db: Database, _ context: MeasureContext) throws -> Self
}

/// What the facts of measures are read with.
struct MeasureContext {
  /// The present.
  var now: Instant
  /// What is known of the organisation.
  var organisation: Organisation

  /// The organisation's zone.
  var zone: Zone { organisation.zone ?? .utc }

  /// The instant that trends are compared with.
  var then: Instant { before(days: Posture.days) }

  /// So many days before the present.
  func before(days: Int64) -> Instant { now - .seconds(days * 86_400) }
}

/// The measures, each with what reads and judges it.
private enum MeasureCatalogue {
  typealias Reading = @Sendable (Database, MeasureContext) throws -> MeasureReading

  /// Fails to build when a measure of the model's list has no SQL.
  private static func table<each M: SQLMeasure>(_: (repeat each M).Type)
    -> [(theme: PostureTheme, read: Reading)]
  {
    var table: [(theme: PostureTheme, read: Reading)] = []
    for entry in repeat ((each M).theme, reading((each M).self)) { table.append(entry) }
    return table
  }

  private static func reading<M: SQLMeasure>(_: M.Type) -> Reading {
    { db, context in MeasureReading(try M.facts(in: db, context), at: context.now) }
  }

  static let all = table(AllMeasures.self)
}

extension PostureReadings: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [MeasureReading] {
    let context = MeasureContext(
      now: now,
      organisation: try OrganisationRecord.current(in: db).organisation
    )
    return try MeasureCatalogue.all.filter { themes.contains($0.theme) }
      .map { try $0.read(db, context) }
  }
}

extension Database {
  /// Fetches a count that a statement always gives.
  func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
    Int(try number(sql, arguments))
  }
}
