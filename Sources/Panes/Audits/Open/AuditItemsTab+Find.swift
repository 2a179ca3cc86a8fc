import Drawing
import Model

// Folding, filter and search.
extension AuditItemsTab {
  static func reduceFolds(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .openPressed:
      guard let row = state.table.selectedRow else { return [] }
      guard row.item != nil, state.focus == .tree, !state.isAnswering else {
        return row.item == nil
          ? toggle(&state, row, context) : reduceFolds(&state, .readPressed, context)
      }
      return reduce(&state, .answeringPressed, context)
    case .readPressed:
      guard let text = state.selectedText else { return [] }
      let name = text.details.requirement.reference
      let title = [state.audit?.row.audit.reference ?? "", name].joined(separator: " ")
      return [
        .present(.reader(title: title, lines: text.lines(state.audit?.scale, context)))
      ]
    case .foldPressed:
      guard let row = state.table.selectedRow else { return [] }
      if row.isParent, !isFolded(row, state) { return toggle(&state, row, context) }
      guard let parent = parent(of: row, state) else { return [] }
      return move(&state, .to(parent), context)
    case .unfoldPressed:
      guard let row = state.table.selectedRow else { return [] }
      if row.isParent, isFolded(row, state) { return toggle(&state, row, context) }
      return row.isParent ? move(&state, .by(1), context) : []
    case .unfoldAllPressed:
      state.folded = [:]
      return [read(state, context)].compactMap(\.self)
    case .foldAllPressed:
      guard let audit = state.audit?.row.id else { return [] }
      return [.ask(AuditChapters(audit: audit), slot: "audit.fold") { .chaptersAnswered($0) }]
    case .chaptersAnswered(.success(let chapters)):
      let parents = chapters.filter { $0.end > $0.place + 1 }
      state.folded = Dictionary(parents.map { ($0.place, $0.end) }) { first, _ in first }
      let place = state.table.selectedID ?? 0
      let kept = parents.last { $0.place <= place && place < $0.end }?.place
      return kept.map { goTo($0, state) } ?? [read(state, context)].compactMap(\.self)
    default: return []
    }
  }

  private static func toggle(
    _ state: inout State,
    _ row: AuditTreeRow,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard row.isParent else { return [] }
    state.folded[row.place] = isFolded(row, state) ? nil : row.end
    return [read(state, context)].compactMap(\.self)
  }

  private static func isFolded(_ row: AuditTreeRow, _ state: State) -> Bool {
    state.folded[row.place] != nil
  }

  /// The position of the line that a line hangs on, among those that are held.
  private static func parent(of row: AuditTreeRow, _ state: State) -> Int? {
    (state.table.loaded.lowerBound..<state.table.cursor).last { position in
      state.table.row(at: position).map { $0.depth < row.depth } ?? false
    }
  }

  // MARK: Filter and search

  static func reduceFind(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .filterPressed:
      return [
        .filterPrompt(
          state.filterText,
          completions: { AuditItemFilter.completions(for: $0) },
          accepted: { .filterAccepted($0) },
          typed: { .filterTyped($0) }
        )
      ]
    case .filterTyped(let text):
      return apply(&state, text, isTyping: true, context)
    case .filterAccepted(let text):
      return apply(&state, text, isTyping: false, context)
    case .findPressed:
      let prompt = PromptRequest<Action>(label: "/", text: "", submit: { .findTyped($0) })
      return [.present(.prompt(prompt))]
    case .findTyped(let text):
      guard let audit = state.audit?.row.id, !text.isEmpty else {
        state.find = nil
        return []
      }
      state.find = Find(text: text)
      return [
        .ask(AuditSearch(audit: audit, text: text), slot: "audit.find") {
          .findAnswered(text, $0)
        }
      ]
    case .findAnswered(let text, .success(let hits)):
      guard state.find?.text == text else { return [] }
      state.find?.hits = hits
      guard !hits.isEmpty else {
        return [.toast(Toast(.notice, "no line has \(text)"))]
      }
      let place = state.table.selectedID ?? 0
      state.find?.index = hits.firstIndex { $0 >= place } ?? 0
      return goToHit(&state)
    case .findMoved(let step):
      guard let find = state.find, !find.hits.isEmpty else {
        return [.toast(Toast(.notice, "nothing was searched for; / searches"))]
      }
      let count = find.hits.count
      state.find?.index = ((find.index + step) % count + count) % count
      return goToHit(&state)
    default: return []
    }
  }

  private static func goToHit(_ state: inout State) -> [Effect<Action>] {
    guard let find = state.find, find.hits.indices.contains(find.index) else { return [] }
    return unfold(&state, find.hits[find.index])
  }

  private static func apply(
    _ state: inout State,
    _ text: String,
    isTyping: Bool,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    do throws(UnreadableFilter) {
      let filter = try AuditItemFilter(parsing: text)
      state.filterProblem = nil
      state.filterText = text
      guard filter != state.filter else { return [] }
      state.filter = filter
      return [read(state, context)].compactMap(\.self)
    } catch {
      state.filterProblem = isTyping ? "\(error)" : nil
      return isTyping ? [] : [.toast(Toast(.failure, "\(error)"))]
    }
  }
}
