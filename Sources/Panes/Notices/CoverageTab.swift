public import Drawing
public import Model

/// Who of a mailing has not been told, by jurisdiction, against the incident's numbers and how long is
/// left there.
public enum CoverageTab: Pane {
  /// The people of one jurisdiction, or all of them.
  public typealias Row = TellingPlace

  /// What it shows.
  public struct State: Sendable {
    /// The mailing; nil until it is shown.
    public var mailing: Mailing?
    /// How far it is; nil until that was read.
    public var status: MailingStatus.Answer?
    /// The incident's duties; nil until they were read.
    public var duties: [ObligationRecord]?
    /// The jurisdictions, all of them first.
    public var table = VirtualTable<Row>()
    /// Why it could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown(Mailing)
    case answered(Result<MailingStatus.Answer, StoreError>)
    case dutiesAnswered(RecordID, Result<[ObligationRecord], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    /// The people of a jurisdiction are to be listed, of all where it is empty; the pane around does
    /// it.
    case opened(String)
    case dutyPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let mailing):
      if state.mailing?.id != mailing.id { state = State() }
      state.mailing = mailing
      let incident = mailing.incident
      return [
        .ask(MailingStatus(id: mailing.id), slot: "notices.status") { .answered($0) },
        .ask(IncidentObligations(incident: incident), slot: "notices.duties") {
          .dutiesAnswered(incident, $0)
        },
      ]
    case .answered(.success(let status)):
      guard status.mailing.id == state.mailing?.id else { return [] }
      state.problem = nil
      (state.status, state.mailing) = (status, status.mailing)
      load(&state, context)
      return []
    case .dutiesAnswered(let incident, .success(let duties)):
      guard incident == state.mailing?.incident else { return [] }
      state.duties = duties
      load(&state, context)
      return []
    case .answered(.failure(let error)), .dutiesAnswered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(1, listArea(state, context.area).rows - 1))
      return []
    case .pressed(let point):
      guard let position = state.table.position(at: point, in: listArea(state, context.area)) else {
        return []
      }
      if position == state.table.cursor { return reduce(&state, .openPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .openPressed:
      return state.table.selectedRow.map { [.send(.opened($0.id))] } ?? []
    case .opened: return []
    case .dutyPressed:
      guard let record = state.table.selectedRow?.clock else { return [] }
      return [.go(.item(Subject(.obligation, record.id), of: record.incident))]
    }
  }

  /// Puts numbers and clocks together; rows with somebody to be told and the least time come first.
  private static func load(_ state: inout State, _ context: PaneContext) {
    guard let status = state.status else { return }
    let clocks = NoticeClocks(
      state.duties ?? [],
      fulfilling: status.mailing.facts.obligations,
      context.rules,
      now: context.now
    )
    state.table.reload(TellingPlace.list(status, clocks, now: context.now))
  }

  // MARK: Drawing

  /// Lines above the table: bar and legend, where there is room.
  private static func headRows(_ state: State, _ area: Size) -> Int {
    guard area.rows >= 8, let status = state.status else { return 0 }
    let legend = MailingMeter.legend(status.whole, columns: area.columns - 2).count
    return min(1 + legend, area.rows - 6)
  }

  /// Lines below the table: what is known of the clock under the cursor.
  private static func footRows(_ area: Size) -> Int { area.rows >= 6 ? 1 : 0 }

  private static func listArea(_ state: State, _ area: Size) -> Rect {
    Rect(area).splitTop(headRows(state, area)).rest.splitBottom(footRows(area)).rest
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    if let status = state.status {
      let head = rect.splitTop(headRows(state, context.area)).top.inset(columns: 1)
      let bar = Line(MailingMeter.bar(status.whole, columns: head.columns))
      canvas.stack(
        [bar] + MailingMeter.legend(status.whole, columns: head.columns),
        in: head
      )
    }
    ItemList.draw(
      state.table,
      columns: columns(state, context),
      problem: state.problem,
      empty: state.status == nil ? "" : "Nobody is listed, and nobody is stated as affected.",
      isFocused: context.isFocused,
      on: &canvas,
      in: listArea(state, context.area).moved(by: rect)
    )
    let foot = rect.splitBottom(footRows(context.area)).bottom.inset(columns: 1)
    if !foot.isEmpty, let row = state.table.selectedRow {
      canvas.stack([clockLine(row, state, context)], in: foot)
    }
  }

