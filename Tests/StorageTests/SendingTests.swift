import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

/// A mailing whose people wait for an e-mail, and a sender of it.
struct SendingFixture {
  let ledger: LedgerFixture
  let process = SendingProcess.current

  var store: SQLiteStore { ledger.store }
  var mailing: RecordID { ledger.mailing }

  /// A process that was there before the machine was started anew.
  static let dead = SendingProcess(id: 1, boot: "another", start: 1)

  init(_ people: Int, queued channel: MailingChannel? = .email) async throws {
    ledger = try await LedgerFixture(people)
    try await ledger.move(.approved)
    if let channel { try await queue(channel) }
  }

  func queue(_ channel: MailingChannel, numbers: [Int64]? = nil) async throws {
    _ = try await store.perform(
      RecipientMove(
        of: mailing,
        LedgerFilter(states: [.approved]),
        numbers: numbers,
        to: RecipientStep(to: .queued, channel: channel)
      ),
      origin: "test"
    )
  }

  @discardableResult
  func start(_ process: SendingProcess? = nil) async throws -> Int64 {
    try await store.perform(
      SendingStart(mailing: mailing, process: process ?? self.process, program: ["/bin/mail"]),
      origin: "test"
    )
  }

  func claim(
    _ limit: Int = 10,
    after position: Int64 = 0,
    floor: Int64 = .max,
    in jurisdictions: Set<String> = ["EU-DE", "EU-FR", "US-CA"],
    process: SendingProcess? = nil,
    text: @escaping @Sendable (Recipient) -> String? = { _ in "E1/T1.1" }
  ) async throws -> RecipientClaim.Outcome {
    try await store.perform(
      RecipientClaim(
        mailing: mailing,
        process: process ?? self.process,
        edition: nil,
        position: position,
        floor: floor,
        limit: limit,
        jurisdictions: jurisdictions,
        text: text
      ),
      origin: "test"
    )
  }

  @discardableResult
  func settle(
    _ people: [RecipientClaim.Person],
    _ fate: (RecipientClaim.Person) -> RecipientSettlement.Fate
  ) async throws -> Int {
    try await store.perform(
      RecipientSettlement(
        mailing: mailing,
        process: process,
        people: people.map {
          .init(number: $0.recipient.number, step: $0.step, text: $0.text, fate: fate($0))
        },
        counts: SendingCounts()
      ),
      origin: "test"
    )
  }

  static func taken(_ person: RecipientClaim.Person) -> RecipientSettlement.Fate {
    .handedOver(
      messageID: "\(person.messageTag.text)@example.org",
      digest: Array(repeating: UInt8(person.recipient.number), count: 32)
    )
  }

  func count(_ state: RecipientState) async throws -> Int {
    try await ledger.status().count([state])
  }

  func sending() async throws -> MailingSending.Answer {
    try await store.answer(MailingSending(mailing: mailing))
  }

  func history(_ number: Int64) async throws -> [RecipientEvent] {
    try await store.answer(RecipientHistory(mailing: mailing, number: number))
  }
}

struct `People who are to be written to` {
  @Test func `are marked before the hand-over, and given back as they are`() async throws {
    let sending = try await SendingFixture(10)
    try await sending.start()
    let claimed = try await sending.claim(4)
    #expect(claimed.signal == .init(wish: .run, isApproved: true))
    #expect(claimed.people.map(\.recipient.number) == [1, 2, 3, 4])
    #expect(claimed.position == 4)
    #expect(!claimed.isAtEnd)
    #expect(claimed.people[0].recipient.contact?.email == "person1@example.org")
    #expect(try await sending.count(.uncertain) == 4)
    let last = try #require(try await sending.history(1).last)
    #expect(last.after == .uncertain)
    #expect(last.channel == .email)
    #expect(last.text == "E1/T1.1")
    let rest = try await sending.claim(after: claimed.position)
    #expect(rest.people.map(\.recipient.number) == [5, 6, 7, 8, 9, 10])
    #expect(rest.isAtEnd)
    #expect(try sending.ledger.problems() == [])
  }

  @Test func `get their texts, a step for each; without a text they wait`() async throws {
    let sending = try await SendingFixture(6)
    try await sending.start()
    let claimed = try await sending.claim { person in
      switch person.jurisdiction {
      case "EU-DE": "E1/T1.1"
      case "EU-FR": "E1/T2.3"
      default: nil
      }
    }
    #expect(claimed.people.map(\.recipient.number) == [1, 2, 4, 5])
    #expect(claimed.people.map(\.text) == ["E1/T1.1", "E1/T2.3", "E1/T1.1", "E1/T2.3"])
    #expect(Set(claimed.people.map(\.step)).count == 2)
    #expect(claimed.withoutText == 2)
    #expect(try await sending.count(.queued) == 2)
  }

