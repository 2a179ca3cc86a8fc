internal import GRDB
internal import Model

extension RecordVerification: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let before = try db.number(
      "SELECT count(*) FROM journal WHERE subjectKind = 'store' AND subject = 1"
    )
    return Performed(
      subject: subject,
      version: before + 1,
      reference: "",
      incident: nil,
      inverse: nil
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["head: \(head):\(headHash)", "alterations: \(faults)"] }
}
