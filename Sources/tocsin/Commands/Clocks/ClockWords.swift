internal import ArgumentParser
internal import Exchange
internal import Model

/// A length of time as it is typed: `6h`, `90m`, `2d`.
struct TimeSpan: ExpressibleByArgument {
  /// The length.
  let duration: Duration

  init(hours: Int) { duration = .seconds(hours * 3600) }

  init?(argument: String) {
    let units: [Character: Int] = ["m": 60, "h": 3600, "d": 86_400]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Int(argument.dropLast()),
      (0...100_000).contains(count)
    else { return nil }
    duration = .seconds(count * unit)
  }

  /// The length as it is typed.
  var text: String {
    let seconds = Int(duration.components.seconds)
    if seconds % 86_400 == 0, seconds > 0 { return "\(seconds / 86_400) d" }
    return seconds % 3600 == 0 ? "\(seconds / 3600) h" : "\(seconds / 60) min"
  }
}

/// Running clocks in words.
enum ClockWords {
  /// The cells of a clock's row: countdown, due, rule, incident, recipient.
  static func cells(_ row: ClockList.Row, now: Instant, zone: Zone) -> [String] {
    let obligation = row.record.obligation
    let state = obligation.state
    let countdown: String
    let due: String
    switch state {
    case .due(let deadline):
      countdown = left(until: deadline.due, from: now)
      due = deadline.due.text(in: zone) + (deadline.provisional ? " provisional" : "")
    case .held(let deadline):
      countdown = "held"
      due = deadline.map { "else \($0.due.text(in: zone))" } ?? "-"
    default:
      countdown = "no delay"
      due = "no fixed deadline"
    }
    return [
      countdown, due, obligation.id, row.reference,
      Exercise.marked(obligation.recipient, row.isExercise),
    ]
  }

  /// How long is left: seconds under an hour, minutes under a day, then days and hours.
  static func left(until due: Instant, from now: Instant) -> String {
    let seconds = Int((due - now).wholeMilliseconds / 1000)
    let size = abs(seconds)
    let text =
      switch size {
      case ..<3600: "\(size / 60) min \(size % 60) s"
      case ..<86_400: "\(size / 3600) h \(size % 3600 / 60) min"
      default: "\(size / 86_400) d \(size % 86_400 / 3600) h"
      }
    return due < now ? "late \(text)" : text
  }

  /// `2 clocks < 12 h, 1 late, [DRILL] 1 clock < 12 h`; empty where there is nothing to say.
  static func line(_ rows: [ClockList.Row], now: Instant, within: TimeSpan) -> String {
    [false, true].compactMap { isExercise in
      let part = part(rows.filter { $0.isExercise == isExercise }, now: now, within: within)
      return part.isEmpty ? nil : Exercise.marked(part, isExercise)
    }.joined(separator: ", ")
  }

  private static func part(_ rows: [ClockList.Row], now: Instant, within: TimeSpan) -> String {
    let dues = rows.compactMap(\.record.obligation.state.due)
    let late = dues.filter { $0 < now }.count
    let soon = dues.filter { $0 >= now && $0 <= now + within.duration }.count
    var parts: [String] = []
    if soon > 0 { parts.append("\(soon) \(soon == 1 ? "clock" : "clocks") < \(within.text)") }
    if late > 0 { parts.append("\(late) late") }
    return parts.joined(separator: ", ")
  }
}

extension JSON {
  /// A running clock as an object: the duty, and the incident it runs for.
  init(clock row: ClockList.Row) {
    var object = JSONObject()
    object["incident"] = .string(row.reference)
    object["title"] = .string(row.title)
    object["exercise"] = .bool(row.isExercise)
    for (key, value) in JSON(row.record.obligation).object?.members ?? [] { object[key] = value }
    object["computed_at"] = .instant(row.record.computedAt)
    self = .object(object)
  }
}
