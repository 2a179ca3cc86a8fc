extension AuditTreeRow: Identifiable {
  /// Its place, which names it within its audit.
  public var id: Int { place }

  /// Whether lines stand below it.
  public var isParent: Bool { end > place + 1 }
}

extension RequirementRow: Identifiable {
  /// Its position, which names it within its framework.
  public var id: Int { position }
}

/// Where a line of an audit stands among the lines that ``AuditTree`` gives; nil where it is hidden.
public struct AuditTreePosition: Question {
  /// The position, from 0.
  public typealias Answer = Int?
  /// The tree, with what is folded and filtered; its window does not matter.
  public var tree: AuditTree
  /// The line's place among all lines of the audit.
  public var place: Int

  /// Makes the question.
  public init(_ tree: AuditTree, place: Int) { (self.tree, self.place) = (tree, place) }
}

/// The items at some places of an audit, and below them where headings stand there; in order.
public struct AuditItemsBelow: Question {
  /// The rows, all of them items.
  public typealias Answer = [AuditTreeRow]
  /// Which audit.
  public var audit: RecordID
  /// The places, in any order.
  public var places: Set<Int>

  /// Makes the question.
  public init(audit: RecordID, places: Set<Int>) { (self.audit, self.places) = (audit, places) }
}

/// The lines of an audit that somebody looks for: those whose reference begins so, else those whose
/// texts have all words; in order.
public struct AuditSearch: Question {
  /// The most lines that are found.
  public static let most = 1000

  /// Their places; at most 1000.
  public typealias Answer = [Int]
  /// Which audit.
  public var audit: RecordID
  /// A reference or its beginning, in any letter case; or words.
  public var text: String

  /// Makes the question.
  public init(audit: RecordID, text: String) { (self.audit, self.text) = (audit, text) }
}

/// How the chapters of an audit do: its outermost headings, or those below where there is but one.
public struct AuditChapters: Question {
  /// One chapter.
  public struct Chapter: Identifiable, Codable, Sendable, Equatable {
    /// The place of its heading; of an item that stands in no chapter, its own.
    public var place: Int
    /// The place after the last line below it.
    public var end: Int
    /// What people call it.
    ///
    /// Foreign text.
    public var reference: String
    /// Its title in one line.
    ///
    /// Foreign text.
    public var headline: String
    /// How the items below it do.
    public var score: AuditScore
    /// How many of its items have which result, as it counts now; none with a count of 0.
    public var counts: [AuditResult: Int]

    /// Its place, which names it within its audit.
    public var id: Int { place }

    /// Makes a chapter.
    public init(
      place: Int,
      end: Int,
      reference: String,
      headline: String,
      score: AuditScore,
      counts: [AuditResult: Int] = [:]
    ) {
      (self.place, self.end, self.reference) = (place, end, reference)
      (self.headline, self.score, self.counts) = (headline, score, counts)
    }
  }

  /// The chapters in order.
  public typealias Answer = [Chapter]
  /// Which audit.
  public var audit: RecordID

  /// Makes the question.
  public init(audit: RecordID) { self.audit = audit }
}

/// How many findings came from each audit.
public struct AuditFindingCounts: Question {
  /// The findings of one audit.
  public struct Row: Codable, Sendable, Hashable {
    /// The audit.
    public var audit: RecordID
    /// How many are open.
    public var open: Int
    /// How many of those are overdue.
    public var overdue: Int

    /// Makes a row.
    public init(audit: RecordID, open: Int, overdue: Int) {
      (self.audit, self.open, self.overdue) = (audit, open, overdue)
    }
  }

  /// The rows; audits without an open finding are not among them.
  public typealias Answer = [Row]
  /// Makes the question.
  public init() {}
}
