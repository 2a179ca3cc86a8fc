import Foundation
import Model
import TestSupport
import Testing

@testable import Storage

struct `Taking in mails that came back` {
  @Test func `finds people by return path, Message-ID and address, and goes by the rule`()
    async throws
  {
    let bounces = try await BounceFixture()
    let summary = try await bounces.take([
      bounces.mail(to: 1), bounces.mail(to: 2, .mailboxFull),
      bounces.mail(to: 3, by: .messageID), bounces.mail(to: 4, by: .address),
      bounces.mail(.complaint, to: 5, .complaint), bounces.mail(.delivered, to: 6, .delivered),
      bounces.mail(.autoReply, to: 7, .autoReply), bounces.mail(.delayed, to: 8, .deferred),
      bounces.mail(BounceVerdict(.notABounce), "a letter"),
    ])
    #expect(summary.mails == 9)
    #expect(summary.moved == [.bouncedHard: 3, .bouncedSoft: 1, .complaint: 1])
    #expect(summary.noted == 2)
    #expect(summary.counted == 1)
    #expect(summary.matches == [.returnPath: 6, .messageID: 1, .address: 1])
    #expect(summary.unmatchedCount == 0 && summary.refusedCount == 0)
    let states = try await (1...8).asyncMap { try await bounces.state(Int64($0)) }
    #expect(
      states == [
        .bouncedHard, .bouncedSoft, .bouncedHard, .bouncedHard, .complaint, .handedOver,
        .handedOver, .handedOver,
      ]
    )
    let events = try await bounces.store.answer(
      RecipientHistory(mailing: bounces.ledger.mailing, number: 1)
    )
    #expect(events.last?.cause == "a mail came back: no such mailbox")
    #expect(events.last?.channel == .email)
    let notes = try await bounces.store.answer(
      RecipientBounces(mailing: bounces.ledger.mailing, number: 7)
    )
    #expect(notes.map(\.outcome) == [.noted])
    #expect(notes.map(\.kind) == [.autoReply])
    #expect(
      try await bounces.store.answer(MailingBounces(mailing: bounces.ledger.mailing)).first
        == .init(reason: .userUnknown, outcome: .moves(.bouncedHard), count: 3)
    )
    #expect(try bounces.problems() == [])
  }

  @Test func `alters nothing the second time, and says so`() async throws {
    let bounces = try await BounceFixture()
    let mails = (1...7).map { bounces.mail(to: $0) }
    #expect(try await bounces.take(mails).moved == [.bouncedHard: 7])
    let head = try await bounces.store.answer(JournalHead())
    let again = try await bounces.take(mails)
    #expect(again.known == 7)
    #expect(again.people == 0)
    #expect(try await bounces.store.answer(JournalHead()) == head)
    // The same mail twice in one import is one mail.
    let twice = try await bounces.take([bounces.mail(to: 9), bounces.mail(to: 9)])
    #expect(twice.known == 1)
    #expect(twice.moved == [.bouncedHard: 1])
  }

  @Test func `says what would be done, and does nothing`() async throws {
    let bounces = try await BounceFixture()
    let head = try await bounces.store.answer(JournalHead())
    let mails = [
      bounces.mail(to: 1, .mailboxFull), bounces.mail(to: 1), bounces.mail(to: 1),
      bounces.mail(to: 2),
    ]
    let told = try await bounces.take(mails, isDryRun: true)
    #expect(told.moved == [.bouncedSoft: 1, .bouncedHard: 2])
    #expect(told.known == 1)
    #expect(try await bounces.store.answer(JournalHead()) == head)
    #expect(try await bounces.take(mails) == told)
    #expect(try await bounces.state(1) == .bouncedHard)
    #expect(try bounces.problems() == [])
  }

  @Test func `refuses tags that nobody here has made, and what belongs to nobody`() async throws {
    let bounces = try await BounceFixture(10)
    func forged(_ address: String) -> BouncedMail {
      var verdict = BounceVerdict(.bounce)
      verdict.returnPaths = [address]
      verdict.recipients = [
        BounceRecipient(address: "person1@example.org", reason: .userUnknown, isHard: true)
      ]
      return bounces.mail(verdict, address)
    }
    let id = bounces.ledger.mailing
    let summary = try await bounces.take([
      forged("b+m\(id).r1.aaaaaaaa@x.example"), forged("b+m99.r1.aaaaaaaa@x.example"),
      forged("b+\(bounces.key.tag(for: 11).text)@x.example"),
      // The tag of one person does not do for another.
      forged("b+m\(id).r2.\(bounces.key.tag(for: 1).check)@x.example"),
    ])
    #expect(summary.refusedCount == 4)
    #expect(summary.people == 0)
    #expect(
      summary.refused.first?.reason
        == "the check of its return path is wrong: nobody here has written it"
    )
    #expect(try await bounces.state(1) == .handedOver)
    var stranger = BounceVerdict(.bounce)
    stranger.recipients = [BounceRecipient(address: "a@b.example", isHard: true)]
    let unmatched = try await bounces.take([bounces.mail(stranger, "box:3")])
    #expect(
      unmatched.unmatched
        == [.init(at: "box:3", reason: "it speaks of nobody who was written to")]
    )
  }

  @Test func `takes nobody where one of two proofs is wrong, or they name two people`() async throws
  {
    let bounces = try await BounceFixture(6)
    let right = bounces.key.tag(for: 1, step: 9).text
    func mail(_ path: String, _ message: String, _ name: String) -> BouncedMail {
      var verdict = BounceVerdict(.bounce)
      verdict.returnPaths = ["bounces+\(path)@x.example"]
      verdict.originalMessageID = "\(message)@x.example"
      verdict.recipients = [
        BounceRecipient(address: "person1@example.org", reason: .userUnknown, isHard: true)
      ]
      return bounces.mail(verdict, name)
    }
    let id = bounces.ledger.mailing
    let forged = try await bounces.take([
      mail("m\(id).r1.aaaaaaaa", right, "path"), mail("m\(id).r2.aaaaaaaa", right, "other"),
      mail(bounces.key.tag(for: 1).text, "m\(id).r1.s9.aaaaaaaa", "message"),
      mail(bounces.key.tag(for: 2).text, right, "two"),
    ])
    #expect(
      forged.refused.map(\.reason) == [
        "the check of its return path is wrong, though its Message-ID is right: nobody here has "
          + "written it",
        "the check of its return path is wrong, though its Message-ID is right: nobody here has "
          + "written it",
        "the check of its Message-ID is wrong, though its return path is right: nobody here has "
          + "written it",
        "its return path and its Message-ID name two people",
      ]
    )
    #expect(forged.people == 0)
    #expect(try await bounces.ledger.counts() == ["handed-over": 6])
    let sound = try await bounces.take([
      bounces.mail(to: 1, by: .both), bounces.mail(to: 2), bounces.mail(to: 3, by: .messageID),
      bounces.mail(to: 4, by: .address),
    ])
    #expect(sound.matches == [.both: 1, .returnPath: 1, .messageID: 1, .address: 1])
    #expect(
      try await bounces.ledger.headlines().first
        == "took in 4 mails that came back, by return path and Message-ID 1, return path 1, "
        + "Message-ID 1, address only 1"
    )
    #expect(try bounces.problems() == [])
  }

  @Test func `leaves what has only an address where that is asked for, or it says too little`()
    async throws
  {
    let bounces = try await BounceFixture(3)
    let strict = try await bounces.take(
      [bounces.mail(to: 1, by: .address)],
      takesAddresses: false
    )
    #expect(strict.unmatchedCount == 0)
    #expect(strict.people == 0)
    #expect(
      strict.byAddress.map(\.reason) == ["recipient 1 of MLG-2026-0001: bounce, no such mailbox"]
    )
    #expect(try await bounces.state(1) == .handedOver)
    #expect(try await bounces.take([bounces.mail(to: 1, by: .address)]).matches == [.address: 1])
    // What was confirmed is not asked for again.
    let again = try await bounces.take(
      [bounces.mail(to: 1, by: .address)],
      takesAddresses: false
    )
    #expect((again.known, again.byAddressCount) == (1, 0))
    // The same people in a second mailing: whose mail it was cannot be said.
    let other = try await BounceFixture.second(beside: bounces)
    let unclear = try await bounces.take([bounces.mail(to: 2, by: .address, salt: "2")])
    #expect(
      unclear.unmatched.first?.reason
        == "people of several mailings have the address; name one with --mailing"
    )
    let named = try await bounces.take(
      [bounces.mail(to: 2, by: .address, salt: "2")],
      into: other
    )
    #expect(named.moved == [.bouncedHard: 1])
    #expect(try await bounces.state(2) == .handedOver)
    let foreign = try await bounces.take([bounces.mail(to: 3, salt: "3")], into: other)
    #expect(foreign.unmatched.first?.reason.hasPrefix("it belongs to another mailing") == true)
  }

  @Test func `takes a dead address for dead for all who share it, and what may pass for nobody`()
    async throws
  {
    let fixture = try await LedgerFixture()
    let people = try await SharedAddress.fill(fixture)
    let bounces = people
    var soft = BounceVerdict(.bounce)
    soft.recipients = [
      BounceRecipient(address: "family@example.org", reason: .mailboxFull, isHard: false)
    ]
    let passing = try await SharedAddress.take(soft, "soft", fixture)
    #expect(
      passing.unmatched.first?.reason
        == "\(bounces) recipients share the address, and it does not say whose mail it was"
    )
    var hard = soft
    hard.recipients[0].reason = .userUnknown
    hard.recipients[0].isHard = true
    let dead = try await SharedAddress.take(hard, "hard", fixture)
    #expect(dead.moved == [.bouncedHard: bounces])
  }

  @Test func `proves of uncertain people that they were written to`() async throws {
    let bounces = try await BounceFixture(6)
    try await bounces.move(.queued)
    try await bounces.move(.uncertain)
    let summary = try await bounces.take([
      bounces.mail(to: 1), bounces.mail(to: 2, .mailboxFull),
      bounces.mail(.autoReply, to: 3, .autoReply),
      bounces.mail(.autoReply, to: 4, .autoReply, by: .address),
    ])
    #expect(summary.moved == [.bouncedHard: 1, .bouncedSoft: 1, .handedOver: 1])
    #expect(summary.noted == 1)
    #expect(try await bounces.state(4) == .uncertain)
    #expect(try bounces.problems() == [])
  }

  @Test func `lets nobody alter what was kept without being found`() async throws {
    for (sql, problem) in [
      ("UPDATE bounce SET outcome = 'noted' WHERE line = 1", "the mails that came back in entry"),
      ("DELETE FROM bounce WHERE line = 2", "the mails that came back in entry"),
      ("DELETE FROM bounceMail", "the mails that came back in entry"),
      ("UPDATE bounceTally SET count = count + 1", "the tallies of mails that came back"),
      (
        "INSERT INTO bounce SELECT entry, 9, person, digest, kind, reason, status, matchedBy, outcome "
          + "FROM bounce WHERE line = 1",
        "the mails that came back in entry"
      ),
      ("UPDATE mailingDay SET count = count + 1", "the counts of days"),
      ("DELETE FROM mailingDay", "the counts of days"),
    ] {
      let bounces = try await BounceFixture(4)
      try await bounces.take([bounces.mail(to: 1), bounces.mail(to: 2)])
      #expect(try bounces.problems() == [])
      try await bounces.store.read { _ in }
      try bounces.ledger.alter(sql)
      #expect(try bounces.problems().contains { $0.hasPrefix(problem) }, "\(sql)")
    }
  }
}

