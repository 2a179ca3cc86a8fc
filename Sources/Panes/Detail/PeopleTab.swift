public import Drawing
public import Model

/// The tab of the people affected, by jurisdiction, and of the data exposed.
public enum PeopleTab: Pane {
  /// The people of one jurisdiction.
  public struct Row: Identifiable, Sendable, Equatable {
    /// The jurisdiction; empty for the total that nobody has split.
    public var id: String { people.jurisdiction }
    /// How many.
    public let people: AffectedPeople
  }

  /// What it shows.
  public struct State: Sendable {
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// The jurisdictions.
    public var table = VirtualTable<Row>()

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: CursorAction {
    case shown(Incident)
    case moved(Motion)
    case createPressed, editPressed, removePressed, dataPressed
    case activityPressed
    case activitiesAnswered(Result<[ActivityRow], StoreError>)
    case activityChosen(ActivityFacts)
    case submitted([String: String])
    case dataSubmitted([String: String])
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let incident):
      if state.incident?.id != incident.id { state.table = VirtualTable() }
      state.incident = incident
      state.table.reload(incident.facts.affected.map { Row(people: $0) })
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(0, context.area.rows - 8))
      return []
    case .createPressed: return form(nil, state)
    case .editPressed:
      return state.table.selectedRow.map { form($0.people, state) } ?? []
    case .submitted(let values): return submit(values, state)
    case .removePressed:
      guard let row = state.table.selectedRow else { return [] }
      return edit(.affected(jurisdiction: row.id, people: nil), state)
    case .activityPressed:
      return [.ask(ActivityList(), slot: "people.activities") { .activitiesAnswered($0) }]
    case .activitiesAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .activitiesAnswered(.success(let rows)):
      guard !rows.isEmpty else {
        return [.toast(Toast(.notice, "the register has no activity; 6 c writes one down"))]
      }
      let letters = Array("abcdefghijklmnoprstuvwyz")
      let entries = zip(letters, rows).map { letter, row in
        MenuRequest<Action>.Entry(
          key: letter,
          label: row.activity.facts.name,
          note: row.activity.reference,
          action: .activityChosen(row.activity.facts)
        )
      }
      return [.present(.menu(MenuRequest(title: "Which activity was hit?", entries: entries)))]
    case .activityChosen(let facts):
      guard let incident = state.incident else { return [] }
      let edits = incident.facts.taking(from: [facts])
      guard !edits.isEmpty else {
        return [.toast(Toast(.notice, "the incident says all of that already"))]
      }
      return [
        .apply([EditIncident(id: incident.id, basedOn: incident.version, edits: edits)]) {
          .changed($0)
        }
      ]
    case .dataPressed:
      guard let incident = state.incident else { return [] }
      return FactEditing.begin(.data, incident).map { effect in
        effect.map { action in
          if case .dataSubmitted(let values) = action { return .dataSubmitted(values) }
          return .moved(.by(0))
        }
      }
    case .dataSubmitted(let values): return edit(.data(FactEditing.data(values)), state)
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func edit(_ edit: IncidentEdit, _ state: State) -> [Effect<Action>] {
    guard let incident = state.incident else { return [] }
    return [
      .apply([EditIncident(id: incident.id, basedOn: incident.version, edits: [edit])]) {
        .changed($0)
      }
    ]
  }

