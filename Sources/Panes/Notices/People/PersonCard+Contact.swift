import Drawing
import Model

extension PersonCard {
  /// Correcting a contact, and consenting as a second person to one that was corrected.
  static func contact(_ action: Action, _ person: Recipient, _ shown: Recipient?)
    -> [Effect<Action>]
  {
    switch action {
    case .correctPressed: return [.present(.form(form(person, shown)))]
    case .correctSubmitted(let number, let values):
      let edit = edit(values)
      guard !edit.isEmpty else {
        return [.toast(Toast(.notice, "say what of the contact is otherwise"))]
      }
      let job = ContactCorrection(
        of: person.mailing,
        number,
        edit,
        reason: values["reason"] ?? ""
      )
      return [.work(job) { .corrected(number, $0) }]
    case .corrected(_, .success(false)):
      return [.toast(Toast(.notice, "the contact says that already"))]
    case .corrected(let number, .success(true)):
      return [
        .ask(WaitingContacts(of: person.mailing), slot: "ledger.waiting") {
          .waitingAnswered(number, $0)
        }
      ]
    case .waitingAnswered(let number, .success(let waiting)):
      let waits =
        waiting.rows.contains { $0.number == number } || waiting.total > waiting.rows.count
      let words =
        waits ? "corrected; nothing goes there until another account consents: x w" : "corrected"
      return [.toast(Toast(.done, words))]
    case .consentPressed:
      let number = person.number
      return [
        .present(
          .confirm(
            Confirmation(
              title: "Consent",
              lines: [
                Line("Let notices go to the corrected contact of #\(number)?"),
                Line("x v shows what it says; the journal has that you consented.", .textMuted),
              ],
              doLabel: "Consent",
              action: .consentConfirmed(number)
            )
          )
        )
      ]
    case .consentConfirmed(let number):
      return [.work(ContactConsent(of: person.mailing, [number])) { .consented($0) }]
    case .consented(.success(let outcome)):
      if outcome.own > 0 {
        return [
          .toast(Toast(.failure, "this account corrected it; another one must consent"))
        ]
      }
      let words = outcome.consented > 0 ? "consented" : "this contact does not wait for consent"
      return [.toast(Toast(outcome.consented > 0 ? .done : .notice, words))]
    case .corrected(_, .failure(let error)), .waitingAnswered(_, .failure(let error)),
      .consented(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    default: return []
    }
  }

  /// What takes a field of a contact away.
  private static let away = "-"

  /// The form; what is masked is not filled in.
  private static func form(_ person: Recipient, _ shown: Recipient?) -> FormRequest<Action> {
    let (number, contact) = (person.number, shown?.contact)
    func field(_ id: String, _ label: String, _ value: String?) -> FormField {
      FormField.line(
        id,
        label: label,
        value: value ?? "",
        help: "Empty leaves it as it is; \(away) takes it away"
      )
    }
    return FormRequest(
      title: "#\(number) · Correct the contact",
      fields: [
        field("name", "Name", contact?.name), field("email", "E-mail", contact?.email),
        field("phone", "Telephone", contact?.phone),
        FormField.text("address", label: "Address", value: contact?.address ?? ""),
        FormField.line(
          "reason",
          label: "Known from",
          value: "",
          help: "From whom it is known; the journal keeps it, so name nobody",
          isRequired: true
        ),
      ],
      isPersonal: true,
      submit: { .correctSubmitted(number, $0) }
    )
  }

  /// What was typed, as what is otherwise.
  static func edit(_ values: [String: String]) -> ContactEdit {
    func value(_ id: String) -> String? {
      let text = (values[id] ?? "").split(whereSeparator: \.isNewline)
        .map { $0.drop(while: \.isWhitespace) }.joined(separator: "\n")
      return text.isEmpty ? nil : text == away ? "" : text
    }
    return ContactEdit(
      name: value("name"),
      email: value("email"),
      phone: value("phone"),
      address: value("address")
    )
  }

  /// The rows in the table of actions.
  static let contactRows: [ActionRow<LedgerTab.State, LedgerTab.Action>] = [
    ActionRow(
      "person.correct",
      label: "correct …",
      help: "Correct this person's contact; what it was is kept, sealed, with what went there",
      section: .change,
      menuKey: "c",
      availability: isReadable,
      action: { _ in .card(.correctPressed) }
    ),
    ActionRow(
      "person.consent",
      label: "consent …",
      help: "As a second person, let notices go to this person's corrected contact",
      section: .change,
      menuKey: "w",
      availability: isReadable,
      action: { _ in .card(.consentPressed) }
    ),
  ]

  private static let isReadable: @Sendable (LedgerTab.State) -> Availability = { state in
    guard let person = state.table.selectedRow else {
      return .disabled("nobody is under the cursor")
    }
    guard person.contact != nil else { return .disabled("the contact was erased") }
    return .when(state.card != nil, otherwise: "open the card first: Enter")
  }
}
