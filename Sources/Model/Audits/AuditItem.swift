/// How far the work on an item is.
public enum AuditWork: String, Vocabulary {
  case toDo = "to-do"
  case inProgress = "in-progress"
  case inReview = "in-review"
  case done

  /// The status as it is shown to people.
  public var label: String { rawValue.map { $0 == "-" ? " " : String($0) }.joined() }
}

/// What was found out about a requirement.
public enum AuditResult: String, Vocabulary {
  case notAssessed = "not-assessed"
  case conforms
  case partly
  case doesNotConform = "does-not-conform"
  /// It does not apply here; the reason is said.
  case notApplicable = "not-applicable"

  /// The result as it is shown to people.
  public var label: String { rawValue.map { $0 == "-" ? " " : String($0) }.joined() }

  /// How good it is, for comparing: nil where it says nothing about that.
  public var rank: Int? {
    switch self {
    case .notAssessed, .notApplicable: nil
    case .doesNotConform: 0
    case .partly: 1
    case .conforms: 2
    }
  }
}

/// Somebody's word for an answer, and how long it holds.
public struct AuditAttestation: Codable, Sendable, Hashable {
  /// Who attests.
  ///
  /// Foreign text.
  public var by: String
  /// When.
  public var at: Instant
  /// After how many calendar months it has to be looked at again; nil where never.
  public var months: Int?

  /// Makes an attestation.
  public init(by: String, at: Instant, months: Int? = nil) {
    (self.by, self.at, self.months) = (by, at, months)
  }

  /// The instant from which the answer counts as not assessed again.
  public var until: Instant? { months.flatMap { AuditDay.adding(months: $0, to: at) } }
}

/// What was looked at, of how much, and what did not fit.
public struct AuditSampling: Codable, Sendable, Hashable {
  /// How many there are.
  public var population: Int
  /// How many were looked at.
  public var sample: Int
  /// How many of those did not fit.
  public var exceptions: Int
  /// How the sample was drawn.
  ///
  /// Foreign text.
  public var note: String

  /// Makes a record.
  public init(population: Int, sample: Int, exceptions: Int, note: String = "") {
    (self.population, self.sample) = (population, sample)
    (self.exceptions, self.note) = (exceptions, note)
  }

  /// Whether the numbers can be true.
  public var isSound: Bool {
    population >= 0 && (0...population).contains(sample) && (0...sample).contains(exceptions)
  }
}

/// What the audit before said of the same requirement: shown, never counted.
public struct AuditPrevious: Codable, Sendable, Hashable {
  /// The reference of that audit.
  public var audit: String
  /// Its result.
  public var result: AuditResult
  /// Why it did not apply.
  public var reason: String
  /// Its score.
  public var score: Int?
  /// Its grade.
  public var grade: AuditGrade?
  /// What was observed.
  ///
  /// Foreign text.
  public var observation: String
  /// Its answers to questions.
  public var answers: [String: [String]]
  /// Whether the requirement says something else now.
  public var isChanged: Bool

  /// Makes a previous answer of an item.
  public init(_ item: AuditItem, result: AuditResult, audit: String, isChanged: Bool) {
    (self.audit, self.result, self.reason) = (audit, result, item.reason)
    (score, grade, observation) = (item.score, item.grade, item.observation)
    (answers, self.isChanged) = (item.answers, isChanged)
  }
}

/// What somebody without an account proposes as the answer.
public struct AuditProposal: Codable, Sendable, Hashable {
  /// Who answered.
  ///
  /// Foreign text.
  public var by: String
  /// When it came in.
  public var at: Instant
  /// The proposed result.
  public var result: AuditResult
  /// Why it does not apply.
  ///
  /// Foreign text.
  public var reason: String
  /// The proposed score.
  public var score: Int?
  /// What was observed.
  ///
  /// Foreign text.
  public var observation: String
  /// Answers to questions, by question.
  public var answers: [String: [String]]

  /// Makes a proposal.
  public init(
    by: String,
    at: Instant,
    result: AuditResult,
    reason: String = "",
    score: Int? = nil,
    observation: String = "",
    answers: [String: [String]] = [:]
  ) {
    (self.by, self.at, self.result, self.reason) = (by, at, result, reason)
    (self.score, self.observation, self.answers) = (score, observation, answers)
  }

  /// What taking it over sets.
  public var edits: [AuditItemEdit] {
    var edits: [AuditItemEdit] = [.result(result), .reason(reason)]
    if let score { edits.append(.score(score)) }
    if !observation.isEmpty { edits.append(.observation(observation)) }
    if !answers.isEmpty { edits.append(.answers(answers)) }
    return edits
  }
}

/// What a reviewer said of an answer.
public struct AuditReview: Codable, Sendable, Hashable {
  /// The account that reviewed.
  public var by: String
  /// When.
  public var at: Instant
  /// Whether the answer was accepted; otherwise it was sent back.
  public var isAccepted: Bool
  /// What was said.
  ///
  /// Foreign text.
  public var note: String

  /// Makes a review.
  public init(by: String, at: Instant, isAccepted: Bool, note: String) {
    (self.by, self.at, self.isAccepted, self.note) = (by, at, isAccepted, note)
  }
}

/// The answer to one requirement in one audit.
///
/// Work, result, score and target are four axes; none follows from another.
public struct AuditItem: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// The audit.
  public var audit: RecordID
  /// Its place among the audit's lines, from 0.
  public var place: Int
  /// The requirement's position in the framework.
  public var position: Int
  /// The requirement's own name.
  ///
  /// Foreign text.
  public var identifier: String
  /// The version of the item.
  public var version: Version
  /// How much it counts in a score.
  public var weight: Int
  /// How far the work is.
  public var work = AuditWork.toDo
  /// What was found out.
  public var result = AuditResult.notAssessed
  /// Why it does not apply.
  ///
  /// Foreign text.
  public var reason = ""
  /// The score on the framework's scale.
  public var score: Int?
  /// The score that is aimed at.
  public var target: Int?
  /// The grade of a nonconformity.
  public var grade: AuditGrade?
  /// What was observed.
  ///
  /// Foreign text.
  public var observation = ""
  /// Answers to the requirement's questions: ids of choices, or words, by the question's id.
  public var answers: [String: [String]] = [:]
  /// Somebody's word for it.
  public var attestation: AuditAttestation?
  /// What was looked at.
  public var sampling: AuditSampling?
  /// Who is to answer it; empty for the auditor.
  ///
  /// Foreign text.
  public var assignee = ""
  /// What somebody proposes as the answer.
  public var proposal: AuditProposal?
  /// What the last review said.
  public var review: AuditReview?
  /// What the audit before said.
  public var previous: AuditPrevious?
  /// The account that altered it last; empty where nobody did.
  public var answeredBy = ""
  /// When.
  public var answeredAt: Instant?

  /// Makes an item that nobody answered.
  public init(
    id: RecordID,
    audit: RecordID,
    place: Int,
    position: Int,
    identifier: String,
    version: Version = 1,
    weight: Int = 1
  ) {
    (self.id, self.audit, self.place, self.position) = (id, audit, place, position)
    (self.identifier, self.version, self.weight) = (identifier, version, weight)
  }

  /// The result as it counts at an instant: an attestation that ran out leaves nothing assessed.
  public func result(at now: Instant) -> AuditResult { isExpired(at: now) ? .notAssessed : result }

  /// Whether there is an answer whose attestation has run out.
  public func isExpired(at now: Instant) -> Bool {
    guard result != .notAssessed, let until = attestation?.until else { return false }
    return until <= now
  }
}
