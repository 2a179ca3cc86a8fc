import Foundation
import Model
import Storage
import TestSupport
import Testing

/// A store that was backed up, written on in, and put back.
struct RestoredLedger {
  let ledger: LedgerFixture
  let report: RestoreReport

  /// Makes it: `before` is in the backup, `since` is not.
  init(
    _ people: Int = 6,
    before: (LedgerFixture) async throws -> Void = { try await $0.move(.approved) },
    since: (LedgerFixture) async throws -> Void
  ) async throws {
    ledger = try await LedgerFixture(people)
    try await before(ledger)
    let backup = ledger.fixture.directory.file("backup.sqlite")
    _ = try Backup.write(from: ledger.fixture.path, to: backup)
    try await since(ledger)
    report = try await Self.restore(ledger)
  }

  static func restore(_ ledger: LedgerFixture) async throws -> RestoreReport {
    try await Backup.restore(
      from: ledger.fixture.directory.file("backup.sqlite"),
      to: ledger.fixture.path,
      options: StoreFixture.options(ledger.fixture.clock)
    )
  }

  func release(_ word: MailingRelease.Word, _ reason: String = "the mail log") async throws
    -> MailingRelease.Outcome
  {
    try await ledger.store.perform(
      MailingRelease(of: ledger.mailing, word, reason: reason),
      origin: "test"
    )
  }

  func hold() async throws -> MailingHold? {
    try await ledger.store.answer(MailingHolds(of: ledger.mailing)).first
  }
}

extension LedgerFixture {
  /// Hands people over by post, as an officer's word.
  func tell(_ numbers: [Int64], over channel: MailingChannel = .post) async throws {
    for state in [RecipientState.queued, .handedOver] {
      try await store.perform(
        RecipientMove(
          of: mailing,
          numbers: numbers,
          to: RecipientStep(to: state, channel: channel)
        ),
        origin: "test"
      )
    }
  }
}

