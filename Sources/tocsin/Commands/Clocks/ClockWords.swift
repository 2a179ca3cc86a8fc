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

  /// The cells of a duty's row that waits: rule, incident, what is missing and by when it was due
  /// before that was taken away, recipient.
  static func cells(_ row: WaitingClocks.Row, zone: Zone) -> [String] {
    let obligation = row.clock.record.obligation
    return [
      obligation.id, row.clock.reference,
      row.missingWords + (row.stopped.map { " (was due \($0.due.text(in: zone)))" } ?? ""),
      Exercise.marked(obligation.recipient, row.clock.isExercise),
    ]
  }

  /// Why a clock that ran does not run any more.
  static func stopped(_ row: WaitingClocks.Row) -> String? {
    row.stopped.map { stopped in
      Exercise.marked(
        "\(row.clock.reference) \(row.clock.record.obligation.id): was due "
          + "\(stopped.due), stopped \(stopped.at) (\(stopped.cause)); "
          + "it waits for: \(row.missingWords)",
        row.clock.isExercise
      )
    }
  }

  /// `2 clocks < 12 h, 1 late, 3 waiting, [DRILL] 1 clock < 12 h`; empty where there is nothing to say.
  static func line(
    _ rows: [ClockList.Row],
    waiting: [WaitingClocks.Row],
    requests: [RightsRequest],
    now: Instant,
    within: TimeSpan
  ) -> String {
    func tally(_ isExercise: Bool) -> ClockTally {
      var tally = ClockTally()
      for row in rows where row.isExercise == isExercise {
        guard let due = row.record.obligation.state.due else { continue }
        tally.count(due, now: now, within: within.duration)
      }
      if !isExercise {
        for due in requests.compactMap(\.facts.clock?.due) {
          tally.count(due, now: now, within: within.duration)
        }
      }
      tally.waiting = waiting.count { $0.clock.isExercise == isExercise }
      return tally
    }
    return ClockTally.words(tally(false), exercises: tally(true), within: within.duration)
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

  /// A duty that waits for a fact as an object: the duty with what is missing, the incident, and what
  /// its clock said while it ran.
  init(waiting row: WaitingClocks.Row) {
    var object = JSON(clock: row.clock).object ?? JSONObject()
    object["was_due"] = row.stopped.map { .instant($0.due) } ?? .null
    object["stopped_at"] = row.stopped.map { .instant($0.at) } ?? .null
    self = .object(object)
  }
}
