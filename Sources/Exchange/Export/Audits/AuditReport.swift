public import Model

/// The report of an audit: what stands in it, in the words that all its forms share.
///
/// It says nothing of when it was made: the same record gives the same bytes. What runs out with
/// time - attestations, due days of findings, acceptances - counts as it stands when it is made.
public struct AuditReport: Sendable {
  /// A name and what is said under it, by its lines.
  typealias Fact = ReportFact

  /// What it is made of.
  public let content: AuditReportContent.Content

  /// Makes the report of an audit.
  public init(_ content: AuditReportContent.Content) { self.content = content }

  var audit: Audit { content.details.row.audit }
  var tally: AuditTally { content.details.row.tally }
  var title: String { "\(audit.reference): \(audit.facts.title)" }

  /// What is said of the audit as a whole.
  var facts: [Fact] {
    let (row, facts) = (content.details.row, audit.facts)
    let groups = facts.groups.map { id in
      content.framework.groups.first { $0.id == id }?.texts.name ?? id
    }
    var period = [facts.from, facts.until].filter { !$0.isEmpty }.joined(separator: " to ")
    if facts.from.isEmpty, !facts.until.isEmpty { period = "until \(facts.until)" }
    if facts.until.isEmpty, !facts.from.isEmpty { period = "from \(facts.from)" }
    return [
      Fact("Organisation", content.organisation),
      Fact("Framework", "\(row.name), version \(row.edition)"),
      Fact("Published by", content.framework.provider),
      Fact("Scope", facts.scope), Fact("Limited to", groups.joined(separator: ", ")),
      Fact("Period", period), Fact("Auditor", facts.auditor),
      Fact("Reviewers", facts.reviewers.joined(separator: ", ")),
      Fact("State", audit.state.label), Fact("Started", Self.words(audit.startedAt)),
      Fact("Altered last", Self.words(audit.updatedAt)), Fact("Audit before", content.previous),
      Fact("Next due", row.nextDue ?? ""), Fact("SHA-256", content.details.digest),
    ].filter { !$0.value.isEmpty }
  }

  /// Who signed, and who opened it again, a line each.
  var signatures: [String] {
    content.details.signatures.map { signature in
      var text = "Signed by \(signature.by) at \(Self.words(signature.at))"
      if let second = signature.second {
        text += " and by \(second.by) at \(Self.words(second.at))"
      }
      if !signature.isComplete { text += "; a second signature is waited for" }
      if let reopening = signature.reopening {
        text +=
          "; opened again by \(reopening.by) at \(Self.words(reopening.at)): "
          + reopening.reason
      } else if signature.isComplete, signature.digest != content.details.digest {
        text += "; the content has been altered since"
      }
      return "\(text). SHA-256 \(signature.digest)"
    }
  }

  /// How many items have which result; those that no item has are left out.
  var results: [Fact] {
    AuditResult.allCases.map { Fact($0.label, String(tally.count($0))) }
      .filter { $0.value != "0" }
  }

  /// What is otherwise than in the audit before; nil where there was none.
  var changes: [[String]]? {
    content.difference?.lines.map { line in
      let before = [line.before?.label ?? "-", line.scoreBefore.map(String.init)]
      let after = [line.after?.label ?? "-", line.scoreAfter.map(String.init)]
      return [
        line.kind.rawValue, line.reference.isEmpty ? line.identifier : line.reference,
        before.compactMap { $0 }.joined(separator: " "),
        after.compactMap { $0 }.joined(separator: " "), line.headline,
      ]
    }
  }

  /// How many requirements changed in which way.
  var changeCounts: String {
    guard let difference = content.difference else { return "" }
    let counts = AuditDifference.Kind.allCases.map { (difference.count($0), $0.rawValue) }
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return (counts + ["\(difference.unchanged) unchanged"]).joined(separator: ", ")
  }

