import Model
import Testing

struct `The state of a recipient` {
  @Test func `keeps its number for good`() {
    #expect(RecipientState.allCases.map(\.code) == Array(0..<13))
    for state in RecipientState.allCases { #expect(RecipientState(code: state.code) == state) }
    #expect(RecipientState(code: 13) == nil)
    #expect(RecipientState(code: -1) == nil)
  }

  @Test(arguments: [
    (RecipientState.pending, RecipientState.approved, true), (.pending, .queued, false),
    (.pending, .acknowledged, false), (.approved, .queued, true), (.queued, .handedOver, true),
    (.queued, .uncertain, true), (.uncertain, .queued, true), (.uncertain, .handedOver, true),
    (.handedOver, .queued, true), (.handedOver, .bouncedHard, true),
    (.bouncedSoft, .queued, true), (.bouncedHard, .handedOver, false),
    (.bouncedHard, .unreachable, true), (.exempt, .approved, false), (.exempt, .pending, true),
    (.acknowledged, .pending, false), (.acknowledged, .bouncedHard, false),
    (.unreachable, .deliveredByPost, true),
  ])
  func `leads on only where telling people can`(
    before: RecipientState,
    after: RecipientState,
    isAllowed: Bool
  ) {
    #expect(before.next.contains(after) == isAllowed)
  }

  @Test func `never leads to itself, and to somewhere from everywhere`() {
    for state in RecipientState.allCases {
      #expect(!state.next.contains(state))
      #expect(!state.next.isEmpty)
    }
  }
}

struct `A contact` {
  @Test func `is shown masked: enough to recognise, not to use`() {
    let contact = RecipientContact([
      "C-1001", "Ada Zoë Castro", "ada@mail.example.org", "+49 30 1234567", "Street 1", "health",
      "OFFER-1",
    ])
    let masked = contact.masked
    #expect(masked.reference == "•••01")
    #expect(masked.name == "A••• Z••• C•••")
    #expect(masked.email == "a•••@•••.org")
    #expect(masked.phone == "•••67")
    #expect(masked.address == "•••")
    #expect(masked.offer == "•••")
    #expect(masked.categories == "•••")
    #expect(RecipientContact([]).masked == RecipientContact([]))
    #expect(RecipientContact(["C-1", "", "x"]).masked == RecipientContact(["•••", "", "•••"]))
  }

  @Test(arguments: [
    (ContactKey.email, " Ada@Example.ORG ", "ada@example.org"),
    (.email, "ÄDA@example.org", "äda@example.org"), (.reference, " C-1 ", "C-1"),
    (.phone, "+49 (30) 123-45", "493012345"), (.phone, "0049 30 12345", "493012345"),
    (.phone, "030 12345", "03012345"), (.phone, "n/a", ""), (.reference, "  ", ""),
  ])
  func `is found whatever the spelling`(kind: ContactKey, text: String, normalised: String) {
    #expect(String(decoding: kind.normalised(text), as: UTF8.self) == normalised)
  }
}

struct `A filter of recipients` {
  @Test func `reads states and jurisdictions`() throws {
    #expect(
      try LedgerFilter(parsing: "state:pending,exempt jurisdiction:EU-DE")
        == LedgerFilter(states: [.pending, .exempt], jurisdictions: ["EU-DE"])
    )
    #expect(try LedgerFilter(parsing: "state:bounced").states == [.bouncedSoft, .bouncedHard])
    #expect(try LedgerFilter(parsing: "") == LedgerFilter())
  }

  @Test(arguments: ["pending", "state:", "state:asleep", "country:DE"])
  func `refuses what means nothing`(text: String) {
    #expect(throws: LedgerFilter.Unreadable.self) { try LedgerFilter(parsing: text) }
  }
}
