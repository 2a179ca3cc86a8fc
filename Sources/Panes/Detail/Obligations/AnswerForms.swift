import Drawing
import Model

/// How an officer answers what laws ask of an incident: one way for every key.
enum AnswerForms {
  /// Asks for a key; what was answered comes back as values that ``edits(_:_:_:_:)`` understands.
  static func ask<Action: Sendable>(
    _ key: FactKey,
    _ facts: IncidentFacts,
    title: String,
    submit: @escaping @Sendable ([String: String]) -> Action
  ) -> Effect<Action> {
    switch kind(of: key) {
    case .organisation:
      return .toast(
        Toast(.notice, "that belongs to the organisation: tocsin organisation set --help")
      )
    case .sending:
      return .toast(Toast(.notice, "c on that duty records when it was sent"))
    case .choice(let options):
      let entries = options.enumerated().map { index, option in
        MenuRequest<Action>.Entry(
          key: option.value.first ?? "n",
          label: option.label,
          note: facts.answers[key] ?? "" == option.value ? "as it is" : "",
          action: submit(["value": option.value])
        )
      }
      return .present(.menu(MenuRequest(title: key.question, entries: entries)))
    case .instant, .answerInstant, .people, .data:
      return .present(
        .form(FormRequest(title: title, fields: fields(key, facts), submit: submit))
      )
    }
  }

  /// What becomes of the values; throws what is wrong with them, in words.
  static func edits(
    _ key: FactKey,
    _ values: [String: String],
    _ facts: IncidentFacts,
    _ reading: TimeReading
  ) throws -> [IncidentEdit] {
    switch kind(of: key) {
    case .organisation, .sending: return []
    case .choice:
      let value = values["value"] ?? ""
      return [.answer(key, value.isEmpty ? nil : value)]
    case .instant(let instant):
      return [.instant(instant, try time(values, reading))]
    case .answerInstant:
      return [.answer(key, try time(values, reading)?.earliest.description)]
    case .people: return [try PeopleTab.edit(values)]
    case .data: return [.data(FactEditing.data(values))]
    }
  }

  private enum Kind {
    case choice([(value: String, label: String)])
    case instant(IncidentInstant)
    case answerInstant
    case people, data, organisation, sending
  }

  private static func kind(of key: FactKey) -> Kind {
    let name = key.description
    if name.hasPrefix("org.") { return .organisation }
    if name.hasPrefix("data.") { return .data }
    if let instant = key.incidentInstant { return .instant(instant) }
    switch key.kind {
    case .flag: return .choice([("yes", "yes"), ("no", "no"), ("", "not known")])
    case .word(let words):
      return .choice(
        words.map { ($0, $0.split(separator: "_").joined(separator: " ")) } + [("", "not known")]
      )
    case .instant: return .answerInstant
    case .people: return .people
    case .instants: return .sending
    default: return .organisation
    }
  }

  private static func fields(_ key: FactKey, _ facts: IncidentFacts) -> [FormField] {
    switch kind(of: key) {
    case .instant(let instant): return FactEditing.timeFields(facts.instants[instant])
    case .answerInstant:
      return [
        FormField.line(
          "time",
          label: "When",
          value: facts.answers[key] ?? "",
          help: "now, 14:30, -3h, 2026-05-18 14:30 +02:00; empty for not known"
        )
      ]
    case .people:
      let prefix = "affected."
      let name = key.description
      let place = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : ""
      let people = facts.affected.first { $0.jurisdiction == place }
      return PeopleTab.fields(people, jurisdiction: place)
    case .data: return FactEditing.dataFields(facts.data)
    default: return []
    }
  }

  private static func time(_ values: [String: String], _ reading: TimeReading) throws
    -> StatedTime?
  {
    let text = values["time"] ?? ""
    guard !text.isEmpty else { return nil }
    return try StatedTime(reading: text, reading, source: values["source"] ?? "")
  }
}
