import Foundation
import GRDB
import Model
import Storage
import TestSupport

@testable import Storage

/// Mails that came back, judged already.
final class MadeUpBounces: BounceSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private var mails: ArraySlice<BouncedMail>
  var refused: [ImportProblem] = []

  init(_ mails: [BouncedMail]) { self.mails = mails[...] }

  func next() -> BouncedMail? { mails.popFirst() }
}

/// A mailing whose people were written to by e-mail, and what comes back.
struct BounceFixture {
  let ledger: LedgerFixture
  let key: MailingKey

  var store: SQLiteStore { ledger.store }

  /// Makes the mailing; all of its people are handed over.
  init(_ people: Int = 40, channels: [MailingChannel] = [.email, .post]) async throws {
    ledger = try await LedgerFixture(people)
    let (keys, id) = (ledger.store.keys, ledger.mailing)
    guard
      let key = try await ledger.store.read({ try MailingRecord.key(id, keys, in: $0) })
    else { throw StoreError.refused("no key") }
    self.key = key
    if let mailing = try await store.answer(MailingByID(id)), mailing.facts.channels != channels {
      var facts = mailing.facts
      facts.channels = channels
      try await store.apply(
        EditMailing(id: id, basedOn: mailing.version, facts: facts),
        origin: "test"
      )
    }
    for state in [RecipientState.approved, .queued, .handedOver] { try await move(state) }
  }

  func move(
    _ state: RecipientState,
    _ numbers: [Int64]? = nil,
    over channel: MailingChannel? = .email
  ) async throws {
    try await store.perform(
      RecipientMove(
        of: ledger.mailing,
        numbers: numbers,
        to: RecipientStep(to: state, channel: state == .approved ? nil : channel, cause: "test")
      ),
      origin: "test"
    )
  }

  /// A mail that came back to a person.
  func mail(
    _ kind: BounceKind = .bounce,
    to number: Int64,
    _ reason: BounceReason = .userUnknown,
    by match: BounceMatch = .returnPath,
    salt: String = ""
  ) -> BouncedMail {
    var verdict = BounceVerdict(kind)
    let tag = key.tag(for: number)
    switch match {
    case .returnPath: verdict.returnPaths = ["bounces@x.example", "bounces+\(tag.text)@x.example"]
    case .messageID: verdict.originalMessageID = "\(key.tag(for: number, step: 9).text)@x.example"
    case .both:
      verdict.returnPaths = ["bounces+\(tag.text)@x.example"]
      verdict.originalMessageID = "\(key.tag(for: number, step: 9).text)@x.example"
    case .address: break
    }
    verdict.recipients = [
      BounceRecipient(
        address: "Person\(number)@Example.org",
        reason: reason,
        isHard: reason.isHard
      )
    ]
    verdict.recipients[0].status = MailStatus(5, 1, 1)
    return mail(verdict, "\(number) \(kind) \(reason) \(match) \(salt)")
  }

  func mail(_ verdict: BounceVerdict, _ name: String) -> BouncedMail {
    var digest = RunningDigest()
    Array(name.utf8).withUnsafeBytes { digest.update($0) }
    return BouncedMail(place: name, digest: digest.bytes, verdict: verdict)
  }

  @discardableResult
  func take(
    _ mails: [BouncedMail],
    into mailing: RecordID? = nil,
    takesAddresses: Bool = true,
    isDryRun: Bool = false
  ) async throws -> BounceImport {
    try await store.perform(
      BounceIntake(
        into: mailing,
        from: MadeUpBounces(mails),
        takesAddresses: takesAddresses,
        isDryRun: isDryRun
      ),
      origin: "test"
    )
  }

  func state(_ number: Int64) async throws -> RecipientState? {
    try await store.answer(LedgerPage(mailing: ledger.mailing, place: .after(number - 1), count: 1))
      .rows.first?.state
  }

  func problems() throws -> [String] { try ledger.problems() }
}

extension BounceFixture {
  /// A second mailing to the same people, all of them handed over.
  static func second(beside first: BounceFixture) async throws -> RecordID {
    let store = first.store
    guard let mailing = try await store.answer(MailingByID(first.ledger.mailing)) else {
      throw StoreError.refused("no mailing")
    }
    let id = try await store.apply(
      OpenMailing(incident: mailing.incident, facts: MailingFacts(name: "Again")),
      origin: "test"
    ).subject.id
    try await store.perform(
      RecipientIntake(into: id, from: MadeUpRecipients(count: 3)),
      origin: "test"
    )
    for state in [RecipientState.approved, .queued, .handedOver] {
      try await store.perform(
        RecipientMove(of: id, to: RecipientStep(to: state, channel: .email)),
        origin: "test"
      )
    }
    return id
  }
}

/// People who share one address.
enum SharedAddress {
  /// Lists three and hands them over; gives how many.
  static func fill(_ ledger: LedgerFixture) async throws -> Int {
    try await ledger.store.perform(
      RecipientIntake(into: ledger.mailing, from: Family()),
      origin: "test"
    )
    for state in [RecipientState.approved, .queued, .handedOver] {
      try await ledger.move(state)
    }
    return 3
  }

  static func take(
    _ verdict: BounceVerdict,
    _ name: String,
    _ ledger: LedgerFixture
  ) async throws -> BounceImport {
    var digest = RunningDigest()
    Array(name.utf8).withUnsafeBytes { digest.update($0) }
    return try await ledger.store.perform(
      BounceIntake(
        from: MadeUpBounces([
          BouncedMail(place: name, digest: digest.bytes, verdict: verdict)
        ]),
        takesAddresses: true
      ),
      origin: "test"
    )
  }

  private final class Family: RecipientSource, @unchecked Sendable {
    // @unchecked: used by one task at a time.
    let words = ["EU-DE", "de"]
    let refused: [ImportProblem] = []
    let refusedCount = 0
    private var number = 0

    func rewind() { number = 0 }

    func fill(_ rows: RecipientRows) {
      rows.removeAll()
      while number < 3 {
        number += 1
        rows.beginRow()
        for var field in ["F-\(number)", "", "family@example.org", "", "", "", ""] {
          field.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
        }
        rows.endRow(line: number, jurisdiction: 0, language: 1, protection: 0)
      }
    }

    var digest: [UInt8] { [UInt8](repeating: 7, count: 32) }
  }
}

extension LedgerFixture {
  /// Alters the file as somebody would who has it open with another program.
  func alter(_ sql: String) throws {
    let queue = try DatabaseQueue(path: fixture.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }
}

extension Sequence {
  /// The results of a question for each, in order.
  func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
