import Foundation
import Model
import Testing

@testable import Exchange

struct `A file of activities` {
  private static let reading = TimeReading(now: Instant(seconds: 1_779_108_000), zone: .utc)

  private static func read(_ text: String, _ map: [ActivityField: String] = [:]) throws
    -> ActivityFile
  {
    try ActivityFormat.table(map).read(Array(text.utf8), path: "a.csv", reading)
  }

  private static func entry(_ facts: ActivityFacts, _ id: RecordID = 1) -> Activity {
    Activity(
      id: id,
      reference: "ACT-000\(id)",
      version: 1,
      facts: facts,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0),
      isRemoved: false
    )
  }

  @Test func `that was exported reads as the same activities`() throws {
    var facts = ActivityFacts(name: "=Orders, \"and\" more")
    facts.role = .joint
    facts.purpose = "+sell"
    facts.basis = .contract
    facts.people = ["customers; gifts"]
    facts.numbers = [AffectedPeople(jurisdiction: "EU-DE", count: 9)]
    let day = try StatedTime(reading: "2026-03-01", Self.reading)
    facts.data = [HeldData("email", why: "a, b", justified: day, by: "Ana"), HeldData("dob")]
    facts.processors = [ProcessorContract(name: "P", place: "DE", from: day)]
    facts.transfers = [DataTransfer(name: "M", country: "US", mechanism: .clauses)]
    facts.source = "fides:x/y"
    let text = ActivitySheet.text([Self.entry(facts), Self.entry(ActivityFacts(name: "b"), 2)])
    #expect(!text.contains("\r\nACT-0001,=Orders"))
    let back = try Self.read(text)
    #expect(back.refused == [])
    #expect(back.activities.map(\.facts) == [facts, ActivityFacts(name: "b")])
    #expect(back.activities.map(\.reference) == ["ACT-0001", "ACT-0002"])
  }

  @Test func `refuses bad rows with line and field, and says what it leaves out`() throws {
    let file = try Self.read(
      "name,basis,Colour\nA,contract,red\nB,because,blue\n,consent,\nC,,green\n"
    )
    #expect(file.activities.map(\.facts.name) == ["A", "C"])
    #expect(file.refused.map(\.at) == ["line 3", "line 4"])
    #expect(file.refused.first?.reason.hasPrefix("basis: one of consent, contract") == true)
    #expect(file.omitted == ["column colour"])
  }

  @Test(arguments: [
    ("", "the file is empty"), ("title\nA\n", "no column is the name"),
    ("name,name\nA,B\n", "the column name stands twice"),
  ])
  func `is refused whole where its header says nothing of use`(text: String, reason: String) {
    let error = #expect(throws: UnreadableActivities.self) { try Self.read(text) }
    #expect(error?.reason.contains(reason) == true)
  }

  @Test func `takes columns by a map, with the words of CISO Assistant`() throws {
    let file = try Self.read(
      "ref_id;name;description;legal_basis\nP1;Payroll;Pay staff;privacy_legal_obligation\n",
      [.purpose: "description", .basis: "legal_basis"]
    )
    #expect(file.activities.map(\.facts.basis) == [.legalObligation])
    #expect(file.activities.map(\.facts.purpose) == ["Pay staff"])
    #expect(throws: UnreadableActivities.self) { try Self.read("name\nA\n", [.purpose: "nope"]) }
  }

  private static let fides = """
    dataset:
      - fides_key: db
        name: DB
    system:
      - fides_key: shop
        name: Shop
        description: Sells
        system_type: Service
        administrating_department: Sales
        data_responsibility_title: Controller
        third_country_transfers:
          - USA
          - CAN
        data_protection_impact_assessment:
          is_required: true
        privacy_declarations:
          - name: Take orders
            data_categories:
              - user.contact.email
              - user.provided.identifiable.contact.email
              - user.device.cookie_id
            data_use: essential.service
            data_subjects: [customer, anonymous_user]
            data_qualifier: aggregated
            dataset_references: [db]
          - data_use: improve.system
            data_categories: []
      - fides_key: mail
        data_responsibility_title: Processor
        administrating_department: Not defined
        privacy_declarations:
          - name: Send
            data_use: advertising
            legal_basis_for_processing: Legitimate interests
            data_categories: [user.name]
    """

  private static func readFides(_ text: String) throws -> ActivityFile {
    try ActivityFormat.fides.read(Array(text.utf8), path: "f.yml", reading)
  }

  @Test func `of fides gives an activity for each privacy declaration`() throws {
    let file = try Self.readFides(Self.fides)
    let all = file.activities.map(\.facts)
    #expect(all.map(\.name) == ["Shop: Take orders", "Shop: improve.system", "mail: Send"])
    #expect(all[0].data.map(\.category) == ["email", "user.device.cookie_id"])
    #expect(all[0].people == ["customer", "anonymous user"])
    #expect(all[0].transfers.map(\.country) == ["USA", "CAN"])
    #expect(all[0].owner == "Sales")
    #expect(all[0].source == "fides:shop/essential.service/Take orders")
    #expect(all[0].purpose == "Take orders (essential.service)")
    #expect(all[2].role == .processor)
    #expect(all[2].basis == .legitimateInterests)
    #expect(all[2].owner == nil)
    #expect(
      file.omitted == [
        "dataset: 1", "system.data_protection_impact_assessment",
        "privacy_declaration.dataset_references",
      ]
    )
  }

  @Test(arguments: [
    ("policy: []\n", "there is no system"),
    ("system:\n  - name: x\n", "fides_key is missing"),
    (
      "system:\n  - fides_key: a\n    privacy_declarations:\n      - name: b\n",
      "data_use is missing"
    ),
    ("system: &a\n  - fides_key: b\n", "anchor"),
    (
      "system:\n  - fides_key: a\n    privacy_declarations:\n      - {name: b, data_use: c}\n"
        + "      - {name: b, data_use: c}\n",
      "stands on line 4 already"
    ),
  ])
  func `of fides is refused with line and reason`(text: String, reason: String) {
    let error = #expect(throws: UnreadableActivities.self) { try Self.readFides(text) }
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
  }
}