  /// Which duty's clock stands in a row, and why it does not run where it does not.
  private static func clockLine(_ row: Row, _ state: State, _ context: PaneContext) -> Line {
    let whose = row.id.isEmpty ? "this mailing" : row.id
    guard let clock = row.clock else {
      let isNamed = state.mailing?.facts.obligations.isEmpty == false
      return Line(
        row.id.isEmpty
          ? isNamed
            ? "What it fulfils does not arise, or waits for who is affected."
            : "No duty is named that it fulfils."
          : "No duty to tell the people of \(whose) is known.",
        .warning
      )
    }
    let name = Span("\(clock.obligation.id)  ", .textStrong)
    if let facts = clock.waitsFor { return Line([name, Span(facts, .warning)]) }
    guard clock.sentAt == nil, let due = clock.obligation.state.due else {
      return Line([name, Look.left(clock, row.coverage, now: context.now)])
    }
    let zone = context.dutyZone
    return Line([name, Span("due \(Look.minute(due, in: zone)) \(zone.place)", .textMuted)])
  }

  private static func columns(_ state: State, _ context: PaneContext) -> [TableColumn<Row>] {
    let (now, rows) = (context.now, state.table.rows)
    let isUnnamed = state.mailing?.facts.obligations.isEmpty == true
    func number(
      _ id: String,
      _ title: String,
      _ priority: Int,
      _ cell: @escaping @Sendable (Row) -> Span
    ) -> TableColumn<Row> {
      let widest = rows.map { Text.width(of: Line([cell($0)])) }.max() ?? 0
      return TableColumn(
        id,
        title: title,
        width: .fixed(max(title.count, widest)),
        alignment: .right,
        priority: priority
      ) { Line([cell($0)]) }
    }
    func count(_ parts: [MailingCoverage.Part], _ role: Role) -> @Sendable (Row) -> Span {
      { row in
        let count = parts.reduce(0) { $0 + row.coverage.count($1) }
        return count == 0 ? Span("·", .textMuted) : Span(Look.count(Int64(count)), role)
      }
    }
    return [
      TableColumn("jurisdiction", title: "Where", width: .fixed(8), priority: 10) {
        $0.id.isEmpty ? Line("all", .heading) : Line(Untrusted($0.id), .textStrong)
      },
      number("affected", "Affected", 7) { Span(MailingMeter.affected($0.coverage)) },
      number("listed", "Listed", 6) { Span(Look.count(Int64($0.coverage.listed))) },
      number("gap", "Gap", 7) { MailingMeter.gap($0.coverage.gap) },
      number("open", "Not told", 9) { row in
        let open = row.coverage.notTold
        return Span(Look.count(Int64(open)), open == 0 ? .textMuted : .warning)
      },
      number("back", "Back", 3, count([.cameBack], .danger)),
      number("handed", "Handed", 4, count([.handedOver], .information)),
      number("reached", "Reached", 5, count([.reached], .success)),
      number("unreachable", "Unreach.", 1, count([.unreachable], .danger)),
      TableColumn(
        "left",
        title: "Time left",
        width: .fixed(16),
        priority: 8
      ) { row in
        let left = Look.left(row.clock, row.coverage, now: now)
        let isUnlinked = row.id.isEmpty && row.clock == nil && !row.coverage.isWhole
        return Line([isUnlinked && isUnnamed ? Span("! no duty named", .warning) : left])
      },
      TableColumn(
        "duty",
        title: "Duty",
        width: .flexible(minimum: 13, weight: 1),
        priority: 2
      ) { row in
        Line(
          [Span(row.clock?.obligation.id ?? "", .textMuted)]
            + (row.clock?.waitsFor.map { [Span("  \($0)", .warning)] } ?? [])
        )
      },
    ]
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    state.table.rows.compactMap { Look.nextLeft($0.clock, now: context.now) }.min()
  }

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "coverage.people",
        keys: [.enter, .character("l"), .right],
        label: "people",
        help: "List the people of this jurisdiction who have not been told",
        section: .move,
        hint: 1,
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "nobody is listed or affected")
        },
        action: { _ in .openPressed }
      ),
      ActionRow(
        "coverage.duty",
        label: "duty",
        help: "Go to the duty whose clock stands in this row",
        section: .find,
        menuKey: "d",
        availability: {
          .when(
            $0.table.selectedRow?.clock != nil,
            otherwise: "no duty is known for this jurisdiction"
          )
        },
        action: { _ in .dutyPressed }
      ),
    ]
}
