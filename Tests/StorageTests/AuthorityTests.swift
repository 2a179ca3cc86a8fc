import Model
import Storage
import TestSupport
import Testing

struct `The contact book` {
  private static let facts = ContactFacts(
    body: "LDI NRW",
    portal: "https://ldi.example/report",
    reference: "K-77"
  )

  private static func set(
    _ facts: ContactFacts = facts,
    id: RecordID = 0,
    basedOn: Version? = 0
  ) -> SetAuthority {
    SetAuthority(id: id, authority: "eu-supervisory-authority", basedOn: basedOn, facts: facts)
  }

  @Test func `keeps an entry, alters it, takes it out and brings it back`() async throws {
    let fixture = try StoreFixture()
    let first = try await fixture.store.apply(Self.set(), origin: "test")
    var altered = Self.facts
    altered.phone = "+49 211 1"
    let second = try await fixture.store.apply(Self.set(altered, id: 1, basedOn: 1), origin: "test")
    #expect((first.reference, second.version) == ("eu-supervisory-authority", 2))
    #expect(try await fixture.store.answer(AuthorityContacts()).map(\.facts) == [altered])
    let third = try await fixture.store.apply(
      RemoveAuthority(id: 1, authority: "eu-supervisory-authority", basedOn: 2),
      origin: "test"
    )
    #expect(try await fixture.store.answer(AuthorityContacts()).isEmpty)
    try await fixture.store.undo([third.entry], origin: "test")
    #expect(try await fixture.store.answer(AuthorityContacts()).map(\.facts) == [altered])
    try await fixture.store.undo([second.entry], origin: "test")
    #expect(try await fixture.store.answer(AuthorityContacts()).map(\.facts) == [Self.facts])
    try await fixture.store.undo([first.entry], origin: "test")
    #expect(try await fixture.store.answer(AuthorityContacts()).isEmpty)
  }

  @Test func `takes a new entry where an earlier one was taken out`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.apply(Self.set(), origin: "test")
    try await fixture.store.apply(
      RemoveAuthority(id: 1, authority: "eu-supervisory-authority", basedOn: 1),
      origin: "test"
    )
    try await fixture.store.apply(Self.set(ContactFacts(phone: "1")), origin: "test")
    #expect(
      try await fixture.store.answer(AuthorityContacts()).map(\.facts) == [ContactFacts(phone: "1")]
    )
  }

  @Test func `shows both sides where two wrote the same entry`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.apply(Self.set(), origin: "test")
    do {
      try await fixture.store.apply(Self.set(ContactFacts(phone: "1")), origin: "test")
      Issue.record("nothing was refused")
    } catch StoreError.conflict(let conflict) {
      #expect(conflict.subject == Self.set().subject)
      #expect(conflict.fields.contains { $0.field == "phone" && $0.ours == "1" })
      #expect(conflict.fields.contains { $0.field == "who" && $0.theirs == "LDI NRW" })
    }
  }

  @Test(arguments: ["", "Two Words", "Å"])
  func `refuses what is no key`(key: String) async throws {
    let fixture = try StoreFixture()
    let change = SetAuthority(id: 0, authority: key, basedOn: 0, facts: Self.facts)
    await #expect(throws: StoreError.self) { try await fixture.store.apply(change, origin: "test") }
    #expect(try await fixture.store.answer(AuthorityContacts()).isEmpty)
  }

  @Test func `refuses an entry that says nothing`() async throws {
    let fixture = try StoreFixture()
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(Self.set(ContactFacts()), origin: "test")
    }
  }

  @Test func `is found by every word of it until it is taken out`() async throws {
    let fixture = try StoreFixture()
    func found(_ text: String) async throws -> [Search.Hit] {
      try await fixture.store.answer(Search(text, window: RowWindow(start: 0, count: 9))).rows
    }
    try await fixture.store.apply(Self.set(), origin: "test")
    for text in ["ldi", "k-77", "supervisory"] {
      let hit = try #require(try await found(text).first)
      #expect(hit.subject == Subject(.authority, 1))
      #expect((hit.incident, hit.reference) == (nil, "eu-supervisory-authority"))
    }
    try await fixture.store.apply(
      Self.set(ContactFacts(body: "BfDI"), id: 1, basedOn: 1),
      origin: "test"
    )
    #expect(try await found("ldi").isEmpty)
    try await fixture.store.apply(
      RemoveAuthority(id: 1, authority: "eu-supervisory-authority", basedOn: 2),
      origin: "test"
    )
    #expect(try await found("bfdi").isEmpty)
  }
}
