internal import Foundation
internal import GRDB
public import Model

/// What was found when a journal was recomputed.
public struct VerificationReport: Codable, Sendable, Equatable {
  /// How many entries were checked, up to and with the first bad one.
  public var entries: Int64
  /// How many of them still have their details, each of which matches its commitment.
  public var details: Int64
  /// How many have had their details erased.
  public var erased: Int64
  /// The sequence of the newest sound entry.
  public var head: JournalSequence
  /// Its hash in hexadecimal: what to write down elsewhere as a witness.
  public var headHash: String
  /// The first entry that is not as it was written; nil where the journal is sound.
  public var firstBad: BadEntry?
  /// How many signed audits were checked.
  public var audits: Int64 = 0
  /// The signed audits that are not as they were signed.
  public var badAudits: [BadAudit] = []

  /// Whether every entry and every signed audit is as it was written.
  public var isSound: Bool { firstBad == nil && badAudits.isEmpty }

  /// A signed audit that is not as it was signed.
  public struct BadAudit: Codable, Sendable, Equatable {
    /// Its reference.
    public var reference: String
    /// What is wrong with it, in a sentence.
    public var problem: String

    /// Makes a finding.
    public init(reference: String, problem: String) {
      (self.reference, self.problem) = (reference, problem)
    }
  }

  /// An entry that is not as it was written.
  public struct BadEntry: Codable, Sendable, Equatable {
    /// Its sequence; for a missing entry the one it should have.
    public var sequence: JournalSequence
    /// What is wrong with it, in a sentence.
    public var problem: String

    /// Makes a finding.
    public init(sequence: JournalSequence, problem: String) {
      (self.sequence, self.problem) = (sequence, problem)
    }
  }

  /// Makes a report.
  public init(
    entries: Int64,
    details: Int64,
    erased: Int64,
    head: JournalSequence,
    headHash: String,
    firstBad: BadEntry?
  ) {
    (self.entries, self.details, self.erased) = (entries, details, erased)
    (self.head, self.headHash, self.firstBad) = (head, headHash, firstBad)
  }
}

/// Recomputes a journal from its first entry.
///
/// Reads with SQL of its own and shares with the writer only `JournalLayout`: a fault in the writer
/// is not repeated here. Streams, so that a million entries need no more memory than ten.
public enum JournalVerifier {
  /// A head that was written down elsewhere: a journal must still contain it.
  public struct Witness: Sendable, Equatable {
    /// The entry's sequence.
    public var sequence: JournalSequence
    /// The entry's hash in lower-case hexadecimal.
    public var hash: String

    /// Makes a witness.
    public init(sequence: JournalSequence, hash: String) {
      (self.sequence, self.hash) = (sequence, hash)
    }
  }

