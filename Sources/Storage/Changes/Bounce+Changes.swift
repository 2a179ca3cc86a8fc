internal import GRDB
internal import Model

/// The journal's words for mails that were taken in: made beside the rows, never performed on their own.
extension TakeBounces: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("mails that came back are taken in by an import")
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    ["mails: \(mails)"]
      + outcomes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      + evidence.map { "by \($0)" } + ["rows: \(rows)"]
  }
}

extension RecordProof: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    MailingChange.performed(try MailingRecord.existing(mailing, in: db))
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    ["seal: \(seal)", "head: \(head)"]
      + (recipient.map { ["recipient: \($0)", "reason: \(reason)"] } ?? [])
  }
}

extension CloseProof: JournalledByJob {
  static let maker = "a proof is closed by the job that reads for it"

  var lines: [String] {
    ["recipients: \(people)", "as of entry \(at)", "content: \(content)"]
  }
}
