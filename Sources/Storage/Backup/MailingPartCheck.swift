internal import GRDB
internal import Model

/// What stands beside the ledger of a mailing, compared with the journal.
///
/// Each check reads one kind of rows and gives what is wrong, in sentences. None needs a key, so all of
/// them go on working when the recipients were erased.
enum MailingPartCheck {
  /// All of them; none for a store of a schema that has no such rows.
  static func all(in db: Database) throws -> [(RecordID, Database) throws -> [String]] {
    guard try db.tableExists("mailingMatter") else { return [] }
    return [
      ContactCheck.problems, BatchCheck.problems, ReturnCheck.problems, OfferCheck.problems,
      MatterCheck.problems,
      ConsentCheck.problems, SendingPlanCheck.problems,
    ]
  }

  /// An entry of the journal about a mailing, with what it says.
  struct Entry<C: Change> {
    var sequence: JournalSequence
    var change: C
  }

  /// The entries of one kind, oldest first; those whose details were erased are left out.
  static func entries<C: Change>(
    _ type: C.Type = C.self,
    of mailing: RecordID,
    in db: Database
  ) throws -> [Entry<C>] {
    var entries: [Entry<C>] = []
    try db.rows(
      """
      SELECT journal.id, change FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'mailing' AND subject = ? AND change IS NOT NULL AND action = ?
      ORDER BY journal.id
      """,
      [mailing, C.name]
    ) {
      entries.append(Entry(sequence: try $0.number(0), change: try JSON.value(try $0.text(1))))
    }
    return entries
  }
}

/// Contacts that were corrected, and what they are found by.
enum ContactCheck {
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var (versions, keys) = (0, 0)
    let rows = try RawStatement(
      "SELECT id, person, sealed FROM contactVersion WHERE entry = ? ORDER BY id",
      in: db
    )
    for entry in try MailingPartCheck.entries(CorrectContacts.self, of: mailing, in: db) {
      var (digest, count) = (RunningDigest(), 0)
      rows.bind(1, entry.sequence)
      while try rows.next() {
        digest.update(rows.number(0), rows.number(1))
        digest.update(counted: Array(rows.bytes(2)))
        count += 1
      }
      if count != entry.change.count || digest.text != entry.change.versions {
        problems.append("the contacts of entry \(entry.sequence) are not those that were sealed")
      }
      versions += count
      var found: [(kind: Int, hash: Int64, person: Int64, version: Int64)] = []
      try db.rows(
        """
        SELECT kind, hash, contactKey.person, version FROM contactVersion
        CROSS JOIN contactKey ON version = contactVersion.id WHERE entry = ? AND mailing = ?
        """,
        [entry.sequence, mailing]
      ) {
        found.append(
          (Int(try $0.number(0)), try $0.number(1), try $0.number(2), try $0.number(3))
        )
      }
      keys += found.count
      if ContactRecord.digest(of: found) != entry.change.keys {
        problems.append("the index of the contacts of entry \(entry.sequence) was altered")
      }
    }
    let range = LedgerID.range(mailing)
    let all = try db.number(
      "SELECT count(*) FROM contactVersion WHERE person BETWEEN ? AND ?",
      [range.lowerBound, range.upperBound]
    )
    if all != Int64(versions) { problems.append("there are contacts that nobody corrected") }
    if try db.number("SELECT count(*) FROM contactKey WHERE mailing = ?", [mailing]) != keys {
      problems.append("the index of corrected contacts has entries that nobody wrote")
    }
    return problems
  }
}

/// Batches: who is in them, what was written, how they ended.
enum BatchCheck {
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    let opened = try MailingPartCheck.entries(OpenBatch.self, of: mailing, in: db)
    let fixed = try MailingPartCheck.entries(FixBatch.self, of: mailing, in: db)
    let written = try MailingPartCheck.entries(DiscloseBatch.self, of: mailing, in: db)
    let closed = try MailingPartCheck.entries(CloseBatch.self, of: mailing, in: db)
    let givenUp = Set(
      try MailingPartCheck.entries(GiveUpBatch.self, of: mailing, in: db).map(\.change.number)
    )
    for entry in opened {
      let number = entry.change.number
      guard let found = try BatchRecord.find(number, of: mailing, in: db) else {
        problems.append("batch \(number) was deleted")
        continue
      }
      let batch = found.batch
      if batch.channel != entry.change.channel || batch.columns != entry.change.columns
        || batch.hasTexts != entry.change.hasTexts || batch.reason != entry.change.reason
        || batch.isRegistered != (entry.change.isRegistered ?? false)
      {
        problems.append("batch \(number) does not say what it was begun with")
      }
      let fix = fixed.last { $0.change.number == number }
      let file = written.last { $0.change.number == number }
      let end = closed.last { $0.change.number == number }
      let state: BatchState =
        end != nil ? .closed : file != nil ? .written : fix != nil ? .fixed : .gathering
      if batch.state != state || batch.isGivenUp != givenUp.contains(number) {
        problems.append("batch \(number) is not as far as it says")
      }
      if let fix {
        let (count, lines) = try BatchRecord.linesDigest(of: found.id, in: db)
        if count != fix.change.count || lines != fix.change.listed || batch.count != count {
          problems.append("the recipients of batch \(number) are not those that were in it")
        }
        if found.mark != fix.sequence {
          problems.append("batch \(number) names another moment than the one it was fixed at")
        }
      }
      if let file, file.change.files != batch.files {
        problems.append("the files of batch \(number) are not those that were written")
      }
      if let end, end.change.handedOver != batch.handedOver {
        problems.append("batch \(number) says another number of handed over than the journal")
      }
    }
    let all = try db.number("SELECT count(*) FROM mailingBatch WHERE mailing = ?", [mailing])
    if all > Int64(opened.count) { problems.append("there are batches that nobody began") }
    return problems
  }
}

/// What came back of batches.
enum ReturnCheck {
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var count = 0
    for entry in try MailingPartCheck.entries(RecordReturns.self, of: mailing, in: db) {
      var rows: [(batch: Int64, person: Int64, outcome: String)] = []
      try db.rows(
        """
        SELECT batch, person, outcome FROM batchReturn WHERE entry = ?
        ORDER BY batch, person, outcome
        """,
        [entry.sequence]
      ) { rows.append((try $0.number(0), try $0.number(1), try $0.text(2))) }
      if rows.count != entry.change.count || ReturnTaking.digest(rows) != entry.change.returns {
        problems.append("the returns of entry \(entry.sequence) are not those that came in")
      }
      count += rows.count
    }
    let all = try db.number(
      """
      SELECT count(*) FROM mailingBatch CROSS JOIN batchReturn ON batch = mailingBatch.id
      WHERE mailing = ?
      """,
      [mailing]
    )
    if all != Int64(count) { problems.append("there are returns that never came in") }
    return problems
  }
}
