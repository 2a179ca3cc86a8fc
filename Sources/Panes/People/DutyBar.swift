import Drawing
import Model

/// How duties of training stand, as a bar whose parts differ by sign as well as by colour.
enum DutyBar {
  /// The sign of a state, and its role.
  static func look(_ state: DutyState) -> (sign: String, role: Role) {
    switch state {
    case .done: ("█", .success)
    case .due: ("▒", .deadlineSoon)
    case .overdue: ("!", .deadlineOverdue)
    case .expired: ("x", .deadlineOverdue)
    }
  }

  private static let order: [DutyState] = [.done, .due, .overdue, .expired]

  /// The bar in so many columns; a track where nobody must do anything.
  static func bar(_ tally: DutyTally, columns: Int) -> [Span] {
    guard tally.total > 0 else {
      return [Span(String(repeating: "·", count: max(0, columns)), .chartTrack)]
    }
    let widths = Shares.columns(of: order.map { tally[$0] }, in: columns)
    return zip(order, widths).compactMap { state, width in
      let look = look(state)
      return width == 0 ? nil : Span(String(repeating: look.sign, count: width), look.role)
    }
  }

  /// What the signs mean and how many there are of each.
  static func legend(_ tally: DutyTally) -> Line {
    Line(
      order.flatMap { state -> [Span] in
        let look = look(state)
        return [
          Span(" \(look.sign)", look.role), Span(" \(state.label) ", .textMuted),
          Span("\(tally[state])", .textStrong), Span(" "),
        ]
      }
    )
  }
}

extension Look {
  /// Where somebody stands, with a sign that needs no colour; 11 columns at most.
  static func duty(_ state: DutyState) -> Span {
    let look = DutyBar.look(state)
    return Span("\(look.sign) \(state.label)", look.role, state.isLate ? .bold : [])
  }

  /// The share that is in order, in percent.
  static func inOrder(_ tally: DutyTally) -> Line {
    tally.percentInOrder.map { Line("\($0) %", tally.late == 0 ? .stateDone : .stateProgress) }
      ?? Line("–", .textMuted)
  }

  /// How many are late; a dot for none.
  static func late(_ count: Int) -> Line {
    count == 0 ? Line("·", .textMuted) : Line("! \(count)", .deadlineOverdue, .bold)
  }

  /// A share in tenths of a percent, rounded to whole ones; what is hidden or not known is said.
  static func share(_ tenths: Int?) -> Line {
    tenths.map { Line("\(($0 + 5) / 10) %") } ?? Line("hidden", .textMuted)
  }

  /// So many seconds in their two largest units.
  static func length(_ seconds: Int64?) -> Line {
    seconds.map { Line(TimeWords.length(.seconds($0))) } ?? Line("–", .textMuted)
  }
}
