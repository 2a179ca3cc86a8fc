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

  @Test func `are kept up to a length`() {
    #expect(MaskedWords.line(String(repeating: "x", count: 1000), of: nil).count == 401)
  }
}
