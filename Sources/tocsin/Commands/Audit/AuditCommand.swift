internal import ArgumentParser
internal import Exchange
internal import Model

/// The command `tocsin audit`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Go through a framework: start, answer, review, sign, compare.",
    discussion: """
      An audit is one pass over a framework or chosen groups of it. Each requirement in it has four \
      separate things: how far the work is, the result, a score on the framework's scale, and the \
      score that is aimed at. An item is named by the requirement's reference or identifier.
      """,
    subcommands: [
      Start.self, List.self, Show.self, Edit.self, Answer.self, Next.self, Submit.self, Review.self,
      Sign.self, Reopen.self, Score.self, Diff.self, Trend.self, Applicability.self, HandOut.self,
      HandIn.self, Remove.self, AuditEvidence.self, Scans.self, RunScanner.self,
    ]
  )
}

extension Session {
  /// The audit that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func audit(_ reference: String, in store: any Store) async throws -> AuditDetails.Details {
    guard let details = try await store.answer(AuditDetails(reference)) else {
      throw Refusal("there is no audit \(reference)", advice: "what there is: tocsin audit list")
    }
    return details
  }

  /// The item of an audit whose requirement has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func item(
    _ reference: String,
    of audit: AuditDetails.Details,
    in store: any Store
  ) async throws -> AuditItemDetails.Details {
    let id = audit.row.id
    guard let place = try await store.answer(AuditPlace(audit: id, reference: reference)),
      let details = try await store.answer(AuditItemDetails(audit: id, place: place))
    else {
      throw Refusal(
        "there is no item \(reference) in \(audit.row.audit.reference)",
        advice: "what there is: tocsin audit show \(audit.row.audit.reference)"
      )
    }
    return details
  }
}

