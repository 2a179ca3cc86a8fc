internal import GRDB
internal import Model

extension RecordAssessment: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    try facts.check()
    let last = try AssessmentRecord.list(of: incident, in: db).current(facts.method)
    let edition = last?.edition ?? 0
    guard edition == follows else {
      throw StoreError.refused(
        "the \(facts.method.label) is at \(edition) by now"
          + (last.map { ", by \($0.recordedBy): \($0.facts.risk.label)" } ?? "")
          + "; look at it, then assess again"
      )
    }
    let id = try AssessmentRecord.insert(
      facts,
      edition: edition + 1,
      incident: incident,
      context,
      in: db
    )
    try IncidentRecord.touch(incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.assessment, id),
      version: 1,
      reference: head.reference,
      incident: incident,
      inverse: nil
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    ["result: \(facts.risk.label), \(facts.result)", "because: \(facts.reason)"]
      .filter { !$0.hasSuffix(": ") }
      + facts.answers.map { answer in
        let step = facts.method.step(answer.step)
        let label = step?.choice(facts.choices)?.label ?? answer.choice
        let source = answer.source.isEmpty ? "" : " (\(answer.source))"
        return "\(step?.label ?? answer.step): \(label)\(source)"
      }
  }
}

extension IncidentAssessments: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Assessment] {
    try AssessmentRecord.list(of: incident, in: db)
  }
}

extension AssessmentFacts {
  /// Refuses answers that are not all there, or do not come to what is said of them.
  fileprivate func check() throws {
    let steps = method.steps
    if let strange = answers.first(where: { method.step($0.step) == nil }) {
      throw StoreError.refused("the \(method.label) has no question \(strange.step)")
    }
    for step in steps {
      guard step.choice(choices) != nil else {
        throw StoreError.refused(
          "the \(method.label) is not complete: \(step.label) is not answered"
        )
      }
    }
    let sources = Dictionary(answers.map { ($0.step, $0.source) }) { $1 }
    guard let again = AssessmentFacts(method, choices, sources: sources), again == self else {
      throw StoreError.refused("the answers to the \(method.label) do not come to its result")
    }
  }
}
