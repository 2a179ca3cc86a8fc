internal import GRDB
internal import Model

/// Incidents and exercises with all that stands beside their row: instants, people affected, words,
/// answers, awareness, source.
enum IncidentCheck: FoldedCheck {
  /// An incident, and the entries of its course that came in with it.
  struct Facts {
    var incident: Incident
    var timeline: [TimelineFacts]
    /// Edits of its facts as the journal has them, oldest first; read when it is compared.
    var edits: [String] = []
  }

  /// An incident, and what of it is repeated to be found by.
  struct Stored {
    var incident: Incident
    var words: [[String]]
    var folded: String?
  }

  static let kind = Subject.Kind.incident
  static let table = "incident"
  static let tables = [
    CheckedTable(
      "incident",
      .none,
      [
        "id", "reference", "referenceOrder", "version", "title", "summary", "severity", "state",
        "outcome", "lead", "scribe", "liaison", "counsel", "disclosure", "isEncrypted",
        "isKeyTaken", "isRestored", "isRecovered", "tags", "assets", "occurredOrder", "awareOrder",
        "affectedOrder", "openedAt", "isRemoved", "isExercise",
      ],
      free: [
        "updatedAt": RecordChecks.touched
      ]
    ),
    CheckedTable("incidentInstant", .none, ["*"]), CheckedTable("incidentAffected", .none, ["*"]),
    CheckedTable("incidentWord", .none, ["*"]), CheckedTable("incidentAnswer", .none, ["*"]),
    CheckedTable("awareness", .none, ["*"]), CheckedTable("incidentText", .none, ["*"]),
  ]
  static let actions = (
    adding: [OpenIncident.name, StartExercise.name],
    others: [
      EditIncident.name, MoveIncident.name, DecideAwareness.name, RemoveIncident.name,
      RestoreIncident.name, RenewSource.name, EndExercise.name, ResumeExercise.name,
    ]
  )

  static func fold(_ told: inout ToldRecord<Facts>, _ entry: KeptEntry) throws {
    switch entry.action {
    case OpenIncident.name:
      let change = try entry.read(OpenIncident.self)
      told.facts = Facts(opening: entry, change, exercise: nil)
    case StartExercise.name:
      let change = OpenIncident(facts: try entry.read(StartExercise.self).facts)
      told.facts = Facts(opening: entry, change, exercise: Exercise())
    case EditIncident.name:
      guard let change = entry.change else { throw UnknownWord(type: "an erased change") }
      told.facts?.edits.append(change)
    case MoveIncident.name: told.facts?.incident.state = try entry.read(MoveIncident.self).state
    case DecideAwareness.name:
      told.facts?.incident.awareness = try entry.read(DecideAwareness.self).decision
    case RemoveIncident.name: told.isRemoved = true
    case RestoreIncident.name: told.isRemoved = false
    case RenewSource.name: told.facts?.incident.source = try entry.read(RenewSource.self).source
    case EndExercise.name:
      let end = Exercise.End(at: entry.at, by: entry.actor)
      told.facts?.incident.exercise?.end = try entry.read(EndExercise.self).earlier?.end ?? end
      told.facts?.incident.state = .closed
    default:
      told.facts?.incident.exercise?.end = nil
      told.facts?.incident.state = try entry.read(ResumeExercise.self).state
    }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Stored] {
    var found: [RecordID: Stored] = [:]
    for incident in try IncidentRecord.fetch(ids, in: db) {
      found[incident.id] = Stored(incident: incident, words: [[], []])
    }
    let list = "[\(ids.map(String.init).joined(separator: ","))]"
    try db.rows(
      """
      SELECT incident, kind = 'tag', word FROM incidentWord
      WHERE incident IN (SELECT value FROM json_each(?)) AND kind IN ('asset', 'tag')
      ORDER BY incident, kind, word
      """,
      [list]
    ) { found[try $0.number(0)]?.words[try $0.flag(1) ? 1 : 0].append(try $0.text(2)) }
    try db.rows(
      "SELECT id, folded FROM incidentText WHERE id IN (SELECT value FROM json_each(?))",
      [list]
    ) { found[try $0.number(0)]?.folded = try $0.text(1) }
    return found
  }

