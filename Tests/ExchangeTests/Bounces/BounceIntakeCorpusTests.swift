import Foundation
import Model
import Storage
import TestSupport
import Testing

@testable import Exchange

/// People of whom only the address is known.
private final class Addressees: RecipientSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  let addresses: [String]
  let words = ["EU-DE", "de"]
  let refused: [ImportProblem] = []
  let refusedCount = 0
  private var position = 0

  init(_ addresses: [String]) { self.addresses = addresses }

  func rewind() { position = 0 }

  func fill(_ rows: RecipientRows) {
    rows.removeAll()
    while position < addresses.count, rows.count < rows.capacity {
      rows.beginRow()
      for var field in ["R-\(position)", "", addresses[position], "", "", "", ""] {
        field.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
      }
      position += 1
      rows.endRow(line: position, jurisdiction: 0, language: 1, protection: 0)
    }
  }

  var digest: [UInt8] { Array(repeating: 3, count: 32) }
}

@Suite(.enabled(if: BounceCorpus.exists))
struct `Real bounces on a mailing` {
  /// The labelled mails of the corpus, and the addresses that they speak of, in lower case.
  private static func corpus() throws -> (mails: [(name: String, bytes: [UInt8])], all: [String]) {
    let mails = BounceCorpus.mails.filter { !$0.name.contains("/") }
    var addresses: Set<String> = []
    for mail in mails {
      let verdict = try BounceCorpus.verdict(mail.bytes)
      for recipient in verdict.recipients {
        addresses.insert((recipient.originalAddress ?? recipient.address).lowercased())
      }
    }
    return (mails, addresses.filter { !$0.isEmpty }.sorted())
  }

  @Test func `come to the people they speak of, once`() async throws {
    let fixture = try StoreFixture()
    let (mails, addresses) = try Self.corpus()
    let folder = fixture.directory.file("mails")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for mail in mails {
      try Data(mail.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(mail.name)"))
    }
    let store = fixture.store
    let incident = try await fixture.open("Leak").subject.id
    let id = try await store.apply(
      OpenMailing(incident: incident, facts: MailingFacts(name: "All")),
      origin: "test"
    ).subject.id
    try await store.perform(RecipientIntake(into: id, from: Addressees(addresses)), origin: "test")
    for state in [RecipientState.approved, .queued, .handedOver] {
      try await store.perform(
        RecipientMove(of: id, to: RecipientStep(to: state, channel: .email)),
        origin: "test"
      )
    }
    let summary = try await store.perform(
      BounceIntake(into: id, from: BounceFiles([folder]), takesAddresses: true),
      origin: "test"
    )
    #expect(summary.mails == mails.count)
    #expect(summary.mails >= 309)
    #expect(summary.refusedCount == 0)
    #expect(summary.matches.keys.sorted { $0.rawValue < $1.rawValue } == [.address])
    // The rule, mail by mail, on what is said of each address.
    var expected = Dictionary(
      uniqueKeysWithValues: addresses.map { ($0, RecipientState.handedOver) }
    )
    for mail in mails.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      let verdict = try BounceCorpus.verdict(mail.bytes)
      var seen: Set<String> = []
      for recipient in verdict.recipients {
        let address = (recipient.originalAddress ?? recipient.address).lowercased()
        guard let state = expected[address], seen.insert(address).inserted else { continue }
        let outcome = BounceRule.outcome(
          of: BounceRule.kind(of: recipient, in: verdict.kind),
          isHard: recipient.isHard,
          for: state,
          over: .email,
          by: .address
        )
        if case .moves(let next) = outcome { expected[address] = next }
      }
    }
    let page = try await store.answer(LedgerPage(mailing: id, place: .first, count: 1000))
    #expect(page.rows.count == addresses.count)
    for row in page.rows {
      let address = addresses[Int(row.number) - 1]
      #expect(row.state == expected[address], "\(address)")
    }
    let states = Set(page.rows.map(\.state))
    #expect(states.isSuperset(of: [.bouncedHard, .bouncedSoft, .complaint]))
    #expect(try LedgerVerifier.verify(path: fixture.path).bad == [])

    let again = try await store.perform(
      BounceIntake(into: id, from: BounceFiles([folder]), takesAddresses: true),
      origin: "test"
    )
    #expect(again.people == 0)
    #expect(again.known + again.unmatchedCount == summary.mails - (summary.kinds[.notABounce] ?? 0))
  }
}

struct `Files of mails that came back` {
  @Test func `are read one by one; what cannot be read is told, and the others are read`() throws {
    let folder = try TemporaryDirectory()
    let mail = "From: MAILER-DAEMON@x.example\nSubject: Hi\n\nHello\n"
    try Data(mail.utf8).write(to: URL(fileURLWithPath: folder.file("a.eml")))
    let box = "From x Thu Sep 18 17:54:04 2008\n\(mail)\nFrom x Thu Sep 18 17:54:04 2008\n\(mail)"
    try Data(box.utf8).write(to: URL(fileURLWithPath: folder.file("b.mbox")))
    let files = BounceFiles([folder.file("a.eml"), folder.file("b.mbox"), "/nowhere/c.eml"])
    var found: [BouncedMail] = []
    while let mail = try files.next() { found.append(mail) }
    #expect(
      found.map(\.place)
        == [folder.file("a.eml"), folder.file("b.mbox"), "\(folder.file("b.mbox")):2"]
    )
    // The same words are the same mail, wherever they stand.
    #expect(Set(found.map(\.digest)).count <= 2)
    #expect(files.refused.map(\.at) == ["/nowhere/c.eml"])
  }
}
