import Foundation
import Model
import Storage
import Synchronization
import TestSupport
import Testing

/// A ledger of 100 people, 34 in Germany, 33 in France, 33 in California, with two texts.
private struct Notices {
  let ledger: LedgerFixture
  var store: SQLiteStore { ledger.store }
  var mailing: RecordID { ledger.mailing }

  init(needsSecondPerson: Bool = false, people: Int = 100) async throws {
    ledger = try await LedgerFixture(people)
    var organisation = Organisation()
    (organisation.name, organisation.needsSecondPerson) = ("Lindgren & Vale", needsSecondPerson)
    try await store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation),
      origin: "test"
    )
    try await add("en", ["EU-DE", "EU-FR"])
  }

  @discardableResult
  func add(_ language: String, _ places: [String] = [], body: String = "Hello.") async throws
    -> Receipt
  {
    try await store.apply(
      AddNoticeText(
        mailing: mailing,
        facts: NoticeTextFacts(
          language: language,
          jurisdictions: places,
          takesOtherLanguages: true,
          subject: "Your data",
          body: body
        )
      ),
      origin: "test"
    )
  }

  func texts() async throws -> [NoticeText] {
    try await store.answer(MailingTexts(mailing: mailing))
  }

  func draft(_ date: String = "2026-03-13") async throws -> NoticeEditionFacts {
    try await store.answer(EditionDraft(mailing: mailing, date: date))
  }

  @discardableResult
  func propose(_ digest: String? = nil) async throws -> NoticeEdition {
    var seen = digest ?? ""
    if seen.isEmpty { seen = try await draft().digest }
    try await store.apply(
      ProposeEdition(mailing: mailing, date: "2026-03-13", digest: seen, checks: ["checked"]),
      origin: "test"
    )
    return try await latest()
  }

  func latest() async throws -> NoticeEdition {
    let all = try await store.answer(MailingEditions(mailing: mailing))
    guard let first = all.first else { throw StoreError.failed("there is no edition") }
    return first
  }

  func release(_ needs: [String: [MergeField]] = [:]) async throws -> EditionRelease.Outcome {
    try await store.perform(
      EditionRelease(edition: try await latest().id, needs: needs),
      origin: "test"
    )
  }
}

struct `A text of a mailing` {
  @Test func `keeps each edit as a version, and undo is one more`() async throws {
    let notices = try await Notices()
    var text = try #require(try await notices.texts().first)
    #expect(text.versionName == "T1.1")
    let first = text.digest
    text.facts.body = "Goodbye."
    let receipt = try await notices.store.apply(
      EditNoticeText(id: text.id, basedOn: 1, facts: text.facts),
      origin: "test"
    )
    #expect(receipt.reference == "MLG-2026-0001 T1")
    #expect(receipt.version == 2)
    try await notices.store.undo([receipt.entry], origin: "test")
    let versions = try await notices.store.answer(
      NoticeTextVersions(mailing: notices.mailing, number: 1)
    )
    #expect(versions.map(\.version) == [1, 2, 3])
    #expect(versions.map(\.facts.body) == ["Hello.", "Goodbye.", "Hello."])
    #expect(versions[2].digest == first)
  }

