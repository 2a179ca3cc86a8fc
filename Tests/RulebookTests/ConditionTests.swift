import Formats
import Model
import Testing

@testable import Rulebook

/// A law of one rule, with what a test puts into it.
func lawText(_ rule: String, top: String = "") -> String {
  let lines = rule.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  return """
    id: test
    title: Test law
    jurisdiction: DE
    version: 1
    source: https://example.org
    retrieved: "2026-11-23"
    \(top)
    rules:
      - id: T-ONE
        citation: s. 1
        tells: somebody
    \(lines)
    """
}

/// The answer of a law's only rule to some facts.
func answer(_ rule: String, _ facts: [String: FactInput], top: String = "") throws -> Obligation? {
  let file = try LawFile(yaml: lawText(rule, top: top), file: "test.yaml")
  var stated = Facts()
  for (key, value) in facts { try stated.state(key, value) }
  let engine = ObligationEngine(pack: RulePack(laws: [file.law]))
  return engine.obligations(for: stated, now: Instant(seconds: 1_800_000_000)).first
}

private let always = "start: unnamed\n  within: no fixed deadline"

struct `A condition` {
  @Test(
    arguments: [
      ("significant", ["significant": .flag(true)], "noFixedDeadline"),
      ("significant", ["significant": .flag(false)], "none"),
      ("significant", [:], "undetermined"),
      ("not significant", [:], "undetermined"),
      ("significant and major", ["significant": .flag(false)], "none"),
      ("significant or major", ["major": .flag(true)], "noFixedDeadline"),
      ("significant or major", ["major": .flag(false)], "undetermined"),
      ("not (significant and major)", ["major": .flag(false)], "noFixedDeadline"),
      ("risk = high", ["risk": .text("risk")], "none"),
      (
        "org.sectors has (essential, important)", ["org.sectors": .list(["important"])],
        "noFixedDeadline"
      ),
      ("org.sectors has essential", ["org.sectors": .list([])], "none"),
      ("affected.US-CA > 500", ["affected.US-CA": .integer(500)], "none"),
      ("affected.US-CA > 500", ["affected.US-CA": .integer(501)], "noFixedDeadline"),
      ("affected.US-CA >= 500", ["affected.US-CA": .integer(500)], "noFixedDeadline"),
      ("affected.US-CA > 500", ["affected.US-NY": .integer(9)], "none"),
      ("affected.US-CA > 500", ["affected.US-CA": .null], "undetermined"),
      ("affected.US-CA > 500", ["affected_total_consumers": .integer(900)], "undetermined"),
      ("affected.US-CA is unknown", ["affected.US-CA": .null], "noFixedDeadline"),
      (
        "affected.US-* > 500", ["affected.US-CA": .integer(300), "affected.US-NY": .integer(300)],
        "noFixedDeadline"
      ),
      (
        "most affected.US-* > 500",
        ["affected.US-CA": .integer(300), "affected.US-NY": .integer(300)], "none"
      ),
      (
        "most affected.US-* > 500", ["affected.US-CA": .integer(501), "affected.US-NY": .null],
        "noFixedDeadline"
      ),
      (
        "total US-* >= 500", ["affected.US-CA": .integer(499), "affected.US-NY": .null],
        "undetermined"
      ),
      (
        "total US-* >= 500", ["affected.US-CA": .integer(500), "affected.US-NY": .null],
        "noFixedDeadline"
      ),
      ("total US-* < 500", ["affected.US-CA": .integer(500), "affected.US-NY": .null], "none"),
      (
        "total US-* >= 500",
        ["affected.US-CA": .integer(900), "affected_total_consumers": .integer(10)], "none"
      ),
      (
        "affected.US-CA > 9223372036854775806", ["affected.US-CA": .integer(.max)],
        "noFixedDeadline"
      ),
    ] as [(String, [String: FactInput], String)]
  )
  func `is true, false or unknown`(
    condition: String,
    facts: [String: FactInput],
    state: String
  ) throws {
    let found = try answer("  applies: [\"\(condition)\"]\n  \(always)", facts)
    #expect(found?.state.word == state)
  }

  @Test(arguments: [
    ("aware", "there is no fact aware"),
    ("events.aware_at", "over should stand before the end"),
    ("risk = big", "big is none of unlikely, risk, high"),
    ("affected.UK > 1", "UK: the United Kingdom is GB"),
    ("affected.US-XX > 1", "US-XX: XX is no state of the US"),
    ("affected.US-CA > many", "many is no number of people"),
    ("affected.US-CA = 5", "= is none of >, >=, <, <="),
    ("significant major", "did not expect major"),
    ("(significant", ") should stand before the end"),
    ("significant and", "a condition is missing at the end"),
    ("org.sectors essential", "has should stand before essential"),
    ("sent US-CA-IND", "in should stand before US-CA-IND"),
  ])
  func `that cannot be read is refused with its line`(condition: String, reason: String) {
    let error = #expect(throws: UnreadableYAML.self) {
      try answer("  applies: [\"\(condition)\"]\n  \(always)", [:])
    }
    #expect(error?.reason == "\(condition): \(reason)")
    #expect(error?.line == 12)
  }

  @Test(arguments: [
    "significant and (major or not risk = high)", "total US-* >= 500",
    "events.classified_at over 24 h after events.aware_at", "sent late EU-GDPR-33-SA",
    "events.handled_at past limit of EU-NIS2-PROG", "org.sectors has (essential, important)",
    "most affected.US-* > 500", "affected.US-OR is unknown", "affected_total_consumers > 5",
  ])
  func `is shown as it was written`(text: String) throws {
    #expect(try ConditionParser.parse(text).text == text)
  }
}
