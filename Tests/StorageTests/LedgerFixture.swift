import Foundation
import Model
import Storage
import TestSupport

/// A store with an incident and a mailing for it.
struct LedgerFixture {
  let fixture: StoreFixture
  let mailing: RecordID

  var store: SQLiteStore { fixture.store }
  var keyFile: String { fixture.directory.file("keys/tocsin.key") }

  init(_ people: Int = 0, batch: Int = 1000, keepUntil: StatedTime? = nil) async throws {
    fixture = try StoreFixture()
    let affected = [
      AffectedPeople(jurisdiction: "EU-DE", count: 5), AffectedPeople(jurisdiction: "GB", count: 7),
      AffectedPeople(jurisdiction: "US-CA", count: nil),
    ]
    let incident = try await fixture.store.apply(
      OpenIncident(facts: IncidentFacts(title: "Leak", affected: affected)),
      origin: "test"
    )
    mailing = try await fixture.store.apply(
      OpenMailing(
        incident: incident.subject.id,
        facts: MailingFacts(name: "Customers", keepUntil: keepUntil)
      ),
      origin: "test"
    ).subject.id
    if people > 0 { _ = try await add(MadeUpRecipients(count: people), batch: batch) }
  }

  @discardableResult
  func add(_ source: MadeUpRecipients, skipsBad: Bool = false, batch: Int = 1000) async throws
    -> RecipientImport
  {
    try await store.perform(
      RecipientIntake(into: mailing, from: source, skipsBad: skipsBad, batch: batch),
      origin: "test"
    )
  }

  func status() async throws -> MailingStatus.Answer {
    try await store.answer(MailingStatus(id: mailing))
  }

  func page(_ place: LedgerPage.Place, _ filter: String = "", count: Int = 3) async throws
    -> LedgerPage.Answer
  {
    try await store.answer(
      LedgerPage(
        mailing: mailing,
        filter: try LedgerFilter(parsing: filter),
        place: place,
        count: count
      )
    )
  }

  func find(_ value: String, _ kind: ContactKey? = nil) async throws -> [Int64] {
    try await store.answer(FindRecipients(mailing: mailing, kind: kind, value: value))
      .map(\.number)
  }

  @discardableResult
  func move(
    _ state: RecipientState,
    _ filter: String = "",
    numbers: [Int64]? = nil,
    cause: String = ""
  )
    async throws -> Int
  {
    try await store.perform(
      RecipientMove(
        of: mailing,
        try LedgerFilter(parsing: filter),
        numbers: numbers,
        to: RecipientStep(to: state, cause: cause)
      ),
      origin: "test"
    )
  }

  func problems() throws -> [String] {
    try LedgerVerifier.verify(path: fixture.path).bad.map(\.problem)
  }

  /// The words that stand in plain text in any file of the store's folder.
  func found(_ words: [String]) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: fixture.directory.path)
    var found: [String] = []
    for name in names.sorted() {
      let url = URL(fileURLWithPath: fixture.directory.file(name))
      guard let bytes = try? Data(contentsOf: url) else { continue }
      for word in words where bytes.range(of: Data(word.utf8)) != nil {
        found.append("\(word) in \(name)")
      }
    }
    return found
  }
}