  @Test func `is not overwritten by whoever read an older version`() async throws {
    let notices = try await Notices()
    let text = try #require(try await notices.texts().first)
    var facts = text.facts
    facts.body = "Mine."
    try await notices.store.apply(
      EditNoticeText(id: text.id, basedOn: 1, facts: facts),
      origin: "test"
    )
    facts.body = "Yours."
    await #expect(throws: StoreError.self) {
      try await notices.store.apply(
        EditNoticeText(id: text.id, basedOn: 1, facts: facts),
        origin: "test"
      )
    }
  }

  @Test(
    arguments: [
      (NoticeTextFacts(language: "de", subject: " ", body: "x"), "a text needs a subject"),
      (
        NoticeTextFacts(language: "de", subject: "a\nb", body: "x"),
        "a subject is one line of at most 400 bytes"
      ),
      (NoticeTextFacts(language: "de", subject: "s", body: "\n"), "a text is empty"),
      (
        NoticeTextFacts(language: "!", subject: "s", body: "x"),
        "a text needs its language as a tag such as de or pt-br"
      ),
      (
        NoticeTextFacts(language: "de", jurisdictions: ["DE"], subject: "s", body: "x"),
        "DE: a Member State of the EU is EU-DE"
      ),
      (
        NoticeTextFacts(
          language: "de",
          subject: "s",
          body: String(repeating: "x", count: 65_537)
        ), "a text has at most 64 KiB"
      ),
    ]
  )
  func `is refused where it says nothing, or not in which language`(
    facts: NoticeTextFacts,
    reason: String
  ) async throws {
    let notices = try await Notices(people: 0)
    await #expect(throws: StoreError.refused(reason)) {
      try await notices.store.apply(
        AddNoticeText(mailing: notices.mailing, facts: facts),
        origin: "test"
      )
    }
  }

  @Test func `is taken out and put back, with its number`() async throws {
    let notices = try await Notices()
    try await notices.add("fr")
    let text = try #require(try await notices.texts().last)
    let receipt = try await notices.store.apply(
      RemoveNoticeText(id: text.id, basedOn: 1),
      origin: "test"
    )
    #expect(try await notices.texts().map(\.name) == ["T1"])
    try await notices.add("it")
    #expect(try await notices.texts().map(\.name) == ["T1", "T3"])
    try await notices.store.undo([receipt.entry], origin: "test")
    #expect(try await notices.texts().map(\.name) == ["T1", "T2", "T3"])
  }

  @Test func `is confirmed in a version, by a name; an edit is another version`() async throws {
    let notices = try await Notices()
    var text = try #require(try await notices.texts().first)
    let confirm = ConfirmNotice(
      id: text.id,
      version: 1,
      content: "gdpr-34-2",
      item: "nature",
      verdict: .holds
    )
    let receipt = try await notices.store.apply(confirm, origin: "test")
    text = try #require(try await notices.texts().first)
    #expect(text.confirmations.map(\.item) == ["nature"])
    #expect(text.confirmations.map(\.by) == ["meyer"])
    try await notices.store.undo([receipt.entry], origin: "test")
    #expect(try await notices.texts().first?.confirmations == [])
    try await notices.store.apply(confirm, origin: "test")
    text.facts.body = "Other."
    try await notices.store.apply(
      EditNoticeText(id: text.id, basedOn: 1, facts: text.facts),
      origin: "test"
    )
    #expect(try await notices.texts().first?.confirmations == [])
    // Nobody confirms what is not the newest version.
    await #expect(throws: StoreError.self) {
      try await notices.store.apply(confirm, origin: "test")
    }
    await #expect(throws: StoreError.refused("say why a/b does not apply")) {
      try await notices.store.apply(
        ConfirmNotice(
          id: text.id,
          version: 2,
          content: "a",
          item: "b",
          verdict: .notApplicable
        ),
        origin: "test"
      )
    }
  }
}

