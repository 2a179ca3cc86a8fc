extension DrillScore {
  /// The score in a line: `5 of 7 clocks met, 1 late, 1 still running`.
  public var summary: String {
    guard counted > 0 else { return "no clock with a deadline ran" }
    let rest: [(Int, String)] = [
      (count(.late), "late"), (count(.missed), "missed"), (count(.running), "still running"),
    ]
    return
      (["\(count(.met)) of \(counted) \(counted == 1 ? "clock" : "clocks") met"]
      + rest.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }).joined(separator: ", ")
  }

  /// What must be known before the score is trusted; empty where nothing must.
  public var caveat: String {
    isCurrent ? "" : "some clocks were not worked out anew after the last change of the facts"
  }

  /// A length of time to the minute, or to the second under one: `2 d 3 h`, `4 h 10 min`, `12 s`.
  static func length(_ seconds: Int64) -> String {
    let size = seconds.magnitude
    switch size {
    case ..<60: return "\(size) s"
    case 60..<3600: return "\(size / 60) min"
    case 3600..<86_400: return "\(size / 3600) h \(size % 3600 / 60) min"
    default: return "\(size / 86_400) d \(size % 86_400 / 3600) h"
    }
  }
}

extension DrillScore.Clock {
  /// How it came out, with the time left or lacking: `met, 3 h 12 min left`.
  public var outcome: String {
    let length = left.map(DrillScore.length) ?? ""
    switch standing {
    case .met: return "met, \(length) left"
    case .late: return "late by \(length)"
    case .missed: return "missed, \(length) over"
    case .running: return "running, \(length) left"
    case .held: return "held, nothing sent"
    case .sent: return left == nil ? "sent, no fixed deadline" : "sent while held"
    case .owed: return "no fixed deadline, nothing sent"
    }
  }
}

extension DrillScore.Step {
  /// How long after awareness it was taken: `25 min after`, `5 min before`, `never`.
  public var outcome: String {
    guard let after else { return "never" }
    return "\(DrillScore.length(after)) \(after < 0 ? "before" : "after") awareness"
  }
}
