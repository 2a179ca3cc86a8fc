internal import Drawing
public import Model

/// What is done with a statement from the view.
public enum StatementEvent: Sendable {
  case createPressed
  case created([String: String])
  case titlePressed
  case titled(Statement, [String: String])
  case editorPressed
  case editorReturned(Statement, Result<String?, ErrandFailure>)
  case proposePressed
  case proposed(RecordID, DayNumber, String)
  case approvePressed
  case moved(StatementEdition, StatementEditionStep)
  case refusePressed
  case withdrawPressed
  case correctPressed
  case corrected(Statement, [String: String])
  case publishPressed
  case publishTyped(Statement, [String: String])
  case published(Result<String, ErrandFailure>)
  case removePressed
  case markPressed
  case markTyped([String: String])
  case markFound([String: String], Result<Incident?, StoreError>)
  case unmarkPressed
  case marksAnswered(Result<[PublicAccount], StoreError>)
  case unmarked(PublicAccount)
  case changed(Result<[Receipt], StoreError>)
}

extension StatementsPane {
  /// Says what is wanted of a statement.
  static func change(_ state: inout State, _ event: StatementEvent, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch event {
    case .createPressed:
      return [
        .present(
          .form(
            FormRequest(
              title: "New statement",
              fields: [
                .line(
                  "title",
                  label: "Title",
                  value: "How we handle personal data",
                  help: "What the public reads above it; E writes its text",
                  isRequired: true
                )
              ],
              submit: { .change(.created($0)) }
            )
          )
        )
      ]
    case .created(let values):
      return apply([AddStatement(StatementFacts(title: values["title"] ?? ""))])
    case .changed(.success(let receipts)):
      if let made = receipts.last?.subject, made.kind == .statement { state.wanted = made.id }
      let isReversible = receipts.allSatisfy(\.isReversible)
      return [.toast(Toast(.done, isReversible ? "saved · u undoes" : "saved"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    case .published(.success(let words)): return [.toast(Toast(.done, words))]
    case .published(.failure(let failure)), .editorReturned(_, .failure(let failure)):
      return [.toast(Toast(.failure, failure.reason))]
    case .editorReturned(_, .success(nil)):
      return [.toast(Toast(.notice, "nothing was altered"))]
    case .editorReturned(let seen, .success(let text?)):
      var facts = seen.facts
      facts.body = text
      return apply([EditStatement(id: seen.id, basedOn: seen.version, facts: facts)])
    case .titled(let seen, let values):
      var facts = seen.facts
      facts.title = values["title"] ?? facts.title
      return apply([EditStatement(id: seen.id, basedOn: seen.version, facts: facts)])
    case .proposed(let id, let date, let digest):
      return apply([ProposeStatement(statement: id, date: date, digest: digest)])
    case .moved(let edition, let step):
      return apply([MoveStatement(id: edition.id, basedOn: edition.version, step: step)])
    case .markPressed, .markTyped, .markFound, .unmarkPressed, .marksAnswered, .unmarked:
      return mark(event)
    case .corrected(let seen, let values): return correct(seen, values, context)
    case .publishTyped(let seen, let values):
      let order = PublishOrder(
        statement: seen.id,
        reference: seen.reference,
        path: values["folder"] ?? "",
        replaces: values["replace"] == "yes"
      )
      return [.perform(.publish(order) { .change(.published($0)) })]
    default: return state.details.map { ask(event, $0, context) } ?? []
    }
  }

  static func apply(_ changes: [any Change]) -> [Effect<Action>] {
    [.apply(changes) { .change(.changed($0)) }]
  }

  /// Asks for what an event needs.
  private static func ask(
    _ event: StatementEvent,
    _ details: StatementDetails.Details,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    let statement = details.row.statement
    switch event {
    case .titlePressed:
      return form(
        "\(statement.reference) · Title",
        [.line("title", label: "Title", value: statement.facts.title, isRequired: true)]
      ) { .titled(statement, $0) }
    case .editorPressed:
      return [
        .perform(
          .edit(text: statement.facts.body, name: "\(statement.reference).md") {
            .change(.editorReturned(statement, $0))
          }
        )
      ]
    case .proposePressed:
      let (content, omissions) = (details.draft.content, details.draft.omissions)
      let two = context.organisation?.needsSecondPerson == true
      return confirm(
        "Put \(statement.reference) up as of \(content.date.iso)?",
        [
          Line("You approve the text as the tab Text shows it, and what is left out of it.")
        ] + seen(content, omissions)
          + [Line(two ? "Another account must approve it, too." : "It may be published then.")],
        "put up",
        .proposed(statement.id, content.date, content.digest)
      )
    case .approvePressed:
      guard let edition = waiting(details) else { return [] }
      return confirm(
        "Approve version \(edition.facts.number) of \(statement.reference)?",
        [Line("Any change of text or facts since would have made it void.")]
          + seen(edition.facts.content, details.draft.omissions),
        "approve",
        .moved(edition, .approve(digest: edition.facts.digest, uid: nil))
      )
    case .refusePressed:
      guard let edition = waiting(details) else { return [] }
      return prompt("why is it refused") { .moved(edition, .refuse(reason: $0)) }
    case .withdrawPressed:
      guard let edition = details.current else { return [] }
      return prompt("why is version \(edition.facts.number) withdrawn") {
        .moved(edition, .withdraw(reason: $0))
      }
    case .correctPressed:
      return form(
        "\(statement.reference) · Correction",
        [
          .text("was", label: "It said", help: "What was published", isRequired: true),
          .text("now", label: "Right is", isRequired: true),
          .line("version", label: "In version", help: "Its number; empty where it is not said") {
            Int($0) == nil ? "a number" : nil
          },
          .line("by", label: "Corrected by", value: context.actor.name, isRequired: true),
        ]
      ) { .corrected(statement, $0) }
    case .publishPressed:
      return form(
        "\(statement.reference) · Publish",
        [
          .line("folder", label: "Folder", help: "In which the site is to stand", isRequired: true),
          .choice(
            "replace",
            label: "Replace",
            value: "no",
            options: [("no", "no"), ("yes", "a statement's site that stands there")]
          ),
        ]
      ) { .publishTyped(statement, $0) }
    case .removePressed:
      return apply([RemoveStatement(id: statement.id, basedOn: statement.version)])
    default: return []
    }
  }

  private static func seen(
    _ content: StatementContent,
    _ omissions: [StatementOmission]
  ) -> [Line] {
    var counts: [StatementOmission.Kind: Int] = [:]
    for omission in omissions { counts[omission.kind, default: 0] += 1 }
    let left = StatementOmission.Kind.allCases.compactMap { kind in
      counts[kind].map { "\($0) \(kind.label)" }
    }
    return [
      Line([Span("digest ", .textMuted), Span(String(content.digest.prefix(12)), .textStrong)]),
      Line([
        Span("left out: ", .textMuted),
        Span(left.isEmpty ? "nothing" : left.joined(separator: ", ")),
      ]),
    ]
  }

  private static func correct(
    _ seen: Statement,
    _ values: [String: String],
    _ context: PaneContext
  ) -> [Effect<Action>] {
    let zone = context.organisation?.zone ?? .utc
    return apply([
      CorrectStatement(
        id: seen.id,
        basedOn: seen.version,
        correction: StatementCorrection(
          version: values["version"].flatMap { Int($0) },
          was: values["was"] ?? "",
          now: values["now"] ?? "",
          on: DayNumber(context.now, in: zone),
          by: values["by"] ?? context.actor.name
        )
      )
    ])
  }

  private static func form(
    _ title: String,
    _ fields: [FormField],
    _ submit: @escaping @Sendable ([String: String]) -> StatementEvent
  ) -> [Effect<Action>] {
    [
      .present(
        .form(FormRequest(title: title, fields: fields, submit: { .change(submit($0)) }))
      )
    ]
  }

  private static func prompt(
    _ label: String,
    _ submit: @escaping @Sendable (String) -> StatementEvent
  ) -> [Effect<Action>] {
    [.present(.prompt(PromptRequest(label: label, submit: { .change(submit($0)) })))]
  }

  private static func confirm(
    _ title: String,
    _ lines: [Line],
    _ label: String,
    _ event: StatementEvent
  ) -> [Effect<Action>] {
    [
      .present(
        .confirm(
          Confirmation(title: title, lines: lines, doLabel: label, action: .change(event))
        )
      )
    ]
  }

  private static func waiting(_ details: StatementDetails.Details) -> StatementEdition? {
    details.editions.first { $0.facts.state == .waiting }
  }

  // MARK: Rows in the table of actions

  private static func row(
    _ id: String,
    keys: [Key] = [],
    _ label: String,
    _ help: String,
    menu: Character? = nil,
    hint: Int? = nil,
    _ event: StatementEvent,
    when availability: @escaping @Sendable (StatementDetails.Details) -> Availability = { _ in
      .enabled
    }
  ) -> ActionRow<State, Action> {
    ActionRow(
      "statement.\(id)",
      keys: keys,
      label: label,
      help: help,
      section: .change,
      hint: hint,
      menuKey: menu,
      availability: { state in
        guard let details = state.details else {
          return .when(false, otherwise: "there is no statement under the cursor")
        }
        return availability(details)
      },
      action: { _ in .change(event) }
    )
  }

  /// What is done with a statement.
  static let changes: [ActionRow<State, Action>] =
    marks + [
      ActionRow(
        "statement.create",
        keys: [.character("c")],
        label: "begin",
        help: "Begin a statement, as a text that has every derived part",
        section: .change,
        hint: 4,
        action: { _ in .change(.createPressed) }
      ),
      row(
        "title",
        keys: [.character("e")],
        "title …",
        "Say what the statement is called",
        .titlePressed
      ),
      row(
        "text",
        keys: [.character("E")],
        "write",
        "Write the statement's text in $EDITOR; what waits or is approved is void then",
        hint: 2,
        .editorPressed
      ),
      row(
        "propose",
        "put up …",
        "Put the text up as a version, and approve it as the first person",
        menu: "p",
        hint: 3,
        .proposePressed,
        when: { details in
          if let live = details.row.live {
            return .when(false, otherwise: "version \(live.number) \(live.state.standing)")
          }
          return .when(
            details.draft.problems.isEmpty,
            otherwise: details.draft.problems.first?.description ?? ""
          )
        }
      ),
      row(
        "approve",
        "approve …",
        "As the second person, approve the version that waits",
        menu: "a",
        .approvePressed,
        when: { .when($0.row.live?.state == .waiting, otherwise: "no version waits") }
      ),
      row(
        "refuse",
        "refuse …",
        "As the second person, refuse the version that waits, and say why",
        menu: "f",
        .refusePressed,
        when: { .when($0.row.live?.state == .waiting, otherwise: "no version waits") }
      ),
      row(
        "publish",
        "publish …",
        "Write the approved version as a site into a folder; again where it is published",
        menu: "s",
        .publishPressed,
        when: {
          .when(
            $0.row.live?.state == .approved || ($0.row.live == nil && $0.row.published != nil),
            otherwise: "no version is approved"
          )
        }
      ),
      row(
        "withdraw",
        "withdraw …",
        "Take back what waits or is approved, else what is published; say why",
        menu: "w",
        .withdrawPressed,
        when: {
          .when($0.current != nil, otherwise: "nothing waits, is approved or published")
        }
      ),
      row(
        "correct",
        "correct …",
        "Write down what was wrong in what was published, and what is right",
        menu: "k",
        .correctPressed
      ),
      row(
        "remove",
        keys: [.character("D")],
        "remove",
        "Take the statement off the list; u takes it back",
        .removePressed
      ),
    ]
}
