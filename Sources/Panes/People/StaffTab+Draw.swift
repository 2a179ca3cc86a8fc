public import Drawing
import Model

extension StaffTab {
  /// The groups, and what the one under the cursor must do.
  static func layout(_ state: State, _ area: Size) -> SplitLayout {
    let needed = state.groups.isLoaded ? max(1, state.groups.total) + 3 : area.rows
    return SplitLayout(
      area,
      alone: state.focus,
      isZoomed: state.isZoomed,
      left: max(58, area.columns / 2),
      upper: min(max(5, area.rows / 2), needed)
    )
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, context.area).moved(by: rect)
    if let divider = layout.divider { canvas.rule(divider) }
    if !layout.list.isEmpty { drawGroups(state, on: &canvas, in: layout.list, context) }
    if !layout.detail.isEmpty { drawDuties(state, on: &canvas, in: layout.detail, context) }
  }

  private static func drawGroups(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (list, status) = rect.splitBottom(1)
    ItemList.draw(
      state.groups,
      columns: groupColumns(rect.columns),
      problem: state.problem.map { "Training could not be read: \($0)" },
      empty: state.status == nil
        ? "" : "No staff yet: tocsin training staff import FILE brings a list in.",
      isFocused: context.isFocused && state.focus == .list,
      on: &canvas,
      in: list
    )
    if let known = state.status, known.duties.total > 0 {
      canvas.write(DutyBar.legend(known.duties), in: status)
    }
  }

  private static func groupColumns(_ width: Int) -> [TableColumn<TrainingStatus.Group>] {
    let bar = width >= 90 ? 24 : width >= 56 ? 14 : 8
    return [
      TableColumn("name", title: "Group", width: .flexible(minimum: 10, weight: 3), priority: 10) {
        Line(Untrusted($0.name), .textStrong)
      },
      TableColumn("people", title: "People", width: .fixed(6), alignment: .right, priority: 4) {
        Line("\($0.people)", $0.people == 0 ? .textMuted : .text)
      },
      TableColumn("bar", title: "Training", width: .fixed(bar), priority: 9) {
        Line(DutyBar.bar($0.duties, columns: bar))
      },
      TableColumn("share", title: "", width: .fixed(5), alignment: .right, priority: 7) {
        Look.inOrder($0.duties)
      },
      TableColumn("due", title: "Due", width: .fixed(4), alignment: .right, priority: 5) {
        Line(
          $0.duties.due == 0 ? "·" : "\($0.duties.due)",
          $0.duties.due == 0 ? .textMuted : .deadlineSoon
        )
      },
      TableColumn("late", title: "Late", width: .fixed(5), alignment: .right, priority: 8) {
        Look.late($0.duties.late)
      },
    ]
  }

  private static func drawDuties(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (head, rest) = rect.splitTop(1)
    let (list, status) = rest.splitBottom(1)
    if let group = state.groups.selectedRow {
      canvas.write(
        Line([
          Span(" "), Span(Untrusted(group.name), .heading, .bold),
          Span("  \(group.people) people, \(group.latePeople) with something late", .textMuted),
        ]),
        in: head
      )
    }
    let scope: [Span] = state.scope == .all ? [] : [Span(" \(state.scope.label)", .match)]
    ItemList.draw(
      state.duties,
      columns: dutyColumns(rect.columns),
      problem: nil,
      empty: !state.duties.isLoaded
        ? ""
        : state.scope == .all
          ? "Nobody here must do anything; ] turns to plans."
          : "Nothing is among these; Esc shows all.",
      isFocused: context.isFocused && state.focus == .detail,
      on: &canvas,
      in: list
    )
    let more: [Span] =
      state.total > state.duties.rows.count
      ? [Span(" the most urgent \(state.duties.rows.count) of \(state.total)", .warning)] : []
    ListStatus.draw(scope + more, of: state.duties, on: &canvas, in: status)
  }

  private static func dutyColumns(_ width: Int) -> [TableColumn<TrainingDuties.Row>] {
    [
      TableColumn("state", title: "Stands", width: .fixed(9), priority: 10) {
        Line([Look.duty($0.standing.state)])
      },
      TableColumn("until", title: "Until", width: .fixed(10), priority: 9) { row in
        row.standing.until.map {
          Line($0.iso, row.standing.state.isLate ? .textStrong : .text)
        } ?? Line("no end", .textMuted)
      },
      TableColumn("code", title: "Course", width: .flexible(minimum: 8, weight: 2), priority: 8) {
        Line($0.code)
      },
      TableColumn("person", title: "Person", width: .fixed(12), priority: 7) {
        Line($0.pseudonym, .textStrong)
      },
      TableColumn("last", title: "Done last", width: .fixed(10), priority: 4) {
        $0.standing.last.map { Line($0.on.iso, .textMuted) } ?? Line("never", .textMuted)
      },
      TableColumn("version", title: "Version", width: .flexible(minimum: 6, weight: 1), priority: 2)
      {
        Line(Untrusted($0.standing.last?.version ?? ""), .textMuted)
      },
    ]
  }

  // MARK: Rows in the table of actions

  private static let hasDuty: @Sendable (State) -> Availability = {
    .when(
      $0.focus == .detail && $0.duties.selectedRow != nil,
      otherwise: "there is no person under the cursor; Tab goes to them"
    )
  }

  private static let hasGroup: @Sendable (State) -> Availability = {
    .when($0.groups.selectedRow != nil, otherwise: "there is no group under the cursor")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "people.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Go to the people of the group, or read what one of them must do",
        section: .move,
        hint: 1,
        availability: hasGroup,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Show what is late, due, done, or all",
        section: .find,
        hint: 2,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "focus",
        keys: [.tab, .backTab],
        label: "other part",
        help: "Go to the people of the group, or back to the groups",
        section: .move,
        hint: 3,
        availability: hasGroup,
        action: { _ in .focusMoved }
      ),
      ActionRow(
        "zoom",
        keys: [.character("z")],
        label: "zoom",
        help: "Give the whole area to one part, or share it again",
        section: .view,
        action: { _ in .zoomPressed }
      ),
      ActionRow(
        "people.done",
        label: "done …",
        help: "Record that the person completed or acknowledged this",
        section: .change,
        menuKey: "d",
        availability: hasDuty,
        action: { _ in .donePressed }
      ),
      ActionRow(
        "people.member",
        label: "person …",
        help: "Move the person to another group, set roles, and the days of joining and leaving",
        section: .change,
        menuKey: "p",
        availability: hasDuty,
        action: { _ in .memberPressed }
      ),
      ActionRow(
        "people.reveal",
        label: "name …",
        help: "Show who it is, for a reason that the journal keeps",
        section: .change,
        menuKey: "v",
        availability: hasDuty,
        action: { _ in .revealPressed }
      ),
      ActionRow(
        "people.rename",
        keys: [.character("e")],
        label: "rename",
        help: "Give the group another name",
        section: .change,
        availability: hasGroup,
        action: { _ in .renamePressed }
      ),
    ]
}
