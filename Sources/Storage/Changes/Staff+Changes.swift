internal import GRDB
internal import Model

extension EraseStaff: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let performed = try KeptWriter.write(self, context, in: db)
    if !performed.isIdle {
      // What earlier changes and their inverses said of the person goes with it.
      try db.run(
        """
        UPDATE journalDetail SET change = NULL, inverse = NULL, headline = NULL, salt = NULL
        WHERE id IN (SELECT id FROM journal WHERE subjectKind = 'staff' AND subject = ?)
        """,
        [id]
      )
    }
    return performed
  }

  func inverse(of old: Staff) -> (any SQLChange)? { nil }

  var lines: [String] { [] }
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

extension RevealPhishing: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("a reveal is recorded where the results are read")
  }

  func inverse(of old: PhishingExercise) -> (any SQLChange)? { nil }

  var lines: [String] { ["reason: \(reason)"] }
}
