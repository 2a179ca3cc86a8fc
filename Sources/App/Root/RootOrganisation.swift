import Drawing
import Model
import Panes

/// What is known of the organisation, stated in a form.
enum RootOrganisation {
  /// What happens to it.
  enum Event: Sendable {
    case pressed
    case answered(Result<CurrentOrganisation.Answer, StoreError>)
    case submitted(CurrentOrganisation.Answer, [String: String])
    case saved(Result<[Receipt], StoreError>)
  }

  static func reduce(_ state: inout RootState, _ event: Event) -> [RootEffect] {
    switch event {
    case .pressed:
      return [
        .pane(
          .ask(CurrentOrganisation(), slot: "root.organisation") { .organisation(.answered($0)) }
        )
      ]
    case .answered(.failure(let error)), .saved(.failure(let error)):
      Root.show(Toast(.failure, error.description), &state)
      return []
    case .answered(.success(let answer)):
      return [.pane(.present(.form(form(answer, state.world.rules))))]
    case .submitted(let answer, let values):
      do throws(OrganisationProblem) {
        let organisation = try read(values, over: answer.organisation, state.world.rules)
        guard organisation != answer.organisation else {
          Root.show(Toast(.notice, "nothing was altered"), &state)
          return []
        }
        let change = SetOrganisation(basedOn: answer.version, organisation: organisation)
        return [.pane(.apply([change]) { .organisation(.saved($0)) })]
      } catch {
        Root.show(Toast(.failure, error.description), &state)
        return []
      }
    case .saved(.success):
      Root.show(Toast(.done, "saved; clocks are worked out again · u undoes"), &state)
      return []
    }
  }

  private static func form(_ answer: CurrentOrganisation.Answer, _ pack: RulePack?)
    -> FormRequest<RootAction>
  {
    FormRequest(
      title: "The organisation that reports",
      fields: OrganisationField.allCases.map { field($0, answer.organisation, pack) }
        + FactKey.organisationQuestions.map { key in
          FormField.yesNoUnknown(
            key.description,
            label: key.label,
            value: yes(answer.organisation.answers[key]),
            help: key.question
          )
        },
      draftKey: "organisation",
      submit: { .organisation(.submitted(answer, $0)) }
    )
  }

  private static func field(
    _ field: OrganisationField,
    _ organisation: Organisation,
    _ pack: RulePack?
  ) -> FormField {
    let text = field.text(organisation)
    switch field {
    case .role:
      return .choice(
        field.rawValue,
        label: field.label,
        value: text,
        options: [("", "not known")] + FactKey.roles.map { ($0, $0) },
        help: field.help
      )
    case .secondPerson:
      return .choice(
        field.rawValue,
        label: field.label,
        value: text,
        options: [("no", "no"), ("yes", "yes: another account approves each decision")],
        help: field.help
      )
    default:
      return .line(
        field.rawValue,
        label: field.label,
        value: text,
        help: field.help,
        check: { field.problem($0, pack) }
      )
    }
  }

  private static func yes(_ answer: String?) -> Bool? {
    switch answer {
    case "yes", "true": true
    case "no", "false": false
    default: nil
    }
  }

  private static func read(
    _ values: [String: String],
    over before: Organisation,
    _ pack: RulePack?
  ) throws(OrganisationProblem) -> Organisation {
    var organisation = before
    for field in OrganisationField.allCases {
      guard let text = values[field.rawValue], text != field.text(before) else { continue }
      try field.set(text, on: &organisation, pack)
    }
    for key in FactKey.organisationQuestions {
      let now = values[key.description] ?? ""
      let then = yes(before.answers[key]).map { $0 ? "yes" : "no" } ?? ""
      if now != then { organisation.answers[key] = now.isEmpty ? nil : now }
    }
    return organisation
  }
}
