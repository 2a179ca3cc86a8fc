internal import GRDB
internal import Model

/// Signatures under audits: who signed what and when, who signed second, and how one was opened again.
///
/// The entries that signed and opened are played again. An audit of which one of them was erased, or that was
/// signed while nobody can tell whether two accounts had to, is not compared.
enum SignatureCheck: RecordCheck {
  static let tables = [
    CheckedTable(
      "auditSignature",
      .none,
      ["*"],
      free: ["id": "names nothing; only the order of an audit's signatures comes from it"]
    )
  ]

  /// The signatures that an audit must have; nil where that is not known.
  private struct Told {
    var reference: String
    var signatures: [AuditSignature]? = []

    mutating func take(_ entry: KeptEntry, in db: Database) throws {
      guard let known = signatures else { return }
      guard let now = try after(known, entry, in: db) else { return signatures = nil }
      signatures = now
    }

    private func after(
      _ known: [AuditSignature],
      _ entry: KeptEntry,
      in db: Database
    ) throws -> [AuditSignature]? {
      var now = known
      if entry.action == ReopenAudit.name {
        guard let change = try? entry.read(ReopenAudit.self) else { return nil }
        guard now.last?.isComplete == true else { return now.filter(\.isComplete) }
        for index in now.indices where now[index].isComplete && now[index].reopening == nil {
          now[index].reopening = .init(by: entry.actor, at: entry.at, reason: change.reason)
        }
        return now
      }
      guard let change = try? entry.read(SignAudit.self) else { return nil }
      if var earlier = change.earlier {
        earlier.reopening = nil
        return now.filter(\.isComplete) + [earlier]
      }
      guard let needsTwo = try MailingJournal.neededTwo(at: entry.sequence, in: db) else {
        return nil
      }
      let waiting = now.lastIndex { !$0.isComplete && $0.digest == change.digest }
      if needsTwo, let waiting {
        now[waiting].second = .init(by: entry.actor, at: entry.at)
        now[waiting].isComplete = true
        return now
      }
      return now.filter(\.isComplete) + [
        AuditSignature(digest: change.digest, by: entry.actor, at: entry.at, isComplete: !needsTwo)
      ]
    }
  }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    var told: [RecordID: Told] = [:]
    try KeptEntry.each(of: .audit, [SignAudit.name, ReopenAudit.name], in: db) { entry in
      try told[entry.subject, default: Told(reference: entry.reference)].take(entry, in: db)
    }
    try db.rows("SELECT DISTINCT audit FROM auditSignature") { row in
      let id = try row.number(0)
      if told[id] == nil { told[id] = Told(reference: "") }
    }
    for (id, expected) in told.sorted(by: { $0.key < $1.key }) {
      guard let wanted = expected.signatures else { continue }
      let isHalf = try db.row(
        """
        SELECT 1 FROM auditSignature WHERE audit = ? AND ((secondBy IS NULL) <> (secondAt IS NULL)
          OR (reopenedBy IS NULL) <> (reopenedAt IS NULL) OR (reopenedBy IS NULL) <> (reason IS NULL))
        """,
        [id]
      )
      guard try isHalf != nil || AuditRecord.signatures(of: id, in: db) != wanted else { continue }
      try note(
        Subject(.audit, id),
        expected.reference,
        "its signatures are not those that the journal has: by whom, when or why"
      )
    }
  }
}
