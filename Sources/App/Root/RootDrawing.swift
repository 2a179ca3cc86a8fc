import Drawing
import Model
import Panes

/// Draws the dashboard: the bar above, the view, the hints below, and what lies over them.
enum RootDrawing {
  static func draw(_ state: RootState, on canvas: inout Canvas) {
    let whole = Rect(state.world.size)
    guard whole.columns >= 20, whole.rows >= 4 else {
      canvas.write(Line("Tocsin needs 40x10"), in: whole.splitTop(1).top)
      return
    }
    let area = state.paneArea
    let context = state.context(area)
    switch state.view {
    case .overview: OverviewPane.draw(state.overview, on: &canvas, in: area, context)
    case .incidents: IncidentsPane.draw(state.incidents, on: &canvas, in: area, context)
    case .clocks: ClocksPane.draw(state.clocks, on: &canvas, in: area, context)
    case .journal: JournalPane.draw(state.journal, on: &canvas, in: area, context)
    }
    drawBar(state, on: &canvas, in: whole.splitTop(1).top)
    drawFoot(state, on: &canvas, in: whole.splitBottom(1).bottom)
    for overlay in state.overlays {
      overlay.draw(on: &canvas, in: Rect(state.world.size))
    }
    // A form's hints stand in the same line; what must be read amid typing goes before them.
    if state.toast?.outlastsKeys == true {
      drawFoot(state, on: &canvas, in: whole.splitBottom(1).bottom)
    }
  }

  private static func drawBar(_ state: RootState, on canvas: inout Canvas, in rect: Rect) {
    canvas.fill(rect, Style(.bar))
    var spans = [Span(barTitle, .barTitle, .bold)]
    for view in ViewID.allCases {
      let isHere = view == state.view
      spans.append(Span(" \(view.rawValue)", isHere ? .tabActive : .barKey, isHere ? .bold : []))
      spans.append(
        Span(barLabel(view, state), isHere ? .tabActive : .bar, isHere ? .bold : [])
      )
    }
    canvas.write(Line(spans), in: rect)
    var right: [Span] = []
    if state.view == .incidents, state.incidents.detail?.incident?.isExercise == true {
      right.append(Span(" \(Exercise.sign) ", .badge, .bold))
    }
    if state.isRecording { right.append(Span(" REC ", .badgeRecording, .bold)) }
    if state.world.rulesProblem != nil {
      right.append(Span(" RULES FAULTY ", .danger, [.bold, .reverse]))
    } else if !state.world.differences.isEmpty {
      right.append(Span(" RULES EDITED ", .badge, .bold))
    } else if state.areClocksStopped {
      right.append(Span(" CLOCKS BEHIND ", .badge, .bold))
    }
    if state.world.readOnlyReason != nil {
      right.append(Span(" READ ONLY ", .badgeReadOnly, .bold))
    }
    if rect.columns >= 76 {
      right.append(Span(Untrusted(" \(state.world.storeName)"), .bar))
    }
    if rect.columns >= 50 {
      right.append(Span(" \(CivilTime(state.world.now).shortTime) UTC ", .bar))
    }
    canvas.write(Line(right), in: rect, alignment: .right)
  }

  private static let barTitle = " Tocsin "

  /// What stands behind a view's number in the bar.
  private static func barLabel(_ view: ViewID, _ state: RootState) -> String {
    state.world.size.columns >= 60 || view == state.view ? " \(view.title) " : " "
  }

  /// The view whose name stands at a column of the bar.
  static func view(at column: Int, _ state: RootState) -> ViewID? {
    var end = barTitle.count
    for view in ViewID.allCases {
      let start = end
      end += 2 + barLabel(view, state).count
      if (start..<end).contains(column) { return view }
    }
    return nil
  }

  private static func drawFoot(_ state: RootState, on canvas: inout Canvas, in rect: Rect) {
    if let job = state.job {
      canvas.fill(rect, Style(.bar))
      let share = job.total > 0 ? " \(job.done * 100 / job.total) %" : ""
      canvas.write(
        Line([Span(" \(job.title)\(share) ", .information, .bold), Span(" ^C cancels", .bar)]),
        in: rect
      )
      return
    }
    if let shown = state.toast {
      let role: Role =
        switch shown.toast.kind {
        case .done: .success
        case .notice: .information
        case .failure: .danger
        }
      let sign = shown.toast.kind == .failure ? "! " : ""
      canvas.fill(rect, Style(.bar))
      canvas.write(
        Line([Span(" \(sign)", role, .bold), Span(Untrusted(shown.toast.text), role)]),
        in: rect
      )
      return
    }
    if let job = state.clockJob {
      ProgressLine(title: job.title, done: Int(job.done), total: Int(job.total))
        .draw(on: &canvas, in: rect)
      return
    }
    let hints = RootTable.bound(state, for: .hints)
      .sorted { ($0.hint ?? 0) < ($1.hint ?? 0) }
    KeyHints(
      hints.map {
        .init(
          key: $0.keys.first?.name ?? $0.menuKey.map { "x \($0)" } ?? "",
          label: $0.label,
          isEnabled: $0.availability.isEnabled
        )
      },
      keepsLast: true
    ).draw(on: &canvas, in: rect)
  }

  /// When something on the screen will read differently by itself.
  static func nextTick(_ state: RootState) -> Instant? {
    let now = state.world.now
    let context = state.context(state.paneArea)
    var ticks: [Instant] = []
    if state.world.size.columns >= 50 {
      let minutes = now.milliseconds.flooredDivision(by: 60_000).quotient
      ticks.append(Instant(milliseconds: (minutes + 1) * 60_000))
    }
    if let toast = state.toast { ticks.append(toast.until) }
    if let reminder = state.reminders.nextChange { ticks.append(reminder) }
    let inner: Instant? =
      switch state.view {
      case .overview: OverviewPane.nextTick(state.overview, context)
      case .incidents: state.incidents.detail.flatMap { IncidentDetailPane.nextTick($0, context) }
      case .clocks: ClocksPane.nextTick(state.clocks, context)
      case .journal: JournalPane.nextTick(state.journal, context)
      }
    if let inner { ticks.append(inner) }
    return ticks.filter { $0 > now }.min()
  }

  /// What was typed into open forms and not saved.
  static func unsavedDrafts(_ state: RootState) -> [(key: String, fields: [String: String])] {
    state.overlays.compactMap { overlay in
      if case .form(let view) = overlay { view.draft } else { nil }
    }
  }
}
