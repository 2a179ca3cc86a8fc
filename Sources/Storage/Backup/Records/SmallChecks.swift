internal import Foundation
internal import GRDB
internal import Model

/// Filters that were saved.
enum FilterCheck: FoldedCheck {
  static let kind = Subject.Kind.filter
  static let table = "savedFilter"
  static let tables = [CheckedTable("savedFilter", .none, ["*"])]
  static let actions = (adding: [SaveFilter.name], others: [RemoveFilter.name])

  static func fold(_ told: inout ToldRecord<SaveFilter>, _ entry: KeptEntry) throws {
    told.isRemoved = entry.action == RemoveFilter.name
    if !told.isRemoved { told.facts = try entry.read() }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: [String]] {
    var found: [RecordID: [String]] = [:]
    for id in ids {
      let row = try db.row(
        "SELECT version, isRemoved, name, text FROM savedFilter WHERE id = ?",
        [id]
      )
      guard let row else { continue }
      found[id] = [
        String(try row.number(0)), try row.flag(1) ? "removed" : "", try row.text(2),
        try row.text(3),
      ]
    }
    return found
  }

  static func problem(
    _ told: ToldRecord<SaveFilter>,
    _ stored: [String],
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    let head = [String(told.version), told.isRemoved ? "removed" : ""]
    let facts = told.facts.map { [$0.filterName, $0.text] } ?? Array(stored.dropFirst(2))
    return stored == head + facts ? nil : "it does not say what the journal says"
  }
}

/// What is known of the organisation: who asks for a second person, among others.
enum OrganisationCheck: FoldedCheck {
  static let kind = Subject.Kind.organisation
  static let table = "organisation"
  static let tables = [CheckedTable("organisation", .none, ["*"])]
  static let actions = (adding: [SetOrganisation.name], others: [String]())

  static func fold(_ told: inout ToldRecord<Organisation>, _ entry: KeptEntry) throws {
    told.facts = try entry.read(SetOrganisation.self).organisation
  }

  static func stored(_ ids: [RecordID], in db: Database) throws
    -> [RecordID: CurrentOrganisation.Answer]
  {
    guard try db.row("SELECT 1 FROM organisation WHERE id = 1") != nil else { return [:] }
    return [1: try OrganisationRecord.current(in: db)]
  }

  static func problem(
    _ told: ToldRecord<Organisation>,
    _ stored: CurrentOrganisation.Answer,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    var differences = Differences()
    differences.note(stored.version == told.version, "version is")
    if let facts = told.facts { differences.note(stored.organisation == facts, "facts are") }
    return differences.first
  }
}

/// The contact book of authorities.
enum AuthorityCheck: FoldedCheck {
  static let kind = Subject.Kind.authority
  static let table = "authority"
  static let tables = [CheckedTable("authority", .none, ["*"])]
  static let actions = (adding: [SetAuthority.name], others: [RemoveAuthority.name])

  /// What the journal says, and when it was said last.
  struct Facts {
    var change: SetAuthority
    var at: Instant
  }

  static func fold(_ told: inout ToldRecord<Facts>, _ entry: KeptEntry) throws {
    told.isRemoved = entry.action == RemoveAuthority.name
    if told.isRemoved {
      told.facts?.at = entry.at
    } else {
      told.facts = Facts(change: try entry.read(), at: entry.at)
    }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws
    -> [RecordID: AuthorityRecord.Stored]
  {
    var found: [RecordID: AuthorityRecord.Stored] = [:]
    for id in ids {
      guard let key = try db.row("SELECT key FROM authority WHERE id = ?", [id])?.text(0) else {
        continue
      }
      found[id] = try AuthorityRecord.stored(key, in: db)
    }
    return found
  }

  static func problem(
    _ told: ToldRecord<Facts>,
    _ stored: AuthorityRecord.Stored,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    var differences = Differences()
    differences.note(stored.contact.version == told.version, "version is")
    differences.note(stored.isRemoved == told.isRemoved, "place in the book is")
    guard let facts = told.facts else { return differences.first }
    differences.note(stored.contact.authority == facts.change.authority, "key is")
    differences.note(stored.contact.facts == facts.change.facts, "entry is")
    differences.note(stored.contact.updatedAt == facts.at, "time is")
    return differences.first
  }
}

/// Decisions, and what a second person said to them.
enum DecisionCheck: FoldedCheck {
  static let kind = Subject.Kind.decision
  static let table = "decision"
  static let tables = [
    CheckedTable("decision", .none, ["*"])
  ]
  static let actions = (
    adding: [RecordDecision.name], others: [ApproveDecision.name, RefuseDecision.name]
  )

