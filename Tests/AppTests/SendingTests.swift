import Foundation
import Model
import Storage
import Synchronization
import TestSupport
import Testing

@testable import App

/// A clock that goes on only while somebody sleeps by it, and says when.
private final class SleepingClock: Sendable {
  private let state: Mutex<(now: Duration, slept: [Duration])> = Mutex((.zero, []))
  private let start: Instant
  let onSleep: @Sendable (Duration) async -> Void

  init(_ start: Instant, onSleep: @escaping @Sendable (Duration) async -> Void = { _ in }) {
    (self.start, self.onSleep) = (start, onSleep)
  }

  var slept: [Duration] { state.withLock { $0.slept } }
  var now: Instant { start + state.withLock { $0.now } }

  var clock: SendingClock {
    SendingClock(now: { self.now }, uptime: { self.state.withLock { $0.now } }) { length in
      self.state.withLock { state in
        state.now += length
        state.slept.append(length)
      }
      await self.onSleep(length)
    }
  }
}

/// A store beside which somebody else does something after each settlement, before the sender goes on.
private final class WatchedStore: Store {
  let store: SQLiteStore
  private let onSettled: @Sendable (RecipientSettlement, SQLiteStore) async throws -> Void

  init(
    _ store: SQLiteStore,
    onSettled: @escaping @Sendable (RecipientSettlement, SQLiteStore) async throws -> Void
  ) {
    (self.store, self.onSettled) = (store, onSettled)
  }

  func apply(_ changes: [any Change], origin: String) async throws -> [Receipt] {
    try await store.apply(changes, origin: origin)
  }

  func answer<Q: Question>(_ question: Q) async throws -> Q.Answer {
    try await store.answer(question)
  }

  func perform<J: Job>(
    _ job: J,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> J.Outcome {
    let outcome = try await store.perform(job, origin: origin, progress: progress)
    if let settled = job as? RecipientSettlement { try await onSettled(settled, store) }
    return outcome
  }

  func undo(_ entries: [JournalSequence], origin: String) async throws -> [Receipt] {
    try await store.undo(entries, origin: origin)
  }
}

/// People who wait for their e-mail, and a mail program of shell that does as it is told.
private struct SendingDay {
  let fixture: StoreFixture
  let mailing: Mailing
  let edition: NoticeEdition
  var plan = SendingPlan()

  /// The folder in which the program keeps messages, by recipient.
  var taken: String { fixture.directory.file("taken") }

  /// Makes so many people, and a program that does what the script says: `$to` is the recipient,
  /// `$dir` the folder, `$from` the return path.
  init(_ people: Int, _ script: String = "cat > $dir/$to") async throws {
    fixture = try StoreFixture()
    let id = try await ApprovedMailing.make(in: fixture.store, people: people).id
    edition = try #require(try await fixture.store.answer(EditionInForce(mailing: id)))
    _ = try await fixture.store.perform(
      RecipientMove(
        of: id,
        LedgerFilter(states: [.approved]),
        to: RecipientStep(to: .queued, channel: .email)
      ),
      origin: "test"
    )
    mailing = try #require(try await fixture.store.answer(MailingByID(id)))
    let program = fixture.directory.file("program")
    try FileManager.default.createDirectory(
      atPath: fixture.directory.file("taken"),
      withIntermediateDirectories: false
    )
    try makeProgram(
      """
      #!/bin/sh
      dir=\(fixture.directory.file("taken"))
      from=$3
      to=$5
      \(script)
      """,
      at: program
    )
    plan.sender = "notices@example.org"
    plan.senderName = "Lindgren & Vale"
    plan.program = [program, "-i"]
    plan.lanes = 1
  }

  func run(
    waits: Bool = true,
    limit: Int? = nil,
    clock: SendingClock? = nil,
    store: (any Store)? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (SendingRun.Progress) -> Void = { _ in }
  ) async throws -> (end: SendingRun.End, progress: SendingRun.Progress) {
    let order = SendingRun.Order(
      mailing: mailing,
      plan: plan,
      process: .current,
      environment: ["PATH": "/usr/bin:/bin"],
      waits: waits,
      limit: limit,
      origin: "test"
    )
    return try await SendingRun(
      order,
      store: store ?? fixture.store,
      texts: EditionTexts(edition),
      clock: clock ?? SleepingClock(fixture.clock.now).clock
    ).run(isCancelled: isCancelled, progress: progress)
  }

