import Drawing
import Model

extension ObligationsTab {
  /// What was sent: its form, its copy, its versions.
  static func reduceFiling(
    _ state: State,
    _ action: Action,
    _ incident: Incident,
    _ context: PaneContext
  ) throws -> [Effect<Action>] {
    switch action {
    case .filingPressed(let rule): return [filingForm(nil, rule, state, incident, context)]
    case .filingSubmitted(let filing, let rule, let values):
      return try submit(filing, rule, values, state, incident, context)
    case .copyDigested(let filing, let rule, let values, .failure(let failure)):
      return [
        filingForm(filing, rule, state, incident, context, typed: values),
        .toast(Toast(.failure, failure.reason)),
      ]
    case .copyDigested(let filing, let rule, let values, .success(let file)):
      let facts = try FilingForms.facts(values, filing, rule: rule, context.reading)
      return [
        .apply([copy(of: facts, file, isKept: values["keep"] != "no", incident)]) {
          .copyAdded(filing, facts, $0)
        }
      ]
    case .copyAdded(_, _, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .copyAdded(let filing, let facts, .success(let receipts)):
      var facts = facts
      facts.evidence = receipts.last?.subject.id
      return [record(facts, over: filing, incident)]
    case .versionsPressed:
      guard let filing = state.selectedFiling else { return [] }
      return [
        .ask(FilingVersions(filing: filing.id), slot: "detail.versions") {
          .versionsAnswered(filing, $0)
        }
      ]
    default: return []
    }
  }

  /// Asks for what was sent; where the duty was met before, first which duty this one meets.
  static func file(
    _ duty: ObligationRecord,
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    let rule = duty.obligation.id
    let next = followers(of: rule, state, context)
    guard !next.isEmpty, state.filings.contains(where: { $0.facts.rule == rule }) else {
      return [filingForm(nil, rule, state, incident, context)]
    }
    let entries =
      next.enumerated().map { index, follower in
        MenuRequest<Action>.Entry(
          key: index < 9 ? Character("\(index + 1)") : nil,
          label: follower.id,
          note: "\(follower.phase.label): \(follower.duty)",
          action: .filingPressed(rule: follower.id)
        )
      } + [
        .init(
          key: "a",
          label: "\(rule) again",
          note: "another sending of the same; it meets no other duty",
          action: .filingPressed(rule: rule)
        )
      ]
    return [
      .present(.menu(MenuRequest(title: "\(rule) was met. What was sent?", entries: entries)))
    ]
  }

  /// The duties of the incident that complete or follow what a rule asks, to the same recipient.
  private static func followers(
    of rule: String,
    _ state: State,
    _ context: PaneContext
  ) -> [Rule] {
    guard let rules = context.rules, let first = rules.rule(rule)?.rule else { return [] }
    return state.duties.compactMap { rules.rule($0.obligation.id)?.rule }.filter { other in
      other.phase != .initial && other.recipient == first.recipient
        && other.clocks.contains { $0.start.rules.contains(rule) }
    }
  }

  static func filingForm(
    _ filing: Filing?,
    _ rule: String,
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext,
    typed: [String: String] = [:]
  ) -> Effect<Action> {
    let duty = state.duties.first { $0.obligation.id == rule }?.obligation
    let start = FilingStart(
      rule,
      recipient: duty?.recipient ?? "",
      jurisdiction: duty?.jurisdiction ?? "",
      filed: state.filings,
      contacts: state.contacts,
      rules: context.rules
    )
    return .present(
      .form(
        FormRequest(
          title:
            "\(incident.markedReference) · \(rule) · \(filing == nil ? "What was sent" : "Filing")",
          fields: FilingForms.filing(filing, from: start, copies: state.evidence, typed: typed),
          draftKey: filing.map { "filing.\($0.id)" } ?? "filing.new.\(incident.id).\(rule)",
          submit: { .filingSubmitted(filing, rule: rule, $0) }
        )
      )
    )
  }

  /// Records what was sent; a late one without a reason asks for it first, and a copy is hashed.
  private static func submit(
    _ filing: Filing?,
    _ rule: String,
    _ values: [String: String],
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext
  ) throws -> [Effect<Action>] {
    let facts = try FilingForms.facts(values, filing, rule: rule, context.reading)
    if let late = lateness(of: facts, filing, state) {
      var kept = values
      // What was meant by now was meant then.
      kept["sent"] = facts.sentAt.text
      return [
        .present(
          .form(
            FormRequest(
              title: "\(rule) was sent \(TimeWords.length(late)) late",
              fields: [FormField.text("late", label: "Why late", isRequired: true)],
              submit: { [kept] in
                .filingSubmitted(filing, rule: rule, kept.merging($0) { _, new in new })
              }
            )
          )
        )
      ]
    }
    let path = values["copy"]?.trimmed ?? ""
    guard path.isEmpty else {
      var kept = values
      kept["sent"] = facts.sentAt.text
      return [
        .perform(
          .digest(path: path, copy: values["keep"] != "no") { [kept] in
            .copyDigested(filing, rule: rule, kept, $0)
          }
        )
      ]
    }
    return [record(facts, over: filing, incident)]
  }

  /// By how much the first filing of a duty came after its deadline; nil where a reason is given.
  private static func lateness(
    of facts: FilingFacts,
    _ filing: Filing?,
    _ state: State
  ) -> Duration? {
    guard facts.lateReason.trimmed.isEmpty,
      let due = state.duties.first(where: { $0.obligation.id == facts.rule })?.due,
      facts.sentAt.earliest > due,
      !state.filings.contains(where: { other in
        other.id != filing?.id && other.facts.rule == facts.rule
          && other.facts.sentAt.earliest <= facts.sentAt.earliest
      })
    else { return nil }
    return facts.sentAt.earliest - due
  }

  private static func record(_ facts: FilingFacts, over filing: Filing?, _ incident: Incident)
    -> Effect<Action>
  {
    if let filing {
      return apply(EditFiling(id: filing.id, basedOn: filing.version, facts: facts))
    }
    return apply(AddFiling(incident: incident.id, facts: facts))
  }

  /// A file as evidence of what was sent.
  private static func copy(
    of facts: FilingFacts,
    _ file: FileFacts,
    isKept: Bool,
    _ incident: Incident
  ) -> AddEvidence {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    return AddEvidence(
      incident: incident.id,
      facts: EvidenceFacts(
        title: name,
        path: file.path,
        sha256: file.sha256,
        size: file.size,
        isCopied: isKept,
        note: "what was sent: \(facts.rule), \(facts.phase.label)"
      )
    )
  }

  // MARK: Versions

  static func read(_ versions: [FilingVersions.Row], of filing: Filing) -> Effect<Action> {
    .present(
      .reader(title: "Filing \(filing.id): versions", lines: lines(versions, of: filing))
    )
  }

  /// Every version of a filing, newest first, with what the one before said otherwise.
  static func lines(_ versions: [FilingVersions.Row], of filing: Filing) -> [Line] {
    versions.enumerated().flatMap { index, version -> [Line] in
      let head = Line([
        Span(index == 0 ? "stands     " : "replaced   ", index == 0 ? .deadlineMet : .textMuted),
        Span("\(Look.minute(version.at)) UTC", .textStrong), Span("  by ", .textMuted),
        Span(Untrusted(version.by)),
      ])
      guard let facts = version.facts else {
        return [head, Line("  its details were erased from the journal", .warning), Line("")]
      }
      var copy = filing
      (copy.facts, copy.version) = (facts, 1)
      let rule = Line([Span("  duty ", .textMuted), Span(Untrusted(facts.rule))])
      return [head, rule] + DutyText.lines(of: copy) + [Line("")]
    }
  }

  // MARK: Rows in the table of actions

  static let filingRows: [ActionRow<State, Action>] = [
    ActionRow(
      "duty.checklist",
      keys: [.character("C")],
      label: "contents",
      help: "What the duty's notice must say: what is there, and what is missing",
      section: .find,
      hint: 6,
      menuKey: "c",
      availability: {
        .when($0.selectedDuty != nil, otherwise: "there is no duty under the cursor")
      },
      action: { _ in .checklist(.opened) }
    ),
    ActionRow(
      "duty.contact",
      label: "contact …",
      help: "What the organisation knows of those whom the duty tells: portal, number, person",
      section: .change,
      menuKey: "o",
      availability: {
        .when($0.selectedDuty != nil, otherwise: "there is no duty under the cursor")
      },
      action: { _ in .contact(.pressed) }
    ),
    ActionRow(
      "filing.versions",
      label: "versions",
      help: "Every version of the filing under the cursor, the earlier ones too",
      section: .find,
      menuKey: "v",
      availability: {
        .when($0.selectedFiling != nil, otherwise: "there is no filing under the cursor")
      },
      action: { _ in .versionsPressed }
    ),
  ]
}
