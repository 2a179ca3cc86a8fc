internal import GRDB
internal import Model

extension ImpactFacts: KeptFacts {
  static let table = "impactAssessment"
  static let columns = ["title", "outcome", "review"]

  var values: [DatabaseValue] {
    [
      title.databaseValue, (decision?.outcome.rawValue ?? "").databaseValue,
      review?.latest.milliseconds.databaseValue ?? .null,
    ]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    numbered("DPIA", id)
  }

  func check(
    _ id: RecordID,
    replacing old: ImpactFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !context.isUndo else { return }
    try refuseBlank(title, "an impact assessment needs a title")
    try refuseSize()
    guard decides(after: old, at: context.now, by: context.actor.name) else {
      throw StoreError.refused("an impact assessment is decided on by steps alone")
    }
    if let approved = decision, !approved.approvedBy.isEmpty,
      old?.decision?.approvedBy.isEmpty == true
    {
      try Self.refuseSame(context.actor, approved, id, in: db)
    }
    if let old, old.decision != nil, old.decision == decision, settled != old.settled {
      throw StoreError.refused(
        "it was decided; open it again before what it rests on is altered: tocsin dpia reopen"
      )
    }
    guard !activities.isEmpty else {
      throw StoreError.refused("say which activities the impact assessment is about")
    }
    guard Set(activities).count == activities.count else {
      throw StoreError.refused("an activity stands there twice")
    }
    // One that was removed later is told as a difference, and does not stop other work on it.
    for reference in activities where old?.activities.contains(reference) != true {
      _ = try KeptTable<ActivityFacts>.present(reference, in: db)
    }
    try checkAnswers()
    try checkRisks()
    for measure in measures {
      try refuseBlank(measure.what, "a measure needs to say what is done")
      let before = old?.measures.first { $0.number == measure.number }?.ties ?? []
      for tie in measure.ties where !before.contains(tie) { try checkTie(tie, in: db) }
    }
    try checkAsked(context)
    try context.refuseFuture(decision?.decidedAt, of: "decided")
  }

  /// Refuses that whoever wrote a decision down approves it: by the account's number, whatever it is
  /// called meanwhile.
  private static func refuseSame(
    _ actor: Actor,
    _ decision: ImpactDecision,
    _ id: RecordID,
    in db: Database
  ) throws {
    let written = try db.row(
      """
      SELECT uid, actor FROM journal
      WHERE subjectKind = 'impactAssessment' AND subject = ? AND at = ? AND action IN (?, ?)
      ORDER BY action = ? DESC, id DESC LIMIT 1
      """,
      [
        id, decision.recordedAt?.milliseconds, DecideImpact.name, EditImpact.name,
        DecideImpact.name,
      ]
    )
    guard try written?.number(0) == Int64(actor.uid) else { return }
    throw StoreError.refused(
      "\(try written?.text(1) ?? decision.recordedBy) wrote the decision down; another account must "
        + "approve it"
    )
  }

  private func checkAnswers() throws {
    guard Set(threshold.map(\.question)).count == threshold.count else {
      throw StoreError.refused("a question is answered twice")
    }
    for answer in threshold {
      try refuseBlank(answer.why, "\(answer.question.label): say why it is so, or why not")
    }
  }

  private func checkRisks() throws {
    let numbers = Set(measures.map(\.number))
    guard Set(risks.map(\.number)).count == risks.count, numbers.count == measures.count else {
      throw StoreError.refused("a number is given twice")
    }
    for risk in risks {
      try refuseBlank(risk.what, "a risk needs to say what may happen")
      guard risk.before.isUsable, risk.after?.isUsable ?? true else {
        throw StoreError.refused("likelihood and severity go from 1 to 4")
      }
      if let after = risk.after,
        after.likelihood * after.severity > risk.before.likelihood * risk.before.severity
      {
        throw StoreError.refused(
          "risk \(risk.number): measures leave less of a risk, not more "
            + "(\(risk.before.text), then \(after.text))"
        )
      }
      if let strange = risk.measures.first(where: { !numbers.contains($0) }) {
        throw StoreError.refused("risk \(risk.number): there is no measure \(strange)")
      }
      let live = measures.filter { $0.state != .dropped && risk.measures.contains($0.number) }
      guard risk.after == nil || risk.after == risk.before || !live.isEmpty else {
        throw StoreError.refused(
          "risk \(risk.number): no measure stands that alters it; name one, or give no later rating"
        )
      }
    }
  }

  private func checkAsked(_ context: ChangeContext) throws {
    if let opinion {
      try refuseBlank(
        opinion.advice,
        opinion.name.isEmpty
          ? "say why there is no officer to be asked" : "say what the officer advised"
      )
      if !opinion.isFollowed {
        try refuseBlank(opinion.whyNot, "say why the officer's advice is not followed")
      }
      try context.refuseFuture(opinion.on, of: "officer's opinion")
    }
    if let views {
      try refuseBlank(
        views.text,
        views.isSought ? "say what the people said" : "say why the people were not asked"
      )
      try context.refuseFuture(views.on, of: "people's views")
    }
    if let consultation {
      try refuseBlank(consultation.authority, "say which authority was consulted")
      try context.refuseFuture(consultation.asked, of: "authority asked")
      try context.refuseFuture(consultation.answered, of: "authority answered")
      if let answered = consultation.answered, answered.latest < consultation.asked.earliest {
        throw StoreError.refused(
          "the authority answered (\(answered.text)) before it was asked "
            + "(\(consultation.asked.text))"
        )
      }
      if consultation.answered != nil {
        try refuseBlank(
          consultation.advice,
          "say what the authority advised, or that its time has passed without advice"
        )
      }
    }
  }

  /// Refuses what a measure is said to be the same as and is not there.
  private func checkTie(_ tie: String, in db: Database) throws {
    let parts = tie.split(separator: " ", maxSplits: 1).map(String.init)
    let (reference, rest) = (parts.first ?? "", parts.count == 2 ? parts[1] : "")
    if reference.uppercased().hasPrefix("ACT-") {
      let activity = try KeptTable<ActivityFacts>.present(reference, in: db)
      guard activity.facts.measures.contains(where: { $0.lowercased() == rest.lowercased() })
      else { throw StoreError.refused("\(activity.reference) has no measure \(firstLine(rest))") }
      return
    }
    let item = try db.row(
      """
      SELECT 1 FROM auditItem JOIN audit ON audit.id = auditItem.audit
      JOIN requirement ON requirement.id = auditItem.requirement
      WHERE audit.reference = ? COLLATE NOCASE AND requirement.reference = ? COLLATE NOCASE
      """,
      [reference, rest]
    )
    guard item != nil else {
      throw StoreError.refused(
        "\(firstLine(tie)): name an item of an audit (AUD-2026-0001 A.8.24) or a measure of an "
          + "activity (ACT-0001 encrypted at rest)"
      )
    }
  }
}
