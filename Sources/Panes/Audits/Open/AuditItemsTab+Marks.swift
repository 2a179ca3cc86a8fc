import Drawing
public import Model

/// What is set in several items at once.
public enum AuditBulk: Sendable, Equatable {
  /// What kind of thing it is.
  public enum Kind: Sendable {
    case result, work, grade, assignee
  }
  case result(AuditResult)
  case work(AuditWork)
  case grade(AuditGrade?)
  case assignee(String)
  /// Hands answers over for review.
  case submit
  /// Accepts answers that are in review, or sends them back for a reason.
  case review(isAccepted: Bool, note: String)

  /// What it does, in words.
  var words: String {
    switch self {
    case .result(let result): "Set the result to \(result.label)"
    case .work(let work): "Set the work to \(work.label)"
    case .grade(let grade): "Set the grade to \(grade?.label ?? "none")"
    case .assignee(let name): name.isEmpty ? "Leave to the auditor" : "Hand to \(name)"
    case .submit: "Submit for review"
    case .review(let isAccepted, _): isAccepted ? "Accept" : "Send back"
    }
  }

  /// The changes for some items.
  func changes(_ rows: [AuditTreeRow], _ audit: Audit) -> [any Change] {
    let items = rows.compactMap(\.item)
    func set(_ edit: AuditItemEdit) -> [any Change] {
      items.map { AnswerItem(id: $0.id, basedOn: $0.version, edits: [edit]) }
    }
    switch self {
    case .result(let result): return set(.result(result))
    case .work(let work): return set(.work(work))
    case .grade(let grade): return set(.grade(grade))
    case .assignee(let name): return set(.assignee(name))
    case .submit:
      return [SubmitForReview(id: audit.id, basedOn: nil, places: rows.map(\.place))]
    case .review(let isAccepted, let note):
      return items.filter { $0.work == .inReview }.map {
        ReviewItem(id: $0.id, basedOn: $0.version, isAccepted: isAccepted, note: note)
      }
    }
  }
}

// Marks, and what is done with marked items.
extension AuditItemsTab {
  static func reduceMarks(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .markPressed:
      state.table.toggleMark()
      return move(&state, .by(1), context)
    case .rangePressed:
      let start = state.table.rangeStart
      let missing = state.table.markRange()
      guard let start, missing > 0, let audit = state.audit?.row.id else { return [] }
      let first = min(start, state.table.cursor)
      let window = RowWindow(start: first, count: max(start, state.table.cursor) - first + 1)
      return [.ask(tree(state, audit, window), slot: "audit.range") { .rangeAnswered($0) }]
    case .rangeAnswered(.success(let page)):
      state.table.marks.formUnion(page.rows.map(\.place))
      return [.toast(Toast(.done, "\(state.table.marks.count) marked"))]
    case .clearMarksPressed:
      state.table.clearMarks()
      return []
    case .bulkPressed(let kind):
      if let reason = lock(state) { return [.toast(Toast(.notice, reason))] }
      return [.present(overlay(kind))]
    case .bulkNamed(let name):
      return reduceMarks(&state, .bulkChosen(.assignee(name)), context)
    case .sendBackGiven(let note):
      guard !note.isEmpty else {
        return [.toast(Toast(.notice, "what is sent back needs a word why"))]
      }
      return reduceMarks(
        &state,
        .bulkChosen(.review(isAccepted: false, note: note)),
        context
      )
    case .bulkChosen(.review(false, "")):
      let prompt = PromptRequest<Action>(
        label: "sent back because",
        submit: { .sendBackGiven($0) }
      )
      return [.present(.prompt(prompt))]
    case .bulkChosen(let bulk):
      guard let audit = state.audit?.row.id, let row = state.table.selectedRow else { return [] }
      let places = state.table.marks.isEmpty ? [row.place] : state.table.marks
      return [
        .ask(AuditItemsBelow(audit: audit, places: places), slot: "audit.bulk") {
          .bulkPrepared(bulk, $0)
        }
      ]
    case .bulkPrepared(let bulk, .success(let rows)):
      guard rows.count > 1 else { return reduceMarks(&state, .bulkConfirmed(bulk, rows), context) }
      return [
        .present(
          .confirm(
            Confirmation(
              title: "\(bulk.words): \(rows.count) items",
              lines: rows.prefix(6).map { row in
                Line([
                  Span(Untrusted(row.reference), .textStrong), Span("  "),
                  Span(Untrusted(row.headline)),
                ])
              } + (rows.count > 6 ? [Line("and \(rows.count - 6) more", .textMuted)] : []),
              doLabel: "Do it",
              action: .bulkConfirmed(bulk, rows)
            )
          )
        )
      ]
    case .bulkConfirmed(let bulk, let rows):
      guard let audit = state.audit?.row.audit else { return [] }
      let changes = bulk.changes(rows, audit)
      guard !changes.isEmpty else {
        return [.toast(Toast(.notice, "none of these items is in review"))]
      }
      return [.apply(changes) { .changed($0) }]
    default: return []
    }
  }

  private static func overlay(_ kind: AuditBulk.Kind) -> Overlay<Action> {
    func menu<Value: Sendable>(
      _ title: String,
      _ values: [(label: String, value: Value)],
      _ make: (Value) -> AuditBulk
    ) -> Overlay<Action> {
      .menu(
        MenuRequest(
          title: title,
          entries: values.enumerated().map { index, entry in
            .init(
              key: Character("\(index + 1)"),
              label: entry.label,
              action: .bulkChosen(make(entry.value))
            )
          }
        )
      )
    }
    switch kind {
    case .result:
      // What does not apply needs a reason of its own for each item.
      let results: [AuditResult] = [.conforms, .partly, .doesNotConform, .notAssessed]
      return menu("Result", results.map { ($0.label, $0) }) { .result($0) }
    case .work: return menu("Work", AuditWork.allCases.map { ($0.label, $0) }) { .work($0) }
    case .grade:
      let grades: [AuditGrade?] = AuditGrade.allCases + [nil]
      return menu("Grade", grades.map { ($0?.label ?? "none", $0) }) { .grade($0) }
    case .assignee:
      return .prompt(
        PromptRequest(label: "answered by; empty is the auditor", submit: { .bulkNamed($0) })
      )
    }
  }
}