  static func fold(_ told: inout ToldRecord<Decision>, _ entry: KeptEntry) throws {
    switch entry.action {
    case RecordDecision.name:
      let change = try entry.read(RecordDecision.self)
      told.facts = Decision(
        id: entry.subject,
        incident: change.incident,
        version: 1,
        facts: change.facts,
        recordedAt: entry.at,
        recordedBy: entry.actor
      )
    case ApproveDecision.name:
      told.facts?.approval = Decision.Approval(by: entry.actor, at: entry.at)
      told.facts?.version = 2
    default:
      told.facts?.refusal = Decision.Refusal(
        by: entry.actor,
        at: entry.at,
        reason: try entry.read(RefuseDecision.self).reason
      )
      told.facts?.version = 2
    }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Decision] {
    var found: [RecordID: Decision] = [:]
    for id in ids where try db.row("SELECT 1 FROM decision WHERE id = ?", [id]) != nil {
      found[id] = try DecisionRecord.existing(id, in: db)
    }
    return found
  }

  static func problem(
    _ told: ToldRecord<Decision>,
    _ stored: Decision,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    guard let wanted = told.facts else { return nil }
    var differences = Differences()
    differences.note(stored.incident == wanted.incident, "incident is")
    differences.note(stored.facts == wanted.facts, "facts are")
    differences.note(
      stored.recordedAt == wanted.recordedAt && stored.recordedBy == wanted.recordedBy,
      "author or time is"
    )
    differences.note(
      stored.approval == wanted.approval && stored.refusal == wanted.refusal,
      "approval is"
    )
    return differences.first
  }
}

extension DecisionCheck {
  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    try folded(in: db, note)
    try db.rows(
      """
      SELECT decision.id, coalesce(reference, '') FROM decision
      LEFT JOIN incident ON incident.id = decision.incident
      WHERE (approvedBy IS NULL) <> (approvedAt IS NULL)
        OR (refusedBy IS NULL) <> (refusedAt IS NULL) OR (refusedBy IS NULL) <> (refusal IS NULL)
      ORDER BY decision.id
      """
    ) {
      try note(
        Subject(.decision, try $0.number(0)),
        try $0.text(1),
        "its approval or refusal is said by half"
      )
    }
  }
}

/// Assessments of how likely harm is.
enum AssessmentCheck: FoldedCheck {
  static let kind = Subject.Kind.assessment
  static let table = "assessment"
  static let tables = [CheckedTable("assessment", .none, ["*"])]
  static let actions = (adding: [RecordAssessment.name], others: [String]())

  static func fold(_ told: inout ToldRecord<RecordAssessment>, _ entry: KeptEntry) throws {
    told.facts = try entry.read()
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Assessment] {
    var found: [RecordID: Assessment] = [:]
    for id in ids { found[id] = try AssessmentRecord.fetch(id, in: db) }
    return found
  }

  static func problem(
    _ told: ToldRecord<RecordAssessment>,
    _ stored: Assessment,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    guard let wanted = told.facts else { return nil }
    var differences = Differences()
    differences.note(stored.incident == wanted.incident, "incident is")
    differences.note(stored.edition == wanted.follows + 1, "edition is")
    differences.note(stored.facts == wanted.facts, "answers or result is")
    differences.note(
      stored.recordedAt == told.first.at && stored.recordedBy == told.first.actor,
      "author or time is"
    )
    return differences.first
  }
}

/// Reminders of clocks that went out.
enum ReminderCheck: RecordCheck {
  static let tables = [CheckedTable("reminder", .none, ["*"], free: ["id": "names nothing"])]

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    var told: Set<[String]> = []
    var isWhole = true
    try KeptEntry.each(of: .obligation, [RecordReminder.name], in: db) { entry in
      guard let change = try? entry.read(RecordReminder.self) else {
        isWhole = false
        return
      }
      told.insert([
        String(change.incident), change.rule, String(change.due.milliseconds),
        String(change.hours), String(change.meantAt.milliseconds), String(entry.at.milliseconds),
      ])
    }
    try db.rows("SELECT incident, rule, due, hours, meantAt, sentAt FROM reminder ORDER BY id") {
      let found = [
        String(try $0.number(0)), try $0.text(1), String(try $0.number(2)),
        String(try $0.number(3)), String(try $0.number(4)), String(try $0.number(5)),
      ]
      guard told.remove(found) == nil, isWhole else { return }
      try note(
        Subject(.incident, try $0.number(0)),
        "",
        "it has a reminder of \(found[1]) that the journal does not have"
      )
    }
    for gone in told.sorted(by: { $0.joined(separator: " ") < $1.joined(separator: " ") }) {
      try note(
        Subject(.incident, RecordID(gone[0]) ?? 0),
        "",
        "its reminder of \(gone[1]) was deleted or altered"
      )
    }
  }
}

