import Drawing
import Model

/// How an incident is connected with other records from its tab of facts.
enum FactLinks {
  typealias Action = FactsTab.Action

  static func reduce(_ action: Action, _ incident: Incident) -> [Effect<Action>] {
    switch action {
    case .linkPressed: return [.present(.form(form(incident)))]
    case .linkSubmitted(let values): return submit(values, incident)
    case .linkFound(_, .failure(let error)): return [.toast(Toast(.failure, error.description))]
    case .linkFound(_, .success(nil)):
      return [.toast(Toast(.failure, "there is no such incident; 2 lists them"))]
    case .linkFound(let relation, .success(let other?)):
      return add(Subject(.incident, other.id), relation, incident)
    default: return []
    }
  }

  /// Goes to the incident at the other end; other records are shown in this one's tabs.
  static func follow(_ link: RecordLink, from incident: Incident) -> [Effect<Action>] {
    let here = Subject(.incident, incident.id)
    let other = link.from == here ? link.to : link.from
    guard other.kind == .incident, other != here else { return [.go(.journal(other))] }
    return [.go(.incident(other.id))]
  }

  private static func form(_ incident: Incident) -> FormRequest<Action> {
    FormRequest(
      title: "\(incident.reference) · Link",
      fields: [
        FormField.line(
          "to",
          label: "To",
          help: "INC-2026-0042, task 3, note 5 or evidence 2",
          isRequired: true
        ),
        FormField.line("relation", label: "Relation", help: "such as caused by; may be empty"),
      ],
      submit: { .linkSubmitted($0) }
    )
  }

  private static func submit(_ values: [String: String], _ incident: Incident) -> [Effect<Action>] {
    let relation = values["relation"] ?? ""
    switch LinkEnd(reading: values["to"] ?? "") {
    case .incident(let reference):
      return [
        .ask(IncidentByReference(reference), slot: "detail.link") {
          .linkFound(relation: relation, $0)
        }
      ]
    case .record(let subject): return add(subject, relation, incident)
    case nil:
      return [.toast(Toast(.failure, "name INC-2026-0042, task 3, note 5 or evidence 2"))]
    }
  }

  private static func add(_ other: Subject, _ relation: String, _ incident: Incident)
    -> [Effect<Action>]
  {
    let link = RecordLink(from: Subject(.incident, incident.id), to: other, relation: relation)
    return [.apply([AddLink(link)]) { .changed($0) }]
  }
}
