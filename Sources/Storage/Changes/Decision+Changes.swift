internal import GRDB
internal import Model

extension RecordDecision: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    try facts.check()
    try context.refuseFuture(facts.decidedAt, of: "decided")
    try checkRecommendations(in: db)
    try checkDuty(in: db)
    let id = try DecisionRecord.insert(facts, incident: incident, context, in: db)
    try IncidentRecord.touch(incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.decision, id),
      version: 1,
      reference: head.reference,
      incident: incident,
      inverse: nil
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    [
      ("ground", facts.ground.label), ("reasoning", facts.reasoning),
      ("decided by", facts.decidedBy), ("decided", facts.decidedAt.plainWithZone),
      ("recommended", facts.recommendation), ("differs because", facts.difference),
      ("worksheet", facts.worksheet?.text ?? ""),
      ("effects", facts.effects ?? ""), ("remedial action", facts.remedy ?? ""),
      ("inputs", facts.inputs.joined(separator: "; ")),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
      + facts.recommendations.map { "made under: \($0.text)" }
  }

  /// Refuses a decision that departs from what the rules say of the duty and does not say why.
  private func checkDuty(in db: Database) throws {
    guard !facts.rule.isEmpty, facts.difference.allSatisfy(\.isWhitespace) else { return }
    let duty = try ClockRecord.list(of: incident, in: db).first {
      $0.obligation.id == facts.rule
    }
    guard let advice = duty?.recommended, advice != facts.decision else { return }
    throw StoreError.refused(
      "\(advice.label) is what the rules say of \(facts.rule);"
        + " say why the decision is \(facts.decision.infinitive)"
    )
  }

  /// Refuses a decision that was not made under the assessments that stand.
  private func checkRecommendations(in db: Database) throws {
    let assessments = try AssessmentRecord.list(of: incident, in: db)
    for method in AssessmentMethod.allCases {
      let stands = assessments.current(method)
      let seen = facts.recommendations.filter { $0.method == method }
      guard let stands else {
        if seen.isEmpty { continue }
        throw StoreError.refused("the incident has no \(method.label)")
      }
      let same = seen.contains {
        $0.assessment == stands.id && $0.edition == stands.edition && $0.risk == stands.facts.risk
          && $0.result == stands.facts.result
      }
      guard same, seen.count == 1 else {
        throw StoreError.refused(
          "the \(method.label) stands at \(stands.edition): \(stands.facts.risk.label)"
            + " (\(stands.recordedBy)); look at it, then decide again"
        )
      }
      let advice: NoticeDecision = stands.facts.risk == .unlikely ? .doNotNotify : .notify
      if facts.rule.isEmpty, seen[0].decision != advice {
        throw StoreError.refused(
          "the \(method.label) recommends \(advice.infinitive) for the incident as a whole"
        )
      }
    }
  }
}

extension ApproveDecision: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    try settle(id, "approve", context, in: db) { try DecisionRecord.approve(id, context, in: db) }
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

extension RefuseDecision: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a refusal needs its reason")
    }
    return try settle(id, "refuse", context, in: db) {
      try DecisionRecord.refuse(id, reason: reason, context, in: db)
    }
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["because: \(reason)"] }
}

extension SQLChange {
  /// What a second person says to a decision: once, and never the one who decided.
  fileprivate func settle(
    _ id: RecordID,
    _ verb: String,
    _ context: ChangeContext,
    in db: Database,
    _ write: () throws -> Void
  ) throws -> Performed {
    let decision = try DecisionRecord.existing(id, in: db)
    let head = try IncidentRecord.addable(decision.incident, in: db)
    if let approval = decision.approval {
      throw StoreError.refused("the decision was approved by \(approval.by) already")
    }
    if let refusal = decision.refusal {
      throw StoreError.refused("the decision was refused by \(refusal.by) already")
    }
    if decision.isBy(context.actor.name) {
      let deed = decision.recordedBy == context.actor.name ? "wrote the decision down" : "decided"
      throw StoreError.refused(
        "\(context.actor.name) \(deed); another account must \(verb) it"
      )
    }
    try checkVersion(decision.version, of: subject, context, in: db) { [] }
    try write()
    try IncidentRecord.touch(decision.incident, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: decision.version + 1,
      reference: head.reference,
      incident: decision.incident,
      inverse: nil
    )
  }
}

extension PendingApprovals: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    guard try OrganisationRecord.current(in: db).organisation.needsSecondPerson else { return [] }
    return try DecisionRecord.waiting(limit: 100, in: db)
  }
}

extension DecisionFacts {
  /// Refuses a decision that does not say enough.
  fileprivate func check() throws {
    guard reasoning.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a decision needs its reasoning")
    }
    guard decidedBy.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a decision needs the name of who decided")
    }
    if let contradiction { throw StoreError.refused(contradiction) }
    if let departure = departures.first, difference.allSatisfy(\.isWhitespace) {
      throw StoreError.refused("\(departure); say why the decision is \(decision.infinitive)")
    }
    if let worksheet {
      let again = SeverityWorksheet(
        context: worksheet.context,
        identification: worksheet.identification,
        circumstances: worksheet.circumstances
      )
      guard again != nil else {
        throw StoreError.refused("a number of the worksheet lies outside of its range")
      }
    }
  }
}
