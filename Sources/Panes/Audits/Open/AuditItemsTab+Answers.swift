import Drawing
import Model

// Answering: one key sets a result and goes on.
extension AuditItemsTab {
  static func reduceAnswers(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .answeringPressed:
      if let reason = context.readOnlyReason ?? lock(state) {
        return [.toast(Toast(.notice, reason))]
      }
      (state.isAnswering, state.focus) = (true, .tree)
      return state.selectedItem == nil ? reduce(&state, .nextPressed, context) : []
    case .nextPressed:
      guard let audit = state.audit?.row.id else { return [] }
      let place = state.table.selectedRow?.place
      return [
        .ask(NextUnanswered(audit: audit, after: place), slot: "audit.next") { .nextAnswered($0) }
      ]
    case .nextAnswered(.success(let place?)):
      return unfold(&state, place)
    case .nextAnswered(.success(nil)):
      return [.toast(Toast(.done, "everything is assessed"))]
    case .resultPressed(.notApplicable):
      guard state.selectedItem != nil else { return none }
      let prompt = PromptRequest<Action>(
        label: "not applicable because",
        text: state.selectedText?.details.item.reason ?? "",
        submit: { .reasonGiven($0) }
      )
      return [.present(.prompt(prompt))]
    case .reasonGiven(let reason):
      guard !reason.isEmpty else {
        return [.toast(Toast(.notice, "what is not applicable needs a reason"))]
      }
      return answer(&state, [.result(.notApplicable), .reason(reason)])
        + step(&state, context)
    case .resultPressed(let result):
      guard state.selectedItem != nil else { return none }
      return answer(&state, [.result(result)]) + step(&state, context)
    case .scorePressed(let step):
      return score(&state, step)
    case .workPressed:
      guard let item = current(state) else { return none }
      let all = AuditWork.allCases
      let next = ((all.firstIndex(of: item.work) ?? 0) + 1) % all.count
      return answer(&state, [.work(all[next])])
    case .previousPressed:
      return takePrevious(&state, context)
    case .targetPressed:
      guard state.selectedItem != nil else { return none }
      guard let scale = state.audit?.scale else { return [noScale] }
      let prompt = PromptRequest<Action>(
        label: "target, \(scale.minimum) to \(scale.maximum), or nothing",
        text: state.selectedItem?.target.map(String.init) ?? "",
        submit: { .targetGiven($0) }
      )
      return [.present(.prompt(prompt))]
    case .targetGiven(let text):
      let trimmed = text.filter { !$0.isWhitespace }
      guard !trimmed.isEmpty else { return answer(&state, [.target(nil)]) }
      guard let target = Int(trimmed) else {
        return [.toast(Toast(.failure, "\(text) is no number"))]
      }
      return answer(&state, [.target(target)])
    case .editPressed: return present(.answer, state, context)
    case .attestPressed: return present(.attestation, state, context)
    case .findingPressed: return present(.finding, state, context)
    case .editorPressed:
      guard let item = state.selectedText?.details.item else { return none }
      return [
        .perform(
          .edit(text: item.observation, name: "observation") { .edited(item, $0) }
        )
      ]
    case .edited(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .edited(_, .success(nil)): return [.toast(Toast(.notice, "nothing was altered"))]
    case .edited(let item, .success(let text?)):
      return apply(&state, item.id, item.version, [.observation(text)])
    case .submitted(let kind, let item, let values):
      return submit(&state, kind, item, values, context)
    case .saved(let id, .success(let receipts)):
      let version = receipts.last?.version ?? 0
      state.pending[id]?.version = version
      guard let next = state.pending[id]?.queue.first else {
        state.pending[id]?.isUnderWay = false
        return []
      }
      state.pending[id]?.queue.removeFirst()
      return [send(id, version, next)]
    case .saved(let id, .failure(let error)):
      let lost = state.pending.removeValue(forKey: id)?.queue.count ?? 0
      let more = lost > 0 ? "; \(lost) more answers to it were not recorded" : ""
      return [.toast(Toast(.failure, error.description + more))]
    default: return []
    }
  }

  /// Why nothing in the audit can be answered; nil where it can.
  static func lock(_ state: State) -> String? {
    switch state.audit?.row.audit.state {
    case nil: "the audit is being read"
    case .signed: "the audit is signed; it is opened again in its tab Sign-off"
    case .planned: "the audit is only planned; it is opened in its tab Sign-off"
    case .open, .inReview: nil
    }
  }

  private static var none: [Effect<Action>] {
    [.toast(Toast(.notice, "there is no item under the cursor; n goes to the next open one"))]
  }

  private static var noScale: Effect<Action> {
    .toast(Toast(.notice, "this framework has no scale for scores"))
  }

  /// Sets things in the item under the cursor.
  static func answer(_ state: inout State, _ edits: [AuditItemEdit]) -> [Effect<Action>] {
    guard let item = state.selectedItem else { return none }
    return apply(&state, item.id, item.version, edits)
  }