struct `Trying a mailing's people again` {
  @Test func `queues soft ones, moves hard ones on, and leaves the others alone`() async throws {
    let bounces = try await BounceFixture(12)
    try await bounces.take([
      bounces.mail(to: 1), bounces.mail(to: 2, .mailboxFull),
      bounces.mail(.complaint, to: 3, .complaint), bounces.mail(to: 10), bounces.mail(to: 5),
    ])
    let id = bounces.ledger.mailing
    let head = try await bounces.store.answer(JournalHead())
    let told = try await bounces.store.perform(MailingRetry(of: id, isDryRun: true), origin: "test")
    #expect(told.next == [.post: 2])
    #expect(told.waiting == 1)
    #expect(told.due == bounces.ledger.fixture.clock.now + .seconds(6 * 3600))
    #expect(told.protected == 1)
    #expect(try await bounces.store.answer(JournalHead()) == head)
    bounces.ledger.fixture.clock.advance(by: .seconds(7 * 3600))
    let done = try await bounces.store.perform(MailingRetry(of: id), origin: "test")
    #expect(done.again == [.email: 1])
    #expect(done.next == [.post: 2])
    #expect(done.unreachable == 0)
    let states = try await [1, 2, 3, 4, 5, 10].asyncMap { try await bounces.state(Int64($0)) }
    #expect(states == [.queued, .queued, .complaint, .handedOver, .queued, .bouncedHard])
    let history = try await bounces.store.answer(RecipientHistory(mailing: id, number: 1))
    #expect(history.last?.channel == .post)
    #expect(history.last?.cause == "the next channel: post")
    #expect(try await bounces.store.perform(MailingRetry(of: id), origin: "test").moved == 0)
    #expect(try bounces.problems() == [])
  }

