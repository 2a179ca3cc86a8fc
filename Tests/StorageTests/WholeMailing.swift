import Foundation
import GRDB
import Model
import Storage
import TestSupport

@testable import Storage

/// A mailing that has a row of every kind: told by e-mail and post, what came back of both, texts,
/// approvals, support, matters, a public notice.
struct WholeMailing {
  let ledger: LedgerFixture
  /// The store's file, closed, to be copied.
  var path: String { ledger.fixture.path }

  private var store: SQLiteStore { ledger.store }
  private var id: RecordID { ledger.mailing }

  /// Made once for all tests that alter a copy of it.
  static let shared = Task { try await WholeMailing() }

  init() async throws {
    ledger = try await LedgerFixture(keepUntil: StatedTime(Instant(seconds: 1_900_000_000)))
    var facts = try await mailing().facts
    facts.channels = [.email, .post]
    try await apply(EditMailing(id: id, basedOn: nil, facts: facts))
    var organisation = Organisation()
    organisation.needsSecondPerson = true
    try await apply(SetOrganisation(basedOn: nil, organisation: organisation))
    let people = MadeUpRecipients(count: 30)
    people.lacking = .offer
    try await ledger.add(people, batch: 10)
    try await offer()
    try await write()
    try await tell()
    try await hear()
    try store.close()
  }

  private func mailing() async throws -> Mailing {
    guard let found = try await store.answer(MailingByID(id)) else {
      throw StoreError.notFound(Subject(.mailing, id))
    }
    return found
  }

  @discardableResult
  private func apply(_ change: any Change) async throws -> Receipt {
    ledger.fixture.clock.advance(by: .seconds(7))
    return try await store.apply([change], origin: "test")[0]
  }

  /// Every second person gets a code out of a pool; the others came in with one.
  private func offer() async throws {
    let plan = OfferPlan([OfferLine(pool: "watch", provider: "Watch", months: 12)])
    try await apply(SetOfferPlan(mailing: id, basedOn: nil, plan: plan))
    try await store.perform(
      OfferIntake(into: id, pool: "watch", from: KeptCodes((1...40).map { "CODE-\($0)" })),
      origin: "test"
    )
    try await store.perform(OfferAssignment(of: id), origin: "test")
    _ = try await store.perform(
      OfferRemoval(from: id, pool: "watch", KeptCodes(["CODE-40"]), reason: "printed twice"),
      origin: "test"
    )
  }

  /// Two texts, one of them taken out; an edition that became void, and one in force.
  private func write() async throws {
    var plan = SendingPlan()
    try plan.set("sender", to: "notices@example.org")
    try await apply(SetSendingPlan(id: id, basedOn: nil, plan: plan))
    func text(_ subject: String) -> NoticeTextFacts {
      NoticeTextFacts(
        channels: [.email, .post],
        language: "en",
        takesOtherLanguages: true,
        subject: subject,
        body: "Dear {{name}}, your data were exposed.\n"
      )
    }
    let first = try await apply(AddNoticeText(mailing: id, facts: text("About your data")))
    let second = try await apply(AddNoticeText(mailing: id, facts: text("Not wanted")))
    try await apply(RemoveNoticeText(id: second.subject.id, basedOn: nil))
    try await confirm(first.subject.id, 1)
    try await propose()
    // Overtakes the edition that waits.
    try await apply(
      EditNoticeText(id: first.subject.id, basedOn: nil, facts: text("About all your data"))
    )
    try await confirm(first.subject.id, 2)
    try await propose()
    let other = try ledger.fixture.another(actor: "second", uid: 4712)
    guard let waiting = try await store.answer(MailingEditions(mailing: id)).first else {
      throw StoreError.failed("nothing was put up")
    }
    _ = try await other.apply(
      [ApproveEdition(id: waiting.id, basedOn: nil, digest: waiting.digest)],
      origin: "test"
    )
    try other.close()
    try await store.perform(EditionRelease(edition: waiting.id, needs: [:]), origin: "test")
  }

  private func confirm(_ text: RecordID, _ version: Version) async throws {
    try await apply(
      ConfirmNotice(
        id: text,
        version: version,
        content: "gdpr-34-2",
        item: "contact",
        verdict: .holds,
        reason: "stands below"
      )
    )
  }

  private func propose() async throws {
    let draft = try await store.answer(EditionDraft(mailing: id, date: "2026-05-18"))
    try await apply(
      ProposeEdition(mailing: id, date: draft.date, digest: draft.digest, checks: ["checked"])
    )
  }

