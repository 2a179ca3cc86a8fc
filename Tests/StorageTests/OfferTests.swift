import Model
import Storage
import Synchronization
import TestSupport
import Testing

/// Codes that are given one by one.
final class KeptCodes: OfferSource {
  private let codes: [String]
  /// What it says the last time; nil for the same.
  private let altered: [String]?
  private let state = Mutex((position: 0, reading: 0))

  let refused: [ImportProblem]
  let cutOff: ImportProblem?
  var refusedCount: Int { refused.count }
  let digest: [UInt8] = []

  init(
    _ codes: [String],
    refused: [ImportProblem] = [],
    cutOff: ImportProblem? = nil,
    altered: [String]? = nil
  ) {
    (self.codes, self.refused, self.cutOff) = (codes, refused, cutOff)
    self.altered = altered
  }

  func rewind() { state.withLock { $0 = (0, $0.reading + 1) } }

  func next(_ count: Int) -> [(line: Int, code: String)] {
    state.withLock { state in
      let codes = state.reading > 2 ? altered ?? codes : codes
      let next = codes.enumerated().dropFirst(state.position).prefix(count)
        .map { (line: $0.offset + 1, code: $0.element) }
      state.position += next.count
      return next
    }
  }
}

/// People who came in without a code of their own.
private final class Codeless: RecipientSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let count: Int
  private var position = 0
  let words = ["EU-DE", "EU-FR", "US-CA", "de", "fr", "en"]
  let refused: [ImportProblem] = []
  let refusedCount = 0
  let digest: [UInt8] = Array(repeating: 7, count: 32)

  init(_ count: Int) { self.count = count }

  func rewind() { position = 0 }

  func fill(_ rows: RecipientRows) {
    rows.removeAll()
    while rows.count < rows.capacity, position < count {
      position += 1
      rows.beginRow()
      // Every fifth has one of the own.
      let own = position % 5 == 0 ? "OWN-\(position)" : ""
      for var field in MadeUpRecipients.fields(position).dropLast() + [own] {
        field.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
      }
      let place = (position - 1) % 3
      rows.endRow(line: position, jurisdiction: place, language: 3 + place, protection: 0)
    }
  }
}

struct `Support that people are offered` {
  /// Nine people, three in each of three places; number 5 has a code of the own.
  private func ledger() async throws -> LedgerFixture {
    let ledger = try await LedgerFixture()
    try await ledger.store.perform(
      RecipientIntake(into: ledger.mailing, from: Codeless(9)),
      origin: "test"
    )
    return ledger
  }

  private func plan(_ lines: OfferLine..., of ledger: LedgerFixture) async throws {
    try await ledger.store.apply(
      SetOfferPlan(mailing: ledger.mailing, basedOn: nil, plan: OfferPlan(lines)),
      origin: "test"
    )
  }

  private func numbers(_ ledger: LedgerFixture) async throws -> OfferNumbers.Answer {
    try await ledger.store.answer(OfferNumbers(of: ledger.mailing))
  }

  @discardableResult
  private func bring(
    _ codes: [String],
    into pool: String,
    of ledger: LedgerFixture,
    skipsBad: Bool = false
  ) async throws -> OfferImport {
    try await ledger.store.perform(
      OfferIntake(into: ledger.mailing, pool: pool, from: KeptCodes(codes), skipsBad: skipsBad),
      origin: "test"
    )
  }

  private func assign(_ ledger: LedgerFixture) async throws -> OfferAssignment.Outcome {
    try await ledger.store.perform(OfferAssignment(of: ledger.mailing), origin: "test")
  }

  private let long = OfferLine(
    pool: "long",
    provider: "Watchful Ltd",
    months: 24,
    jurisdictions: ["US-CA"]
  )
  private let short = OfferLine(pool: "short", provider: "Watchful Ltd", months: 12)

