import Exchange
import Model
import Testing

struct `Words of a mail program` {
  private let contact = RecipientContact([
    "C-1001", "Ada Canary", "ada.canary@example.org", "+49 30 1234567",
  ])

  @Test(arguments: [
    ("550 <ada.canary@example.org>: no\nsuch user", "550 <a•••@•••>: no such user"),
    ("user ada.canary unknown; Ada Canary C-1001", "user ••• unknown; A••• C••• •••01"),
    ("relay for <someone@else.example> denied", "relay for <s•••@•••> denied"),
    ("", ""), ("plain \u{1B}[31m words", "plain \u{1B}[31m words"),
  ])
  func `name nobody`(said: String, kept: String) {
    #expect(MaskedWords.line(said, of: contact) == kept)
  }

  @Test(arguments: [
    ("550 5.1.1 no such user", "550 5.1.1 no such user"),
    ("550-5.7.509: (5.7.1) refused, try in 300 s", "550-5.7.509: (5.7.1) refused, try in 300 s"),
    (
      "deferred for bob@else.example and +49 30 555 12 34",
      "deferred for b•••@••• and ••• ••• ••• ••• •••"
    ),
    ("customer 4711008: mailbox full", "customer •••: mailbox full"),
    ("account DE44-5001-0517 closed", "account DE•••-•••-••• closed"),
    ("call 555 123 4567 now", "call ••• ••• ••• now"),
    ("bounces+m1=eve.else.example", "b•••@•••"),
    ("from=<eve=else.example>", "f•••@•••>"),
    ("relay=mx.example.org dsn=5.1.1", "relay=mx.example.org dsn=5.1.1"),
    ("for 2 of 3 people", "for 2 of 3 people"),
  ])
  func `name no other customer either`(said: String, kept: String) {
    #expect(MaskedWords.line(said, of: nil) == kept)
    #expect(MaskedWords.line(said, of: contact) == kept)
  }

  @Test func `are kept up to a length`() {
    #expect(MaskedWords.line(String(repeating: "x", count: 1000), of: nil).count == 401)
  }
}
