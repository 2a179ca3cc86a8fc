internal import GRDB
internal import Model

extension LateTasks: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> LateTasks {
    var first: [Late] = []
    try db.rows(
      """
      SELECT task.id, task.incident, incident.reference, task.latest
      FROM task JOIN incident ON incident.id = task.incident
      WHERE isListed = 1 AND dueOrder < ? AND isExercise = 0
      ORDER BY dueOrder, task.id LIMIT \(Posture.steps)
      """,
      [context.now.milliseconds]
    ) { row in
      first.append(
        Late(
          id: try row.number(0),
          incident: try row.number(1),
          reference: try row.text(2),
          due: try row.instant(3)
        )
      )
    }
    return LateTasks(
      open: try TaskTally.open(in: db),
      late: try TaskTally.overdue(at: context.now, in: db),
      first: first
    )
  }
}

/// How many tasks are open and late, from running totals; those of exercises are left out.
enum TaskTally {
  static func open(in db: Database) throws -> Int {
    try db.count("SELECT coalesce(sum(count), 0) FROM taskTally")
  }

  static func overdue(at now: Instant, in db: Database) throws -> Int {
    try db.count(
      """
      SELECT (SELECT coalesce(sum(count), 0) FROM taskTally WHERE id BETWEEN 0 AND ?1 - 1)
        + (SELECT count(*) FROM task WHERE isListed = 1
          AND dueOrder >= ?1 * 86400000 AND dueOrder < ?2
          AND incident NOT IN (SELECT id FROM incident WHERE isExercise = 1))
      """,
      [now.milliseconds / 86_400_000, now.milliseconds]
    )
  }
}
