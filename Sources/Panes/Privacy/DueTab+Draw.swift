public import Drawing
public import Model

extension DueTab {
  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    PrivacyLayout.draw(
      state.table,
      columns: columns(context),
      problem: state.problem,
      empty: state.table.isLoaded
        ? "Nothing is due for deletion. Rules are made in Activities: x r." : "",
      status: [],
      detail: state.table.selectedRow.map { PrivacyText.lines($0, context) },
      on: &canvas,
      in: rect,
      context
    )
  }

  private static func columns(_ context: PaneContext) -> [TableColumn<DueData>] {
    let (now, zone) = (context.now, context.dutyZone)
    return [
      TableColumn("state", title: "  State", width: .fixed(13), priority: 10) {
        Line([PrivacyText.state($0, now)])
      },
      TableColumn("since", title: "Since", width: .fixed(10), priority: 8) { row in
        row.dueAt.map { Line(PrivacyText.day($0, in: zone)) } ?? Line("–", .textMuted)
      },
      TableColumn("late", title: "Late", width: .fixed(7), alignment: .right, priority: 5) { row in
        guard let dueAt = row.dueAt, dueAt < now else { return Line("–", .textMuted) }
        return Line(TimeWords.age(dueAt, now: now), .warning)
      },
      TableColumn("count", title: "Number", width: .fixed(9), alignment: .right, priority: 9) {
        $0.count == nil
          ? Line("?", .warning) : Line(Look.count($0.count), .textStrong)
      },
      TableColumn("of", title: "Of", width: .fixed(13), priority: 7) {
        Line($0.reference, .textStrong)
      },
      TableColumn("title", title: "What", width: .flexible(minimum: 12, weight: 4), priority: 11) {
        Line(Untrusted($0.title))
      },
      TableColumn("kept", title: "Kept", width: .flexible(minimum: 12, weight: 2), priority: 4) {
        Line($0.words, .textMuted)
      },
      TableColumn("rule", title: "Rule", width: .fixed(8), priority: 3) {
        Line($0.rule, .textMuted)
      },
    ]
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    state.table.rows.compactMap { row in
      guard let dueAt = row.dueAt else { return nil }
      return dueAt < context.now
        ? TimeWords.nextAge(dueAt, now: context.now) : dueAt + .milliseconds(1)
    }.min()
  }

  private static let hasRow: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "nothing is under the cursor")
  }

  private static let ofRule: @Sendable (State) -> Availability = { state in
    guard let row = state.table.selectedRow else { return hasRow(state) }
    return .when(
      row.target == .activity,
      otherwise: "what Tocsin itself keeps is erased, x e"
    )
  }

  private static let deletable: @Sendable (State) -> Availability = { state in
    guard let row = state.table.selectedRow, row.target == .activity else { return ofRule(state) }
    return .when(row.holds.isEmpty, otherwise: "a legal hold covers it")
  }

  private static let ofOwn: @Sendable (State) -> Availability = { state in
    guard let row = state.table.selectedRow else { return hasRow(state) }
    guard row.holds.isEmpty else { return .disabled("a legal hold covers it") }
    return .when(row.subject != nil, otherwise: "it lies elsewhere; x d records what was deleted")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "due.read",
        keys: [.enter, .character("K")],
        label: "open",
        help: "Read by which rule it is due, since when, and what stands against it",
        section: .find,
        hint: 1,
        availability: hasRow,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "due.go",
        keys: [.character("l"), .right],
        label: "go there",
        help: "Go to the activity, the mailing or the request",
        section: .find,
        hint: 2,
        availability: hasRow,
        action: { _ in .goPressed }
      ),
      ActionRow(
        "due.deleted",
        label: "deleted …",
        help: "Record that the data were deleted, how much and with what evidence",
        section: .change,
        hint: 3,
        menuKey: "d",
        availability: deletable,
        action: { _ in .deletionPressed }
      ),
      ActionRow(
        "due.number",
        label: "number …",
        help: "Say how much data there is, and of when",
        section: .change,
        menuKey: "n",
        availability: ofRule,
        action: { _ in .numberPressed }
      ),
      ActionRow(
        "due.hold",
        label: "legal hold …",
        help: "Forbid to delete it, for a reason",
        section: .change,
        menuKey: "h",
        availability: hasRow,
        action: { _ in .holdPressed }
      ),
      ActionRow(
        "due.erase",
        label: "erase people …",
        help: "Destroy the key to the people that Tocsin itself keeps; nothing takes it back",
        section: .change,
        menuKey: "e",
        availability: ofOwn,
        action: { _ in .erasePressed }
      ),
    ]
}