  @Test func `gives up a channel after so many tries, and people after the last channel`()
    async throws
  {
    let bounces = try await BounceFixture(2, channels: [.email])
    let id = bounces.ledger.mailing
    let rule = RetryRule(attempts: 3, minutesApart: 0)
    for attempt in 1...3 {
      try await bounces.take([bounces.mail(to: 1, .mailboxFull, salt: "\(attempt)")])
      let numbers = try await bounces.store.perform(MailingRetry(of: id, by: rule), origin: "test")
      #expect(numbers.again == (attempt < 3 ? [.email: 1] : [:]), "\(attempt)")
      #expect(numbers.unreachable == (attempt < 3 ? 0 : 1))
      if attempt < 3 { try await bounces.move(.handedOver, [1]) }
    }
    #expect(try await bounces.state(1) == .unreachable)
    #expect(try await bounces.state(2) == .handedOver)
    #expect(try bounces.problems() == [])
  }

  @Test func `goes through more people than one transaction takes`() async throws {
    let bounces = try await BounceFixture(1300)
    try await bounces.take((1...1300).map { bounces.mail(to: Int64($0)) })
    let numbers = try await bounces.store.perform(
      MailingRetry(of: bounces.ledger.mailing),
      origin: "test"
    )
    // Every tenth is a child.
    #expect(numbers.next == [.post: 1170])
    #expect(numbers.protected == 130)
    #expect(try bounces.problems() == [])
  }
}
