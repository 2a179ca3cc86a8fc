/// Asks for impact assessments, those that need somebody first, and for activities that have none.
public struct ImpactList: Question {
  /// What comes back.
  public struct Answer: Codable, Sendable, Equatable {
    /// The assessments: waiting, stale and due for review first, then by reference.
    public var rows: [ImpactRow]
    /// The activities of which nobody has asked whether they need one.
    public var gaps: [ImpactGap]

    /// Makes an answer.
    public init(rows: [ImpactRow], gaps: [ImpactGap]) { (self.rows, self.gaps) = (rows, gaps) }
  }

  /// Makes the question.
  public init() {}
}

/// Asks for an impact assessment with what belongs to it, by reference; removed ones too.
public struct ImpactDetails: Question {
  /// An assessment and what belongs to it.
  public struct Details: Codable, Sendable, Equatable {
    /// The assessment, with where it stands.
    public var row: ImpactRow
    /// Its activities that are on their list.
    public var activities: [Activity]
    /// The organisation's name; may be empty.
    public var organisation: String
    /// What the journal says of it, newest first; at most 200 lines.
    public var history: [JournalLine]

    /// Makes the details.
    public init(
      row: ImpactRow,
      activities: [Activity],
      organisation: String,
      history: [JournalLine]
    ) {
      (self.row, self.activities) = (row, activities)
      (self.organisation, self.history) = (organisation, history)
    }
  }
  /// What comes back; nil where there is none.
  public typealias Answer = Details?
  /// The reference, such as `DPIA-0001`.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}
