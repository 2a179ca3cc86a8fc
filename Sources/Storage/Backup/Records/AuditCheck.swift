internal import GRDB
internal import Model

/// Audits as a whole, signed or not.
enum AuditCheck: FoldedCheck {
  /// An audit, and whether its state is known: a signature may lock it or wait for a second one.
  struct Facts {
    var audit: Audit
    var hasState = true
  }

  static let kind = Subject.Kind.audit
  static let table = "audit"
  static let tables = [
    CheckedTable(
      "audit",
      .none,
      ["*"],
      free: [
        "updatedAt": RecordChecks.touched,
        "frameworkDigest": "compared where it was signed",
      ]
    )
  ]
  static let actions = (
    adding: [StartAudit.name],
    others: [
      EditAudit.name, SubmitForReview.name, WithdrawReview.name, SignAudit.name, ReopenAudit.name,
      RemoveAudit.name, RestoreAudit.name, ImportScan.name, WithdrawScan.name,
    ]
  )

  static func fold(_ told: inout ToldRecord<Facts>, _ entry: KeptEntry) throws {
    switch entry.action {
    case StartAudit.name:
      let change = try entry.read(StartAudit.self)
      told.facts = Facts(
        audit: Audit(
          id: entry.subject,
          reference: entry.reference,
          version: 1,
          framework: change.framework,
          previous: change.previous,
          state: change.isPlanned ? .planned : .open,
          facts: change.facts,
          startedAt: entry.at,
          updatedAt: entry.at
        )
      )
    case EditAudit.name:
      for edit in try entry.read(EditAudit.self).edits {
        told.facts?.audit.apply(edit)
        if case .state = edit { told.facts?.hasState = true }
      }
    case SubmitForReview.name:
      if try entry.read(SubmitForReview.self).places == nil { told.facts?.audit.state = .inReview }
    case WithdrawReview.name:
      told.facts?.audit.state = try entry.read(WithdrawReview.self).state
    case SignAudit.name, ReopenAudit.name: told.facts?.hasState = false
    case RemoveAudit.name: told.isRemoved = true
    case RestoreAudit.name: told.isRemoved = false
    default: break
    }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Audit] {
    var found: [RecordID: Audit] = [:]
    try db.rows(
      "SELECT \(AuditRecord.columns) FROM audit WHERE id IN (SELECT value FROM json_each(?))",
      ["[\(ids.map(String.init).joined(separator: ","))]"]
    ) { found[try $0.number(0)] = try AuditRecord.read($0) }
    return found
  }

  static func problem(
    _ told: ToldRecord<Facts>,
    _ stored: Audit,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    var differences = Differences()
    differences.note(stored.version == told.version, "version is")
    differences.note(stored.isRemoved == told.isRemoved, "place on the lists is")
    guard let facts = told.facts else { return differences.first }
    var wanted = facts.audit
    differences.note(stored.reference == wanted.reference, "reference is")
    let order = try db.row("SELECT referenceOrder FROM audit WHERE id = ?", [id])?.number(0)
    let parts = wanted.reference.split(separator: "-").compactMap { Int64($0) }
    if parts.count == 2 {
      differences.note(order == parts[0] * 10_000_000_000 + parts[1], "place in order is")
    }
    differences.note(
      stored.framework == wanted.framework && stored.previous == wanted.previous,
      "framework or earlier audit is"
    )
    // Without any the framework's own are taken.
    if wanted.facts.groups.isEmpty { wanted.facts.groups = stored.facts.groups }
    differences.note(stored.facts == wanted.facts, "facts are")
    differences.note(stored.startedAt == wanted.startedAt, "time of starting is")
    // Where it was signed, the signature says how it stands.
    if facts.hasState { differences.note(stored.state == wanted.state, "state is") }
    return differences.first
  }
}

/// The answers to the items of audits, signed or not.
///
/// A scan and a submission set answers of many items by one entry of the audit: what those set is not
/// compared, what somebody answered or reviewed behind them is.
enum AuditItemCheck: FoldedCheck {
  /// What was set last of each field, and when.
  struct Facts {
    var edits: [String: (edit: AuditItemEdit, entry: JournalSequence)] = [:]
    /// Acceptances, each with when its proposal was set last: between the two a scan may have made one.
    var accepted: [(after: JournalSequence, entry: JournalSequence)] = []
    /// The last entry of all.
    var last: JournalSequence = 0
  }

  /// What an accepted proposal may set.
  private static let proposed: Set = [
    "result", "reason", "score", "observation", "answers", "attestation",
  ]

  private static let counted = "of headings: counted by triggers, which are compared by their text"
  static let kind = Subject.Kind.auditItem
  static let table = "auditItem"
  static let tables = [
    CheckedTable(
      "auditItem",
      .none,
      ["*"],
      free: [
        "points": "counted from the answer where it is shown",
        "possible": "counted from the answer where it is shown",
        "items": counted, "assessed": counted, "excluded": counted,
        "previous": "taken over from the audit before it",
        "previousResult": "taken over from the audit before it",
        "answeredBy": "stands in the journal with the answer",
        "answeredAt": "stands in the journal with the answer",
      ]
    )
  ]
  static let actions = (adding: [AnswerItem.name, ReviewItem.name], others: [String]())
  /// Items come in with their audit.
  static let exempt = "1"