  static func problem(
    _ told: ToldRecord<Facts>,
    _ stored: Stored,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    let found = stored.incident
    var differences = Differences()
    differences.note(found.version == told.version, "version is")
    differences.note(found.isRemoved == told.isRemoved, "place on the lists is")
    guard let facts = told.facts else { return differences.first }
    var wanted = facts.incident
    guard let edited = EditedFacts.facts(wanted.facts, facts.edits) else {
      return differences.first
    }
    wanted.facts = edited
    differences.note(found.reference == wanted.reference, "reference is")
    differences.note(found.openedAt == wanted.openedAt, "time of opening is")
    differences.note(found.state == wanted.state, "state is")
    differences.note(found.awareness == wanted.awareness, "decision on awareness is")
    if found.facts != wanted.facts {
      let first = zip(found.facts.named, wanted.facts.named).first { $0.0.1 != $0.1.1 }
      differences.note(false, "facts are\(first.map { " (\($0.0.0))" } ?? "")")
    }
    differences.note(
      found.source?.format == wanted.source?.format
        && found.source?.externalID == wanted.source?.externalID,
      "source is"
    )
    differences.note(found.exercise == wanted.exercise, "course as an exercise is")
    differences.note(
      stored.words == [found.facts.assets, found.facts.tags]
        && stored.folded == IncidentRecord.folded(found.facts, found.reference),
      "words that it is found by are"
    )
    guard differences.first == nil, !facts.timeline.isEmpty else { return differences.first }
    let isSame = try OpenedTimeline.isSame(facts.timeline, of: id, told.first, in: db)
    differences.note(isSame, "course as it was opened is")
    return differences.first
  }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    try folded(in: db, note)
    try db.rows(
      """
      SELECT id, reference FROM incident AS i WHERE
        referenceOrder <> CAST(substr(reference, 5, 4) AS INTEGER) * 10000000000
          + CAST(substr(reference, 10) AS INTEGER)
        OR occurredOrder IS NOT (SELECT earliest FROM incidentInstant
          WHERE incident = i.id AND instant = '\(IncidentInstant.occurred.rawValue)')
        OR awareOrder IS NOT coalesce((SELECT earliest FROM awareness WHERE awareness.id = i.id),
          (SELECT earliest FROM incidentInstant
            WHERE incident = i.id AND instant = '\(IncidentInstant.aware.rawValue)'))
        OR (affectedOrder IS NULL) <> (SELECT count(*) = 0 OR count(*) <> count(count)
          FROM incidentAffected WHERE incident = i.id)
        OR (affectedOrder < 4503599627370496
          AND affectedOrder <> (SELECT total(count) FROM incidentAffected WHERE incident = i.id))
      ORDER BY id
      """
    ) {
      try note(
        Subject(.incident, try $0.number(0)),
        try $0.text(1),
        "what it is sorted by is not what it says"
      )
    }
    for side in [
      "incidentInstant", "incidentAffected", "incidentWord", "incidentAnswer",
    ] {
      try db.rows(
        """
        SELECT DISTINCT incident FROM \(side) WHERE incident NOT IN (SELECT id FROM incident)
        """
      ) {
        try note(
          Subject(.incident, try $0.number(0)),
          "",
          "there are rows of it in \(side), but it never was"
        )
      }
    }
  }
}

extension IncidentCheck.Facts {
  fileprivate init(opening entry: KeptEntry, _ change: OpenIncident, exercise: Exercise?) {
    incident = Incident(
      id: entry.subject,
      reference: entry.reference,
      version: 1,
      facts: change.facts.normalized,
      state: change.state,
      openedAt: change.openedAt ?? entry.at,
      updatedAt: entry.at,
      source: change.source,
      exercise: exercise
    )
    timeline = change.timeline
  }
}

/// Entries of an incident's course that came in with it and have no entry of the journal of their own.
enum OpenedTimeline {
  /// Which rows they are, as SQL.
  static let condition = """
    EXISTS (SELECT 1 FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'incident' AND subject = timelineEntry.incident
        AND action = '\(OpenIncident.name)'
        AND (change IS NULL OR json_array_length(change, '$.timeline') > 0))
    """

  /// Whether those that stand there are those that came in, edits of their own aside.
  static func isSame(
    _ timeline: [TimelineFacts],
    of incident: RecordID,
    _ opening: KeptEntry,
    in db: Database
  ) throws -> Bool {
    var found: [(entry: TimelineEntry, isRemoved: Bool)] = []
    try db.rows(
      """
      SELECT \(TimelineRecord.columns) FROM timelineEntry
      WHERE incident = ?1 AND NOT EXISTS (SELECT 1 FROM journal WHERE subjectKind = 'timelineEntry'
        AND subject = timelineEntry.id AND action = ?2)
      ORDER BY id
      """,
      [incident, AddTimelineEntry.name]
    ) { found.append((try TimelineRecord.read($0), try $0.flag(15))) }
    guard found.count == timeline.count else { return false }
    return zip(found, timeline).allSatisfy { found, wanted in
      let entry = found.entry
      guard entry.recordedAt == opening.at, entry.recordedBy == opening.actor else { return false }
      return entry.version > 1 || (entry.facts == wanted && !found.isRemoved)
    }
  }
}
