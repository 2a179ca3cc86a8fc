internal import GRDB
internal import Model

/// Recomputes the digests of mails that came back and were taken in, and their tallies, and compares
/// them with the journal.
struct BounceCheck {
  private let mailing: RecordID
  private var stretches: [(entry: JournalSequence, change: TakeBounces)] = []
  private(set) var problems: [String] = []

  /// A line of the running tallies.
  private struct Place: Hashable {
    var reason: String
    var outcome: String
  }

  init(_ mailing: RecordID, in db: Database) throws {
    self.mailing = mailing
    try db.rows(
      """
      SELECT journal.id, change FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'mailing' AND subject = ? AND change IS NOT NULL AND action = ?
      ORDER BY journal.id
      """,
      [mailing, TakeBounces.name]
    ) { row in
      stretches.append(
        (try row.number(0), try JSON.value(try row.text(1), as: TakeBounces.self))
      )
    }
  }

  mutating func run(in db: Database) throws {
    var tallies: [Place: Int64] = [:]
    var (lines, mails) = (0 as Int64, 0 as Int64)
    for (entry, change) in stretches {
      var digest = RunningDigest()
      var outcomes: [String: Int] = [:]
      try db.rows(
        """
        SELECT 0, kind, reason, status, matchedBy, outcome, person, digest FROM bounce
        WHERE entry = ? ORDER BY line
        """,
        [entry]
      ) { row in
        lines += 1
        // A word that was never written is an altered row, not a broken file.
        guard let note = try? BounceRecord.note(row) else { return }
        note.add(person: try row.number(6), mail: try row.block(7), to: &digest)
        outcomes[note.outcome.word, default: 0] += 1
        tallies[
          Place(reason: note.reason.rawValue, outcome: note.outcome.word),
          default: 0
        ] += 1
      }
      let kept = try db.number(
        "SELECT count(*) FROM bounceMail WHERE mailing = ? AND entry = ?",
        [mailing, entry]
      )
      mails += kept
      if digest.text != change.rows || outcomes != change.outcomes || kept != change.mails {
        add("the mails that came back in entry \(entry) are not those that were taken in")
      }
    }
    let range = LedgerID.range(mailing)
    let all = try db.number(
      "SELECT count(*) FROM bounce WHERE person BETWEEN ? AND ?",
      [range.lowerBound, range.upperBound]
    )
    let known = try db.number("SELECT count(*) FROM bounceMail WHERE mailing = ?", [mailing])
    if all != lines || known != mails { add("there are mails that came back in no entry") }
    var stated: [Place: Int64] = [:]
    try db.rows("SELECT reason, outcome, count FROM bounceTally WHERE mailing = ?", [mailing]) {
      stated[Place(reason: try $0.text(0), outcome: try $0.text(1))] = try $0.number(2)
    }
    if stated != tallies { add("the tallies of mails that came back are not what they come to") }
  }

  private mutating func add(_ problem: String) {
    if problems.count < 20, !problems.contains(problem) { problems.append(problem) }
  }
}
