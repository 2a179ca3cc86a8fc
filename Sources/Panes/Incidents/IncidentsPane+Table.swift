import Drawing
import Model

extension IncidentsPane {
  private static let finding: [ActionRow<State, Action>] = HitRows.rows(
    "incident with a hit",
    availability: hasHits
  ) { .findMoved($0) }

  private static let marking: [ActionRow<State, Action>] = MarkRows.rows(
    "Mark the incident, or take its mark away, and go down",
    hint: 6,
    availability: hasSelection,
    hasMarks: { !$0.list.marks.isEmpty },
    all: ActionRow(
      "mark.all",
      keys: [.character("a")],
      label: "mark all",
      help: "Mark all incidents that pass the filter",
      section: .mark,
      action: { _ in .markAllPressed }
    )
  ) { event in
    switch event {
    case .one: .markPressed
    case .range: .rangePressed
    case .clear: .clearMarksPressed
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "incident.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Open the incident under the cursor",
        section: .move,
        hint: 1,
        availability: hasSelection,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Narrow the list: word, ~fuzzy, !not, field:value, opened>2026-01",
        section: .find,
        hint: 3,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "filter.saved",
        keys: [.character("F")],
        label: "saved filters",
        help: "Choose a saved filter, or save the present one",
        section: .find,
        action: { _ in .savedFiltersPressed }
      ),
      ActionRow(
        "search",
        keys: [.character("/")],
        label: "search",
        help: "Search all texts: incidents, timelines, tasks, evidence",
        section: .find,
        hint: 2,
        action: { _ in .findPressed }
      ),
    ] + finding + marking + [
      ActionRow(
        "incident.create",
        keys: [.character("c")],
        label: "create",
        help: "Open a new incident",
        section: .change,
        hint: 4,
        action: { _ in .createPressed }
      ),
      newDrillRow,
      ActionRow(
        "incident.severity",
        label: "severity …",
        help: "Set the severity of the incident or of all marked ones",
        section: .change,
        menuKey: "v",
        availability: hasTargets,
        action: { _ in .bulkPressed(.severity) }
      ),
      ActionRow(
        "incident.state",
        label: "state …",
        help: "Move the handling on or back, with a reason",
        section: .change,
        menuKey: "s",
        availability: hasTargets,
        action: { _ in .bulkPressed(.state) }
      ),
      ActionRow(
        "incident.outcome",
        label: "outcome …",
        help: "Say what it turned out to be",
        section: .change,
        menuKey: "o",
        availability: hasTargets,
        action: { _ in .bulkPressed(.outcome) }
      ),
      ActionRow(
        "incident.lead",
        label: "lead …",
        help: "Say who leads",
        section: .change,
        menuKey: "l",
        availability: hasTargets,
        action: { _ in .bulkPressed(.lead) }
      ),
      ActionRow(
        "incident.tag",
        label: "add tag …",
        help: "Add a tag",
        section: .change,
        menuKey: "t",
        availability: hasTargets,
        action: { _ in .bulkPressed(.tag) }
      ),
      ActionRow(
        "incident.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take incidents out of the lists; asks first, and u takes it back",
        section: .change,
        menuKey: "r",
        availability: hasTargets,
        action: { _ in .bulkPressed(.remove) }
      ),
      ActionRow(
        "repeat",
        keys: [.character(".")],
        label: "repeat",
        help: "Do the last change again here",
        section: .change,
        availability: { .when($0.lastBulk != nil, otherwise: "there is nothing to repeat yet") },
        action: { _ in .repeatPressed }
      ),
      ActionRow(
        "copy",
        keys: [.character("y")],
        label: "copy …",
        help: "Copy something of the incident to the terminal's clipboard",
        section: .mark,
        availability: hasSelection,
        action: { _ in .copyPressed }
      ),
      ActionRow(
        "column.previous",
        keys: [.character("<")],
        label: "column left",
        help: "Choose the column to the left, for sorting",
        section: .view,
        action: { _ in .columnMoved(-1) }
      ),
      ActionRow(
        "column.next",
        keys: [.character(">")],
        label: "column right",
        help: "Choose the column to the right, for sorting",
        section: .view,
        action: { _ in .columnMoved(1) }
      ),
      ActionRow(
        "sort",
        keys: [.character("s")],
        label: "sort",
        help: "Sort by the chosen column; again turns the order around",
        section: .view,
        hint: 7,
        action: { _ in .sortPressed }
      ),
      ActionRow(
        "columns",
        keys: [.character("|")],
        label: "columns …",
        help: "Show or hide columns",
        section: .view,
        action: { _ in .columnsPressed }
      ),
      ActionRow(
        "pause",
        keys: [.character("P")],
        label: "pause",
        help: "Stop or go on showing changes made elsewhere",
        section: .view,
        action: { _ in .pausePressed }
      ),
    ] + drillRows + both

  /// Rows that apply to list and open incident alike.
  static let both: [ActionRow<State, Action>] = [
    ActionRow(
      "focus",
      keys: [.tab, .backTab],
      label: "other pane",
      help: "Go between the list and the open incident",
      section: .move,
      availability: { .when($0.detail != nil, otherwise: "no incident is open") },
      action: { _ in .focusMoved }
    ),
    ActionRow(
      "zoom",
      keys: [.character("z")],
      label: "zoom",
      help: "Give the whole area to this part, or share it again",
      section: .view,
      availability: { .when($0.detail != nil, otherwise: "no incident is open") },
      action: { _ in .zoomPressed }
    ),
    ActionRow(
      "back",
      keys: [.escape, .character("q")],
      label: "back",
      help: "Close the incident, clear search, filter or marks, or go back",
      section: .move,
      hint: 9,
      action: { _ in .backPressed }
    ),
  ]

  /// The rows that apply now.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    guard state.focus == .detail, let detail = state.detail else {
      return actions.bound(to: state, for: query)
    }
    // The menus of a real incident's records stay short: what they lack the palette explains.
    let isShown = query != .menu || detail.incident?.isExercise == true
    return IncidentDetailPane.table(detail, for: query).map { $0.map(Action.detail) }
      + (isShown ? drillRows : []).bound(to: state, for: query) + both.bound(to: state, for: query)
  }

  private static let hasSelection: @Sendable (State) -> Availability = {
    .when($0.list.selectedRow != nil, otherwise: "there is no incident under the cursor")
  }

  private static let hasTargets: @Sendable (State) -> Availability = {
    .when(!targets($0).isEmpty, otherwise: "there is no incident under the cursor")
  }

  private static let hasHits: @Sendable (State) -> Availability = {
    .when($0.find?.incidents.isEmpty == false, otherwise: "nothing was searched for; / searches")
  }
}
