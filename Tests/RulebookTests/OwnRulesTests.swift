import Formats
import Foundation
import Model
import Rulebook
import TestSupport
import Testing

/// A shipped rulebook of one law, and an organisation's folder, both to be meddled with.
private struct Folders {
  let directory: TemporaryDirectory
  var shipped: String { directory.file("shipped") }
  var own: String { directory.file("own") }

  init() throws {
    directory = try TemporaryDirectory()
    for kind in ["Laws", "Calendars", "Contents", "Authorities", "Templates"] {
      try FileManager.default.createDirectory(
        atPath: "\(shipped)/\(kind)",
        withIntermediateDirectories: true
      )
    }
    try FileManager.default.createDirectory(
      atPath: "\(own)/laws",
      withIntermediateDirectories: true
    )
    try write(Folders.law("aa", "AA-1"), to: "shipped/Laws/aa.yaml")
    try write(Folders.law("bb", "BB-1"), to: "shipped/Laws/bb.yaml")
  }

  func write(_ text: String, to path: String) throws {
    try text.write(toFile: directory.file(path), atomically: false, encoding: .utf8)
  }

  func install() throws {
    try write(try RulebookManifest.text(of: shipped), to: "shipped/MANIFEST")
  }

  static func law(_ id: String, _ rule: String, hours: Int = 72, due: String? = nil) -> String {
    let cases =
      due.map {
        """

        cases:
          - name: by hand
            facts: { events.aware_at: "2026-05-15T10:00:00Z" }
            expect: { \(rule): due \($0) }
        """
      } ?? ""
    return """
      id: \(id)
      title: Law \(id)
      jurisdiction: CONTRACT
      version: 1
      source: https://example.org
      retrieved: "2026-05-18"
      rules:
        - id: \(rule)
          citation: clause 1
          tells: somebody
          start: events.aware_at
          within: \(hours) h\(cases)

      """
  }
}

private func faults(_ body: () throws -> Rulebook) -> [String] {
  do {
    _ = try body()
    return []
  } catch let error as Rulebook.Faults {
    return error.description.split(separator: "\n").map(String.init)
  } catch {
    return ["\(error)"]
  }
}

struct `An installed rulebook` {
  @Test func `is read where it is what was installed`() throws {
    let folders = try Folders()
    try folders.install()
    let book = try Rulebook(shipped: folders.shipped, isInstalled: true)
    #expect(book.pack.rules.map(\.rule.id) == ["AA-1", "BB-1"])
  }

  @Test func `is refused by the name of the file that is missing, altered, cut off or new`() throws
  {
    let changes: [(String, (Folders) throws -> Void, String)] = [
      (
        "Laws/bb.yaml",
        { try FileManager.default.removeItem(atPath: "\($0.shipped)/Laws/bb.yaml") },
        "missing, though it was installed"
      ),
      (
        "Laws/bb.yaml",
        { try $0.write(Folders.law("bb", "BB-1", hours: 73), to: "shipped/Laws/bb.yaml") },
        "altered or cut off since it was installed"
      ),
      (
        "Laws/bb.yaml", { try $0.write("id: bb\ntitle: La", to: "shipped/Laws/bb.yaml") },
        "altered or cut off since it was installed"
      ),
      (
        "Laws/cc.yaml", { try $0.write(Folders.law("cc", "CC-1"), to: "shipped/Laws/cc.yaml") },
        "was not installed"
      ),
      (
        "MANIFEST", { try FileManager.default.removeItem(atPath: "\($0.shipped)/MANIFEST") },
        "missing: nothing says which rules should be here"
      ),
    ]
    for (file, change, reason) in changes {
      let folders = try Folders()
      try folders.install()
      try change(folders)
      let found = faults { try Rulebook(shipped: folders.shipped, isInstalled: true) }
      #expect(found.count == 1, "\(file)")
      #expect(found.first?.hasPrefix("\(folders.shipped)/\(file):1: \(reason)") == true, "\(found)")
    }
  }

  @Test func `is refused where its manifest was cut off`() throws {
    let folders = try Folders()
    try folders.install()
    let text = try RulebookManifest.text(of: folders.shipped)
    for length in [text.count - 1, text.count - 20, 10, 0] {
      try folders.write(String(text.prefix(length)), to: "shipped/MANIFEST")
      #expect(!faults { try Rulebook(shipped: folders.shipped, isInstalled: true) }.isEmpty)
    }
  }

