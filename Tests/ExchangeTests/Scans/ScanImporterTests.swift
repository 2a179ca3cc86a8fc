import Foundation
import Model
import TestSupport
import Testing

@testable import Exchange

struct `A map from rules to requirements` {
  private func read(_ text: String) throws -> ScanMap {
    try ScanMap(reading: Array(text.utf8), file: "map.yaml")
  }

  @Test func `has patterns with one requirement, several or none`() throws {
    let map = try read(
      """
      # own words
      rules:
        "SSH-*": AC-17
        PKGS-7392: [SI-2, CM-6]
      tags:
        CCI-000366: []
      """
    )
    #expect(
      map.rules == [
        .init(pattern: "SSH-*", requirements: ["AC-17"], line: 3),
        .init(pattern: "PKGS-7392", requirements: ["SI-2", "CM-6"], line: 4),
      ]
    )
    #expect(map.tags == [.init(pattern: "CCI-000366", requirements: [], line: 6)])
  }

  @Test(arguments: [
    ("rules:\n  a: b\nrulez:\n  x: y\n", "map.yaml:4: unknown key rulez; known are rules, tags"),
    ("rules:\n  a:\n    b: c\n", "map.yaml:3: text should stand here"),
    ("rules: {}\n", "map.yaml:1: a map has rules or tags, and requirements for them"),
    ("rules:\n  a: [\"\"]\n", "map.yaml:2: the reference of a requirement is empty"),
    ("rules:\n  a: [&x b, *x]\n", "map.yaml:2: "),
    ("rules:\n  a: b\n  a: c\n", "map.yaml:3: "),
  ])
  func `that is at fault is refused with file and line`(text: String, fault: String) {
    do {
      _ = try read(text)
      Issue.record("it was read")
    } catch {
      #expect("\(error)".hasPrefix(fault), "\(error)")
    }
  }

  @Test func `has no more patterns than can be looked through`() {
    let lines = (0...ScanMap.maximumPatterns).map { "  a\($0)*: b\n" }.joined()
    #expect(throws: UnreadableScanMap.self) { try read("rules:\n" + lines) }
  }
}

struct `A scan for an audit` {
  private static func importer(
    _ references: [String] = ["AC-17", "CM-7"],
    _ formats: Set<ScanFormat> = [.xccdf],
    map: ScanMap = ScanMap(),
    limits: ScanLimits = ScanLimits()
  ) throws -> ScanImporter {
    let requirements = references.map {
      Requirement(
        identifier: $0.lowercased(),
        reference: $0,
        depth: 1,
        isAssessable: true,
        texts: FrameworkTexts(name: $0)
      )
    }
    let framework = Framework(
      identifier: "f",
      version: "1",
      language: "en",
      texts: FrameworkTexts(name: "f"),
      requirements: requirements
    )
    let start = Instant(seconds: 0)
    let audit = Audit(
      id: 1,
      reference: "AUD-2026-0001",
      version: 1,
      framework: 1,
      previous: nil,
      state: .open,
      facts: AuditFacts(title: "a"),
      startedAt: start,
      updatedAt: start
    )
    let items = references.indices.map {
      AuditItem(
        id: RecordID($0 + 10),
        audit: 1,
        place: $0,
        position: $0,
        identifier: requirements[$0].identifier
      )
    }
    let content = AuditContent(
      audit: audit,
      framework: "f",
      edition: "1",
      frameworkDigest: "",
      items: items
    )
    return try ScanImporter(content, framework, formats: formats, map: map, limits: limits)
  }

