public import Drawing
import Model

extension CoursesTab {
  struct Layout {
    var list: Rect
    var detail: Rect?
    var status: Rect
  }

  /// The list, below it the course under the cursor where there is room, and a line below.
  static func layout(_ state: State, _ area: Size) -> Layout {
    let (rest, status) = Rect(area).splitBottom(1)
    guard area.rows >= 14 else { return Layout(list: rest, status: status) }
    let needed = min(max(4, state.table.total + 1), rest.rows / 2)
    let (list, detail) = rest.splitTop(needed)
    return Layout(list: list, detail: detail, status: status)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, context.area)
    ItemList.draw(
      state.table,
      columns: columns(state, rect.columns),
      problem: state.problem.map { "Courses could not be read: \($0)" },
      empty: state.today == nil ? "" : "No courses or protocols yet. c writes one down.",
      isFocused: context.isFocused,
      on: &canvas,
      in: layout.list.moved(by: rect)
    )
    if let detail = layout.detail?.moved(by: rect), let standing = state.table.selectedRow {
      let (rule, area) = detail.splitTop(1)
      canvas.rule(rule)
      canvas.stack(lines(standing, state), in: area.inset(columns: 1))
    }
    ListStatus.draw(of: state.table, on: &canvas, in: layout.status.moved(by: rect))
  }

  private static func columns(_ state: State, _ width: Int)
    -> [TableColumn<TrainingStatus.CourseStanding>]
  {
    let bar = width >= 100 ? 20 : width >= 60 ? 12 : 8
    let today = state.today
    return [
      TableColumn("code", title: "Code", width: .flexible(minimum: 9, weight: 1), priority: 10) {
        Line($0.course.facts.code, .textStrong)
      },
      TableColumn("name", title: "Name", width: .flexible(minimum: 12, weight: 4), priority: 7) {
        Line(Untrusted($0.course.facts.name))
      },
      TableColumn("kind", title: "Kind", width: .fixed(8), priority: 4) {
        Line($0.course.facts.form.label, .textMuted)
      },
      TableColumn("version", title: "Version", width: .fixed(8), priority: 5) { standing in
        Line(Untrusted(today.flatMap { standing.course.facts.version(on: $0)?.label } ?? ""))
      },
      TableColumn("holds", title: "Holds", width: .fixed(6), priority: 3) {
        $0.course.facts.validMonths.map { Line("\($0) mo") } ?? Line("no end", .textMuted)
      },
      TableColumn("bar", title: "Training", width: .fixed(bar), priority: 9) {
        Line(DutyBar.bar($0.duties, columns: bar))
      },
      TableColumn("late", title: "Late", width: .fixed(5), alignment: .right, priority: 8) {
        Look.late($0.duties.late)
      },
      TableColumn("incidents", title: "Incid.", width: .fixed(6), alignment: .right, priority: 6) {
        Line($0.incidents == 0 ? "·" : "\($0.incidents)", $0.incidents == 0 ? .textMuted : .warning)
      },
    ]
  }

  /// What is known of a course.
  static func lines(_ standing: TrainingStatus.CourseStanding, _ state: State) -> [Line] {
    let facts = standing.course.facts
    var lines = [
      Line([
        Span("\(facts.code)  ", .heading, .bold), Span(Untrusted(facts.name), .textStrong),
      ]),
      DutyBar.legend(standing.duties),
    ]
    if !facts.address.isEmpty {
      lines.append(Line([Span("Where     ", .textMuted), Span(Untrusted(facts.address))]))
    }
    for version in facts.versions.reversed() {
      var spans = [
        Span("Version   ", .textMuted), Span(Untrusted(version.label), .textStrong),
        Span(" from \(version.from.iso)"),
      ]
      if version.mustRenew { spans.append(Span(", must be renewed", .warning)) }
      if !version.summary.isEmpty { spans.append(Span(Untrusted(": \(version.summary)"))) }
      lines.append(Line(spans))
    }
    let plans = state.plans.filter { $0.facts.course == standing.id }
    for plan in plans {
      lines.append(
        Line([
          Span("Plan      ", .textMuted), Span(Untrusted(whom(plan.facts, state.groups))),
          Span(" within \(plan.facts.days) days, from \(plan.facts.from.iso)", .textMuted),
        ])
      )
    }
    if plans.isEmpty { lines.append(Line("No plan asks for it yet; x p makes one.", .textMuted)) }
    for row in state.links {
      lines.append(Line(RecordLinks.words(row, seenFrom: Subject(.course, standing.id))))
    }
    return lines
  }

  private static func whom(_ plan: TrainingPlanFacts, _ groups: [StaffGroup]) -> String {
    let names =
      plan.groups.map { id in groups.first { $0.id == id }?.facts.name ?? "group \(id)" }
      + plan.roles.map { "role \($0)" }
    return names.isEmpty ? "everybody" : names.joined(separator: ", ")
  }

  // MARK: Rows in the table of actions

  private static let hasCourse: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no course under the cursor")
  }

  private static let hasLinks: @Sendable (State) -> Availability = {
    .when(!$0.links.isEmpty, otherwise: "nothing is tied to it")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "course.read",
        keys: [.enter, .character("K"), .character("l"), .right],
        label: "read",
        help: "Read versions, plans, and the incidents it should have prevented",
        section: .find,
        hint: 1,
        availability: hasCourse,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "course.create",
        keys: [.character("c")],
        label: "create",
        help: "Write down a course, or a protocol that is acknowledged",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "course.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Edit what is known of it",
        section: .change,
        hint: 3,
        availability: hasCourse,
        action: { _ in .editPressed }
      ),
      row(
        "version",
        "new version …",
        "Add a version, which may have to be renewed",
        "n",
        .versionPressed
      ),
      row(
        "plan",
        "plan …",
        "Say who must have done it, and within how many days",
        "p",
        .planPressed
      ),
      row("plan-remove", "remove plan …", "Take a plan off the list", "r", .planRemovePressed),
      row(
        "link",
        "incident …",
        "Tie an incident to it that it should have prevented",
        "i",
        .linkPressed
      ),
      ActionRow(
        "course.follow",
        label: "go to incident",
        help: "Go to an incident that it should have prevented",
        section: .find,
        menuKey: "g",
        availability: hasLinks,
        action: { _ in .followPressed }
      ),
      ActionRow(
        "course.unlink",
        label: "untie …",
        help: "Take a link to an incident away",
        section: .change,
        menuKey: "u",
        availability: hasLinks,
        action: { _ in .unlinkPressed }
      ),
      ActionRow(
        "course.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take it off the list where no plan asks for it; u takes that back",
        section: .change,
        availability: hasCourse,
        action: { _ in .removePressed }
      ),
    ]

  private static func row(
    _ id: String,
    _ label: String,
    _ help: String,
    _ menuKey: Character,
    _ action: Action
  ) -> ActionRow<State, Action> {
    ActionRow(
      "course.\(id)",
      label: label,
      help: help,
      section: .change,
      menuKey: menuKey,
      availability: hasCourse,
      action: { _ in action }
    )
  }
}
