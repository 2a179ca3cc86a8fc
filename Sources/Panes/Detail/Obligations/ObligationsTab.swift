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
    /// Whether they were read: rows wait for them, or the cursor would stay with a filing that came first.
    var areDutiesRead = false
    /// What was filed.
    public var filings: [Filing] = []
    /// What was decided.
    public var decisions: [Decision] = []
    /// How the risk to people was assessed, newest first.
    public var assessments: [Assessment] = []
    /// The rule whose decision form is to be shown once altered assessments were read again; empty
    /// for the incident as a whole.
    var decidesNext: String?
    /// Who works here; nil until the tab was shown.
    var actor: String?
    /// The incident's evidence: copies of what was sent are among it.
    public var evidence: [Evidence] = []
    /// What the organisation knows of those whom laws tell.
    public var contacts: [AuthorityContact] = []
    /// The required contents of one duty's notice; nil where they are not looked at.
    public var checklist: Checklist?
    /// The rows made of them.
    public var table = VirtualTable<Row>()
    /// The row to go to when it has been read.
    public var wanted: Subject?
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

    var selectedFiling: Filing? {
      if case .filing(let filing) = table.selectedRow { filing } else { nil }
    }

    var selectedDecision: Decision? {
      if case .decision(let decision) = table.selectedRow { decision } else { nil }
    }
  }

  /// What can happen to it.
  public indirect enum Action: CursorAction {
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
    case filingPressed(rule: String)
    case filingSubmitted(Filing?, rule: String, [String: String])
    case copyDigested(Filing?, rule: String, [String: String], Result<FileFacts, ErrandFailure>)
    case copyAdded(Filing?, FilingFacts, Result<[Receipt], StoreError>)
    case evidenceAnswered(Result<[Evidence], StoreError>)
    case versionsPressed
    case versionsAnswered(Filing, Result<[FilingVersions.Row], StoreError>)
    case contactsAnswered(Result<[AuthorityContact], StoreError>)
    case contact(ContactEvent)
    case checklist(ChecklistEvent)
    case decidePressed, decideAgain(rule: String)
    case approval(ApprovalEvent)
    case assessment(AssessmentEvent)
    case decisionSubmitted(ObligationRecord?, [String: String])
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
      (state.problem, state.duties, state.areDutiesRead) = (nil, duties, true)
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
    case .evidenceAnswered(.success(let evidence)):
      state.evidence = evidence
      return []
    case .contactsAnswered(.success(let contacts)):
      state.contacts = contacts
      return []
    case .versionsAnswered(let filing, .success(let versions)):
      return [read(versions, of: filing)]
    case .assessmentsAnswered(.success(let assessments)):
      return take(assessments, &state, context)
    case .assessment(.recorded(let next, .success)):
      state.decidesNext = next
      return [.toast(Toast(.done, "recorded; earlier ones stay readable"))]
    case .historyAnswered(let rule, .success(let answers)):
      return [.present(.reader(title: "History of \(rule)", lines: history(answers, context)))]
    case .dutiesAnswered(.failure(let error)), .filingsAnswered(.failure(let error)),
      .decisionsAnswered(.failure(let error)), .assessmentsAnswered(.failure(let error)),
      .historyAnswered(_, .failure(let error)),
      .evidenceAnswered(.failure(let error)), .contactsAnswered(.failure(let error)),
      .versionsAnswered(_, .failure(let error)):
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
    case .checklist(let event):
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
    case .createPressed: return duty.map { file($0, state, incident, context) } ?? []
    case .editPressed:
      if let filing = state.selectedFiling {
        return [filingForm(filing, filing.facts.rule, state, incident, context)]
      }
      if state.selectedDecision != nil {
        return [.toast(Toast(.notice, "a decision is never edited; d records a later one"))]
      }
      if let method = state.selectedMethod {
        return try reduce(state, .opened(method, decideNext: nil), incident, context)
      }
      return answer(duty, incident)
    case .removePressed:
      guard let filing = state.selectedFiling else { return [] }
      return [apply(RemoveFiling(id: filing.id, basedOn: filing.version))]
    case .filingPressed, .filingSubmitted, .copyDigested, .copyAdded, .versionsPressed:
      return try reduceFiling(state, action, incident, context)
    case .contact(let event): return reduce(state, event, context)
    case .decidePressed:
      return [decisionForm(duty?.obligation.id ?? "", state, incident, context)]
    case .decideAgain(let rule): return [decisionForm(rule, state, incident, context)]
    case .decisionSubmitted(let record, let values):
      return [try decide(record, values, state, incident, context)]
    case .approval(let event): return reduce(event)
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
      .ask(IncidentEvidence(incident: id), slot: "detail.copies") { .evidenceAnswered($0) },
      .ask(AuthorityContacts(), slot: "detail.contacts") { .contactsAnswered($0) },
    ] + refresh(state)
  }

  /// Puts the rows in order: running clocks, what has no number, what waits, what was sent.
  static func arrange(_ state: inout State) {
    guard state.areDutiesRead else { return }
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
    AnswerForms.ask(key, incident.facts, title: "\(incident.markedReference) · \(key.question)") {
      .answerSubmitted(key, $0)
    }
  }

  /// What an answer of the rules amounts to, in a line.
  private static func summary(_ answer: DutyAnswer) -> String {
    let tracked = answer.duties.count { $0.isTracked(wasKept: false) }
    var counts: [FactKey: Int] = [:]
    for duty in answer.duties where !duty.isTracked(wasKept: false) {
      if let key = duty.state.missing.first { counts[key, default: 0] += 1 }
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    var parts = ["worked out: \(tracked) duties"]
    if let most { parts.append("\(most.value) more cannot be said without: \(most.key.label)") }
    if let fact = answer.unusable.first { parts.append("not usable: \(fact)") }
    return parts.joined(separator: " · ")
  }
}
