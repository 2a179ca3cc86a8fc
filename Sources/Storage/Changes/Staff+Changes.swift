internal import GRDB
internal import Model

extension EraseStaff: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var staff = try KeptTable<StaffFacts>.existing(id, in: db)
    try checkVersion(staff.version, of: subject, context, in: db) { [] }
    guard facts == staff.facts.erased(id) || facts == staff.facts.withoutName else {
      throw StoreError.conflict(
        try .between(basedOn ?? 0, and: staff.version, of: subject, in: db, fields: [])
      )
    }
    let isIdle = staff.facts == facts
    staff.facts = facts
    if !isIdle {
      // What earlier changes and their inverses said of the person goes with it.
      try db.run(
        """
        UPDATE journalDetail SET change = NULL, inverse = NULL, headline = NULL, salt = NULL
        WHERE id IN (SELECT id FROM journal WHERE subjectKind = 'staff' AND subject = ?)
        """,
        [id]
      )
    }
    return try KeptTable<StaffFacts>.write(&staff, context, in: db, inverse: nil, isIdle: isIdle)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

extension MakeStaffKey: JournalledByJob {
  static let maker = "the key of the list of staff is made with the first list"
}

extension RevealStaff: JournalledByJob {
  static let maker = "a reveal is recorded where the names are read"

  var lines: [String] {
    ["reason: \(reason)", "staff: \(staff.map(String.init).joined(separator: ", "))"]
  }
}

extension RevealPhishing: JournalledByJob {
  static let maker = "a reveal is recorded where the results are read"

  var lines: [String] { ["reason: \(reason)"] }
}
