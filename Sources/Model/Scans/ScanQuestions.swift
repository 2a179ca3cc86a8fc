/// The scans that were brought onto an audit, newest first.
public struct AuditScans: Question {
  /// The scans.
  public typealias Answer = [AuditScan]
  /// Which audit.
  public var audit: RecordID

  /// Makes the question.
  public init(audit: RecordID) { self.audit = audit }
}

/// What scans say of the items of an audit, by place; items of which none speaks are left out.
public struct AuditScanOutcomes: Question {
  /// The outcomes.
  public typealias Answer = [ItemScanOutcome]
  /// Which audit.
  public var audit: RecordID

  /// Makes the question.
  public init(audit: RecordID) { self.audit = audit }
}

/// Which results of scans are wanted; what is nil does not matter.
public struct AuditScanFilter: Codable, Sendable, Hashable {
  /// The place of the item that the rule speaks of.
  public var place: Int?
  /// Whether the rule speaks of an item at all.
  public var isMatched: Bool?
  /// The outcome.
  public var outcome: ScanOutcome?

  /// Makes a filter.
  public init(place: Int? = nil, isMatched: Bool? = nil, outcome: ScanOutcome? = nil) {
    (self.place, self.isMatched, self.outcome) = (place, isMatched, outcome)
  }
}

/// The results of scans that an audit keeps: the worst first, then by scanner, target and rule.
public struct AuditScanResults: Question {
  /// A result with what came of it.
  public struct Row: Identifiable, Codable, Sendable, Equatable {
    /// Its number in the store.
    public var id: RecordID
    /// The scan that it came with.
    public var scan: RecordID
    /// The result.
    public var result: AuditScanResult
    /// The finding that its rule led to; nil where there is none.
    public var finding: Finding?

    /// Makes a row.
    public init(id: RecordID, scan: RecordID, result: AuditScanResult, finding: Finding?) {
      (self.id, self.scan, self.result, self.finding) = (id, scan, result, finding)
    }
  }

  /// The results.
  public typealias Answer = Page<Row>
  /// Which audit.
  public var audit: RecordID
  /// Which of the results.
  public var filter: AuditScanFilter
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(
    audit: RecordID,
    filter: AuditScanFilter = AuditScanFilter(),
    window: RowWindow
  ) {
    (self.audit, self.filter, self.window) = (audit, filter, window)
  }
}

/// What an import of a scan would do, without doing it.
public struct ScanPreview: Question {
  /// The effect.
  public typealias Answer = AuditScanEffect
  /// The import.
  public var change: ImportScan

  /// Makes the question.
  public init(_ change: ImportScan) { self.change = change }
}