/// Audits in words and as objects.
enum AuditWords {
  /// A score in percent with a decimal, or a dash.
  static func percent(_ score: AuditScore) -> Words {
    guard let hundredths = score.hundredths else { return "-" }
    let tenths = (hundredths + 5) / 10
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// An audit as lists give it.
  static func json(_ row: AuditRow) -> JSON {
    let (audit, facts, tally) = (row.audit, row.audit.facts, row.tally)
    return .members([
      "reference": .string(audit.reference), "id": .integer(audit.id),
      "version": .integer(audit.version), "title": .string(facts.title),
      "framework": .string(row.framework), "edition": .string(row.edition),
      "state": .string(audit.state.rawValue), "scope": .string(facts.scope),
      "groups": .texts(facts.groups), "from": .string(facts.from), "until": .string(facts.until),
      "auditor": .string(facts.auditor), "reviewers": .texts(facts.reviewers),
      "months": .number(facts.months.map { Int64($0) }), "next_due": .text(row.nextDue),
      "started_at": .instant(audit.startedAt), "updated_at": .instant(audit.updatedAt),
      "score": json(tally.score), "expired": .count(tally.expired),
      "results": .object(
        counts(AuditResult.allCases) { tally.count($0) }
      ),
      "work": .object(counts(AuditWork.allCases) { tally.count($0) }),
      "grades": .object(counts(AuditGrade.allCases) { tally.count($0) }),
    ])
  }

  private static func counts<Word: Vocabulary>(
    _ words: [Word],
    _ count: (Word) -> Int
  ) -> JSONObject {
    var object = JSONObject()
    for word in words { object[word.rawValue] = .count(count(word)) }
    return object
  }

  /// A score as an object.
  static func json(_ score: AuditScore) -> JSON {
    .members([
      "hundredths": .number(score.hundredths.map { Int64($0) }), "items": .count(score.items),
      "assessed": .count(score.assessed), "not_applicable": .count(score.excluded),
    ])
  }

  /// An item as an object.
  static func json(_ details: AuditItemDetails.Details) -> JSON {
    let item = details.item
    return .members([
      "id": .string(item.identifier), "number": .integer(item.id),
      "reference": .string(details.requirement.reference), "place": .count(item.place),
      "version": .integer(item.version), "text": .string(details.requirement.texts.text),
      "work": .string(item.work.rawValue), "result": .string(details.result.rawValue),
      "expired": .bool(details.result != item.result), "reason": .string(item.reason),
      "score": number(item.score), "target": number(item.target),
      "grade": .text(item.grade?.rawValue), "observation": .string(item.observation),
      "answers": answers(item.answers), "assignee": .string(item.assignee),
      "attestation": item.attestation.map { attestation in
        .members([
          "by": .string(attestation.by), "at": .instant(attestation.at),
          "until": .text(attestation.until?.description),
        ])
      } ?? .null,
      "sampling": item.sampling.map { sampling in
        .members([
          "population": .count(sampling.population), "sample": .count(sampling.sample),
          "exceptions": .count(sampling.exceptions), "note": .string(sampling.note),
        ])
      } ?? .null,
      "proposal": item.proposal.map { proposal in
        .members([
          "by": .string(proposal.by), "at": .instant(proposal.at),
          "result": .string(proposal.result.rawValue), "reason": .string(proposal.reason),
          "score": number(proposal.score), "observation": .string(proposal.observation),
          "answers": answers(proposal.answers),
        ])
      } ?? .null,
      "review": item.review.map { review in
        .members([
          "by": .string(review.by), "at": .instant(review.at), "accepted": .bool(review.isAccepted),
          "note": .string(review.note),
        ])
      } ?? .null,
      "previous": item.previous.map { previous in
        .members([
          "audit": .string(previous.audit), "result": .string(previous.result.rawValue),
          "score": number(previous.score), "observation": .string(previous.observation),
          "requirement_changed": .bool(previous.isChanged),
        ])
      } ?? .null,
    ])
  }

  /// A number that may not be there.
  static func number(_ number: Int?) -> JSON { .number(number.map { Int64($0) }) }

  private static func answers(_ answers: [String: [String]]) -> JSON {
    var object = JSONObject()
    for (question, values) in answers.sorted(by: { $0.key < $1.key }) {
      object[question] = .texts(values)
    }
    return .object(object)
  }

  /// An item as lines for people.
  static func lines(_ details: AuditItemDetails.Details) -> [Words] {
    let (item, requirement) = (details.item, details.requirement)
    var lines: [Words] = details.path.enumerated().map { depth, row in
      Words(String(repeating: " ", count: depth * 2)) + "\(row.reference)  \(row.headline)"
    }
    lines.append("\(requirement.reference)  \(requirement.texts.headline)")
    if !requirement.texts.text.isEmpty { lines += [""] + Words.lines(requirement.texts.text) }
    for question in requirement.questions {
      lines += ["", "Question \(question.id): \(question.text)"]
      lines += question.choices.map { "  \($0.id)  \($0.text)" }
    }
    let expired: Words = details.result == item.result ? "" : " (was \(item.result.label), ran out)"
    lines += [
      "", "Work         \(item.work.label)", "Result       \(details.result.label)\(expired)",
    ]
    var facts: [(Words, String)] = [
      ("Reason      ", item.reason), ("Score       ", item.score.map(String.init) ?? ""),
      ("Target      ", item.target.map(String.init) ?? ""),
      ("Grade       ", item.grade?.label ?? ""), ("Observation ", item.observation),
      ("Answers     ", item.answers.isEmpty ? "" : AuditItemEdit.answers(item.answers).text),
      ("Attested    ", item.attestation?.text ?? ""), ("Sample      ", item.sampling?.text ?? ""),
      ("Assignee    ", item.assignee), ("Review      ", item.review?.text ?? ""),
    ]
    if let proposal = item.proposal {
      facts.append(("Proposal    ", AuditItemEdit.proposal(proposal).text))
      facts.append(("            ", proposal.observation))
    }
    if let previous = item.previous {
      let changed = previous.isChanged ? ", the requirement has changed since" : ""
      facts.append(("Previous    ", "\(previous.result.label) in \(previous.audit)\(changed)"))
      facts.append(("            ", previous.observation))
    }
    return lines + facts.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
  }
}
