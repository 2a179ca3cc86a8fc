import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The overview` {
  @Test func `has the same numbers as counting everything`() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    var generator = SystemRandomNumberGenerator()
    var incidents = 0
    var tasks = 0
    for _ in 0..<300 {
      let id = Int64.random(in: 1...max(1, Int64(incidents)), using: &generator)
      let task = Int64.random(in: 1...max(1, Int64(tasks)), using: &generator)
      let due = StatedTime(
        fixture.clock.now + .seconds(Int64.random(in: -9...9, using: &generator) * 20_000)
      )
      let state = IncidentState.allCases.randomElement(using: &generator) ?? .review
      let severity = (Severity.allCases + [nil]).randomElement(using: &generator) ?? nil
      let change: any Change
      switch Int.random(in: 0...9, using: &generator) {
      case 0, 1:
        change = OpenIncident(
          facts: IncidentFacts(title: "x", severity: severity),
          state: state,
          openedAt: fixture.clock.now - .seconds(Int64.random(in: 0...40_000_000))
        )
      case 9: change = StartExercise(facts: IncidentFacts(title: "x", severity: severity))
      case 2: change = MoveIncident(id: id, basedOn: nil, state: state, reason: "r")
      case 3: change = EditIncident(id: id, basedOn: nil, edits: [.severity(severity)])
      case 4: change = RemoveIncident(id: id, basedOn: nil, reason: "")
      case 5: change = RestoreIncident(id: id, basedOn: nil)
      case 6:
        change = AddTask(
          incident: id,
          facts: TaskFacts(title: "t", due: Bool.random() ? due : nil)
        )
      case 7:
        change = EditTask(
          id: task,
          basedOn: nil,
          facts: TaskFacts(
            title: "t",
            due: Bool.random() ? due : nil,
            state: TaskState.allCases.randomElement(using: &generator) ?? .done
          )
        )
      default:
        change =
          Bool.random() ? RemoveTask(id: task, basedOn: nil) : RestoreTask(id: task, basedOn: nil)
      }
      do {
        let receipt = try await store.apply([change], origin: "test")[0]
        if receipt.version == 1, receipt.subject.kind == .incident { incidents += 1 }
        if receipt.version == 1, receipt.subject.kind == .task { tasks += 1 }
      } catch is StoreError {}
    }

    let now = fixture.clock.now
    let answer = try await store.answer(OverviewNumbers(now: now))

    let queue = try DatabaseQueue(path: fixture.path)
    try await queue.read { db in
      func count(_ condition: String) throws -> Int {
        try Int.fetchOne(
          db,
          sql:
            "SELECT count(*) FROM incident WHERE isRemoved = 0 AND isExercise = 0 AND \(condition)"
        )
          ?? -1
      }
      #expect(answer.total == (try count("1")))
      for state in IncidentState.allCases where state.isOpen {
        for severity in Severity.allCases + [nil] {
          let counted = try count(
            "state = '\(state.rawValue)' AND severity IS "
              + (severity.map { "'\($0.rawValue)'" } ?? "NULL")
          )
          let told =
            answer.open.first { $0.state == state && $0.severity == severity }?.count ?? 0
          #expect(told == counted)
        }
      }
      let months = try answer.openedByMonth.map { month in
        try count("strftime('%Y-%m', openedAt / 1000, 'unixepoch') = '\(month.month)'")
      }
      #expect(answer.openedByMonth.map(\.count) == months)
      let open = """
        FROM task JOIN incident ON incident.id = task.incident
        WHERE task.isRemoved = 0 AND task.state IN ('to-do', 'doing') AND incident.isRemoved = 0
          AND incident.state <> 'closed' AND incident.isExercise = 0
        """
      #expect(answer.openTasks == (try Int.fetchOne(db, sql: "SELECT count(*) \(open)")))
      #expect(
        answer.overdueTasks
          == (try Int.fetchOne(
            db,
            sql: "SELECT count(*) \(open) AND task.latest < \(now.milliseconds)"
          ))
      )
    }
    #expect(answer.openedByMonth.count == 12)
    #expect(answer.openedByMonth.last?.month == "2026-05")
    let tasksPage = try await store.answer(OpenTasks(window: RowWindow(start: 0, count: 500)))
    #expect(tasksPage.rows.count == tasksPage.total)
    #expect(tasksPage.rows.count { !$0.isExercise } == answer.openTasks)
    let drills = Filter(terms: [.init(.field(.is, "drill")), .init(.field(.is, "open"))])
    #expect(try await store.answer(IncidentIDs(filter: drills)).count == answer.openDrills)
    let list = try await store.answer(IncidentList(window: RowWindow(start: 0, count: 500)))
    #expect(list.total == list.rows.count)
    let severities = answer.worst.map { $0.severity?.rank ?? 0 }
    #expect(severities == severities.sorted(by: >))
  }
}
