import Foundation
import TestSupport
import Testing

private let results = """
  <TestResult id="t1" start-time="2026-01-02T03:04:05Z" test-system="cpe:/a:vendor:scanner:2.1">
    <target>web-1</target>
    <rule-result idref="quiet" severity="low"><result>pass</result></rule-result>
    <rule-result idref="minor" severity="low"><result>fail</result></rule-result>
    <rule-result idref="grave" severity="high"><result>fail</result>
      <message>\u{202E}port&#9;23 is open, and so are many more ports than anybody would ever need</message>
    </rule-result>
  </TestResult>
  """

struct `tocsin show-scan` {
  @Test func `prints what is wrong first, the worst on top, within the width`() throws {
    var tocsin = try Tocsin()
    tocsin.environment["COLUMNS"] = "60"
    let shown = try tocsin("show-scan", "-", input: results)
    #expect(
      shown.output == """
        XCCDF results
          web-1; scanner 2.1; 2026-01-02T03:04:05Z
        3 results: fail 2, pass 1

        fail  high  grave
          seen: <U+202E>port  23 is open, and so are many more ports
          than anybody would ever need

        fail  low  minor

        """
    )
    #expect(
      shown.errors == "1 more are in order or were not looked at; --all shows them\n"
    )
    #expect(shown.status == 0)
    #expect(!FileManager.default.fileExists(atPath: tocsin.store))
    let all = try tocsin("show-scan", "-", "--all", input: results)
    #expect(all.output.hasSuffix("fail  low  minor\npass  low  quiet\n"))
    #expect(all.errors == "")
  }

  @Test func `prints every result with its source's word as JSON`() throws {
    let tocsin = try Tocsin()
    let shown = try tocsin("show-scan", "-", "--json", input: results)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    )
    #expect(document["format"] as? String == "xccdf")
    #expect(
      document["results"] as? [String: Int] == [
        "pass": 1, "fail": 2, "error": 0, "unknown": 0, "notApplicable": 0, "notReviewed": 0,
        "notSelected": 0, "informational": 0, "fixed": 0,
      ]
    )
    let items = try #require(document["items"] as? [[String: Any]])
    #expect(items.map { $0["id"] as? String } == ["quiet", "minor", "grave"])
    #expect(items.map { $0["source"] as? String } == ["pass", "fail", "fail"])
    // What would turn text round on a terminal is escaped, and comes back.
    #expect(!shown.output.unicodeScalars.contains("\u{202E}"))
    #expect((items[2]["message"] as? String)?.hasPrefix("\u{202E}port\t23") == true)
  }

  @Test(arguments: [
    ("<TestResult>\n<target>x", "line 2: the document ends inside <target>: it is cut off"),
    ("<!DOCTYPE a><a/>", "line 1: a document type (<!DOCTYPE), which is never read"),
    (
      "{\"profiles\":[",
      "line 1, column 14, $.profiles[0]: the text ends where a value should stand"
    ),
  ])
  func `prints nothing of a broken file but where it is broken`(text: String, reason: String) throws
  {
    let tocsin = try Tocsin()
    for arguments in [["show-scan", "-"], ["show-scan", "-", "--json"]] {
      let shown = try tocsin.run(arguments, input: Data(text.utf8))
      #expect(shown.output == "")
      #expect(
        shown.errors == "tocsin: -: \(reason)\n  what is read: tocsin show-scan --help\n"
      )
      #expect(shown.status == 1)
    }
  }

  @Test func `is in the manual, and takes no format that there is not`() throws {
    let tocsin = try Tocsin()
    #expect(try tocsin("show-scan", "x", "--format", "pdf").status == 64)
    var manual = tocsin
    manual.now = nil
    #expect(try manual("generate-manual").output.contains(".SS tocsin show\\-scan <file>"))
  }
}
