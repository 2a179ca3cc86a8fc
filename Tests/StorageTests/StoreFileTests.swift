import Foundation
import GRDB
import Glibc
import Model
import TestSupport
import Testing

@testable import Storage

struct `A store's file` {
  private static func mode(_ path: String) -> String {
    var status = stat()
    return lstat(path, &status) == 0 ? String(status.st_mode & 0o7777, radix: 8) : "absent"
  }

  private static func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o600)
  }

  @Test(arguments: [mode_t(0), 0o022, 0o077])
  func `is for its owner alone, whatever the umask`(mask: mode_t) async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("data/tocsin/tocsin.sqlite")
    let old = umask(mask)
    let store = try SQLiteStore(path: path)
    try await store.apply(OpenIncident(facts: IncidentFacts(title: "a")), origin: "test")
    umask(old)
    #expect(Self.mode(directory.file("data")) == "700")
    #expect(Self.mode(directory.file("data/tocsin")) == "700")
    for suffix in ["", "-wal", "-shm", ".lock"] {
      #expect(Self.mode(path + suffix) == "600", "\(suffix)")
    }
    try store.close()
    #expect(Self.mode(path + "-wal") == "absent")
    #expect(Self.mode(path + ".new") == "absent")
  }

  @Test func `is open in SQLite's defensive mode on every connection`() throws {
    let fixture = try StoreFixture()
    #expect(try StoreFacts.read(path: fixture.path).isDefensive)
    #expect(
      try ReadOnlyFile.open(fixture.path).read { db in Connections.isDefensive(db) }
    )
    let queue = try DatabaseQueue(
      path: fixture.path,
      configuration: Connections.configuration(isReadOnly: false)
    )
    for sql in [
      "DELETE FROM search_data",
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = '' WHERE name = 'journal'",
    ] {
      #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
    }
  }

  @Test func `has the pragmas of the house in force on the connection that writes`() async throws {
    let fixture = try StoreFixture()
    let facts = try StoreFacts.read(path: fixture.path)
    for (name, value) in [
      "synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "trusted_schema": "0",
      "cell_size_check": "1", "mmap_size": "0", "secure_delete": "1", "busy_timeout": "10000",
      "application_id": "1415803758", "cache_size": "-4096",
    ] {
      #expect(facts.pragmas[name] == value, "\(name)")
    }
    #expect(facts.isWritable)
    #expect(facts.permissions.map(\.mode) == ["0600", "0700"])
    #expect(facts.permissions.map(\.isPrivate) == [true, true])
    #expect(facts.schema == facts.knownSchema)
    #expect(facts.counts["incident"] == 0)
  }

  static let strangers: [(String, [UInt8], String)] = [
    ("empty", [], "the file is empty"),
    ("short", Array("SQLite format 3".utf8), "it ends after 15 bytes"),
    ("text", Array(String(repeating: "hello there\n", count: 30).utf8), "it is a text file"),
    ("noise", [UInt8](repeating: 0xA5, count: 4096), "it is not an SQLite database"),
  ]

  @Test(arguments: strangers.indices)
  func `that is none is refused with what was seen, and left as it is`(index: Int) throws {
    let (name, bytes, detail) = Self.strangers[index]
    let directory = try TemporaryDirectory()
    let path = directory.file(name)
    try Self.write(bytes, path)
    #expect(throws: StoreError.notAStore(path: path, detail: detail)) {
      try SQLiteStore(path: path)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(bytes))
    #expect(Self.mode(path + "-wal") == "absent")
  }

  @Test func `of another program is refused`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("other.sqlite")
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE t (a)") }
    try queue.close()
    chmod(path, 0o600)
    #expect(
      throws: StoreError.notAStore(
        path: path,
        detail: "it is an SQLite database of another program (application id 0)"
      )
    ) { try SQLiteStore(path: path) }
  }

  @Test func `that was cut off is refused`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try fixture.store.close()
    let size = try #require(
      FileManager.default.attributesOfItem(atPath: fixture.path)[.size] as? Int
    )
    truncate(fixture.path, size - 4096)
    #expect(
      throws: StoreError.notAStore(
        path: fixture.path,
        detail: "it is cut off: \(size - 4096) bytes of \(size)"
      )
    ) { try fixture.another() }
  }

  @Test func `with damaged pages gives errors and never a crash`() async throws {
    let fixture = try await `Undo`.filled()
    try fixture.store.close()
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture.path)))
    var found = 0
    for round in 0..<60 {
      var bytes = whole
      let start = 100 + (round * 7919) % (bytes.count - 700)
      for offset in 0..<512 { bytes[start + offset] ^= UInt8(truncatingIfNeeded: offset * 31 + 7) }
      try Self.write(bytes, fixture.path)
      do {
        let store = try fixture.another()
        _ = try await `Undo`.picture(store)
        try await store.apply(
          AddTask(incident: 1, facts: TaskFacts(title: "t")),
          origin: "test"
        )
        _ = try await store.answer(JournalWindow(JournalFilter(), RowWindow(start: 0, count: 50)))
        if try !JournalVerifier.verify(path: fixture.path).isSound { found += 1 }
        try store.close()
      } catch {
        found += 1
      }
      unlink(fixture.path + "-wal")
      unlink(fixture.path + "-shm")
    }
    #expect(found > 10)
  }

  @Test func `that others could read is refused with the command that sets it right`()
    async throws
  {
    let fixture = try StoreFixture()
    try fixture.store.close()
    chmod(fixture.path, 0o640)
    #expect(
      throws: StoreError.refused(
        "\(fixture.path) can be read or written by others; run: chmod 600 \(fixture.path)"
      )
    ) { try fixture.another() }
    chmod(fixture.path, 0o600)
    chmod(fixture.directory.path, 0o750)
    #expect(
      throws: StoreError.refused(
        "\(fixture.directory.path) is open to others; run: chmod 700 \(fixture.directory.path)"
      )
    ) { try fixture.another() }
    chmod(fixture.directory.path, 0o700)
    _ = try fixture.another()
  }

  @Test func `that belongs to somebody else is refused`() throws {
    guard geteuid() == 0 else { return }  // Only root can give a file away.
    let fixture = try StoreFixture()
    try fixture.store.close()
    chown(fixture.path, 65_534, 65_534)
    #expect(throws: StoreError.self) { try fixture.another() }
  }

  @Test func `is not reached through a link, and has no second name`() throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    let other = fixture.directory.file("other.sqlite")
    symlink(fixture.path, other)
    #expect(throws: StoreError.refused("\(other) is a symbolic link; name the file itself")) {
      try SQLiteStore(path: other)
    }
    unlink(other)
    link(fixture.path, other)
    #expect(throws: StoreError.self) { try fixture.another() }
  }

  @Test(arguments: ["pipe", "folder"])
  func `is a plain file, or refused at once`(kind: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file(kind)
    if kind == "pipe" { mkfifo(path, 0o600) } else { mkdir(path, 0o700) }
    #expect(throws: StoreError.notAStore(path: path, detail: "it is not a plain file")) {
      try SQLiteStore(path: path)
    }
  }

  @Test func `of a newer program can be read and not written`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try fixture.store.close()
    let queue = try DatabaseQueue(path: fixture.path)
    try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
    try queue.close()

    let store = try fixture.another()
    #expect(store.isReadOnly)
    #expect(try await store.answer(IncidentDetail(id: 1))?.facts.title == "a")
    await #expect(throws: StoreError.newerStore(found: "99", known: "5")) {
      try await store.apply(OpenIncident(facts: IncidentFacts(title: "b")), origin: "test")
    }
  }

  @Test func `opened for reading refuses changes and shows what others write`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let reader = try fixture.another(isReadOnly: true)
    #expect(reader.readOnlyReason == "it was opened so")
    await #expect(throws: StoreError.readOnly("it was opened so")) {
      try await reader.apply(OpenIncident(facts: IncidentFacts(title: "b")), origin: "test")
    }
    _ = try await fixture.open("c")
    #expect(try await reader.answer(JournalHead()).sequence == 2)
  }

  @Test func `that is missing is not made for reading`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("none/none.sqlite")
    #expect(throws: StoreError.failed("there is no store at \(path) to read")) {
      try SQLiteStore(path: path, options: .init(isReadOnly: true))
    }
    #expect(Self.mode(directory.file("none")) == "absent")
  }

  @Test func `that vanishes is an error, not an empty store`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    for suffix in ["", "-wal", "-shm"] { unlink(fixture.path + suffix) }
    let gone = StoreError.failed(
      "\(fixture.path) is not there any more; nothing was made in its place"
    )
    await #expect(throws: gone) { try await fixture.store.answer(JournalHead()) }
    await #expect(throws: gone) { try await fixture.open("b") }
    #expect(Self.mode(fixture.path) == "absent")
  }

  @Test func `that is only read is not written, and is left without a log`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try fixture.store.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    let reader = try fixture.another()
    #expect(!reader.isReadOnly)
    #expect(try await reader.answer(JournalHead()).sequence == 1)
    #expect(!ReadOnlyFile.hasLog(fixture.path))
    try reader.close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
    for suffix in ["-wal", "-shm"] { #expect(Self.mode(fixture.path + suffix) == "absent") }
  }

  @Test func `gets its log back where somebody took it away`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try fixture.store.close()
    let queue = try DatabaseQueue(path: fixture.path)
    try await queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
    }
    try queue.close()
    let store = try fixture.another()
    try await store.apply(OpenIncident(facts: IncidentFacts(title: "b")), origin: "test")
    #expect(try StoreFacts.read(path: fixture.path).pragmas["journal_mode"] == "wal")
  }

  @Test func `says of a question that is in no list that it has no SQL for it`() async throws {
    struct Unlisted: Question { typealias Answer = Int }
    let fixture = try StoreFixture()
    await #expect(throws: StoreError.failed("this store has no SQL for Unlisted")) {
      try await fixture.store.answer(Unlisted())
    }
  }

  @Test func `closed fails with a sentence`() async throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    try fixture.store.close()
    await #expect(throws: StoreError.failed("the store is closed")) {
      try await fixture.store.answer(JournalHead())
    }
  }

  @Test(arguments: [
    (["TOCSIN_STORE": "/a", "XDG_DATA_HOME": "/x", "HOME": "/h"], "/o", "/o"),
    (["TOCSIN_STORE": "/a", "XDG_DATA_HOME": "/x", "HOME": "/h"], nil, "/a"),
    (["TOCSIN_STORE": "", "XDG_DATA_HOME": "/x", "HOME": "/h"], nil, "/x/tocsin/tocsin.sqlite"),
    (["XDG_DATA_HOME": "x", "HOME": "/h"], nil, "/h/.local/share/tocsin/tocsin.sqlite"),
    (["HOME": "/h"], "", "/h/.local/share/tocsin/tocsin.sqlite"),
  ])
  func `is found by option, variable, data home, home`(
    environment: [String: String],
    option: String?,
    path: String
  ) {
    #expect(StorePath.resolve(option: option, environment: environment) == path)
  }

  @Test func `is written under the kernel's name for the user, whatever the environment claims`()
    throws
  {
    let actor = KernelIdentity.current(
      environment: [
        "USER": "ceo", "LOGNAME": "ceo", "SUDO_USER": "mallory",
        "SSH_CONNECTION": "203.0.113.7 5555 10.0.0.1 22",
      ])
    #expect(actor.uid == geteuid())
    #expect(actor.name != "ceo")
    #expect(actor.claims == ["ssh": "203.0.113.7", "sudo": "mallory"])
    #expect(KernelIdentity.current(environment: [:]).claims.isEmpty)
  }
}
