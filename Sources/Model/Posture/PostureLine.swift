/// The posture in one line, for prompts, tmux and the message of the day.
///
/// The worst state, how many themes stand so, and what presses most; always under 100 columns, ASCII, and
/// without text from outside.
public struct PostureLine: Sendable, Equatable {
  /// The line.
  public let text: String

  /// The most columns it has.
  public static let columns = 99

  /// Makes the line.
  public init(_ posture: Posture) {
    let counts = [PostureState.bad, .attention, .unknown, .good].compactMap { state in
      let count = posture.count(state)
      return count > 0 ? "\(count) \(state.label)" : nil
    }
    let worst = posture.themes.filter { $0.state == posture.state && $0.state != .good }
    let themes = worst.map(\.theme.rawValue).joined(separator: ", ")
    var line = "tocsin \(posture.state.label): \(counts.joined(separator: ", "))"
    if !themes.isEmpty { line += " - \(themes)" }
    // A figure says more than a word, as long as there is room for it.
    for theme in worst {
      let longer = "\(line); \(theme.reason)"
      guard longer.utf8.count <= Self.columns,
        longer.utf8.allSatisfy({ (32...126).contains($0) })
      else { continue }
      line = longer
    }
    text = String(line.prefix(Self.columns))
  }
}
