import Drawing
public import Model

/// What can happen when a text is written.
public enum TextEvent: Sendable {
  case createPressed
  case editPressed
  /// What was written: over a text, or as a new one that began as a draft.
  case submitted(NoticeText?, draft: String, [String: String])
  case bodyPressed
  case bodyEdited(NoticeText, Result<String?, ErrandFailure>)
  case removePressed
}

extension TextTab {
  static func write(_ state: State, _ event: TextEvent, _ context: PaneContext) -> [Effect<Action>]
  {
    guard let mailing = state.mailing else { return [] }
    switch event {
    case .createPressed: return [.perform(.notice(.drafts { .draftsRead($0) }))]
    case .editPressed: return state.text.map { [form($0, mailing)] } ?? []
    case .submitted(let text, let draft, let values):
      var facts = facts(values, text)
      if text == nil { facts.draft = draft }
      guard facts != text?.facts else { return [] }
      let change: any Change =
        text.map { EditNoticeText(id: $0.id, basedOn: $0.version, facts: facts) }
        ?? AddNoticeText(mailing: mailing.id, facts: facts)
      return [.apply([change]) { .changed($0) }]
    case .bodyPressed:
      guard let text = state.text else { return [] }
      return [
        .perform(
          .edit(text: text.facts.body, name: "\(mailing.reference)-\(text.name).md") {
            .write(.bodyEdited(text, $0))
          }
        )
      ]
    case .bodyEdited(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .bodyEdited(_, .success(nil)): return [.toast(Toast(.notice, "nothing was altered"))]
    case .bodyEdited(let text, .success(let body?)):
      var facts = text.facts
      facts.body = body
      return [
        .apply([EditNoticeText(id: text.id, basedOn: text.version, facts: facts)]) { .changed($0) }
      ]
    case .removePressed:
      guard let text = state.text else { return [] }
      return [.apply([RemoveNoticeText(id: text.id, basedOn: text.version)]) { .changed($0) }]
    }
  }

  /// Chooses the draft that a text begins as, then asks for what it says.
  static func choose(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .draftsRead(.success(let drafts)):
      state.picker = DraftPicker.State(drafts)
      return []
    case .draftsRead(.failure(let failure)):
      // Without rules there are no drafts; a text can be written all the same.
      guard let mailing = state.mailing else { return [] }
      return [.toast(Toast(.notice, "no drafts: \(failure.reason)")), form(nil, mailing)]
    case .picker(.chosen(let draft)):
      state.picker = nil
      return state.mailing.map { [form(nil, $0, from: draft)] } ?? []
    case .picker(.closed):
      state.picker = nil
      return []
    case .picker(let inner):
      guard var picker = state.picker else { return [] }
      let effects = DraftPicker.reduce(&picker, inner, context)
      state.picker = picker
      return effects.map { $0.map(Action.picker) }
    default: return []
    }
  }

  private static func form(
    _ text: NoticeText?,
    _ mailing: Mailing,
    from draft: NoticeDraft? = nil
  ) -> Effect<Action> {
    let facts = text?.facts ?? draft?.facts
    var fields = [
      FormField.line("subject", label: "Subject", value: facts?.subject ?? "", isRequired: true),
      FormField.line(
        "language",
        label: "Language",
        value: facts?.language ?? "en",
        help: "A tag such as de or pt-br",
        isRequired: true
      ),
      FormField.choices(
        "channels",
        label: "Channels",
        options: MailingChannel.allCases.map { ($0.rawValue, $0.label) },
        values: (facts?.channels ?? mailing.facts.channels).map(\.rawValue),
        help: "Over which it is told; none for a line to regulators"
      ),
      FormField.line(
        "jurisdictions",
        label: "Only for",
        value: facts?.jurisdictions.joined(separator: ", ") ?? "",
        help: "US-MA, US-CA or EU; empty for all that no other text names"
      ),
      FormField.choice(
        "audience",
        label: "Written for",
        value: facts?.audience.rawValue ?? "",
        options: NoticeAudience.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.choice(
        "others",
        label: "Languages",
        value: facts?.takesOtherLanguages == true ? "yes" : "",
        options: [("", "this one alone"), ("yes", "and those that have no text")]
      ),
    ]
    if text == nil {
      fields.append(
        FormField.text(
          "body",
          label: "Text",
          value: facts?.body ?? "",
          help: "Fields in double braces: {{name}}; # begins a heading, - a list",
          isRequired: true
        )
      )
    }
    return .present(
      .form(
        FormRequest(
          title: text.map { "\(mailing.reference) · \($0.name)" }
            ?? "\(mailing.reference) · New text\(draft.map { ", from \($0.id)" } ?? "")",
          fields: fields,
          draftKey: text.map { "notice.\($0.id)" }
            ?? "notice.new.\(mailing.id)\(draft.map { ".\($0.id)" } ?? "")",
          submit: { .write(.submitted(text, draft: draft?.id ?? "", $0)) }
        )
      )
    )
  }

  private static func facts(_ values: [String: String], _ text: NoticeText?) -> NoticeTextFacts {
    func words(_ id: String) -> [String] {
      (values[id] ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
    }
    return NoticeTextFacts(
      channels: words("channels").compactMap(MailingChannel.init(rawValue:)),
      language: values["language"] ?? "",
      jurisdictions: words("jurisdictions").map { $0.uppercased() },
      audience: values["audience"].flatMap(NoticeAudience.init(rawValue:)) ?? .everyone,
      takesOtherLanguages: values["others"] == "yes",
      subject: values["subject"] ?? "",
      body: values["body"] ?? text?.facts.body ?? "",
      draft: text?.facts.draft ?? ""
    )
  }
}