struct `A mailing of a store that was put back` {
  @Test func `is held, and the restore says how many were told since, by state`() async throws {
    let restored = try await RestoredLedger { ledger in
      try await ledger.tell([1, 2, 3])
      try await ledger.move(.acknowledged, numbers: [3])
    }
    #expect(restored.report.held.map(\.reference) == ["MLG-2026-0001"])
    #expect(restored.report.held.map(\.told) == [["handed-over": 2, "acknowledged": 1]])
    let mailing = try await restored.ledger.status().mailing
    #expect(mailing.isHeld)
    #expect(
      try await restored.hold()?.known.words
        == "told since the backup, by the replaced store: 2 handed over, 1 reached: acknowledged"
    )
    #expect(try restored.ledger.problems() == [])
  }

  enum Telling: CaseIterable {
    case queueing, marking, sending, exporting, retrying, resolving
  }

  @Test(arguments: Telling.allCases)
  func `tells nobody until an officer says what was sent`(telling: Telling) async throws {
    let restored = try await RestoredLedger(
      before: { ledger in
        try await ledger.move(.approved)
        try await ledger.tell([5, 6])
        try await ledger.move(.bouncedSoft, numbers: [6])
        try await ledger.queue([1], for: .post)
      },
      since: { _ in }
    )
    let (ledger, mailing) = (restored.ledger, restored.ledger.mailing)
    let process = SendingProcess.current
    let error = await #expect(throws: StoreError.self) {
      switch telling {
      case .queueing: try await ledger.move(.queued, numbers: [2])
      case .marking: try await ledger.move(.handedOver, numbers: [1])
      case .sending:
        _ = try await ledger.store.perform(
          SendingStart(mailing: mailing, process: process, program: ["/bin/mail"]),
          origin: "test"
        )
      case .exporting: try await ledger.export(approved: true)
      case .retrying:
        ledger.fixture.clock.advance(by: .seconds(900_000))
        _ = try await ledger.store.perform(MailingRetry(of: mailing), origin: "test")
      case .resolving:
        _ = try await ledger.store.perform(
          RecipientMove(of: mailing, numbers: [5], to: RecipientStep(to: .queued)),
          origin: "test"
        )
      }
    }
    #expect(error?.description.contains("MLG-2026-0001 is held") == true, "\(error as Any)")
    #expect(error?.description.contains("tocsin mailing release MLG-2026-0001") == true)
    #expect(try ledger.problems() == [])
  }

  @Test func `goes on once somebody says that nothing was sent`() async throws {
    let restored = try await RestoredLedger { _ in }
    #expect(restored.report.held.map(\.told) == [[:]])
    let outcome = try await restored.release(.nothing)
    #expect(outcome == .init(uncertain: 0, isNamed: false, isReleased: true))
    #expect(try await !restored.ledger.status().mailing.isHeld)
    try await restored.ledger.tell([1])
    #expect(
      try await restored.ledger.headlines().contains(
        "said that nothing was sent since the backup: the mail log"
      )
    )
    #expect(try restored.ledger.problems() == [])
  }

  @Test func `is not released by a word that the replaced store belies, or without a reason`()
    async throws
  {
    let restored = try await RestoredLedger { try await $0.tell([1, 2]) }
    let error = await #expect(throws: StoreError.self) { try await restored.release(.nothing) }
    #expect(error?.description.contains("that nothing was sent is not so") == true)
    await #expect(throws: StoreError.self) { try await restored.release(.uncertain, " ") }
    #expect(try await restored.hold() != nil)
  }

  @Test func `takes those whom the replaced store names as uncertain, each over its channel`()
    async throws
  {
    // Given: nobody was approved yet when the backup was made.
    let restored = try await RestoredLedger(before: { _ in }) { ledger in
      try await ledger.move(.approved)
      try await ledger.tell([1, 2], over: .post)
      try await ledger.tell([4], over: .email)
    }
    // When
    let outcome = try await restored.release(.uncertain)
    // Then
    #expect(outcome == .init(uncertain: 3, isNamed: true, isReleased: true))
    let ledger = restored.ledger
    #expect(try await ledger.counts() == ["uncertain": 3, "pending": 3])
    #expect(try await ledger.page(.first, "state:uncertain").rows.map(\.number) == [1, 2, 4])
    // And they are settled as everybody who is uncertain is.
    _ = try await ledger.store.perform(
      UncertainResolution(
        mailing: ledger.mailing,
        numbers: [1, 4],
        isSent: true,
        reason: "the printer's list"
      ),
      origin: "test"
    )
    _ = try await ledger.store.perform(
      UncertainResolution(mailing: ledger.mailing, isSent: false, reason: "came back unprinted"),
      origin: "test"
    )
    var channels: [MailingChannel?] = []
    for number: Int64 in [1, 2, 4] {
      let history = try await ledger.store.answer(
        RecipientHistory(mailing: ledger.mailing, number: number)
      )
      channels.append(history.last?.channel)
    }
    #expect(channels == [.post, .post, .email])
    #expect(try await ledger.counts() == ["handed-over": 2, "queued": 1, "pending": 3])
    #expect(try ledger.problems() == [])
  }

  @Test func `takes those too whom the backup has as told over another channel, or as exempt`()
    async throws
  {
    let restored = try await RestoredLedger(before: { ledger in
      try await ledger.move(.approved)
      try await ledger.tell([1, 2, 5], over: .email)
      try await ledger.move(.exempt, numbers: [3], cause: "no risk")
    }) { ledger in
      // 1 is told again by post, 3 after all; 2 only answers; 5 is told by post, and that reached them.
      try await ledger.move(.bouncedHard, numbers: [1, 5])
      try await ledger.tell([1, 5], over: .post)
      try await ledger.move(.deliveredByPost, numbers: [5])
      try await ledger.move(.acknowledged, numbers: [2])
      try await ledger.move(.pending, numbers: [3])
      try await ledger.move(.approved, numbers: [3])
      try await ledger.tell([3], over: .post)
    }
    let ledger = restored.ledger
    let broken = try await ledger.store.perform(
      MailingRelease(of: ledger.mailing, .uncertain, reason: "the list"),
      origin: "test"
    ) { _ in false }
    #expect(!broken.isReleased)
    #expect(try await restored.release(.uncertain).isReleased)
    #expect(try await ledger.counts() == ["uncertain": 3, "handed-over": 1, "approved": 2])
    #expect(try await ledger.page(.first, "state:uncertain").rows.map(\.number) == [1, 3, 5])
    for number: Int64 in [1, 3, 5] {
      let history = try await ledger.store.answer(
        RecipientHistory(mailing: ledger.mailing, number: number)
      )
      #expect(history.last?.channel == .post, "\(number)")
    }
    #expect(try ledger.problems() == [])
  }

  @Test func `exempts nobody, tries nobody again and keeps its texts while it is held`()
    async throws
  {
    let restored = try await RestoredLedger(before: { ledger in
      try await ledger.move(.approved)
      try await ledger.tell([1], over: .email)
      try await ledger.move(.bouncedHard, numbers: [1])
    }) { try await $0.tell([2]) }
    let ledger = restored.ledger
    let exempt = await #expect(throws: StoreError.self) {
      try await ledger.move(.exempt, numbers: [2], cause: "no risk")
    }
    #expect(exempt?.description.contains("is held") == true, "\(exempt as Any)")
    let again = await #expect(throws: StoreError.self) {
      try await ledger.store.perform(MailingRetry(of: ledger.mailing), origin: "test")
    }
    #expect(again?.description.contains("is held") == true, "\(again as Any)")
    #expect(try await ledger.counts() == ["approved": 5, "bounced-hard": 1])
  }

  @Test func `gives no number of a batch out again, and takes no returns of the other store's`()
    async throws
  {
    let restored = try await RestoredLedger(before: { try await $0.queue() }) { ledger in
      try await ledger.export(limit: 2)
      try await ledger.export(limit: 2)
    }
    let ledger = restored.ledger
    #expect(restored.report.held.map(\.lastBatch) == [2])
    #expect(try await restored.release(.uncertain).uncertain == 4)
    try await ledger.export()
    let batches = try await ledger.store.answer(MailingBatches(of: ledger.mailing))
    #expect(batches.map(\.number) == [3])
    ledger.fixture.clock.advance(by: .seconds(3 * 86_400))
    let summary = try await ledger.take(
      ReturnRow(line: 2, batch: 1, place: 1, outcome: .returned),
      ReturnRow(line: 3, batch: 4, place: 1, outcome: .returned)
    )
    #expect(summary.taken == 0)
    #expect(summary.refused.map(\.reason).first?.hasPrefix("batch 1 is not in this store") == true)
    #expect(summary.refused.map(\.reason).last == "there is no batch 4")
    #expect(try ledger.problems() == [])
  }

  @Test func `leaves numbers of batches out where nobody knows how many were given out`()
    async throws
  {
    let restored = try await RestoredLedger { _ in }
    let ledger = restored.ledger
    try ledger.store.close()
    for name in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ledger.fixture.path + name)
    }
    let report = try await RestoredLedger.restore(ledger)
    #expect(report.held.map(\.lastBatch) == [1000])
  }

  @Test func `takes all who are not told as uncertain where the replaced store cannot be read`()
    async throws
  {
    let ledger = try await LedgerFixture(5)
    try await ledger.move(.approved, numbers: [1, 2, 3])
    try await ledger.tell([3])
    let backup = ledger.fixture.directory.file("backup.sqlite")
    _ = try Backup.write(from: ledger.fixture.path, to: backup)
    try ledger.store.close()
    for name in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ledger.fixture.path + name)
    }
    let report = try await RestoredLedger.restore(ledger)
    #expect(report.held.map(\.told) == [nil])
    let store = try ledger.fixture.another()
    let outcome = try await store.perform(
      MailingRelease(of: ledger.mailing, .uncertain, reason: "nobody knows"),
      origin: "test"
    )
    #expect(outcome == .init(uncertain: 4, isNamed: false, isReleased: true))
    try store.close()
    #expect(try ledger.problems() == [])
  }

  @Test func `stays held where the marking is broken off, and goes on`() async throws {
    let restored = try await RestoredLedger { try await $0.tell([1, 2, 3]) }
    let broken = try await restored.ledger.store.perform(
      MailingRelease(of: restored.ledger.mailing, .uncertain, reason: "the list"),
      origin: "test"
    ) { _ in false }
    #expect(!broken.isReleased)
    #expect(try await restored.hold() != nil)
    #expect(try await restored.release(.uncertain).isReleased)
    #expect(try await restored.ledger.counts() == ["uncertain": 3, "approved": 3])
  }

  @Test func `put back twice knows what the first replaced store knew`() async throws {
    let restored = try await RestoredLedger { try await $0.tell([1, 2]) }
    let again = try await RestoredLedger.restore(restored.ledger)
    #expect(again.held.map(\.told) == [["handed-over": 2]])
    #expect(try await restored.release(.uncertain).uncertain == 2)
    #expect(try await restored.ledger.page(.first, "state:uncertain").rows.map(\.number) == [1, 2])
  }

  @Test func `is held again by the next restore, and each asks for its own word`() async throws {
    let restored = try await RestoredLedger { _ in }
    _ = try await restored.release(.nothing)
    _ = try await RestoredLedger.restore(restored.ledger)
    #expect(try await restored.hold() != nil)
  }

  @Test func `that is not in the backup is named`() async throws {
    let restored = try await RestoredLedger { ledger in
      try await ledger.store.apply(
        OpenMailing(incident: 1, facts: MailingFacts(name: "later")),
        origin: "test"
      )
    }
    #expect(restored.report.missing == ["MLG-2026-0002"])
  }

  @Test func `is not let go by erasing what the journal says of the restore`() async throws {
    let restored = try await RestoredLedger { try await $0.tell([1]) }
    try restored.ledger.store.close()
    _ = try restored.ledger.problems(
      after: """
        UPDATE journalDetail SET change = NULL, inverse = NULL, headline = NULL, salt = NULL
        WHERE change LIKE '%"held"%'
        """
    )
    // Without its details the entry holds every mailing.
    let store = try restored.ledger.fixture.another()
    let holds = try await store.answer(MailingHolds())
    #expect(holds.map(\.reference) == ["MLG-2026-0001"])
    #expect(holds.map(\.known.told) == [nil])
    try store.close()
  }
}

struct `What was erased after the backup` {
  @Test func `is erased again when the backup is put back`() async throws {
    let restored = try await RestoredLedger { ledger in
      _ = try await ledger.store.perform(
        MailingErasure(EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true)),
        origin: "test"
      )
    }
    let ledger = restored.ledger
    #expect(restored.report.erased == ["MLG-2026-0001"])
    #expect(restored.report.held == [])
    #expect(try await ledger.status().mailing.state == .erased)
    #expect(try await ledger.page(.first).rows.allSatisfy { $0.contact == nil })
    #expect(try await ledger.headlines().contains { $0.hasPrefix("erased the recipients again") })
    #expect(try await ledger.wrappedKey() == Data())
    #expect(try ledger.problems() == [])
  }

  @Test func `is not erased by somebody who says that a restore did`() async throws {
    let ledger = try await LedgerFixture(2)
    var change = EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true)
    change.again = 3
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(change, origin: "test")
    }
  }
}
