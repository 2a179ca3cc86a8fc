/// Asks for all that a report of an audit says, read at one moment; nil where there is none.
///
/// A signed audit counts as it did when it was signed; its findings and evidence stand as they do
/// now.
public struct AuditReportContent: Question {
  /// One line of the audit: a heading, or an item with its answer.
  public struct Line: Codable, Sendable, Equatable {
    /// Its place in the tree.
    public var row: AuditTreeRow
    /// The answer in full; nil for a heading.
    public var item: AuditItem?
    /// The findings that came from it, by reference.
    public var findings: [String]
    /// The numbers of the evidence that proves it or its requirement.
    public var evidence: [RecordID]

    /// Makes a line.
    public init(row: AuditTreeRow, item: AuditItem?, findings: [String], evidence: [RecordID]) {
      (self.row, self.item) = (row, item)
      (self.findings, self.evidence) = (findings, evidence)
    }
  }

  /// All that a report says.
  public struct Content: Codable, Sendable, Equatable {
    /// The audit with its tally, signatures and hash.
    public var details: AuditDetails.Details
    /// The framework without its requirements.
    public var framework: Framework
    /// What the organisation is called.
    ///
    /// Foreign text; may be empty.
    public var organisation: String
    /// The lines in the framework's order.
    public var lines: [Line]
    /// The findings from its items, worst first; closed ones among them.
    public var findings: [Finding]
    /// The evidence that proves its items, their requirements or its findings, oldest first.
    public var evidence: [Evidence]
    /// What is otherwise than in the audit before; nil where there was none.
    public var difference: AuditDifference?
    /// The reference of the audit before; empty where there was none.
    public var previous: String
    /// The instant at which its results count.
    public var countsAt: Instant
    /// The present, for what is late or has run out.
    public var now: Instant

    /// Makes content.
    public init(
      details: AuditDetails.Details,
      framework: Framework,
      organisation: String = "",
      lines: [Line],
      findings: [Finding] = [],
      evidence: [Evidence] = [],
      difference: AuditDifference? = nil,
      previous: String = "",
      countsAt: Instant,
      now: Instant
    ) {
      (self.details, self.framework, self.organisation) = (details, framework, organisation)
      (self.lines, self.findings, self.evidence) = (lines, findings, evidence)
      (self.difference, self.previous) = (difference, previous)
      (self.countsAt, self.now) = (countsAt, now)
    }

    /// The items, without headings.
    public var items: [Line] { lines.filter { $0.item != nil } }

    /// The headings that a chart of scores shows.
    ///
    /// They are the outermost ones of which there is more than one: a framework that puts everything
    /// below one heading is looked into.
    public var chapters: [AuditTreeRow] {
      let headings = lines.map(\.row).filter { $0.score != nil }
      var depth = headings.map(\.depth).min() ?? 1
      while headings.count(where: { $0.depth == depth }) == 1,
        let deeper = headings.map(\.depth).filter({ $0 > depth }).min()
      {
        depth = deeper
      }
      return headings.filter { $0.depth == depth }
    }
  }

  /// The content.
  public typealias Answer = Content?
  /// Which audit, by its reference in any letter case.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}
