/// One thing in the answer to a requirement, set to a new value.
public enum AuditItemEdit: Codable, Sendable, Equatable {
  case work(AuditWork)
  case result(AuditResult)
  case reason(String)
  case score(Int?)
  case target(Int?)
  case grade(AuditGrade?)
  case observation(String)
  /// All answers to the requirement's questions.
  case answers([String: [String]])
  case attestation(AuditAttestation?)
  case sampling(AuditSampling?)
  case assignee(String)
  case proposal(AuditProposal?)
  /// Set by reviewing; an edit of its own only to take a review back.
  case review(AuditReview?)

  /// The field's name, for journal and conflicts.
  public var field: String {
    switch self {
    case .work: "work"
    case .result: "result"
    case .reason: "reason"
    case .score: "score"
    case .target: "target"
    case .grade: "grade"
    case .observation: "observation"
    case .answers: "answers"
    case .attestation: "attestation"
    case .sampling: "sampling"
    case .assignee: "assignee"
    case .proposal: "proposal"
    case .review: "review"
    }
  }

  /// The new value as text.
  ///
  /// Foreign text.
  public var text: String {
    switch self {
    case .work(let work): work.label
    case .result(let result): result.label
    case .reason(let text), .observation(let text), .assignee(let text): text
    case .score(let score), .target(let score): score.map(String.init) ?? "none"
    case .grade(let grade): grade?.label ?? "none"
    case .answers(let answers):
      answers.sorted { $0.key < $1.key }
        .map { "\($0.key): \($0.value.joined(separator: ", "))" }.joined(separator: "; ")
    case .attestation(let attestation): attestation?.text ?? "none"
    case .sampling(let sampling): sampling?.text ?? "none"
    case .proposal(let proposal): proposal.map { "\($0.result.label), by \($0.by)" } ?? "none"
    case .review(let review): review?.text ?? "none"
    }
  }
}

extension AuditAttestation {
  /// Who, when and how long, in a line.
  public var text: String {
    "\(by), \(CivilTime(at).isoDate)" + (months.map { ", for \($0) months" } ?? "")
  }
}

extension AuditSampling {
  /// The numbers in a line: `25 of 400, 1 exception`.
  public var text: String {
    let words =
      "\(sample) of \(population), \(exceptions) "
      + (exceptions == 1 ? "exception" : "exceptions")
    return note.isEmpty ? words : "\(words) (\(note))"
  }
}

extension AuditReview {
  /// Who said what, in a line.
  public var text: String {
    "\(isAccepted ? "accepted" : "sent back") by \(by)" + (note.isEmpty ? "" : ": \(note)")
  }
}

extension AuditItem {
  /// What the item says now of the thing that an edit sets.
  public func current(of edit: AuditItemEdit) -> AuditItemEdit {
    switch edit {
    case .work: .work(work)
    case .result: .result(result)
    case .reason: .reason(reason)
    case .score: .score(score)
    case .target: .target(target)
    case .grade: .grade(grade)
    case .observation: .observation(observation)
    case .answers: .answers(answers)
    case .attestation: .attestation(attestation)
    case .sampling: .sampling(sampling)
    case .assignee: .assignee(assignee)
    case .proposal: .proposal(proposal)
    case .review: .review(review)
    }
  }

  /// Sets one thing, and gives the edit that sets it back.
  @discardableResult
  public mutating func apply(_ edit: AuditItemEdit) -> AuditItemEdit {
    let old = current(of: edit)
    switch edit {
    case .work(let new): work = new
    case .result(let new): result = new
    case .reason(let new): reason = new
    case .score(let new): score = new
    case .target(let new): target = new
    case .grade(let new): grade = new
    case .observation(let new): observation = new
    case .answers(let new): answers = new
    case .attestation(let new): attestation = new
    case .sampling(let new): sampling = new
    case .assignee(let new): assignee = new
    case .proposal(let new): proposal = new
    case .review(let new): review = new
    }
    return old
  }

  /// Why the item cannot stand as it is; nil where it can.
  ///
  /// - Parameters:
  ///   - requirement: The requirement that it answers.
  ///   - scale: The framework's scale; nil where answers are not scored.
  /// - Returns: What is wrong, in a clause.
  public func fault(_ requirement: Requirement, _ scale: ScoreScale?) -> String? {
    if result == .notApplicable, !reason.contains(where: { !$0.isWhitespace }) {
      return "what is not applicable needs a reason"
    }
    for (name, value) in [("score", score), ("target", target)] {
      guard let value else { continue }
      guard let scale else { return "this framework has no scale for a \(name)" }
      guard (scale.minimum...scale.maximum).contains(value) else {
        return "a \(name) is from \(scale.minimum) to \(scale.maximum)"
      }
    }
    if let sampling, !sampling.isSound {
      return "a sample is no larger than its population, and has no more exceptions than its size"
    }
    if let attestation {
      guard attestation.by.contains(where: { !$0.isWhitespace }) else {
        return "an attestation needs the name of who attests"
      }
      if let months = attestation.months, !(1...1200).contains(months) {
        return "an attestation holds for 1 to 1200 months"
      }
    }
    return fault(of: answers, requirement)
      ?? proposal.flatMap { fault(of: $0.answers, requirement) }
  }

  private func fault(of answers: [String: [String]], _ requirement: Requirement) -> String? {
    for (id, values) in answers.sorted(by: { $0.key < $1.key }) {
      guard let question = requirement.questions.first(where: { $0.id == id }) else {
        return "there is no question \(id)"
      }
      guard let fault = question.fault(of: values) else { continue }
      return "question \(id): \(fault)"
    }
    return nil
  }
}

extension RequirementQuestion {
  /// Why an answer does not fit; nil where it does.
  public func fault(of values: [String]) -> String? {
    if kind != .choices, values.count > 1 { return "one answer is asked for" }
    for value in values {
      switch kind {
      case .choice, .choices:
        guard choices.contains(where: { $0.id == value }) else {
          return "\(value) is none of \(choices.map(\.id).joined(separator: ", "))"
        }
      case .number: if Double(value)?.isFinite != true { return "\(value) is no number" }
      case .date: if !AuditDay.isDay(value) { return "\(value) is no day such as 2026-01-31" }
      case .yesNo: if value != "yes", value != "no" { return "yes or no is asked for" }
      case .text: break
      }
    }
    return nil
  }
}
