import Model
import Storage
import TestSupport
import Testing

/// What one person alone can alter after two have approved.
struct `What was approved by two` {
  /// Six people, a text that two have approved, and the second account.
  private func approved() async throws -> (ledger: LedgerFixture, other: SQLiteStore) {
    let ledger = try await LedgerFixture(6)
    try await ledger.want(second: true)
    try await set(ledger) { $0.sender = "notices@example.org" }
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    try await ledger.approve(second: other)
    return (ledger, other)
  }

  private func set(
    _ ledger: LedgerFixture,
    _ change: (inout SendingPlan) -> Void
  ) async throws {
    let sending = try await ledger.store.answer(MailingSending(mailing: ledger.mailing))
    var plan = sending.plan ?? SendingPlan()
    change(&plan)
    try await ledger.store.apply(
      SetSendingPlan(id: ledger.mailing, basedOn: nil, plan: plan),
      origin: "test"
    )
  }

  enum Alteration: CaseIterable {
    case sender, name, returnPath, program

    func make(_ plan: inout SendingPlan) {
      switch self {
      case .sender: plan.sender = "evil@example.net"
      case .name: plan.senderName = "Your bank"
      case .returnPath: plan.returnPath = "evil@example.net"
      case .program: plan.program = ["/tmp/evil"]
      }
    }
  }

  @Test(arguments: Alteration.allCases)
  func `is void once somebody alters who writes the e-mails`(alteration: Alteration) async throws {
    let (ledger, _) = try await approved()
    #expect(try await ledger.edition()?.state == .approved)
    #expect(try await ledger.edition()?.facts.sender?.sender == "notices@example.org")
    try await set(ledger, alteration.make)
    let edition = try #require(try await ledger.edition())
    #expect(edition.state == .void)
    #expect(edition.end?.reason == "who writes the e-mails was altered")
    #expect(try ledger.problems() == [])
  }

  @Test func `stands where the organisation wants one person only from then on, bound as before`()
    async throws
  {
    let (ledger, _) = try await approved()
    try await ledger.want(second: false)
    #expect(try await ledger.edition()?.state == .approved)
    try await set(ledger) { $0.program = ["/tmp/evil"] }
    #expect(try await ledger.edition()?.end?.reason == "who writes the e-mails was altered")
    #expect(try ledger.problems() == [])
  }

  @Test func `stands where only pace and hours are altered`() async throws {
    let (ledger, _) = try await approved()
    try await set(ledger) {
      ($0.perMinute, $0.quiet, $0.batch) = (60, QuietHours("21:00-08:00"), 5)
    }
    #expect(try await ledger.edition()?.state == .approved)
  }

