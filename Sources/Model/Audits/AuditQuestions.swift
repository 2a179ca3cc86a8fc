/// One audit as a list shows it.
public struct AuditRow: Identifiable, Codable, Sendable, Equatable {
  /// The audit.
  public var audit: Audit
  /// The framework's own name.
  ///
  /// Foreign text.
  public var framework: String
  /// The framework's edition.
  ///
  /// Foreign text.
  public var edition: String
  /// The framework's title.
  ///
  /// Foreign text.
  public var name: String
  /// How many items stand where: as of now, or of the signature that locks it.
  public var tally: AuditTally
  /// Whether a later audit was started from it, so that none is due any more.
  public var isFollowed: Bool

  /// Its number in the store.
  public var id: RecordID { audit.id }
  /// The day on which the next one is due; nil where none is, or it was started already.
  public var nextDue: String? { isFollowed ? nil : audit.nextDue }

  /// Makes a row.
  public init(
    audit: Audit,
    framework: String,
    edition: String,
    name: String,
    tally: AuditTally,
    isFollowed: Bool
  ) {
    (self.audit, self.framework, self.edition) = (audit, framework, edition)
    (self.name, self.tally, self.isFollowed) = (name, tally, isFollowed)
  }
}

/// The audits of the record, newest first.
public struct AuditList: Question {
  /// The rows.
  public typealias Answer = [AuditRow]
  /// Makes the question.
  public init() {}
}

/// One audit with its scale and signatures; nil where there is none, or it was removed.
public struct AuditDetails: Question {
  /// What is known of it.
  public struct Details: Codable, Sendable, Equatable {
    /// As the list shows it.
    public var row: AuditRow
    /// The framework's scale.
    public var scale: ScoreScale?
    /// The signatures, oldest first, those that do not hold any more among them.
    public var signatures: [AuditSignature]
    /// The hash of the content as it stands.
    public var digest: String

    /// Makes details.
    public init(
      row: AuditRow,
      scale: ScoreScale?,
      signatures: [AuditSignature],
      digest: String
    ) {
      (self.row, self.scale) = (row, scale)
      (self.signatures, self.digest) = (signatures, digest)
    }
  }

  /// The details.
  public typealias Answer = Details?
  /// Which audit, by its reference in any letter case.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Which lines of an audit are wanted; what is nil does not matter.
public struct AuditItemFilter: Codable, Sendable, Hashable {
  /// The work status.
  public var work: AuditWork?
  /// The result, as it counts now.
  public var result: AuditResult?
  /// The grade.
  public var grade: AuditGrade?
  /// Who is to answer.
  public var assignee: String?
  /// Whether the score is below the target.
  public var isBelowTarget: Bool?
  /// Whether somebody proposes an answer.
  public var hasProposal: Bool?
  /// Whether a finding came from it.
  public var hasFinding: Bool?
  /// Words that stand in the requirement's texts or in the answer, or how its reference begins.
  public var text: String?

  /// Makes a filter.
  public init(
    work: AuditWork? = nil,
    result: AuditResult? = nil,
    grade: AuditGrade? = nil,
    assignee: String? = nil,
    isBelowTarget: Bool? = nil,
    hasProposal: Bool? = nil,
    hasFinding: Bool? = nil,
    text: String? = nil
  ) {
    (self.work, self.result, self.grade) = (work, result, grade)
    (self.assignee, self.isBelowTarget) = (assignee, isBelowTarget)
    (self.hasProposal, self.hasFinding, self.text) = (hasProposal, hasFinding, text)
  }

  /// Whether every line is wanted.
  public var isEmpty: Bool { self == AuditItemFilter() }
}

/// One line of an audit's tree: a heading, or an item.
public struct AuditTreeRow: Codable, Sendable, Equatable {
  /// Its place among the audit's lines, from 0.
  public var place: Int
  /// The place after the last line below it.
  public var end: Int
  /// How deep it stands, from 1.
  public var depth: Int
  /// What people call the requirement.
  ///
  /// Foreign text.
  public var reference: String
  /// Its title, or the beginning of its text, in one line.
  ///
  /// Foreign text.
  public var headline: String
  /// How the items below a heading do; nil for an item.
  public var score: AuditScore?
  /// The answer; nil for a heading.
  public var item: Item?

  /// The answer as a tree shows it.
  public struct Item: Codable, Sendable, Equatable {
    /// The item's number in the store.
    public var id: RecordID
    /// Its version.
    public var version: Version
    /// The work status.
    public var work: AuditWork
    /// The result as it counts now.
    public var result: AuditResult
    /// Whether the attestation ran out.
    public var isExpired: Bool
    /// The score.
    public var score: Int?
    /// The target.
    public var target: Int?
    /// The grade.
    public var grade: AuditGrade?
    /// Who is to answer it; empty for the auditor.
    ///
    /// Foreign text.
    public var assignee: String
    /// Whether somebody proposes an answer.
    public var hasProposal: Bool
    /// The result in the audit before; nil where it was not asked there.
    public var previous: AuditResult?

    /// Makes an answer.
    public init(
      id: RecordID,
      version: Version,
      work: AuditWork,
      result: AuditResult,
      isExpired: Bool,
      score: Int?,
      target: Int?,
      grade: AuditGrade?,
      assignee: String,
      hasProposal: Bool,
      previous: AuditResult?
    ) {
      (self.id, self.version, self.work, self.result) = (id, version, work, result)
      (self.isExpired, self.score, self.target) = (isExpired, score, target)
      (self.grade, self.assignee, self.hasProposal) = (grade, assignee, hasProposal)
      self.previous = previous
    }
  }

