import Drawing
import Model

/// The forms for an item of an audit.
public enum AuditItemForms {
  /// What a form is for.
  public enum Kind: String, Sendable {
    /// The answer: what was observed, and what does not fit on a key.
    case answer
    /// Somebody's word for the answer.
    case attestation
    /// A finding that comes from the item.
    case finding
  }

  static func title(_ kind: Kind, _ text: AuditItemText) -> String {
    let requirement = text.details.requirement
    let name = requirement.reference.isEmpty ? requirement.identifier : requirement.reference
    return switch kind {
    case .answer: "\(name) · Answer"
    case .attestation: "\(name) · Attestation"
    case .finding: "\(name) · New finding"
    }
  }

  static func fields(
    _ kind: Kind,
    _ text: AuditItemText,
    _ scale: ScoreScale?,
    _ context: PaneContext
  ) -> [FormField] {
    switch kind {
    case .answer: answer(text, scale)
    case .attestation: attestation(text.details.item, context)
    case .finding:
      FindingForms.fields(
        FindingFacts(
          title: text.details.requirement.texts.headline,
          text: text.details.item.observation,
          severity: text.details.item.grade == .major ? .high : .medium,
          grade: text.details.item.grade ?? .minor
        )
      )
    }
  }

  private static func answer(_ text: AuditItemText, _ scale: ScoreScale?) -> [FormField] {
    let item = text.details.item
    var fields = [
      FormField.text(
        "observation",
        label: "Observation",
        value: item.observation,
        help: "What was seen, and where"
      ),
      FormField.choice(
        "result",
        label: "Result",
        value: item.result.rawValue,
        options: AuditResult.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.line(
        "reason",
        label: "Does not apply",
        value: item.reason,
        help: "Why it does not apply; needed where the result is not applicable"
      ),
      FormField.choice(
        "grade",
        label: "Grade",
        value: item.grade?.rawValue ?? "",
        options: [("", "none")] + AuditGrade.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.choice(
        "work",
        label: "Work",
        value: item.work.rawValue,
        options: AuditWork.allCases.map { ($0.rawValue, $0.label) }
      ),
    ]
    if let scale {
      fields += [
        number("score", "Score", item.score, scale), number("target", "Target", item.target, scale),
      ]
    }
    fields += text.details.requirement.questions.map { question($0, item.answers[$0.id] ?? []) }
    fields += [
      FormField.line(
        "sampling",
        label: "Sample",
        value: item.sampling.map { "\($0.population)/\($0.sample)/\($0.exceptions)" } ?? "",
        help: "How many there are / were looked at / did not fit: 400/25/1",
        check: { sampling($0, "") == nil ? "write three numbers such as 400/25/1" : nil }
      ),
      FormField.line(
        "samplingNote",
        label: "Drawn how",
        value: item.sampling?.note ?? "",
        help: "How the sample was drawn"
      ),
      FormField.line(
        "assignee",
        label: "Answered by",
        value: item.assignee,
        help: "Who is to answer it; empty is the auditor"
      ),
    ]
    return fields
  }

  private static func number(_ id: String, _ label: String, _ value: Int?, _ scale: ScoreScale)
    -> FormField
  {
    FormField.line(
      id,
      label: label,
      value: value.map(String.init) ?? "",
      help: "\(scale.minimum) to \(scale.maximum); empty for none",
      check: { text in
        let isFit = Int(text).map { (scale.minimum...scale.maximum).contains($0) } ?? false
        return isFit ? nil : "from \(scale.minimum) to \(scale.maximum)"
      }
    )
  }

  private static func question(_ question: RequirementQuestion, _ values: [String]) -> FormField {
    let id = "question.\(question.id)"
    let options = question.choices.map { ($0.id, $0.text) }
    switch question.kind {
    case .choice:
      return .choice(
        id,
        label: question.text,
        value: values.first ?? "",
        options: [("", "not answered")] + options
      )
    case .choices: return .choices(id, label: question.text, options: options, values: values)
    case .yesNo:
      return .yesNoUnknown(id, label: question.text, value: values.first.map { $0 == "yes" })
    case .text: return .line(id, label: question.text, value: values.first ?? "")
    case .number, .date:
      return .line(
        id,
        label: question.text,
        value: values.first ?? "",
        check: { question.fault(of: [$0]) }
      )
    }
  }

  private static func attestation(_ item: AuditItem, _ context: PaneContext) -> [FormField] {
    [
      FormField.line(
        "by",
        label: "Who attests",
        value: item.attestation?.by ?? context.actor.name,
        help: "Empty takes the attestation back"
      ),
      FormField.line(
        "months",
        label: "For months",
        value: item.attestation?.months.map(String.init) ?? "",
        help: "From then on the item counts as open again; empty for no end",
        check: { Int($0).map { (1...1200).contains($0) } ?? false ? nil : "1 to 1200" }
      ),
    ]
  }

  /// What the values set that the item does not say already.
  static func edits(
    _ kind: Kind,
    _ values: [String: String],
    _ item: AuditItem,
    _ questions: [RequirementQuestion],
    _ context: PaneContext
  ) -> [AuditItemEdit] {
    func value(_ id: String) -> String { values[id] ?? "" }
    guard kind == .answer else {
      let by = value("by")
      return [
        .attestation(
          by.isEmpty
            ? nil : AuditAttestation(by: by, at: context.now, months: Int(value("months")))
        )
      ]
    }
    var wanted: [AuditItemEdit] = [
      .observation(value("observation")), .reason(value("reason")),
      .result(AuditResult(rawValue: value("result")) ?? item.result),
      .grade(AuditGrade(rawValue: value("grade"))),
      .work(AuditWork(rawValue: value("work")) ?? item.work), .assignee(value("assignee")),
    ]
    if values["score"] != nil {
      wanted += [.score(Int(value("score"))), .target(Int(value("target")))]
    }
    if value("sampling").isEmpty {
      wanted.append(.sampling(nil))
    } else if let sampling = sampling(value("sampling"), value("samplingNote")) {
      wanted.append(.sampling(sampling))
    }
    var answers = item.answers
    for question in questions {
      guard let text = values["question.\(question.id)"] else { continue }
      let parts = question.kind == .choices ? text.split(separator: ",").map(String.init) : [text]
      answers[question.id] = text.isEmpty ? nil : parts
    }
    wanted.append(.answers(answers))
    return wanted.filter { item.current(of: $0) != $0 }
  }

  private static func sampling(_ text: String, _ note: String) -> AuditSampling? {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map {
      Int($0.filter { !$0.isWhitespace })
    }
    guard numbers.count == 3, let population = numbers[0], let sample = numbers[1],
      let exceptions = numbers[2]
    else { return nil }
    return AuditSampling(
      population: population,
      sample: sample,
      exceptions: exceptions,
      note: note
    )
  }
}