  private static func file(_ bytes: [UInt8]) throws -> (TemporaryDirectory, InputFile) {
    let folder = try TemporaryDirectory()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("scan")))
    return (folder, InputFile(folder.file("scan")))
  }

  @Test func `is read with its hash, its counts and what it speaks of`() throws {
    let bytes = Array(ScanSample.benchmark.utf8)
    let (_folder, file) = try Self.file(bytes)
    defer { withExtendedLifetime(_folder) {} }
    let importer = try Self.importer()
    let plan = try importer.plan(file)
    #expect(plan.change.scan.sha256 == Digest.sha256(bytes))
    #expect(plan.change.scan.counts == ["fail": 1, "pass": 2])
    #expect(plan.change.scan.file == "scan")
    #expect(plan.change.results.map(\.target) == ["a", "b", "b"])
    // The first rule names CM-7(a); of the other only the result is known.
    #expect(plan.change.results.map(\.places) == [[1], [1], []])
    #expect(importer.items(of: plan) == [11])
    #expect(plan.unmatched.count == 1)
  }

  @Test func `of Lynis is refused without its end`() throws {
    let report = "lynis_version=3.0.9\nwarning[]=A.1|Telnet is on|-|-|\ntests_executed=A.1|\n"
    for (text, isTaken) in [(report, false), (report + "finish=true\n", true)] {
      let (_folder, file) = try Self.file(Array(text.utf8))
      defer { withExtendedLifetime(_folder) {} }
      let plan = Result { try Self.importer(["A.1"], [.lynis]).plan(file) }
      #expect(((try? plan.get()) != nil) == isTaken)
    }
  }

  @Test func `is refused where it is none, cut off, too long or of another format`() throws {
    let whole = Array(ScanSample.benchmark.utf8)
    var small = ScanLimits()
    small.maximumBytes = 100
    for (bytes, limits) in [
      ([], ScanLimits()), (Array("hello\n".utf8), ScanLimits()),
      (Array(whole.dropLast(40)), ScanLimits()), (whole, small),
      (Array(ScanSample.checklist.utf8), ScanLimits()),
    ] {
      let (_folder, file) = try Self.file(bytes)
      defer { withExtendedLifetime(_folder) {} }
      #expect(throws: ImportRefusal.self) { try Self.importer(limits: limits).plan(file) }
    }
    #expect(throws: ImportRefusal.self) { try Self.importer().plan(InputFile("/nowhere/x")) }
  }

  /// The controls of the LOW baseline that Red Hat's good run has results for, counted by hand from
  /// the file's own tags: 228 of 247 rules.
  @Test(.enabled(if: SharedData.exists("results-hdf/red_hat_good.json.gz")))
  func `of Red Hat lands on the controls that its tags name`() throws {
    let controls = [
      "AC-2", "AC-3", "AC-7", "AC-8", "AC-17", "AC-18", "AU-2", "AU-3", "AU-4", "AU-5", "AU-8",
      "AU-9", "AU-12", "CM-5", "CM-6", "CM-7", "CM-11", "IA-2", "IA-2(2)", "IA-2(12)", "IA-4",
      "IA-5(1)", "IA-7", "IA-11", "MA-4", "SC-13", "SI-2", "SI-3", "SI-4",
    ]
    let plan = try Self.importer(controls, [.hdf])
      .plan(InputFile(SharedData.url("results-hdf/red_hat_good.json.gz").path))
    #expect(
      plan.change.scan.counts == ["pass": 213, "notReviewed": 9, "notApplicable": 24, "error": 1]
    )
    #expect(plan.change.results.count { !$0.places.isEmpty } == 228)
    #expect(plan.unmatched.count == 19)
  }

  @Test(
    .enabled(if: SharedData.exists("results-xccdf/rhel_8_checklist.ckl.gz")),
    arguments: [true, false]
  )
  func `is the same packed and unpacked`(isPacked: Bool) throws {
    let path = SharedData.url("results-xccdf/rhel_8_checklist.ckl.gz").path
    let bytes = try InputFile(path).openUnpacked().all(maximumBytes: 256 << 20)
    let (_folder, file) = try Self.file(
      isPacked ? try InputFile(path).bytes(maximumBytes: 9 << 20) : bytes
    )
    defer { withExtendedLifetime(_folder) {} }
    let map = ScanMap(
      tags: [
        .init(pattern: "CCI-000366", requirements: ["CM-6"], line: 1),
        .init(pattern: "CCI-0000*", requirements: ["AC-17"], line: 2),
      ]
    )
    let plan = try Self.importer(["CM-6", "AC-17"], [.ckl], map: map).plan(file)
    #expect(plan.change.results.count == 372)
    #expect(plan.change.results.count { !$0.places.isEmpty } == 167)
  }
}
