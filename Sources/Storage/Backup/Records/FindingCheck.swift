internal import GRDB
internal import Model

/// Findings: facts, standing, and what of them is repeated to be found by.
///
/// The day that a rule gave is compared in `FindingDueCheck`. What a scan opens, closes and reopens it does by one entry of the audit, which names no finding: of
/// those it led only what their columns repeat is compared.
enum FindingCheck: FoldedCheck {
  static let kind = Subject.Kind.finding
  static let table = "finding"
  static let tables = [
    CheckedTable(
      "finding",
      .none,
      ["*"],
      free: [
        "updatedAt": RecordChecks.touched
      ]
    )
  ]
  static let actions = (
    adding: [OpenFinding.name],
    others: [
      EditFinding.name, MoveFinding.name, ReturnFinding.name, RemoveFinding.name,
      RestoreFinding.name,
    ]
  )

  /// Those that a scan opened, taken back or not.
  static let exempt = """
    EXISTS (SELECT 1 FROM scanFinding WHERE scanFinding.finding = finding.id)
      OR (isRemoved = 1 AND EXISTS (
        SELECT 1 FROM journal WHERE subjectKind = 'audit' AND action = '\(WithdrawScan.name)'))
    """

  static func fold(_ told: inout ToldRecord<Finding>, _ entry: KeptEntry) throws {
    switch entry.action {
    case OpenFinding.name:
      let change = try entry.read(OpenFinding.self)
      told.facts = Finding(
        id: entry.subject,
        reference: entry.reference,
        version: 1,
        facts: change.facts,
        standing: FindingStanding(),
        openedAt: entry.at,
        updatedAt: entry.at,
        due: change.facts.due,
        item: change.item,
        isRemoved: false
      )
    case EditFinding.name: told.facts?.facts = try entry.read(EditFinding.self).facts
    case MoveFinding.name:
      guard let finding = told.facts else { return }
      told.facts?.standing = try FindingStanding.after(
        try entry.read(MoveFinding.self).step,
        on: finding,
        at: entry.at,
        by: entry.actor
      )
    case ReturnFinding.name: told.facts?.standing = try entry.read(ReturnFinding.self).standing
    case RemoveFinding.name: told.isRemoved = true
    default: told.isRemoved = false
    }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Finding] {
    var found: [RecordID: Finding] = [:]
    for id in ids { found[id] = try FindingRecord.fetch(id, in: db) }
    return found
  }

  static func problem(
    _ told: ToldRecord<Finding>,
    _ stored: Finding,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    var differences = Differences()
    if told.first.action == OpenFinding.name {
      differences.note(stored.version == told.version, "version is")
      differences.note(stored.isRemoved == told.isRemoved, "place on the lists is")
      guard let wanted = told.facts else { return differences.first }
      differences.note(stored.reference == wanted.reference, "reference is")
      differences.note(stored.facts == wanted.facts, "facts are")
      differences.note(stored.standing == wanted.standing, "standing is")
      differences.note(stored.openedAt == wanted.openedAt, "time of opening is")
      differences.note(stored.item == wanted.item, "item is")
      if let due = wanted.facts.due { differences.note(stored.due == due, "day is") }
    }
    let acceptance = stored.standing.state == .accepted ? stored.standing.acceptance : nil
    let row = try db.row(
      """
      SELECT title, text, rootCause, owner, severity, state, acceptedUntil, referenceOrder, actions
      FROM finding WHERE id = ?
      """,
      [id]
    )
    if let row {
      let repeated = [
        stored.facts.title, stored.facts.text, stored.facts.rootCause, stored.facts.owner ?? "",
        stored.facts.severity.rawValue, stored.standing.state.rawValue,
      ]
      let parts = stored.reference.split(separator: "-").compactMap { Int64($0) }
      differences.note(
        try (0..<6).map { try row.text($0) } == repeated
          && row.text(8) == FindingRecord.words(stored.facts.actions)
          && row.optionalNumber(6) == acceptance?.expires.latest.milliseconds
          && row.number(7) == (parts.count == 2 ? parts[0] * 10_000_000_000 + parts[1] : 0),
        "columns are"
      )
    }
    return differences.first
  }
}
