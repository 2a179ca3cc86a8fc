import Drawing
import Model

/// The forms for impact assessments, and what becomes of their values.
enum ImpactForms {
  typealias Form = ImpactTab.Form

  /// What a form is called.
  static func title(_ form: Form) -> String {
    switch form {
    case .subject: "What it is about"
    case .question(let question): question.label
    case .risk(let number): number.map { "Risk \($0)" } ?? "New risk"
    case .measure(let number): number.map { "Measure \($0)" } ?? "New measure"
    case .opinion: "Data protection officer"
    case .views: "People concerned"
    case .consult: "Supervisory authority"
    case .decide: "Decide"
    case .reopen: "Open again"
    case .review: "Next review"
    }
  }

  /// References with commas, as they are typed.
  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.filter { $0 != " " }.uppercased() }.filter { !$0.isEmpty }
  }

  /// The fields of a form.
  static func fields(_ form: Form, _ facts: ImpactFacts) -> [FormField] {
    switch form {
    case .subject: subject(facts)
    case .question(let question): self.question(question, facts.threshold.answer(to: question))
    case .risk(let number): risk(facts.risks.first { $0.number == number })
    case .measure(let number): measure(facts.measures.first { $0.number == number })
    case .opinion: opinion(facts.opinion)
    case .views: views(facts.views)
    case .consult: consult(facts.consultation)
    case .decide: decide
    case .reopen: [FormField.text("reason", label: "Why", isRequired: true)]
    case .review:
      [
        FormField.line(
          "review",
          label: "Next review",
          value: facts.review?.plain ?? "",
          help: "A day such as 2027-05-01; empty for none"
        )
      ]
    }
  }

  private static func subject(_ facts: ImpactFacts) -> [FormField] {
    [
      FormField.line("title", label: "Title", value: facts.title, isRequired: true),
      FormField.line(
        "activities",
        label: "Activities",
        value: facts.activities.joined(separator: ", "),
        help: "Such as ACT-0001, with commas",
        isRequired: true
      ),
      FormField.text(
        "description",
        label: "Processing",
        value: facts.description,
        help: "The processing and its purposes: art. 35(7)(a)"
      ),
      FormField.text(
        "necessity",
        label: "Necessity",
        value: facts.necessity,
        help: "Why it is necessary and proportionate: art. 35(7)(b)"
      ),
    ]
  }

  private static func question(_ question: ThresholdQuestion, _ answer: ThresholdAnswer?)
    -> [FormField]
  {
    [
      FormField.choice(
        "answer",
        label: "Answer",
        value: answer.map { $0.isYes ? "yes" : "no" } ?? "open",
        options: [("open", "open"), ("no", "no"), ("yes", "yes")],
        help: question.citation
      ),
      FormField.text("why", label: "Why", value: answer?.why ?? "", help: "Why it is so, or not"),
    ]
  }

  private static func rating(_ id: String, _ label: String, _ value: Int?, isOptional: Bool)
    -> FormField
  {
    FormField.choice(
      id,
      label: label,
      value: value.map(String.init) ?? (isOptional ? "" : "1"),
      options: (isOptional ? [("", "as before")] : [])
        + RiskRating.range.map { (String($0), "\($0) \(RiskRating.word($0))") }
    )
  }

  private static func risk(_ risk: ImpactRisk?) -> [FormField] {
    [
      FormField.line("what", label: "What may happen", value: risk?.what ?? "", isRequired: true),
      FormField.line("source", label: "From where", value: risk?.source ?? ""),
      FormField.line("whom", label: "To whom", value: risk?.whom ?? "", help: "Name nobody"),
      rating("likelihood", "Likelihood", risk?.before.likelihood, isOptional: false),
      rating("severity", "Severity", risk?.before.severity, isOptional: false),
      rating("likelihood-after", "Then likelihood", risk?.after?.likelihood, isOptional: true),
      rating("severity-after", "Then severity", risk?.after?.severity, isOptional: true),
      FormField.line(
        "measures",
        label: "Measures",
        value: risk?.measures.map(String.init).joined(separator: ", ") ?? "",
        help: "Their numbers, with commas"
      ),
    ]
  }

  private static func measure(_ measure: ImpactMeasure?) -> [FormField] {
    [
      FormField.line("what", label: "What is done", value: measure?.what ?? "", isRequired: true),
      FormField.line("owner", label: "Who", value: measure?.owner ?? ""),
      FormField.line("due", label: "Until", value: measure?.due?.plain ?? ""),
      FormField.choice(
        "state",
        label: "State",
        value: (measure?.state ?? .planned).rawValue,
        options: MeasureState.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.line(
        "ties",
        label: "Same as",
        value: FieldList.joined(measure?.ties ?? []),
        help: "AUD-2026-0001 A.8.24; ACT-0001 encrypted at rest"
      ),
    ]
  }

  private static func opinion(_ opinion: OfficerOpinion?) -> [FormField] {
    [
      FormField.line(
        "name",
        label: "Officer",
        value: opinion?.name ?? "",
        help: "Empty where the organisation has none"
      ),
      FormField.line("on", label: "On", value: opinion?.on?.plain ?? "today"),
      FormField.text(
        "advice",
        label: "Advice",
        value: opinion?.advice ?? "",
        help: "Or why there is no officer to be asked",
        isRequired: true
      ),
      FormField.line(
        "whyNot",
        label: "Not followed",
        value: opinion?.whyNot ?? "",
        help: "Why the advice is not followed; empty where it is"
      ),
    ]
  }

  private static func views(_ views: PeopleViews?) -> [FormField] {
    [
      FormField.choice(
        "sought",
        label: "Asked",
        value: views?.isSought == false ? "no" : "yes",
        options: [("yes", "they were asked"), ("no", "they were not asked")]
      ),
      FormField.text(
        "text",
        label: "Views",
        value: views?.text ?? "",
        help: "What they said and how they were asked, or why not; name nobody",
        isRequired: true
      ),
      FormField.line("on", label: "On", value: views?.on?.plain ?? "today"),
    ]
  }

  private static func consult(_ consultation: PriorConsultation?) -> [FormField] {
    [
      FormField.line(
        "authority",
        label: "Authority",
        value: consultation?.authority ?? "",
        isRequired: true
      ),
      FormField.line(
        "asked",
        label: "Asked",
        value: consultation?.asked.plain ?? "today",
        isRequired: true
      ),
      FormField.line(
        "answered",
        label: "Answered",
        value: consultation?.answered?.plain ?? "",
        help: "Empty while it has not"
      ),
      FormField.text(
        "advice",
        label: "Advice",
        value: consultation?.advice ?? "",
        help: "Or that its eight weeks passed without any"
      ),
    ]
  }

  private static let decide = [
    FormField.choice(
      "outcome",
      label: "Decision",
      value: ImpactOutcome.goWithMeasures.rawValue,
      options: ImpactOutcome.allCases.map { ($0.rawValue, $0.label) }
    ),
    FormField.text("reason", label: "Why", isRequired: true),
    FormField.line("by", label: "Decided by", help: "You, where it is empty"),
    FormField.line("on", label: "On", value: "now", isRequired: true),
  ]

  /// What the values of a form alter; throws what is wrong with them, in words.
  static func change(
    _ form: Form,
    _ assessment: ImpactAssessment,
    _ values: [String: String],
    _ context: PaneContext
  ) throws -> any Change {
    func value(_ id: String) -> String { values[id] ?? "" }
    func time(_ id: String) throws -> StatedTime? {
      value(id).isEmpty ? nil : try StatedTime(reading: value(id), context.reading)
    }
    var facts = assessment.facts
    switch form {
    case .decide:
      let decision = ImpactDecision(
        ImpactOutcome(rawValue: value("outcome")) ?? .goWithMeasures,
        reason: value("reason"),
        decidedBy: value("by").isEmpty ? context.actor.name : value("by"),
        decidedAt: try time("on") ?? StatedTime(context.now)
      )
      return DecideImpact(id: assessment.id, basedOn: assessment.version, decision: decision)
    case .reopen:
      return ReopenImpact(
        id: assessment.id,
        basedOn: assessment.version,
        reason: value("reason")
      )
    case .subject:
      (facts.title, facts.activities) = (value("title"), list(value("activities")))
      (facts.description, facts.necessity) = (value("description"), value("necessity"))
    case .question(let question):
      facts.threshold.removeAll { $0.question == question }
      if value("answer") != "open" {
        facts.answer(ThresholdAnswer(question, value("answer") == "yes", why: value("why")))
      }
    case .risk(let number): try setRisk(number, on: &facts, values)
    case .measure(let number):
      var measure = ImpactMeasure(number: number ?? facts.nextMeasure, what: value("what"))
      measure.owner = value("owner").isEmpty ? nil : value("owner")
      measure.due = try time("due")
      measure.state = MeasureState(rawValue: value("state")) ?? .planned
      measure.ties = FieldList.items(value("ties"))
      facts.measures.removeAll { $0.number == measure.number }
      facts.measures.append(measure)
      facts.measures.sort { $0.number < $1.number }
    case .opinion:
      facts.opinion = OfficerOpinion(
        name: value("name"),
        on: value("name").isEmpty ? nil : try time("on"),
        advice: value("advice"),
        isFollowed: value("whyNot").isEmpty,
        whyNot: value("whyNot")
      )
    case .views:
      let isSought = value("sought") != "no"
      facts.views = PeopleViews(
        isSought: isSought,
        text: value("text"),
        on: isSought ? try time("on") : nil
      )
    case .consult:
      facts.consultation = PriorConsultation(
        authority: value("authority"),
        asked: try time("asked") ?? StatedTime(context.now),
        answered: try time("answered"),
        advice: value("advice")
      )
    case .review: facts.review = try time("review")
    }
    return EditImpact(id: assessment.id, basedOn: assessment.version, facts: facts)
  }

  private static func setRisk(
    _ number: Int?,
    on facts: inout ImpactFacts,
    _ values: [String: String]
  ) throws {
    func rating(_ suffix: String) -> RiskRating? {
      guard let likelihood = Int(values["likelihood" + suffix] ?? ""),
        let severity = Int(values["severity" + suffix] ?? "")
      else { return nil }
      return RiskRating(likelihood: likelihood, severity: severity)
    }
    guard let before = rating("") else {
      throw PrivacyForms.Unusable(description: "say how likely and how bad it is")
    }
    let after = ["likelihood-after", "severity-after"].map { values[$0] ?? "" }
    guard after.allSatisfy(\.isEmpty) || after.allSatisfy({ !$0.isEmpty }) else {
      throw PrivacyForms.Unusable(description: "say both: how likely and how bad it is then")
    }
    let measures = (values["measures"] ?? "").split(separator: ",")
      .map { $0.filter { $0 != " " } }
    let risk = ImpactRisk(
      number: number ?? facts.nextRisk,
      what: values["what"] ?? "",
      source: values["source"] ?? "",
      whom: values["whom"] ?? "",
      before: before,
      after: rating("-after"),
      measures: try measures.map { text in
        guard let number = Int(text) else {
          throw PrivacyForms.Unusable(description: "measures are named by numbers, with commas")
        }
        return number
      }
    )
    facts.risks.removeAll { $0.number == risk.number }
    facts.risks.append(risk)
    facts.risks.sort { $0.number < $1.number }
  }
}
