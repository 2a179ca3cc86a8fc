import Foundation
import Glibc
import Model
import Storage
import TestSupport
import Testing

struct `A backup` {
  @Test func `is whole, private and verified, and opens as a store`() async throws {
    let fixture = try await `Undo`.filled(schema: 1)
    let target = fixture.directory.file("backup.sqlite")
    let report = try Backup.write(from: fixture.path, to: target)
    #expect(report.head == 8)
    #expect(report.incidents == 3)
    #expect(report.path == target)
    var status = stat()
    #expect(lstat(target, &status) == 0 && status.st_mode & 0o7777 == 0o600)
    let copy = try SQLiteStore(path: target, options: .init(isReadOnly: true))
    let picture = try await `Undo`.picture(fixture.store)
    #expect(try await `Undo`.picture(copy) == picture)
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.directory.path)
    #expect(!names.contains { $0.contains(".part") })
  }

  @Test func `overwrites nothing unless told to, and follows no link`() async throws {
    let fixture = try await `Undo`.filled(schema: 1)
    let target = fixture.directory.file("backup.sqlite")
    try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
    #expect(
      throws: StoreError.refused("\(target) exists already; name another file or use --force")
    ) { try Backup.write(from: fixture.path, to: target) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Data("precious".utf8))
    _ = try Backup.write(from: fixture.path, to: target, force: true)
    #expect(try JournalVerifier.verify(path: target).head == 8)

    let link = fixture.directory.file("link.sqlite")
    symlink(fixture.directory.file("elsewhere"), link)
    #expect(throws: StoreError.refused("\(link) is not a plain file and is not replaced")) {
      try Backup.write(from: fixture.path, to: link, force: true)
    }
  }

  @Test func `of a store whose journal was altered is refused`() async throws {
    let fixture = try await `Undo`.filled(schema: 1)
    try fixture.store.close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    let place = try #require(bytes.range(of: Data("opened: gone".utf8)))
    var altered = bytes
    altered.replaceSubrange(place, with: Data("opened: gine".utf8))
    try altered.write(to: URL(fileURLWithPath: fixture.path))
    chmod(fixture.path, 0o600)
    let target = fixture.directory.file("backup.sqlite")
    #expect(
      throws: StoreError.refused(
        "the journal of \(fixture.path) does not verify: entry 2: its details were altered: "
          + "they do not match its commitment"
      )
    ) { try Backup.write(from: fixture.path, to: target) }
    #expect(access(target, F_OK) != 0)
  }

  @Test func `taken while others write is a sound copy of one moment`() async throws {
    let fixture = try StoreFixture()
    let writers = try (0..<2).map {
      try ChildProcess(product: "storage-probe", ["write", fixture.path, "400", "w\($0)"])
    }
    _ = writers.map { $0.firstOutput() }
    for number in 0..<5 {
      let target = fixture.directory.file("backup-\(number)")
      let report = try Backup.write(from: fixture.path, to: target)
      #expect(report.incidents == Int(report.head))
    }
    for writer in writers { #expect(writer.finish().status == 0) }
    #expect(try JournalVerifier.verify(path: fixture.path).entries == 800)
  }

  @Test func `is put back, keeping the replaced store and saying so in the journal`()
    async throws
  {
    let fixture = try await `Undo`.filled(schema: 1)
    let target = fixture.directory.file("backup.sqlite")
    _ = try Backup.write(from: fixture.path, to: target)
    let later = try await fixture.open("after the backup")
    // Another officer's dashboard is open all the time.
    let other = try fixture.another()
    #expect(try await other.answer(JournalHead()).sequence == later.entry)

    let report = try await Backup.restore(
      from: target,
      to: fixture.path,
      options: StoreFixture.options(fixture.clock)
    )

    #expect(report.backupHead == 8)
    #expect(report.replacedHead == 9)
    #expect(report.entry == 9)
    let kept = try #require(report.keptAs)
    #expect(kept == "\(fixture.path).replaced-20260518T124000Z")
    #expect(try JournalVerifier.verify(path: kept).head == 9)
    #expect(try JournalVerifier.verify(path: fixture.path).head == 9)
    // Those who had it open see the restored store and write into it.
    for store in [fixture.store, other] {
      let page = try await store.answer(
        JournalWindow(JournalFilter(action: "store"), RowWindow(start: 0, count: 5))
      )
      #expect(page.rows.map(\.entry.actor.name) == ["meyer"])
      #expect(page.rows.first?.isReversible == false)
    }
    #expect(
      try await other.answer(Search("after", window: RowWindow(start: 0, count: 1))).total == 0
    )
    try await other.apply(OpenIncident(facts: IncidentFacts(title: "next")), origin: "test")
    try other.close()
    try fixture.store.close()
    #expect(try JournalVerifier.verify(path: fixture.path).head == 10)
    #expect(try JournalVerifier.verify(path: kept).head == 9)
  }

  @Test func `is put back where there is no store, or one that cannot be read`() async throws {
    let fixture = try await `Undo`.filled(schema: 1)
    let target = fixture.directory.file("backup.sqlite")
    _ = try Backup.write(from: fixture.path, to: target)
    let empty = fixture.directory.file("new/tocsin.sqlite")
    let report = try await Backup.restore(
      from: target,
      to: empty,
      options: StoreFixture.options(fixture.clock)
    )
    #expect(report.keptAs == nil)
    #expect(report.replacedHead == 0)

    let broken = fixture.directory.file("broken.sqlite")
    try Data("rubbish".utf8).write(to: URL(fileURLWithPath: broken))
    let second = try await Backup.restore(
      from: target,
      to: broken,
      options: StoreFixture.options(fixture.clock)
    )
    let kept = try #require(second.keptAs)
    #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == Data("rubbish".utf8))
    #expect(try JournalVerifier.verify(path: broken).head == 9)
  }

  @Test func `that is none replaces nothing`() async throws {
    let fixture = try await `Undo`.filled(schema: 1)
    let wrong = fixture.directory.file("wrong")
    try Data(String(repeating: "text ", count: 100).utf8).write(to: URL(fileURLWithPath: wrong))
    await #expect(throws: StoreError.notAStore(path: wrong, detail: "it is a text file")) {
      try await Backup.restore(from: wrong, to: fixture.path)
    }
    #expect(try await fixture.store.answer(JournalHead()).sequence == 8)
  }
}