  /// Checks every link, every commitment whose details still exist, gaps and the order of entries.
  ///
  /// - Parameters:
  ///   - path: The store or a backup of one.
  ///   - witness: A head that was remembered; without one a journal that was cut off at its end, or
  ///     put back whole from an older copy, looks sound.
  ///   - progress: Called now and then with entries done and in all; false cancels.
  /// - Returns: What was found, the first bad entry included.
  /// - Throws: `StoreError.notAStore` for a file that cannot be read as a store,
  ///   `CancellationError`.
  public static func verify(
    path: String,
    witness: Witness? = nil,
    progress: (Int64, Int64) -> Bool = { _, _ in true }
  ) throws -> VerificationReport {
    do {
      let queue = try ReadOnlyFile.open(path)
      defer { try? queue.close() }
      return try queue.read { db in
        var report = try verify(db, witness, progress)
        try AuditVerifier.check(db, &report)
        return report
      }
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  private static func verify(
    _ db: Database,
    _ witness: Witness?,
    _ progress: (Int64, Int64) -> Bool
  ) throws -> VerificationReport {
    var report = VerificationReport(
      entries: 0,
      details: 0,
      erased: 0,
      head: 0,
      headHash: hex(JournalLayout.genesis),
      firstBad: nil
    )
    let total = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) FROM journal") ?? 0
    var previous = JournalLayout.genesis
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT j.id, j.at, j.bootClock, j.boot, j.uid, j.actor, j.claims, j.origin, j.action,
          j.subjectKind, j.subject, j.version, j.undoes, j.commitment, j.previous, j.hash,
          d.id, d.incident, d.reference, d.headline, d.change, d.inverse, d.salt
        FROM journal j LEFT JOIN journalDetail d ON d.id = j.id
        ORDER BY j.id
        """
    )
    while let row = try cursor.next() {
      if report.entries % 4096 == 0, !progress(report.entries, total) { throw CancellationError() }
      report.entries += 1
      let expected = report.head + 1
      var problem: String?
      var hash: [UInt8] = []
      do {
        let found = try Found(row)
        hash = JournalLayout.hash(of: found.entry)
        problem =
          try found.problem(expected: expected, previous: previous, hash: hash)
          ?? witnessProblem(witness, expected, hash)
      } catch is RowDecodingError {
        problem = "a field does not have the type it was written with"
      } catch is UnreadableEntry {
        problem = "a field holds a word that was never written"
      }
      if let problem {
        report.firstBad = .init(sequence: expected, problem: problem)
        return report
      }
      previous = hash
      report.head = expected
      guard (row[22] as DatabaseValue).isNull else {
        report.details += 1
        continue
      }
      report.erased += 1
      if try !wasErased(row, in: db) {
        report.firstBad = .init(
          sequence: expected,
          problem: "its details were erased, and no later entry says so"
        )
        return report
      }
    }
    report.headHash = hex(previous)
    if let witness, witness.sequence > report.head {
      report.firstBad = .init(
        sequence: report.head + 1,
        problem: "the journal ends at \(report.head) but \(witness.sequence) was seen before"
      )
    }
    if let stray = try Int64.fetchOne(
      db,
      sql: "SELECT min(id) FROM journalDetail WHERE id NOT IN (SELECT id FROM journal)"
    ) {
      report.firstBad =
        report.firstBad ?? .init(sequence: stray, problem: "details stand there without an entry")
    }
    _ = progress(report.entries, total)
    return report
  }

  /// Whether a later entry has erased the details of one: only those of a person of the staff ever are.
  private static func wasErased(_ row: Row, in db: Database) throws -> Bool {
    try Row.fetchOne(
      db,
      sql: """
        SELECT 1 FROM journal WHERE subjectKind = ?1 AND subject = ?2 AND action = ?3 AND id > ?4
        AND ?1 = 'staff'
        """,
      arguments: [row[9] as String, row[10] as Int64, EraseStaff.name, row[0] as Int64]
    ) != nil
  }

  private static func witnessProblem(
    _ witness: Witness?,
    _ sequence: JournalSequence,
    _ hash: [UInt8]
  ) -> String? {
    guard let witness, witness.sequence == sequence, witness.hash.lowercased() != hex(hash) else {
      return nil
    }
    return "its hash is not the one that was written down elsewhere"
  }

  private static func hex(_ bytes: [UInt8]) -> String { Hex.text(bytes) }
}

/// An entry with a word that no writer has written.
private struct UnreadableEntry: Error {}

/// An entry and its details as they stand in the file.
private struct Found {
  var entry: JournalEntry
  var claims: String
  var hash: [UInt8]
  var hasDetail: Bool
  var incident: Int64?
  var reference: String?
  var headline: String?
  var change: String?
  var inverse: String?
  var salt: [UInt8]?

  init(_ row: Row) throws {
    func text(_ index: Int) throws -> String { try row.decode(String.self, atIndex: index) }
    func number(_ index: Int) throws -> Int64 { try row.decode(Int64.self, atIndex: index) }
    func block(_ index: Int) throws -> [UInt8] {
      [UInt8](try row.decode(Data.self, atIndex: index))
    }
    guard let kind = Subject.Kind(rawValue: try text(9)),
      let uid = UInt32(exactly: try number(4))
    else { throw UnreadableEntry() }
    claims = try text(6)
    var claimed: [String: String] = [:]
    if claims != "{}" {
      guard
        let value = try? JSONDecoder().decode([String: String].self, from: Data(claims.utf8))
      else { throw UnreadableEntry() }
      claimed = value
    }
    entry = JournalEntry(
      sequence: try number(0),
      at: Instant(milliseconds: try number(1)),
      bootClock: try number(2),
      boot: try text(3),
      actor: Actor(uid: uid, name: try text(5), claims: claimed),
      origin: try text(7),
      action: try text(8),
      subject: Subject(kind, try number(10)),
      version: try number(11),
      undoes: try row.decode(Int64?.self, atIndex: 12),
      commitment: try block(13),
      previous: try block(14)
    )
    hash = try block(15)
    hasDetail = try row.decode(Int64?.self, atIndex: 16) != nil
    incident = try row.decode(Int64?.self, atIndex: 17)
    reference = try row.decode(String?.self, atIndex: 18)
    headline = try row.decode(String?.self, atIndex: 19)
    change = try row.decode(String?.self, atIndex: 20)
    inverse = try row.decode(String?.self, atIndex: 21)
    salt = try row.decode(Data?.self, atIndex: 22).map { [UInt8]($0) }
  }

  /// What is wrong with it; nil where nothing is.
  func problem(expected: JournalSequence, previous: [UInt8], hash: [UInt8]) throws -> String? {
    if entry.sequence != expected { return "it is missing (the next one is \(entry.sequence))" }
    if entry.previous != previous { return "it does not follow from the entry before" }
    if hash != self.hash { return "it was altered: its hash does not match" }
    if let undoes = entry.undoes, undoes >= entry.sequence || undoes < 1 {
      return "it undoes an entry that did not exist yet"
    }
    if !hasCanonicalClaims { return "its claims were rewritten" }
    if !hasDetail { return "its details were deleted, not erased" }
    guard let change, let salt, let headline, let reference else {
      return change == nil && salt == nil && headline == nil && inverse == nil
        ? nil : "its details were erased in part"
    }
    let commitment = JournalLayout.commitment(
      salt: salt,
      details: JournalLayout.details(
        change: change,
        inverse: inverse,
        headline: headline,
        reference: reference,
        incident: incident
      )
    )
    return commitment == entry.commitment
      ? nil : "its details were altered: they do not match its commitment"
  }

  /// Claims are hashed as words, so their text must be the one way of writing those words.
  private var hasCanonicalClaims: Bool {
    if claims == "{}" { return true }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let again = try? encoder.encode(entry.actor.claims)
    return again.map { Array($0) == Array(claims.utf8) } ?? false
  }
}
