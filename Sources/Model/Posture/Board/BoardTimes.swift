/// How long something took, over several incidents.
///
/// A time counts where it is known to the day or better: one that is known to the day stands for the middle
/// of it, or of the part of it that the other time leaves. What was stated as earlier than what it is
/// counted from took no time.
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
    minutes.append(BoardTimes.milliseconds(from: start, to: end) / 60_000)
  }

  /// From the middle of what the start can mean to the middle of what the end can, neither past the other.
  private static func milliseconds(from start: StatedTime, to end: StatedTime) -> Int64 {
    func middle(_ from: Instant, _ to: Instant) -> Int64 {
      from.milliseconds + (to.milliseconds - from.milliseconds) / 2
    }
    guard start.earliest <= end.latest else { return 0 }
    let first = middle(start.earliest, min(start.latest, end.latest))
    return max(0, middle(max(end.earliest, start.earliest), end.latest) - first)
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