  private static func submit(_ values: [String: String], _ state: State) -> [Effect<Action>] {
    do {
      return edit(try edit(values), state)
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  /// What the values of the form say.
  static func edit(_ values: [String: String]) throws -> IncidentEdit {
    let jurisdiction = (values["jurisdiction"] ?? "").uppercased()
    if let problem = AffectedPeople.problem(withJurisdiction: jurisdiction) {
      throw NoJurisdiction(description: "\(jurisdiction): \(problem); \(Jurisdiction.advice)")
    }
    let digits = (values["count"] ?? "").filter { !" '.,\u{202F}\u{00A0}".contains($0) }
    let count = Int64(digits)
    if !digits.isEmpty && count == nil { throw NotPeople() }
    let quality = values["quality"].flatMap(AffectedPeople.Quality.init(rawValue:)) ?? .estimate
    let people = AffectedPeople(jurisdiction: jurisdiction, count: count, quality: quality)
    return .affected(jurisdiction: jurisdiction, people: people)
  }

  /// What was typed is no jurisdiction that a rule could find.
  private struct NoJurisdiction: Error, CustomStringConvertible {
    var description: String
  }

  /// What was typed is no number of people.
  private struct NotPeople: Error, CustomStringConvertible {
    let description = "not a number of people: give digits, or nothing for unknown"
  }

  private static func form(_ people: AffectedPeople?, _ state: State) -> [Effect<Action>] {
    guard let incident = state.incident else { return [] }
    return [
      .present(
        .form(
          FormRequest(
            title: "\(incident.markedReference) · People affected",
            fields: fields(people),
            draftKey: "people.\(incident.id)",
            submit: { .submitted($0) }
          )
        )
      )
    ]
  }

  /// The fields for the people of a jurisdiction.
  static func fields(_ people: AffectedPeople?, jurisdiction: String = "") -> [FormField] {
    [
      FormField.line(
        "jurisdiction",
        label: "Jurisdiction",
        value: people?.jurisdiction ?? jurisdiction,
        help: "EU-DE, GB, US-CA, BR …; empty for a total that is not split",
        check: { AffectedPeople.problem(withJurisdiction: $0.uppercased()) }
      ),
      FormField.line(
        "count",
        label: "People",
        value: people?.count.map(String.init) ?? "",
        help: "A number; empty where nobody knows how many"
      ),
      FormField.choice(
        "quality",
        label: "Known as",
        value: people?.quality.rawValue ?? "estimate",
        options: AffectedPeople.Quality.allCases.map { ($0.rawValue, $0.label) }
      ),
    ]
  }

  // MARK: Drawing

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    guard let incident = state.incident else { return }
    let (list, data) = rect.splitBottom(rect.rows >= 12 ? 7 : 0)
    let columns: [TableColumn<Row>] = [
      TableColumn("jurisdiction", title: "Jurisdiction", width: .fixed(14), priority: 6) {
        $0.id.isEmpty ? Line("all, not split", .textMuted) : Line(Untrusted($0.id), .textStrong)
      },
      TableColumn("count", title: "People", width: .fixed(15), alignment: .right, priority: 7) {
        $0.people.count == nil
          ? Line("unknown number", .warning) : Line(Look.count($0.people.count))
      },
      TableColumn(
        "quality",
        title: "Known as",
        width: .flexible(minimum: 9, weight: 1),
        priority: 5
      ) {
        Line($0.people.quality.label, .textMuted)
      },
    ]
    ItemList.draw(
      state.table,
      columns: columns,
      problem: nil,
      empty: "Nobody said yet who is affected; c adds a jurisdiction.",
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
    drawData(incident.facts.data, on: &canvas, in: data)
  }

  private static func drawData(_ data: DataExposure, on canvas: inout Canvas, in rect: Rect) {
    guard rect.rows > 0 else { return }
    let rows: [Line] = [
      Line(" Data", .heading),
      Line([
        Span(" categories  ", .textMuted),
        data.categories.isEmpty
          ? Span("not known", .textMuted)
          : Span(Untrusted(data.categories.joined(separator: ", "))),
      ]),
      Line([
        Span(" disclosed   ", .textMuted),
        data.disclosure.map { Span($0.label) } ?? Span("not stated", .textMuted),
      ]),
      Line([Span(" encrypted   ", .textMuted), Look.answer(data.isEncrypted)]),
      Line([Span(" key taken   ", .textMuted), Look.answer(data.isKeyTaken)]),
      Line([Span(" restored    ", .textMuted), Look.answer(data.isRestored)]),
      Line([Span(" recovered   ", .textMuted), Look.answer(data.isRecovered)]),
    ]
    canvas.stack(rows, in: rect)
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "people.edit",
        keys: [.enter, .character("e")],
        label: "edit",
        help: "Edit the number of this jurisdiction",
        section: .change,
        hint: 1,
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "no jurisdiction is listed")
        },
        action: { _ in .editPressed }
      ),
      ActionRow(
        "people.create",
        keys: [.character("c")],
        label: "create",
        help: "Add a jurisdiction whose people are affected",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "people.data",
        label: "data …",
        help: "Say which data was exposed, and how protected",
        section: .change,
        hint: 3,
        menuKey: "a",
        action: { _ in .dataPressed }
      ),
      ActionRow(
        "people.activity",
        label: "from activity …",
        help: "Take data and people over from an activity of the register that was hit",
        section: .change,
        menuKey: "t",
        action: { _ in .activityPressed }
      ),
      ActionRow(
        "people.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the jurisdiction off the list; u takes it back",
        section: .change,
        menuKey: "r",
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "no jurisdiction is listed")
        },
        action: { _ in .removePressed }
      ),
    ]
}
