import Foundation
import TestSupport
import Testing

struct `Commands about rules` {
  private let tocsin: Tocsin
  private var rules: String { tocsin.directory.file("ours") }

  init() throws {
    tocsin = try Tocsin()
    try FileManager.default.createDirectory(
      atPath: "\(rules)/laws",
      withIntermediateDirectories: true
    )
  }

  private func write(hours: Int, due: String?) throws {
    let cases =
      due.map {
        """

        cases:
          - name: by hand
            facts: { events.aware_at: "2026-05-15T10:00:00Z" }
            expect: { OUR-1: due \($0) }
        """
      } ?? ""
    try """
    id: ours
    title: House rules
    jurisdiction: CONTRACT
    version: 1
    source: https://example.org
    retrieved: "2026-05-18"
    rules:
      - id: OUR-1
        citation: house rule 1
        tells: the insurer
        start: events.aware_at
        within: \(hours) h\(cases)
    """.write(toFile: "\(rules)/laws/ours.yaml", atomically: false, encoding: .utf8)
  }

  @Test func `check fails where an own rule fails its own cases, and everything says so`() throws {
    try write(hours: 72, due: "2026-05-19T10:00:00Z")
    let check = try tocsin("rules", "check", "--rules", rules)
    #expect(check.status == 1)
    #expect(
      check.output.contains(
        "ours.yaml:16: by hand: OUR-1: expected due 2026-05-19T10:00:00Z, "
          + "was due 2026-05-18T10:00:00Z"
      )
    )
    let list = try tocsin("rules", "list", "OUR-1", "--rules", rules).output
    #expect(list.contains("own, fails its own cases"))
    let show = try tocsin("rules", "show", "OUR-1", "--rules", rules).output
    #expect(show.contains("confidence: low\n"))
    #expect(show.contains("verified: not verified by counsel\n"))
    let facts = #"{"events":{"aware_at":"2026-05-15T10:00:00Z"}}"#
    let answer = try tocsin(
      "obligations",
      "--facts",
      "-",
      "--rules",
      rules,
      input: facts
    ).output
    #expect(answer.contains("ours.yaml; it fails its own cases\n"))
  }

  @Test func `check passes own rules without cases, and names them`() throws {
    try write(hours: 72, due: nil)
    let check = try tocsin("rules", "check", "--rules", rules)
    #expect(check.status == 0)
    #expect(check.output.contains("OUR-1: no case tests this rule\n"))
  }

  @Test func `list the facts that can be stated, from the one table`() throws {
    let table = try tocsin("rules", "facts").output
    for text in [
      "events.aware_at", "affected.<jurisdiction>", "Was the key taken as well?",
      "risk: unlikely, risk, high\n", "org.sectors: aifm, apra_regulated", "jurisdictions: ",
      "EU-DE", "US-CA",
    ] {
      #expect(table.contains(text), "\(text)")
    }
    let json = try object(tocsin("rules", "facts", "risk", "--json").output)
    let facts = try #require(json["facts"] as? [[String: Any]])
    let risk = try #require(facts.first { $0["key"] as? String == "risk" })
    #expect(risk["type"] as? String == "word")
    #expect(risk["words"] as? [String] == ["unlikely", "risk", "high"])
    let result = try tocsin("obligations", "--facts", "-", input: #"{"rsik":"high"}"#)
    #expect(result.status == 1)
    #expect(
      result.errors
        == "tocsin: -: rsik: there is no fact of this name; risk is near\n"
        + "  the keys are listed by: tocsin rules facts\n"
    )
    let trade = try tocsin("obligations", "--facts", "-", input: #"{"org":{"sectors":["bnk"]}}"#)
    #expect(trade.status == 1)
    #expect(trade.errors.hasPrefix("tocsin: -: org.sectors: no rule knows the sector bnk\n"))
    #expect(try tocsin("generate-manual").output.contains("tocsin rules facts"))
  }

  @Test func `are told to the dashboard as to every command`() throws {
    try write(hours: 72, due: nil)
    let tape = tocsin.directory.file("t.tape")
    try "Type \":rules\\n\"\n".write(toFile: tape, atomically: false, encoding: .utf8)
    let missing = try tocsin("--rules", "\(rules)/nowhere", "--play", tape, "--svg", "/dev/null")
    #expect(missing.status == 1)
    #expect(missing.errors.contains("there is no folder of rules \(rules)/nowhere"))
  }

  @Test func `refuse an installed rulebook that lost a file, in doctor and check alike`() throws {
    // Given a copy laid out as `make install` does.
    var tocsin = tocsin
    let share = tocsin.directory.file("share")
    let source = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../Sources/Rulebook").standardized.path
    try FileManager.default.createDirectory(atPath: share, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: source, toPath: "\(share)/rules")
    try tocsin("generate-manifest", source).output
      .write(toFile: "\(share)/rules/MANIFEST", atomically: false, encoding: .utf8)
    tocsin.environment["TOCSIN_SHARE"] = share
    #expect(try tocsin("rules", "list", "US-CA").status == 0)
    // When a file goes.
    let file = "\(share)/rules/Laws/us-ca.yaml"
    try FileManager.default.removeItem(atPath: file)
    // Then everybody says which.
    let words = "\(file):1: missing, though it was installed; install Tocsin again"
    let check = try tocsin("rules", "check")
    #expect((check.status, check.output) == (1, words + "\n"))
    let list = try tocsin("rules", "list")
    #expect(list.status == 1)
    #expect(list.errors.contains(words))
    let doctor = try tocsin("doctor")
    #expect(doctor.status == 2)
    #expect(doctor.output.contains("! rulebook: \(words)\n"))
  }
}
