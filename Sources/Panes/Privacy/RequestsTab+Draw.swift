public import Drawing
public import Model

extension RequestsTab {
  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let empty =
      state.shown == .open
      ? "No request is open. c writes one down; f shows those that ended."
      : "No request stands so; Esc shows the open ones."
    var status: [Span] = [Span(" only ", .textMuted), Span(state.shown?.label ?? "all", .match)]
    if state.total > state.table.rows.count {
      status.append(Span("  \(state.table.rows.count) of \(state.total)", .warning))
    }
    PrivacyLayout.draw(
      state.table,
      columns: columns(context),
      problem: state.problem,
      empty: state.table.isLoaded ? empty : "",
      status: status,
      detail: state.table.selectedRow.map { RequestText.lines($0, context) },
      on: &canvas,
      in: rect,
      context
    )
  }

  private static func columns(_ context: PaneContext) -> [TableColumn<RightsRequest>] {
    let (now, zone) = (context.now, context.dutyZone)
    return [
      TableColumn("left", title: "  Left", width: .fixed(19), priority: 12) {
        Line([RequestText.state($0.facts, now)])
      },
      TableColumn("wanted", title: "Wanted", width: .fixed(15), priority: 10) {
        Line($0.facts.wanted.label, .textStrong)
      },
      TableColumn("where", title: "Where", width: .fixed(6), priority: 7) {
        Line($0.facts.jurisdiction)
      },
      TableColumn("identity", title: "Identity", width: .fixed(11), priority: 9) {
        Line([RequestText.identity($0.facts.identity)])
      },
      TableColumn("due", title: "Due \(zone.place)", width: .fixed(16), priority: 5) {
        Line($0.facts.clock.map { Look.minute($0.due, in: zone) } ?? "–")
      },
      TableColumn("work", title: "Work", width: .fixed(5), priority: 4) { request in
        let all = request.facts.tasks.count
        return all == 0
          ? Line("–", .textMuted)
          : Line("\(all - request.facts.openTasks.count)/\(all)", .textMuted)
      },
      TableColumn(
        "handler",
        title: "Handler",
        width: .flexible(minimum: 8, weight: 1),
        priority: 6
      ) {
        Line(Untrusted($0.facts.handler ?? "nobody"), $0.facts.handler == nil ? .warning : .text)
      },
      TableColumn("reference", title: "Request", width: .fixed(13), priority: 8) {
        Line($0.reference, .textMuted)
      },
    ]
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    state.table.rows.filter { $0.facts.state.isOpen }
      .compactMap { $0.facts.clock.map { Countdown.nextTick(until: $0.due, now: context.now) } }
      .min()
  }

  private static let hasRow: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no request under the cursor")
  }

  private static let isOpen: @Sendable (State) -> Availability = { state in
    guard let request = state.table.selectedRow else { return hasRow(state) }
    return .when(
      request.facts.state.isOpen,
      otherwise: "it is \(request.facts.state.label)"
    )
  }

  private static func step(
    _ id: String,
    _ label: String,
    _ help: String,
    _ menuKey: Character,
    _ step: Step,
    hint: Int? = nil,
    availability: @escaping @Sendable (State) -> Availability = isOpen
  ) -> ActionRow<State, Action> {
    ActionRow(
      "request.\(id)",
      label: label,
      help: help,
      section: .change,
      hint: hint,
      menuKey: menuKey,
      availability: availability,
      action: { _ in .stepPressed(step) }
    )
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "request.read",
        keys: [.enter, .character("K"), .character("l"), .right],
        label: "open",
        help: "Read the request with its clock, the arithmetic, its work and history",
        section: .find,
        hint: 1,
        availability: hasRow,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "request.log",
        keys: [.character("c")],
        label: "write down",
        help: "Write down a request that came in; who asks is sealed",
        section: .change,
        hint: 2,
        action: { _ in .logPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Show open, answered, refused or withdrawn requests, or all",
        section: .find,
        hint: 4,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "request.reveal",
        label: "reveal …",
        help: "Show who asks, for a reason that is journalled",
        section: .change,
        menuKey: "v",
        availability: { state in
          guard let request = state.table.selectedRow else { return hasRow(state) }
          return .when(request.facts.erasedAt == nil, otherwise: "who asked was erased")
        },
        action: { _ in .revealPressed }
      ),
      step("identity", "who asks …", "Say how far it is known who asks", "i", .identity),
      step("confirm", "confirmed …", "Say when receipt was confirmed", "k", .confirm),
      step("assign", "assign …", "Say who handles it", "a", .assign),
      step("concern", "concerns …", "Name the activities that it concerns", "n", .concern),
      step("task", "add task …", "Add work that it needs", "t", .addTask),
      ActionRow(
        "request.task-done",
        label: "task done …",
        help: "Say that work is done, or not done after all",
        section: .change,
        menuKey: "d",
        availability: isOpen,
        action: { _ in .taskPressed }
      ),
      step("delay", "put off …", "Put it off, once, as far as its law allows", "p", .delay),
      step("answer", "answer …", "Say that it was followed and answered", "w", .answer, hint: 3),
      step("refuse", "refuse …", "Say that it was refused, and on what ground", "f", .refuse),
      step("withdraw", "withdrawn …", "Say that the person no longer wants it", "x", .withdraw),
      step(
        "reopen",
        "reopen …",
        "Open it again, for a reason",
        "o",
        .reopen,
        availability: { state in
          guard let request = state.table.selectedRow else { return hasRow(state) }
          return .when(!request.facts.state.isOpen, otherwise: "it is open")
        }
      ),
      ActionRow(
        "request.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take a request that was written down in error off the list; u takes it back",
        section: .change,
        availability: hasRow,
        action: { _ in .removePressed }
      ),
    ]
}
