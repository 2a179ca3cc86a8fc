import Foundation
import GRDB
import Model
import Storage
import Synchronization
import TestSupport

/// A sink that keeps a batch in memory, and fails where it is told to.
final class KeptBatch: BatchSink {
  /// Where it fails.
  enum Failure: Error, CaseIterable { case begin, write, finish }

  private let state: Mutex<State>

  private struct State {
    var failure: Failure?
    var lines: [String] = []
    var batch: MailingBatch?
  }

  init(failing failure: Failure? = nil) { state = Mutex(State(failure: failure)) }

  /// A line for each row that was written.
  var lines: [String] { state.withLock { $0.lines } }

  func begin(_ batch: MailingBatch) throws {
    try state.withLock { state in
      state.lines = []
      state.batch = batch
      if state.failure == .begin { throw Failure.begin }
    }
  }

  func write(_ rows: [BatchRow]) throws {
    try state.withLock { state in
      state.lines += rows.map { row in
        let contact = row.recipient.contact
        return "\(row.line) \(row.recipient.number) \(row.text) \(contact?.address ?? "-") "
          + "\(contact?.offer ?? "-")"
      }
      if state.failure == .write { throw Failure.write }
    }
  }

  func finish() throws -> [BatchFile] {
    try state.withLock { state in
      if state.failure == .finish { throw Failure.finish }
      let bytes = Array(state.lines.joined(separator: "\n").utf8)
      return [BatchFile(name: "batch.csv", sha256: Digest.sha256(bytes), bytes: bytes.count)]
    }
  }
}

/// One text for everybody, or for those of some languages.
struct OneText: BatchTexts {
  var edition: RecordID?
  var name = "E1"
  var fields: Set<RecipientField> = [.offer]
  var languages: Set<String>?
  /// What single texts merge; nil where all merge all.
  var merged: [String: Set<RecipientField>]?

  func fields(of text: String) -> Set<RecipientField> { merged?[text] ?? fields }

  func text(for recipient: Recipient, over channel: MailingChannel) -> String? {
    languages?.contains(recipient.language) == false
      ? nil : "\(name)/T1.\(recipient.language.count)"
  }
}

extension LedgerFixture {
  /// Writes a text for everybody, and has it approved by this account and, where two are wanted, another.
  ///
  /// - Returns: The edition.
  @discardableResult
  func approve(second other: SQLiteStore? = nil) async throws -> RecordID {
    if try await store.answer(MailingTexts(mailing: mailing)).isEmpty {
      try await store.apply(
        AddNoticeText(
          mailing: mailing,
          facts: NoticeTextFacts(
            channels: [.email, .post],
            language: "en",
            takesOtherLanguages: true,
            subject: "Your data",
            body: "Hello.\n"
          )
        ),
        origin: "test"
      )
    }
    let draft = try await store.answer(EditionDraft(mailing: mailing, date: "2026-05-18"))
    try await store.apply(
      ProposeEdition(mailing: mailing, date: draft.date, digest: draft.digest, checks: []),
      origin: "test"
    )
    guard let edition = try await store.answer(MailingEditions(mailing: mailing)).first else {
      throw StoreError.refused("there is no edition")
    }
    if let other {
      try await other.apply(
        ApproveEdition(id: edition.id, basedOn: edition.version, digest: edition.digest),
        origin: "test"
      )
    }
    return edition.id
  }

  /// The newest edition.
  func edition() async throws -> NoticeEdition? {
    try await store.answer(MailingEditions(mailing: mailing)).first
  }

  /// The headlines of the journal, newest first.
  func headlines() async throws -> [String] {
    try await store.answer(JournalWindow(JournalFilter(), RowWindow(start: 0, count: 100)))
      .rows.map(\.headline)
  }

  /// Lets the organisation want a second person, or not.
  func want(second: Bool) async throws {
    var organisation = Organisation()
    (organisation.name, organisation.needsSecondPerson) = ("Lindgren & Vale", second)
    try await store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation),
      origin: "test"
    )
  }

  /// Queues recipients for a channel.
  func queue(_ numbers: [Int64]? = nil, for channel: MailingChannel = .post) async throws {
    try await store.perform(
      RecipientMove(of: mailing, numbers: numbers, to: RecipientStep(to: .approved)),
      origin: "test"
    )
    try await store.perform(
      RecipientMove(
        of: mailing,
        LedgerFilter(states: [.approved]),
        to: RecipientStep(to: .queued, channel: channel)
      ),
      origin: "test"
    )
  }

  /// Exports a batch.
  @discardableResult
  func export(
    _ channel: MailingChannel = .post,
    approved: Bool = false,
    limit: Int? = nil,
    registered: Bool = false,
    reason: String = "to the printer",
    texts: OneText = OneText(),
    into sink: KeptBatch = KeptBatch()
  ) async throws -> BatchExport.Outcome {
    try await store.perform(
      BatchExport(
        of: mailing,
        over: channel,
        reason: reason,
        takesApproved: approved,
        limit: limit,
        isRegistered: registered,
        texts: texts,
        into: sink
      ),
      origin: "test"
    )
  }

  /// How many stand how.
  func counts() async throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for tally in try await status().tallies {
      counts[tally.state.rawValue, default: 0] += tally.count
    }
    return counts
  }

  /// Corrects a contact.
  @discardableResult
  func correct(_ number: Int64, _ edit: ContactEdit) async throws -> Bool {
    try await store.perform(
      ContactCorrection(of: mailing, number, edit, reason: "by telephone"),
      origin: "test"
    )
  }

  /// What `verify` finds once somebody else ran SQL on the file.
  func problems(after sql: String) throws -> [String] {
    let queue = try DatabaseQueue(path: fixture.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
    return try problems()
  }
}