  static func fold(_ told: inout ToldRecord<Facts>, _ entry: KeptEntry) throws {
    var facts = told.facts ?? Facts()
    facts.last = entry.sequence
    func set(_ edit: AuditItemEdit) { facts.edits[edit.field] = (edit, entry.sequence) }
    switch entry.action {
    case AnswerItem.name:
      for edit in try entry.read(AnswerItem.self).edits {
        set(edit)
        // A new answer takes somebody's word with it where that ran out.
        if case .result = edit { facts.edits["attestation"] = nil }
      }
      for case .attestation(let attestation) in try entry.read(AnswerItem.self).edits {
        set(.attestation(attestation))
      }
    default:
      let change = try entry.read(ReviewItem.self)
      if change.isAccepted {
        facts.accepted.append((facts.edits["proposal"]?.entry ?? 0, entry.sequence))
      }
      if change.isAccepted, let known = facts.edits["proposal"],
        case .proposal(let proposal?) = known.edit
      {
        // As of when it was proposed: a scan may have proposed something else since.
        facts.edits["attestation"] = nil
        for edit in proposal.edits { facts.edits[edit.field] = (edit, known.entry) }
      }
      set(.proposal(nil))
      set(.work(change.isAccepted ? .done : .inProgress))
      set(
        .review(
          AuditReview(
            by: entry.actor,
            at: entry.at,
            isAccepted: change.isAccepted,
            note: change.note
          )
        )
      )
    }
    told.facts = facts
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: AuditItem] {
    var found: [RecordID: AuditItem] = [:]
    try db.rows(
      """
      SELECT \(AuditItemRecord.columns) FROM \(AuditItemRecord.joined)
      WHERE auditItem.id IN (SELECT value FROM json_each(?))
      """,
      ["[\(ids.map(String.init).joined(separator: ","))]"]
    ) { found[try $0.number(0)] = try AuditItemRecord.read($0) }
    return found
  }

  static func problem(
    _ told: ToldRecord<Facts>,
    _ stored: AuditItem,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    guard let facts = told.facts else { return nil }
    var (scans, submission): ([JournalSequence], JournalSequence) = ([], 0)
    try db.rows(
      """
      SELECT id, action IN (?2, ?3) FROM journal
      WHERE subjectKind = 'audit' AND subject = ?1 AND action IN (?2, ?3, ?4, ?5) ORDER BY id
      """,
      [
        stored.audit, ImportScan.name, WithdrawScan.name, SubmitForReview.name,
        WithdrawReview.name,
      ]
    ) { row in
      let entry = try row.number(0)
      if try row.flag(1) { scans.append(entry) } else { submission = entry }
    }
    let scan = scans.last ?? 0
    // What was accepted may have been a scan's proposal, which no entry of the item has told.
    let unknown = facts.accepted.last { accepted in
      scans.contains { $0 > accepted.after && $0 < accepted.entry }
    }?.entry
    var differences = Differences()
    for (field, set) in facts.edits.sorted(by: { $0.key < $1.key }) {
      guard set.entry > scan, field != "work" || set.entry > submission else { continue }
      if let unknown, set.entry < unknown, proposed.contains(field) { continue }
      differences.note(stored.current(of: set.edit) == set.edit, "\(field) is")
    }
    if facts.last > max(scan, submission) {
      differences.note(stored.version == told.version, "version is")
    }
    let until = try db.row("SELECT attestedUntil FROM auditItem WHERE id = ?", [id])?
      .optionalNumber(0)
    differences.note(until == stored.attestation?.until?.milliseconds, "end of attestation is")
    return differences.first
  }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    try folded(in: db, note)
    try db.rows(
      """
      SELECT auditItem.id, audit.reference FROM auditItem
      LEFT JOIN audit ON audit.id = auditItem.audit
      WHERE audit.id IS NULL OR (isHeading = 0 AND auditItem.version = 1 AND (
        work <> 'to-do' OR result <> 'not-assessed' OR reason <> '' OR score IS NOT NULL
        OR (target IS NOT NULL AND audit.previous IS NULL) OR grade IS NOT NULL
        OR observation <> '' OR answers <> '{}' OR attestedBy IS NOT NULL
        OR sampling IS NOT NULL OR assignee <> '' OR review IS NOT NULL OR answeredBy <> ''))
      ORDER BY auditItem.id
      """
    ) {
      try note(
        Subject(.auditItem, try $0.number(0)),
        try $0.optionalText(1) ?? "",
        "no entry of the journal has answered it"
      )
    }
    try lines(in: db, note)
  }

  /// Compares the lines of audits with the requirements that they were laid out from.
  private static func lines(
    in db: Database,
    _ note: (Subject, String, String) throws -> Void
  ) throws {
    try db.rows(
      """
      SELECT auditItem.id, audit.reference FROM auditItem
      JOIN audit ON audit.id = auditItem.audit
      JOIN requirement ON requirement.id = auditItem.requirement
      WHERE requirement.framework <> audit.framework
        OR requirement.position <> auditItem.position OR requirement.depth <> auditItem.depth
        OR min(requirement.weight, ?) <> auditItem.weight
        OR placeEnd <= place OR placeEnd > audit.lines
        OR (isHeading = 0 AND requirement.isAssessable = 0)
        OR (isHeading <> 0 AND (auditItem.version <> 1 OR placeEnd = place + 1))
      ORDER BY auditItem.id
      """,
      [AuditScore.maximumWeight]
    ) {
      try note(
        Subject(.auditItem, try $0.number(0)),
        try $0.text(1),
        "it is not the line that its audit was started with"
      )
    }
    try db.rows(
      """
      SELECT id, reference FROM audit
      WHERE lines <> (SELECT count(*) FROM auditItem WHERE auditItem.audit = audit.id)
      ORDER BY id
      """
    ) {
      try note(
        Subject(.audit, try $0.number(0)),
        try $0.text(1),
        "its lines are not as many as it was started with"
      )
    }
  }
}
