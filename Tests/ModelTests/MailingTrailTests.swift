import Model
import Testing

struct `What an entry says of the one before it in its mailing` {
  @Test(arguments: [
    ("{}", "{\"trail\":{\"count\":3,\"previous\":17}}"),
    ("{\"mailing\":1}", "{\"mailing\":1,\"trail\":{\"count\":3,\"previous\":17}}"),
  ])
  func `stands beside what it did, and is read again`(change: String, kept: String) {
    let trail = MailingTrail(count: 3, previous: 17)
    #expect(trail.added(to: change) == kept)
    #expect(MailingTrail(in: kept) == trail)
    #expect(MailingTrail(in: change) == nil)
  }

  @Test func `goes by the mailing that its record is of, as was last said`() {
    var owners = MailingOwners()
    let (text, notice) = (Subject(.notice, 4), Subject(.publication, 4))
    #expect(owners.mailing(of: Subject(.mailing, 2), nil) == 2)
    #expect(owners.mailing(of: Subject(.incident, 2), "{\"mailing\":2}") == nil)
    #expect(owners.mailing(of: text, nil) == nil)
    #expect(owners.mailing(of: text, "{\"mailing\":7,\"facts\":{}}") == 7)
    #expect(owners.mailing(of: text, "{\"id\":4}") == 7)
    #expect(owners.mailing(of: notice, "{\"incident\":1,\"facts\":{\"mailing\":8}}") == 8)
    #expect(owners.mailing(of: notice, "{\"id\":4,\"facts\":{\"mailing\":9}}") == 9)
    #expect(owners.mailing(of: notice, "{\"id\":4}") == 9)
  }
}

struct `The text that a person was sent` {
  private typealias Step = (RecipientState, MailingChannel?, String)

  private func texts(_ steps: [Step]) -> SentText {
    steps.reduce(into: SentText()) { $0.take($1.0, over: $1.1, $1.2) }
  }

  @Test func `is none while it was only approved, queued or taken back from the hand-over`() {
    #expect(texts([(.approved, nil, "E1")]).text == "")
    #expect(texts([(.approved, nil, "E1"), (.queued, .email, "E1/T1.1")]).sent == [])
    let back = texts([(.uncertain, .email, "E1/T1.1"), (.queued, .email, "E1/T1.1")])
    #expect(back.sent == [] && back.text == "")
    let unfit = texts([(.uncertain, .email, "E1/T1.1"), (.bouncedHard, .email, "E1/T1.1")])
    #expect(unfit.sent == [] && unfit.text == "")
  }

  @Test func `is what was handed over, by word of the mail program or of a person`() {
    let sent = texts([(.uncertain, .email, "E1/T1.1"), (.handedOver, .email, "E1/T1.1")])
    #expect(sent.sent == ["E1/T1.1"] && sent.text == "E1/T1.1")
    let word = texts([(.uncertain, .email, "E1/T1.1"), (.handedOver, .email, "")])
    #expect(word.sent == ["E1/T1.1"])
    let came = texts([(.uncertain, .email, "E1/T1.1"), (.bouncedSoft, .email, "")])
    #expect(came.sent == ["E1/T1.1"])
  }

  @Test func `may be another one for somebody who is uncertain`() {
    let steps: [Step] = [
      (.handedOver, .email, "E1/T1.1"), (.bouncedHard, .email, ""), (.queued, .post, ""),
      (.uncertain, .post, "E2/T2.1"),
    ]
    #expect(texts(steps).text == "E2/T2.1")
    #expect(texts(steps).sent == ["E1/T1.1"])
    #expect(texts(steps + [(.queued, .post, "")]).text == "E1/T1.1")
    #expect(texts(steps + [(.handedOver, .post, "E2/T2.1")]).sent == ["E1/T1.1", "E2/T2.1"])
  }
}