/// The wrapped key of the list of staff.
enum StaffKeyCheck: RecordCheck {
  static let tables = [CheckedTable("staffKey", .none, ["*"])]

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    var told: OpenMailing.Key?
    try KeptEntry.each(of: .store, [MakeStaffKey.name], in: db) {
      told = try? $0.read(MakeStaffKey.self).key
    }
    let row = try db.row("SELECT wrappedKey, wrappedBy, id FROM staffKey")
    let found = try row.map {
      OpenMailing.Key(
        by: try $0.text(1),
        digest: Digest.sha256([UInt8](try $0.decode(Data.self, atIndex: 0)))
      )
    }
    guard found != told else { return }
    let problem =
      if told == nil {
        "no entry of the journal has made the key of the list of staff"
      } else if found == nil {
        "the key of the list of staff was deleted"
      } else {
        "the key of the list of staff is not the one that was made"
      }
    try note(Subject(.store, 1), "", problem)
  }
}

/// Numbers that are kept as the rows change, counted again.
enum TallyCheck: RecordCheck {
  private static let empty = [
    "id": "names nothing", "state": "compared where it counts anything",
    "severity": "compared where it counts anything",
  ]

  static let tables = [
    CheckedTable("incidentTally", .none, ["*"], free: empty),
    CheckedTable("monthTally", .none, ["*"], free: ["id": "names nothing"]),
    CheckedTable("taskTally", .none, ["*"]),
    CheckedTable("findingTally", .none, ["*"], free: ["id": "names nothing"]),
  ]

  private static let sums: [(table: String, kept: String, counted: String)] = [
    (
      "incidentTally", "SELECT state, severity, count FROM incidentTally",
      """
      SELECT state, coalesce(severity, ''), count(*) FROM incident
      WHERE isRemoved = 0 AND isExercise = 0 GROUP BY 1, 2
      """
    ),
    (
      "monthTally", "SELECT month, '', count FROM monthTally",
      """
      SELECT strftime('%Y-%m', openedAt / 1000, 'unixepoch'), '', count(*) FROM incident
      WHERE isRemoved = 0 AND isExercise = 0 GROUP BY 1
      """
    ),
    (
      "taskTally", "SELECT id, '', count FROM taskTally",
      """
      SELECT coalesce(max(latest / 86400000, 0), -1), '', count(*) FROM task
      WHERE isListed = 1 AND incident NOT IN (SELECT id FROM incident WHERE isExercise = 1)
      GROUP BY 1
      """
    ),
    (
      "findingTally", "SELECT state, severity, count FROM findingTally",
      """
      SELECT state, severity, count(*) FROM finding WHERE isRemoved = 0 GROUP BY 1, 2
      """
    ),
  ]

  /// Totals of findings that have no row are not counted from then on, so each must have one.
  private static let missing = """
    SELECT 1 WHERE 24 <> (SELECT count(*) FROM findingTally
      WHERE state IN ('open', 'in-progress', 'remedied', 'verified', 'closed', 'accepted')
        AND severity IN ('critical', 'high', 'medium', 'low'))
    """

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    if try db.row(missing) != nil {
      try note(Subject(.store, 1), "", "findingTally lacks a row that is counted in")
    }
    for (table, kept, counted) in sums {
      let differs = try db.row(
        """
        SELECT 1 WHERE EXISTS (SELECT * FROM (\(kept)) WHERE count > 0 EXCEPT \(counted))
          OR EXISTS (SELECT * FROM (\(counted)) EXCEPT \(kept))
        """
      )
      guard differs != nil else { continue }
      try note(Subject(.store, 1), "", "the numbers kept in \(table) are not those of its rows")
    }
  }
}
