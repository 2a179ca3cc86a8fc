public import Drawing
public import Model

extension ObligationsTab {
  // MARK: Layout

  static func layout(_ area: Size) -> (status: Rect, list: Rect, divider: Rect, detail: Rect) {
    let (status, rest) = Rect(area).splitTop(1)
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    guard area.rows >= 12 else { return (status, rest, none, none) }
    let (list, below) = rest.splitTop(max(5, rest.rows / 2))
    let (divider, detail) = below.splitTop(1)
    return (status, list, divider, detail)
  }

  /// Rows that fit below the headings.
  static func height(_ area: Size) -> Int { max(1, layout(area).list.rows - 1) }

  // MARK: Drawing

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    if let trial = state.trial {
      drawTrial(trial, on: &canvas, in: rect, context)
      return
    }
    if let checklist = state.checklist {
      draw(checklist, on: &canvas, in: rect, context)
      return
    }
    let layout = layout(Size(columns: rect.columns, rows: rect.rows))
    canvas.write(status(state, context), in: layout.status.moved(by: rect))
    ItemList.draw(
      state.table,
      columns: columns(context),
      problem: state.problem,
      empty: "No duty so far. State who is affected (People and data), then R works them out.",
      isFocused: context.isFocused,
      on: &canvas,
      in: layout.list.moved(by: rect)
    )
    guard let row = state.table.selectedRow, layout.detail.rows > 0 else { return }
    canvas.rule(layout.divider.moved(by: rect))
    DutyText.draw(
      text(row, state, context),
      more: "Enter shows all",
      on: &canvas,
      in: layout.detail.moved(by: rect)
    )
  }

  private static func status(_ state: State, _ context: PaneContext) -> Line {
    let open = state.duties.filter { $0.sentAt == nil }
    let late = open.count { ($0.due ?? context.now) < context.now }
    let due = open.count { rank($0) <= 1 }
    var spans = [Span(" \(due) with a deadline", .textStrong)]
    spans.append(
      late > 0 ? Span("  ! \(late) late", .deadlineOverdue, .bold) : Span("  none late", .textMuted)
    )
    spans.append(
      Span(
        " · \(open.count { rank($0) == 2 }) without a number · \(open.count { rank($0) == 3 }) waiting"
          + " · \(state.duties.count - open.count) sent",
        .textMuted
      )
    )
    let waiting =
      context.organisation?.needsSecondPerson == true
      ? state.decisions.count { $0.approval == nil && $0.refusal == nil } : 0
    if waiting > 0 {
      let noun = waiting == 1 ? "decision waits" : "decisions wait"
      spans.append(Span("  ! \(waiting) \(noun) for approval", .warning))
    }
    if context.rules == nil { spans.append(Span("  the rules are being read", .information)) }
    return Line(spans)
  }

  static func columns(_ context: PaneContext) -> [TableColumn<Row>] {
    let (now, zone, rules) = (context.now, context.dutyZone, context.rules)
    return [
      TableColumn("state", title: "  State", width: .fixed(21), priority: 10) { row in
        switch row {
        case .duty(let record): Line([Look.duty(record, now: now)])
        case .filing(let filing): Line("  └ filed \(filing.facts.phase.label)", .deadlineMet)
        case .decision(let decision):
          Line("  └ \(decision.facts.decision.label)", .stateProgress)
        case .assessment(let assessment): Line([AssessmentForms.span(assessment.facts.risk)])
        }
      },
      TableColumn("rule", title: "Duty", width: .flexible(minimum: 16, weight: 2), priority: 9) {
        row in
        switch row {
        case .duty(let record): Line(record.obligation.id, .textStrong)
        case .filing(let filing): Line(Untrusted(filing.facts.recipient))
        case .decision(let decision): Line(decision.facts.ground.label)
        case .assessment(let assessment):
          Line([
            Span(assessment.facts.method.label),
            Span("  edition \(assessment.edition)", .textMuted),
          ])
        }
      },
      TableColumn("marks", title: "", width: .fixed(4), priority: 7) { row in
        if case .duty(let record) = row {
          Line([ClocksPane.marks(record, rules)])
        } else {
          Line("")
        }
      },
      TableColumn("due", title: "Due \(zone.place)", width: .fixed(16), priority: 6) { row in
        switch row {
        case .duty(let record):
          Line(record.obligation.state.deadline.map { Look.minute($0.due, in: zone) } ?? "–")
        case .filing(let filing): Line(Look.narrow(filing.facts.sentAt), .textMuted)
        case .decision(let decision): Line(Look.narrow(decision.facts.decidedAt), .textMuted)
        case .assessment(let assessment):
          Line(Look.minute(assessment.recordedAt, in: zone), .textMuted)
        }
      },
      TableColumn("who", title: "Tell", width: .flexible(minimum: 12, weight: 3), priority: 4) {
        row in
        switch row {
        case .duty(let record): Line(Untrusted(record.obligation.recipient))
        case .filing(let filing): Line(Untrusted(filing.facts.receipt), .textMuted)
        case .decision(let decision):
          Line([
            Span(Untrusted(decision.facts.decidedBy), .textMuted), Span(" "),
            consent(decision, context),
          ])
        case .assessment(let assessment): Line(Untrusted(assessment.facts.result), .textMuted)
        }
      },
    ]
  }

  // MARK: Texts

  static func read(_ row: Row, _ state: State, _ context: PaneContext) -> Effect<Action> {
    let title =
      switch row {
      case .duty(let record): record.obligation.id
      case .filing(let filing): "Filing \(filing.id): \(filing.facts.rule)"
      case .decision(let decision): "Decision \(decision.id)"
      case .assessment(let assessment):
        "\(assessment.facts.method.label) \(assessment.edition)"
      }
    return .present(.reader(title: title, lines: text(row, state, context)))
  }

  static func text(_ row: Row, _ state: State, _ context: PaneContext) -> [Line] {
    switch row {
    case .duty(let record):
      DutyText.lines(
        record,
        filings: state.filings.filter { $0.facts.rule == record.obligation.id },
        copies: state.evidence,
        contacts: state.contacts,
        context
      )
    case .filing(let filing): DutyText.lines(of: filing, copies: state.evidence)
    case .decision(let decision): lines(of: decision, context)
    case .assessment(let assessment): AssessmentForms.lines(of: assessment, isCurrent: true)
    }
  }

  /// Every answer that the record had to a duty, newest first.
  static func history(_ answers: [ObligationRecord], _ context: PaneContext) -> [Line] {
    guard !answers.isEmpty else { return [Line("the record has no answer to this duty")] }
    return answers.flatMap { record -> [Line] in
      let state = record.obligation.state
      let due = state.deadline.map { "due \($0.due.text(in: context.dutyZone))" } ?? state.word
      return [
        Line([
          Span("\(Look.minute(record.computedAt)) UTC  ", .textStrong),
          Span(Untrusted(record.cause)),
        ]),
        Line([Span("  \(due)", .text)]),
      ] + record.obligation.because.map { Line([Span("  · ", .textMuted), Span(Untrusted($0))]) }
        + state.missing.map { Line([Span("  ? ", .warning), Span($0.question)]) }
        + [Line("")]
    }
  }

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + own + decisionRows + trialRows + filingRows

  private static let own: [ActionRow<State, Action>] = [
    ActionRow(
      "duty.read",
      keys: [.enter, .character("K")],
      label: "explain",
      help: "Read all of the row: reasons, arithmetic, article, source, filings",
      section: .find,
      hint: 1,
      availability: hasRow,
      action: { _ in .readPressed }
    ),
    ActionRow(
      "duty.file",
      keys: [.character("c")],
      label: "filed",
      help: "Record what was sent to meet the duty",
      section: .change,
      hint: 2,
      availability: hasDuty,
      action: { _ in .createPressed }
    ),
    ActionRow(
      "duty.answer",
      keys: [.character("e")],
      label: "answer",
      help: "Answer what the duty waits for; on a filing: correct it",
      section: .change,
      hint: 3,
      availability: hasRow,
      action: { _ in .editPressed }
    ),
    ActionRow(
      "duty.history",
      label: "history",
      help: "Every answer that the record ever had to this duty",
      section: .find,
      menuKey: "h",
      availability: hasDuty,
      action: { _ in .historyPressed }
    ),
    ActionRow(
      "duty.work-out",
      keys: [.character("R")],
      label: "work out",
      help: "Work the duties out now, and say what is missing",
      section: .change,
      menuKey: "w",
      action: { _ in .workOutPressed }
    ),
    ActionRow(
      "filing.remove",
      keys: [.character("D")],
      label: "remove filing",
      help: "Take the filing off the list; u takes it back",
      section: .change,
      menuKey: "r",
      availability: {
        .when($0.selectedFiling != nil, otherwise: "there is no filing under the cursor")
      },
      action: { _ in .removePressed }
    ),
  ]

  private static let hasRow: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no duty under the cursor")
  }

  private static let hasDuty: @Sendable (State) -> Availability = {
    .when($0.selectedDuty != nil, otherwise: "there is no duty under the cursor")
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    guard state.trial == nil, state.checklist == nil else { return nil }
    let first = state.table.visibleTop(height: height(context.area))
    let seen = (first..<(first + height(context.area))).compactMap { position -> Instant? in
      guard case .duty(let record)? = state.table.row(at: position), record.sentAt == nil else {
        return nil
      }
      return record.due
    }
    return seen.map { Countdown.nextTick(until: $0, now: context.now) }.min()
  }
}
