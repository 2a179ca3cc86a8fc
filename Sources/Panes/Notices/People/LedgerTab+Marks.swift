import Drawing
import Model

extension LedgerTab {
  /// Marking people, by number: marks stay theirs whatever comes and goes.
  static func mark(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    var effects: [Effect<Action>] = []
    switch action {
    case .markPressed:
      state.isAllMarked = false
      state.table.toggleMark()
      state.table.move(.by(1), height: height(state, context))
      effects = readMore(state, context)
    case .rangePressed:
      state.isAllMarked = false
      let left = state.table.markRange()
      if left > 0 {
        let words = "\(left) of the range were not read and are not marked; a marks all that pass"
        effects = [.toast(Toast(.notice, words))]
      }
    case .markAllPressed:
      state.table.clearMarks()
      state.isAllMarked.toggle()
    default:
      state.table.clearMarks()
      state.isAllMarked = false
    }
    let marks = state.table.marks
    for row in state.table.rows where marks.contains(row.number) {
      state.marked[row.number] = row.state
    }
    state.marked = state.marked.filter { marks.contains($0.key) }
    return effects
  }

  /// Whom an action means: all that pass, the marked ones, or the one under the cursor.
  enum Meant: Sendable, Equatable {
    case filter(LedgerFilter)
    case numbers([Int64: RecipientState])

    /// How many are meant, by state.
    func counts(_ status: MailingStatus.Answer?) -> [RecipientState: Int] {
      var counts: [RecipientState: Int] = [:]
      switch self {
      case .filter(let filter):
        for tally in status?.tallies ?? [] where filter.passes(tally.state, tally.jurisdiction) {
          counts[tally.state, default: 0] += tally.count
        }
      case .numbers(let states): for state in states.values { counts[state, default: 0] += 1 }
      }
      return counts
    }
  }

  /// Whom an action means.
  static func meant(_ state: State) -> Meant {
    if state.isAllMarked { return .filter(state.filter) }
    if !state.table.marks.isEmpty { return .numbers(state.marked) }
    return .numbers(state.table.selectedRow.map { [$0.number: $0.state] } ?? [:])
  }
}
