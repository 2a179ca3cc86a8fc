import Drawing
public import Model

/// What can happen to the links of a record.
public enum LinkEvent: Sendable {
  case linkPressed, followPressed, unlinkPressed
  case submitted([String: String])
  case found(relation: String, Result<Incident?, StoreError>)
  case findingFound(relation: String, Result<Finding?, StoreError>)
  case recordFound(relation: String, Result<Subject?, StoreError>)
  case followChosen(IncidentLinks.Row)
  case unlinkChosen(RecordLink)
}

/// How a record is connected with others: an incident from its tab of facts, what hangs from it
/// from its own tab.
enum RecordLinks {
  /// The record whose links they are.
  struct Owner {
    var subject: Subject
    var incident: Incident
    var links: [IncidentLinks.Row]

    /// The name that stands above forms and menus.
    var name: String {
      let reference = incident.markedReference
      return subject.kind == .incident ? reference : "\(reference) · \(subject.name)"
    }
  }

  static func reduce<Action: Sendable>(
    _ event: LinkEvent,
    _ owner: Owner,
    wrap: @escaping @Sendable (LinkEvent) -> Action,
    changed: @escaping @Sendable (Result<[Receipt], StoreError>) -> Action
  ) -> [Effect<Action>] {
    switch event {
    case .linkPressed: return [.present(.form(form(owner, wrap)))]
    case .submitted(let values): return submit(values, owner, wrap, changed)
    case .found(_, .failure(let error)): return [.toast(Toast(.failure, error.description))]
    case .found(_, .success(nil)):
      return [.toast(Toast(.failure, "there is no such incident; 2 lists them"))]
    case .found(let relation, .success(let other?)):
      return [add(Subject(.incident, other.id), relation, owner, changed)]
    case .findingFound(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .findingFound(_, .success(nil)):
      return [.toast(Toast(.failure, "there is no such finding"))]
    case .findingFound(let relation, .success(let other?)):
      return [add(Subject(.finding, other.id), relation, owner, changed)]
    case .recordFound(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .recordFound(_, .success(nil)):
      return [.toast(Toast(.failure, "there is no such item, requirement or course"))]
    case .recordFound(let relation, .success(let other?)):
      return [add(other, relation, owner, changed)]
    case .followPressed:
      if owner.links.count == 1 { return [follow(owner.links[0], from: owner.subject)] }
      return choose("Go to", owner) { wrap(.followChosen($0)) }
    case .followChosen(let row): return [follow(row, from: owner.subject)]
    case .unlinkPressed: return choose("Take a link away", owner) { wrap(.unlinkChosen($0.link)) }
    case .unlinkChosen(let link): return [.apply([RemoveLink(link)], then: changed)]
    }
  }

  /// Goes to the record at the other end: an incident, or its tab with the record under the cursor.
  static func follow<Action: Sendable>(_ row: IncidentLinks.Row, from subject: Subject)
    -> Effect<Action>
  {
    let isOutgoing = row.link.from == subject
    let other = isOutgoing ? row.link.to : row.link.from
    let incident = isOutgoing ? row.toIncident : row.fromIncident
    guard other.kind != .incident else { return .go(.incident(other.id)) }
    guard other.kind != .course else { return .go(.course(other.id)) }
    return incident.map { .go(.item(other, of: $0)) } ?? .go(.journal(other))
  }

  /// A link in words: what it means, and what stands at the other end.
  static func words(_ row: IncidentLinks.Row, seenFrom subject: Subject) -> [Span] {
    let other = row.other(from: subject)
    let relation = row.link.relation.isEmpty ? "linked" : row.link.relation
    return [
      Span(Untrusted(relation), .textMuted), Span(Untrusted(" \(other.name)  "), .textStrong),
      Span(Untrusted(other.title)),
    ]
  }

  private static func choose<Action: Sendable>(
    _ title: String,
    _ owner: Owner,
    _ action: (IncidentLinks.Row) -> Action
  ) -> [Effect<Action>] {
    let entries = owner.links.enumerated().map { index, row in
      let other = row.other(from: owner.subject)
      let relation = row.link.relation.isEmpty ? "" : "\(row.link.relation) "
      return MenuRequest<Action>.Entry(
        key: index < 9 ? Character("\(index + 1)") : nil,
        label: "\(relation)\(other.name)",
        note: other.title,
        action: action(row)
      )
    }
    return [.present(.menu(MenuRequest(title: title, entries: entries)))]
  }

  private static func form<Action: Sendable>(
    _ owner: Owner,
    _ wrap: @escaping @Sendable (LinkEvent) -> Action
  ) -> FormRequest<Action> {
    FormRequest(
      title: "\(owner.name) · Link",
      fields: [
        FormField.line(
          "to",
          label: "To",
          help: "INC-2026-0042, FND-2026-0001, AUD-2026-0001/A.1, task 3 or evidence 2",
          isRequired: true
        ),
        FormField.line("relation", label: "Relation", help: "such as caused by; may be empty"),
      ],
      submit: { wrap(.submitted($0)) }
    )
  }

  private static func submit<Action: Sendable>(
    _ values: [String: String],
    _ owner: Owner,
    _ wrap: @escaping @Sendable (LinkEvent) -> Action,
    _ changed: @escaping @Sendable (Result<[Receipt], StoreError>) -> Action
  ) -> [Effect<Action>] {
    let relation = values["relation"] ?? ""
    switch LinkEnd(reading: values["to"] ?? "") {
    case .incident(let reference):
      return [
        .ask(IncidentByReference(reference), slot: "detail.link") {
          wrap(.found(relation: relation, $0))
        }
      ]
    case .finding(let reference):
      return [
        .ask(FindingByReference(reference), slot: "detail.link") {
          wrap(.findingFound(relation: relation, $0))
        }
      ]
    case .record(let subject): return [add(subject, relation, owner, changed)]
    case .auditItem?, .requirement?, .course?:
      guard let name = LinkEnd(reading: values["to"] ?? "") else { return [] }
      return [
        .ask(NamedRecord(name), slot: "detail.link") {
          wrap(.recordFound(relation: relation, $0))
        }
      ]
    case nil:
      return [
        .toast(Toast(.failure, "name INC-2026-0042, FND-2026-0001, AUD-2026-0001/A.1, task 3"))
      ]
    }
  }

  private static func add<Action: Sendable>(
    _ other: Subject,
    _ relation: String,
    _ owner: Owner,
    _ changed: @escaping @Sendable (Result<[Receipt], StoreError>) -> Action
  ) -> Effect<Action> {
    .apply([AddLink(RecordLink(from: owner.subject, to: other, relation: relation))], then: changed)
  }
}
