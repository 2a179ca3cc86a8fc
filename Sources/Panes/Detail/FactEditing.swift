import Drawing
import Model

/// How each kind of fact is edited: a prompt, a menu or a form, and what becomes of its values.
enum FactEditing {
  typealias Action = FactsTab.Action

  static func begin(_ kind: FactKind, _ incident: Incident) -> [Effect<Action>] {
    let facts = incident.facts
    switch kind {
    case .title:
      return form(
        incident,
        "Title",
        [FormField.line("title", label: "Title", value: facts.title, isRequired: true)]
      ) { .edited(.title($0["title"] ?? "")) }
    case .severity:
      let severities: [Severity?] = [.critical, .high, .medium, .low, nil]
      return menu(
        "Severity",
        severities.map {
          ($0?.label.first ?? "n", $0?.label ?? "not assessed", .edited(.severity($0)))
        }
      )
    case .outcome:
      return menu("Outcome", Outcome.allCases.map { (nil, $0.label, .edited(.outcome($0))) })
    case .state:
      return menu(
        "Move to",
        IncidentState.allCases.enumerated().map { index, target in
          (Character("\(index + 1)"), target.label, .prompted(reason(for: target)))
        }
      )
    case .actions:
      return form(
        incident,
        "Kind",
        [
          FormField.choices(
            "actions",
            label: "Kind",
            options: VerisAction.allCases.map { ($0.rawValue, $0.label) },
            values: facts.actions.map(\.rawValue).sorted()
          )
        ]
      ) { values in
        .edited(.actions(words(values["actions"]).compactMap(VerisAction.init(rawValue:))))
      }
    case .role(let role):
      return form(
        incident,
        role.label.prefix(1).uppercased() + role.label.dropFirst(),
        [FormField.line("person", label: "Person", value: facts.roles[role] ?? "")]
      ) { values in
        let person = values["person"] ?? ""
        return .edited(.role(role, person.isEmpty ? nil : person))
      }
    case .instant(let instant):
      return form(
        incident,
        "When: \(instant.label)",
        timeFields(facts.instants[instant])
      ) { .timeSubmitted(instant, $0) }
    case .awareness:
      return form(incident, "Awareness decision", awarenessFields(incident)) {
        .awarenessSubmitted($0)
      }
    case .data:
      return form(incident, "Data exposed", dataFields(facts.data)) { .dataSubmitted($0) }
    case .assets:
      return list(incident, "Assets", facts.assets) { .edited(.assets($0)) }
    case .tags:
      return list(incident, "Tags", facts.tags) { .edited(.tags($0)) }
    case .answer(let key):
      return [
        AnswerForms.ask(key, facts, title: "\(incident.markedReference) · \(key.question)") {
          .answerSubmitted(key, $0)
        }
      ]
    case .exercise: return [.toast(Toast(.notice, Exercise.whyFixed))]
    case .link, .fixed:
      return [.toast(Toast(.notice, "the record keeps this itself; it cannot be edited"))]
    }
  }

  // MARK: What becomes of the values

