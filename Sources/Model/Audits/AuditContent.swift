/// Everything that a signature locks: the audit, its framework's edition, and every answer.
public struct AuditContent: Codable, Sendable, Equatable {
  /// The audit.
  public var audit: Audit
  /// The framework's own name.
  ///
  /// Foreign text.
  public var framework: String
  /// Its edition.
  ///
  /// Foreign text.
  public var edition: String
  /// The hash of the framework's content.
  public var frameworkDigest: String
  /// The items in the framework's order.
  public var items: [AuditItem]

  /// Makes content.
  public init(
    audit: Audit,
    framework: String,
    edition: String,
    frameworkDigest: String,
    items: [AuditItem]
  ) {
    (self.audit, self.framework, self.edition) = (audit, framework, edition)
    (self.frameworkDigest, self.items) = (frameworkDigest, items)
  }

  /// SHA-256 over all of it, in hexadecimal.
  ///
  /// Left out are versions, the state and when something was altered: signing changes those.
  public var digest: String {
    var out = Bytes(tag: "tocsin.audit.1")
    let facts = audit.facts
    for text in [audit.reference, framework, edition, frameworkDigest] { out.append(text) }
    for text in [facts.title, facts.scope, facts.from, facts.until, facts.auditor] {
      out.append(text)
    }
    out.append(facts.groups)
    out.append(facts.reviewers)
    out.append(number: facts.months)
    out.append(Int64(items.count))
    for item in items { item.append(to: &out) }
    return Digest.sha256(out.bytes)
  }
}

extension AuditItem {
  fileprivate func append(to out: inout Bytes) {
    out.append(identifier)
    out.append(Int64(weight))
    for word in [work.rawValue, result.rawValue, reason, grade?.rawValue ?? "", observation] {
      out.append(word)
    }
    out.append(number: score)
    out.append(number: target)
    out.append(answers)
    out.append(Int64(attestation == nil ? 0 : 1))
    if let attestation {
      out.append(attestation.by)
      out.append(attestation.at.milliseconds)
      out.append(number: attestation.months)
    }
    out.append(Int64(sampling == nil ? 0 : 1))
    if let sampling {
      for number in [sampling.population, sampling.sample, sampling.exceptions] {
        out.append(Int64(number))
      }
      out.append(sampling.note)
    }
    out.append(assignee)
    out.append(Int64(proposal == nil ? 0 : 1))
    if let proposal {
      out.append(proposal.by)
      out.append(proposal.at.milliseconds)
      for text in [proposal.result.rawValue, proposal.reason, proposal.observation] {
        out.append(text)
      }
      out.append(number: proposal.score)
      out.append(proposal.answers)
    }
    out.append(Int64(review == nil ? 0 : 1))
    if let review {
      out.append(review.by)
      out.append(review.at.milliseconds)
      out.append(Int64(review.isAccepted ? 1 : 0))
      out.append(review.note)
    }
    out.append(Int64(previous == nil ? 0 : 1))
    if let previous {
      for text in [
        previous.audit, previous.result.rawValue, previous.reason, previous.grade?.rawValue ?? "",
        previous.observation,
      ] { out.append(text) }
      out.append(number: previous.score)
      out.append(previous.answers)
      out.append(Int64(previous.isChanged ? 1 : 0))
    }
    out.append(answeredBy)
    out.append(number: answeredAt.map { Int($0.milliseconds) })
  }
}

extension Bytes {
  fileprivate mutating func append(_ list: [String]) {
    append(Int64(list.count))
    for text in list { append(text) }
  }

  fileprivate mutating func append(number: Int?) { append(number.map(String.init) ?? "") }

  fileprivate mutating func append(_ answers: [String: [String]]) {
    append(Int64(answers.count))
    for (question, values) in answers.sorted(by: { $0.key < $1.key }) {
      append(question)
      append(values)
    }
  }
}
