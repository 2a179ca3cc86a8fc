import Foundation
import TestSupport
import Testing

struct `Frameworks from the shell` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  private static func checklist(version: String, last: String) -> String {
    """
    id: own:demo
    version: "\(version)"
    name: Demo
    language: en
    requirements:
      - reference: A
        name: Chapter
        requirements:
          - { reference: A.1, text: Encrypt it. }
          - { reference: \(last), text: Restore the backups and see. }
    """
  }

  private func write(_ text: String, _ name: String) throws -> String {
    let path = tocsin.directory.file(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func `come in, are listed, shown, searched, exported and removed`() throws {
    let path = try write(Self.checklist(version: "1", last: "A.2"), "own.yaml")
    let first = try tocsin("import", "framework", path, "--json")
    #expect(first.status == 0)
    let summary = try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? NSDictionary
    #expect(
      summary == [
        "created": 1, "updated": 0, "unchanged": 0, "conflicts": [], "refused": [],
        "not_imported": [],
      ]
    )
    let list = try JSONSerialization.jsonObject(
      with: Data(try tocsin("framework", "list", "--json").output.utf8)
    )
    #expect(
      list as? NSArray == [
        [
          "id": "own:demo", "name": "Demo", "version": "1", "language": "en", "nodes": 3,
          "assessable": 2,
        ] as NSDictionary
      ]
    )
    #expect(
      try tocsin("framework", "show", "demo", "a.1").output
        == "A  Chapter\n  A.1  Encrypt it.\n\nEncrypt it.\n"
    )
    #expect(try tocsin("framework", "search", "back").output.hasPrefix("Demo  A.2  "))
    let exported = try tocsin("framework", "export", "own:demo").output
    let copy = try write(exported, "copy.yaml")
    #expect(try tocsin("import", "framework", copy).output.contains("unchanged 1"))
    let removed = try tocsin("framework", "remove", "own:demo").output
    #expect(removed == "own:demo, version 1: removed\n")
    #expect(try tocsin("framework", "list", "--json").output == "[]\n")
    #expect(try tocsin("undo").status == 0)
    #expect(try tocsin("framework", "show", "own:demo").status == 0)
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `in two editions are compared, and never overwrite each other`() throws {
    let old = try write(Self.checklist(version: "1", last: "A.2"), "1.yaml")
    let new = try write(Self.checklist(version: "2", last: "A.3"), "2.yaml")
    let other = try write(Self.checklist(version: "1", last: "A.9"), "3.yaml")
    #expect(try tocsin("import", "framework", old, new).output.hasPrefix("created 2,"))
    let conflict = try tocsin("import", "framework", other)
    #expect(conflict.output == "created 0, updated 0, unchanged 0, conflicts 1, refused 0\n")
    #expect(conflict.errors.contains("version 1 is in the record with other content"))
    let difference = try tocsin("framework", "diff", "own:demo@1", "own:demo@2").output
    #expect(
      difference == """
        moved    A.3  Restore the backups and see. (was A.2)
        0 added, 0 removed, 0 changed, 1 moved, 2 unchanged

        """
    )
    let vague = try tocsin("framework", "show", "own:demo")
    #expect(vague.status == 1)
    #expect(vague.errors.contains("own:demo@1, own:demo@2"))
  }

  @Test func `that are wrong are told by file and line`() throws {
    let path = try write("id: a\nversion: \"1\"\nnaem: b\n", "bad.yaml")
    let checked = try tocsin("framework", "check", path)
    #expect(checked.status == 2)
    #expect(checked.output.hasPrefix("\(path):3: unknown key naem; known are id, "))
    let refused = try tocsin("import", "framework", path)
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("refused: \(path), line 3: unknown key naem"))
    let pipe = tocsin.directory.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for format in ["ciso", "oscal", "framework"] {
      let result = try tocsin("import", format, pipe)
      #expect(result.status == 1)
      #expect(result.errors.contains("not a regular file"))
    }
  }

  @Test func `are shipped, and come in by their names`() throws {
    let shipped = try tocsin("framework", "list", "--shipped", "--json").output
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(shipped.utf8)) as? [[String: Any]]
    )
    let names = list.compactMap { $0["file"] as? String }
    #expect(names.contains("customer-data-baseline"))
    let imported = try tocsin.run(["import", "framework"] + names).output
    #expect(imported.hasPrefix("created \(names.count),"))
    #expect(try tocsin("framework", "list", "--shipped", "--json").output == "[]\n")
  }

  @Test func `are read from tables by a map`() throws {
    let path = try write("No;Says\n1;=Lock it\n2;Log it\n", "list.csv")
    let arguments = ["import", "checklist", path, "--id", "t", "--map"]
    let refused = try tocsin.run(arguments + ["text=Nothing"])
    #expect(refused.errors.contains("there is no column Nothing"))
    #expect(try tocsin.run(arguments + ["colour=No"]).status == 64)
    let map = ["reference=No", "--map", "text=Says"]
    #expect(try tocsin.run(arguments + map).output.hasPrefix("created 1,"))
    #expect(try tocsin("framework", "show", "t").output.hasSuffix("1  =Lock it\n2  Log it\n"))
  }
}
