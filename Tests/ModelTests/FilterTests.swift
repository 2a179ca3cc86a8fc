import Model
import Testing

private let reading = TimeReading(
  now: Instant(milliseconds: 1_779_114_600_000),
  zone: .offset(minutes: 120)
)

private func time(_ text: String) throws -> StatedTime { try StatedTime(reading: text, reading) }

struct `A filter` {
  @Test(
    arguments: [
      ("", []),
      ("  \t ", []),
      ("ledger", [Filter.Term(.contains("ledger"))]),
      ("Ledger leak", [Filter.Term(.contains("Ledger")), Filter.Term(.contains("leak"))]),
      ("\"two words\"", [Filter.Term(.contains("two words"))]),
      ("!test", [Filter.Term(.contains("test"), negated: true)]),
      ("~dblk", [Filter.Term(.fuzzy("dblk"))]),
      ("!~dblk", [Filter.Term(.fuzzy("dblk"), negated: true)]),
      ("state:triage", [Filter.Term(.field(.state, "triage"))]),
      ("STATE:Triage", [Filter.Term(.field(.state, "triage"))]),
      ("!severity:none", [Filter.Term(.field(.severity, "none"), negated: true)]),
      ("outcome:near-miss", [Filter.Term(.field(.outcome, "near-miss"))]),
      (
        "is:open has:tasks", [Filter.Term(.field(.is, "open")), Filter.Term(.field(.has, "tasks"))]
      ),
      ("tag:\"card data\"", [Filter.Term(.field(.tag, "card data"))]),
      ("tag:a:b", [Filter.Term(.field(.tag, "a:b"))]),
      (
        "affected>=12_000_000_000",
        [Filter.Term(.number(.affected, .greaterOrEqual, 12_000_000_000))]
      ),
      ("affected:0", [Filter.Term(.number(.affected, .equal, 0))]),
      ("affected=5", [Filter.Term(.number(.affected, .equal, 5))]),
      ("\"state:triage\"", [Filter.Term(.contains("state:triage"))]),
      ("14:30", [Filter.Term(.contains("14:30"))]),
      ("\"say \\\"yes\\\" \\\\ no\"", [Filter.Term(.contains("say \"yes\" \\ no"))]),
      ("10.0.0.1", [Filter.Term(.contains("10.0.0.1"))]),
      ("Zürich", [Filter.Term(.contains("Zürich"))]),
    ] as [(String, [Filter.Term])]
  )
  func `is read term by term`(text: String, terms: [Filter.Term]) throws {
    let filter = try Filter(parsing: text, reading)
    #expect(filter.terms == terms)
    #expect(try Filter(parsing: filter.text, reading) == filter)
  }

  @Test(arguments: [
    ("opened>2026-01", FilterField.opened, Filter.Comparison.greater, "2026-01"),
    ("aware<=2026-05-18", .aware, .lessOrEqual, "2026-05-18"),
    ("occurred:2025", .occurred, .equal, "2025"),
    ("updated>-3h", .updated, .greater, "-3h"),
    ("opened<\"March 2025\"", .opened, .less, "March 2025"),
    ("opened>=\"2026-05-18 14:30 +02:00\"", .opened, .greaterOrEqual, "2026-05-18 14:30 +02:00"),
  ])
  func `compares times`(
    text: String,
    field: FilterField,
    comparison: Filter.Comparison,
    words: String
  ) throws {
    let filter = try Filter(parsing: text, reading)
    #expect(filter.terms == [Filter.Term(.time(field, comparison, try time(words)))])
    #expect(filter.text == text)
  }

  @Test(arguments: [
    ("  a   \"b\"  ", "a b"),
    ("State:CLOSED", "state:closed"),
    ("affected=1_000", "affected:1000"),
    ("\"<b>\"", "\"<b>\""),
    ("\"!x\" \"~y\"", "\"!x\" \"~y\""),
    ("tag:\"x\"", "tag:x"),
  ])
  func `has one canonical text`(text: String, canonical: String) throws {
    #expect(try Filter(parsing: text, reading).text == canonical)
  }

  @Test(arguments: [
    ("a foo:bar", 2, "there is no field foo"),
    ("state:opne", 6, "state is never opne"),
    ("state>open", 5, "state has no order"),
    ("state:", 6, "state without a value"),
    ("opened>03/04/2025", 7, "03/04/2025 is not a time"),
    ("affected>many", 9, "many is not a number"),
    ("affected>99999999999999999999", 9, "99999999999999999999 is not a number"),
    ("affected>-1", 9, "-1 is not a number"),
    ("\"open", 0, "this quote has no end"),
    ("\"a\"b", 3, "no space after the quote"),
    ("a\"b\"", 1, "a quote inside a word"),
    ("!!a", 1, "a second !"),
    ("!", 0, "nothing after !"),
    ("~", 1, "nothing after ~"),
    ("\"\"", 0, "nothing to look for"),
  ])
  func `that cannot be read says where, what and what would do`(
    text: String,
    position: Int,
    problem: String
  ) {
    let error = #expect(throws: UnreadableFilter.self) { try Filter(parsing: text, reading) }
    #expect(error?.position == position)
    #expect(error?.problem == problem)
    #expect(error?.advice.isEmpty == false)
  }

  @Test func `has bounds for length and terms`() {
    #expect(throws: UnreadableFilter.self) {
      try Filter(parsing: String(repeating: "x", count: 4097), reading)
    }
    #expect(throws: UnreadableFilter.self) {
      try Filter(parsing: String(repeating: "x ", count: 65), reading)
    }
    #expect(throws: Never.self) { try Filter(parsing: String(repeating: "x ", count: 64), reading) }
  }

  @Test func `advises on every closed word in the error`() {
    let error = #expect(throws: UnreadableFilter.self) { try Filter(parsing: "is:red", reading) }
    #expect(error?.advice == "give one of open, closed, removed, imported, drill")
  }

  @Test(arguments: [
    ("st", 2, ["state:"]),
    ("a st", 4, ["state:"]),
    ("!st", 3, ["!state:"]),
    ("state:c", 7, ["state:confirmed", "state:contained", "state:closed"]),
    ("STATE:CL", 8, ["state:closed"]),
    ("a", 1, ["asset:", "aware:", "affected:"]),
    ("opened>t", 8, ["opened>today"]),
    ("affected", 8, ["affected:", "affected>", "affected>=", "affected<", "affected<="]),
    ("tag:x", 5, []),
    ("\"state", 6, []),
    ("state:closed", 12, []),
    ("is: x", 3, ["is:open", "is:closed", "is:removed", "is:imported", "is:drill"]),
  ])
  func `completes the term before the cursor`(text: String, cursor: Int, expected: [String]) {
    #expect(Filter.completions(for: text, at: cursor) == expected)
  }

  @Test(arguments: [("", 0, 0), ("ab cd", 5, 3), ("ab cd", 2, 0), ("a \"b c", 6, 2), ("a ", 2, 2)])
  func `knows where the term before the cursor starts`(text: String, cursor: Int, start: Int) {
    #expect(Filter.termStart(in: text, at: cursor) == start)
  }
}
