import Drawing
public import Model

extension OverviewPane {
  /// A theme as the overview shows it; nothing stands in it until it was read.
  public struct ThemeRow: Identifiable, Sendable, Equatable {
    /// Which theme.
    public var theme: PostureTheme
    /// How it stands; nil until it was read.
    public var posture: Posture.Theme?

    /// The theme's word.
    public var id: String { theme.rawValue }
  }

  /// Something that would improve the theme under the cursor.
  public struct StepRow: Identifiable, Sendable, Equatable {
    /// Its place among them, from 0.
    public var id: Int
    /// What it is.
    public var step: PostureStep
  }

  /// Themes whose measures are answered from tallies and by indexes alone.
  static let quick: [PostureTheme] = [.trust, .law, .threats]
  /// Themes whose measures go through the register, the list of staff and what was published.
  static let slow: [PostureTheme] = [.privacy, .people, .openness]

  /// While much is written, the posture is worked out so often at the most.
  static let postureSeconds = 5
  /// An answer that has not come after so long will not come any more.
  static let patienceSeconds = 60

  /// Asks how we stand, where somebody looks: first what is answered at once.
  ///
  /// Nothing is asked while an answer is on its way, or has come a moment ago: what was altered in between
  /// is asked for once afterwards.
  static func askPosture(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    guard state.isShown else { return [] }
    if let at = state.postureAt {
      let wait = state.isPostureAsked ? patienceSeconds : postureSeconds
      // A clock that was set back stops nothing.
      if at <= context.now, context.now < at + .seconds(wait) {
        state.isPostureStale = true
        return []
      }
    }
    (state.postureAt, state.isPostureAsked) = (context.now, true)
    state.isPostureStale = false
    return [ask(quick, "overview.posture", context)]
  }

  /// Asks for the other themes once the first have come, and anew where something was altered meanwhile.
  ///
  /// One after the other: two long questions at a time would open a further connection.
  static func askRest(
    after readings: [MeasureReading],
    _ state: inout State,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard state.isShown else {
      state.isPostureAsked = false
      return []
    }
    if readings.contains(where: { quick.contains($0.theme) }) {
      return [ask(slow, "overview.posture.slow", context)]
    }
    state.isPostureAsked = false
    return state.isPostureStale ? askPosture(&state, context) : []
  }

  private static func ask(_ themes: [PostureTheme], _ slot: String, _ context: PaneContext)
    -> Effect<Action>
  {
    .ask(PostureReadings(themes, now: context.now), slot: slot) { .postureAnswered($0) }
  }

  /// When the posture is to be worked out anew: a moment after the last time where something was altered
  /// since; else as a clock runs out, and after an hour at the latest; nil where it is not shown.
  public static func agesAt(_ state: State) -> Instant? {
    guard state.isShown, let at = state.postureAt else { return nil }
    if state.isPostureStale {
      return at + .seconds(state.isPostureAsked ? patienceSeconds : postureSeconds)
    }
    let clocks = state.clocks.rows.compactMap { $0.clock?.due.map { $0 + .milliseconds(1) } }
    return (clocks + [at + .seconds(3600)]).filter { $0 > at }.min()
  }

  /// Takes readings in; the cursor stays on its theme.
  static func take(_ readings: [MeasureReading], _ state: inout State) {
    let read = Posture(readings).themes
    state.themes.reload(
      state.themeRows.map { row in
        ThemeRow(theme: row.theme, posture: read.first { $0.theme == row.theme } ?? row.posture)
      }
    )
    showSteps(&state)
  }

  /// Shows what would improve the theme under the cursor.
  static func showSteps(_ state: inout State) {
    let steps = state.themes.selectedRow?.posture?.steps ?? []
    state.steps.reload(steps.enumerated().map { StepRow(id: $0.offset, step: $0.element) })
  }

  /// Goes where something is done.
  static func destination(of place: PosturePlace) -> Destination {
    switch place {
    case .clock(let id, let incident): .item(Subject(.obligation, id), of: incident)
    case .incident(let id): .incident(id)
    case .task(let id, let incident): .item(Subject(.task, id), of: incident)
    case .incidents(let filter): .incidents(filterText: filter)
    case .finding(let id): .finding(id)
    case .audit(let reference): .audit(reference)
    case .mailing(let id): .mailing(id)
    case .activity(let reference): .activity(reference)
    case .dueData(let row): .dueData(row)
    case .request(let reference): .request(reference)
    case .course(let id): .course(id)
    case .exercise(let id): .exercise(id)
    case .statement(let id): .statement(id)
    case .journal(let subject): .journal(subject)
    case .view(let number): .view(ViewID(rawValue: number) ?? .overview)
    }
  }