  func count(_ state: RecipientState) async throws -> Int {
    try await fixture.store.answer(MailingStatus(id: mailing.id)).count([state])
  }

  /// Whose messages the program has, by number.
  func received() throws -> [Int] {
    try FileManager.default.contentsOfDirectory(atPath: taken)
      .compactMap { Int($0.dropFirst("person".count).prefix { $0 != "@" }) }.sorted()
  }

  func message(_ number: Int) throws -> String {
    try String(contentsOfFile: "\(taken)/person\(number)@example.org", encoding: .utf8)
  }
}

@Suite(.timeLimit(.minutes(30))) struct `A sending` {
  @Test func `hands everybody's message over once, and keeps what was handed over`() async throws {
    var day = try await SendingDay(9, "cat > $dir/$to; echo $from > $dir/from-$to")
    day.plan.batch = 4
    day.plan.lanes = 3
    let (end, progress) = try await day.run()
    #expect(end == .done)
    #expect(progress.counts.handedOver == 9)
    #expect(try day.received() == Array(1...9))
    #expect(try await day.count(.handedOver) == 9)
    let message = try day.message(7)
    #expect(message.hasPrefix("From: =?utf-8?B?"))
    #expect(message.contains("\nTo: person7@example.org\n"))
    #expect(message.contains("\nList-Id: <mlg-2026-0001.notices.example.org>\n"))
    #expect(message.contains("\nAuto-Submitted: auto-generated\n"))
    #expect(message.contains("Dear Canary Person 7"))
    let delivery = try #require(
      try await day.fixture.store.answer(
        RecipientDeliveries(mailing: day.mailing.id, number: 7)
      ).first
    )
    #expect(message.contains("\nMessage-ID: <\(delivery.messageID)>\n"))
    #expect(Digest.sha256(Array(message.utf8)) == delivery.digest)
    let from = try String(
      contentsOfFile: "\(day.taken)/from-person7@example.org",
      encoding: .utf8
    )
    let tag = try #require(ReturnTag(in: from.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(try await day.fixture.store.answer(TaggedRecipient(tag))?.number == 7)
    #expect(try LedgerVerifier.verify(path: day.fixture.path).bad == [])
  }

  @Test func `leaves out those for whom no text is`() async throws {
    let day = try await SendingDay(10)
    // Approved by hand although nothing is written for a child.
    for state in [RecipientState.approved, .queued] {
      _ = try await day.fixture.store.perform(
        RecipientMove(
          of: day.mailing.id,
          numbers: [10],
          to: RecipientStep(to: state, channel: .email)
        ),
        origin: "test"
      )
    }
    let (end, progress) = try await day.run()
    #expect(end == .done)
    #expect(progress.withoutText == 1)
    #expect(try day.received() == Array(1...9))
    #expect(try await day.count(.queued) == 1)
  }

