internal import GRDB
internal import Model

/// Recomputes the digests of ledgers: recipients, their index, their states and the tallies.
///
/// The journal keeps, for each stretch that came in, a digest of the sealed rows and one of their
/// entries in the index, and for each stretch that was moved one of the events. A row's state must be
/// the one its last event led to. For messages that were handed over it keeps a digest of their ids and
/// hashes. Streams: what is in memory does not grow with the recipients. Needs no
/// key, so it works after erasing too.
public enum LedgerVerifier {
  /// A ledger that is not what the journal says.
  public struct BadLedger: Codable, Sendable, Equatable {
    /// The mailing, as people call it.
    public var reference: String
    /// What is wrong, in a sentence.
    public var problem: String

    /// Makes a finding.
    public init(reference: String, problem: String) {
      (self.reference, self.problem) = (reference, problem)
    }
  }

  /// What was compared, and what is wrong.
  public struct Report: Codable, Sendable, Equatable {
    /// How many mailings were looked at.
    public var mailings = 0
    /// How many recipients were compared.
    public var recipients = 0
    /// What is not as it was written; at most 20 of each mailing.
    public var bad: [BadLedger] = []

    /// Makes a report of nothing.
    public init() {}
  }

  /// Compares every ledger with the journal.
  ///
  /// - Parameters:
  ///   - path: The store or a backup of one.
  ///   - progress: Called now and then with the recipients done; false cancels.
  /// - Returns: What was found.
  /// - Throws: `StoreError.notAStore` for a file that cannot be read as a store, `CancellationError`.
  public static func verify(
    path: String,
    progress: (Int) -> Bool = { _ in true }
  ) throws -> Report {
    do {
      let queue = try ReadOnlyFile.open(path)
      defer { try? queue.close() }
      return try queue.read { db in
        var report = Report()
        guard try db.tableExists("recipient") else { return report }
        var mailings: [(id: RecordID, reference: String)] = []
        try db.rows("SELECT id, reference FROM mailing ORDER BY id") {
          mailings.append((try $0.number(0), try $0.text(1)))
        }
        let trails = try TrailCheck.problems(in: db)
        for mailing in mailings {
          var problems = try ledger(mailing.id, &report, in: db, progress)
          problems += try MailingChecks.problems(mailing.id, in: db)
          problems += trails[mailing.id]?.prefix(20) ?? []
          report.mailings += 1
          report.bad += problems.map { .init(reference: mailing.reference, problem: $0) }
        }
        report.bad += try strangers(in: db)
        return report
      }
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  /// Compares the people of a mailing.
  private static func ledger(
    _ mailing: RecordID,
    _ report: inout Report,
    in db: Database,
    _ progress: (Int) -> Bool
  ) throws -> [String] {
    let before = report.recipients
    var after = before
    defer { report.recipients = after }
    return try MailingChecks.guarding(LedgerCheck.tables) {
      var check = try LedgerCheck(mailing, in: db)
      defer { after = before + check.done }
      try check.run(in: db) { done in
        guard progress(before + done) else { throw CancellationError() }
      }
      return check.problems
    }
  }

  /// Mailings that were deleted, and rows of mailings that never were.
  private static func strangers(in db: Database) throws -> [BadLedger] {
    var bad: [BadLedger] = []
    try db.rows(
      """
      SELECT DISTINCT subject FROM journal
      WHERE subjectKind = 'mailing' AND subject NOT IN (SELECT id FROM mailing)
      """
    ) { bad.append(.init(reference: "number \(try $0.number(0))", problem: "it was deleted")) }
    for table in try MailingChecks.strangers(in: db) {
      bad.append(
        .init(
          reference: "that never was",
          problem: "there are rows of it in \(table)"
        )
      )
    }
    return bad
  }
}
