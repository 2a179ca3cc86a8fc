public import Drawing
public import Model

/// The tab of an incident's duties: what is owed, what waits, what was filed and decided.
public enum ObligationsTab: Pane {
  /// A row: a duty, and below it what was filed and decided on it.
  public enum Row: Identifiable, Sendable, Equatable {
    case duty(ObligationRecord)
    case filing(Filing)
    case decision(Decision)
    case assessment(Assessment)

    /// What the row shows, by its kind and number.
    public var id: Subject {
      switch self {
      case .duty(let record): Subject(.obligation, record.id)
      case .filing(let filing): Subject(.filing, filing.id)
      case .decision(let decision): Subject(.decision, decision.id)
      case .assessment(let assessment): Subject(.assessment, assessment.id)
      }
    }

    /// The duty's rule; empty for a decision on the incident as a whole.
    var rule: String {
      switch self {
      case .duty(let record): record.obligation.id
      case .filing(let filing): filing.facts.rule
      case .decision(let decision): decision.facts.rule
      case .assessment: ""
      }
    }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// The duties that the record keeps.
    public var duties: [ObligationRecord] = []
    /// What was filed.
    public var filings: [Filing] = []
    /// What was decided.
    public var decisions: [Decision] = []
    /// How the risk to people was assessed, newest first.
    public var assessments: [Assessment] = []
    /// The assessments were altered: the decision form is to be shown once they were read again.
    var decidesNext: DecideAgain?
    /// The rows made of them.
    public var table = VirtualTable<Row>()
    /// The row to go to when it has been read.
    public var wanted: Subject?
    /// Who works here; nil until the tab was shown.
    var actor: String?
    /// Facts tried in a scratch copy; nil where none are.
    public var trial: Trial?
    /// Why the duties could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}

    /// The duty under the cursor, or the one that the filing or decision belongs to.
    var selectedDuty: ObligationRecord? {
      guard let row = table.selectedRow else { return nil }
      if case .duty(let record) = row { return record }
      return duties.first { $0.obligation.id == row.rule }
    }

    /// A decision form to come back to: the duty's rule, empty for the incident as a whole.
    struct DecideAgain: Sendable, Equatable {
      var rule: String
    }

    var selectedFiling: Filing? {
      if case .filing(let filing) = table.selectedRow { filing } else { nil }
    }

    var selectedDecision: Decision? {
      if case .decision(let decision) = table.selectedRow { decision } else { nil }
    }
  }

