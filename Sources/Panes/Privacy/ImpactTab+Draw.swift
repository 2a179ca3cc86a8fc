public import Drawing
import Model

extension ImpactTab {
  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    PrivacyLayout.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: state.table.isLoaded ? "No assessments yet. c begins one." : "",
      status: [],
      detail: state.table.selectedRow.map { row in
        switch row {
        case .assessment(let row): ImpactText.lines(row)
        case .gap(let gap): ImpactText.lines(gap)
        }
      },
      on: &canvas,
      in: rect,
      context
    )
  }

  private static let columns: [TableColumn<Row>] = [
    TableColumn("reference", title: "DPIA", width: .fixed(9), priority: 10) { row in
      switch row {
      case .assessment(let row): Line(row.assessment.reference, .textStrong)
      case .gap(let gap): Line(gap.reference, .textMuted)
      }
    },
    TableColumn("state", title: "  State", width: .fixed(19), priority: 9) { row in
      switch row {
      case .assessment(let row): Line([ImpactText.state(row.state)])
      case .gap: Line("? nobody asked", .warning)
      }
    },
    TableColumn("title", title: "Title", width: .flexible(minimum: 14, weight: 4), priority: 8) {
      row in
      switch row {
      case .assessment(let row): Line(Untrusted(row.assessment.facts.title))
      case .gap(let gap): Line(Untrusted(gap.name))
      }
    },
    TableColumn("risk", title: "Risk", width: .fixed(8), priority: 7) { row in
      guard case .assessment(let row) = row else { return Line("–", .textMuted) }
      return Line([ImpactText.level(row.assessment.facts.residual)])
    },
    TableColumn("review", title: "Review", width: .fixed(10), priority: 6) { row in
      guard case .assessment(let row) = row, let review = row.assessment.facts.review else {
        return Line("–", .textMuted)
      }
      return Line(Look.narrow(review), row.state == .review ? .warning : .text)
    },
    TableColumn(
      "threshold",
      title: "Threshold",
      width: .flexible(minimum: 12, weight: 2),
      priority: 5
    ) { row in
      switch row {
      case .assessment(let row): Line(row.assessment.facts.threshold.result.text, .textMuted)
      case .gap(let gap):
        Line(
          gap.hints.isEmpty
            ? "–" : "see \(gap.hints.map(\.question.rawValue).joined(separator: ", "))",
          .textMuted
        )
      }
    },
  ]

  private static let hasRow: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "nothing is under the cursor")
  }

  private static func decided(_ state: State) -> ImpactDecision?? {
    guard case .assessment(let row)? = state.table.selectedRow else { return nil }
    return .some(row.assessment.facts.decision)
  }

  private static let isOpen: @Sendable (State) -> Availability = { state in
    guard let decision = decided(state) else { return missing }
    return .when(decision == nil, otherwise: "it was decided; x o opens it again")
  }

  private static let isThere: @Sendable (State) -> Availability = { state in
    decided(state) == nil ? missing : .enabled
  }

  private static let missing = Availability.when(
    false,
    otherwise: "there is no assessment under the cursor; c begins one"
  )

  private static func part(
    _ id: String,
    _ label: String,
    _ help: String,
    _ menuKey: Character,
    hint: Int? = nil,
    availability: @escaping @Sendable (State) -> Availability = isOpen,
    _ action: Action
  ) -> ActionRow<State, Action> {
    ActionRow(
      "dpia.\(id)",
      label: label,
      help: help,
      section: .change,
      hint: hint,
      menuKey: menuKey,
      availability: availability,
      action: { _ in action }
    )
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "dpia.read",
        keys: [.enter, .character("K"), .character("l"), .right],
        label: "open",
        help: "Read the assessment, with what is missing and what has changed since it was decided",
        section: .find,
        hint: 1,
        availability: hasRow,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "dpia.create",
        keys: [.character("c")],
        label: "create",
        help: "Begin an impact assessment; on an activity without one, of that activity",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "dpia.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Say what the assessment is about and why that is necessary",
        section: .change,
        hint: 3,
        availability: isOpen,
        action: { _ in .formWanted(.subject) }
      ),
      part(
        "threshold",
        "question …",
        "Answer a question of the threshold test",
        "t",
        .questionsPressed
      ),
      part(
        "risk",
        "risk …",
        "Add a risk to people, or set what is known of one",
        "k",
        .risksPressed
      ),
      part(
        "measure",
        "measure …",
        "Add a measure, or say how far one is",
        "m",
        availability: isThere,
        .measuresPressed
      ),
      part("opinion", "officer …", "Say what the officer advised", "f", .formWanted(.opinion)),
      part("views", "people …", "Say what the people concerned said", "p", .formWanted(.views)),
      part(
        "consult",
        "authority …",
        "Say that the authority was consulted, and what it answered",
        "c",
        .formWanted(.consult)
      ),
      part(
        "decide",
        "decide …",
        "Decide on the assessment; what is missing is named",
        "d",
        hint: 4,
        .formWanted(.decide)
      ),
      part(
        "approve",
        "approve",
        "Approve the decision as a second person",
        "a",
        availability: { state in
          guard let decision = decided(state) else { return missing }
          return .when(decision?.isWaiting == true, otherwise: "no decision waits for approval")
        },
        .approvePressed
      ),
      part(
        "reopen",
        "open again …",
        "Open a decided assessment again, or refuse its decision, for a reason",
        "o",
        availability: { state in
          guard let decision = decided(state) else { return missing }
          return .when(decision != nil, otherwise: "it is open")
        },
        .formWanted(.reopen)
      ),
      part(
        "review",
        "review …",
        "Say when it is to be looked at again",
        "r",
        availability: isThere,
        .formWanted(.review)
      ),
      part("go", "activity", "Go to its activity", "g", availability: hasRow, .goPressed),
      ActionRow(
        "dpia.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the assessment off the list; u takes it back",
        section: .change,
        availability: isThere,
        action: { _ in .removePressed }
      ),
    ]
}
