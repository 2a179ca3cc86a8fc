import Drawing
public import Model

extension ObligationsTab {
  /// What happens to the assessments of the risk to people.
  public indirect enum AssessmentEvent: Sendable {
    /// A method is to be chosen; with the rule whose decision form is come back to.
    case pressed(decideNext: String?)
    case opened(AssessmentMethod, decideNext: String?)
    case submitted(AssessmentMethod, [String: String], decideNext: String?)
    case recorded(String?, Result<[Receipt], StoreError>)
    case historyPressed
  }

  /// What happens to a second person's consent.
  public enum ApprovalEvent: Sendable {
    case pressed(Decision)
    case confirmed(Decision)
    case refusePressed(Decision)
    case refused(Decision, [String: String])
  }

  // MARK: Assessments

  static func reduce(
    _ state: State,
    _ event: AssessmentEvent,
    _ incident: Incident,
    _ context: PaneContext
  ) throws -> [Effect<Action>] {
    switch event {
    case .pressed(let next): return [.present(.menu(menu(state, next)))]
    case .opened(let method, let next):
      return [.present(.form(form(method, state, incident, next, context)))]
    case .submitted(let method, let values, let next):
      let changes = try AssessmentForms.changes(
        method,
        values,
        incident,
        context.organisation,
        before: state.assessments.current(method)
      )
      return [.apply(changes) { .assessment(.recorded(next, $0)) }]
    case .recorded(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .recorded(_, .success): return []
    case .historyPressed:
      guard !state.assessments.isEmpty else {
        return [.toast(Toast(.notice, "the risk was not assessed yet; s does it"))]
      }
      let lines = state.assessments.flatMap { assessment in
        let current = state.assessments.current(assessment.facts.method)
        return AssessmentForms.lines(of: assessment, isCurrent: current?.id == assessment.id)
          + [Line("")]
      }
      return [.present(.reader(title: "Assessments of \(incident.markedReference)", lines: lines))]
    }
  }

  private static func menu(_ state: State, _ next: String?) -> MenuRequest<Action> {
    MenuRequest(
      title: "Assess the risk to people by",
      entries: zip(AssessmentMethod.allCases, ["e", "f"] as [Character]).map { method, key in
        let standing = state.assessments.current(method)
        return .init(
          key: key,
          label: method.label,
          note: standing.map { "stands at \($0.edition): \($0.facts.risk.label)" }
            ?? "not assessed yet",
          action: .assessment(.opened(method, decideNext: next))
        )
      }
    )
  }

  private static func form(
    _ method: AssessmentMethod,
    _ state: State,
    _ incident: Incident,
    _ next: String?,
    _ context: PaneContext
  ) -> FormRequest<Action> {
    FormRequest(
      title: AssessmentForms.title(method, incident),
      fields: AssessmentForms.fields(
        method,
        incident,
        context.organisation,
        before: state.assessments.current(method)
      ),
      draftKey: "assessment.\(incident.id).\(method.rawValue)",
      live: AssessmentForms.live(method),
      cancelled: next.map { .decideAgain(rule: $0) },
      submit: { .assessment(.submitted(method, $0, decideNext: next)) }
    )
  }

  /// Takes the assessments that were read; comes back to the decision form that one was made for.
  static func take(
    _ assessments: [Assessment],
    _ state: inout State,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    state.assessments = assessments
    arrange(&state)
    guard let rule = state.decidesNext, let incident = state.incident else { return [] }
    state.decidesNext = nil
    return [decisionForm(rule, state, incident, context)]
  }

  // MARK: Decisions

  static func decide(
    _ duty: ObligationRecord?,
    _ values: [String: String],
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext
  ) throws -> Effect<Action> {
    let facts = try FilingForms.facts(
      values,
      rule: duty?.obligation.id ?? "",
      recommendation: duty?.recommendation ?? "",
      assessments: state.assessments,
      incident,
      context
    )
    return apply(RecordDecision(incident: incident.id, facts: facts))
  }

  static func decisionForm(
    _ rule: String,
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext
  ) -> Effect<Action> {
    let duty = state.duties.first { $0.obligation.id == rule }
    let advice = Recommendation.all(state.assessments, for: rule, context.rules)
    let recommendation = duty?.recommendation ?? ""
    return .present(
      .form(
        FormRequest(
          title: "\(incident.markedReference) · \(rule.isEmpty ? "All duties" : rule) · Decision",
          fields: FilingForms.decision(by: context.actor.name),
          draftKey: "decision.new.\(incident.id).\(rule)",
          live: { FilingForms.live($0, recommendation, advice) },
          jump: .init(
            key: .control("t"),
            label: "assess",
            action: .assessment(.pressed(decideNext: rule))
          ),
          submit: { .decisionSubmitted(duty, $0) }
        )
      )
    )
  }

  // MARK: A second person

  static func reduce(_ event: ApprovalEvent) -> [Effect<Action>] {
    switch event {
    case .pressed(let decision): return [.present(.confirm(approval(of: decision)))]
    case .confirmed(let decision):
      return [apply(ApproveDecision(id: decision.id, basedOn: decision.version))]
    case .refusePressed(let decision):
      return [
        .present(
          .form(
            FormRequest(
              title: "Refuse the decision \(decision.facts.decision.infinitive)",
              fields: [
                FormField.text(
                  "reason",
                  label: "Why",
                  help: "It stays in the record as refused; a later decision takes its place",
                  isRequired: true
                )
              ],
              draftKey: "decision.refuse.\(decision.id)",
              submit: { .approval(.refused(decision, $0)) }
            )
          )
        )
      ]
    case .refused(let decision, let values):
      return [
        apply(
          RefuseDecision(
            id: decision.id,
            basedOn: decision.version,
            reason: values["reason"] ?? ""
          )
        )
      ]
    }
  }

  private static func approval(of decision: Decision) -> Confirmation<Action> {
    Confirmation(
      title: "Approve the decision \(decision.facts.decision.infinitive)?",
      lines: [
        Line([Span("ground: ", .textMuted), Span(decision.facts.ground.label)]),
        Line(Untrusted(decision.facts.reasoning)),
        Line([Span("by: ", .textMuted), Span(Untrusted(decision.facts.decidedBy))]),
        Line("Approving cannot be undone. Who decided cannot approve it."),
      ],
      doLabel: "Approve",
      action: .approval(.confirmed(decision))
    )
  }

  /// How a decision stands with a second person: by word and by role.
  static func consent(_ decision: Decision, _ context: PaneContext) -> Span {
    if let approval = decision.approval {
      return Span(Untrusted("approved by \(approval.by)"), .success)
    }
    if let refusal = decision.refusal {
      return Span(Untrusted("refused by \(refusal.by)"), .danger)
    }
    guard context.organisation?.needsSecondPerson == true else { return Span("") }
    return Span(
      decision.isBy(context.actor.name) ? "waits for another" : "waits for approval",
      .warning
    )
  }

  // MARK: Rows in the table of actions

  static let decisionRows: [ActionRow<State, Action>] = [
    ActionRow(
      "duty.decide",
      keys: [.character("d")],
      label: "decide",
      help: "Record a decision: notify, do not notify, or later",
      section: .change,
      hint: 4,
      menuKey: "d",
      action: { _ in .decidePressed }
    ),
    ActionRow(
      "duty.assess",
      keys: [.character("t")],
      label: "assess",
      help: "Assess the risk to people: ENISA's worksheet or the EDPB's risk factors",
      section: .change,
      hint: 5,
      menuKey: "a",
      action: { _ in .assessment(.pressed(decideNext: nil)) }
    ),
    ActionRow(
      "duty.assessments",
      label: "assessments",
      help: "Read every assessment of the risk to people, newest first",
      section: .find,
      menuKey: "b",
      availability: {
        .when(!$0.assessments.isEmpty, otherwise: "the risk was not assessed yet")
      },
      action: { _ in .assessment(.historyPressed) }
    ),
    approvalRow(
      "duty.approve",
      "approve",
      "Approve the decision under the cursor as the second person",
      "a"
    ) { .pressed($0) },
    approvalRow(
      "duty.refuse",
      "refuse",
      "Refuse the decision under the cursor as the second person, and say why",
      "n"
    ) { .refusePressed($0) },
  ]

  private static func approvalRow(
    _ id: String,
    _ label: String,
    _ help: String,
    _ key: Character,
    _ event: @escaping @Sendable (Decision) -> ApprovalEvent
  ) -> ActionRow<State, Action> {
    ActionRow(
      id,
      label: label,
      help: help,
      section: .change,
      menuKey: key,
      availability: { state in
        guard let decision = state.selectedDecision else {
          return .disabled("there is no decision under the cursor")
        }
        if let approval = decision.approval {
          return .disabled("the decision was approved by \(approval.by)")
        }
        if let refusal = decision.refusal {
          return .disabled("the decision was refused by \(refusal.by)")
        }
        return .when(
          state.actor.map { !decision.isBy($0) } ?? true,
          otherwise: "who decided cannot approve it: another account must"
        )
      },
      action: { state in
        state.selectedDecision.map { .approval(event($0)) } ?? .readPressed
      }
    )
  }

  // MARK: Reading

  /// A decision in full.
  static func lines(of decision: Decision, _ context: PaneContext) -> [Line] {
    let facts = decision.facts
    var lines = [
      Line([
        Span(facts.decision.label, .textStrong, .bold),
        Span(facts.rule.isEmpty ? "  the incident as a whole" : "  \(facts.rule)", .textMuted),
      ]),
      Line([Span("ground      ", .textMuted), Span(facts.ground.label)]),
      Line([Span("reasoning   ", .textMuted), Span(Untrusted(facts.reasoning))]),
      Line([
        Span("decided by  ", .textMuted), Span(Untrusted(facts.decidedBy)),
        Span("  \(facts.decidedAt.plainWithZone)"),
      ]),
      Line([
        Span("written by  ", .textMuted), Span(Untrusted(decision.recordedBy)),
        Span("  \(Look.minute(decision.recordedAt)) UTC"),
      ]),
      consentLine(decision, context),
    ]
    for (name, text) in [
      ("recommended ", facts.recommendation), ("worksheet   ", worksheet(facts)),
    ] where !text.isEmpty {
      lines.append(Line([Span(name, .textMuted), Span(Untrusted(text))]))
    }
    lines += facts.recommendations.map {
      Line([Span("made under  ", .textMuted), Span(Untrusted($0.text))])
    }
    if !facts.difference.isEmpty {
      lines.append(
        Line([Span("differs as  ", .warning), Span(Untrusted(facts.difference))])
      )
    }
    for (name, text) in [("effects     ", facts.effects), ("remedy      ", facts.remedy)] {
      guard let text, !text.isEmpty else { continue }
      lines.append(Line([Span(name, .textMuted), Span(Untrusted(text))]))
    }
    let missing = facts.missingForRegister
    if !missing.isEmpty {
      lines.append(
        Line("missing for the register: \(missing.joined(separator: ", "))", .warning)
      )
    }
    if !facts.inputs.isEmpty {
      lines += [Line(""), Line("Rested on", .heading)]
      lines += facts.inputs.map { Line([Span("· ", .textMuted), Span(Untrusted($0))]) }
    }
    return lines
  }

  /// The worksheet of a decision from before assessments were kept on their own.
  private static func worksheet(_ facts: DecisionFacts) -> String {
    facts.recommendations.contains { $0.method == .enisa } ? "" : facts.worksheet?.text ?? ""
  }

  private static func consentLine(_ decision: Decision, _ context: PaneContext) -> Line {
    if let approval = decision.approval {
      return Line([
        Span("approved    ", .textMuted),
        Span(Untrusted("\(approval.by)  \(Look.minute(approval.at)) UTC"), .success),
      ])
    }
    if let refusal = decision.refusal {
      return Line([
        Span("refused     ", .textMuted),
        Span(
          Untrusted("\(refusal.by)  \(Look.minute(refusal.at)) UTC: \(refusal.reason)"),
          .danger
        ),
      ])
    }
    let isAsked = context.organisation?.needsSecondPerson == true
    return Line([
      Span("approved    ", .textMuted),
      Span(isAsked ? "not yet" : "not asked for", isAsked ? .warning : .textMuted),
    ])
  }
}

extension ObligationsTab.State {
  /// The method of the assessment under the cursor.
  var selectedMethod: AssessmentMethod? {
    if case .assessment(let assessment) = table.selectedRow { assessment.facts.method } else { nil }
  }
}
