import Model
import Testing

struct `What became of a notice` {
  @Test(arguments: [
    ("Delivered", ReturnOutcome.delivered), ("RETURNED to sender", .returned),
    ("no-answer", .noAnswer), ("No answer", .noAnswer), ("new address", .moved),
    ("spoke", .spoke), ("wrong number", .invalid), ("acknowledged", .acknowledged),
    ("refused", .refused),
  ])
  func `is read as printers and call centres write it`(word: String, outcome: ReturnOutcome) {
    #expect(ReturnOutcome(reading: word) == outcome)
  }

  @Test(arguments: ["", "ok", "delivered?x", "sent"])
  func `is not guessed`(word: String) { #expect(ReturnOutcome(reading: word) == nil) }

  @Test(
    arguments: [
      (ReturnOutcome.delivered, MailingChannel.post, RecipientState.deliveredByPost),
      (.delivered, .sms, nil), (.returned, .post, .bouncedHard), (.moved, .post, .bouncedHard),
      (.spoke, .telephone, .spokeByPhone), (.noAnswer, .telephone, .bouncedSoft),
      (.refused, .post, .bouncedHard), (.invalid, .telephone, .bouncedHard),
      (.acknowledged, .post, .acknowledged),
    ] as [(ReturnOutcome, MailingChannel, RecipientState?)]
  )
  func `leads somebody who was handed over where it says`(
    outcome: ReturnOutcome,
    channel: MailingChannel,
    state: RecipientState?
  ) {
    #expect(
      outcome.step(
        from: .handedOver,
        over: channel,
        isRegistered: true,
        isLastAttempt: true,
        hasNewContact: false
      ) == state
    )
  }

  @Test func `proves nothing where a letter that nobody signed for was delivered`() {
    #expect(
      ReturnOutcome.delivered.step(
        from: .handedOver,
        over: .post,
        isRegistered: false,
        isLastAttempt: true,
        hasNewContact: false
      ) == nil
    )
  }

  @Test func `is tried again where the person is known to live elsewhere`() {
    for outcome in [ReturnOutcome.moved, .returned] {
      #expect(
        outcome.step(
          from: .handedOver,
          over: .post,
          isRegistered: false,
          isLastAttempt: true,
          hasNewContact: true
        ) == .bouncedSoft
      )
    }
  }

  @Test func `counts as reached whenever it comes, as not reached for the last attempt alone`() {
    func step(_ outcome: ReturnOutcome, from state: RecipientState) -> RecipientState? {
      outcome.step(
        from: state,
        over: .post,
        isRegistered: true,
        isLastAttempt: false,
        hasNewContact: false
      )
    }
    #expect(step(.delivered, from: .handedOver) == .deliveredByPost)
    #expect(step(.delivered, from: .unreachable) == .deliveredByPost)
    #expect(step(.returned, from: .handedOver) == nil)
    #expect(step(.returned, from: .deliveredByPost) == nil)
    #expect(step(.spoke, from: .spokeByPhone) == nil)
    #expect(step(.spoke, from: .exempt) == nil)
  }
}

struct `A plan of support` {
  private let plan = OfferPlan([
    OfferLine(pool: "long", provider: "Watchful", months: 24, jurisdictions: ["US-CT"]),
    OfferLine(pool: "short", provider: "Watchful", months: 12),
  ])

  @Test func `offers what is named for a jurisdiction, and else what is for all others`() {
    #expect(plan.line(for: "US-CT")?.months == 24)
    #expect(plan.line(for: "EU-DE")?.months == 12)
    #expect(OfferPlan([plan.lines[0]]).line(for: "EU-DE") == nil)
  }

  @Test func `says where laws ask for more`() {
    let short = plan.short(for: ["US-CT", "US-MA", "EU-DE", "US-DE"])
    #expect(short.map(\.jurisdiction) == ["US-MA"])
    #expect(short.map(\.asked) == [18])
    #expect(short.map(\.offered) == [12])
  }

  @Test(arguments: [
    (OfferLine(pool: "", provider: "p", months: 1), "a pool's name"),
    (OfferLine(pool: "a b", provider: "p", months: 1), "a pool's name"),
    (OfferLine(pool: "a", provider: " ", months: 1), "needs a provider"),
    (OfferLine(pool: "a", provider: "p", months: 0), "1 to 600 months"),
    (OfferLine(pool: "long", provider: "p", months: 1, jurisdictions: ["GB"]), "out of one pool"),
    (OfferLine(pool: "a", provider: "p", months: 1, jurisdictions: ["US-CT"]), "two things"),
    (OfferLine(pool: "a", provider: "p", months: 1), "for all others"),
  ])
  func `is refused where it makes no sense`(line: OfferLine, problem: String) {
    #expect(OfferPlan(plan.lines + [line]).problem?.contains(problem) == true)
    #expect(plan.problem == nil)
  }
}

struct `The columns of a batch` {
  @Test(arguments: [
    (MailingChannel.post, "batch line number name address text"),
    (
      .telephone,
      "batch line number reference name phone language text"
    ),
    (.sms, "batch line number phone text"),
  ])
  func `are what the channel needs and no more`(channel: MailingChannel, columns: String) {
    #expect(channel.columns(merging: []).map(\.rawValue).joined(separator: " ") == columns)
  }

  @Test func `have what the texts merge as well`() {
    let columns = MailingChannel.sms.columns(merging: [.offer, .email])
    #expect(columns.map(\.rawValue).contains("offer"))
    #expect(!columns.map(\.rawValue).contains("email"))
  }
}
