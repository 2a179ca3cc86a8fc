/// What is known of a run that deleted data: which, how much, how, and what proves it.
public struct DeletionFacts: RecordFacts {
  /// Its kind.
  public static let kind = Subject.Kind.deletion
  /// How the journal names its changes.
  public static let word = "deletion"
  /// What people call it.
  public static let noun = "deletion run"

  /// The reference of the retention rule that asked for it.
  public var rule: String
  /// The last event whose data went; nil where all went that the rule covers.
  public var upTo: StatedTime?
  /// How many records, people or files; nil where nobody counted.
  public var count: Int64?
  /// When it was done.
  public var done: StatedTime
  /// How, and with what.
  ///
  /// Foreign text; not empty.
  public var method: String
  /// Who did it.
  ///
  /// Foreign text; may be empty.
  public var by = ""
  /// The evidence that proves it, by number.
  public var evidence: [RecordID] = []
  /// What else is to be known; foreign text.
  public var note = ""

  /// One line that says what it is.
  public var title: String {
    "\(count.map(String.init) ?? "unknown number") deleted by \(rule), \(done.plain)"
  }

  /// Makes a run.
  public init(rule: String, count: Int64?, done: StatedTime, method: String) {
    (self.rule, self.count, self.done, self.method) = (rule.uppercased(), count, done, method)
  }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("rule", rule), ("up to", upTo?.plainWithZone ?? ""),
      ("number", count.map(String.init) ?? ""), ("done", done.plainWithZone), ("method", method),
      ("by", by), ("evidence", evidence.map(String.init).joined(separator: ", ")), ("note", note),
    ]
  }

  /// Whether nothing is left of a stock after it.
  public func settles(_ stock: RetentionStock) -> Bool {
    guard done.latest >= stock.asOf else { return false }
    guard let upTo, let triggered = stock.triggered else { return true }
    return triggered.latest <= upTo.latest
  }
}

/// A deletion run as the record keeps it.
public typealias DeletionRun = KeptRecord<DeletionFacts>
/// Records a deletion run.
public typealias AddDeletion = AddRecord<DeletionFacts>
/// Corrects what is said of a deletion run.
public typealias EditDeletion = EditRecord<DeletionFacts>
/// Takes a deletion run off the list.
public typealias RemoveDeletion = RemoveRecord<DeletionFacts>
/// Puts a deletion run back on the list.
public typealias RestoreDeletion = PutBackRecord<DeletionFacts>