  /// What is said of an item, the parts that were filled.
  func facts(of line: AuditReportContent.Line) -> [Fact] {
    guard let item = line.item, let shown = line.row.item else { return [] }
    let ranOut = shown.isExpired ? " (was \(item.result.label); the attestation ran out)" : ""
    // What goes without saying is left out: nobody has begun, or an answer is done.
    let work =
      item.work == (shown.result == .notAssessed ? .toDo : .done) ? "" : "; \(item.work.label)"
    var facts = [
      Fact("Result", shown.result.label + ranOut + work),
      Fact("Score", item.score.map(String.init) ?? ""),
      Fact("Target", item.target.map(String.init) ?? ""),
      Fact("Grade", item.grade?.label ?? ""), Fact("Reason", item.reason),
      Fact("Observation", item.observation),
      Fact("Answers", item.answers.isEmpty ? "" : AuditItemEdit.answers(item.answers).text),
    ]
    if let attestation = item.attestation {
      let until = attestation.until.map { ", holds until \(Self.words($0))" } ?? ""
      facts.append(
        Fact("Attested", "\(attestation.by) at \(Self.words(attestation.at))\(until)")
      )
    }
    if let sampling = item.sampling {
      let note = sampling.note.isEmpty ? "" : ": \(sampling.note)"
      facts.append(
        Fact(
          "Sample",
          "\(sampling.sample) of \(sampling.population) looked at, "
            + "\(sampling.exceptions) exceptions\(note)"
        )
      )
    }
    if let review = item.review {
      let verdict = review.isAccepted ? "accepted" : "sent back"
      let note = review.note.isEmpty ? "" : ": \(review.note)"
      facts.append(Fact("Review", "\(verdict) by \(review.by) at \(Self.words(review.at))\(note)"))
    }
    if let previous = item.previous {
      let changed = previous.isChanged ? "; the requirement has changed since" : ""
      facts.append(Fact("Before", "\(previous.result.label) in \(previous.audit)\(changed)"))
    }
    facts.append(Fact("Findings", line.findings.joined(separator: ", ")))
    facts.append(Fact("Evidence", line.evidence.map(String.init).joined(separator: ", ")))
    return facts.filter { !$0.value.isEmpty }
  }

  /// What stands above the columns of findings.
  static let findingTitles = ["Finding", "Severity", "State", "Due", "Owner", "What"]

  /// A finding in a row.
  func row(of finding: Finding) -> [String] {
    let late = finding.isOverdue(at: content.now) ? ", overdue" : ""
    return [
      finding.reference, finding.facts.severity.label, finding.stateText(at: content.now),
      (finding.due?.plainWithZone ?? "-") + late, finding.facts.owner ?? "-",
      finding.facts.title,
    ]
  }

  /// What else is said of a finding.
  func facts(of finding: Finding) -> [Fact] {
    let (facts, standing) = (finding.facts, finding.standing)
    let item = content.items.first { $0.item?.id == finding.item?.id }
    var all = [
      Fact("From", item.map(name) ?? ""), Fact("Grade", facts.grade?.label ?? ""),
      Fact("Found", facts.text), Fact("Root cause", facts.rootCause),
    ]
    for (index, action) in facts.actions.enumerated() {
      let owner = action.owner.map { ", \($0)" } ?? ""
      let due = action.due.map { ", due \($0.plainWithZone)" } ?? ""
      let done = action.done.map { ", done \($0.plainWithZone)" } ?? ", not done"
      all.append(Fact("Action \(index + 1)", action.title + owner + due + done))
    }
    if let check = standing.check {
      let verdict = check.isEffective ? "effective" : "not effective"
      all.append(
        Fact("Check", "\(verdict), \(Self.words(check.at)) by \(check.by): \(check.note)")
      )
    }
    if let acceptance = standing.acceptance {
      all.append(
        Fact(
          "Accepted",
          "by \(acceptance.acceptedBy) until \(acceptance.expires.plainWithZone): "
            + acceptance.reason
        )
      )
    }
    if let closedAt = standing.closedAt { all.append(Fact("Closed", Self.words(closedAt))) }
    return all.filter { !$0.value.isEmpty }
  }

  /// What stands above the columns of evidence.
  static let evidenceTitles = ["Evidence", "Kind", "What", "Dates", "SHA-256 or address"]

  /// A piece of evidence in a row.
  func row(of piece: Evidence) -> [String] {
    let facts = piece.facts
    var what = facts.title
    if let run = facts.run {
      what += " (status \(run.status), \(run.host), \(Self.words(run.startedAt)))"
    }
    var dates = (facts.dates?.named ?? []).filter { !$0.value.isEmpty }
      .map { "\($0.name) \($0.value)" }
    if let expires = facts.dates?.expires, expires.latest < content.now { dates.append("expired") }
    if dates.isEmpty { dates.append("-") }
    return [
      String(piece.id), facts.kind.label, what, dates.joined(separator: ", "),
      facts.kind == .link ? facts.path : facts.sha256,
    ]
  }

  /// What people call the requirement of a line: its reference, else its title.
  func name(_ line: AuditReportContent.Line) -> String {
    line.row.reference.isEmpty
      ? line.item?.identifier ?? line.row.headline : line.row.reference
  }

  /// A score as a share with a decimal; a dash where nothing counts.
  static func percent(_ score: AuditScore?) -> String {
    guard let hundredths = score?.hundredths else { return "-" }
    let tenths = (hundredths + 5) / 10
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// An instant to the minute in UTC.
  static func words(_ instant: Instant) -> String { "\(CivilTime(instant).isoMinute) UTC" }
}
