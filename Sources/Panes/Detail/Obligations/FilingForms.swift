import Drawing
import Model

/// The forms by which filings and decisions are written down; filings stand in a file of their own.
enum FilingForms {
  // MARK: Decisions

  static func decision(
    _ record: ObligationRecord?,
    by: String,
    recommendation: String
  ) -> [FormField] {
    [
      FormField.choice(
        "decision",
        label: "Decision",
        options: NoticeDecision.allCases.map { ($0.rawValue, $0.label) },
        help: recommendation.isEmpty ? "" : "Recommended: \(recommendation)"
      ),
      FormField.choice(
        "ground",
        label: "Ground",
        options: DecisionGround.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.text("reasoning", label: "Reasoning", isRequired: true),
      FormField.line("by", label: "Decided by", value: by, isRequired: true),
      FormField.line("at", label: "When", value: "now", isRequired: true),
      FormField.line(
        "worksheet",
        label: "ENISA worksheet",
        help: "context 0-4, ease 1-4, lost C, I, A 0-2 each, malice 0 or 2: 3,3,1,0,0,2; or empty",
        check: { text in
          sheet(text) == nil ? "six numbers such as 3,3,1,0,0,2, each in its range" : nil
        }
      ),
      FormField.text(
        "difference",
        label: "Why it differs",
        help: "Needed where the decision is not what was recommended"
      ),
    ]
  }

  static func facts(
    _ values: [String: String],
    rule: String,
    recommendation: String,
    _ incident: Incident,
    _ reading: TimeReading
  ) throws -> DecisionFacts {
    let sheet = sheet(values["worksheet"] ?? "")
    return DecisionFacts(
      rule: rule,
      decision: values["decision"].flatMap(NoticeDecision.init(rawValue:)) ?? .notify,
      ground: values["ground"].flatMap(DecisionGround.init(rawValue:)) ?? .other,
      reasoning: values["reasoning"] ?? "",
      decidedBy: values["by"] ?? "",
      decidedAt: try StatedTime(reading: values["at"] ?? "", reading),
      recommendation: sheet.map { "\($0.recommendation.label): \($0.text)" } ?? recommendation,
      difference: values["difference"] ?? "",
      worksheet: sheet,
      inputs: incident.decisionInputs
    )
  }

  /// What the rules recommend for a duty; empty where they cannot say.
  static func recommendation(_ record: ObligationRecord?) -> String {
    guard let state = record?.obligation.state else { return "" }
    switch state {
    case .due, .noFixedDeadline: return "\(NoticeDecision.notify.label): the rules say it is owed"
    case .held: return "\(NoticeDecision.later.label): law enforcement has asked for a delay"
    case .none, .clockNotStarted, .undetermined: return ""
    }
  }

  private static func sheet(_ text: String) -> SeverityWorksheet? {
    let numbers = text.split(separator: ",").map { Int($0.trimmed) }.compactMap(\.self)
    guard numbers.count == 6 else { return nil }
    return SeverityWorksheet(
      context: numbers[0],
      identification: numbers[1],
      circumstances: .init(
        confidentiality: numbers[2],
        integrity: numbers[3],
        availability: numbers[4],
        malice: numbers[5]
      )
    )
  }
}
