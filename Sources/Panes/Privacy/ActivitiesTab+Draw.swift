public import Drawing
import Model

extension ActivitiesTab {
  static func layout(_ area: Size) -> SplitLayout { PrivacyLayout.split(area) }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let empty =
      state.table.isLoaded
      ? state.filterText.isEmpty
        ? "No activities yet. c writes one down; tocsin import activities reads a list."
        : "No activity passes the filter; Esc clears it." : ""
    PrivacyLayout.draw(
      state.table,
      columns: columns(context),
      problem: state.problem,
      empty: empty,
      status: ListStatus.filter(state.filterText),
      detail: state.table.selectedRow.map { row in
        PrivacyText.lines(row) + PrivacyText.data(row, missing(row, context))
      },
      on: &canvas,
      in: rect,
      context
    )
  }

  /// The categories that nobody has justified, as the list can tell.
  private static func missing(_ row: ActivityRow, _ context: PaneContext) -> Set<String> {
    let months = context.organisation?.justifyMonths ?? Justification.usualMonths
    return Set(
      Justification.missing(
        in: row.activity,
        months: months,
        at: context.now,
        zone: context.dutyZone
      ).map(\.category)
    )
  }

  private static func columns(_ context: PaneContext) -> [TableColumn<ActivityRow>] {
    [
      TableColumn("reference", title: "Activity", width: .fixed(8), priority: 8) {
        Line($0.activity.reference, .textStrong)
      },
      TableColumn(
        "name",
        title: "Name",
        width: .flexible(minimum: 14, weight: 4),
        priority: 10
      ) { Line(Untrusted($0.activity.facts.name)) },
      TableColumn("role", title: "Role", width: .fixed(10), priority: 3) {
        Line($0.activity.facts.role.rawValue, .textMuted)
      },
      TableColumn("basis", title: "Basis", width: .fixed(16), priority: 5) { row in
        if row.activity.facts.role == .processor { return Line("–", .textMuted) }
        return row.activity.facts.basis.map { Line($0.label) } ?? Line("none", .warning)
      },
      TableColumn("data", title: "Data", width: .fixed(4), alignment: .right, priority: 4) {
        Line("\($0.activity.facts.data.count)", .textMuted)
      },
      TableColumn("unjustified", title: "Unjust.", width: .fixed(7), priority: 7) {
        $0.unjustified == 0
          ? Line("–", .textMuted) : Line("! \($0.unjustified)", .warning, .bold)
      },
      TableColumn("gaps", title: "Lacks", width: .flexible(minimum: 10, weight: 2), priority: 9) {
        row in
        guard let first = row.gaps.first else { return Line("+ complete", .stateDone) }
        let more = row.gaps.count > 1 ? " +\(row.gaps.count - 1)" : ""
        return Line([Span("! ", .warning, .bold), Span(Untrusted(first)), Span(more, .textMuted)])
      },
      TableColumn("owner", title: "Owner", width: .flexible(minimum: 8, weight: 1), priority: 6) {
        Line(
          Untrusted($0.activity.facts.owner ?? "nobody"),
          $0.activity.facts.owner == nil ? .warning : .text
        )
      },
    ]
  }

  private static let hasRow: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no activity under the cursor")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "activity.read",
        keys: [.enter, .character("K"), .character("l"), .right],
        label: "open",
        help: "Read the activity with its data, rules, gaps and history",
        section: .find,
        hint: 1,
        availability: hasRow,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "activity.create",
        keys: [.character("c")],
        label: "create",
        help: "Write a processing activity down",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "activity.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Edit what is known of the activity",
        section: .change,
        hint: 3,
        availability: hasRow,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Narrow the list to activities with a text: name, purpose, people, systems, owner",
        section: .find,
        hint: 4,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "activity.justify",
        label: "justify …",
        help: "Say again why it holds a category of data",
        section: .change,
        menuKey: "j",
        availability: hasRow,
        action: { _ in .justifyPressed }
      ),
      ActionRow(
        "activity.rule",
        label: "retention rule …",
        help: "Say how long its data are kept, and on what ground",
        section: .change,
        menuKey: "r",
        availability: hasRow,
        action: { _ in .rulePressed }
      ),
      ActionRow(
        "activity.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the activity off the list; u takes it back",
        section: .change,
        availability: hasRow,
        action: { _ in .removePressed }
      ),
    ]
}
