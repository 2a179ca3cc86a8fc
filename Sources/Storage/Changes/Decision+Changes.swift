internal import GRDB
internal import Model

extension RecordDecision: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    try facts.check()
    try context.refuseFuture(facts.decidedAt, of: "decided")
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
      ("inputs", facts.inputs.joined(separator: "; ")),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}

extension ApproveDecision: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let decision = try DecisionRecord.existing(id, in: db)
    let head = try IncidentRecord.addable(decision.incident, in: db)
    if let approval = decision.approval {
      throw StoreError.refused("the decision was approved by \(approval.by) already")
    }
    guard decision.recordedBy != context.actor.name else {
      throw StoreError.refused(
        "\(context.actor.name) wrote the decision down; another account must approve it"
      )
    }
    try checkVersion(decision.version, of: subject, context, in: db) { [] }
    try DecisionRecord.approve(id, context, in: db)
    try IncidentRecord.touch(decision.incident, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: decision.version + 1,
      reference: head.reference,
      incident: decision.incident,
      inverse: nil
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
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
    if let recommended, recommended != decision {
      guard difference.contains(where: { !$0.isWhitespace }) else {
        throw StoreError.refused(
          "\(recommended.label) was recommended; say why the decision is \(decision.infinitive)"
        )
      }
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
