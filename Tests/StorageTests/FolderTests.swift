import Foundation
import Glibc
import Model
import Storage
import TestSupport
import Testing

struct `A folder of drafts` {
  @Test(arguments: [
    "incident/1", "../../etc/passwd", "\u{1B}[2J", "", String(repeating: "x", count: 5000), "a\0b",
  ])
  func `keeps an edit under any name until it is removed`(key: String) throws {
    let directory = try TemporaryDirectory()
    let drafts = DraftFolder(directory: directory.file("drafts"))
    #expect(drafts.load().isEmpty)
    try drafts.save(key: key, fields: ["title": "half a wo"])
    try drafts.save(key: key, fields: ["title": "half a word"])
    try drafts.save(key: "other", fields: [:])
    #expect(drafts.load().first { $0.key == key }?.fields == ["title": "half a word"])
    let names = try FileManager.default.contentsOfDirectory(atPath: drafts.directory)
    #expect(names.count == 2)
    for name in names {
      var status = stat()
      lstat("\(drafts.directory)/\(name)", &status)
      #expect(status.st_mode & 0o7777 == 0o600)
    }
    try drafts.remove(key: key)
    try drafts.remove(key: key)
    #expect(drafts.load().map(\.key) == ["other"])
  }

  @Test func `follows no planted link and reads no planted file`() throws {
    let directory = try TemporaryDirectory()
    let drafts = DraftFolder(directory: directory.file("drafts"))
    try drafts.save(key: "a", fields: ["x": "1"])
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: drafts.directory).first
    )
    let path = "\(drafts.directory)/\(name)"
    let victim = directory.file("victim")
    try Data("old".utf8).write(to: URL(fileURLWithPath: victim))
    unlink(path)
    symlink(victim, path)
    #expect(drafts.load().isEmpty)
    try drafts.save(key: "a", fields: ["x": "2"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: victim)) == Data("old".utf8))
    #expect(drafts.load().map(\.fields) == [["x": "2"]])
    try Data("{not json".utf8).write(to: URL(fileURLWithPath: "\(drafts.directory)/zz.draft"))
    #expect(drafts.load().count == 1)
  }

  @Test func `is refused where others could read it`() throws {
    let directory = try TemporaryDirectory()
    mkdir(directory.file("drafts"), 0o755)
    chmod(directory.file("drafts"), 0o755)
    let drafts = DraftFolder(directory: directory.file("drafts"))
    #expect(throws: StoreError.self) { try drafts.save(key: "a", fields: [:]) }
  }
}

struct `A folder of evidence` {
  private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func `keeps a copy under the name of its content, once, read-only`() throws {
    let directory = try TemporaryDirectory()
    let folder = EvidenceFolder(storePath: directory.file("tocsin.sqlite"))
    let file = directory.file("log; rm -rf.txt")
    try Data("abc".utf8).write(to: URL(fileURLWithPath: file))
    #expect(!folder.contains(Self.abc))
    for _ in 0..<2 {
      let (hex, size) = try folder.add(file)
      #expect(hex == Self.abc)
      #expect(size == 3)
    }
    #expect(folder.path(of: Self.abc).hasSuffix("/evidence/sha256/ba/78/\(Self.abc)"))
    var status = stat()
    lstat(folder.path(of: Self.abc), &status)
    #expect(status.st_mode & 0o7777 == 0o400)
    #expect(try folder.verify(Self.abc))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.directory)
    #expect(names == ["sha256"])

    chmod(folder.path(of: Self.abc), 0o600)
    try Data("abd".utf8).write(to: URL(fileURLWithPath: folder.path(of: Self.abc)))
    #expect(try !folder.verify(Self.abc))
    #expect(try !folder.verify(Self.empty))
  }

  @Test func `hashes in a stream with progress that can stop it`() throws {
    let directory = try TemporaryDirectory()
    let file = directory.file("big")
    try Data(repeating: 7, count: 5_000_000).write(to: URL(fileURLWithPath: file))
    let seen = Collected()
    let (_, size) = try FileDigest.sha256(path: file) { done, total in
      seen.add(done)
      return total == 5_000_000
    }
    #expect(size == 5_000_000)
    #expect(seen.ids.count >= 5)
    #expect(throws: CancellationError.self) {
      try FileDigest.sha256(path: file) { done, _ in done < 2_000_000 }
    }
    let folder = EvidenceFolder(storePath: directory.file("tocsin.sqlite"))
    #expect(throws: CancellationError.self) { try folder.add(file) { done, _ in done == 0 } }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.directory).isEmpty)
    let none = directory.file("none")
    try Data().write(to: URL(fileURLWithPath: none))
    #expect(try FileDigest.sha256(path: none).hex == Self.empty)
  }

  @Test(arguments: ["pipe", "folder", "link", "/dev/zero", "missing"])
  func `takes plain files only, and never hangs`(kind: String) throws {
    let directory = try TemporaryDirectory()
    let path = kind.hasPrefix("/") ? kind : directory.file(kind)
    switch kind {
    case "pipe": mkfifo(path, 0o600)
    case "folder": mkdir(path, 0o700)
    case "link": symlink("/etc/hostname", path)
    default: break
    }
    #expect(throws: StoreError.self) { try FileDigest.sha256(path: path) }
  }
}