  @Test func `is void where nobody had said who writes when it was put up`() async throws {
    let ledger = try await LedgerFixture(3)
    try await ledger.want(second: true)
    try await ledger.approve(second: try ledger.fixture.another(actor: "okafor", uid: 4712))
    try await set(ledger) { $0.sender = "notices@example.org" }
    #expect(
      try await ledger.edition()?.end?.reason
        == "who writes the e-mails was not approved with them"
    )
  }

  @Test func `may be completed once by one person where no second is wanted, not altered`()
    async throws
  {
    let ledger = try await LedgerFixture(3)
    try await ledger.approve()
    try await set(ledger) { $0.sender = "notices@example.org" }
    #expect(try await ledger.edition()?.state == .approved)
    try await set(ledger) { $0.program = ["/usr/bin/msmtp", "-t"] }
    #expect(try await ledger.edition()?.state == .approved)
    try await set(ledger) { $0.sender = "evil@example.net" }
    #expect(try await ledger.edition()?.end?.reason == "who writes the e-mails was altered")
  }

  @Test(arguments: [
    "UPDATE sendingPlan SET plan = replace(plan, 'notices@', 'evil@')", "DELETE FROM sendingPlan",
  ])
  func `shows in verify where somebody else altered who writes`(sql: String) async throws {
    let (ledger, _) = try await approved()
    #expect(try ledger.problems() == [])
    #expect(
      try ledger.problems(after: sql).contains("how its e-mails are sent is not what was set")
    )
  }

  @Test func `cannot be dropped by writing into the organisation's row`() async throws {
    let ledger = try await LedgerFixture(6)
    try await ledger.want(second: true)
    func write(_ isTwo: Bool) throws {
      _ = try ledger.problems(
        after:
          """
          UPDATE organisation
          SET document = json_set(document, '$.needsSecondPerson', json('\(isTwo)'))
          """
      )
    }
    try write(false)
    try await ledger.approve()
    try write(true)
    #expect(try ledger.problems().contains { $0.contains("for the approval of one person") })
  }

  // MARK: Contacts

  private func waiting(_ ledger: LedgerFixture) async throws -> [Int64] {
    try await ledger.store.answer(WaitingContacts(of: ledger.mailing)).rows.map(\.number)
  }

  private func consent(
    _ store: SQLiteStore,
    _ mailing: RecordID,
    _ numbers: [Int64]? = nil
  ) async throws -> ContactConsent.Outcome {
    try await store.perform(ContactConsent(of: mailing, numbers), origin: "test")
  }

  @Test func `goes to no contact that one person corrected since, until another consents`()
    async throws
  {
    let (ledger, other) = try await approved()
    let edition = try #require(try await ledger.edition()?.id)
    try await ledger.queue()
    try await ledger.correct(2, ContactEdit(address: "Evil Lane 1"))
    #expect(try await waiting(ledger) == [2])
    let sink = KeptBatch()
    let first = try await ledger.export(texts: OneText(edition: edition), into: sink)
    #expect((first.batch.count, first.withoutConsent) == (5, 1))
    #expect(!sink.lines.contains { $0.contains("Evil") })
    #expect(try await ledger.counts() == ["handed-over": 5, "queued": 1])
    let own = try await consent(ledger.store, ledger.mailing)
    #expect((own.consented, own.own) == (0, 1))
    let refused = await #expect(throws: StoreError.self) {
      try await consent(ledger.store, ledger.mailing, [2])
    }
    #expect(refused?.description.contains("another account must consent") == true)
    let nobody = await #expect(throws: StoreError.self) {
      try await ledger.export(texts: OneText(edition: edition))
    }
    #expect(nobody?.description.contains("waits for a second person") == true)
    #expect(try await consent(other, ledger.mailing, [2]).consented == 1)
    #expect(try await waiting(ledger) == [])
    #expect(
      try await ledger.headlines().first == "consented to the corrected contact of recipient 2"
    )
    #expect(try await ledger.export(texts: OneText(edition: edition)).batch.count == 1)
    #expect(try ledger.problems() == [])
    // A later correction of the same person waits again.
    try await ledger.correct(2, ContactEdit(address: "Another Lane 1"))
    #expect(try await waiting(ledger) == [2])
  }

  @Test func `covers contacts that were corrected before it was put up`() async throws {
    let ledger = try await LedgerFixture(3)
    try await ledger.want(second: true)
    try await ledger.correct(1, ContactEdit(address: "Right Lane 1"))
    try await ledger.approve(second: try ledger.fixture.another(actor: "okafor", uid: 4712))
    #expect(try await waiting(ledger) == [])
    try await ledger.correct(1, ContactEdit(address: "Wrong Lane 1"))
    #expect(try await waiting(ledger) == [1])
    // Where the organisation wants no second person nothing waits.
    try await ledger.want(second: false)
    #expect(try await waiting(ledger) == [])
  }

  @Test func `does not let a batch that broke off take a corrected contact with it`() async throws {
    let (ledger, _) = try await approved()
    let edition = try #require(try await ledger.edition()?.id)
    try await ledger.queue()
    await #expect(throws: CancellationError.self) {
      // Ended while it gathers: nothing is fixed.
      try await ledger.store.perform(
        BatchExport(
          of: ledger.mailing,
          over: .post,
          reason: "to the printer",
          texts: OneText(edition: edition),
          into: KeptBatch()
        ),
        origin: "test"
      ) { _ in false }
    }
    try await ledger.correct(2, ContactEdit(address: "Evil Lane 1"))
    let error = await #expect(throws: StoreError.self) {
      try await ledger.export(texts: OneText(edition: edition))
    }
    #expect(error?.description.hasPrefix("1 contacts in batch 1 were corrected since") == true)
  }

  @Test(arguments: [
    "DELETE FROM contactConsent", "UPDATE contactConsent SET entry = 1",
    "INSERT INTO contactConsent SELECT max(id), 1 FROM contactVersion",
  ])
  func `shows in verify where somebody else consented`(sql: String) async throws {
    let (ledger, other) = try await approved()
    try await ledger.correct(1, ContactEdit(address: "New Lane 1"))
    _ = try await consent(other, ledger.mailing)
    try await ledger.correct(2, ContactEdit(address: "New Lane 2"))
    let found = try ledger.problems(after: sql)
    #expect(found.contains { $0.contains("consented") }, "\(found)")
  }
}
