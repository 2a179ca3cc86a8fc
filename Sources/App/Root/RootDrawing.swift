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
    RootView.of(state.view).draw(state, &canvas, area, context)
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
    canvas.write(Line(badges(state) + rightEnd(state)), in: rect, alignment: .right)
  }

  /// What stands at the right of the bar because somebody must see it.
  private static func badges(_ state: RootState) -> [Span] {
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
    return right
  }

  /// The store's name where there is room for it, and the time.
  private static func rightEnd(_ state: RootState) -> [Span] {
    let columns = state.world.size.columns
    guard columns >= 50 else { return [] }
    let time = Span(" \(CivilTime(state.world.now).shortTime) UTC ", .bar)
    let name = Span(Untrusted(" \(state.world.storeName)"), .bar)
    let rest =
      width(hasTitles: hasTitles(state), state) + Text.width(of: Line(badges(state) + [time]))
    return rest + Text.width(of: Line([name])) <= columns ? [name, time] : [time]
  }

  private static let barTitle = " Tocsin "

  /// What stands behind a view's number in the bar.
  private static func barLabel(_ view: ViewID, _ state: RootState) -> String {
    hasTitles(state) || view == state.view ? " \(view.title) " : " "
  }

  /// Whether all views are named in the bar, and not only the one on the screen.
  private static func hasTitles(_ state: RootState) -> Bool {
    let time = state.world.size.columns >= 50 ? timeColumns : 0
    return width(hasTitles: true, state) + Text.width(of: Line(badges(state))) + time
      <= state.world.size.columns
  }

  /// The columns of the bar's left part.
  private static func width(hasTitles: Bool, _ state: RootState) -> Int {
    ViewID.allCases.reduce(barTitle.count) { sum, view in
      sum + 2 + (hasTitles || view == state.view ? view.title.count + 2 : 1)
    }
  }

  /// The columns of ` 13:33 UTC `.
  private static let timeColumns = 11

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
    // What has no key of its own and cannot be used now would only take the place of what can.
    let hints = RootTable.bound(state, for: .hints)
      .filter { !$0.keys.isEmpty || $0.availability.isEnabled }
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
    if let inner = RootView.of(state.view).nextTick(state, context) { ticks.append(inner) }
    return ticks.filter { $0 > now }.min()
  }

  /// What was typed into open forms and not saved.
  static func unsavedDrafts(_ state: RootState) -> [(key: String, fields: [String: String])] {
    state.overlays.compactMap { overlay in
      if case .form(let view) = overlay { view.draft } else { nil }
    }
  }
}
