internal import GRDB
internal import Model

/// Texts: what was written, by whom, and what people confirmed of it.
enum NoticeTextCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "notice",
      .mailing("mailing"),
      ["id", "mailing", "number", "version", "isRemoved"]
    ),
    CheckedTable(
      "noticeVersion",
      .row("notice", of: "notice"),
      ["notice", "version", "facts", "digest", "writtenAt", "writtenBy"]
    ),
    CheckedTable(
      "noticeConfirmation",
      .row("notice", of: "notice"),
      [
        "notice", "version", "content", "item", "verdict", "reason", "confirmedBy", "confirmedAt",
      ]
    ),
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var replay = TextReplay()
    try MailingJournal.eachText(of: mailing, in: db) { try replay.take($0) }
    var problems: [String] = []
    var (versions, confirmations) = (0, 0)
    for (id, expected) in replay.texts.sorted(by: { $0.key < $1.key }) {
      guard let last = expected.last else { continue }
      guard
        let row = try db.row(
          "SELECT mailing, number, version, isRemoved FROM notice WHERE id = ?",
          [id]
        )
      else {
        problems.append("\(last.name) was deleted")
        continue
      }
      guard try row.number(0) == mailing, try row.number(1) == Int64(last.number) else {
        problems.append("\(last.name) is of another mailing, or under another number")
        continue
      }
      if try row.number(2) != last.version {
        problems.append("another version of \(last.name) is the newest")
      }
      if try row.flag(3) != last.isRemoved {
        problems.append(
          "\(last.name) is \(last.isRemoved ? "in the mailing, but was taken out" : "taken out")"
        )
      }
      let stored = try NoticeRecord.versions(of: mailing, last.number, in: db)
      problems += compare(stored, with: expected)
      problems += try digests(of: id, expected, in: db)
      versions += expected.count
      confirmations += expected.reduce(0) { $0 + $1.confirmations.count }
    }
    func count(_ table: String) throws -> Int64 {
      try db.number(
        """
        SELECT count(*) FROM notice CROSS JOIN \(table) ON notice = notice.id WHERE mailing = ?
        """,
        [mailing]
      )
    }
    let all = try db.number("SELECT count(*) FROM notice WHERE mailing = ?", [mailing])
    if all > Int64(replay.texts.count) { problems.append("there are texts that nobody wrote") }
    if try count("noticeVersion") > versions {
      problems.append("there are versions of texts that nobody wrote")
    }
    if try count("noticeConfirmation") > confirmations {
      problems.append("there are confirmations that nobody gave")
    }
    return problems
  }

  private static func compare(_ stored: [NoticeText], with expected: [NoticeText]) -> [String] {
    var problems: [String] = []
    for text in expected {
      let name = text.versionName
      guard let found = stored.first(where: { $0.version == text.version }) else {
        problems.append("\(name) was deleted")
        continue
      }
      if found.facts != text.facts { problems.append("\(name) does not say what was written") }
      if found.writtenAt != text.writtenAt || found.writtenBy != text.writtenBy {
        problems.append("\(name) was written by somebody else, or at another time")
      }
      if found.confirmations != text.confirmations {
        problems.append("what was confirmed of \(name) is not what the journal says")
      }
    }
    return problems
  }

  /// The digests beside the texts.
  private static func digests(
    of id: RecordID,
    _ expected: [NoticeText],
    in db: Database
  ) throws -> [String] {
    var problems: [String] = []
    try db.rows("SELECT version, digest FROM noticeVersion WHERE notice = ?", [id]) { row in
      let version = try row.number(0)
      guard let text = expected.first(where: { $0.version == version }),
        try row.text(1) != text.digest
      else { return }
      problems.append("the digest of \(text.versionName) is another one")
    }
    return problems
  }
}
