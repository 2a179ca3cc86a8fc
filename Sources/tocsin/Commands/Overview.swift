internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin overview`.
struct Overview: HeadlessCommand {
  static let origin = "overview"
  static let configuration = CommandConfiguration(
    abstract:
      "Print open incidents by state and severity, the worst of them, due tasks and audits."
  )

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let numbers = try await store.answer(OverviewNumbers(now: session.now))
    let posture = Posture(try await store.answer(PostureReadings(now: session.now)))
    let tasks = try await store.answer(OpenTasks(window: RowWindow(start: 0, count: 10)))
    let waiting = try await store.answer(PendingApprovals()).filter {
      !$0.decision.isBy(session.actor.name)
    }
    if format.json {
      var object = json(numbers, tasks.rows, waiting).object ?? JSONObject()
      object["posture"] = .posture(posture, at: session.now)
      try session.out.json(.object(object))
    } else {
      for line in lines(numbers, tasks.rows, posture, now: session.now) {
        try session.out.line(line)
      }
      if !waiting.isEmpty {
        try session.out.line("")
        try session.out.line("Waiting for your approval")
        for row in waiting {
          let facts = row.decision.facts
          let duty = facts.rule.isEmpty ? "the incident as a whole" : facts.rule
          try session.out.line(
            "\(row.markedReference)  decision \(row.decision.id)  \(facts.decision.label)  \(duty)"
          )
        }
      }
    }
    return .done
  }

  private func lines(
    _ numbers: OverviewNumbers.Answer,
    _ tasks: [OpenTasks.Row],
    _ posture: Posture,
    now: Instant
  ) -> [Words] {
    let open = numbers.open.reduce(0) { $0 + $1.count }
    var lines: [Words] = [
      "Overview at \(now.words): \(open) open of \(numbers.total) incidents\(Overview.beside(numbers))"
    ]
    lines += numbers.care.lines.map { Words($0) }
    if let mailings = numbers.care.mailings { lines.append(Words(mailings)) }
    if let schedule = numbers.care.schedule { lines.append(Words(schedule)) }
    lines += ["", "Posture: \(posture.state.label); tocsin status says more"]
    lines += posture.themes.map { theme in
      "  \(StatusCommand.sign(theme.state)) \(theme.theme.label): \(theme.state.label), \(theme.reason)"
    }
    lines.append("")
    if open > 0 {
      let severities: [Severity?] = [.critical, .high, .medium, .low, nil]
      let rows: [[Words]] = IncidentState.allCases.filter(\.isOpen).compactMap { state in
        let counts = severities.map { severity in
          numbers.open.first { $0.state == state && $0.severity == severity }?.count ?? 0
        }
        guard counts.contains(where: { $0 > 0 }) else { return nil }
        return ["\(state.label)"] + counts.map { $0 == 0 ? "-" : "\($0)" }
      }
      let titles = severities.map { Words($0?.label ?? "not assessed") }
      lines += Table(titles: [""] + titles, rows: rows, right: [1, 2, 3, 4, 5]).lines(rows)
    }
    if !numbers.worst.isEmpty {
      let rows: [[Words]] = numbers.worst.map { row in
        [
          "\(row.reference)", "\(row.severity?.label ?? "-")", "\(row.state.label)",
          "\(row.lead ?? "-")", "\(row.title)",
        ]
      }
      lines.append("")
      lines += Table(titles: ["WORST FIRST", "SEVERITY", "STATE", "LEAD", "TITLE"], rows: rows)
        .lines(rows)
    }
    lines += ["", "Tasks: \(numbers.openTasks) open, \(numbers.overdueTasks) overdue"]
    if !tasks.isEmpty {
      let rows: [[Words]] = tasks.map { row in
        let due = row.task.facts.due
        let mark: Words = due.map { $0.latest < now } == true ? " overdue" : ""
        return [
          "\(due?.plainWithZone ?? "-")\(mark)", "\(row.reference)",
          "\(row.task.facts.owner ?? "-")",
          "\(Exercise.marked(row.task.facts.title, row.isExercise))",
        ]
      }
      lines += Table(titles: ["DUE", "INCIDENT", "OWNER", "TASK"], rows: rows).lines(rows)
    }
    if !numbers.openedByMonth.isEmpty {
      lines += ["", "Opened by month"]
      lines += numbers.openedByMonth.map { "\($0.month)  \($0.count)" }
    }
    return lines
  }

  /// Open exercises, behind what is counted without them.
  private static func beside(_ numbers: OverviewNumbers.Answer) -> Words {
    let words = Exercise.beside(numbers.openDrills)
    return words.isEmpty ? "" : " \(words) \(Exercise.sign)"
  }

  private func json(
    _ numbers: OverviewNumbers.Answer,
    _ tasks: [OpenTasks.Row],
    _ waiting: [PendingApprovals.Row]
  ) -> JSON {
    .members([
      "waiting_approvals": .array(
        waiting.map {
          .members([
            "reference": .string($0.reference), "decision": .integer($0.decision.id),
            "obligation": .string($0.decision.facts.rule),
          ])
        }
      ),
      "incidents": .count(numbers.total),
      "open": .array(
        numbers.open.map { tally in
          .members([
            "state": .string(tally.state.rawValue), "severity": .text(tally.severity?.rawValue),
            "count": .count(tally.count),
          ])
        }
      ),
      "worst": .texts(numbers.worst.map(\.reference)),
      "open_drills": .count(numbers.openDrills),
      "open_tasks": .count(numbers.openTasks),
      "overdue_tasks": .count(numbers.overdueTasks),
      "overdue_findings": .count(numbers.care.overdueFindings),
      "expired_acceptances": .count(numbers.care.expiredAcceptances),
      "expired_evidence": .count(numbers.care.expiredEvidence),
      "expiring_evidence": .count(numbers.care.expiringEvidence),
      "overdue_audits": .count(numbers.care.overdueAudits),
      "open_mailings": .count(numbers.care.openMailings),
      "people_to_tell": .count(numbers.care.untold),
      "next_audit": numbers.care.nextAudit.map { audit in
        .members(["after": .string(audit.reference), "due": .string(audit.day)])
      } ?? .null,
      "next_tasks": .array(
        tasks.map { row in
          var task = JSON.task(row.task).object ?? JSONObject()
          task["reference"] = .string(row.reference)
          task["exercise"] = .bool(row.isExercise)
          return .object(task)
        }
      ),
      "opened_by_month": .array(
        numbers.openedByMonth.map { month in
          .members(["month": .string(month.month), "count": .count(month.count)])
        }
      ),
      "journal_head": .integer(numbers.head),
    ])
  }
}
