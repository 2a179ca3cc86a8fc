/// How long something took, over several incidents.
///
/// A time counts where it is known to the day or better: one that is known to the day stands for the middle
/// of it. What was stated as earlier than what it is counted from took no time.
public struct BoardTimes: Codable, Sendable, Hashable {
  /// Each length in minutes, in the order of the incidents.
  public private(set) var minutes: [Int64] = []
  /// How many of them rest on a time that is known to the day alone.
  public private(set) var toTheDay = 0
  /// Of how many incidents a time is not known, or to the month or year alone.
  public private(set) var missing = 0

  /// Makes lengths of nothing.
  public init() {}

  /// Adds an incident.
  public mutating func add(from start: StatedTime?, to end: StatedTime?) {
    guard let start, let end, start.precision >= .day, end.precision >= .day else {
      missing += 1
      return
    }
    if start.precision == .day || end.precision == .day { toTheDay += 1 }
    let length = (end.middle.milliseconds - start.middle.milliseconds) / 60_000
    minutes.append(max(0, length))
  }

  /// How many incidents there are.
  public var base: Int { minutes.count + missing }

  /// The middle one; of an even number the mean of the two in the middle; nil where there is none.
  public var median: Int64? { BoardTimes.median(minutes.sorted()) }

  /// The middle of sorted numbers.
  public static func median(_ sorted: [Int64]) -> Int64? {
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// `45 min`, `5 h 20 min`, `3 d 4 h`.
  public static func words(_ minutes: Int64) -> String {
    switch minutes {
    case ..<60: return "\(minutes) min"
    case 60..<1440:
      return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    default:
      let hours = minutes % 1440 / 60
      return hours == 0 ? "\(minutes / 1440) d" : "\(minutes / 1440) d \(hours) h"
    }
  }
}

extension StatedTime {
  /// The middle of what it can mean.
  fileprivate var middle: Instant {
    Instant(milliseconds: earliest.milliseconds + (latest.milliseconds - earliest.milliseconds) / 2)
  }
}