  @Test func `stops after failures in a row, with what the program wrote, nobody named`()
    async throws
  {
    var day = try await SendingDay(9, "echo \"550 <$to> person${to#person}: no\" >&2; exit 69")
    day.plan.threshold = 3
    day.plan.batch = 5
    let (end, progress) = try await day.run()
    #expect(end == .failures(3))
    #expect(progress.counts.refused == 3)
    #expect(
      progress.problem
        == "the mail program ended with status 69 (service not available): 550 <p•••@•••> "
        + "p•••@•••: no"
    )
    #expect(try await day.count(.queued) == 9)
    let lease = try #require(
      try await day.fixture.store.answer(MailingSending(mailing: day.mailing.id)).lease
    )
    #expect(!lease.isActive)
    #expect(lease.problem == progress.problem)
    let history = try await day.fixture.store.answer(
      RecipientHistory(mailing: day.mailing.id, number: 1)
    )
    #expect(
      history.last?.cause == "the mail program ended with status 69 (service not available)"
    )
  }

  @Test func `goes on past single refusals, and tries nobody again by itself`() async throws {
    var day = try await SendingDay(9, "case $to in person[258]@*) exit 65;; esac; cat > $dir/$to")
    day.plan.threshold = 2
    day.plan.batch = 2
    let (end, progress) = try await day.run()
    #expect(end == .done)
    #expect(progress.counts.handedOver == 6)
    #expect(progress.counts.refused == 3)
    #expect(try day.received() == [1, 3, 4, 6, 7, 9])
    #expect(try await day.count(.queued) == 3)
    #expect(try await day.run().end == .failures(2))
    #expect(try day.received() == [1, 3, 4, 6, 7, 9])
  }

  @Test(arguments: [
    ("exit 74", "the mail program ended with status 74 (error of input or output)"),
    ("kill -9 $$", "the mail program was ended by signal 9"),
    ("exec sleep 600", "the mail program took longer than 1 s and was ended"),
  ])
  func `leaves those uncertain of whom nobody knows whether they were taken`(
    script: String,
    problem: String
  ) async throws {
    var day = try await SendingDay(3, script)
    day.plan.threshold = 1
    day.plan.timeout = 1
    let (end, progress) = try await day.run()
    #expect(end == .failures(1))
    #expect(progress.problem == problem)
    #expect(progress.counts.uncertain == 1)
    #expect(try await day.count(.uncertain) == 1)
    #expect(try await day.count(.queued) == 2)
  }

  @Test func `gives people back whose program cannot be started`() async throws {
    var day = try await SendingDay(2)
    day.plan.program = ["/nowhere/sendmail"]
    day.plan.threshold = 1
    let (end, progress) = try await day.run()
    #expect(end == .failures(1))
    #expect(
      progress.problem == "the mail program could not be started: No such file or directory"
    )
    #expect(try await day.count(.queued) == 2)
  }

  @Test func `waits, goes on and ends as the record says, between two messages`() async throws {
    var day = try await SendingDay(9)
    day.plan.batch = 3
    let (mailing, own) = (day.mailing.id, day.fixture.store)
    @Sendable func direct(_ wish: SendingWish) async throws {
      try await own.apply(DirectSending(mailing: mailing, wish: wish), origin: "test")
    }
    let watched = WatchedStore(own) { settled, _ in
      if [3, 6].contains(settled.counts.handedOver) { try await direct(.pause) }
    }
    // Who waits once is let go on; the next time they are ended.
    let waits = Mutex(0)
    let clock = SleepingClock(day.fixture.clock.now) { _ in
      let count = waits.withLock { waits in
        waits += 1
        return waits
      }
      try? await direct(count == 1 ? .run : .stop)
    }
    let said = Mutex<[SendingActivity]>([])
    let (end, progress) = try await day.run(
      clock: clock.clock,
      store: watched,
      progress: { progress in
        said.withLock { if $0.last != progress.activity { $0.append(progress.activity) } }
      }
    )
    #expect(end == .stopped)
    #expect(progress.counts.handedOver == 6)
    #expect(said.withLock { $0 } == [.sending, .paused, .sending, .paused, .ended])
    #expect(try await day.count(.queued) == 3)
    #expect(try await day.count(.uncertain) == 0)
  }

  @Test func `ends where the approval of the texts is void`() async throws {
    var day = try await SendingDay(9)
    day.plan.batch = 2
    let edition = day.edition.id
    let watched = WatchedStore(day.fixture.store) { settled, store in
      guard settled.counts.handedOver == 4 else { return }
      try await store.apply(
        WithdrawEdition(id: edition, basedOn: nil, reason: "a mistake"),
        origin: "test"
      )
    }
    let (end, progress) = try await day.run(store: watched)
    #expect(end == .notApproved)
    #expect(progress.counts.handedOver == 4)
    #expect(try await day.count(.queued) == 5)
    #expect(try await day.count(.uncertain) == 0)
  }

  @Test func `ends when its process is asked to, with nobody left in between`() async throws {
    var day = try await SendingDay(9)
    day.plan.batch = 9
    let asked = Mutex(0)
    let (end, progress) = try await day.run(isCancelled: {
      asked.withLock { asked in
        asked += 1
        return asked > 4
      }
    })
    #expect(end == .stopped)
    #expect(progress.counts.handedOver < 9)
    #expect(try await day.count(.uncertain) == 0)
    #expect(try await day.count(.queued) + day.count(.handedOver) == 9)
  }

  @Test func `hands over as many as it is to`() async throws {
    let day = try await SendingDay(9)
    #expect(try await day.run(limit: 4).end == .limit)
    #expect(try day.received() == [1, 2, 3, 4])
  }

  @Test func `keeps to its rate`() async throws {
    var day = try await SendingDay(5)
    day.plan.perMinute = 30
    let clock = SleepingClock(day.fixture.clock.now)
    #expect(try await day.run(clock: clock.clock).end == .done)
    // Two seconds each before the second to the fifth, in parts, to heed a pause meanwhile.
    #expect(clock.slept == Array(repeating: .milliseconds(500), count: 16))
  }

  @Test func `writes to nobody in the quiet hours where they live`() async throws {
    // 12:40 UTC: 05:40 in California, where three of nine live.
    var day = try await SendingDay(9)
    day.plan.quiet = QuietHours("21:00-08:00")
    let until = try #require(Instant(rfc3339: "2026-05-18T15:00:00Z"))
    let (end, _) = try await day.run(waits: false)
    #expect(end == .quiet(until: until))
    #expect(try day.received() == [1, 2, 4, 5, 7, 8])
    let clock = SleepingClock(day.fixture.clock.now)
    #expect(try await day.run(clock: clock.clock).end == .done)
    #expect(clock.now >= until)
    #expect(try day.received() == Array(1...9))
  }

  @Test func `waits for no quiet hours behind which nobody waits for an e-mail`() async throws {
    // It is night in California, and all who are left there wait for post.
    var day = try await SendingDay(9)
    day.plan.quiet = QuietHours("21:00-08:00")
    for (state, channel) in [(RecipientState.approved, nil), (.queued, MailingChannel.post)] {
      _ = try await day.fixture.store.perform(
        RecipientMove(
          of: day.mailing.id,
          numbers: [3, 6, 9],
          to: RecipientStep(to: state, channel: channel)
        ),
        origin: "test"
      )
    }
    #expect(try await day.run(waits: false).end == .done)
    #expect(try day.received() == [1, 2, 4, 5, 7, 8])
    #expect(try await day.count(.queued) == 3)
  }

  @Test func `waits for no quiet hours for the sake of those who were given back`() async throws {
    var day = try await SendingDay(9, "case $to in person[14]@*) exit 65;; esac; cat > $dir/$to")
    // From a quarter to three on it is quiet in Germany, where both live who are refused.
    day.plan.quiet = QuietHours("14:45-22:00")
    day.plan.perMinute = 1
    let clock = SleepingClock(day.fixture.clock.now)
    let (end, progress) = try await day.run(waits: false, clock: clock.clock)
    // The seventh lives there as well and waits.
    #expect(end == .quiet(until: try #require(Instant(rfc3339: "2026-05-18T20:00:00Z"))))
    #expect(progress.counts.refused == 2)
    let rest = try await day.run(waits: true, limit: 1, clock: clock.clock)
    #expect(rest.end == .limit)
  }

  @Test func `does not run into quiet hours with those whom it has marked`() async throws {
    // 14:40:55 in Germany and France: after six hand-overs it is quiet there.
    var day = try await SendingDay(9)
    day.plan.quiet = QuietHours("14:41-22:00")
    day.plan.perMinute = 60
    day.plan.batch = 9
    let clock = SleepingClock(day.fixture.clock.now + .seconds(55))
    let (end, progress) = try await day.run(waits: false, clock: clock.clock)
    let until = try #require(Instant(rfc3339: "2026-05-18T20:00:00Z"))
    #expect(end == .quiet(until: until))
    #expect(try day.received() == [1, 2, 3, 4, 5, 6, 9])
    #expect(progress.counts.refused == 0)
    #expect(try await day.count(.uncertain) == 0)
  }

  @Test func `takes those again, in the same sending, for whom it became quiet`() async throws {
    var day = try await SendingDay(9)
    day.plan.quiet = QuietHours("14:41-22:00")
    day.plan.perMinute = 60
    day.plan.batch = 9
    let clock = SleepingClock(day.fixture.clock.now + .seconds(55))
    #expect(try await day.run(clock: clock.clock).end == .done)
    #expect(try day.received() == Array(1...9))
    #expect(clock.now >= (try #require(Instant(rfc3339: "2026-05-18T20:00:00Z"))))
  }

  @Test func `heeds hours that are set while it goes on`() async throws {
    var day = try await SendingDay(9)
    day.plan.batch = 3
    let (mailing, plan) = (day.mailing.id, day.plan)
    let watched = WatchedStore(day.fixture.store) { settled, store in
      guard settled.counts.handedOver == 3 else { return }
      var other = plan
      other.quiet = QuietHours("14:00-22:00")
      try await store.apply(
        SetSendingPlan(id: mailing, basedOn: nil, plan: other),
        origin: "test"
      )
    }
    let (end, _) = try await day.run(waits: false, store: watched)
    #expect(end == .quiet(until: try #require(Instant(rfc3339: "2026-05-18T20:00:00Z"))))
    #expect(try day.received() == [1, 2, 3, 6, 9])
  }
}
