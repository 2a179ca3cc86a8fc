public import Drawing
public import Model

/// The tab of an incident's facts: a row each, and the summary below.
public enum FactsTab: Pane {
  /// One fact as a row.
  public struct Row: Identifiable, Sendable, Equatable {
    /// The fact's name, stable.
    public let id: String
    /// What kind of fact it is, for editing.
    public let kind: FactKind
    /// What stands before it.
    public let label: String
    /// The value as it is shown.
    public let value: Line
    /// Where the value comes from, quietly.
    public let note: String
  }

  /// What it shows.
  public struct State: Sendable {
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// Its links, and those of what belongs to it.
    public var links: [IncidentLinks.Row] = []
    /// The facts.
    public var table = VirtualTable<Row>()

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public indirect enum Action: CursorAction {
    case shown(Incident)
    case moved(Motion)
    case editPressed
    case editorPressed
    case editorReturned(Incident, Result<String?, ErrandFailure>)
    case clearPressed
    case edited(IncidentEdit)
    case timeSubmitted(IncidentInstant, [String: String])
    case awarenessSubmitted([String: String])
    case dataSubmitted([String: String])
    case answerSubmitted(FactKey, [String: String])
    case stateChosen(IncidentState, String)
    /// What the rules say of the clocks that an edit would stop.
    case stopsAnswered(any Change, Result<DutyAnswer, ErrandFailure>)
    case saveConfirmed(any Change)
    case prompted(PromptRequest<Action>)
    case explainPressed
    case linksAnswered(Result<[IncidentLinks.Row], StoreError>)
    case link(LinkEvent)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let incident):
      if state.incident?.id != incident.id { (state.links, state.table) = ([], VirtualTable()) }
      state.incident = incident
      state.table.reload(FactRows.rows(of: incident, state.links))
      return [
        .ask(IncidentLinks(incident: incident.id), slot: "detail.links") { .linksAnswered($0) }
      ]
    case .linksAnswered(.success(let links)):
      state.links = links
      state.table.reload(state.incident.map { FactRows.rows(of: $0, links) } ?? [])
      return []
    case .linksAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .moved(let motion):
      state.table.move(motion, height: layout(state, context.area).rows.rows)
      return []
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    case .prompted(let prompt): return [.present(.prompt(prompt))]
    default: break
    }
    guard let incident = state.incident else { return [] }
    switch action {
    case .link(let event):
      let here = Subject(.incident, incident.id)
      let owner = RecordLinks.Owner(subject: here, incident: incident, links: state.links)
      return RecordLinks.reduce(event, owner, wrap: Action.link) { .changed($0) }
    case .editPressed:
      if case .link(let link) = state.table.selectedRow?.kind,
        let row = state.links.first(where: { $0.link == link })
      {
        return [RecordLinks.follow(row, from: Subject(.incident, incident.id))]
      }
      return state.table.selectedRow.map { FactEditing.begin($0.kind, incident) } ?? []
    case .editorPressed:
      let name = "\(incident.reference)-summary.txt"
      return [
        .perform(
          .edit(text: incident.facts.summary, name: name) { .editorReturned(incident, $0) }
        )
      ]
    case .editorReturned(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .editorReturned(_, .success(nil)): return [.toast(Toast(.notice, "nothing was altered"))]
    case .editorReturned(let seen, .success(let text?)):
      return [
        .apply([EditIncident(id: seen.id, basedOn: seen.version, edits: [.summary(text)])]) {
          .changed($0)
        }
      ]
    case .clearPressed:
      if case .link(let link) = state.table.selectedRow?.kind {
        return [.apply([RemoveLink(link)]) { .changed($0) }]
      }
      guard let edit = state.table.selectedRow?.kind.cleared else {
        return [.toast(Toast(.notice, "this fact cannot be cleared"))]
      }
      return reduce(&state, .edited(edit), context)
    case .edited(let edit): return FactStops.save(edit, incident)
    case .stopsAnswered(let change, let answer):
      return FactStops.answered(change, answer, context)
    case .saveConfirmed(let change): return FactStops.saved(change)
    case .timeSubmitted(let instant, let values):
      return FactEditing.time(instant, values, incident, context)
    case .awarenessSubmitted(let values):
      return FactEditing.awareness(values, incident, context)
    case .dataSubmitted(let values):
      return reduce(&state, .edited(.data(FactEditing.data(values))), context)
    case .answerSubmitted(let key, let values):
      do {
        let edits = try AnswerForms.edits(key, values, incident.facts, context.reading)
        return [
          .apply([EditIncident(id: incident.id, basedOn: incident.version, edits: edits)]) {
            .changed($0)
          }
        ]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .stateChosen(let target, let reason):
      let move = MoveIncident(
        id: incident.id,
        basedOn: incident.version,
        state: target,
        reason: reason
      )
      return [.apply([move]) { .changed($0) }]
    case .explainPressed:
      guard let row = state.table.selectedRow else { return [] }
      return [.present(.reader(title: row.label, lines: row.kind.explanation))]
    default: return []
    }
  }

  // MARK: Drawing

  /// Facts above, summary below, as far as the height allows.
  static func layout(_ state: State, _ area: Size) -> (rows: Rect, summary: Rect) {
    let whole = Rect(area)
    guard area.rows >= 10 else { return (whole, whole.splitBottom(0).bottom) }
    // A heading and the text, two fifths at most: the rest belongs to the facts.
    let most = area.rows - area.rows * 3 / 5
    let text = Untrusted(state.incident?.facts.summary ?? "")
    let lines = TextWrap.lines(text, width: max(1, area.columns - 2), limit: most).count
    let (rows, summary) = whole.splitBottom(min(most, lines + 1))
    return (rows, summary)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, Size(columns: rect.columns, rows: rect.rows))
    let labelWidth = min(16, rect.columns / 3)
    state.table.draw(
      columns: [
        TableColumn("label", title: "", width: .fixed(labelWidth), priority: 3) {
          Line($0.label, .textMuted)
        },
        TableColumn(
          "value",
          title: "",
          width: .flexible(minimum: min(40, max(10, rect.columns - labelWidth - 3)), weight: 3),
          priority: 4
        ) {
          $0.value
        },
        TableColumn("note", title: "", width: .flexible(minimum: 30, weight: 1), priority: 1) {
          Line(Untrusted($0.note), .textMuted)
        },
      ],
      order: nil,
      focusedColumn: nil,
      isFocused: context.isFocused,
      hasHeader: false,
      on: &canvas,
      in: layout.rows.moved(by: rect)
    )
    guard let incident = state.incident, layout.summary.rows > 1 else { return }
    let (heading, text) = layout.summary.moved(by: rect).splitTop(1)
    canvas.write(Line(" Summary", .heading), in: heading)
    var row = text.row
    let body =
      incident.facts.summary.isEmpty
      ? [Line("nothing yet; E writes it in the editor", .textMuted)]
      : TextWrap.lines(Untrusted(incident.facts.summary), width: max(1, text.columns - 2))
    for line in body.prefix(text.rows) {
      canvas.write(
        line,
        in: Rect(column: text.column + 1, row: row, columns: text.columns - 2, rows: 1)
      )
      row += 1
    }
    if body.count > text.rows {
      canvas.write(
        Line("… E shows all ", .textMuted),
        in: text.splitBottom(1).bottom,
        alignment: .right
      )
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "fact.edit",
        keys: [.character("e"), .enter],
        label: "edit",
        help: "Edit the fact under the cursor",
        section: .change,
        hint: 1,
        availability: hasIncident,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "fact.editor",
        keys: [.character("E")],
        label: "edit in $EDITOR",
        help: "Edit the summary in $EDITOR",
        section: .change,
        hint: 2,
        availability: hasIncident,
        action: { _ in .editorPressed }
      ),
      ActionRow(
        "fact.clear",
        keys: [.character("D")],
        label: "clear",
        help: "Say that the fact is not known; u takes it back",
        section: .change,
        availability: hasIncident,
        action: { _ in .clearPressed }
      ),
      ActionRow(
        "fact.link",
        label: "link …",
        help: "Connect the incident with another incident, a task, a note or evidence",
        section: .change,
        menuKey: "l",
        availability: hasIncident,
        action: { _ in .link(.linkPressed) }
      ),
      ActionRow(
        "fact.explain",
        keys: [.character("K")],
        label: "what is this",
        help: "Explain the fact under the cursor",
        section: .find,
        availability: hasIncident,
        action: { _ in .explainPressed }
      ),
    ]

  private static let hasIncident: @Sendable (State) -> Availability = {
    .when($0.incident != nil, otherwise: "the incident is still being read")
  }
}