  @Test func `leaves own rules free, and a source tree without a manifest`() throws {
    let folders = try Folders()
    _ = try Rulebook(shipped: folders.shipped)
    try folders.install()
    try folders.write(Folders.law("ours", "OUR-1"), to: "own/laws/ours.yaml")
    let book = try Rulebook(shipped: folders.shipped, own: folders.own, isInstalled: true)
    #expect(book.pack.rule("OUR-1") != nil)
  }

  @Test func `has every file of the shipped one in its manifest`() throws {
    let lines = try RulebookManifest.text(of: Shipped.folder).split(separator: "\n")
    let book = try Shipped.rulebook.get()
    #expect(lines.count(where: { $0.contains("  Laws/") }) == book.laws.count)
    #expect(lines.count(where: { $0.contains("  Calendars/") }) == book.calendars.count)
  }
}

struct `An organisation's own rule` {
  private func book(_ due: String?, _ confidence: String = "") throws -> (Rulebook, Folders) {
    let folders = try Folders()
    try folders.write(
      confidence + Folders.law("ours", "OUR-1", due: due),
      to: "own/laws/ours.yaml"
    )
    return (try Rulebook(shipped: folders.shipped, own: folders.own), folders)
  }

  private func answer(_ book: Rulebook) throws -> Obligation? {
    var facts = Facts()
    try facts.state("events.aware_at", .text("2026-06-01T00:00:00Z"))
    return ObligationEngine(pack: book.pack)
      .obligations(for: facts, now: Instant(seconds: 1_790_000_000)).first { $0.id == "OUR-1" }
  }

  @Test func `is trusted as far as its file says where its cases come out right`() throws {
    for (line, confidence) in [
      ("", Rule.Confidence.high), ("confidence: medium\n", .medium), ("confidence: low\n", .low),
    ] {
      let (book, folders) = try book("2026-05-18T10:00:00Z", line)
      let found = try #require(try answer(book))
      #expect(found.confidence == confidence)
      #expect(found.because.last == "rule of the organisation: \(folders.own)/laws/ours.yaml")
      #expect(book.pack.rule("OUR-1")?.law.verified == Law.unverified)
    }
  }

  @Test func `says wherever it answers that it fails its own cases, and is trusted little`() throws
  {
    let (book, folders) = try book("2026-05-19T10:00:00Z")
    let found = try #require(try answer(book))
    #expect(found.confidence == .low)
    #expect(
      found.because.last
        == "rule of the organisation: \(folders.own)/laws/ours.yaml; it fails its own cases"
    )
    #expect(
      book.failedCases().map(\.reason) == [
        "by hand: OUR-1: expected due 2026-05-19T10:00:00Z, was due 2026-05-18T10:00:00Z; "
          + "because rule of the organisation: \(folders.own)/laws/ours.yaml; it fails its own cases"
      ]
    )
  }

  @Test func `says that no case tests it`() throws {
    let (book, folders) = try book(nil)
    #expect(
      try answer(book)?.because.last
        == "rule of the organisation: \(folders.own)/laws/ours.yaml; "
        + "it has no case that tests it"
    )
  }

  @Test func `is not read through a link that leads out of the folder`() throws {
    let folders = try Folders()
    try folders.write(Folders.law("ours", "OUR-1"), to: "elsewhere.yaml")
    try folders.write(Folders.law("here", "OUR-2"), to: "own/laws/here.yaml")
    let link = "\(folders.own)/laws/ours.yaml"
    try FileManager.default.createSymbolicLink(
      atPath: link,
      withDestinationPath: folders.directory.file("elsewhere.yaml")
    )
    let found = faults { try Rulebook(shipped: folders.shipped, own: folders.own) }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("\(link):1: not followed: a link that leads out of") == true)
    // Within the folder a link is as good as a file.
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.moveItem(
      atPath: "\(folders.own)/laws/here.yaml",
      toPath: "\(folders.own)/kept.yaml"
    )
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../kept.yaml")
    let book = try Rulebook(shipped: folders.shipped, own: folders.own)
    #expect(book.pack.rule("OUR-2") != nil)
  }
}
