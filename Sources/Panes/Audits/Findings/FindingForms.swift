import Drawing
import Model

/// The forms for findings, and what becomes of their values.
enum FindingForms {
  /// The fields for what is known of a finding.
  static func fields(_ facts: FindingFacts) -> [FormField] {
    [
      FormField.line(
        "title",
        label: "Finding",
        value: facts.title,
        help: "What was found, in a line",
        isRequired: true
      ),
      FormField.choice(
        "severity",
        label: "Severity",
        value: facts.severity.rawValue,
        options: Severity.allCases.reversed().map { ($0.rawValue, $0.label) }
      ),
      FormField.text("text", label: "At length", value: facts.text),
      FormField.choice(
        "grade",
        label: "Grade",
        value: facts.grade?.rawValue ?? "",
        options: [("", "none")] + AuditGrade.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.line(
        "owner",
        label: "Owner",
        value: facts.owner ?? "",
        help: "Who answers for the mending; empty is nobody yet"
      ),
      FormField.line(
        "due",
        label: "Due",
        value: facts.due?.plain ?? "",
        help: "Such as 2026-12-31; empty leaves it to the organisation's rule"
      ),
      FormField.text("rootCause", label: "Root cause", value: facts.rootCause),
    ]
  }

  /// What the values say of a finding; throws what is wrong with them, in words.
  static func facts(_ values: [String: String], _ before: FindingFacts, _ context: PaneContext)
    throws -> FindingFacts
  {
    func value(_ id: String) -> String { values[id] ?? "" }
    var facts = before
    (facts.title, facts.text, facts.rootCause) = (value("title"), value("text"), value("rootCause"))
    facts.severity = Severity(rawValue: value("severity")) ?? before.severity
    facts.grade = AuditGrade(rawValue: value("grade"))
    facts.owner = value("owner").isEmpty ? nil : value("owner")
    if value("due") != before.due?.plain ?? "" {
      facts.due = try time(value("due"), context)
    }
    return facts
  }

  private static func time(_ text: String, _ context: PaneContext) throws -> StatedTime? {
    text.isEmpty ? nil : try StatedTime(reading: text, context.reading)
  }

  /// The fields of a step that needs words; none for one that needs none.
  static func fields(_ step: FindingsTab.Step, _ context: PaneContext) -> [FormField] {
    switch step {
    case .begin, .remedy: []
    case .check:
      [
        FormField.choice(
          "verdict",
          label: "It holds",
          options: [("yes", "yes: the remedy is effective"), ("no", "no: back to in progress")]
        ),
        FormField.text(
          "note",
          label: "What was seen",
          help: "What was looked at, and what was seen",
          isRequired: true
        ),
      ]
    case .close: [FormField.line("reason", label: "To be said", help: "May be empty")]
    case .accept:
      [
        FormField.line(
          "by",
          label: "Accepted by",
          value: context.actor.name,
          isRequired: true
        ),
        FormField.text("reason", label: "Why", isRequired: true),
        FormField.line(
          "until",
          label: "Until",
          help: "Such as 2026-12-31; then the finding is open again",
          isRequired: true
        ),
      ]
    case .reopen: [FormField.line("reason", label: "Why", isRequired: true)]
    case .assign:
      [
        FormField.line(
          "owner",
          label: "Owner",
          help: "Who answers for the mending; empty is nobody"
        )
      ]
    case .addAction:
      [
        FormField.line("title", label: "To be done", isRequired: true),
        FormField.line("owner", label: "Who"),
        FormField.line("due", label: "Due", help: "Such as 2026-12-31; may be empty"),
      ]
    case .finishAction: []
    }
  }

  /// The change that a step makes; throws what is wrong with the values, in words.
  static func change(
    _ step: FindingsTab.Step,
    _ values: [String: String],
    _ finding: Finding,
    _ context: PaneContext
  ) throws -> any Change {
    func value(_ id: String) -> String { values[id] ?? "" }
    func move(_ step: FindingStep) -> any Change {
      MoveFinding(id: finding.id, basedOn: finding.version, step: step)
    }
    var facts = finding.facts
    switch step {
    case .begin: return move(.begin)
    case .remedy: return move(.remedy)
    case .check: return move(.check(isEffective: value("verdict") != "no", note: value("note")))
    case .close: return move(.close(reason: value("reason")))
    case .reopen: return move(.reopen(reason: value("reason")))
    case .accept:
      return move(
        .accept(
          by: value("by"),
          reason: value("reason"),
          expires: try StatedTime(reading: value("until"), context.reading)
        )
      )
    case .assign: facts.owner = value("owner").isEmpty ? nil : value("owner")
    case .addAction:
      facts.actions.append(
        CorrectiveAction(
          title: value("title"),
          owner: value("owner").isEmpty ? nil : value("owner"),
          due: try time(value("due"), context)
        )
      )
    case .finishAction(let index):
      guard facts.actions.indices.contains(index) else { break }
      facts.actions[index].done = StatedTime(context.now)
    }
    return EditFinding(id: finding.id, basedOn: finding.version, facts: facts)
  }
}
