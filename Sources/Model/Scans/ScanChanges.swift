/// Brings a scanner's results onto an audit, all of them or none.
///
/// Results that are known and say the same change nothing. An item gets the answer that the worst
/// of its results gives where no person has judged it, else a proposal. A rule that fails opens a
/// finding, once for each scanner, rule and target; one that passes closes it, and one that fails
/// again opens it again.
public struct ImportScan: Alteration {
  /// What the journal calls it.
  public static let name = "audit.scan"
  /// A finding that was taken away when the import was undone.
  public struct Restored: Codable, Sendable, Equatable {
    /// What it is known by.
    public var key: AuditScanResult.Key
    /// The finding.
    public var finding: RecordID

    /// Makes a finding to be restored.
    public init(key: AuditScanResult.Key, finding: RecordID) {
      (self.key, self.finding) = (key, finding)
    }
  }

  /// Which audit.
  public var id: RecordID
  /// The version of the audit that it was made for.
  public var basedOn: Version?
  /// What is known of the file.
  public var scan: AuditScanFacts
  /// The results, no two of the same scanner, target and rule; the journal leaves them out.
  public var results: [AuditScanResult]
  /// SHA-256 over the results, in hexadecimal.
  public var digest: String
  /// Findings that come back with it; none unless an undone import is done again.
  public var findings: [Restored]

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String {
    let total = scan.counts.values.reduce(0, +)
    let tool = scan.tool.isEmpty ? scan.format : scan.tool
    return "imported a scan: \(total) \(total == 1 ? "result" : "results") of \(tool)"
  }

  /// Makes the change.
  public init(
    id: RecordID,
    basedOn: Version? = nil,
    scan: AuditScanFacts,
    results: [AuditScanResult],
    findings: [Restored] = []
  ) {
    (self.id, self.basedOn, self.scan, self.results) = (id, basedOn, scan, results)
    (self.findings, digest) = (findings, AuditScanResult.digest(results))
  }
}

/// Takes an import of a scan back: what undoing it is, and nothing else.
///
/// What people altered since stays as they left it.
public struct WithdrawScan: Alteration {
  /// What the journal calls it.
  public static let name = "audit.unscan"
  /// What an item said before, and what the scan had made of it.
  public struct Answer: Codable, Sendable, Equatable {
    /// The item's number.
    public var item: RecordID
    /// The version that the scan left; nil where the scan set nothing in it.
    public var version: Version?
    /// What sets it back.
    public var edits: [AuditItemEdit]
    /// What was remembered of scans before; nil where nothing was.
    public var before: ScanAnswer?

    /// Makes an answer.
    public init(item: RecordID, version: Version?, edits: [AuditItemEdit], before: ScanAnswer?) {
      (self.item, self.version, self.edits, self.before) = (item, version, edits, before)
    }
  }

  /// Where a finding stood before, and what the scan had made of it.
  public struct Moved: Codable, Sendable, Equatable {
    /// What the finding is known by.
    public var key: AuditScanResult.Key
    /// What was remembered before; nil where the scan opened it.
    public var before: ScanFinding?
    /// What the scan left to be remembered.
    public var after: ScanFinding
    /// Where it stood, where the scan moved it.
    public var standing: FindingStanding?
    /// The version that the scan left; nil where it did not move it.
    public var version: Version?
    /// Makes a moved finding.
    public init(
      key: AuditScanResult.Key,
      before: ScanFinding?,
      after: ScanFinding,
      standing: FindingStanding?,
      version: Version?
    ) {
      (self.key, self.before, self.after) = (key, before, after)
      (self.standing, self.version) = (standing, version)
    }
  }

  /// A result as it was before.
  public struct Before: Codable, Sendable, Equatable {
    /// The scan that it came with.
    public var scan: RecordID
    /// The result.
    public var result: AuditScanResult

    /// Makes a result.
    public init(scan: RecordID, result: AuditScanResult) {
      (self.scan, self.result) = (scan, result)
    }
  }

  /// Which audit.
  public var id: RecordID
  /// The version of the audit that it was made for.
  public var basedOn: Version?
  /// The scan's number.
  public var scan: RecordID
  /// The results as they were before, of those that were known.
  public var before: [Before]
  /// The items that the scan touched.
  public var answers: [Answer]
  /// The findings that it touched.
  public var findings: [Moved]

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String { "took a scan back" }

  /// Makes the change.
  public init(
    id: RecordID,
    basedOn: Version?,
    scan: RecordID,
    before: [Before],
    answers: [Answer],
    findings: [Moved]
  ) {
    (self.id, self.basedOn, self.scan, self.before) = (id, basedOn, scan, before)
    (self.answers, self.findings) = (answers, findings)
  }
}

extension AuditScanResult {
  /// SHA-256 over results in their order, in hexadecimal.
  static func digest(_ results: [AuditScanResult]) -> String {
    var out = Bytes(tag: "tocsin.scan.1")
    out.append(Int64(results.count))
    for result in results {
      for text in [
        result.tool, result.target, result.rule, result.title, result.outcome.rawValue,
        result.word, result.severity.rawValue, result.message, result.advice,
      ] { out.append(text) }
      out.append(result.at.map { String($0.milliseconds) } ?? "")
      out.append(result.places.map(String.init).joined(separator: ","))
    }
    return Digest.sha256(out.bytes)
  }
}
