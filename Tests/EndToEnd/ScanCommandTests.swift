import Foundation
import TestSupport
import Testing

private func results(telnet: String, at day: String = "02") -> String {
  """
  <TestResult id="t" start-time="2026-01-\(day)T03:04:05Z" end-time="2026-01-\(day)T03:05:05Z"
    test-system="cpe:/a:vendor:scanner:2.1">
    <target>web-1</target>
    <rule-result idref="A.1" severity="high"><result>\(telnet)</result>
      <message>port 23</message></rule-result>
    <rule-result idref="A.2" severity="low"><result>pass</result></rule-result>
    <rule-result idref="other" severity="low"><result>fail</result></rule-result>
  </TestResult>

  """
}

struct `Scans from the shell` {
  var tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    try write("own.yaml", Self.checklist)
    #expect(try tocsin("import", "framework", tocsin.directory.file("own.yaml")).status == 0)
    #expect(try tocsin("audit", "start", "demo").output == "AUD-2026-0001\n")
  }

  private static let checklist = """
    id: own:demo
    version: "1"
    name: Demo
    language: en
    requirements:
      - { reference: A.1, text: Encrypt it. }
      - { reference: A.2, text: Restore the backups and see. }
      - { reference: AC-3, text: Let nobody in. }
    """

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: tocsin.directory.file(name)))
  }

  private func scan(_ text: String, _ more: String...) throws -> Tocsin.Result {
    try tocsin.run(
      ["import", "xccdf", "-", "--audit", "AUD-2026-0001"] + more,
      input: Data(text.utf8)
    )
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let run = try tocsin.run(arguments + ["--json"])
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    )
  }

  @Test func `say what they did, and the second time that they changed nothing`() throws {
    let foreseen = try scan(results(telnet: "fail"), "--dry-run")
    #expect(foreseen.output.hasPrefix("would be created 3, updated 0, unchanged 0, "))
    let first = try scan(results(telnet: "fail"))
    #expect(
      first.output == """
        created 3, updated 0, unchanged 0, closed 0, reopened 0, refused 0
        results: pass 1, fail 2
        matched 2, unmatched 1; findings opened 2; answers given 2, proposed 0

        """
    )
    #expect(first.errors == "unmatched: fail  other\n")
    #expect(first.status == 0)
    let second = try scan(results(telnet: "fail"))
    #expect(second.output.hasPrefix("created 0, updated 0, unchanged 3, closed 0, reopened 0, "))
    #expect(second.errors == "no rule says anything new\nunmatched: fail  other\n")
    let third = try scan(results(telnet: "pass", at: "03"))
    #expect(third.output.hasPrefix("created 0, updated 1, unchanged 2, closed 1, reopened 0, "))
    let shown = try tocsin("finding", "show", "FND-2026-0001").output
    #expect(shown.contains("state: closed (scan)\n"))
    #expect(shown.contains("reason: scanner, web-1: the rule A.1 is met (pass)\n"))
    let fourth = try scan(results(telnet: "fail", at: "04"))
    #expect(fourth.output.hasPrefix("created 0, updated 1, unchanged 2, closed 0, reopened 1, "))
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `are shown beside the answers, and by themselves`() throws {
    #expect(try scan(results(telnet: "fail")).status == 0)
    let tree = try tocsin("audit", "show", "AUD-2026-0001").output
    #expect(tree.contains("A.1  [does not conform, to do, scan: fail] Encrypt it.\n"))
    #expect(tree.contains("AC-3  [not assessed, to do] Let nobody in.\n"))
    let lines = try #require(
      try json("audit", "show", "AUD-2026-0001")["lines"] as? [[String: Any]]
    )
    let scan = (lines[0]["item"] as? [String: Any])?["scan"] as? [String: Any]
    #expect(scan?["outcome"] as? String == "fail")
    #expect(scan?["results"] as? [String: Int] == ["fail": 1])
    let item = try tocsin("audit", "show", "AUD-2026-0001", "A.1").output
    #expect(
      item.hasSuffix(
        """
        Scans        fail (1 of 1 rule)
                     A.1  scanner, web-1, FND-2026-0001 open

        """
      )
    )
    let scans = try tocsin("audit", "scans", "AUD-2026-0001")
    #expect(
      scans.output == """
        2026-05-18 14:40 UTC  scanner 2.1 on web-1: pass 1, fail 2; -, by \(NSUserName())

        fail  A.1  [A.1]  FND-2026-0001 open
        fail  other  [unmatched]  FND-2026-0002 open

        """
    )
    #expect(scans.errors == "1 more are in order or do not apply: --all\n")
    let all = try json("audit", "scans", "AUD-2026-0001")
    #expect(
      (all["results"] as? [[String: Any]])?.map { $0["source"] as? String } == [
        "fail", "fail", "pass",
      ]
    )
    let unmatched = try tocsin("audit", "scans", "AUD-2026-0001", "--unmatched").output
    #expect(unmatched.hasSuffix("\nfail  other  [unmatched]  FND-2026-0002 open\n"))
  }

  @Test func `leave a false positive closed`() throws {
    #expect(try scan(results(telnet: "fail")).status == 0)
    let close = ["finding", "close", "FND-2026-0001", "--false-positive"]
    #expect(try tocsin.run(close).errors.contains("needs a reason"))
    let closed = try tocsin.run(close + ["--reason", "port 23 is a honeypot"])
    #expect(closed.output == "FND-2026-0001: closed (false positive)\n")
    #expect(try scan(results(telnet: "pass", at: "03")).status == 0)
    let again = try scan(results(telnet: "fail", at: "04"))
    #expect(again.output.contains(", reopened 0, "))
    #expect(try json("finding", "show", "FND-2026-0001")["cause"] as? String == "false-positive")
  }

  @Test func `land where a map says, whose faults name file and line`() throws {
    try write("map.yaml", "rules:\n  \"oth*\": [AC-3, A.2]\n")
    let map = tocsin.directory.file("map.yaml")
    let mapped = try scan(results(telnet: "pass"), "--map", map)
    #expect(mapped.output.contains("matched 3, unmatched 0; "))
    #expect(try tocsin("audit", "show", "AUD-2026-0001").output.contains("AC-3  [does not conform"))
    for (text, fault) in [
      ("rules:\n  a: AC-99\n", ":2: there is no AC-99 in AUD-2026-0001\n"),
      ("rule:\n  a: A.1\n", ":2: unknown key rule; known are rules, tags\n"),
    ] {
      try write("bad.yaml", text)
      let path = tocsin.directory.file("bad.yaml")
      let refused = try scan(results(telnet: "pass"), "--map", path)
      #expect(refused.status == 1)
      #expect(refused.errors.hasPrefix("tocsin: \(path)\(fault)"), "\(refused.errors)")
    }
  }

  @Test(arguments: ["", "hello\n", "<TestResult><target>web-1</target>", "{\"profiles\":[]}"])
  func `that cannot be read are refused, and nothing is half done`(text: String) throws {
    let head = try tocsin("journal", "--json").output
    let refused = try scan(text)
    #expect(refused.status == 1)
    #expect(
      refused.output == "created 0, updated 0, unchanged 0, closed 0, reopened 0, refused 1\n"
    )
    #expect(refused.errors.hasPrefix("refused: -"))
    #expect(try tocsin("journal", "--json").output == head)
    #expect(try scan(text, "--json").output.contains("\"refused\": [\n"))
  }

  @Test func `are refused by a signed audit`() throws {
    #expect(try tocsin("audit", "sign", "AUD-2026-0001").status == 0)
    let refused = try scan(results(telnet: "fail"))
    #expect(refused.status == 1)
    #expect(refused.errors.contains("AUD-2026-0001 is signed and locked"))
  }

  @Test func `are kept as evidence where that is asked for`() throws {
    try write("scan.xml", results(telnet: "fail"))
    let file = tocsin.directory.file("scan.xml")
    let run = ["import", "xccdf", file, "--audit", "AUD-2026-0001", "--evidence"]
    #expect(try tocsin.run(run).status == 0)
    #expect(try tocsin.run(run).status == 0)
    let list = try tocsin("audit", "evidence", "list").output
    #expect(list.split(separator: "\n").count == 2)
    #expect(list.contains("scan.xml"))
    #expect(try tocsin("audit", "evidence", "verify").status == 0)
  }

  @Test func `of Lynis are run, imported and kept with the command`() throws {
    var tocsin = tocsin
    tocsin.environment["PATH"] = tocsin.directory.path + ":/usr/bin:/bin"
    try makeProgram(
      """
      #!/bin/sh
      echo "[+] Kernel"
      while [ $# -gt 0 ]; do [ "$1" = --report-file ] && report=$2; shift; done
      cat > "$report" <<END
      # Lynis Report
      lynis_version=3.0.8
      hostname=web-1
      report_datetime_end=2026-01-02 03:04:05
      warning[]=A.1|Telnet is on|-|-|
      tests_executed=A.1|A.2|
      finish=true
      END
      exit 78
      """,
      at: tocsin.directory.file("lynis")
    )
    let run = try tocsin("audit", "run", "lynis", "--audit", "AUD-2026-0001")
    #expect(run.output.contains("results: pass 1, fail 1\n"))
    #expect(run.errors == "lynis ended with status 78\n")
    let item = try tocsin("audit", "show", "AUD-2026-0001", "A.1").output
    #expect(item.contains("A.1  Lynis, web-1, FND-2026-0001 open\n"))
    let evidence = try tocsin("audit", "evidence", "list", "--json").output
    #expect(evidence.contains("\"--report-file\""))
    #expect(try tocsin("audit", "evidence", "verify").status == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: tocsin.directory.path)
    #expect(!left.contains { $0.hasPrefix("tocsin-scan") })
  }

  @Test func `of OpenSCAP are run as they are named, a status of 2 is a result`() throws {
    var tocsin = tocsin
    // Behind -- everything is the scanner's.
    tocsin.now = nil
    tocsin.environment["PATH"] = tocsin.directory.path + ":/usr/bin:/bin"
    try write("scan.xml", results(telnet: "fail"))
    try makeProgram(
      """
      #!/bin/sh
      echo "$@" > "$HOME/arguments"
      cp "$HOME/scan.xml" "$4"
      exit 2
      """,
      at: tocsin.directory.file("oscap")
    )
    let run = try tocsin.run([
      "audit", "run", "oscap", "content.xml", "--profile", "p; rm -rf x", "--audit",
      "AUD-2026-0001", "--", "--rule", "$HOME",
    ]
    )
    #expect(run.output.hasPrefix("created 3, "))
    #expect(run.errors.hasPrefix("oscap ended with status 2\n"))
    let said = try String(contentsOfFile: tocsin.directory.file("arguments"), encoding: .utf8)
    #expect(said.hasPrefix("xccdf eval --results /"))
    #expect(said.contains(" --profile p; rm -rf x --rule $HOME /"))
    try makeProgram(
      "#!/bin/sh\necho no such profile >&2\nexit 1\n",
      at: tocsin.directory.file("oscap")
    )
    let failed = try tocsin.run([
      "audit", "run", "oscap", "content.xml", "--audit", "AUD-2026-0001",
    ]
    )
    #expect(failed.status == 1)
    #expect(
      failed.errors == """
        tocsin: oscap ended with status 1 and wrote no results
          its last words: no such profile

        """
    )
  }

  @Test func `of a scanner that is not there are not run`() throws {
    let run = try tocsin("audit", "run", "lynis", "--audit", "AUD-2026-0001")
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("tocsin: there is no program lynis\n"))
  }
}
