public import Drawing
public import Model

/// The tab of an incident's timeline: when it happened, and when it was recorded.
public enum TimelineTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// The entries: pinned first, then by when they happened.
    public var table = VirtualTable<TimelineEntry>()
    /// Why the entries could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case shown(Incident)
    case answered(Result<[TimelineEntry], StoreError>)
    case moved(Motion)
    case createPressed, editPressed, removePressed, readPressed, editorPressed
    case pinPressed, summaryPressed
    case editorReturned(TimelineEntry, Result<String?, ErrandFailure>)
    case submitted(TimelineEntry?, [String: String])
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
      return [
        .ask(IncidentTimeline(incident: incident.id), slot: "detail.timeline") { .answered($0) }
      ]
    case .answered(.success(let entries)):
      state.problem = nil
      state.table.reload(entries)
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(0, context.area.rows - 1))
      return []
    case .createPressed:
      return form(nil, state)
    case .editPressed:
      return state.table.selectedRow.map { form($0, state) } ?? []
    case .submitted(let entry, let values):
      return submit(entry, values, state, context)
    case .editorPressed:
      guard let entry = state.table.selectedRow else { return [] }
      return [
        .perform(
          .edit(text: entry.facts.text, name: "timeline-\(entry.id).txt") {
            .editorReturned(entry, $0)
          }
        )
      ]
    case .editorReturned(let entry, .success(let text?)):
      var facts = entry.facts
      facts.text = text
      return alter(entry, facts)
    case .editorReturned(_, .success(nil)): return [.toast(Toast(.notice, "nothing was altered"))]
    case .editorReturned(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .pinPressed:
      guard let entry = state.table.selectedRow else { return [] }
      var facts = entry.facts
      facts.isPinned.toggle()
      return alter(entry, facts)
    case .summaryPressed:
      guard let entry = state.table.selectedRow else { return [] }
      var facts = entry.facts
      facts.isInSummary.toggle()
      return alter(entry, facts)
    case .removePressed:
      guard let entry = state.table.selectedRow else { return [] }
      return [.apply([RemoveTimelineEntry(id: entry.id, basedOn: entry.version)]) { .changed($0) }]
    case .readPressed:
      return state.table.selectedRow.map { [.present(reader($0))] } ?? []
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func alter(_ entry: TimelineEntry, _ facts: TimelineFacts) -> [Effect<Action>] {
    [
      .apply([EditTimelineEntry(id: entry.id, basedOn: entry.version, facts: facts)]) {
        .changed($0)
      }
    ]
  }

  private static func submit(
    _ entry: TimelineEntry?,
    _ values: [String: String],
    _ state: State,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard let incident = state.incident else { return [] }
    let when = values["time"] ?? ""
    do {
      var facts =
        entry?.facts ?? TimelineFacts(happened: nil, text: "", source: context.actor.name)
      facts.happened = when.isEmpty ? nil : try StatedTime(reading: when, context.reading)
      facts.text = values["text"] ?? ""
      facts.source = values["source"] ?? ""
      if let entry { return alter(entry, facts) }
      return [.apply([AddTimelineEntry(incident: incident.id, facts: facts)]) { .changed($0) }]
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  private static func form(_ entry: TimelineEntry?, _ state: State) -> [Effect<Action>] {
    guard let incident = state.incident else { return [] }
    let facts = entry?.facts
    let fields = [
      FormField.text("text", label: "What happened", value: facts?.text ?? "", isRequired: true),
      FormField.line(
        "time",
        label: "When",
        value: entry == nil ? "now" : facts?.happened?.text ?? "",
        help: "now, 14:30, -3h, 2026-05-18 14:30 +02:00, March 2025; empty for not known"
      ),
      FormField.line(
        "source",
        label: "Source",
        value: facts?.source ?? "",
        help: "Who or what says so"
      ),
    ]
    let key = entry.map { "timeline.\($0.id)" } ?? "timeline.new.\(incident.id)"
    return [
      .present(
        .form(
          FormRequest(
            title: "\(incident.reference) · \(entry == nil ? "New entry" : "Entry")",
            fields: fields,
            draftKey: key,
            submit: { .submitted(entry, $0) }
          )
        )
      )
    ]
  }

  private static func reader(_ entry: TimelineEntry) -> Overlay<Action> {
    .reader(
      title: "Timeline entry \(entry.id)",
      lines: [
        Line([Span("happened  ", .textMuted), Look.time(entry.facts.happened)]),
        Line([
          Span("recorded  ", .textMuted), Span("\(Look.minute(entry.recordedAt)) UTC by "),
          Span(Untrusted(entry.recordedBy)),
        ]),
        Line([Span("source    ", .textMuted), Span(Untrusted(entry.facts.source))]), Line(""),
      ]
        + entry.facts.text.split(separator: "\n", omittingEmptySubsequences: false).map {
          Line(Untrusted(String($0)))
        }
    )
  }

  // MARK: Drawing

  static let columns: [TableColumn<TimelineEntry>] = [
    TableColumn("flags", title: "", width: .fixed(2), priority: 6) {
      Line(($0.facts.isPinned ? "^" : " ") + ($0.facts.isInSummary ? "S" : " "), .badge)
    },
    TableColumn("happened", title: "Happened", width: .fixed(20), priority: 7) {
      Line([Look.brief($0.facts.happened)])
    },
    TableColumn("text", title: "What", width: .flexible(minimum: 12, weight: 4), priority: 8) {
      Line(Untrusted(firstLine($0.facts.text)))
    },
    TableColumn("source", title: "Source", width: .flexible(minimum: 8, weight: 1), priority: 3) {
      Line(Untrusted($0.facts.source), .textMuted)
    },
    TableColumn("recorded", title: "Recorded UTC", width: .fixed(16), priority: 4) {
      Line(Look.minute($0.recordedAt), .textMuted)
    },
  ]

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    ItemList.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: "Nothing on the timeline yet; c writes an entry.",
      isFocused: context.isFocused,
      on: &canvas,
      in: rect
    )
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "timeline.read",
        keys: [.enter],
        label: "read",
        help: "Read the whole entry",
        section: .find,
        hint: 1,
        availability: hasEntry,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "timeline.create",
        keys: [.character("c")],
        label: "create",
        help: "Write an entry on the timeline",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "timeline.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Edit the entry",
        section: .change,
        hint: 3,
        availability: hasEntry,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "timeline.editor",
        keys: [.character("E")],
        label: "edit in $EDITOR",
        help: "Edit the entry's text in $EDITOR",
        section: .change,
        availability: hasEntry,
        action: { _ in .editorPressed }
      ),
      ActionRow(
        "timeline.pin",
        label: "pin",
        help: "Keep the entry at the top, or let it go",
        section: .change,
        menuKey: "p",
        availability: hasEntry,
        action: { _ in .pinPressed }
      ),
      ActionRow(
        "timeline.summary",
        label: "in summary",
        help: "Put the entry into the summary, or take it out",
        section: .change,
        menuKey: "m",
        availability: hasEntry,
        action: { _ in .summaryPressed }
      ),
      ActionRow(
        "timeline.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the entry off the timeline; u takes it back",
        section: .change,
        menuKey: "r",
        availability: hasEntry,
        action: { _ in .removePressed }
      ),
    ]

  private static let hasEntry: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no entry under the cursor")
  }
}
