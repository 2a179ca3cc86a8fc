internal import GRDB
internal import Model

/// Links between records: those that were made and not taken back.
enum LinkCheck: RecordCheck {
  static let tables = [
    CheckedTable(
      "link",
      .none,
      ["*"],
      free: ["id": "names nothing", "toIncident": "follows from what it is linked to"]
    )
  ]

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    var told: Set<RecordLink> = []
    var unknown: Set<Subject> = []
    try db.rows(
      """
      SELECT subjectKind, subject, action, change FROM journal
      LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE action IN ('\(AddLink.name)', '\(RemoveLink.name)', '\(AddEvidence.name)')
      ORDER BY journal.id
      """
    ) { row in
      let subject = Subject(try row.word(0), try row.number(1))
      guard let text = try row.optionalText(3) else {
        unknown.insert(subject)
        return
      }
      switch try row.text(2) {
      case AddLink.name:
        told.insert(try JSON.value(text, as: AddLink.self).link)
      case RemoveLink.name:
        told.remove(try JSON.value(text, as: RemoveLink.self).link)
      default:
        for proved in try JSON.value(text, as: AddEvidence.self).proves ?? [] {
          told.insert(RecordLink(evidence: subject.id, proves: proved))
        }
      }
    }
    try db.rows(
      "SELECT fromKind, fromRecord, toKind, toRecord, relation FROM link ORDER BY id"
    ) { row in
      guard let from = Subject.Kind(rawValue: try row.text(0)),
        let to = Subject.Kind(rawValue: try row.text(2))
      else { return try note(Subject(.store, 1), "", "a link names a kind that there is not") }
      let link = RecordLink(
        from: Subject(from, try row.number(1)),
        to: Subject(to, try row.number(3)),
        relation: try row.text(4)
      )
      guard told.remove(link) == nil, !unknown.contains(link.from) else { return }
      try note(link.from, "", "no entry of the journal has linked it to \(link.to.name)")
    }
    for link in told.sorted(by: { ($0.from.name, $0.to.name) < ($1.from.name, $1.to.name) }) {
      try note(link.from, "", "its link to \(link.to.name) was deleted")
    }
    try db.rows(
      """
      SELECT fromKind, fromRecord FROM link WHERE
        (fromKind = 'incident' AND fromIncident IS NOT fromRecord)
        OR (toKind = 'incident' AND toIncident IS NOT toRecord)
      """
    ) {
      guard let kind = Subject.Kind(rawValue: try $0.text(0)) else { return }
      try note(
        Subject(kind, try $0.number(1)),
        "",
        "a link of it is listed under another incident"
      )
    }
  }
}
