/// Asks what hangs from an item of an audit: findings, evidence and links.
public struct AuditItemTies: Question {
  /// What hangs from an item.
  public struct Ties: Codable, Sendable, Equatable {
    /// The findings that came from it, worst first; closed ones among them.
    public var findings: [Finding]
    /// The evidence that proves it or its requirement, oldest first, without custody.
    public var evidence: [Evidence]
    /// Its links and those of its requirement, both ways; those of evidence are left out.
    public var links: [IncidentLinks.Row]
    /// The requirement that it answers.
    public var requirement: Subject

    /// Makes ties.
    public init(
      findings: [Finding],
      evidence: [Evidence],
      links: [IncidentLinks.Row],
      requirement: Subject
    ) {
      (self.findings, self.evidence) = (findings, evidence)
      (self.links, self.requirement) = (links, requirement)
    }
  }

  /// The ties; nil where there is no such item.
  public typealias Answer = Ties?
  /// Which item, by its number.
  public var item: RecordID

  /// Makes the question.
  public init(item: RecordID) { self.item = item }
}

/// Asks which record a person means by the name of a link's end; nil where there is none.
public struct NamedRecord: Question {
  /// The record.
  public typealias Answer = Subject?
  /// The name.
  public var name: LinkEnd

  /// Makes the question.
  public init(_ name: LinkEnd) { self.name = name }
}

/// Asks what people call some records, in the order in which they are asked for.
public struct RecordNames: Question {
  /// The names: `AUD-2026-0001/A.1`, `FND-2026-0001`, `task 3`.
  public typealias Answer = [String]
  /// Which records.
  public var subjects: [Subject]

  /// Makes the question.
  public init(of subjects: [Subject]) { self.subjects = subjects }
}