  /// Makes a line.
  public init(
    place: Int,
    end: Int,
    depth: Int,
    reference: String,
    headline: String,
    score: AuditScore?,
    item: Item?
  ) {
    (self.place, self.end, self.depth) = (place, end, depth)
    (self.reference, self.headline) = (reference, headline)
    (self.score, self.item) = (score, item)
  }
}

/// A window of an audit's tree; with a filter, the items that fit and the headings above them.
public struct AuditTree: Question {
  /// The lines.
  public typealias Answer = Page<AuditTreeRow>
  /// Which audit.
  public var audit: RecordID
  /// The places of headings whose lines below are hidden.
  public var folded: Set<Int>
  /// Which items are wanted.
  public var filter: AuditItemFilter
  /// Which of the lines.
  public var window: RowWindow

  /// Makes the question.
  public init(
    audit: RecordID,
    folded: Set<Int> = [],
    filter: AuditItemFilter = AuditItemFilter(),
    window: RowWindow
  ) {
    (self.audit, self.folded) = (audit, folded)
    (self.filter, self.window) = (filter, window)
  }
}

/// One item with its requirement; nil where there is no item at that place.
public struct AuditItemDetails: Question {
  /// What is known of it.
  public struct Details: Codable, Sendable, Equatable {
    /// The item.
    public var item: AuditItem
    /// The result as it counts now.
    public var result: AuditResult
    /// The requirement.
    public var requirement: Requirement
    /// The lines above it, outermost first.
    public var path: [RequirementRow]

    /// Makes details.
    public init(
      item: AuditItem,
      result: AuditResult,
      requirement: Requirement,
      path: [RequirementRow]
    ) {
      (self.item, self.result) = (item, result)
      (self.requirement, self.path) = (requirement, path)
    }
  }

  /// The details.
  public typealias Answer = Details?
  /// Which audit.
  public var audit: RecordID
  /// The item's place.
  public var place: Int

  /// Makes the question.
  public init(audit: RecordID, place: Int) { (self.audit, self.place) = (audit, place) }
}

/// The place of the next item that is not assessed, from the beginning again after the last one.
///
/// Nil where everything is assessed.
public struct NextUnanswered: Question {
  /// The place.
  public typealias Answer = Int?
  /// Which audit.
  public var audit: RecordID
  /// The place behind which is searched; nil begins with the first.
  public var after: Int?

  /// Makes the question.
  public init(audit: RecordID, after: Int? = nil) { (self.audit, self.after) = (audit, after) }
}

/// The place of the item whose requirement has a reference or identifier, or begins with it.
public struct AuditPlace: Question {
  /// The place; nil where there is none.
  public typealias Answer = Int?
  /// Which audit.
  public var audit: RecordID
  /// The reference in any letter case, or its beginning; or the identifier.
  public var reference: String

  /// Makes the question.
  public init(audit: RecordID, reference: String) {
    (self.audit, self.reference) = (audit, reference)
  }
}

/// Everything in an audit that a signature locks; nil where there never was one.
public struct WholeAudit: Question {
  /// The content.
  public typealias Answer = AuditContent?
  /// Which audit.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}

/// What is otherwise in one audit than in another; nil where there is one of them not.
public struct AuditComparison: Question {
  /// The difference.
  public typealias Answer = AuditDifference?
  /// The older audit.
  public var old: RecordID
  /// The newer audit.
  public var new: RecordID

  /// Makes the question.
  public init(old: RecordID, new: RecordID) { (self.old, self.new) = (old, new) }
}

/// The audits of all editions of a framework, oldest first, with their scores.
public struct AuditTrend: Question {
  /// The rows.
  public typealias Answer = [AuditRow]
  /// The framework's own name.
  public var framework: String

  /// Makes the question.
  public init(framework: String) { self.framework = framework }
}

/// The statement of applicability of an audit: for each requirement whether it applies and why.
public struct ApplicabilityStatement: Question {
  /// One row of the statement.
  public struct Row: Codable, Sendable, Equatable {
    /// What people call the requirement.
    ///
    /// Foreign text.
    public var reference: String
    /// Its title, or the beginning of its text, in one line.
    ///
    /// Foreign text.
    public var headline: String
    /// Whether it applies.
    public var isApplicable: Bool
    /// Why it does not, or what was observed.
    ///
    /// Foreign text.
    public var justification: String
    /// The result as it counts now.
    public var result: AuditResult
    /// The score.
    public var score: Int?
    /// The target.
    public var target: Int?

    /// Makes a row.
    public init(
      reference: String,
      headline: String,
      isApplicable: Bool,
      justification: String,
      result: AuditResult,
      score: Int?,
      target: Int?
    ) {
      (self.reference, self.headline) = (reference, headline)
      (self.isApplicable, self.justification) = (isApplicable, justification)
      (self.result, self.score, self.target) = (result, score, target)
    }
  }

  /// The rows in the framework's order.
  public typealias Answer = [Row]
  /// Which audit.
  public var audit: RecordID

  /// Makes the question.
  public init(audit: RecordID) { self.audit = audit }
}
