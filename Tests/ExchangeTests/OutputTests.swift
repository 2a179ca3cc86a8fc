import Foundation
import Testing

@testable import Exchange

struct `An output file` {
  private func text(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `is written with mode 0600 and not over another without force`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/out.json"
    try OutputFile.write(Array("one".utf8), to: path, force: false)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(throws: UnwritableOutput.exists(path)) {
      try OutputFile.write(Array("two".utf8), to: path, force: false)
    }
    #expect(text(path) == "one")
    try OutputFile.write(Array("two".utf8), to: path, force: true)
    #expect(text(path) == "two")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.json"])
  }

  @Test(arguments: [false, true])
  func `never goes through a link, nor over a folder or a pipe`(force: Bool) throws {
    let folder = try TemporaryFolder()
    let target = try folder.write("precious", to: "target")
    let link = "\(folder.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/dangling",
      withDestinationPath: "\(folder.path)/nowhere"
    )
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    for path in [link, "\(folder.path)/dangling", "\(folder.path)/pipe", folder.path] {
      #expect(throws: UnwritableOutput.notAFile(path)) {
        try OutputFile.write(Array("x".utf8), to: path, force: force)
      }
    }
    #expect(text(target) == "precious")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/nowhere"))
  }

  @Test func `leaves nothing behind where the folder is missing`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: UnwritableOutput.self) {
      try OutputFile.write([], to: "\(folder.path)/no/out", force: false)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test(arguments: [
    ("0012CC25-9167", "0012CC25-9167"), ("../../etc/passwd", "%2E./../etc/passwd"), (".", "%2E"),
    ("a/b", "a%2Fb"), ("é", "%C3%A9"), ("a b", "a%20b"), ("a.b", "a.b"), ("", ""),
  ])
  func `is named so that an id is never a path`(id: String, name: String) {
    let expected = name.replacing("/", with: "%2F")
    #expect(OutputFile.name(for: id) == expected)
  }
}
