internal import GRDB
internal import Model

/// Public notices: where they stood, since when, for whom.
enum PublicationCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "publication",
      .anywhere("mailing"),
      [
        "id", "incident", "mailing", "version", "facts", "place", "earliest", "evidence",
        "recordedAt", "isRemoved",
      ]
    )
  ]

  /// A public notice as the journal says.
  private struct Expected {
    var incident: RecordID
    var version: Version
    var facts: PublicationFacts
    var recordedAt: Instant
    var isRemoved = false
  }

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var all: [RecordID: Expected] = [:]
    try MailingJournal.each(about: .publication, in: db) { change in
      let (entry, id) = (change.entry, change.entry.subject.id)
      switch entry.action {
      case AddPublication.name:
        let added = try change.read(AddPublication.self)
        all[id] = Expected(
          incident: added.incident,
          version: entry.version,
          facts: added.facts,
          recordedAt: entry.at
        )
      case EditPublication.name: all[id]?.facts = try change.read(EditPublication.self).facts
      case RemovePublication.name: all[id]?.isRemoved = true
      case RestorePublication.name: all[id]?.isRemoved = false
      default: return
      }
      all[id]?.version = entry.version
    }
    let own = all.filter { $0.value.facts.mailing == mailing }
    var problems: [String] = []
    for (id, expected) in own.sorted(by: { $0.key < $1.key }) {
      guard
        let row = try db.row(
          """
          SELECT incident, mailing, version, facts, place, earliest, evidence, recordedAt, isRemoved
          FROM publication WHERE id = ?
          """,
          [id]
        )
      else {
        problems.append("public notice \(id) was deleted")
        continue
      }
      let facts = expected.facts
      let isSame =
        try row.number(0) == expected.incident && row.number(1) == facts.mailing
        && row.number(2) == expected.version
        && JSON.value(try row.text(3), as: PublicationFacts.self) == facts
        && row.text(4) == facts.place && row.number(5) == facts.from.earliest.milliseconds
        && row.optionalNumber(6) == facts.evidence && row.instant(7) == expected.recordedAt
        && row.flag(8) == expected.isRemoved
      if !isSame { problems.append("public notice \(id) is not what was written down") }
    }
    let stored = try db.number("SELECT count(*) FROM publication WHERE mailing = ?", [mailing])
    if stored > Int64(own.count) {
      problems.append("there are public notices that nobody recorded")
    }
    return problems
  }
}
