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
        for mailing in mailings {
          var check = try LedgerCheck(mailing.id, in: db)
          try check.run(in: db) { done in
            guard progress(report.recipients + done) else { throw CancellationError() }
          }
          report.mailings += 1
          report.recipients += check.done
          report.bad += check.problems.map { .init(reference: mailing.reference, problem: $0) }
          report.bad += try bounces(of: mailing.id, in: db)
            .map { .init(reference: mailing.reference, problem: $0) }
          report.bad += try deliveries(of: mailing.id, in: db)
            .map { .init(reference: mailing.reference, problem: $0) }
          for check in try MailingPartCheck.all(in: db) {
            report.bad += try check(mailing.id, db)
              .prefix(20).map { .init(reference: mailing.reference, problem: $0) }
          }
        }
        report.bad += try strangers(in: db)
        return report
      }
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  /// What is wrong with the mails that came back; nothing in a store from before they were kept.
  private static func bounces(of mailing: RecordID, in db: Database) throws -> [String] {
    guard try db.tableExists("bounce") else { return [] }
    var check = try BounceCheck(mailing, in: db)
    try check.run(in: db)
    return check.problems
  }

  /// What is wrong with the messages that were handed over; nothing in a store from before there were
  /// any.
  private static func deliveries(of mailing: RecordID, in db: Database) throws -> [String] {
    guard try db.tableExists("delivery") else { return [] }
    var check = try DeliveryCheck(mailing, in: db)
    try check.run(in: db)
    return check.problems
  }

  /// Mailings that were deleted, and rows behind those of the last one.
  private static func strangers(in db: Database) throws -> [BadLedger] {
    var bad: [BadLedger] = []
    try db.rows(
      """
      SELECT DISTINCT subject FROM journal
      WHERE subjectKind = 'mailing' AND subject NOT IN (SELECT id FROM mailing)
      """
    ) { bad.append(.init(reference: "number \(try $0.number(0))", problem: "it was deleted")) }
    let last = try db.number("SELECT coalesce(max(id), 0) FROM mailing")
    for (table, key) in [
      ("recipient", "id"), ("recipientEvent", "recipient"), ("delivery", "recipient"),
      ("bounce", "person"), ("contactVersion", "person"),
    ] where try db.tableExists(table) {
      let isThere = try db.row(
        "SELECT 1 FROM \(table) WHERE \(key) > ? LIMIT 1",
        [LedgerID.range(last).upperBound]
      )
      if isThere != nil {
        bad.append(
          .init(reference: "number \(last + 1)", problem: "there are rows of it, but it never was")
        )
      }
    }
    return bad
  }
}