  @Test func `are only those queued for e-mail, in time, where it is day`() async throws {
    let sending = try await SendingFixture(9, queued: nil)
    try await sending.queue(.email, numbers: [1, 2, 3])
    try await sending.queue(.post, numbers: [4, 5, 6])
    let floor = try await sending.start()
    try await sending.queue(.email, numbers: [7, 8, 9])
    let day = try await sending.claim(floor: floor, in: ["EU-DE", "EU-FR"])
    #expect(day.people.map(\.recipient.number) == [1, 2])
    #expect(day.withoutText == 0)
    #expect(try await sending.claim(floor: floor).people.map(\.recipient.number) == [3])
    #expect(try await sending.claim().people.map(\.recipient.number) == [7, 8, 9])
    #expect(try await sending.claim().people == [])
  }

  @Test func `carry tags that the store knows again, and nobody else can make`() async throws {
    let sending = try await SendingFixture(2)
    try await sending.start()
    let person = try #require(try await sending.claim(1).people.first)
    for tag in [person.returnTag, person.messageTag] {
      let found = try await sending.store.answer(TaggedRecipient(tag))
      #expect(found?.number == 1)
      #expect(found?.isRevealed == false)
    }
    #expect(person.returnTag.step == nil)
    #expect(person.messageTag.step == person.step)
    #expect(!person.returnTag.text.contains("person1"))
    var forged = person.returnTag
    forged.number = 2
    #expect(try await sending.store.answer(TaggedRecipient(forged)) == nil)
    forged.mailing = 9
    #expect(try await sending.store.answer(TaggedRecipient(forged)) == nil)
    // A check for a return path proves no Message-ID.
    forged = person.messageTag
    forged.check = person.returnTag.check
    #expect(try await sending.store.answer(TaggedRecipient(forged)) == nil)
  }

  @Test func `are settled by what became of the hand-over`() async throws {
    let sending = try await SendingFixture(6)
    try await sending.start()
    let people = try await sending.claim(5).people
    let settled = try await sending.settle(Array(people.dropLast())) { person in
      switch person.recipient.number {
      case 3: .returned(cause: "status 75")
      case 4: .unfit(cause: "no e-mail address")
      default: SendingFixture.taken(person)
      }
    }
    #expect(settled == 4)
    #expect(try await sending.count(.handedOver) == 2)
    #expect(try await sending.count(.queued) == 2)
    #expect(try await sending.count(.bouncedHard) == 1)
    #expect(try await sending.count(.uncertain) == 1)
    #expect(try await sending.history(3).last?.cause == "status 75")
    let delivery = try #require(
      try await sending.store.answer(RecipientDeliveries(mailing: sending.mailing, number: 2)).first
    )
    #expect(delivery.messageID == "\(people[1].messageTag.text)@example.org")
    #expect(delivery.digest == String(repeating: "02", count: 32))
    #expect(delivery.text == "E1/T1.1")
    #expect(
      try await sending.store.answer(RecipientDeliveries(mailing: sending.mailing, number: 3)) == []
    )
    #expect(try sending.ledger.problems() == [])
  }

  @Test func `are not settled twice, nor against a person's word`() async throws {
    let sending = try await SendingFixture(2)
    try await sending.start(SendingFixture.dead)
    let people = try await sending.claim(process: SendingFixture.dead).people
    #expect(
      try await sending.store.perform(
        UncertainResolution(mailing: sending.mailing, numbers: [1], isSent: false),
        origin: "test"
      ) == 1
    )
    #expect(try await sending.settle(people, SendingFixture.taken) == 1)
    #expect(try await sending.settle(people, SendingFixture.taken) == 0)
    #expect(try await sending.count(.queued) == 1)
    #expect(try await sending.count(.handedOver) == 1)
    #expect(try sending.ledger.problems() == [])
  }

  @Test func `stay uncertain when the sender is gone, until a person says what is so`() async throws
  {
    let sending = try await SendingFixture(5)
    try await sending.start(SendingFixture.dead)
    _ = try await sending.claim(3, process: SendingFixture.dead)
    // A new sender leaves them alone.
    try await sending.start()
    #expect(try await sending.claim().people.map(\.recipient.number) == [4, 5])
    await #expect(throws: StoreError.self) {
      try await sending.store.perform(
        UncertainResolution(mailing: sending.mailing, isSent: true),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) {
      try await sending.ledger.move(.queued, "state:uncertain")
    }
    _ = try await sending.store.perform(
      SendingReport(
        mailing: sending.mailing,
        process: sending.process,
        activity: .ended,
        counts: SendingCounts()
      ),
      origin: "test"
    )
    let word = UncertainResolution(
      mailing: sending.mailing,
      numbers: [1, 2],
      isSent: true,
      reason: "the mail log has them"
    )
    #expect(try await sending.store.perform(word, origin: "test") == 2)
    #expect(
      try await sending.history(1).last?.cause
        == "a person's word: it was sent; the mail log has them"
    )
    let again = UncertainResolution(mailing: sending.mailing, isSent: false)
    #expect(try await sending.store.perform(again, origin: "test") == 3)
    #expect(try await sending.count(.queued) == 3)
    #expect(try await sending.count(.uncertain) == 0)
    await #expect(throws: StoreError.refused("recipient 1 of MLG-2026-0001 is not uncertain")) {
      try await sending.store.perform(word, origin: "test")
    }
    #expect(try sending.ledger.problems() == [])
  }

  @Test func `are proved by digests of their messages`() async throws {
    let sending = try await SendingFixture(3)
    try await sending.start()
    try await sending.settle(try await sending.claim().people, SendingFixture.taken)
    try sending.store.close()
    let queue = try DatabaseQueue(path: sending.ledger.fixture.path)
    try await queue.write { db in
      try db.execute(sql: "UPDATE delivery SET messageID = 'x@y' WHERE recipient & 255 = 2")
    }
    let problems = try sending.ledger.problems()
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("the messages of step "))
    #expect(problems[0].hasSuffix(" are not those in the journal"))
  }
}