struct `The approval of texts` {
  @Test func `is by digest: only what was seen can be approved`() async throws {
    let notices = try await Notices()
    let seen = try await notices.draft().digest
    try await notices.add("fr")
    await #expect(throws: StoreError.self) { try await notices.propose(seen) }
    let edition = try await notices.propose()
    #expect(edition.name == "E1")
    #expect(edition.state == .approved)
    #expect(edition.checks == ["checked"])
    #expect(edition.digest == edition.facts.digest)
    #expect(edition.approvals.map(\.by) == ["meyer"])
    #expect(
      try await notices.store.answer(EditionInForce(mailing: notices.mailing))?.id == edition.id
    )
    await #expect(throws: StoreError.self) { try await notices.propose() }
  }

  @Test func `is by two accounts where the organisation wants it`() async throws {
    let notices = try await Notices(needsSecondPerson: true)
    let edition = try await notices.propose()
    #expect(edition.state == .waiting)
    #expect(try await notices.store.answer(EditionInForce(mailing: notices.mailing)) == nil)
    let approve = ApproveEdition(id: edition.id, basedOn: 1, digest: edition.digest)
    await #expect(
      throws: StoreError.refused("meyer put E1 up; another account must approve it")
    ) { try await notices.store.apply(approve, origin: "test") }
    await #expect(throws: StoreError.self) { try await notices.release() }
    let other = try notices.ledger.fixture.another(actor: "okafor", uid: 4712)
    await #expect(throws: StoreError.self) {
      try await other.apply(
        ApproveEdition(id: edition.id, basedOn: 1, digest: "other"),
        origin: "test"
      )
    }
    try await other.apply(approve, origin: "test")
    let approved = try await notices.latest()
    #expect(approved.state == .approved)
    #expect(approved.approvals.map(\.uid) == [4711, 4712])
  }

  @Test func `is refused by the second person, or withdrawn, with a reason`() async throws {
    let notices = try await Notices(needsSecondPerson: true)
    let edition = try await notices.propose()
    let other = try notices.ledger.fixture.another(actor: "okafor", uid: 4712)
    await #expect(throws: StoreError.refused("say why")) {
      try await other.apply(
        RefuseEdition(id: edition.id, basedOn: 1, reason: " "),
        origin: "test"
      )
    }
    try await other.apply(
      RefuseEdition(id: edition.id, basedOn: 1, reason: "tone"),
      origin: "test"
    )
    #expect(try await notices.latest().state == .refused)
    let next = try await notices.propose()
    #expect(next.name == "E2")
    try await notices.store.apply(
      WithdrawEdition(id: next.id, basedOn: 1, reason: "later"),
      origin: "test"
    )
    #expect(try await notices.latest().end?.reason == "later")
  }

  /// What somebody alters afterwards, and why the edition is void then.
  private enum Alteration: String, CaseIterable {
    case text, newText, channels, organisation, people, undoneText, erasure
  }

  @Test(arguments: Alteration.allCases)
  private func `is void as soon as something is altered that it rests on`(
    alteration: Alteration
  ) async throws {
    let notices = try await Notices()
    var text = try #require(try await notices.texts().first)
    text.facts.body = "Before."
    let edit = try await notices.store.apply(
      EditNoticeText(id: text.id, basedOn: 1, facts: text.facts),
      origin: "test"
    )
    try await notices.propose()
    let reason: String
    switch alteration {
    case .text:
      text.facts.body = "Goodbye."
      try await notices.store.apply(
        EditNoticeText(id: text.id, basedOn: 2, facts: text.facts),
        origin: "test"
      )
      reason = "text T1 was altered"
    case .newText:
      try await notices.add("fr")
      reason = "text T2 was added"
    case .channels:
      try await notices.store.apply(
        EditMailing(
          id: notices.mailing,
          basedOn: nil,
          facts: MailingFacts(name: "Customers", channels: [.email, .post])
        ),
        origin: "test"
      )
      reason = "the channels were altered"
    case .organisation:
      try await notices.store.apply(
        SetOrganisation(basedOn: nil, organisation: Organisation()),
        origin: "test"
      )
      reason = "in T1 organisation.name was altered"
    case .people:
      try await notices.ledger.add(MadeUpRecipients(count: 3, from: 101))
      reason = "the recipients were altered: 100, now 103"
    case .undoneText:
      try await notices.store.undo([edit.entry], origin: "test")
      reason = "text T1 was altered"
    case .erasure:
      _ = try await notices.store.perform(
        MailingErasure(EraseMailing(id: notices.mailing, basedOn: nil, isOrdered: true)),
        origin: "test"
      )
      reason = "the recipients were erased"
    }
    let edition = try await notices.latest()
    #expect(edition.state == .void)
    #expect(edition.end?.reason == reason)
    #expect(try await notices.store.answer(EditionInForce(mailing: notices.mailing)) == nil)
  }

  @Test func `stands while people are told and what is not merged is altered`() async throws {
    let notices = try await Notices()
    try await notices.propose()
    _ = try await notices.release()
    try await notices.ledger.move(.exempt, numbers: [1], cause: "asked")
    let incident = try #require(
      try await notices.store.answer(IncidentByReference("INC-2026-0001"))
    )
    try await notices.store.apply(
      EditIncident(
        id: incident.id,
        basedOn: incident.version,
        edits: [.summary("More is known.")]
      ),
      origin: "test"
    )
    #expect(try await notices.latest().state == .approved)
    try await notices.store.apply(
      EditIncident(
        id: incident.id,
        basedOn: nil,
        edits: [.instant(.occurred, StatedTime(year: 2026, month: 3))]
      ),
      origin: "test"
    )
    #expect(try await notices.latest().end?.reason == "in T1 incident.occurred was altered")
  }
}

