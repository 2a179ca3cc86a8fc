internal import Foundation
internal import GRDB
internal import Model

/// What is known of the mailing itself: facts, reference, dates, its wrapped key.
enum MailingFactsCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "mailing",
      .none,
      [
        "id", "reference", "referenceOrder", "version", "incident", "facts", "name", "keepUntil",
        "recipients", "wrappedKey", "wrappedBy", "erasedAt", "openedAt", "isRemoved",
      ]
    ),
    CheckedTable(
      "mailingCounter",
      .none,
      [],
      free: ["id": "a year", "last": "compared with the numbers given out by `CounterCheck`"]
    ),
  ]

  /// A mailing as the journal says.
  private struct Expected {
    var opening: JournalledChange
    var incident: RecordID
    var facts: MailingFacts
    var key: OpenMailing.Key?
    var erasedAt: Instant?
    var isRemoved = false
  }

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var expected: Expected?
    let actions = [
      OpenMailing.name, EditMailing.name, RemoveMailing.name, RestoreMailing.name,
      EraseMailing.name,
    ]
    try MailingJournal.each(of: mailing, actions, in: db) { change in
      switch change.entry.action {
      case OpenMailing.name:
        let opened = try change.read(OpenMailing.self)
        expected = Expected(
          opening: change,
          incident: opened.incident,
          facts: opened.facts,
          key: opened.key
        )
      case EditMailing.name: expected?.facts = try change.read(EditMailing.self).facts
      case RemoveMailing.name: expected?.isRemoved = true
      case RestoreMailing.name: expected?.isRemoved = false
      default: expected?.erasedAt = change.entry.at
      }
    }
    guard let expected else {
      let isErased = try db.row(
        "SELECT 1 FROM journal WHERE subjectKind = 'mailing' AND subject = ? AND action = ?",
        [mailing, OpenMailing.name]
      )
      return isErased == nil ? ["no entry of the journal has opened it"] : []
    }
    return try compare(mailing, expected, in: db)
  }

  private static func compare(
    _ mailing: RecordID,
    _ expected: Expected,
    in db: Database
  ) throws -> [String] {
    guard
      let row = try db.row(
        """
        SELECT reference, referenceOrder, version, incident, facts, name, keepUntil, wrappedKey,
          wrappedBy, erasedAt, openedAt, isRemoved,
          (SELECT version FROM journal WHERE subjectKind = 'mailing' AND subject = mailing.id
            ORDER BY journal.id DESC LIMIT 1)
        FROM mailing WHERE id = ?
        """,
        [mailing]
      )
    else { return [] }
    var problems: [String] = []
    func note(_ isSame: Bool, _ what: String) {
      if !isSame { problems.append("its \(what) not what the journal says") }
    }
    let (reference, facts) = (expected.opening.reference, expected.facts)
    note(try row.text(0) == reference, "reference is")
    let parts = reference.split(separator: "-").compactMap { Int64($0) }
    note(
      try row.number(1) == (parts.count == 2 ? parts[0] * 10_000_000_000 + parts[1] : 0),
      "place among the others is"
    )
    note(try row.number(2) == row.number(12), "version is")
    note(try row.number(3) == expected.incident, "incident is")
    note(try JSON.value(try row.text(4), as: MailingFacts.self) == facts, "facts are")
    note(try row.text(5) == facts.name, "name is")
    note(try row.optionalNumber(6) == facts.keepUntil?.latest.milliseconds, "last day is")
    let wrapped = try row.decode(Data?.self, atIndex: 7)
    note((wrapped == nil) == (expected.erasedAt != nil), "wrapped key is")
    if let key = expected.key {
      if let wrapped { note(Digest.sha256([UInt8](wrapped)) == key.digest, "wrapped key is") }
      note(try row.text(8) == key.by, "wrapping key is")
    }
    note(try row.optionalNumber(9) == expected.erasedAt?.milliseconds, "time of erasing is")
    note(try row.instant(10) == expected.opening.entry.at, "time of opening is")
    note(try row.flag(11) == expected.isRemoved, "place on the lists is")
    return problems
  }
}
