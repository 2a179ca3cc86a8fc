import Foundation
import TestSupport
import Testing

struct `The journal, verify, backup and restore` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  @Test func `list what was done, newest first, and from where`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    _ = try tocsin("incident", "edit", "INC-2026-0001", "--severity", "high")
    _ = try tocsin("incident", "add", "--title", "Two")
    let lines = try list(tocsin("journal", "--json").output)
    #expect(lines.compactMap { $0["sequence"] as? Int } == [3, 2, 1])
    #expect(
      lines.compactMap { $0["origin"] as? String }
        == ["incident add --now", "incident edit --now", "incident add --now"]
    )
    let actor = try #require(lines[0]["actor"] as? [String: Any])
    #expect(actor["uid"] as? UInt32 == geteuid())
    let table = try tocsin("journal", "--incident", "INC-2026-0001", "--limit", "1").output
    #expect(table.hasSuffix("  edited severity\n"))
    #expect(table.split(separator: "\n").count == 2)
    #expect(try list(tocsin("journal", "--action", "incident.open", "--json").output).count == 2)
    #expect(try list(tocsin("journal", "--since", "2026-05-19", "--json").output).isEmpty)
  }

  @Test func `keep what the environment says about who acts as a claim`() throws {
    var forged = tocsin
    forged.environment["USER"] = "mallory"
    forged.environment["LOGNAME"] = "mallory"
    forged.environment["SUDO_USER"] = "ada"
    _ = try forged("incident", "add", "--title", "One")
    let actor = try #require(
      try list(tocsin("journal", "--json").output).first?["actor"] as? [String: Any]
    )
    #expect(actor["name"] as? String != "mallory")
    #expect((actor["claims"] as? [String: String])?["sudo"] == "ada")
  }

  @Test(arguments: [["incident", "list"], ["organisation", "show"], ["journal"], ["clocks"]])
  func `refuse a store that is named and not there, and make none`(arguments: [String]) throws {
    let missing = tocsin.directory.file("mistyped.sqlite")
    let result = try tocsin.run(arguments + ["--store", missing])
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("tocsin: there is no store \(missing)\n"))
    #expect(!FileManager.default.fileExists(atPath: missing))
  }

  @Test func `find an altered entry, and name it`() throws {
    for title in ["One", "Two", "Three"] { _ = try tocsin("incident", "add", "--title", title) }
    let sound = try tocsin("verify")
    #expect(sound.status == 0)
    #expect(sound.output.hasPrefix("sound: 3 entries\nhead 3:"))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: tocsin.store))
    // The origin of one entry, as nobody but an outsider would write it.
    let origin = Data("incident add --now".utf8)
    let place = try #require(bytes.lastRange(of: origin), "the journal lies in the file")
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(fileURLWithPath: tocsin.store))
    let altered = try tocsin("verify", "--json")
    #expect(altered.status == 2)
    let report = try object(altered.output)
    #expect(report["sound"] as? Bool == false)
    #expect((report["first_bad"] as? [String: Any])?["sequence"] as? Int != nil)
    // Nothing is chained to it; a file beside it says so until it is sound again.
    let kept = tocsin.store + ".unsound"
    let mode = try FileManager.default.attributesOfItem(atPath: kept)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try tocsin("status", "--all").output.contains("altered: found under an hour ago"))
    let doctor = try tocsin("doctor")
    #expect(doctor.output.contains("altered: found under an hour ago"))
    bytes = try Data(contentsOf: URL(fileURLWithPath: tocsin.store))
    while let altered = bytes.firstRange(of: Data([origin[0] ^ 1]) + origin.dropFirst()) {
      bytes[altered.lowerBound] ^= 1
    }
    try bytes.write(to: URL(fileURLWithPath: tocsin.store))
    #expect(try tocsin("verify").status == 0)
    #expect(!FileManager.default.fileExists(atPath: kept))
    #expect(try tocsin("status", "--all").output.contains("verified to "))
  }

  @Test func `keep nothing beside a store where nothing may be written`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: tocsin.store))
    let place = try #require(bytes.lastRange(of: Data("incident add --now".utf8)))
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(fileURLWithPath: tocsin.store))
    for option in ["--no-record", "--read-only"] {
      #expect(try tocsin("verify", option).status == 2)
      #expect(!FileManager.default.fileExists(atPath: tocsin.store + ".unsound"))
    }
  }

  @Test func `notice by a head that was kept elsewhere that the journal was cut off`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    let copy = tocsin.directory.file("old.sqlite")
    _ = try tocsin("backup", copy)
    _ = try tocsin("incident", "add", "--title", "Two")
    let head = try #require(
      try tocsin("verify").output.split(separator: "\n").last?.dropFirst("head ".count)
    )
    #expect(try tocsin("verify", "--witness", String(head)).status == 0)
    #expect(try tocsin("verify", "--store", copy, "--witness", String(head)).status == 2)
  }

  @Test func `put a backup back, keep what it replaced, and say so in the journal`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    let copy = tocsin.directory.file("copy.sqlite")
    let backup = try tocsin("backup", copy)
    #expect(backup.status == 0)
    #expect(backup.output.hasPrefix("\(copy): 1 incidents, "))
    #expect(try tocsin("backup", copy).status == 1)
    #expect(try tocsin("backup", copy, "--force").status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    _ = try tocsin("incident", "add", "--title", "Two")
    let restored = try object(tocsin("restore", copy, "--json").output)
    #expect(restored["backup_head"] as? Int == 1)
    #expect(restored["replaced_head"] as? Int == 2)
    #expect(try tocsin("incident", "list", "--count").output == "1\n")
    #expect(try tocsin("journal", "--limit", "1").output.contains("restored from a backup"))
    #expect(try tocsin("verify").status == 0)
    let kept = try #require(restored["kept_as"] as? String)
    #expect(try tocsin("incident", "list", "--count", "--store", kept).output == "2\n")
  }

  @Test func `tell how everything stands`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    let facts = try object(tocsin("doctor", "--json").output)
    let store = try #require(facts["store"] as? [String: Any])
    #expect(store["pragma synchronous"] as? String == "2")
    #expect(store["pragma journal_mode"] as? String == "wal")
    #expect(store["SQLite's defensive mode"] as? String == "on")
    #expect(store["records, incident"] as? String == "1")
    let program = try #require(facts["program"] as? [String: String])
    #expect(program["core dumps and tracing"] == "off")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: tocsin.store)
    let open = try tocsin("doctor")
    #expect(open.status == 2)
    #expect(open.output.contains("chmod"), "\(open.output)")
  }

  @Test func `refuse what alters the record where only reading was asked for`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    for arguments in [
      ["incident", "add", "--title", "Two"], ["incident", "edit", "INC-2026-0001", "--title", "x"],
      ["incident", "note", "INC-2026-0001", "x"], ["undo"], ["restore", tocsin.store],
    ] {
      let result = try tocsin.run(arguments + ["--read-only"])
      #expect(result.status == 1, "\(arguments) \(result)")
      #expect(result.output == "")
    }
    #expect(try tocsin("incident", "list", "--count", "--read-only").output == "1\n")
  }
}