struct `An approval that stands in the file alone` {
  /// What somebody writes into the row of an edition that waits for a second person, or is void.
  @Test(arguments: [
    "UPDATE noticeEdition SET state = 'approved'",
    """
    UPDATE noticeEdition SET state = 'approved', version = 2, approvals = json_insert(approvals,
      '$[#]', json('{"uid": 7, "by": "okafor", "at": 5}'))
    """,
    "UPDATE noticeEdition SET state = 'approved', approvals = '[]'",
  ])
  func `lets nobody be written to`(sql: String) async throws {
    let notices = try await Notices(needsSecondPerson: true)
    let edition = try await notices.propose()
    try notices.ledger.alter(sql)
    await #expect(throws: StoreError.self) {
      try await notices.store.answer(EditionInForce(mailing: notices.mailing))
    }
    await #expect(throws: StoreError.self) { try await notices.release() }
    let process = SendingProcess.current
    await #expect(throws: StoreError.self) {
      try await notices.store.answer(
        SendingSignal(mailing: notices.mailing, process: process, edition: edition.id)
      )
    }
    #expect(try !notices.ledger.problems().isEmpty)
  }

  @Test func `does not come back to life once it was void`() async throws {
    let notices = try await Notices()
    try await notices.propose()
    try await notices.add("de")
    #expect(try await notices.latest().state == .void)
    let undone = try #require(
      try await notices.store.answer(MailingTexts(mailing: notices.mailing)).last
    )
    // What it rests on is what was approved again, and only the journal knows better.
    try await notices.store.apply(RemoveNoticeText(id: undone.id, basedOn: nil), origin: "test")
    try notices.ledger.alter(
      """
      UPDATE noticeEdition SET state = 'approved', version = 1, endedBy = NULL, endedAt = NULL,
        reason = NULL
      """
    )
    let error = await #expect(throws: StoreError.self) {
      try await notices.store.answer(EditionInForce(mailing: notices.mailing))
    }
    #expect(error?.description.contains("the journal does not say that it was approved") == true)
    #expect(try notices.ledger.problems().contains { $0.contains("E1 ended otherwise") })
  }

  @Test func `says in the journal of each that is void what has overtaken it`() async throws {
    let notices = try await Notices()
    try await notices.propose()
    let receipt = try await notices.add("de")
    let journal = try await notices.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 2))
    )
    #expect(journal.rows.map(\.entry.action) == ["edition.void", "notice.add"])
    #expect(journal.rows.first?.headline == "the texts are void: text T2 was added")
    #expect(journal.rows.first?.details.contains("by entry \(receipt.entry)") == true)
    #expect(try notices.ledger.problems() == [])
  }
}

struct `The people whom an edition covers` {
  @Test func `go from pending to approved, and nobody else`() async throws {
    let notices = try await Notices()
    try await notices.propose()
    let outcome = try await notices.release()
    // Of the 67 in Germany and France seven are children, who have no text of their own.
    #expect(outcome.approved == 60)
    #expect(outcome.uncovered == 40)
    #expect(outcome.isComplete)
    let status = try await notices.ledger.status()
    #expect(status.count([.approved]) == 60)
    #expect(status.count([.approved], in: "US-CA") == 0)
    let history = try await notices.store.answer(
      RecipientHistory(mailing: notices.mailing, number: 1)
    )
    #expect(history.last?.text == "E1")
    #expect(try await notices.release().approved == 0)
    #expect(try notices.ledger.problems() == [])
  }

