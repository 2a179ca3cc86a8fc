import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

/// A store with invented staff in two groups.
struct StaffFixture {
  let fixture: StoreFixture

  var store: SQLiteStore { fixture.store }

  static func row(
    _ number: Int,
    _ name: String,
    _ group: String,
    roles: [String]? = nil,
    joined: String? = nil
  ) -> StaffRow {
    StaffRow(
      line: number + 1,
      identity: StaffIdentity(
        number: "LV-\(number)",
        name: name,
        email: "\(name.lowercased().replacing(" ", with: "."))@example.org"
      ),
      group: group,
      roles: roles,
      joined: joined.flatMap { DayNumber(iso: $0) }
    )
  }

  static let rows = [
    row(1, "Ada Quill", "Sales", roles: ["till"], joined: "2024-01-15"),
    row(2, "Ben Quartz", "Sales", joined: "2024-01-15"),
    row(3, "Cleo Zephyr", "Warehouse", joined: "2026-05-10"),
  ]

  init(pseudonymous: Bool = false) async throws {
    fixture = try StoreFixture()
    if pseudonymous {
      var organisation = Organisation()
      organisation.staffPrivacy = StaffPrivacy(isPseudonymous: true)
      try await store.apply(SetOrganisation(basedOn: 0, organisation: organisation), origin: "t")
    }
    try await store.perform(StaffIntake(Self.rows), origin: "test")
  }

  func list() async throws -> [StaffLine] {
    try await store.answer(
      StaffList(withFormer: true, window: RowWindow(start: 0, count: 100))
    ).rows
  }

  func find(_ text: String) async throws -> Staff {
    try #require(try await store.answer(FindStaff(text)))
  }

  /// All text that the file holds, in tables, journal and log.
  func bytes() throws -> [UInt8] {
    let file = URL(fileURLWithPath: fixture.path)
    let log = URL(fileURLWithPath: fixture.path + "-wal")
    return [UInt8](try Data(contentsOf: file)) + [UInt8]((try? Data(contentsOf: log)) ?? Data())
  }

  func verify() throws -> [String] {
    try RecordVerifier.verify(path: fixture.path).bad.map {
      "\($0.subject.kind.rawValue) \($0.subject.id): \($0.problem)"
    }
  }

  /// Alters the file as somebody with sqlite3 would.
  func forge(_ sql: String) throws {
    let queue = try DatabaseQueue(path: fixture.path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; \(sql)")
    }
    try queue.close()
  }
}
