import Drawing
import Model
import Panes

/// What concerns the record as a whole: changes from elsewhere, conflicts, undo and redo.
enum RootRecord {
  static func reduce(_ state: inout RootState, _ action: RootAction) -> [RootEffect] {
    switch action {
    case .recordTouched:
      return [Root.ask(ChangesSince(after: state.seenHead ?? .max))]
    case .changesAnswered(.failure(let error)):
      Root.show(Toast(.failure, error.description), &state)
      return []
    case .changesAnswered(.success(let answer)):
      guard answer.head != state.seenHead else { return [] }
      let isFirst = state.seenHead == nil
      state.seenHead = answer.head
      guard !isFirst else { return [] }
      // Without rules no clock is worked out, and nobody would say that those there have altered.
      let reminders = state.world.rulesProblem == nil ? [] : RootReminders.ask(&state)
      return RootView.tell(answer.subjects, &state) + reminders + [.updateClocks]
    case .applied(let entries):
      if !entries.isEmpty {
        state.undoSteps.append(entries)
        if state.undoSteps.count > 500 { state.undoSteps.removeFirst() }
        state.redoSteps.removeAll()
      }
      let kept = state.submittedDraft.map { [RootEffect.dropDraft(key: $0)] } ?? []
      state.submittedDraft = nil
      return kept + [Root.ask(ChangesSince(after: state.seenHead ?? .max))]
    case .draftSubmitted(let key):
      state.submittedDraft = key
      return []
    case .conflicted(let conflict, let retry, let give):
      state.overlays.append(.conflict(ConflictView(conflict: conflict, retry: retry, give: give)))
      state.guardUppermost()
      return []
    case .retried(let changes, let then):
      return [.pane(.apply(changes, then: then))]
    case .undoPressed:
      guard let step = state.undoSteps.popLast() else {
        Root.show(Toast(.notice, "nothing of this session is left to undo"), &state)
        return []
      }
      return [.pane(.undo(step) { .undone($0, step, isRedo: false) })]
    case .redoPressed:
      guard let step = state.redoSteps.popLast() else {
        Root.show(Toast(.notice, "nothing was undone that could be done again"), &state)
        return []
      }
      return [.pane(.undo(step) { .undone($0, step, isRedo: true) })]
    case .undone(.failure(let error), let step, let isRedo):
      // A disk that is full may have room again; what somebody has overtaken stays overtaken.
      if case .failed = error {
        if isRedo { state.redoSteps.append(step) } else { state.undoSteps.append(step) }
      }
      Root.show(Toast(.failure, error.description), &state)
      return []
    case .undone(.success(let receipts), _, let isRedo):
      let entries = receipts.filter(\.isReversible).map(\.entry)
      if !entries.isEmpty {
        if isRedo { state.undoSteps.append(entries) } else { state.redoSteps.append(entries) }
      }
      let what = receipts.count == 1 ? receipts[0].reference : "\(receipts.count) changes"
      Root.show(
        Toast(.done, isRedo ? "done again: \(what)" : "undone: \(what) · U does it again"),
        &state
      )
      return [Root.ask(ChangesSince(after: state.seenHead ?? .max))]
    default: return []
    }
  }
}
