import Foundation
import TestSupport
import Testing

struct `Status and the board's report` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  private func run(_ words: String...) throws -> String {
    let result = try tocsin.run(words)
    #expect(result.status == 0, "\(words): \(result.errors)")
    return result.output
  }

  /// The sample's store, and the arguments that name it.
  private func sample() throws -> [String] {
    ["--store", String(try tocsin("demo", "--print-path").output.dropLast())]
  }

  @Test func `call nothing good of a store in which nothing stands`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    _ = try tocsin("incident", "remove", "INC-2026-0001", "--reason", "a test")
    let text = try run("status")
    #expect(text.hasPrefix("Posture at 2026-05-18 14:40 UTC: unknown\n"))
    #expect(text.contains("never verified"))
    let line = try run("status", "--line")
    #expect(
      line.hasPrefix(
        "tocsin unknown: 6 unknown - trust, law, threats, privacy, people, openness"
      )
    )
    #expect(line.utf8.count <= 100)
    #expect(try tocsin("status", "--check").status == 0)
  }

  @Test func `say what the record knows, in three forms`() throws {
    let store = try sample()
    let text = try tocsin.run(["status"] + store)
    #expect(text.status == 0)
    #expect(text.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 24)
    #expect(text.output.contains("\nWhat would improve it most\n  "))
    #expect(text.output.contains("\nNext clocks\n  "))
    let line = try tocsin.run(["status", "--line"] + store).output
    #expect(line.utf8.count <= 100)
    #expect(line.hasPrefix("tocsin bad: "))
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try tocsin.run(["status", "--json"] + store).output.utf8)
      ) as? [String: Any]
    )
    #expect(json["state"] as? String == "bad")
    let themes = try #require(json["themes"] as? [[String: Any]])
    #expect(
      themes.compactMap { $0["theme"] as? String }
        == ["trust", "law", "threats", "privacy", "people", "openness"]
    )
    let measures = themes.flatMap { $0["measures"] as? [[String: Any]] ?? [] }
    #expect(Set(themes.compactMap { $0["state"] as? String }).count >= 2)
    #expect(
      Set(measures.compactMap { $0["state"] as? String }).isSuperset(of: [
        "good", "attention", "bad",
      ])
    )
    #expect(themes.allSatisfy { ($0["improve"] as? [Any])?.count ?? 9 <= 3 })
    let verified = try #require(json["verified"] as? [String: Any])
    #expect(verified["sound"] as? Bool == true)
    #expect(try tocsin.run(["status", "--check"] + store).status == 2)
    #expect(try tocsin.run(["status", "--all"] + store).output.contains("\nMeasures\n"))
  }

  @Test func `are refused where options contradict each other`() throws {
    #expect(try tocsin("status", "--line", "--json").status == 64)
    #expect(try tocsin("status", "--all", "--line").status == 64)
    #expect(try tocsin("report", "board", "--period", "2026-Q5").status == 64)
    #expect(try tocsin("report", "board", "--period", "2026", "--force").status == 64)
    _ = try tocsin("incident", "add", "--title", "One")
    let future = try tocsin("report", "board", "--period", "2027")
    #expect(future.status == 64)
    #expect(future.errors.hasPrefix("tocsin: 2027 has not begun yet"))
  }

  @Test func `know when the record was verified, and what that found`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    #expect(try run("doctor").contains("last verified: never verified; head 1\n"))
    #expect(try run("verify").hasPrefix("sound: 1 entries\nhead 1:"))
    #expect(try run("status", "--all").contains("verified to 1, under an hour ago"))
    #expect(
      try run("journal", "--action", "store.verify").contains("verified: sound up to entry 1")
    )
    let again = try run("verify", "--no-record")
    // Status has worked the clocks out: an entry of its own.
    #expect(again.hasPrefix("sound: 3 entries\nhead 3:"))
    #expect(try run("verify", "--read-only").hasPrefix("sound: 3 entries\n"))
    #expect(try run("verify", "--json").contains("\"entries\": 3"))
    #expect(try run("verify", "--no-record").hasPrefix("sound: 4 entries\n"))
  }

  /// The program with which somebody alters a store behind its back.
  private static let sqlite = "/usr/bin/sqlite3"

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: Self.sqlite)))
  func `find a verification that was altered`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    _ = try run("verify")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.sqlite)
    process.arguments = [
      tocsin.store,
      """
      DROP TRIGGER journalDetailIsOnlyErased;
      UPDATE journalDetail SET change = replace(change, '"head":1', '"head":9') WHERE id = 2;
      """,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let altered = try tocsin("verify", "--no-record")
    #expect(altered.status == 2)
    #expect(altered.output.hasPrefix("altered: entry 2: "), "\(altered.output)")
  }

  @Test func `write nothing into a backup that is verified`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    let copy = tocsin.directory.file("store/copy.sqlite")
    _ = try run("backup", copy)
    let before = try Data(contentsOf: URL(fileURLWithPath: copy))
    #expect(try tocsin("verify", "--store", copy).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == before)
    #expect(!FileManager.default.fileExists(atPath: copy + ".lock"))
  }

  @Test func `tell a board a period, the same bytes each time`() throws {
    let store = try sample()
    for format in ["md", "html", "json"] {
      let words = ["report", "board", "--period", "2026-Q1", "--format", format] + store
      let first = try tocsin.run(words)
      #expect(first.status == 0, "\(first.errors)")
      var later = tocsin
      later.now = "2026-06-30T09:00:00Z"
      #expect(try later.run(words).output == first.output)
      #expect(first.output.contains("2026-Q1 compared with 2025-Q4"))
    }
    let html = try tocsin.run(
      ["report", "board", "--period", "2026-Q2", "--format", "html"] + store
    ).output
    #expect(html.contains("2026-Q2 up to 2026-05-18T14:40:00Z, compared with the same part"))
    for forbidden in ["<script", "http://", "https://", "url(", "@import", "src="] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
    #expect(html.components(separatedBy: "<section class=\"sheet\">").count == 3)
    let file = tocsin.directory.file("board.html")
    let written = try tocsin.run(
      ["report", "board", "--period", "2026", "--format", "html", "--out", file] + store
    )
    #expect(written.status == 0)
    #expect(written.output == "")
    #expect(
      try tocsin.run(["report", "board", "--period", "2026", "--out", file] + store).status == 1
    )
  }

  @Test func `invent no figure where nothing is known`() throws {
    _ = try tocsin("incident", "add", "--title", "One")
    let text = try run("report", "board", "--period", "2025")
    #expect(text.contains("| Time to aware | no incident | no incident | - |"))
    #expect(text.contains("| Filed in time | nothing was filed | nothing was filed | - |"))
    #expect(text.contains("| Training in order | no staff is listed | no staff is listed | - |"))
    #expect(text.contains("| Last phishing exercise | no exercise | no exercise | - |"))
  }
}
