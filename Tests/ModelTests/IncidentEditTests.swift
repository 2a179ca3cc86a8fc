import Model
import Testing

struct `An edit of an incident` {
  private static let time = StatedTime(Instant(seconds: 1_779_114_600), source: "proxy log")

  private static let facts = [
    IncidentFacts(title: "Leak"),
    IncidentFacts(
      title: "Leak",
      summary: "Two\nlines",
      severity: .high,
      outcome: .confirmedBreach,
      actions: [.hacking, .malware],
      roles: [.lead: "ada"],
      instants: [.aware: time],
      affected: [
        AffectedPeople(jurisdiction: "US-CA", count: nil),
        AffectedPeople(jurisdiction: "", count: 12_000_000_000),
        AffectedPeople(jurisdiction: "EU-DE", count: 0, quality: .confirmed),
      ],
      data: DataExposure(categories: ["name", "email"], disclosure: .unknown, isEncrypted: false),
      assets: ["shop", "db"],
      tags: ["b", "a", "b"]
    ),
  ]

  private static let edits: [IncidentEdit] = [
    .title("New"), .summary("Other"), .severity(.low), .severity(nil), .outcome(.nearMiss),
    .actions([.error, .social]), .actions([]), .role(.lead, "bob"), .role(.lead, nil),
    .role(.counsel, "eve"), .instant(.aware, nil), .instant(.occurred, time),
    .affected(jurisdiction: "EU-DE", people: nil),
    .affected(jurisdiction: "EU-FR", people: AffectedPeople(jurisdiction: "EU-FR", count: 3)),
    .affected(jurisdiction: "EU-DE", people: AffectedPeople(jurisdiction: "EU-DE", count: nil)),
    .affected(jurisdiction: "EU-DE", people: AffectedPeople(jurisdiction: "US-CA", count: 4)),
    .affected(jurisdiction: "", people: nil), .data(DataExposure(disclosure: .no)),
    .assets(["z", "a", "z"]), .assets([]), .tags(["x"]), .tags([]),
  ]

  @Test(arguments: facts.indices, edits)
  func `is taken back by the edit that it returns`(index: Int, edit: IncidentEdit) {
    let before = Self.facts[index]
    var facts = before
    let inverse = facts.apply(edit)
    let after = facts
    let again = facts.apply(inverse)
    #expect(facts == before)
    _ = facts.apply(again)
    #expect(facts == after)
    #expect(before.current(of: edit) == inverse)
  }

  @Test(arguments: facts.indices, edits)
  func `leaves lists sorted and each entry once`(index: Int, edit: IncidentEdit) {
    var facts = Self.facts[index]
    _ = facts.apply(edit)
    #expect(facts.tags == Set(facts.tags).sorted())
    #expect(facts.assets == Set(facts.assets).sorted())
    #expect(facts.affected.map(\.jurisdiction) == Set(facts.affected.map(\.jurisdiction)).sorted())
  }

  @Test func `covers every kind of edit`() {
    let names = Set(Self.edits.map { String(describing: $0).prefix { $0 != "(" } })
    #expect(names.count == 11)
  }
}