  /// E-mails to some, letters to others, a batch for telephones that broke off.
  private func tell() async throws {
    try await queue([1, 2, 3, 4, 5, 6], over: .email)
    let process = SendingProcess.current
    let floor = try await store.perform(
      SendingStart(mailing: id, process: process, program: ["/bin/mail"]),
      origin: "test"
    )
    let claimed = try await store.perform(
      RecipientClaim(
        mailing: id,
        process: process,
        edition: nil,
        position: 0,
        floor: floor,
        limit: 10,
        jurisdictions: ["EU-DE", "EU-FR", "US-CA"],
        text: { _ in "E2/T1.2" }
      ),
      origin: "test"
    )
    var counts = SendingCounts()
    counts.handedOver = 6
    try await store.perform(
      RecipientSettlement(
        mailing: id,
        process: process,
        people: claimed.people.map {
          .init(
            number: $0.recipient.number,
            step: $0.step,
            text: $0.text,
            fate: SendingFixture.taken($0)
          )
        },
        counts: counts
      ),
      origin: "test"
    )
    _ = try await store.perform(
      SendingReport(mailing: id, process: process, activity: .ended, counts: counts),
      origin: "test"
    )
    try await ledger.correct(7, ContactEdit(email: "new@example.org"))
    let other = try ledger.fixture.another(actor: "second", uid: 4712)
    _ = try await other.perform(ContactConsent(of: id), origin: "test")
    try other.close()
    try await queue([7, 8, 9], over: .post)
    try await ledger.export(.post, texts: OneText(name: "E2"))
    try await queue([11, 12], over: .telephone)
    _ = try? await ledger.export(
      .telephone,
      texts: OneText(name: "E2"),
      into: KeptBatch(failing: .finish)
    )
  }

  private func queue(_ numbers: [Int64], over channel: MailingChannel) async throws {
    ledger.fixture.clock.advance(by: .seconds(100))
    try await store.perform(
      RecipientMove(
        of: id,
        numbers: numbers,
        to: RecipientStep(to: .queued, channel: channel, cause: "test")
      ),
      origin: "test"
    )
  }

  /// Bounces, returns, matters and a public notice.
  private func hear() async throws {
    let (keys, id) = (store.keys, id)
    guard let key = try await store.read({ try MailingRecord.key(id, keys, in: $0) }) else {
      throw StoreError.refused("no key")
    }
    var verdict = BounceVerdict(.bounce)
    verdict.returnPaths = ["bounces+\(key.tag(for: 1).text)@x.example"]
    verdict.recipients = [
      BounceRecipient(address: "person1@example.org", reason: .userUnknown, isHard: true)
    ]
    verdict.recipients[0].status = MailStatus(5, 1, 1)
    let mail = BouncedMail(place: "1", digest: Array(repeating: 3, count: 32), verdict: verdict)
    try await store.perform(
      BounceIntake(into: id, from: MadeUpBounces([mail]), takesAddresses: false, isDryRun: false),
      origin: "test"
    )
    try await ledger.take(ReturnRow(line: 1, batch: 1, place: 1, outcome: .delivered))
    for kind in [MatterKind.question, .complaint, .rightsRequest] {
      try await store.perform(
        MatterIntake(
          into: id,
          kind,
          from: 2,
          over: .telephone,
          receivedAt: StatedTime(ledger.fixture.clock.now),
          text: "why"
        ),
        origin: "test"
      )
    }
    try await store.perform(MatterAnswer(of: id, 1, text: "because"), origin: "test")
    try await apply(HandOverMatter(mailing: id, number: 3, handedTo: "DSR-7"))
    try await apply(
      AddPublication(
        incident: 1,
        facts: PublicationFacts(
          mailing: id,
          means: .website,
          place: "https://example.org/notice",
          from: StatedTime(Instant(seconds: 1_778_000_000))
        )
      )
    )
  }

  /// What `verify` finds in a copy of the file once somebody has run SQL on it, and how many rows that
  /// altered.
  static func problems(after sql: String) async throws -> (problems: [String], rows: Int) {
    let whole = try await shared.value
    let directory = try TemporaryDirectory()
    let path = directory.file("tocsin.sqlite")
    try FileManager.default.copyItem(atPath: whole.path, toPath: path)
    var configuration = Configuration()
    // As the program sqlite3 has it.
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let rows = try await queue.writeWithoutTransaction { db in
      let before = db.totalChangesCount
      try db.execute(sql: sql)
      return db.totalChangesCount - before
    }
    try queue.close()
    let report = try LedgerVerifier.verify(path: path)
    return (report.bad.map { "\($0.reference): \($0.problem)" }, rows)
  }
}
