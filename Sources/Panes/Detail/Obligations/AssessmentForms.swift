import Drawing
import Model

/// The guided forms in which the risk to people is assessed.
enum AssessmentForms {
  /// The field in which the officer says whether the rules are to reckon with the result.
  private static let adopt = "adopt"

  static func title(_ method: AssessmentMethod, _ incident: Incident) -> String {
    "\(incident.markedReference) · \(method.label)"
  }

  static func fields(
    _ method: AssessmentMethod,
    _ incident: Incident,
    _ organisation: Organisation?,
    before: Assessment?
  ) -> [FormField] {
    let answers = incident.prefilled(method, organisation, before: before)
    let stands = incident.facts.answers[.known("risk")]
    return method.steps.map { step in
      FormField.question(
        step.id,
        label: step.label,
        question: step.question,
        value: answers.choices[step.id] ?? "",
        note: answers.sources[step.id] ?? "",
        offer: { values in
          step.choices(values).map {
            FormField.Option($0.value, $0.label, mark: $0.mark, meaning: $0.meaning)
          }
        }
      )
    } + [
      FormField.choice(
        adopt,
        label: "Answer to the laws",
        options: [
          ("no", "leave \"risk to people\" as it is: \(words(stands))"),
          ("yes", "set \"risk to people\" to the result"),
        ],
        help: "The result recommends. What the rules reckon with is for you to say."
      )
    ]
  }

  private static func words(_ answer: String?) -> String {
    answer.map { RiskLevel(rawValue: $0)?.label ?? $0 } ?? "not answered"
  }

  /// What the answers come to so far.
  static func live(_ method: AssessmentMethod) -> @Sendable ([String: String]) -> [Line] {
    { values in lines(method.outcome(values), method) }
  }

  static func lines(_ outcome: AssessmentOutcome, _ method: AssessmentMethod) -> [Line] {
    guard let risk = outcome.risk else {
      let count = outcome.missing.count
      return [
        Line([
          Span(count == 1 ? "1 answer missing  " : "\(count) answers missing  ", .warning),
          Span(outcome.result, .textMuted),
        ]), Line("No recommendation until all are answered.", .textMuted),
      ]
    }
    return [
      Line([
        Span("Recommended: ", .textMuted), span(risk),
        Span("  \(method == .enisa ? "SE = " : "")\(outcome.result)"),
      ]), Line([Span(outcome.reason, .textMuted)]),
    ]
  }

  /// A level of risk, told by word and by role.
  static func span(_ risk: RiskLevel) -> Span {
    switch risk {
    case .unlikely: Span(risk.label, .severityLow, .bold)
    case .risk: Span(risk.label, .severityHigh, .bold)
    case .high: Span(risk.label, .severityCritical, .bold)
    }
  }

  /// The changes that a form asks for; throws in words where an answer is missing.
  static func changes(
    _ method: AssessmentMethod,
    _ values: [String: String],
    _ incident: Incident,
    _ organisation: Organisation?,
    before: Assessment?
  ) throws -> [any Change] {
    let answers = incident.prefilled(method, organisation, before: before)
    // An answer that was put in and not altered still says what it came from.
    let sources = answers.sources.filter { answers.choices[$0.key] == values[$0.key] }
    guard let facts = AssessmentFacts(method, values, sources: sources) else {
      throw NotComplete(method: method)
    }
    let record = RecordAssessment(
      incident: incident.id,
      follows: before?.edition ?? 0,
      facts: facts
    )
    guard values[adopt] == "yes" else { return [record] }
    let edit = IncidentEdit.answer(.known("risk"), facts.risk.rawValue)
    return [record, EditIncident(id: incident.id, basedOn: nil, edits: [edit])]
  }

  private struct NotComplete: Error, CustomStringConvertible {
    let method: AssessmentMethod
    var description: String { "the \(method.label) is not complete" }
  }

  // MARK: Reading

  /// An assessment in full.
  static func lines(of assessment: Assessment, isCurrent: Bool) -> [Line] {
    let facts = assessment.facts
    let choices = facts.choices
    return [
      Line([
        span(facts.risk), Span("  \(facts.method.label) \(assessment.edition)", .textStrong),
        Span(isCurrent ? "" : "  overtaken by a later one", .warning),
      ]),
      Line([Span("result      ", .textMuted), Span(Untrusted(facts.result))]),
      Line([Span("because     ", .textMuted), Span(Untrusted(facts.reason))]),
      Line([
        Span("written by  ", .textMuted), Span(Untrusted(assessment.recordedBy)),
        Span("  \(Look.minute(assessment.recordedAt)) UTC"),
      ]),
      Line([Span("method      ", .textMuted), Span(facts.method.citation)]), Line(""),
      Line("Answers", .heading),
    ]
      + facts.answers.map { answer in
        let step = facts.method.step(answer.step)
        let choice = step?.choice(choices)
        return Line([
          Span(Untrusted("\(step?.label ?? answer.step): "), .textMuted),
          Span(Untrusted(choice?.label ?? answer.choice)),
          Span(choice.map { $0.mark.isEmpty ? "" : "  \($0.mark)" } ?? "", .textMuted),
          Span(Untrusted(answer.source.isEmpty ? "" : "  from \(answer.source)"), .textMuted),
        ])
      }
  }
}
