internal import Model

/// What somebody must be reminded of now.
///
/// Of several steps that have passed since anybody looked only the last is said, and all of them count
/// as said: a machine that was off says each thing once, late.
struct Reminder: Equatable {
  /// What runs out.
  enum Clock: Equatable {
    /// That of an incident's duty.
    case duty(ClockList.Row)
    /// That of a request by a person.
    case request(RightsRequest)
  }

  /// The clock.
  let clock: Clock
  /// Its deadline.
  let due: Instant
  /// The steps that have passed and were not said, in hours before the deadline, longest first; 0 is
  /// overdue.
  let steps: [Int]

  /// The step that is said.
  var step: Int { steps.last ?? 0 }

  /// Whether it is of an exercise.
  var isExercise: Bool {
    switch clock {
    case .duty(let row): row.isExercise
    case .request: false
    }
  }

  /// The reminders of duties that are due at an instant.
  static func due(
    _ rows: [ClockList.Row],
    hours: [Int],
    sent: Set<SentReminders.Sent>,
    now: Instant
  ) -> [Reminder] {
    let said = Dictionary(grouping: sent) { "\($0.incident) \($0.rule)" }
    return rows.compactMap { row in
      guard let due = row.record.obligation.state.due else { return nil }
      let own = said["\(row.record.incident) \(row.record.obligation.id)"] ?? []
      return steps(to: due, hours, own.filter { $0.due == due }.map(\.hours), now)
        .map { Reminder(clock: .duty(row), due: due, steps: $0) }
    }
  }

  /// The reminders of requests by people that are due at an instant.
  static func due(
    _ requests: [RightsRequest],
    hours: [Int],
    sent: Set<SentRequestReminders.Sent>,
    now: Instant
  ) -> [Reminder] {
    let said = Dictionary(grouping: sent, by: \.request)
    return requests.compactMap { request in
      guard let due = request.facts.clock?.due else { return nil }
      let own = said[request.id] ?? []
      return steps(to: due, hours, own.filter { $0.due == due }.map(\.hours), now)
        .map { Reminder(clock: .request(request), due: due, steps: $0) }
    }
  }

  /// The steps before a deadline that have passed and were not said; nil where there is no news.
  private static func steps(to due: Instant, _ hours: [Int], _ said: [Int], _ now: Instant)
    -> [Int]?
  {
    let steps = (hours.sorted(by: >) + [0]).filter { hours in
      now >= due - .seconds(hours * 3600) && !said.contains(hours)
    }
    // A later step was said already: the earlier ones have nothing to add.
    guard let last = steps.last, !said.contains(where: { $0 <= last }) else { return nil }
    return steps
  }

  /// The changes that say it was said.
  var changes: [any Change] {
    steps.map { hours in
      let meantAt = due - .seconds(hours * 3600)
      switch clock {
      case .duty(let row):
        return RecordReminder(
          incident: row.record.incident,
          rule: row.record.obligation.id,
          due: due,
          hours: hours,
          meantAt: meantAt
        )
      case .request(let request):
        return RemindRequest(id: request.id, due: due, hours: hours, meantAt: meantAt)
      }
    }
  }

  /// One line: what it is of, the deadline, how late the reminder is.
  ///
  /// No personal data.
  func words(now: Instant, zone: Zone) -> String {
    let meant = due - .seconds(step * 3600)
    let behind = now - meant
    let late =
      behind > .seconds(3600)
      ? " (this reminder was meant for \(meant.text(in: zone)))" : ""
    let until = "by \(due.text(in: zone)), \(ClockWords.left(until: due, from: now))"
    switch clock {
    case .duty(let row):
      let obligation = row.record.obligation
      return Exercise.marked(
        "\(row.reference) \(obligation.id): tell \(obligation.recipient) \(until); "
          + "\(obligation.law)\(late)",
        row.isExercise
      )
    case .request(let request):
      return "\(request.reference) \(request.facts.wanted.label): answer \(until); "
        + "\(request.facts.clock?.citation ?? "")\(late)"
    }
  }

  /// What the message is about: real deadlines first, those of exercises behind their sign.
  static func subject(_ reminders: [Reminder]) -> String {
    let parts = [false, true].compactMap { isExercise -> String? in
      let own = reminders.filter { $0.isExercise == isExercise }
      return own.isEmpty ? nil : Exercise.marked(summary(own), isExercise)
    }
    return "Tocsin: \(parts.joined(separator: ", "))"
  }

  private static func summary(_ reminders: [Reminder]) -> String {
    let late = reminders.filter { $0.step == 0 }.count
    let soon = reminders.count - late
    let parts = [
      soon > 0 ? "\(soon) \(soon == 1 ? "deadline" : "deadlines") near" : nil,
      late > 0 ? "\(late) overdue" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
