import Drawing
import Model

/// The forms of the view of privacy, and what becomes of their values.
enum PrivacyForms {
  /// What was typed that cannot be used.
  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  // MARK: Activities

  /// The form for an activity; nil for a new one.
  static func present<Action: Sendable>(
    _ activity: Activity?,
    submit: @escaping @Sendable ([String: String]) -> Action
  ) -> Effect<Action> {
    .present(
      .form(
        FormRequest(
          title: activity.map { "\($0.reference) · Activity" } ?? "New activity",
          fields: ActivityField.allCases.map {
            field($0, activity?.facts ?? ActivityFacts(name: ""))
          },
          draftKey: activity.map { "activity.\($0.id)" } ?? "activity.new",
          submit: submit
        )
      )
    )
  }

  private static func field(_ field: ActivityField, _ facts: ActivityFacts) -> FormField {
    func choice<Word: Vocabulary>(_ type: Word.Type, optional: Bool) -> FormField {
      .choice(
        field.rawValue,
        label: field.label,
        value: field.text(facts),
        options: (optional ? [("", "none stated")] : [])
          + Word.allCases.map { ($0.rawValue, $0.label) },
        help: optional ? "" : field.help
      )
    }
    switch field {
    case .role: return choice(ActivityRole.self, optional: false)
    case .basis: return choice(LegalBasis.self, optional: true)
    case .condition: return choice(SpecialCondition.self, optional: true)
    default:
      let reading = TimeReading(now: Instant(seconds: 0), zone: .utc)
      return .line(
        field.rawValue,
        label: field.label,
        value: field.text(facts),
        help: field.help,
        isRequired: field == .name,
        check: { text in
          var facts = facts
          do throws(FieldProblem) {
            try field.set(text, on: &facts, reading)
            return nil
          } catch {
            return error.reason
          }
        }
      )
    }
  }

  /// What the values say of an activity; throws what is wrong with them, in words.
  static func facts(
    _ values: [String: String],
    _ before: ActivityFacts,
    _ context: PaneContext
  ) throws -> ActivityFacts {
    var facts = before
    for field in ActivityField.allCases {
      guard let text = values[field.rawValue], text != field.text(before) else { continue }
      try field.set(text, on: &facts, context.reading)
    }
    return facts
  }

  /// The form by which a reason for holding data is looked at.
  static func justify<Action: Sendable>(
    _ reference: String,
    _ category: String,
    _ why: String,
    submit: @escaping @Sendable ([String: String]) -> Action
  ) -> FormRequest<Action> {
    FormRequest(
      title: "\(reference) · Why is \(category) held?",
      fields: [
        FormField.text("why", label: "Why", value: why, isRequired: true),
        FormField.line("on", label: "Looked at", value: "today", isRequired: true),
      ],
      submit: submit
    )
  }

  /// The change that the values of that form make.
  static func justification(
    _ id: RecordID,
    _ version: Version?,
    _ category: String,
    _ values: [String: String],
    _ context: PaneContext
  ) throws -> JustifyData {
    JustifyData(
      id: id,
      basedOn: version,
      category: category,
      why: (values["why"] ?? "").split(whereSeparator: \.isNewline).joined(separator: " "),
      on: try StatedTime(reading: values["on"] ?? "today", context.reading)
    )
  }

  // MARK: Retention

