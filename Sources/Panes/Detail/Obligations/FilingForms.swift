import Drawing
import Model

/// The forms by which filings and decisions are written down; filings stand in a file of their own.
enum FilingForms {
  // MARK: Decisions

  static func decision(by: String) -> [FormField] {
    [
      FormField.choice(
        "decision",
        label: "Decision",
        options: NoticeDecision.allCases.map { ($0.rawValue, $0.label) },
        help: "A person decides; what is recommended stands below"
      ),
      FormField.choice(
        "ground",
        label: "Ground",
        help: "Only grounds that fit the decision are offered"
      ) { values in
        DecisionGround.fitting(decided(values)).map { FormField.Option($0.rawValue, $0.label) }
      },
      FormField.text("reasoning", label: "Reasoning", isRequired: true),
      FormField.line("by", label: "Decided by", value: by, isRequired: true),
      FormField.line("at", label: "When", value: "now", isRequired: true),
      FormField.text(
        "difference",
        label: "Why it differs",
        help: "Needed where the decision is not what was recommended"
      ),
      FormField.text(
        "effects",
        label: "Effects",
        help: "Effects and consequences of the breach; the register of GDPR art. 33(5) asks"
      ),
      FormField.text(
        "remedy",
        label: "Action taken",
        help: "Remedial action; the register of GDPR art. 33(5) asks"
      ),
    ]
  }

  private static func decided(_ values: [String: String]) -> NoticeDecision {
    values["decision"].flatMap(NoticeDecision.init(rawValue:)) ?? .notify
  }

  /// What was recommended, and what the decision as it stands in the form still needs.
  static func live(
    _ values: [String: String],
    _ recommendation: String,
    _ advice: [Recommendation]
  ) -> [Line] {
    var lines: [Line] = []
    let decision = decided(values)
    if !recommendation.isEmpty {
      lines.append(Line([Span("The rules: ", .textMuted), Span(recommendation)]))
    }
    lines += advice.map {
      Line([
        Span("\($0.method.label) \($0.edition): ", .textMuted), AssessmentForms.span($0.risk),
        Span($0.decision.map { ", so \($0.label)" } ?? ", no matter for this duty", .textMuted),
      ])
    }
    if lines.isEmpty {
      lines.append(Line("Nothing is recommended: the risk was not assessed yet.", .textMuted))
    }
    let facts = DecisionFacts(
      decision: decision,
      ground: .other,
      reasoning: "",
      decidedBy: "",
      decidedAt: StatedTime(Instant(seconds: 0)),
      recommendation: recommendation,
      recommendations: advice,
      effects: values["effects"],
      remedy: values["remedy"]
    )
    let differs = !facts.departures.isEmpty
    if differs, (values["difference"] ?? "").allSatisfy(\.isWhitespace) {
      lines.append(Line("! It differs from that: say why below \"Why it differs\".", .warning))
    } else if !facts.missingForRegister.isEmpty {
      let missing = facts.missingForRegister.joined(separator: ", ")
      lines.append(Line("The register will miss: \(missing).", .warning))
    } else {
      lines.append(
        Line(differs ? "It differs from that, and says why." : "", .textMuted)
      )
    }
    return lines
  }

  static func facts(
    _ values: [String: String],
    rule: String,
    recommendation: String,
    assessments: [Assessment],
    _ incident: Incident,
    _ context: PaneContext
  ) throws -> DecisionFacts {
    func stated(_ name: String) -> String? {
      values[name].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
    return DecisionFacts(
      rule: rule,
      decision: decided(values),
      ground: values["ground"].flatMap(DecisionGround.init(rawValue:)) ?? .other,
      reasoning: values["reasoning"] ?? "",
      decidedBy: values["by"] ?? "",
      decidedAt: try StatedTime(reading: values["at"] ?? "", context.reading),
      recommendation: recommendation,
      difference: values["difference"] ?? "",
      worksheet: assessments.current(.enisa).flatMap {
        AssessmentMethod.enisa.outcome($0.facts.choices).worksheet
      },
      inputs: incident.decisionInputs,
      recommendations: Recommendation.all(assessments, for: rule, context.rules),
      effects: stated("effects"),
      remedy: stated("remedy")
    )
  }
}
