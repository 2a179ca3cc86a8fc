import Drawing
import Model
import TestSupport
import Testing

@testable import Panes

struct `A link from the dashboard` {
  private enum Action: Sendable {
    case event(LinkEvent)
    case changed(Result<[Receipt], StoreError>)
  }

  private static let owner = RecordLinks.Owner(
    subject: Subject(.incident, 3),
    incident: Incident(
      id: 3,
      reference: "INC-2026-0003",
      version: 1,
      facts: IncidentFacts(title: "Lost"),
      state: .reported,
      openedAt: DutyFixture.now,
      updatedAt: DutyFixture.now
    ),
    links: []
  )

  private func reduce(_ event: LinkEvent) -> [Effect<Action>] {
    RecordLinks.reduce(event, Self.owner, wrap: { .event($0) }, changed: { .changed($0) })
  }

  @Test(arguments: [
    ("AUD-2026-0001/A.1", LinkEnd.auditItem(audit: "AUD-2026-0001", reference: "A.1")),
    ("gdpr/Art. 30", .requirement(framework: "gdpr", reference: "Art. 30")),
  ])
  func `asks for an item or a requirement by its name`(text: String, name: LinkEnd) {
    guard case .ask(let asking)? = reduce(.submitted(["to": text])).first else {
      Issue.record("nothing was asked")
      return
    }
    #expect(asking.question as? NamedRecord == NamedRecord(name))
  }

  @Test func `goes to what was found, and says where nothing was`() {
    let found = reduce(.recordFound(relation: "broke", .success(Subject(.auditItem, 9))))
    guard case .apply(let changes, _)? = found.first, let link = changes.first as? AddLink else {
      Issue.record("nothing was linked")
      return
    }
    #expect(
      link.link
        == RecordLink(
          from: Subject(.incident, 3),
          to: Subject(.auditItem, 9),
          relation: "broke"
        )
    )
    guard case .toast(let toast)? = reduce(.recordFound(relation: "", .success(nil))).first else {
      Issue.record("nothing was said")
      return
    }
    #expect(toast.kind == .failure)
  }
}
