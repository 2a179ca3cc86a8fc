internal import GRDB
public import Model

/// Compares the rows of the record with what the journal says of them.
///
/// Every row is made by entries of the journal, and could be rewritten without touching one of them. Where
/// the journal keeps no more than a digest (an imported document, a file), the digests are compared.
public enum RecordVerifier {
  /// A row that is not what the journal says.
  public struct BadRecord: Codable, Sendable, Equatable {
    /// The record.
    public var subject: Subject
    /// The incident that it is or belongs to, as people call it.
    public var reference: String
    /// What is wrong with it, in a sentence.
    public var problem: String

    /// Makes a finding.
    public init(subject: Subject, reference: String, problem: String) {
      (self.subject, self.reference, self.problem) = (subject, reference, problem)
    }
  }

  /// What was compared, and what is wrong.
  public struct Report: Codable, Sendable, Equatable {
    /// How many imported documents were read.
    public var documents = 0
    /// How many pieces of evidence were compared.
    public var evidence = 0
    /// How many records of the privacy register were worked out again.
    public var register = 0
    /// How many records of staff, training and phishing exercises were compared.
    public var training = 0
    /// How many consent records were compared.
    public var consents = 0
    /// What is not as it was written: documents, evidence, the records of incidents and audits, the privacy
    /// register, training; at most 100 of a kind of the middle ones.
    public var bad: [BadRecord] = []

    /// Makes a report of nothing.
    public init() {}

    mutating func add(_ subject: Subject, _ reference: String, _ problem: String) {
      bad.append(BadRecord(subject: subject, reference: reference, problem: problem))
    }
  }

  /// Compares the digest of every imported document, and every piece of evidence, with the journal.
  ///
  /// The digest is one of the source's canonical form, which only its importer can make again: that
  /// the stored text has it is not looked at.
  ///
  /// Where the details of an entry were erased, the row is compared with nothing but itself.
  ///
  /// - Parameters:
  ///   - path: The store or a backup of one.
  ///   - progress: Called now and then with what is done; false cancels.
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
        try documents(db, &report, progress)
        try evidence(db, &report)
        try RecordChecks.run(in: db, &report, progress)
        try KeptVerifier.check(db, &report)
        try RequestVerifier.check(db, &report)
        try PhishingVerifier.check(db, &report)
        try ConsentLedgerCheck.run(db, &report)
        return report
      }
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  private static func documents(
    _ db: Database,
    _ report: inout Report,
    _ progress: (Int) -> Bool
  ) throws {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT importSource.id, incident.reference, importSource.digest, importSource.id,
          (SELECT json_extract(change, '$.source.digest') FROM journal
            JOIN journalDetail ON journalDetail.id = journal.id
            WHERE subjectKind = 'incident' AND subject = importSource.id
              AND action IN ('incident.open', 'incident.source') AND change IS NOT NULL
            ORDER BY journal.id DESC LIMIT 1)
        FROM importSource JOIN incident ON incident.id = importSource.id ORDER BY importSource.id
        """
    )
    while let row = try cursor.next() {
      if report.documents % 512 == 0, !progress(report.documents) { throw CancellationError() }
      report.documents += 1
      let digest = try row.text(2)
      let problem: String? =
        if try row.optionalText(4) ?? digest != digest {
          "the digest of its imported document is not the one in the journal"
        } else {
          nil
        }
      guard let problem else { continue }
      report.bad.append(
        BadRecord(
          subject: Subject(.incident, try row.number(0)),
          reference: try row.text(1),
          problem: problem
        )
      )
    }
  }

  private static func evidence(_ db: Database, _ report: inout Report) throws {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT evidence.id, coalesce(incident.reference, ''), evidence.sha256, evidence.size,
          evidence.path, evidence.incident, journal.id, json_extract(change, '$.facts.sha256'),
          json_extract(change, '$.facts.size'), json_extract(change, '$.facts.path'),
          json_extract(change, '$.incident'), change IS NULL
        FROM evidence LEFT JOIN incident ON incident.id = evidence.incident
        LEFT JOIN journal ON subjectKind = 'evidence' AND subject = evidence.id
          AND action = 'evidence.add'
        LEFT JOIN journalDetail ON journalDetail.id = journal.id
        ORDER BY evidence.id
        """
    )
    while let row = try cursor.next() {
      report.evidence += 1
      let problem: String? =
        if try row.optionalNumber(6) == nil {
          "no entry of the journal has added it"
        } else if try row.flag(11) {
          nil
        } else if try row.text(2) != row.optionalText(7) {
          "its SHA-256 is not the one in the journal"
        } else if try row.number(3) != row.optionalNumber(8)
          || row.text(4) != row.optionalText(9) || row.optionalNumber(5) != row.optionalNumber(10)
        {
          "its size, path or incident is not the one in the journal"
        } else {
          nil
        }
      guard let problem else { continue }
      report.bad.append(
        BadRecord(
          subject: Subject(.evidence, try row.number(0)),
          reference: try row.text(1),
          problem: problem
        )
      )
    }
  }
}
