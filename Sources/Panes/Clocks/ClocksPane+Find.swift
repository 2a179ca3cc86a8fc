internal import Drawing
internal import Model

// Filter and search.
extension ClocksPane {
  static func find(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .filterPressed: return [.filterPrompt(state.filterText) { .filterTyped($0) }]
    case .filterTyped(let text):
      guard text != state.filterText else { return [] }
      state.filterText = text
      state.table.move(.first, height: height(state, context))
      return [read(state, context), readWaiting(state), readMonth(state)]
    case .findPressed:
      let prompt = PromptRequest<Action>(
        label: "/",
        text: state.findText,
        submit: { .findTyped($0) }
      )
      return [.present(.prompt(prompt))]
    case .findTyped(let text):
      state.findText = text
      guard !text.isEmpty else { return [] }
      return find(&state, .findMoved(0), context)
    case .findMoved(let step):
      guard !state.findText.isEmpty else {
        return [.toast(Toast(.notice, "nothing was searched for; / searches"))]
      }
      guard let position = hit(state, step) else {
        let part =
          state.table.rows.count < state.table.total ? " of those read; f looks at all" : ""
        return [.toast(Toast(.notice, "no clock\(part) has \(state.findText)"))]
      }
      return reduce(&state, .moved(.to(position)), context)
    default: return []
    }
  }

  /// The next row with the words that are searched for, round and round.
  private static func hit(_ state: State, _ step: Int) -> Int? {
    let needle = state.findText.lowercased()
    let start = state.table.loaded.lowerBound
    let hits = state.table.rows.indices.filter { index in
      if let audit = state.table.rows[index].audit { return audit.has(state.findText) }
      if let request = state.table.rows[index].request {
        return [request.reference, request.facts.wanted.label, request.facts.jurisdiction]
          .contains { $0.lowercased().contains(needle) }
      }
      guard let row = state.table.rows[index].clock else { return false }
      let obligation = row.record.obligation
      return [
        row.reference, row.title, obligation.id, obligation.recipient, obligation.law,
        obligation.jurisdiction,
      ].contains { $0.lowercased().contains(needle) }
    }.map { $0 + start }
    let cursor = state.table.cursor
    switch step {
    case 0: return hits.first { $0 >= cursor } ?? hits.first
    case 1...: return hits.first { $0 > cursor } ?? hits.first
    default: return hits.last { $0 < cursor } ?? hits.last
    }
  }
}
