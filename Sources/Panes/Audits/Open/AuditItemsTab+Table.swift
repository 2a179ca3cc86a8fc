import Drawing
import Model

extension AuditItemsTab {
  /// The rows that apply now: while answering, keys that answer go before all others.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    let rows = actions.bound(to: state, for: query)
    guard state.isAnswering else { return rows }
    let answering = answers.bound(to: state, for: query)
    guard query == .hints else { return answering + rows }
    return answering
  }

  private static let finding: [ActionRow<State, Action>] = HitRows.rows(availability: hasHits) {
    .findMoved($0)
  }

  private static let marking: [ActionRow<State, Action>] = MarkRows.rows(
    "Mark the item, or all items below the heading, and go down",
    availability: hasLine,
    hasMarks: { !$0.table.marks.isEmpty }
  ) { event in
    switch event {
    case .one: .markPressed
    case .range: .rangePressed
    case .clear: .clearMarksPressed
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "item.open",
        keys: [.enter],
        label: "answer",
        help: "Answer from this item on, a key each; on a heading fold it up or unfold it",
        section: .move,
        hint: 1,
        availability: hasLine,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "item.answering",
        keys: [.character("i")],
        label: "answer",
        help: "Answer from here on: numbers or first letters set the result and go on",
        section: .change,
        availability: { .when(lock($0) == nil, otherwise: lock($0) ?? "") },
        action: { _ in .answeringPressed }
      ),
      ActionRow(
        "item.next",
        keys: [],
        label: "next open",
        help: "Go to the next item that is not assessed",
        section: .find,
        menuKey: "n",
        action: { _ in .nextPressed }
      ),
      ActionRow(
        "item.read",
        keys: [.character("K")],
        label: "read",
        help: "Read the item in full: requirement, guidance, answers, evidence, findings",
        section: .find,
        availability: hasItem,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "tree.unfold",
        keys: [.character("l"), .right],
        label: "unfold",
        help: "Unfold the heading, or go to the first line below it",
        section: .view,
        availability: hasLine,
        action: { _ in .unfoldPressed }
      ),
      ActionRow(
        "tree.fold",
        keys: [.character("h"), .left],
        label: "fold",
        help: "Fold the heading up, or go to the line that this one hangs on",
        section: .view,
        availability: hasLine,
        action: { _ in .foldPressed }
      ),
      ActionRow(
        "tree.fold-all",
        label: "fold to chapters",
        help: "Fold all chapters up",
        section: .view,
        menuKey: "f",
        action: { _ in .foldAllPressed }
      ),
      ActionRow(
        "tree.unfold-all",
        label: "unfold all",
        help: "Unfold everything",
        section: .view,
        menuKey: "u",
        action: { _ in .unfoldAllPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help:
          "Narrow the tree: result:partly work:to-do grade:major has:finding is:below-target text",
        section: .find,
        hint: 4,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "search",
        keys: [.character("/")],
        label: "search",
        help: "Go to a reference such as 3.2, or to words in any text",
        section: .find,
        hint: 3,
        action: { _ in .findPressed }
      ),
    ] + finding + marking + [
      ActionRow(
        "item.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Write the observation, and set reason, grade, sample, answers to questions",
        section: .change,
        hint: 2,
        availability: canAnswer,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "item.editor",
        keys: [.character("E")],
        label: "in $EDITOR",
        help: "Write the observation in $EDITOR",
        section: .change,
        availability: canAnswer,
        action: { _ in .editorPressed }
      ),
      ActionRow(
        "finding.create",
        keys: [.character("c")],
        label: "finding",
        help: "Open a finding that comes from this item",
        section: .change,
        menuKey: "c",
        availability: hasItem,
        action: { _ in .findingPressed }
      ),
      bulk("result", "Set the result of the item or of all marked ones", "r", .result),
      bulk("work", "Say how far the work on the item or on all marked ones is", "w", .work),
      bulk("grade", "Grade the item or all marked ones", "g", .grade),
      bulk("assignee", "Say who answers the item or all marked ones", "a", .assignee),
      ActionRow(
        "item.submit",
        label: "submit",
        help: "Hand the item or all marked ones over for review",
        section: .change,
        menuKey: "s",
        availability: hasLine,
        action: { _ in .bulkChosen(.submit) }
      ),
      ActionRow(
        "item.accept",
        label: "accept",
        help: "Accept the answers that are in review, of the item or of all marked ones",
        section: .change,
        menuKey: "y",
        availability: hasLine,
        action: { _ in .bulkChosen(.review(isAccepted: true, note: "")) }
      ),
      ActionRow(
        "item.send-back",
        label: "send back …",
        help: "Send answers that are in review back, with a word why",
        section: .change,
        menuKey: "b",
        availability: hasLine,
        action: { _ in .bulkChosen(.review(isAccepted: false, note: "")) }
      ),
      ActionRow(
        "pane.next",
        keys: [.tab],
        label: "text",
        help: "Go between the tree and the text of the item",
        section: .move,
        action: { _ in .focusMoved }
      ),
      ActionRow(
        "zoom",
        keys: [.character("z")],
        label: "zoom",
        help: "Give the whole area to the part with the keys, or share it again",
        section: .view,
        action: { _ in .zoomPressed }
      ),
    ]

  /// The rows of the answering mode.
  public static let answers: [ActionRow<State, Action>] = [
    result(.conforms, "conforms", [.character("1"), .character("c")], 1),
    result(.partly, "partly", [.character("2"), .character("p")], 2),
    result(.doesNotConform, "does not", [.character("3"), .character("d")], 3),
    result(.notApplicable, "n/a …", [.character("4"), .character("a")], 4),
    result(.notAssessed, "open", [.character("5"), .character("o")], 6),
    ActionRow(
      "answer.next",
      keys: [.character("n")],
      label: "next",
      help: "Go to the next item that is not assessed",
      section: .find,
      hint: 5,
      action: { _ in .nextPressed }
    ),
    ActionRow(
      "answer.edit",
      keys: [.character("e")],
      label: "text",
      help: "Write the observation, and set what does not fit on a key",
      section: .change,
      hint: 5,
      availability: canAnswer,
      action: { _ in .editPressed }
    ),
    ActionRow(
      "answer.before",
      keys: [.character("=")],
      label: "as before",
      help: "Take over what the audit before said of it, and go on",
      section: .change,
      availability: canAnswer,
      action: { _ in .previousPressed }
    ),
    ActionRow(
      "answer.score-up",
      keys: [.character("+")],
      label: "score up",
      help: "Raise the score to the next level of the scale",
      section: .change,
      availability: canAnswer,
      action: { _ in .scorePressed(1) }
    ),
    ActionRow(
      "answer.score-down",
      keys: [.character("-")],
      label: "score down",
      help: "Lower the score to the level below; below the least there is none",
      section: .change,
      availability: canAnswer,
      action: { _ in .scorePressed(-1) }
    ),
    ActionRow(
      "answer.work",
      keys: [.character("w")],
      label: "work",
      help: "Take the work a step on: to do, in progress, in review, done",
      section: .change,
      hint: 8,
      availability: canAnswer,
      action: { _ in .workPressed }
    ),
    ActionRow(
      "answer.target",
      keys: [.character("t")],
      label: "target …",
      help: "Set the score that is aimed at",
      section: .change,
      availability: canAnswer,
      action: { _ in .targetPressed }
    ),
    ActionRow(
      "answer.attest",
      keys: [.character("m")],
      label: "attest …",
      help: "Record somebody's word for the answer, and how long it holds",
      section: .change,
      availability: canAnswer,
      action: { _ in .attestPressed }
    ),
    ActionRow(
      "answer.end",
      keys: [.escape, .character("q")],
      label: "end",
      help: "End answering",
      section: .move,
      hint: 9,
      action: { _ in .backPressed }
    ),
  ]

  private static func result(
    _ result: AuditResult,
    _ label: String,
    _ keys: [Key],
    _ hint: Int
  ) -> ActionRow<State, Action> {
    ActionRow(
      "answer.\(result.rawValue)",
      keys: keys,
      label: label,
      help: result == .notApplicable
        ? "Set the result to not applicable, with the reason, and go on"
        : "Set the result to \(result.label), and go to the next item",
      section: .change,
      hint: hint,
      availability: canAnswer,
      action: { _ in .resultPressed(result) }
    )
  }

  private static func bulk(
    _ id: String,
    _ help: String,
    _ menuKey: Character,
    _ kind: AuditBulk.Kind
  ) -> ActionRow<State, Action> {
    ActionRow(
      "item.\(id)",
      label: "\(id) …",
      help: help,
      section: .change,
      menuKey: menuKey,
      availability: hasLine,
      action: { _ in .bulkPressed(kind) }
    )
  }

  private static let hasLine: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no line under the cursor")
  }

  private static let hasItem: @Sendable (State) -> Availability = {
    .when($0.selectedItem != nil, otherwise: "there is no item under the cursor")
  }

  private static let canAnswer: @Sendable (State) -> Availability = { state in
    if let reason = lock(state) { return .disabled(reason) }
    return hasItem(state)
  }

  private static let hasHits: @Sendable (State) -> Availability = {
    .when(
      $0.find?.hits.isEmpty == false,
      otherwise: "nothing was searched for; / searches, x n goes to the next open item"
    )
  }
}
