internal import GRDB
internal import Model

extension DecideImpact: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let record = try KeptTable<ImpactFacts>.existing(id, in: db)
    var change = self
    let organisation = try OrganisationRecord.current(in: db).organisation
    change.decision.needsApproval = organisation.needsSecondPerson
    change.decision.seen = try record.facts.activities.compactMap { reference in
      guard let activity = try KeptTable<ActivityFacts>.named(reference, in: db),
        !activity.isRemoved
      else { return nil }
      return SeenActivity(activity)
    }
    var performed = try KeptWriter.write(change, context, in: db)
    performed.journalled = change
    return performed
  }

  func inverse(of old: ImpactAssessment) -> (any SQLChange)? { ImpactMove.inverse(id, old) }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }

  var lines: [String] {
    [
      "because: \(decision.reason)", "decided by: \(decision.decidedBy)",
      "decided: \(decision.decidedAt.plainWithZone)",
    ] + decision.seen.map { "rests on: \($0.reference) version \($0.version)" }
      + (decision.needsApproval ? ["a second person must approve it"] : [])
  }
}

extension ApproveImpact: KeptChange {
  func inverse(of old: ImpactAssessment) -> (any SQLChange)? { ImpactMove.inverse(id, old) }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }
}

extension ReopenImpact: KeptChange {
  func inverse(of old: ImpactAssessment) -> (any SQLChange)? { ImpactMove.inverse(id, old) }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }

  var lines: [String] { ["because: \(reason)"] }
}

/// What changes of impact assessments that take a step have in common.
private enum ImpactMove {
  static func inverse(_ id: RecordID, _ old: ImpactAssessment) -> EditImpact {
    EditImpact(id: id, basedOn: old.version + 1, facts: old.facts)
  }
}
