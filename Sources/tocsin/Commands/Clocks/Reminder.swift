internal import Model

/// What somebody must be reminded of now.
///
/// Of several steps that have passed since anybody looked only the last is said, and all of them count
/// as said: a machine that was off says each thing once, late.
struct Reminder: Equatable {
  /// The clock.
  let row: ClockList.Row
  /// Its deadline.
  let due: Instant
  /// The steps that have passed and were not said, in hours before the deadline, longest first; 0 is
  /// overdue.
  let steps: [Int]

  /// The step that is said.
  var step: Int { steps.last ?? 0 }

  /// The reminders that are due at an instant.
  static func due(
    _ rows: [ClockList.Row],
    hours: [Int],
    sent: Set<SentReminders.Sent>,
    now: Instant
  ) -> [Reminder] {
    rows.compactMap { row in
      guard let due = row.record.obligation.state.due else { return nil }
      let steps = (hours.sorted(by: >) + [0]).filter { hours in
        let mark = SentReminders.Sent(
          incident: row.record.incident,
          rule: row.record.obligation.id,
          due: due,
          hours: hours
        )
        return now >= due - .seconds(hours * 3600) && !sent.contains(mark)
      }
      // A later step was said already: the earlier ones have nothing to add.
      let isNews = !sent.contains {
        $0.incident == row.record.incident && $0.rule == row.record.obligation.id
          && $0.due == due && $0.hours <= (steps.last ?? 0)
      }
      return steps.isEmpty || !isNews ? nil : Reminder(row: row, due: due, steps: steps)
    }
  }

  /// The changes that say it was said.
  var changes: [RecordReminder] {
    steps.map { hours in
      RecordReminder(
        incident: row.record.incident,
        rule: row.record.obligation.id,
        due: due,
        hours: hours,
        meantAt: due - .seconds(hours * 3600)
      )
    }
  }

  /// One line: incident, rule, recipient, deadline, how late the reminder is.
  ///
  /// No personal data.
  func words(now: Instant, zone: Zone) -> String {
    let obligation = row.record.obligation
    let meant = due - .seconds(step * 3600)
    let behind = now - meant
    let late =
      behind > .seconds(3600)
      ? " (this reminder was meant for \(meant.text(in: zone)))" : ""
    return Exercise.marked(
      "\(row.reference) \(obligation.id): tell \(obligation.recipient) by "
        + "\(due.text(in: zone)), \(ClockWords.left(until: due, from: now)); \(obligation.law)"
        + late,
      row.isExercise
    )
  }

  /// What the message is about: real deadlines first, those of exercises behind their sign.
  static func subject(_ reminders: [Reminder]) -> String {
    let parts = [false, true].compactMap { isExercise -> String? in
      let own = reminders.filter { $0.row.isExercise == isExercise }
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
