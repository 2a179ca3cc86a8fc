internal import Drawing
internal import Model

/// Which incidents are public: marked here, or by `tocsin incident public`.
extension StatementsPane {
  /// Says what is wanted of a mark.
  static func mark(_ event: StatementEvent) -> [Effect<Action>] {
    switch event {
    case .markPressed:
      return [
        .present(
          .form(
            FormRequest(
              title: "Make an incident public",
              fields: [
                .line("incident", label: "Incident", help: "INC-2026-0001", isRequired: true),
                .line(
                  "title",
                  label: "Called",
                  help: "What it is called in public; its own title is never published",
                  isRequired: true
                ),
                .text("summary", label: "Told", help: "What happened and what was done, for all"),
                .line(
                  "reason",
                  label: "Why",
                  help: "Why it is made public; journalled, never published",
                  isRequired: true
                ),
              ],
              draftKey: "disclosure.new",
              submit: { .change(.markTyped($0)) }
            )
          )
        )
      ]
    case .markTyped(let values):
      return [
        .ask(IncidentByReference(values["incident"] ?? ""), slot: "statement.mark") {
          .change(.markFound(values, $0))
        }
      ]
    case .markFound(let values, .success(let incident?)):
      let facts = DisclosureFacts(
        incident: incident.id,
        reference: incident.reference,
        title: values["title"] ?? "",
        summary: values["summary"] ?? "",
        reason: values["reason"] ?? ""
      )
      return apply([AddDisclosure(facts)])
    case .markFound(let values, .success(nil)):
      return [.toast(Toast(.failure, "there is no incident \(values["incident"] ?? "")"))]
    case .unmarkPressed:
      return [.ask(DisclosureList(), slot: "statement.marks") { .change(.marksAnswered($0)) }]
    case .marksAnswered(.success(let accounts)):
      guard !accounts.isEmpty else {
        return [.toast(Toast(.notice, "no incident is marked public"))]
      }
      let entries = accounts.map {
        MenuRequest<Action>.Entry(
          label: "\($0.facts.reference)  \($0.facts.title)",
          action: .change(.unmarked($0))
        )
      }
      return [.present(.menu(MenuRequest(title: "Not public any more", entries: entries)))]
    case .unmarked(let account):
      return apply([RemoveDisclosure(id: account.id, basedOn: account.version)])
    case .markFound(_, .failure(let error)), .marksAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    default: return []
    }
  }

  /// The rows by which incidents are marked.
  static let marks: [ActionRow<State, Action>] = [
    ActionRow(
      "statement.mark",
      label: "make public …",
      help: "Mark an incident as public, with what the public is told of it",
      section: .change,
      menuKey: "i",
      action: { _ in .change(.markPressed) }
    ),
    ActionRow(
      "statement.unmark",
      label: "not public …",
      help: "Take back that an incident is public; u makes it so again",
      section: .change,
      menuKey: "n",
      action: { _ in .change(.unmarkPressed) }
    ),
  ]
}