/// Connections between records.
struct `Links` {
  private let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  @Test func `are seen from both ends, and can be taken away`() throws {
    _ = try tocsin("incident", "add", "--title", "Mail")
    _ = try tocsin("incident", "add", "--title", "Logins")
    #expect(
      try tocsin("incident", "link", "INC-2026-0001", "inc-2026-0002", "--relation", "same sender")
        .status == 0
    )
    for reference in ["INC-2026-0001", "INC-2026-0002"] {
      #expect(try tocsin("incident", "show", reference).output.contains("same sender"))
    }
    #expect(
      try tocsin(
        "incident",
        "link",
        "INC-2026-0001",
        "INC-2026-0002",
        "--relation",
        "same sender",
        "--remove"
      ).status == 0
    )
    #expect(!(try tocsin("incident", "show", "INC-2026-0002").output.contains("same sender")))
  }

  @Test func `to nothing that is there are refused`() throws {
    _ = try tocsin("incident", "add", "--title", "Mail")
    #expect(try tocsin("incident", "link", "INC-2026-0001", "INC-2026-0009").status == 1)
    #expect(try tocsin("incident", "link", "INC-2026-0001", "task:7").status == 1)
    #expect(try tocsin("incident", "link", "INC-2026-0001", "somewhere").status == 64)
  }
}