  @Test func `is one code for each, out of the pool of the jurisdiction`() async throws {
    let ledger = try await ledger()
    try await plan(long, short, of: ledger)
    try await bring(["L-1", "L-2", "L-3", "L-4"], into: "long", of: ledger)
    try await bring((1...6).map { "S-\($0)" }, into: "short", of: ledger)
    let outcome = try await assign(ledger)
    #expect(outcome.assigned == 8)
    #expect(outcome.own == 1)
    #expect(outcome.without == 0)
    let people = try await ledger.store.perform(
      RecipientReveal(of: ledger.mailing, Array(1...9), reason: "test"),
      origin: "test"
    )
    #expect(
      people.map(\.contact?.offer) == [
        "S-1", "S-2", "L-1", "S-3", "OWN-5", "L-2", "S-4", "S-5", "L-3",
      ]
    )
    let numbers = try await numbers(ledger)
    #expect(numbers.pools.map(\.free) == [1, 1])
    #expect(numbers.own == 1)
    #expect(numbers.places.map(\.assigned) == [3, 3, 3])
    #expect(numbers.problems == [])
    let again = try await assign(ledger)
    #expect(again == OfferAssignment.Outcome())
    #expect(try ledger.problems() == [])
    #expect(try ledger.found(["L-1", "S-1", "OWN-5"]) == [])
  }

  @Test func `that runs out stops approval until more codes come in`() async throws {
    let ledger = try await ledger()
    try await plan(long, of: ledger)
    #expect(try await numbers(ledger).problems == [.exhausted(pool: "long", missing: 3)])
    let error = await #expect(throws: StoreError.self) { try await propose(ledger) }
    #expect(error?.description.contains("the pool long of support codes is 3 short") == true)
    try await bring(["L-1", "L-2"], into: "long", of: ledger)
    #expect(try await numbers(ledger).problems == [.exhausted(pool: "long", missing: 1)])
    #expect(try await assign(ledger).without == 1)
    try await bring(["L-3"], into: "long", of: ledger)
    #expect(try await numbers(ledger).problems == [.unassigned(pool: "long", count: 1)])
    await #expect(throws: StoreError.self) { try await propose(ledger) }
    #expect(try await assign(ledger).assigned == 1)
    #expect(try await numbers(ledger).problems == [])
    try await propose(ledger)
    #expect(try ledger.problems() == [])
  }

  /// Puts a text up that says the code.
  private func propose(_ ledger: LedgerFixture) async throws {
    let id = ledger.mailing
    if try await ledger.store.answer(MailingTexts(mailing: id)).isEmpty {
      try await ledger.store.apply(
        AddNoticeText(
          mailing: id,
          facts: NoticeTextFacts(
            channels: [.email],
            language: "en",
            takesOtherLanguages: true,
            subject: "Your data",
            body: "Use {{offer}}.\n"
          )
        ),
        origin: "test"
      )
    }
    let draft = try await ledger.store.answer(EditionDraft(mailing: id, date: "2026-05-18"))
    try await ledger.store.apply(
      ProposeEdition(mailing: id, date: draft.date, digest: draft.digest, checks: []),
      origin: "test"
    )
    let edition = try #require(try await ledger.store.answer(EditionInForce(mailing: id)))
    // Those in other places have no code; whoever has one lacks nothing.
    let released = try await ledger.store.perform(
      EditionRelease(edition: edition.id, needs: ["T1": [.offer]]),
      origin: "test"
    )
    #expect(released.approved == 4)
  }

  @Test func `is not waited for by those who are not to be told`() async throws {
    let ledger = try await ledger()
    try await plan(long, of: ledger)
    try await ledger.move(.exempt, numbers: [3], cause: "no data of theirs")
    try await bring(["L-1", "L-2"], into: "long", of: ledger)
    #expect(try await assign(ledger).assigned == 2)
    #expect(try await numbers(ledger).problems == [])
    // Somebody who has a code is exempt, and another comes back: one more code is needed.
    try await ledger.move(.exempt, numbers: [6], cause: "no data of theirs")
    try await ledger.move(.pending, numbers: [3])
    #expect(try await numbers(ledger).problems == [.exhausted(pool: "long", missing: 1)])
    #expect(try ledger.problems() == [])
  }

  @Test func `refuses codes that are there twice, and takes the others if told`() async throws {
    let ledger = try await ledger()
    try await bring(["A-1"], into: "a", of: ledger)
    let twice = try await bring(["B-1", "A-1", "B-1"], into: "b", of: ledger)
    #expect(twice.added == 0)
    #expect(
      twice.refused == [
        ImportProblem(at: "line 2", reason: "the mailing has this code already"),
        ImportProblem(at: "line 3", reason: "the code stands here twice"),
      ]
    )
    #expect(try await numbers(ledger).pools.map(\.imported) == [1])
    let taken = try await bring(["B-1", "A-1", "B-1"], into: "b", of: ledger, skipsBad: true)
    #expect(taken.added == 1)
    #expect(try await numbers(ledger).pools.map(\.imported) == [1, 1])
    #expect(try ledger.problems() == [])
    await #expect(throws: StoreError.self) {
      try await bring(["C"], into: "no pool", of: ledger)
    }
  }

  @Test func `is assigned in short steps, and goes on where it was broken off`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.store.perform(
      RecipientIntake(into: ledger.mailing, from: Codeless(1600)),
      origin: "test"
    )
    try await plan(short, of: ledger)
    try await bring((1...1600).map { "S-\($0)" }, into: "short", of: ledger)
    let part = try await ledger.store.perform(
      OfferAssignment(of: ledger.mailing),
      origin: "test"
    ) { _ in false }
    // Of the first 500 every fifth has a code of the own, which comes before the pool's.
    #expect((part.assigned, part.own) == (0, 100))
    let rest = try await assign(ledger)
    #expect((rest.assigned, rest.own) == (1280, 220))
    let numbers = try await numbers(ledger)
    #expect(numbers.pools.first?.assigned == 1280)
    #expect(numbers.own == 320)
    #expect(try ledger.problems() == [])
  }

  @Test func `leaves people the codes of their own, also where a pool has the same`() async throws {
    let ledger = try await ledger()
    try await plan(short, of: ledger)
    // Number 5 came in with OWN-5, which the pool has first.
    try await bring(["OWN-5"] + (1...8).map { "S-\($0)" }, into: "short", of: ledger)
    let outcome = try await assign(ledger)
    #expect((outcome.assigned, outcome.own, outcome.without) == (8, 1, 0))
    #expect(outcome.sharedCount == 0)
    let people = try await ledger.store.perform(
      RecipientReveal(of: ledger.mailing, Array(1...9), reason: "test"),
      origin: "test"
    )
    let codes = people.compactMap(\.contact?.offer)
    #expect(codes[4] == "OWN-5")
    #expect(Set(codes).count == 9)
    #expect(try await numbers(ledger).problems == [])
    #expect(try await numbers(ledger).pools.map(\.free) == [0])
    #expect(try ledger.problems() == [])
  }

  @Test func `tells of a code that somebody has out of a pool when its owner comes in later`()
    async throws
  {
    let ledger = try await LedgerFixture()
    try await ledger.store.perform(
      RecipientIntake(into: ledger.mailing, from: Codeless(4)),
      origin: "test"
    )
    try await plan(short, of: ledger)
    try await bring(["OFFER-9", "S-1", "S-2", "S-3"], into: "short", of: ledger)
    #expect(try await assign(ledger).assigned == 4)
    // One who came in with the code that the first has by now.
    try await ledger.add(MadeUpRecipients(count: 1, from: 9))
    let outcome = try await assign(ledger)
    #expect((outcome.own, outcome.sharedCount, outcome.shared) == (1, 1, [5]))
    #expect(try await numbers(ledger).problems == [])
    #expect(try ledger.problems() == [])
  }

  @Test func `is for those who are to be told still, and nobody else`() async throws {
    let ledger = try await ledger()
    try await plan(long, of: ledger)
    try await ledger.move(.approved)
    try await ledger.move(.queued)
    try await ledger.move(.handedOver, numbers: [3])
    try await ledger.move(.uncertain, numbers: [6])
    try await bring(["L-1", "L-2"], into: "long", of: ledger)
    let outcome = try await assign(ledger)
    #expect((outcome.assigned, outcome.without) == (1, 0))
    let numbers = try await numbers(ledger)
    #expect(numbers.pools.map(\.free) == [1])
    #expect(numbers.problems == [])
    #expect(try ledger.problems() == [])
  }

  @Test func `can be taken out of a pool again, and come into another`() async throws {
    let ledger = try await ledger()
    try await plan(long, short, of: ledger)
    try await bring(["L-1", "L-2", "L-3", "S-1", "S-2"], into: "long", of: ledger)
    func remove(_ codes: [String]?, _ reason: String = "the wrong pool") async throws
      -> OfferRemoval.Outcome
    {
      try await ledger.store.perform(
        OfferRemoval(
          from: ledger.mailing,
          pool: "long",
          codes.map { KeptCodes($0) },
          reason: reason
        ),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) { try await remove(["S-1"], " ") }
    let unknown = try await remove(["S-1", "X-1"])
    #expect(unknown.removed == 0)
    #expect(
      unknown.refused
        == [ImportProblem(at: "line 2", reason: "the mailing does not have this code")]
    )
    #expect(try await remove(["S-1", "S-2"]).removed == 2)
    #expect(
      try await ledger.headlines().first == "took 2 support codes out of long: the wrong pool"
    )
    #expect(try await bring(["S-1", "S-2"], into: "short", of: ledger).added == 2)
    // Those that somebody has stay.
    #expect(try await assign(ledger).assigned == 5)
    let given = try await remove(["L-1"])
    #expect(given.refused == [ImportProblem(at: "line 1", reason: "somebody has this code")])
    #expect(try await remove(nil).removed == 0)
    #expect(try ledger.problems() == [])
    for sql in [
      "UPDATE offerRemoval SET sealed = zeroblob(40)", "DELETE FROM offerRemoval WHERE id = 4",
      "UPDATE offerRemoval SET entry = 1",
    ] {
      let other = try await self.ledger()
      try await bring(["L-1", "S-1", "S-2", "S-3"], into: "long", of: other)
      _ = try await other.store.perform(
        OfferRemoval(from: other.mailing, pool: "long", reason: "all"),
        origin: "test"
      )
      #expect(try await numbers(other).pools.map(\.imported) == [0])
      #expect(try other.problems() == [])
      let found = try other.problems(after: sql)
      #expect(found.contains { $0.contains("codes") }, "\(sql): \(found)")
    }
  }

  @Test func `takes no code of a file that a row swallows, or that is altered meanwhile`()
    async throws
  {
    let ledger = try await ledger()
    let problem = ImportProblem(at: "line 2, column 1", reason: "this quote has no end")
    func take(_ codes: KeptCodes, skipsBad: Bool = false) async throws -> OfferImport {
      try await ledger.store.perform(
        OfferIntake(into: ledger.mailing, pool: "a", from: codes, skipsBad: skipsBad),
        origin: "test"
      )
    }
    let error = await #expect(throws: StoreError.self) {
      try await take(KeptCodes(["A-1"], refused: [problem], cutOff: problem), skipsBad: true)
    }
    #expect(error?.description.hasPrefix("line 2, column 1: this quote has no end; ") == true)
    let listed = try await take(KeptCodes(["A-1"], refused: [problem], cutOff: problem))
    #expect((listed.added, listed.isCutOff, listed.refused) == (0, true, [problem]))
    let altered = await #expect(throws: StoreError.self) {
      try await take(KeptCodes(["A-1"], altered: ["A-2"]))
    }
    #expect(altered?.description.hasPrefix("the input was altered while it was read") == true)
    #expect(try await numbers(ledger).pools == [])
    // The same codes many times over, in more than one stretch.
    let many = (0..<9000).map { "M-\($0 % 8999)" }
    let twice = try await take(KeptCodes(many))
    #expect(
      twice.refused == [ImportProblem(at: "line 9000", reason: "the code stands here twice")]
    )
    #expect(try await take(KeptCodes(many), skipsBad: true).added == 8999)
    #expect(try ledger.problems() == [])
  }

  @Test func `is planned by a change that can be taken back`() async throws {
    let ledger = try await ledger()
    try await plan(long, of: ledger)
    let receipt = try await ledger.store.apply(
      SetOfferPlan(mailing: ledger.mailing, basedOn: nil, plan: OfferPlan([short])),
      origin: "test"
    )
    try await ledger.store.undo([receipt.entry], origin: "test")
    #expect(try await numbers(ledger).plan == OfferPlan([long]))
    #expect(try ledger.problems() == [])
  }

  @Test(arguments: [
    ("UPDATE offerCode SET sealed = zeroblob(40) WHERE id = 1", "are not those that came in"),
    (
      "UPDATE offerCode SET person = NULL, entry = NULL WHERE id = 1",
      "are not with whom they were"
    ),
    ("DELETE FROM offerCode WHERE id = 2", "are not those that came in"),
    ("UPDATE offerPool SET imported = imported + 1", "the running tallies of codes"),
    ("UPDATE offerPlan SET plan = '{\"lines\":[]}'", "the support offers are not those"),
  ])
  func `is looked at by verify`(sql: String, problem: String) async throws {
    let ledger = try await ledger()
    try await plan(long, of: ledger)
    try await bring(["L-1", "L-2", "L-3"], into: "long", of: ledger)
    _ = try await assign(ledger)
    let found = try ledger.problems(after: sql)
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }
}
