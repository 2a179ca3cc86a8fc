import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The record of staff` {
  @Test func `adds people and groups, finds them again and alters what the list says otherwise`()
    async throws
  {
    let staff = try await StaffFixture()
    let before = try await staff.list()
    #expect(before.map(\.group) == ["Sales", "Sales", "Warehouse"])
    var again = StaffFixture.rows
    again[0].group = "Warehouse"
    again[0].roles = nil
    again.append(StaffFixture.row(4, "Dan Yew", "Office"))
    let outcome = try await staff.store.perform(StaffIntake(again), origin: "test")
    #expect(outcome.added == 1)
    #expect(outcome.altered == 1)
    #expect(outcome.same == 2)
    #expect(outcome.groups == 1)
    let ada = try await staff.find("LV-1")
    // What the list does not say stays.
    #expect(ada.facts.roles == ["till"])
    #expect(ada.version == 2)
    #expect(try await staff.find("ADA.QUILL@example.org").id == ada.id)
    #expect(try await staff.find(ada.facts.pseudonym).id == ada.id)
    #expect(try await staff.find("staff:\(ada.id)").id == ada.id)
    #expect(try await staff.store.answer(FindStaff("LV-99")) == nil)
    #expect(try staff.verify() == [])
  }

  @Test func `marks as having left who is not on a list of everybody, and as back who is again`()
    async throws
  {
    let staff = try await StaffFixture()
    let rows = Array(StaffFixture.rows.dropLast())
    let outcome = try await staff.store.perform(
      StaffIntake(rows, isComplete: true),
      origin: "test"
    )
    #expect(outcome.left == 1)
    #expect(try await staff.find("LV-3").facts.left?.iso == "2026-05-18")
    try await staff.store.perform(StaffIntake(StaffFixture.rows, isComplete: true), origin: "test")
    #expect(try await staff.find("LV-3").facts.left == nil)
  }

  @Test(arguments: [
    (
      [StaffFixture.row(1, "Ada Quill", "Sales"), StaffFixture.row(1, "Ada Quill", "Sales")],
      "line 2"
    ),
    (
      [
        StaffRow(
          line: 2,
          identity: StaffIdentity(number: "LV-1", email: "ben.quartz@example.org"),
          group: "Sales"
        )
      ], "belong to two people"
    ),
    (
      [
        StaffRow(
          line: 2,
          identity: StaffIdentity(number: "LV-9", email: "ada.quill@example.org"),
          group: "Sales"
        )
      ], "belongs to a person with another number"
    ),
    ([StaffRow(line: 2, identity: StaffIdentity(name: "Ada"), group: "Sales")], "needs a number"),
  ])
  func `takes nothing of a list in which people cannot be told apart`(
    rows: [StaffRow],
    reason: String
  ) async throws {
    let staff = try await StaffFixture()
    let whole = [StaffFixture.row(8, "New One", "Elsewhere")] + rows
    await #expect {
      try await staff.store.perform(StaffIntake(whole), origin: "test")
    } throws: {
      "\($0)".contains(reason) && !"\($0)".contains("Quill") && !"\($0)".contains("@")
    }
    #expect(try await staff.list().count == 3)
    #expect(try await staff.store.answer(RecordList<StaffGroupFacts>()).count == 2)
  }

  @Test(arguments: [false, true])
  func `writes no name, number or address into file, log or journal`(pseudonymous: Bool)
    async throws
  {
    let staff = try await StaffFixture(pseudonymous: pseudonymous)
    let line = try #require(try await staff.list().first)
    try await staff.store.apply(
      EditRecord(id: line.id, basedOn: nil, facts: with(line.staff.facts) { $0.roles = ["x"] }),
      origin: "test"
    )
    let bytes = try staff.bytes()
    for word in ["Ada", "Quill", "quill", "LV-1", "example.org"] {
      #expect(bytes.firstRange(of: Array(word.utf8)) == nil, "\(word)")
    }
    let names = try await staff.store.perform(
      StaffReveal(of: try await staff.list().map(\.id), reason: "reminders"),
      origin: "test"
    )
    #expect(names.values.map(\.name).sorted().first == (pseudonymous ? nil : "Ada Quill"))
    #expect(names.count == (pseudonymous ? 0 : 3))
  }

  private func with(_ facts: StaffFacts, _ alter: (inout StaffFacts) -> Void) -> StaffFacts {
    var copy = facts
    alter(&copy)
    return copy
  }

  @Test func `gives the same person the same pseudonym, and another store another one`()
    async throws
  {
    let first = try await StaffFixture()
    let pseudonym = try await first.find("LV-1").facts.pseudonym
    let shape = try Regex("P-[0-9A-HJKMNP-TV-Z]{10}")
    #expect(pseudonym.wholeMatch(of: shape) != nil)
    try await first.store.perform(StaffIntake(StaffFixture.rows), origin: "test")
    #expect(try await first.find("LV-1").facts.pseudonym == pseudonym)
    let second = try await StaffFixture()
    #expect(try await second.find("LV-1").facts.pseudonym != pseudonym)
  }

  @Test func `journals who looked at names and why, and refuses without a reason`() async throws {
    let staff = try await StaffFixture()
    let ids = try await staff.list().map(\.id)
    await #expect(throws: StoreError.self) {
      try await staff.store.perform(StaffReveal(of: ids, reason: " "), origin: "test")
    }
    try await staff.store.perform(StaffReveal(of: ids, reason: "reminders"), origin: "test")
    let page = try await staff.store.answer(JournalWindow(.init(), RowWindow(start: 0, count: 1)))
    #expect(page.rows.first?.entry.action == "staff.reveal")
    #expect(page.rows.first?.headline == "looked at 3 names of staff: reminders")
  }

  @Test func `refuses names where the organisation keeps pseudonyms alone`() async throws {
    let staff = try await StaffFixture(pseudonymous: true)
    let line = try #require(try await staff.list().first)
    await #expect(throws: StoreError.self) {
      try await staff.store.apply(
        EditRecord(
          id: line.id,
          basedOn: nil,
          facts: with(line.staff.facts) { $0.sealed = "QWRh" }
        ),
        origin: "test"
      )
    }
  }

  @Test(arguments: [false, true])
  func `erases what leads to a person and keeps what was done`(namesOnly: Bool) async throws {
    let staff = try await StaffFixture()
    let ada = try await staff.find("LV-1")
    let from = try #require(DayNumber(iso: "2026-01-01"))
    try await staff.store.apply(
      AddRecord(
        CourseFacts(code: "C", name: "Course", versions: [CourseVersion(label: "1", from: from)])
      ),
      origin: "test"
    )
    try await staff.store.apply(
      AddRecord(CompletionFacts(staff: ada.id, course: 1, version: "1", on: from)),
      origin: "test"
    )
    let outcome = try await staff.store.perform(
      StaffErasure(of: [ada.id], namesOnly: namesOnly),
      origin: "test"
    )
    #expect(outcome == StaffErasure.Outcome(count: 1, isLogEmpty: true))
    let bytes = try staff.bytes()
    #expect(bytes.firstRange(of: Array(ada.facts.sealed.utf8)) == nil)
    #expect((bytes.firstRange(of: Array(ada.facts.pseudonym.utf8)) == nil) == !namesOnly)
    #expect((bytes.firstRange(of: Array(ada.facts.emailTag.utf8)) == nil) == !namesOnly)
    #expect((try await staff.store.answer(FindStaff("LV-1")) == nil) == !namesOnly)
    let line = try #require(try await staff.list().first { $0.id == ada.id })
    #expect(line.staff.facts.sealed.isEmpty)
    #expect(line.staff.facts.isErased == !namesOnly)
    #expect(try await staff.store.answer(StaffCompletions(of: ada.id)).count == 1)
    let report = try JournalVerifier.verify(path: staff.fixture.path)
    #expect(report.isSound)
    #expect(report.erased == 1)
    #expect(try staff.verify() == [])
    // Nothing brings it back.
    let entries = try await staff.store.answer(
      JournalWindow(
        JournalFilter(subject: Subject(.staff, ada.id)),
        RowWindow(start: 0, count: 10)
      )
    ).rows
    for entry in entries {
      await #expect(throws: StoreError.self) {
        try await staff.store.undo([entry.entry.sequence], origin: "test")
      }
    }
  }

  @Test func `takes back what a list altered, person by person`() async throws {
    let staff = try await StaffFixture()
    var rows = StaffFixture.rows
    rows[1].group = "Warehouse"
    try await staff.store.perform(StaffIntake(rows), origin: "test")
    let head = try await staff.store.answer(JournalHead()).sequence
    try await staff.store.undo([head], origin: "test")
    let groups = try await staff.store.answer(RecordList<StaffGroupFacts>())
    let ben = try await staff.find("LV-2")
    #expect(groups.first { $0.id == ben.facts.group }?.facts.name == "Sales")
    #expect(try staff.verify() == [])
  }

  @Test(arguments: [
    (
      "UPDATE staff SET facts = json_set(facts, '$.group', 2) WHERE id = 1",
      "staff 1: it does not say what the journal says: group"
    ),
    (
      "UPDATE staff SET isRemoved = 1 WHERE id = 1",
      "staff 1: whether it was removed is not as in the journal"
    ),
    (
      "UPDATE staff SET version = 7 WHERE id = 1",
      "staff 1: its version is not the one in the journal"
    ),
    ("DELETE FROM staff WHERE id = 3", "staff 3: it was deleted"),
    (
      """
      INSERT INTO staff
      SELECT 9, 1, facts, 0, 0, 'P-X', '', '', 1, 0, '' FROM staff WHERE id = 1
      """, "staff 9: no entry of the journal has added it"
    ),
    (
      "UPDATE staffGroup SET facts = '{\"name\":\"Tills\"}', name = 'Tills' WHERE id = 1",
      "staffGroup 1: it does not say what the journal says: name"
    ),
    (
      "UPDATE staff SET staffGroup = 2 WHERE id = 1",
      "staff 1: what it is found by is not what it says"
    ),
    (
      "UPDATE staff SET facts = json_remove(facts, '$.roles') WHERE id = 1",
      "staff 1: a field holds what was never written"
    ),
  ])
  func `is seen by verify where somebody altered it with sqlite3`(sql: String, problem: String)
    async throws
  {
    let staff = try await StaffFixture()
    #expect(try staff.verify() == [])
    try staff.forge(sql)
    #expect(try staff.verify() == [problem])
  }

  @Test func `keeps a group that people or plans rest on`() async throws {
    let staff = try await StaffFixture()
    await #expect(throws: StoreError.self) {
      try await staff.store.apply(
        RemoveRecord<StaffGroupFacts>(id: 1, basedOn: nil),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) {
      try await staff.store.apply(AddRecord(StaffGroupFacts(name: "sales")), origin: "test")
    }
  }
}