  static func time(
    _ instant: IncidentInstant,
    _ values: [String: String],
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    let text = values["time"] ?? ""
    if text.isEmpty { return [.send(.edited(.instant(instant, nil)))] }
    do {
      let time = try StatedTime(
        reading: text,
        context.reading,
        source: values["source"] ?? context.actor.name
      )
      return [.send(.edited(.instant(instant, time)))]
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  static func awareness(
    _ values: [String: String],
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    do {
      let time = try StatedTime(
        reading: values["time"] ?? "",
        context.reading,
        source: values["by"] ?? ""
      )
      let decision = AwarenessDecision(
        awareAt: time,
        decidedBy: values["by"] ?? "",
        grounds: values["grounds"] ?? ""
      )
      return FactStops.save(decision, incident)
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  static func data(_ values: [String: String]) -> DataExposure {
    func answer(_ key: String) -> Bool? {
      switch values[key] {
      case "yes": true
      case "no": false
      default: nil
      }
    }
    return DataExposure(
      categories: words(values["categories"]).sorted(),
      disclosure: values["disclosure"].flatMap(Disclosure.init(rawValue:)),
      isEncrypted: answer("encrypted"),
      isKeyTaken: answer("key"),
      isRestored: answer("restored"),
      isRecovered: answer("recovered")
    )
  }

  // MARK: Fields

  static func timeFields(_ time: StatedTime?) -> [FormField] {
    [
      FormField.line(
        "time",
        label: "When",
        value: time.map { $0.text } ?? "",
        help: "now, 14:30, -3h, 2026-05-18 14:30 +02:00, March 2025; empty for not known"
      ),
      FormField.line(
        "source",
        label: "Source",
        value: time?.source ?? "",
        help: "Who or what says so"
      ),
    ]
  }

  private static func awarenessFields(_ incident: Incident) -> [FormField] {
    let decision = incident.awareness
    return [
      FormField.line(
        "time",
        label: "Aware since",
        value: decision?.awareAt.text ?? incident.facts.instants[.aware]?.text ?? "now",
        help: "The instant that counts",
        isRequired: true
      ),
      FormField.line(
        "by",
        label: "Concluded by",
        value: decision?.decidedBy ?? "",
        isRequired: true
      ),
      FormField.text(
        "grounds",
        label: "On what grounds",
        value: decision?.grounds ?? "",
        help: "What made it reasonably certain",
        isRequired: true
      ),
    ]
  }

  static func dataFields(_ data: DataExposure) -> [FormField] {
    func answer(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "" }
    let known = Array(Set(DataCategory.known + data.categories)).sorted()
    let ternary = [("", "not known"), ("yes", "yes"), ("no", "no")]
    return [
      FormField.choices(
        "categories",
        label: "Categories",
        options: known.map { ($0, $0) },
        values: data.categories
      ),
      FormField.choice(
        "disclosure",
        label: "Disclosed",
        value: data.disclosure?.rawValue ?? "",
        options: [("", "not stated")] + Disclosure.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.choice(
        "encrypted",
        label: "Encrypted",
        value: answer(data.isEncrypted),
        options: ternary
      ),
      FormField.choice(
        "key",
        label: "Key taken",
        value: answer(data.isKeyTaken),
        options: ternary
      ),
      FormField.choice(
        "restored",
        label: "Restored",
        value: answer(data.isRestored),
        options: ternary
      ),
      FormField.choice(
        "recovered",
        label: "Recovered",
        value: answer(data.isRecovered),
        options: ternary
      ),
    ]
  }

  /// The words of a field, apart at commas.
  static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
  }

  private static func reason(for target: IncidentState) -> PromptRequest<Action> {
    PromptRequest(
      label: "why move to \(target.label)",
      submit: { .stateChosen(target, $0) }
    )
  }

  private static func menu(_ title: String, _ entries: [(Character?, String, Action)])
    -> [Effect<Action>]
  {
    [
      .present(
        .menu(
          MenuRequest(
            title: title,
            entries: entries.map { .init(key: $0.0, label: $0.1, action: $0.2) }
          )
        )
      )
    ]
  }

  private static func list(
    _ incident: Incident,
    _ title: String,
    _ values: [String],
    _ submit: @escaping @Sendable ([String]) -> Action
  ) -> [Effect<Action>] {
    form(
      incident,
      title,
      [
        FormField.line(
          "words",
          label: title,
          value: values.joined(separator: ", "),
          help: "apart by commas"
        )
      ]
    ) { submit(words($0["words"])) }
  }

  private static func form(
    _ incident: Incident,
    _ title: String,
    _ fields: [FormField],
    _ submit: @escaping @Sendable ([String: String]) -> Action
  ) -> [Effect<Action>] {
    let key = "incident.\(incident.id).\(fields.first?.id ?? "fact")"
    return [
      .present(
        .form(
          FormRequest(
            title: "\(incident.markedReference) · \(title)",
            fields: fields,
            draftKey: key,
            submit: submit
          )
        )
      )
    ]
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The text without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
