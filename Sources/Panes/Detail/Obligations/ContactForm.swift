import Drawing
public import Model

/// What can happen to the contact book from a duty.
public enum ContactEvent: Sendable {
  case pressed
  case chosen(Authority)
  case submitted(Authority, AuthorityContact?, [String: String])
}

extension ObligationsTab {
  /// Edits what is known of those whom the duty under the cursor tells.
  static func reduce(_ state: State, _ event: ContactEvent, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch event {
    case .pressed:
      guard let duty = state.selectedDuty?.obligation else { return [] }
      guard let rules = context.rules else {
        return [.toast(Toast(.notice, "the rules are still being read"))]
      }
      let found = rules.authorities(named: duty.recipient, jurisdiction: duty.jurisdiction)
        .filter { ![.people, .public, .own].contains($0.role) }
      guard let first = found.first else {
        return [.toast(Toast(.notice, "\(duty.recipient): nobody of the contact book"))]
      }
      guard found.count > 1 else { return [form(first, state)] }
      let entries = found.enumerated().map { index, authority in
        MenuRequest<Action>.Entry(
          key: index < 9 ? Character("\(index + 1)") : nil,
          label: authority.name,
          note: state.contacts.contains { $0.authority == authority.key } ? "known" : "",
          action: .contact(.chosen(authority))
        )
      }
      return [.present(.menu(MenuRequest(title: "Whose contact?", entries: entries)))]
    case .chosen(let authority): return [form(authority, state)]
    case .submitted(let authority, let contact, let values):
      let facts = ContactFields.facts(values)
      guard !facts.isEmpty else {
        return contact.map {
          [apply(RemoveAuthority(id: $0.id, authority: authority.key, basedOn: $0.version))]
        } ?? []
      }
      return [
        apply(
          SetAuthority(
            id: contact?.id ?? 0,
            authority: authority.key,
            basedOn: contact?.version ?? 0,
            facts: facts
          )
        )
      ]
    }
  }

  private static func form(_ authority: Authority, _ state: State) -> Effect<Action> {
    let contact = state.contacts.first { $0.authority == authority.key }
    return .present(
      .form(
        FormRequest(
          title: "Contact · \(authority.name)",
          fields: ContactFields.fields(contact?.facts ?? ContactFacts()),
          draftKey: "authority.\(authority.key)",
          submit: { .contact(.submitted(authority, contact, $0)) }
        )
      )
    )
  }
}

/// The form for an entry of the contact book.
enum ContactFields {
  static func fields(_ facts: ContactFacts) -> [FormField] {
    [
      FormField.line(
        "body",
        label: "Who it is",
        value: facts.body,
        help: "Where the law names a kind only: which one it is for you"
      ),
      FormField.line(
        "portal",
        label: "Portal",
        value: facts.portal,
        help: "Where filings go in"
      ),
      FormField.line("email", label: "E-mail", value: facts.email),
      FormField.line("phone", label: "Phone", value: facts.phone),
      FormField.line("person", label: "Person", value: facts.person),
      FormField.line(
        "reference",
        label: "Our number",
        value: facts.reference,
        help: "The number under which they know you"
      ),
      FormField.text("note", label: "Note", value: facts.note, help: "All empty takes it out"),
    ]
  }

  static func facts(_ values: [String: String]) -> ContactFacts {
    func text(_ key: String) -> String { values[key]?.trimmed ?? "" }
    return ContactFacts(
      body: text("body"),
      portal: text("portal"),
      email: text("email"),
      phone: text("phone"),
      person: text("person"),
      reference: text("reference"),
      note: text("note")
    )
  }
}
