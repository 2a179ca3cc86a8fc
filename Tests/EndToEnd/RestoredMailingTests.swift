import Foundation
import TestSupport
import Testing

/// Telling nobody twice after a restore, as an officer does it on the command line.
struct `A restored store's mailings` {
  private let tocsin: Tocsin

  init() async throws {
    tocsin = try Tocsin()
    _ = try tocsin("incident", "list")
    try await ApprovedMailing.make(
      at: tocsin.store,
      people: 6,
      channels: ["post", "email"],
      now: "2026-05-18T10:00:00Z"
    )
  }

  private var backup: String { tocsin.directory.file("backup.sqlite") }

  /// Exports into a folder.
  private func exportPost(_ more: String..., into folder: String = "out") throws -> Tocsin.Result {
    try tocsin.run(
      [
        "mailing", "export-post", "1", "--channel", "post", "--out", tocsin.directory.file(folder),
        "--reason", "Druck AG", "--approved",
      ] + more
    )
  }

  @Test func `are held until it was said what was sent since`() throws {
    #expect(try tocsin("backup", backup).status == 0)
    #expect(try exportPost("--limit", "2").status == 0)
    let restored = try tocsin("restore", backup)
    #expect(
      restored.output.contains(
        "held: MLG-2026-0001; told since the backup, by the replaced store: 2 handed over\n"
      ),
      "\(restored)"
    )
    #expect(restored.errors.contains("tocsin mailing release MAILING"))
    #expect(try tocsin("mailing", "list").output.contains("HELD"))

    // Given: everything shows six who are approved; two of them have their letter.
    let refused = try exportPost()
    #expect(refused.status == 1)
    #expect(refused.errors.contains("MLG-2026-0001 is held"))
    for arguments in [["--nothing-since", "--reason", "I think so"], []] {
      let said = try tocsin.run(["mailing", "release", "1"] + arguments)
      #expect(said.status == (arguments.isEmpty ? 2 : 1), "\(said)")
    }
    // When
    let released = try tocsin(
      "mailing",
      "release",
      "1",
      "--uncertain",
      "--reason",
      "the replaced store"
    )
    #expect(
      released.output == """
        MLG-2026-0001: released; 2 whom the replaced store names are uncertain

        """,
      "\(released.errors)"
    )
    // Then: the others are told, and these two are not told again by themselves. The number of the batch
    // goes on behind that of the replaced store.
    #expect(try exportPost("--json", into: "later").output.contains("\"count\": 4"))
    let later = try FileManager.default.contentsOfDirectory(atPath: tocsin.directory.file("later"))
    #expect(later.contains { $0.contains("-B0002-") } && !later.contains { $0.contains("-B0001-") })
    let settled = try tocsin(
      "mailing",
      "send",
      "1",
      "--uncertain",
      "sent",
      "--reason",
      "Druck AG has them"
    )
    #expect(settled.status == 0, "\(settled.errors)")
    #expect(try tocsin("mailing", "status", "1").output.contains("  handed over: 6\n"))
    let verified = try tocsin("verify")
    #expect(verified.status == 0, "\(verified)")
  }

  @Test func `do not come back where they were erased since`() throws {
    #expect(try tocsin("backup", backup).status == 0)
    #expect(
      try tocsin("mailing", "erase", "1", "--yes-erase", "All customers").output.contains(
        "was destroyed; 6 of them were not told and never will be"
      )
    )
    let restored = try tocsin("restore", backup, "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(restored.output.utf8)) as? [String: Any]
    )
    #expect(object["erased"] as? [String] == ["MLG-2026-0001"])
    #expect((object["held"] as? [Any])?.isEmpty == true)
    #expect(try tocsin("mailing", "find", "1", "C-1").status == 1)
    #expect(try tocsin("verify").status == 0)
  }

  @Test(arguments: [
    ["--nothing-since", "--uncertain", "--reason", "x"], ["--nothing-since"], ["--reason", "x"],
  ])
  func `are released by one word with a reason`(arguments: [String]) throws {
    #expect(try tocsin.run(["mailing", "release", "1"] + arguments).status == 64)
  }
}

/// A time in the record is the host's, not one that was typed.
struct `The option --now on a real store` {
  @Test func `marks, approves, sends, proves and erases nothing`() async throws {
    var tocsin = try Tocsin()
    tocsin.now = nil
    _ = try tocsin("incident", "list")
    try await ApprovedMailing.make(at: tocsin.store, people: 3, channels: ["post"])
    let backup = tocsin.directory.file("backup.sqlite")
    #expect(try tocsin("backup", backup).status == 0)
    tocsin.now = "2026-01-01T10:00:00Z"
    let out = tocsin.directory.file("out")
    for arguments in [
      ["mailing", "mark", "1", "--state", "exempt", "--reason", "x", "--recipient", "1"],
      [
        "mailing", "export-post", "1", "--channel", "post", "--out", out, "--reason", "Druck AG",
        "--approved",
      ],
      ["mailing", "proof", "1", "--out", tocsin.directory.file("proof")],
      ["mailing", "approve", "1", "--withdraw", "--reason", "wrong"],
      ["mailing", "erase", "1", "--yes-erase", "All customers"], ["restore", backup],
    ] {
      let result = try tocsin.run(arguments)
      #expect(result.status != 0, "\(arguments): \(result)")
      if arguments[1] != "approve", arguments[1] != "proof" {
        #expect(result.errors.contains("--now is for tours and tests"), "\(arguments): \(result)")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: "\(out)/MLG-2026-0001-B0001-post.csv"))
    #expect(try tocsin("mailing", "status", "1").output.contains("  approved: 3\n"))
  }
}