  @Test func `go back to pending where the next edition has no text for them`() async throws {
    let notices = try await Notices()
    try await notices.propose()
    _ = try await notices.release()
    var text = try #require(try await notices.texts().first)
    text.facts.jurisdictions = ["EU-FR"]
    try await notices.store.apply(
      EditNoticeText(id: text.id, basedOn: 1, facts: text.facts),
      origin: "test"
    )
    try await notices.propose()
    let outcome = try await notices.release()
    #expect(outcome.returned == 30)
    #expect(try await notices.ledger.status().count([.approved]) == 30)
    #expect(try notices.ledger.problems() == [])
  }

  @Test func `are left where somebody else takes them meanwhile, and the others go on`()
    async throws
  {
    let notices = try await Notices(people: 4100)
    try await notices.propose()
    // Every tenth is a child, so all in Germany and France are read one by one; between two transactions
    // somebody takes one of those who were read elsewhere.
    let ledger = notices.ledger
    let taken = LedgerFixtureMoves(ledger, to: .exempt)
    let outcome = try await notices.store.perform(
      EditionRelease(edition: try await notices.latest().id, needs: [:]),
      origin: "test"
    ) { progress in
      taken.once(after: progress.done)
      return true
    }
    #expect(outcome.altered == 1)
    #expect(outcome.isComplete)
    #expect(outcome.approved > 2000)
    let page = try await ledger.page(.first, "state:approved", count: 1)
    #expect(page.total == outcome.approved)
  }

  @Test func `stay behind where they lack what their text needs`() async throws {
    let notices = try await Notices(people: 0)
    let source = MadeUpRecipients(count: 100)
    source.lacking = .address
    try await notices.ledger.add(source)
    let needs: [String: [MergeField]] = ["T1": [.address, .name]]
    let gaps = try await notices.store.answer(
      RecipientGaps(mailing: notices.mailing, needs: needs)
    )
    // Of 34 in Germany and 33 in France 34 have even numbers, and seven of these are children.
    #expect(gaps == [.init(text: "T1", field: .address, count: 27)])
    try await notices.propose()
    let outcome = try await notices.release(needs)
    #expect(outcome.approved == 33)
    #expect(outcome.incomplete == 27)
    #expect(outcome.uncovered == 40)
  }

  @Test func `are counted by protection as they come in`() async throws {
    let notices = try await Notices()
    let shares = try await notices.draft().shares
    #expect(shares.reduce(0) { $0 + $1.count } == 100)
    var found: [RecipientKind: Int] = [:]
    var place: Int64 = 0
    while true {
      let page = try await notices.store.answer(
        LedgerPage(mailing: notices.mailing, place: .after(place), count: 50)
      )
      guard let last = page.rows.last else { break }
      for row in page.rows { found[row.kind, default: 0] += 1 }
      place = last.number
    }
    #expect(Dictionary(shares.map { ($0.kind, $0.count) }) { $0 + $1 } == found)
  }
}

/// Takes one person elsewhere beside a job, as another program would, when the job tells how far it is.
final class LedgerFixtureMoves: Sendable {
  private let ledger: LedgerFixture
  private let state: RecipientState
  private let isDone = Mutex(false)

  init(_ ledger: LedgerFixture, to state: RecipientState) {
    (self.ledger, self.state) = (ledger, state)
  }

  /// Takes somebody of Germany who is no child, once, when so many were moved.
  func once(after count: Int) {
    let wasDone = isDone.withLock { done in
      defer { done = done || count > 0 }
      return done
    }
    guard count > 0, !wasDone else { return }
    // Number 4099 lives in Germany.
    try? ledger.alter(
      """
      UPDATE recipient SET slot = (slot & ~4294901760) | (\(state.code) << 16)
      WHERE id & 0xffffffff = 4099
      """
    )
  }
}