struct `The lease to send` {
  @Test func `is one process's at a time, and another's when that is gone`() async throws {
    let sending = try await SendingFixture(3)
    #expect(try await sending.sending().lease == nil)
    try await sending.start()
    let other = SendingProcess(id: 1, boot: sending.process.boot, start: 0)
    await #expect(
      throws: StoreError.refused(
        "MLG-2026-0001 is being sent already, by process \(sending.process.id) of meyer"
      )
    ) { try await sending.start(other) }
    #expect(try await sending.sending().lease?.isActive == true)
    let second = try await SendingFixture(3)
    try await second.start(SendingFixture.dead)
    #expect(try await second.sending().lease?.isActive == false)
    try await second.start()
    // The one that was there before is told so, and marks nobody.
    let late = try await second.claim(process: SendingFixture.dead)
    #expect(late.signal.wish == nil)
    #expect(late.people == [])
  }

  @Test func `says what is wanted, which is heeded before anybody is marked`() async throws {
    let sending = try await SendingFixture(3)
    func direct(_ wish: SendingWish) async throws {
      try await sending.store.apply(
        DirectSending(mailing: sending.mailing, wish: wish),
        origin: "test"
      )
    }
    await #expect(
      throws: StoreError.refused("nobody is sending MLG-2026-0001 at the moment")
    ) { try await direct(.pause) }
    try await sending.start()
    try await direct(.pause)
    #expect(try await sending.claim().signal.wish == .pause)
    #expect(try await sending.count(.uncertain) == 0)
    try await direct(.run)
    #expect(try await sending.claim(1).people.count == 1)
    try await direct(.stop)
    let signal = SendingSignal(mailing: sending.mailing, process: sending.process, edition: nil)
    #expect(try await sending.store.answer(signal).wish == .stop)
    await #expect(throws: StoreError.self) { try await direct(.run) }
  }

  @Test func `is refused without e-mail among the channels`() async throws {
    let sending = try await SendingFixture(1)
    try await sending.store.apply(
      EditMailing(
        id: sending.mailing,
        basedOn: nil,
        facts: MailingFacts(name: "Customers", channels: [.post])
      ),
      origin: "test"
    )
    await #expect(
      throws: StoreError.refused("the people of MLG-2026-0001 are told by no e-mail")
    ) { try await sending.start() }
  }

  @Test func `ends with what was done, in the journal too`() async throws {
    let sending = try await SendingFixture(1)
    try await sending.start()
    var counts = SendingCounts()
    counts.handedOver = 7
    let report = SendingReport(
      mailing: sending.mailing,
      process: sending.process,
      activity: .ended,
      counts: counts,
      problem: "asked to stop: 550 ada@example.org",
      cause: "asked to stop"
    )
    #expect(try await sending.store.perform(report, origin: "test") == .run)
    #expect(try await sending.store.perform(report, origin: "test") == nil)
    let lease = try #require(try await sending.sending().lease)
    #expect(!lease.isActive)
    #expect(lease.counts == counts)
    let journal = try await sending.store.answer(
      JournalWindow(.init(), RowWindow(start: 0, count: 1))
    )
    #expect(journal.rows.first?.headline == "ended sending: 7 handed over; asked to stop")
  }
}

struct `A plan that is kept` {
  @Test func `is set, refused where it makes no sense, and taken back`() async throws {
    let sending = try await SendingFixture(1)
    var plan = SendingPlan()
    try plan.set("sender", to: "notices@example.org")
    let receipt = try await sending.store.apply(
      SetSendingPlan(id: sending.mailing, basedOn: 1, plan: plan),
      origin: "test"
    )
    #expect(try await sending.sending().plan == plan)
    plan.batch = 0
    await #expect(throws: StoreError.refused("batch is a number from 1 to 1000")) {
      try await sending.store.apply(
        SetSendingPlan(id: sending.mailing, basedOn: 2, plan: plan),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) {
      try await sending.store.apply(
        SetSendingPlan(id: sending.mailing, basedOn: 1, plan: nil),
        origin: "test"
      )
    }
    try await sending.store.undo([receipt.entry], origin: "test")
    #expect(try await sending.sending().plan == nil)
  }
}
