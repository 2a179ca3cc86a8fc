import Model
import Testing

struct `A control of SP 800-53` {
  @Test(arguments: [
    ("AC-3", ControlName("AC", 3)), ("AC-03", ControlName("AC", 3)),
    ("AC-3 (1)", ControlName("AC", 3, 1)), ("AC-3 (1) (a)", ControlName("AC", 3, 1)),
    ("AC-17(2)", ControlName("AC", 17, 2)), ("AC-7 a", ControlName("AC", 7)),
    ("AC-8 c\n2", ControlName("AC", 8)), ("AC-7 (a)", ControlName("AC", 7)),
    ("IA-5(1)(d)", ControlName("IA", 5, 1)), ("IA-5(f)", ControlName("IA", 5)),
    ("ac-2.1", ControlName("AC", 2, 1)), ("ac-2", ControlName("AC", 2)),
    ("ac-1.a.1_obj.1", ControlName("AC", 1)), ("CM-6.1(iv)", ControlName("CM", 6)),
    ("AC-6  (9)", ControlName("AC", 6, 9)), (" SI-4 (23)", ControlName("SI", 4, 23)),
  ])
  func `is read in every way in which scanners write it`(text: String, name: ControlName) {
    #expect(ControlName(reading: text) == name)
  }

  @Test(arguments: [
    "", "AC", "AC-", "AC-0", "AC-x", "ZZ-1", "PR.AC-1", "ID.AM-1", "Rev_4", "AC-1234",
  ])
  func `is not read out of other names`(text: String) {
    #expect(ControlName(reading: text) == nil)
  }
}

struct `A pattern of a map` {
  @Test(arguments: [
    ("", "", true), ("*", "", true), ("*", "anything", true), ("a*", "abc", true),
    ("a*c", "abc", true), ("a*c", "abd", false), ("a?c", "abc", true), ("a?c", "ac", false),
    ("*a*b", "xxaxxb", true), ("*a*b", "xxbxxa", false), ("abc", "ab", false),
    ("*_rule_sshd_*", "content_rule_sshd_x", true), ("a**b", "ab", true), ("?", "", false),
  ])
  func `stands for what it is written for`(pattern: String, text: String, fits: Bool) {
    #expect(ScanMap.fits(Array(text.utf8), Array(pattern.utf8)) == fits)
  }

  @Test func `with many stars takes no time to speak of`() {
    let pattern = Array(String(repeating: "a*", count: 40).utf8) + [98]
    let text = Array(String(repeating: "a", count: 2_000).utf8)
    #expect(!ScanMap.fits(text, pattern))
  }
}

struct `A rule of a scanner` {
  private static let targets = ["AC-3", "AC-3(4)", "CM-6", "1.1.4", "sshd_port"].enumerated().map {
    ScanMatching.Target(place: $0.offset, reference: $0.element, identifier: "own-\($0.offset)")
  }

  private static func places(
    _ id: String,
    _ tags: [ScanTag] = [],
    map: ScanMap = ScanMap()
  ) throws -> [Int] {
    var item = ScanItem(id: id, outcome: .fail, word: "fail")
    item.tags = tags
    return try ScanMatching(targets, map: map).places(of: item)
  }

  @Test(arguments: [
    ("CCI-000366", [2]), ("CCI-000213", [0]), ("CCI-002165", [1]), ("CCI-000001", []),
    ("cci-000366", []), ("CCI-", []),
  ])
  func `without controls speaks of those that its CCIs are parts of`(cci: String, places: [Int])
    throws
  {
    #expect(try Self.places("r", [ScanTag(.cci, cci)]) == places)
  }

  @Test func `speaks of its controls, an enhancement that is not asked of its control`() throws {
    #expect(try Self.places("r", [ScanTag(.nist, "AC-3 (4)")]) == [1])
    #expect(
      try Self.places("r", [ScanTag(.nist, "AC-3 (7) (a)"), ScanTag(.nist, "CM-6 b")]) == [0, 2]
    )
    #expect(try Self.places("r", [ScanTag(.nist, "SC-8"), ScanTag(.cci, "CCI-000366")]) == [])
    #expect(try Self.places("r", [ScanTag(.reference, "AC-3")]) == [])
  }

  @Test func `speaks of the requirement that has its name, and then of no other`() throws {
    #expect(try Self.places("1.1.4", [ScanTag(.nist, "CM-6")]) == [3])
    #expect(try Self.places("OWN-2") == [2])
    #expect(try Self.places("x", [ScanTag(.stig, "1.1.4", system: "stig_id")]) == [3])
    #expect(try Self.places("xccdf_org.ssgproject.content_rule_sshd_port") == [4])
  }

  @Test func `speaks of what a map says before everything else`() throws {
    let map = ScanMap(
      rules: [
        .init(pattern: "V-7*", requirements: ["AC-3 (4)"], line: 2),
        .init(pattern: "1.1.4", requirements: [], line: 3),
      ],
      tags: [.init(pattern: "cci-000366", requirements: ["CM-6", "own-0"], line: 5)]
    )
    #expect(try Self.places("V-71849", [ScanTag(.nist, "CM-6")], map: map) == [1])
    #expect(try Self.places("1.1.4", map: map) == [])
    #expect(try Self.places("x", [ScanTag(.cci, "CCI-000366")], map: map) == [0, 2])
    #expect(try Self.places("x", [ScanTag(.nist, "AC-3")], map: map) == [0])
  }

  @Test func `is not mapped to what the audit does not have`() {
    let map = ScanMap(tags: [.init(pattern: "*", requirements: ["CM-6", "AC-99"], line: 7)])
    #expect(throws: ScanMatching.UnknownRequirement.self) {
      try ScanMatching(Self.targets, map: map)
    }
  }
}

struct `Results of a scanner` {
  private static func gathered(_ items: [ScanItem], target: String? = nil) throws -> ScanGathering {
    var gathering = ScanGathering(try ScanMatching([]), target: target, tool: "T")
    var run = ScanRun()
    (run.target, run.startedAt) = ("web-1", "2026-01-02 03:04:05")
    try gathering.take(.run(run))
    for item in items { try gathering.take(.item(item)) }
    return gathering
  }

  @Test func `of one rule become one, of which the worst counts`() throws {
    var first = ScanItem(id: "a", outcome: .pass, word: "ok")
    (first.title, first.message) = ("First", "seen 1")
    var second = ScanItem(id: "a", outcome: .fail, word: "warning")
    (second.title, second.message, second.severity) = ("Second", "seen 2", .high)
    let gathering = try Self.gathered([first, second, ScanItem(id: "b", outcome: .pass, word: "")])
    #expect(gathering.counts.total == 3)
    #expect(gathering.results.map(\.rule) == ["a", "b"])
    let result = gathering.results[0]
    #expect((result.outcome, result.word, result.severity) == (.fail, "warning", .high))
    #expect(result.message == "seen 1\nSecond: seen 2")
    #expect((result.tool, result.target) == ("T", "web-1"))
    #expect(result.at == Instant(rfc3339: "2026-01-02T03:04:05Z"))
    #expect(gathering.unmatched.map(\.rule) == ["a", "b"])
  }

  @Test func `are of the target that the officer names, and are kept to a length`() throws {
    var item = ScanItem(id: "a", outcome: .fail, word: "")
    item.message = String(repeating: "\u{1F468}\u{200D}\u{1F469}", count: 3_000)
    let result = try Self.gathered([item], target: "db-1").results[0]
    #expect(result.target == "db-1")
    #expect(result.message.count == AuditScanResult.maximumText)
  }
}