  /// What can happen to it.
  public indirect enum Action: Sendable {
    case shown(Incident)
    case dutiesAnswered(Result<[ObligationRecord], StoreError>)
    case filingsAnswered(Result<[Filing], StoreError>)
    case decisionsAnswered(Result<[Decision], StoreError>)
    case assessmentsAnswered(Result<[Assessment], StoreError>)
    case historyAnswered(String, Result<[ObligationRecord], StoreError>)
    case itemWanted(Subject)
    case moved(Motion)
    case readPressed, historyPressed, workOutPressed
    case workedOut(Result<DutyAnswer, ErrandFailure>)
    case createPressed, editPressed, removePressed
    case filingSubmitted(Filing?, rule: String, [String: String])
    case decidePressed, decideAgain(rule: String)
    case decisionSubmitted(ObligationRecord?, [String: String])
    case approval(ApprovalEvent)
    case assessment(AssessmentEvent)
    case answerPressed
    case keyChosen(FactKey)
    case answerSubmitted(FactKey, [String: String])
    case trial(TrialEvent)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let incident):
      state.actor = context.actor.name
      return show(&state, incident)
    case .dutiesAnswered(.success(let duties)):
      (state.problem, state.duties) = (nil, duties)
      arrange(&state)
      return []
    case .filingsAnswered(.success(let filings)):
      state.filings = filings
      arrange(&state)
      return []
    case .decisionsAnswered(.success(let decisions)):
      state.decisions = decisions
      arrange(&state)
      return []
    case .assessmentsAnswered(.success(let assessments)):
      state.assessments = assessments
      arrange(&state)
      guard let next = state.decidesNext, let incident = state.incident else { return [] }
      state.decidesNext = nil
      return [decisionForm(next.rule, state, incident, context)]
    case .assessment(.recorded(let next, .success)):
      state.decidesNext = next.map(State.DecideAgain.init(rule:))
      return [.toast(Toast(.done, "recorded; earlier ones stay readable"))]
    case .historyAnswered(let rule, .success(let answers)):
      return [.present(.reader(title: "History of \(rule)", lines: history(answers, context)))]
    case .dutiesAnswered(.failure(let error)), .filingsAnswered(.failure(let error)),
      .decisionsAnswered(.failure(let error)), .assessmentsAnswered(.failure(let error)),
      .historyAnswered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .itemWanted(let subject):
      state.wanted = subject
      select(&state)
      return []
    case .moved(let motion):
      state.table.move(motion, height: height(context.area))
      return []
    case .workedOut(.success(let answer)):
      return [.toast(Toast(.done, summary(answer)))]
    case .workedOut(.failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .changed(.success(let receipts)):
      let canUndo = receipts.contains(where: \.isReversible)
      return [.toast(Toast(.done, canUndo ? "saved · u undoes" : "recorded"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    case .trial(let event):
      guard let incident = state.incident else { return [] }
      return reduce(&state, event, incident, context)
    default:
      guard let incident = state.incident else { return [] }
      do {
        return try reduce(state, action, incident, context)
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    }
  }

  /// What alters nothing here: it goes into the record or lies over the screen.
  private static func reduce(
    _ state: State,
    _ action: Action,
    _ incident: Incident,
    _ context: PaneContext
  ) throws -> [Effect<Action>] {
    let duty = state.selectedDuty
    switch action {
    case .readPressed: return state.table.selectedRow.map { [read($0, state, context)] } ?? []
    case .historyPressed:
      guard let rule = duty?.obligation.id else { return [] }
      return [
        .ask(ObligationHistory(incident: incident.id, rule: rule), slot: "detail.dutyHistory") {
          .historyAnswered(rule, $0)
        }
      ]
    case .workOutPressed: return [.perform(.workOut(incident.id) { .workedOut($0) })]
    case .createPressed: return duty.map { [filingForm(nil, $0, incident)] } ?? []
    case .editPressed:
      if let filing = state.selectedFiling { return [filingForm(filing, duty, incident)] }
      if state.selectedDecision != nil {
        return [.toast(Toast(.notice, "a decision is never edited; d records a later one"))]
      }
      if case .assessment(let assessment)? = state.table.selectedRow {
        return try reduce(
          state,
          .opened(assessment.facts.method, decideNext: nil),
          incident,
          context
        )
      }
      return answer(duty, incident)
    case .removePressed:
      guard let filing = state.selectedFiling else { return [] }
      return [apply(RemoveFiling(id: filing.id, basedOn: filing.version))]
    case .filingSubmitted(let filing, let rule, let values):
      return try submit(filing, rule, values, state, incident, context)
    case .decidePressed:
      return [decisionForm(duty?.obligation.id ?? "", state, incident, context)]
    case .decideAgain(let rule): return [decisionForm(rule, state, incident, context)]
    case .decisionSubmitted(let record, let values):
      let facts = try FilingForms.facts(
        values,
        rule: record?.obligation.id ?? "",
        recommendation: record?.recommendation ?? "",
        assessments: state.assessments,
        incident,
        context
      )
      return [apply(RecordDecision(incident: incident.id, facts: facts))]
    case .approval(let event): return reduce(state, event)
    case .assessment(let event): return try reduce(state, event, incident, context)
    case .answerPressed: return answer(duty, incident)
    case .keyChosen(let key): return [ask(key, incident)]
    case .answerSubmitted(let key, let values):
      let edits = try AnswerForms.edits(key, values, incident.facts, context.reading)
      return [apply(EditIncident(id: incident.id, basedOn: incident.version, edits: edits))]
    default: return []
    }
  }

  static func apply(_ change: any Change) -> Effect<Action> { .apply([change]) { .changed($0) } }

  // MARK: Rows

  private static func show(_ state: inout State, _ incident: Incident) -> [Effect<Action>] {
    if state.incident?.id != incident.id {
      let (wanted, actor) = (state.wanted, state.actor)
      state = State()
      (state.wanted, state.actor) = (wanted, actor)
    }
    state.incident = incident
    let id = incident.id
    var effects: [Effect<Action>] = []
    if let edits = state.trial?.edits {
      effects.append(.perform(.duties(of: id, trying: edits) { .trial(.answered($0)) }))
    }
    return effects + [
      .ask(IncidentObligations(incident: id), slot: "detail.duties") { .dutiesAnswered($0) },
      .ask(IncidentFilings(incident: id), slot: "detail.filings") { .filingsAnswered($0) },
      .ask(IncidentDecisions(incident: id), slot: "detail.decisions") { .decisionsAnswered($0) },
      .ask(IncidentAssessments(incident: id), slot: "detail.assessments") {
        .assessmentsAnswered($0)
      },
    ]
  }

  /// Puts the rows in order: running clocks, what has no number, what waits, what was sent.
  static func arrange(_ state: inout State) {
    var rows: [Row] = []
    var shown: Set<String> = []
    for record in state.duties.enumerated().sorted(by: { left, right in
      (rank(left.element), left.offset) < (rank(right.element), right.offset)
    }).map(\.element) {
      let rule = record.obligation.id
      shown.insert(rule)
      rows.append(.duty(record))
      rows += state.filings.filter { $0.facts.rule == rule }.map { .filing($0) }
      rows += state.decisions.filter { $0.facts.rule == rule }.map { .decision($0) }
    }
    rows += state.filings.filter { !shown.contains($0.facts.rule) }.map { .filing($0) }
    rows += state.decisions.filter { !shown.contains($0.facts.rule) }.map { .decision($0) }
    rows += AssessmentMethod.allCases.compactMap { state.assessments.current($0) }
      .map { .assessment($0) }
    state.table.reload(rows)
    select(&state)
  }

  static func rank(_ record: ObligationRecord) -> Int {
    if record.sentAt != nil { return 4 }
    switch record.obligation.state {
    case .due: return 0
    case .held: return 1
    case .noFixedDeadline: return 2
    case .clockNotStarted, .undetermined, .none: return 3
    }
  }

  private static func select(_ state: inout State) {
    guard let wanted = state.wanted,
      let index = state.table.rows.firstIndex(where: { $0.id == wanted })
    else { return }
    state.table.select(id: wanted, at: index)
    state.wanted = nil
  }

  // MARK: Forms

  private static func filingForm(
    _ filing: Filing?,
    _ duty: ObligationRecord?,
    _ incident: Incident
  ) -> Effect<Action> {
    let rule = filing?.facts.rule ?? duty?.obligation.id ?? ""
    return .present(
      .form(
        FormRequest(
          title: "\(incident.reference) · \(rule) · \(filing == nil ? "What was sent" : "Filing")",
          fields: FilingForms.filing(
            filing,
            rule,
            recipient: duty?.obligation.recipient ?? ""
          ),
          draftKey: filing.map { "filing.\($0.id)" } ?? "filing.new.\(incident.id).\(rule)",
          submit: { .filingSubmitted(filing, rule: rule, $0) }
        )
      )
    )
  }

  /// Records what was sent; a late one without a reason asks for it first.
  private static func submit(
    _ filing: Filing?,
    _ rule: String,
    _ values: [String: String],
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext
  ) throws -> [Effect<Action>] {
    let facts = try FilingForms.facts(values, filing, rule: rule, context.reading)
    let due = state.duties.first { $0.obligation.id == rule }?.due
    if let due, facts.sentAt.earliest > due, facts.lateReason.isEmpty, facts.phase == .initial,
      values["late.asked"] == nil
    {
      let late = TimeWords.length(facts.sentAt.earliest - due)
      var kept = values
      // What was meant by now was meant then.
      kept["sent"] = facts.sentAt.text
      return [
        .present(
          .form(
            FormRequest(
              title: "\(rule) was sent \(late) late",
              fields: [
                FormField.text("late", label: "Why late", isRequired: true)
              ],
              submit: { [kept] in
                .filingSubmitted(
                  filing,
                  rule: rule,
                  kept.merging($0) { _, new in new }.merging(["late.asked": "yes"]) { old, _ in old
                  }
                )
              }
            )
          )
        )
      ]
    }
    if let filing {
      return [apply(EditFiling(id: filing.id, basedOn: filing.version, facts: facts))]
    }
    return [apply(AddFiling(incident: incident.id, facts: facts))]
  }

  /// Asks for what a duty waits for: at once where it is one thing, else by a menu.
  private static func answer(_ duty: ObligationRecord?, _ incident: Incident) -> [Effect<Action>] {
    let keys = duty?.obligation.state.missing ?? []
    guard let first = keys.first else {
      return [.toast(Toast(.notice, "nothing is missing for this duty; the tab Facts has all"))]
    }
    guard keys.count > 1 else { return [ask(first, incident)] }
    let entries = keys.enumerated().map { index, key in
      MenuRequest<Action>.Entry(
        key: index < 9 ? Character("\(index + 1)") : nil,
        label: key.label,
        note: key.question,
        action: .keyChosen(key)
      )
    }
    return [.present(.menu(MenuRequest(title: "Any of these is missing", entries: entries)))]
  }

  private static func ask(_ key: FactKey, _ incident: Incident) -> Effect<Action> {
    AnswerForms.ask(key, incident.facts, title: "\(incident.reference) · \(key.question)") {
      .answerSubmitted(key, $0)
    }
  }

  /// What an answer of the rules amounts to, in a line.
  private static func summary(_ answer: DutyAnswer) -> String {
    let tracked = answer.duties.count(where: \.isTracked)
    var counts: [FactKey: Int] = [:]
    for duty in answer.duties where !duty.isTracked {
      if let key = duty.state.missing.first { counts[key, default: 0] += 1 }
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    var parts = ["worked out: \(tracked) duties"]
    if let most { parts.append("\(most.value) more cannot be said without: \(most.key.label)") }
    if let fact = answer.unusable.first { parts.append("not usable: \(fact)") }
    return parts.joined(separator: " · ")
  }
}
