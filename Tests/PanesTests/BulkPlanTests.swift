import Model
import Panes
import Testing

/// What a change over marked incidents would do, incident by incident.
struct `A plan over marked incidents` {
  private static func row(
    _ id: RecordID,
    severity: Severity? = nil,
    state: IncidentState = .triage,
    tags: [String] = []
  ) -> IncidentRow {
    IncidentRow(
      id: id,
      reference: "INC-2026-000\(id)",
      version: id * 10,
      title: "Incident \(id)",
      severity: severity,
      state: state,
      outcome: .undetermined,
      lead: nil,
      affected: nil,
      occurred: nil,
      aware: nil,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0),
      openTasks: 0,
      tags: tags
    )
  }

  @Test func `changes only those that are otherwise, on the version that was seen`() {
    let plan = BulkPlan(.severity(.high), on: [Self.row(1), Self.row(2, severity: .high)])
    #expect(plan.edits == [EditIncident(id: 1, basedOn: 10, edits: [.severity(.high)])])
    #expect(plan.unchanged == ["INC-2026-0002"])
    #expect(plan.refused.isEmpty)
  }

  @Test func `refuses to close without a reason, and names the incident`() {
    let plan = BulkPlan(
      .state(.closed, reason: ""),
      on: [Self.row(1), Self.row(2, state: .closed)]
    )
    #expect(plan.moves.isEmpty)
    #expect(plan.refused == ["INC-2026-0001: closing and reopening need a reason"])
    #expect(plan.unchanged == ["INC-2026-0002"])
  }

  @Test func `closes with a reason`() {
    let plan = BulkPlan(.state(.closed, reason: "done"), on: [Self.row(1)])
    #expect(
      plan.moves == [MoveIncident(id: 1, basedOn: 10, state: .closed, reason: "done")]
    )
  }

  @Test func `adds a tag to those that lack it and keeps the others' tags`() {
    let plan = BulkPlan(
      .addTag("shop"),
      on: [Self.row(1, tags: ["pos"]), Self.row(2, tags: ["shop"])]
    )
    #expect(plan.edits == [EditIncident(id: 1, basedOn: 10, edits: [.tags(["pos", "shop"])])])
    #expect(plan.unchanged == ["INC-2026-0002"])
  }

  @Test func `removes every incident with the reason`() {
    let plan = BulkPlan(.remove(reason: "test"), on: [Self.row(1), Self.row(2)])
    #expect(plan.removals.map(\.reason) == ["test", "test"])
    #expect(plan.count == 2)
  }
}
