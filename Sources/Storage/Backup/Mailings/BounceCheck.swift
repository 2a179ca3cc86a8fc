internal import Foundation
internal import GRDB
internal import Model

/// Mails that came back and were taken in, their people and their tallies: one pass over each table.
enum BounceCheck: MailingPartCheck {
  static let tables = [
    CheckedTable("bounceMail", .mailing("mailing"), ["mailing", "digest", "entry"]),
    CheckedTable(
      "bounce",
      .person("person"),
      [
        "entry", "line", "person", "digest", "kind", "reason", "status", "matchedBy", "outcome",
      ]
    ),
    CheckedTable("bounceTally", .mailing("mailing"), ["mailing", "reason", "outcome", "count"]),
  ]

  /// A line of the running tallies.
  private struct Place: Hashable {
    var reason: String
    var outcome: String
  }

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var tallies: [Place: Int64] = [:]
    var (lines, mails) = (0 as Int64, 0 as Int64)
    try MailingJournal.each(of: mailing, [TakeBounces.name], in: db) { entry in
      let change = try entry.read(TakeBounces.self)
      let sequence = entry.entry.sequence
      var found = Stretch()
      try found.read(sequence, of: mailing, in: db)
      for (place, count) in found.tallies { tallies[place, default: 0] += count }
      lines += found.lines
      mails += Int64(change.mails)
      if !found.isWhole || found.digest.text != change.rows || found.outcomes != change.outcomes
        || found.mails.count > change.mails
      {
        problems.append(
          "the mails that came back in entry \(sequence) are not those that were taken in"
        )
      }
    }
    let range = LedgerID.range(mailing)
    let all = try db.number(
      "SELECT count(*) FROM bounce WHERE person BETWEEN ? AND ?",
      [range.lowerBound, range.upperBound]
    )
    let known = try db.number("SELECT count(*) FROM bounceMail WHERE mailing = ?", [mailing])
    if all > lines || known > mails {
      problems.append("there are mails that came back in no entry")
    }
    if known < mails { problems.append("mails that came back were deleted") }
    var stated: [Place: Int64] = [:]
    try db.rows("SELECT reason, outcome, count FROM bounceTally WHERE mailing = ?", [mailing]) {
      stated[Place(reason: try $0.text(0), outcome: try $0.text(1))] = try $0.number(2)
    }
    if stated != tallies {
      problems.append("the tallies of mails that came back are not what they come to")
    }
    return problems
  }

  /// What one entry took in, as it stands in the file.
  private struct Stretch {
    var digest = RunningDigest()
    var outcomes: [String: Int] = [:]
    var tallies: [Place: Int64] = [:]
    /// The names of mails that its lines name.
    var mails: Set<[UInt8]> = []
    var lines: Int64 = 0
    /// Whether all lines can be read, and each names a mail that the same entry took in.
    var isWhole = true

    mutating func read(
      _ entry: JournalSequence,
      of mailing: RecordID,
      in db: Database
    ) throws {
      try db.rows(
        """
        SELECT 0, kind, reason, status, matchedBy, outcome, person, digest, line FROM bounce
        WHERE entry = ? ORDER BY line
        """,
        [entry]
      ) { row in
        lines += 1
        // A word that was never written is an altered row, not a broken file.
        guard let note = try? BounceRecord.note(row), try row.number(8) == lines else {
          return isWhole = false
        }
        let mail = try row.block(7)
        note.add(person: try row.number(6), mail: mail, to: &digest)
        outcomes[note.outcome.word, default: 0] += 1
        tallies[Place(reason: note.reason.rawValue, outcome: note.outcome.word), default: 0] += 1
        mails.insert(mail)
      }
      for mail in mails where isWhole {
        let row = try db.row(
          "SELECT entry FROM bounceMail WHERE mailing = ? AND digest = ?",
          [mailing, Data(mail)]
        )
        isWhole = try row?.number(0) == entry
      }
    }
  }
}