  /// Sets things in an item; one change to an item waits for the one before, whose version it needs.
  private static func apply(
    _ state: inout State,
    _ id: RecordID,
    _ version: Version,
    _ edits: [AuditItemEdit]
  ) -> [Effect<Action>] {
    if let reason = lock(state) { return [.toast(Toast(.notice, reason))] }
    var pending = state.pending[id] ?? PendingAnswers()
    if !pending.isUnderWay, version >= pending.version { pending.edits = [] }
    pending.edits += edits
    defer { state.pending[id] = pending }
    guard !pending.isUnderWay else {
      pending.queue.append(edits)
      return []
    }
    pending.isUnderWay = true
    return [send(id, max(version, pending.version), edits)]
  }

  /// The item under the cursor with what was answered and the tree does not show yet.
  private static func current(_ state: State) -> AuditTreeRow.Item? {
    guard var item = state.selectedItem else { return nil }
    guard let pending = state.pending[item.id],
      pending.isUnderWay || pending.version > item.version
    else { return item }
    for edit in pending.edits {
      if case .work(let work) = edit { item.work = work }
      if case .score(let score) = edit { item.score = score }
    }
    return item
  }

  private static func send(_ id: RecordID, _ version: Version?, _ edits: [AuditItemEdit])
    -> Effect<Action>
  {
    .apply([AnswerItem(id: id, basedOn: version, edits: edits)]) { .saved(id, $0) }
  }

  /// Goes to the next item below; headings between are passed over.
  private static func step(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    var position = state.table.cursor + 1
    while let row = state.table.row(at: position), row.item == nil { position += 1 }
    guard position < state.table.total else {
      return [.toast(Toast(.notice, "that was the last item; n goes to the next open one"))]
    }
    return move(&state, .to(position), context)
  }

  private static func score(_ state: inout State, _ direction: Int) -> [Effect<Action>] {
    guard let item = current(state) else { return none }
    guard let scale = state.audit?.scale else { return [noScale] }
    let known = scale.levels.map(\.score).sorted()
    let next: Int?
    if known.count > 1 {
      let at = item.score
      next =
        direction > 0
        ? at.map { at in known.first { $0 > at } ?? at } ?? known.first
        : at.flatMap { at in known.last { $0 < at } }
    } else {
      let step = max(1, (scale.maximum - scale.minimum) / 20)
      let value = item.score.map { $0 + direction * step } ?? (direction > 0 ? scale.minimum : nil)
      next = value.flatMap { $0 < scale.minimum ? nil : min($0, scale.maximum) }
    }
    guard next != item.score else { return [] }
    return answer(&state, [.score(next)])
  }

  /// Says of the item what the audit before said of it.
  private static func takePrevious(_ state: inout State, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let text = state.selectedText else { return none }
    guard let previous = text.details.item.previous, previous.result != .notAssessed else {
      return [.toast(Toast(.notice, "the audit before says nothing of it"))]
    }
    var edits: [AuditItemEdit] = [.result(previous.result), .reason(previous.reason)]
    if state.audit?.scale != nil { edits.append(.score(previous.score)) }
    if !previous.observation.isEmpty { edits.append(.observation(previous.observation)) }
    edits.append(.grade(previous.grade))
    return answer(&state, edits) + step(&state, context)
  }

  private static func present(
    _ kind: AuditItemForms.Kind,
    _ state: State,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    if kind != .finding, let reason = lock(state) { return [.toast(Toast(.notice, reason))] }
    guard let text = state.selectedText else { return none }
    let item = text.details.item
    return [
      .present(
        .form(
          FormRequest(
            title: AuditItemForms.title(kind, text),
            fields: AuditItemForms.fields(kind, text, state.audit?.scale, context),
            draftKey: "auditItem.\(kind.rawValue).\(item.id)",
            submit: { .submitted(kind, item, $0) }
          )
        )
      )
    ]
  }

  private static func submit(
    _ state: inout State,
    _ kind: AuditItemForms.Kind,
    _ item: AuditItem,
    _ values: [String: String],
    _ context: PaneContext
  ) -> [Effect<Action>] {
    do {
      if kind == .finding {
        let facts = try FindingForms.facts(
          values,
          FindingFacts(title: "", severity: .medium),
          context
        )
        return [
          .apply([OpenFinding(facts: facts, item: Subject(.auditItem, item.id))]) { .changed($0) }
        ]
      }
      let questions =
        state.item?.item.place == item.place ? state.item?.requirement.questions ?? [] : []
      let edits = AuditItemForms.edits(kind, values, item, questions, context)
      guard !edits.isEmpty else { return [.toast(Toast(.notice, "nothing was altered"))] }
      return apply(&state, item.id, item.version, edits)
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }
}