  /// The fields for a new retention rule of an activity.
  static func rule(_ activity: Activity) -> [FormField] {
    let triggers = RetentionTrigger.allCases.filter {
      $0 != .incidentClosed && $0 != .requestSettled
    }
    return [
      FormField.line("title", label: "Rule", help: "What it is called", isRequired: true),
      FormField.choices(
        "categories",
        label: "Data",
        options: activity.facts.data.map { ($0.category, $0.category) },
        help: "What it covers; none marked covers all"
      ),
      FormField.choice(
        "trigger",
        label: "Kept from",
        options: triggers.map { ($0.rawValue, $0.label) }
      ),
      FormField.choice(
        "start",
        label: "Counted from",
        options: RetentionStart.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.line(
        "period",
        label: "For",
        help: "90 days, 36 months, 10 years",
        isRequired: true,
        check: { Period(kept: $0) == nil ? "a period such as 36 months" : nil }
      ),
      FormField.line(
        "ground",
        label: "Ground",
        help: "The law or the reason that sets the period",
        isRequired: true
      ),
      FormField.line("method", label: "Deleted by", help: "How the data are deleted"),
    ]
  }

  /// What the values say of a new retention rule.
  static func rule(_ values: [String: String], _ activity: Activity) throws -> RetentionFacts {
    func value(_ id: String) -> String { values[id] ?? "" }
    guard let period = Period(kept: value("period")) else {
      throw Unusable(description: "\(value("period")): a period such as 36 months")
    }
    var facts = RetentionFacts(
      title: value("title"),
      trigger: RetentionTrigger(rawValue: value("trigger")) ?? .other,
      period: period,
      ground: value("ground")
    )
    facts.activity = activity.reference
    facts.start = RetentionStart(rawValue: value("start")) ?? .event
    facts.categories = value("categories").split(separator: ",").map(String.init)
    facts.method = value("method")
    return facts
  }

  /// The fields for a deletion run.
  static func deletion(_ row: DueData) -> [FormField] {
    [
      FormField.line(
        "count",
        label: "How many",
        value: row.count.map(String.init) ?? "",
        help: "Records, people or files; empty where nobody counted",
        check: { Int64($0).map { $0 >= 0 } == true ? nil : "a number" }
      ),
      FormField.line("done", label: "Done", value: "now", isRequired: true),
      FormField.line(
        "upTo",
        label: "Up to",
        help: "The last event whose data went, such as 2024-12; empty for all"
      ),
      FormField.text(
        "method",
        label: "How",
        help: "How it was done, and with what",
        isRequired: true
      ),
      FormField.line("by", label: "By whom"),
      FormField.line("evidence", label: "Evidence", help: "Numbers of evidence, with commas"),
    ]
  }

  /// What the values say of a deletion run.
  static func deletion(
    _ values: [String: String],
    _ row: DueData,
    _ context: PaneContext
  ) throws -> DeletionFacts {
    func value(_ id: String) -> String { values[id] ?? "" }
    var facts = DeletionFacts(
      rule: row.rule,
      count: Int64(value("count")),
      done: try StatedTime(reading: value("done"), context.reading),
      method: value("method")
    )
    facts.upTo =
      value("upTo").isEmpty ? nil : try StatedTime(reading: value("upTo"), context.reading)
    facts.by = value("by")
    facts.evidence = try value("evidence").split(separator: ",").map { text in
      guard let number = RecordID(text.filter { $0 != " " }) else {
        throw Unusable(description: "evidence is named by numbers, with commas")
      }
      return number
    }
    return facts
  }

  /// The fields for a legal hold on what a row speaks of.
  static func hold(_ row: DueData) -> [FormField] {
    [
      FormField.line("title", label: "Hold", help: "What it is called", isRequired: true),
      FormField.text("reason", label: "Why", help: "The proceedings, the order", isRequired: true),
      FormField.line("orderedBy", label: "Ordered by"),
      FormField.line(
        "scope",
        label: "Covers",
        value: row.reference,
        help: "References with commas: activities, rules, incidents, mailings, requests; or all",
        isRequired: true
      ),
      FormField.line("from", label: "From", value: "now", isRequired: true),
      FormField.line("until", label: "Until", help: "Empty until somebody lifts it"),
    ]
  }

  /// What the values say of a legal hold.
  static func hold(_ values: [String: String], _ context: PaneContext) throws -> HoldFacts {
    func value(_ id: String) -> String { values[id] ?? "" }
    var facts = HoldFacts(
      title: value("title"),
      reason: value("reason"),
      scope: value("scope").split(separator: ",").map { $0.filter { $0 != " " } },
      from: try StatedTime(reading: value("from"), context.reading)
    )
    facts.orderedBy = value("orderedBy")
    facts.until =
      value("until").isEmpty ? nil : try StatedTime(reading: value("until"), context.reading)
    return facts
  }

  /// The fields for how much there is under a rule.
  static let number = [
    FormField.line(
      "of",
      label: "Of when",
      help: "When the event was: a day, a month or a year",
      isRequired: true
    ),
    FormField.line(
      "count",
      label: "How many",
      help: "Records, people or files; empty where nobody knows",
      check: { Int64($0).map { $0 >= 0 } == true ? nil : "a number" }
    ),
  ]
}
