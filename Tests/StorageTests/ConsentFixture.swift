import Foundation
import GRDB
import Model
import Storage
import TestSupport

/// A store with two purposes: one with two versions, the first of which somebody may call wrong.
struct ConsentFixture {
  let fixture: StoreFixture
  let purpose: RecordID
  let other: RecordID

  var store: SQLiteStore { fixture.store }

  static let changes: [any Change] = [
    AddPurpose(PurposeFacts(slug: "newsletter", name: "Newsletter", text: "News of offers")),
    AddPurpose(PurposeFacts(slug: "sizing", name: "Sizing advice")),
    AddConsentVersion(version("2023-1", "We write to you.")),
    AddConsentVersion(version("2024-1", "We write to you, and count what you open.")),
  ]

  static func version(_ label: String, _ text: String) -> ConsentVersionFacts {
    ConsentVersionFacts(
      purpose: "PUR-0001",
      label: label,
      language: "en",
      text: text,
      from: StatedTime(Instant(seconds: 1_600_000_000))
    )
  }

  init(_ rows: [MadeUpConsents.Row] = [], batch: Int = 3) async throws {
    fixture = try StoreFixture()
    let receipts = try await fixture.store.apply(Self.changes, origin: "test")
    (purpose, other) = (receipts[0].subject.id, receipts[1].subject.id)
    if !rows.isEmpty { _ = try await add(rows, batch: batch) }
  }

  func row(_ place: Int = 0) async throws -> PurposeRow {
    try await store.answer(ConsentBoard())[place]
  }

  @discardableResult
  func add(
    _ rows: [MadeUpConsents.Row],
    refused: [ImportProblem] = [],
    skipsBad: Bool = false,
    batch: Int = 3
  ) async throws -> ConsentImport {
    let source = MadeUpConsents(rows, ConsentCatalogue(try await store.answer(ConsentBoard())))
    source.refused = refused
    return try await store.perform(
      ConsentIntake(from: source, skipsBad: skipsBad, batch: batch),
      origin: "test"
    )
  }

  /// What people say: person, state and standing of each record, in order of number.
  func said(_ filter: String = "standing:all") async throws -> [String] {
    let page = try await store.answer(
      ConsentPage(
        purpose: purpose,
        filter: try ConsentFilter(parsing: filter),
        place: .first,
        count: 100
      )
    )
    let shown = try await store.perform(
      ConsentReveal(page.rows.filter { $0.subject != nil }, reason: "test"),
      origin: "test"
    )
    return page.rows.map { record in
      let who = shown.first { $0.number == record.number }?.subject?.reference ?? "erased"
      return "\(record.number) \(who.prefix { $0 != "@" }) \(record.state) \(record.standing)"
    }
  }

  func find(_ person: Int) async throws -> [ConsentRecord] {
    try await store.answer(
      FindConsents(purpose: purpose, reference: MadeUpConsents.reference(person))
    )
  }

  func problems() throws -> [String] {
    try RecordVerifier.verify(path: fixture.path).bad.map(\.problem)
  }

  /// Alters the file as another program would.
  func alter(_ sql: String) throws {
    let queue = try DatabaseQueue(path: fixture.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// The words that stand in plain text, or the bytes that stand as they are, in any file of the folder.
  func found(_ pieces: [Data]) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: fixture.directory.path)
    var found: [String] = []
    for name in names.sorted() {
      let url = URL(fileURLWithPath: fixture.directory.file(name))
      guard let bytes = try? Data(contentsOf: url) else { continue }
      for (index, piece) in pieces.enumerated() where bytes.range(of: piece) != nil {
        found.append("piece \(index) in \(name)")
      }
    }
    return found
  }
}