  /// Shows every measure of the theme under the cursor.
  static func explain(_ state: State) -> [Effect<Action>] {
    guard let theme = state.themes.selectedRow?.posture else { return [] }
    let lines = theme.readings.flatMap { reading -> [Line] in
      let verdict = reading.verdict
      let state =
        verdict.state.map { Span($0.label, role($0)) } ?? Span("nothing to judge", .textMuted)
      return [
        Line([Span(reading.title, .heading), Span(": "), state]),
        Line([Span("  "), Span(Untrusted(verdict.words))]),
      ] + (verdict.before.isEmpty ? [] : [Line("  \(verdict.before)", .textMuted)]) + [Line()]
    }
    return [.present(.reader(title: "How we stand: \(theme.theme.label)", lines: lines))]
  }

  /// How the journal stands, for the line above all: what was verified last, and its head.
  static func journal(_ state: State) -> Span? {
    let trust = state.themes.rows.first { $0.theme == .trust }?.posture
    guard let reading = trust?.readings.first(where: { $0.name == RecordVerified.name }) else {
      return nil
    }
    return Span(Untrusted(reading.verdict.words), role(reading.verdict.state ?? .unknown))
  }

  // MARK: Drawing

  static func drawThemes(
    _ state: State,
    isFocused: Bool,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    ItemList.draw(
      state.themes,
      columns: themeColumns(rect.columns),
      problem: nil,
      empty: "",
      isFocused: isFocused,
      on: &canvas,
      in: rect
    )
  }

  static func drawSteps(
    _ state: State,
    isFocused: Bool,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    guard !rect.isEmpty else { return }
    guard let row = state.themes.selectedRow else { return }
    guard state.steps.total > 0 else {
      let (heading, list) = rect.splitTop(1)
      canvas.fill(heading, Style(.columnHeader))
      canvas.write(" What would improve \(row.theme.label)", .columnHeader, in: heading)
      let words = row.posture == nil ? "" : "Nothing that the record knows of."
      canvas.write(Line(" \(words)", .textMuted), in: list.splitTop(1).top)
      return
    }
    ItemList.draw(
      state.steps,
      columns: [
        TableColumn(
          "step",
          title: "What would improve \(row.theme.label) most",
          width: .flexible(minimum: 12, weight: 1),
          priority: 8
        ) {
          Line([
            Span($0.step.late > 0 ? "! " : "- ", $0.step.late > 0 ? .deadlineOverdue : .textMuted),
            Span(Untrusted($0.step.text)),
          ])
        }
      ],
      problem: nil,
      empty: "",
      isFocused: isFocused,
      on: &canvas,
      in: rect
    )
  }

  private static func themeColumns(_ columns: Int) -> [TableColumn<ThemeRow>] {
    let isNarrow = columns < 100
    return [
      TableColumn("sign", title: "", width: .fixed(2), priority: 9) { row in
        Line([row.posture.map { sign($0.state) } ?? Span("…", .placeholder)])
      },
      TableColumn("theme", title: "Posture", width: .fixed(isNarrow ? 8 : 17), priority: 8) {
        Line(isNarrow ? $0.theme.rawValue : $0.theme.label, .textStrong)
      },
      TableColumn("state", title: "State", width: .fixed(9), priority: 7) { row in
        Line([row.posture.map { Span($0.state.label, role($0.state)) } ?? Span("", .placeholder)])
      },
      TableColumn("trend", title: "Trend", width: .fixed(8), priority: 4) { row in
        Line([row.posture.map { Span($0.trend.label, role($0.trend)) } ?? Span("", .placeholder)])
      },
      TableColumn("why", title: "Why", width: .flexible(minimum: 12, weight: 1), priority: 5) {
        row in
        Line(Untrusted(row.posture?.figures ?? ""))
      },
    ]
  }

  /// A state by a sign that needs no colour.
  static func sign(_ state: PostureState) -> Span {
    switch state {
    case .good: Span("+", role(state))
    case .unknown: Span("?", role(state))
    case .attention: Span("!", role(state))
    case .bad: Span("!!", role(state), .bold)
    }
  }

  private static func role(_ state: PostureState) -> Role {
    switch state {
    case .good: .success
    case .unknown: .textMuted
    case .attention: .warning
    case .bad: .danger
    }
  }

  private static func role(_ trend: PostureTrend) -> Role {
    switch trend {
    case .better: .success
    case .worse: .warning
    case .same, .unknown: .textMuted
    }
  }
}
