import Model
import Testing

@testable import Exchange

struct `XCCDF results` {
  @Test func `of a run alone are read with every word that XCCDF has`() throws {
    for piece in [1, 64, .max] {
      let scan = try ReadScan(ScanSample.testResult, piece: piece)
      #expect(scan.format == .xccdf)
      #expect(
        scan.lines == [
          "r1 fail fail high", "r2 pass pass unknown", "r3 notReviewed notchecked unknown",
          "r4 error error unknown", "r5 unknown unknown unknown",
          "r6 notApplicable notapplicable unknown", "r7 notSelected notselected unknown",
          "r8 informational informational unknown", "r9 fixed fixed unknown",
        ]
      )
      let run = try #require(scan.runs.first)
      #expect((run.tool, run.toolVersion) == ("scanner", "2.1"))
      #expect((run.target, run.addresses) == ("web-1", ["192.0.2.1"]))
      #expect((run.benchmark, run.profile) == ("b.xml", "p"))
      #expect(run.endInstant == Instant(rfc3339: "2026-01-02T03:05:05Z"))
      #expect(scan.fact("score, default") == "50 of 100")
      let item = scan.items[0]
      #expect(item.tags == [ScanTag(.cci, "CCI-000366", system: "http://cyber.mil/cci")])
      #expect(item.message == "info: port 23 is open\npath: /etc/inetd.conf")
      #expect((item.weight, item.at) == ("5.0", "2026-01-02T03:04:06Z"))
    }
  }

  @Test func `take titles, texts and names from the benchmark, for each of several runs`() throws {
    let scan = try ReadScan(ScanSample.benchmark)
    #expect(scan.runs.map(\.target) == ["a", "b"])
    #expect(scan.runs.allSatisfy { $0.benchmark == "Baseline" && $0.benchmarkVersion == "7" })
    #expect(scan.summary == "fail 1, pass 2")
    let item = scan.items[0]
    #expect((item.title, item.text) == ("Telnet & friends off", "It is old."))
    #expect((item.fix, item.weight, item.severity) == ("Remove it.", "10.0", .medium))
    #expect(
      item.tags.map { "\($0.kind.rawValue) \($0.value)" } == [
        "stig V-1", "stig SV-1r1_rule", "stig AB-01", "nist CM-7(a)", "cis 9.2", "cce CCE-1",
      ]
    )
    #expect(scan.items[2].title == "")
  }

  @Test func `inside an ARF are found behind the data stream`() throws {
    let body = ScanSample.testResult
    let arf = """
      <arf:asset-report-collection xmlns:arf="http://scap.nist.gov/schema/asset-reporting-format/1.1">
      <arf:report-requests><arf:report-request id="c"><arf:content><ds:data-stream-collection>
      <ds:component><Benchmark id="b.xml"><title>T</title><Rule id="r1"><title>One</title></Rule>
      </Benchmark></ds:component><ds:component><oval_definitions><title>No</title></oval_definitions>
      </ds:component></ds:data-stream-collection></arf:content></arf:report-request></arf:report-requests>
      <arf:reports><arf:report id="x"><arf:content>\(body)</arf:content></arf:report>
      </arf:reports></arf:asset-report-collection>
      """
    let scan = try ReadScan(arf)
    #expect(scan.format == .arf)
    #expect(scan.counts.total == 9)
    #expect(scan.items[0].title == "One")
  }
}

struct `A STIG checklist` {
  @Test(arguments: [ScanSample.checklist, ScanSample.checklistJSON])
  func `is read in both forms`(text: String) throws {
    let scan = try ReadScan(text)
    #expect(
      scan.lines.map { $0.lowercased().filter { $0 != "_" } } == [
        "v-1 fail open low", "v-2 pass notafinding medium",
        "v-3 notapplicable notapplicable low", "v-4 notreviewed notreviewed high",
      ]
    )
    #expect(scan.runs.first?.target == "db-1")
    #expect(scan.runs.first?.benchmark == "ONE")
    #expect(scan.items[0].tags.contains(ScanTag(.cci, "CCI-000001")))
  }

  @Test func `is one run for each of its STIGs`() throws {
    #expect(try ReadScan(ScanSample.checklist).runs.count == 2)
  }
}

struct `HDF results` {
  @Test(arguments: [
    ("0.5", #"{"status":"passed"}"#, "pass passed medium"),
    ("0.7", #"{"status":"passed"},{"status":"failed"},{"status":"skipped"}"#, "fail failed high"),
    ("0.9", #"{"status":"skipped"},{"status":"passed"}"#, "pass passed critical"),
    ("0.3", #"{"status":"skipped"}"#, "notReviewed skipped low"), ("0.3", "", "notReviewed  low"),
    ("0", #"{"status":"failed"}"#, "notApplicable failed none"),
    ("0.0", #"{"status":"passed"}"#, "notApplicable passed none"),
    ("0", #"{"status":"passed","backtrace":["a.rb:1"]}"#, "error passed none"),
    ("0.5", #"{"status":"failed"},{"status":"skipped","backtrace":["x"]}"#, "error skipped medium"),
    ("0.5", #"{"status":"failed","backtrace":[]}"#, "fail failed medium"),
    ("0.5", #"{"status":"failed","backtrace":null}"#, "fail failed medium"),
    ("0.5", #"{"status":"error"},{"status":"failed"}"#, "error error medium"),
    ("null", #"{"status":"failed"}"#, "fail failed medium"),
  ])
  func `are rolled up by the rule of Heimdall`(
    impact: String,
    results: String,
    expected: String
  ) throws {
    let scan = try ReadScan(ScanSample.hdf(ScanSample.control("c", impact, results)))
    #expect(scan.lines == ["c \(expected)"])
  }

  @Test(arguments: [
    (#""depends":[{"name":"base"}],"#, ""), ("", #""parent_profile":"over","#),
  ])
  func `of an overlay are those of the last profile`(upper: String, lower: String) throws {
    let failed = ScanSample.control("c", "0.5", #"{"status":"failed"}"#)
    let passed = ScanSample.control("c", "0.5", #"{"status":"passed"}"#)
    let own = ScanSample.control("own", "0.5", #"{"status":"skipped"}"#)
    let scan = try ReadScan(
      """
      {"version":"5","profiles":[{"name":"over",\(upper)"controls":[\(failed),\(own)]},
      {"name":"base",\(lower)"controls":[\(passed)]}]}
      """
    )
    #expect(scan.lines == ["own notReviewed skipped medium", "c pass passed medium"])
    #expect(scan.fact("left out") == "1 controls of overlays")
  }

  @Test func `of profiles that have nothing to do with each other are all kept`() throws {
    let control = ScanSample.control("1.1", "0.5", #"{"status":"failed"}"#)
    let scan = try ReadScan(
      #"{"version":"5","profiles":[{"name":"a","controls":[\#(control)]},"#
        + #"{"name":"b","controls":[\#(control)]}]}"#
    )
    #expect(scan.counts[.fail] == 2)
  }

  @Test func `keep the names of their controls in other lists`() throws {
    let scan = try ReadScan(
      ScanSample.hdf(
        """
        {"id":"c","impact":0.5,"desc":"why","descriptions":[{"label":"fix","data":"do it"}],
        "tags":{"nist":["AC-6 (1)","Rev_4"],"cci":["CCI-000366"],"gid":"V-1","cis_rid":"1.6"},
        "results":[{"status":"failed","code_desc":"file x","message":"is not there"}]}
        """
      )
    )
    let item = try #require(scan.items.first)
    #expect(
      item.tags == [
        ScanTag(.cci, "CCI-000366"), ScanTag(.nist, "AC-6 (1)", system: "Rev_4"),
        ScanTag(.stig, "V-1", system: "gid"), ScanTag(.cis, "1.6", system: "cis_rid"),
      ]
    )
    #expect((item.text, item.fix, item.message) == ("why", "do it", "file x: is not there"))
  }

  @Test func `are read from InSpec's short form too`() throws {
    let scan = try ReadScan(
      """
      {"controls":[{"id":"a","status":"passed","code_desc":"x"},{"id":"b","status":"passed"},
      {"id":"a","status":"failed","code_desc":"y"}],"statistics":{},"version":"5.1"}
      """
    )
    #expect(scan.lines == ["a fail failed unknown", "b pass passed unknown"])
  }
}

struct `A Lynis report` {
  @Test func `gives warnings, suggestions with details, and the tests without either`() throws {
    for piece in [1, 10, .max] {
      let scan = try ReadScan(ScanSample.lynis, piece: piece)
      #expect(
        scan.lines == [
          "PKGS-7392 fail warning high", "KRNL-6000 informational suggestion low",
          "KRNL-6000 informational suggestion low", "HTTP-1 informational details low",
          "SSH-7408 pass executed unknown", "FINT-4402 notReviewed skipped unknown",
        ]
      )
      #expect(scan.items[1].message == "sysctl\nfs.x is 0, should be 2 (Restrict)")
      #expect(scan.items[1].fix == "Change them")
      #expect(scan.items[3].message == "ssl")
      #expect(scan.fact("hardening index") == "61")
      #expect(scan.fact("unfinished") == nil)
      #expect(scan.runs.first?.target == "mail-1")
    }
  }

  @Test func `of version 1 has the severity in front of the text`() throws {
    let scan = try ReadScan("lynis_version=1.3.8\nwarning[]=NETW-2705|L|Two nameservers missing|\n")
    #expect(scan.lines == ["NETW-2705 fail warning low"])
    #expect(scan.items[0].title == "Two nameservers missing")
    #expect(scan.fact("unfinished") != nil)
  }

  @Test func `may hold lines that a program broke, and says how many`() throws {
    let text = ScanSample.lynis.replacing("hostname", with: "motd=one\ntwo\r\n\nhostname")
    let scan = try ReadScan(text)
    #expect(scan.fact("not understood") == "1 lines without a key, the first line 5")
    #expect(scan.items.count == 6)
  }
}

struct `OSCAL assessment results` {
  @Test(arguments: [ScanSample.oscal, ScanSample.oscalXML, ScanSample.oscalYAML])
  func `mean the same in JSON, XML and YAML`(text: String) throws {
    let scan = try ReadScan(text)
    #expect(scan.format == .oscalResults)
    #expect(
      scan.lines == [
        "ac-6.1_obj fail not-satisfied high", "au-1_smt.a pass satisfied unknown",
        "o2 informational observation unknown", "rule_x notSelected notselected unknown",
        "k2 fixed closed unknown",
      ]
    )
    let finding = scan.items[0]
    #expect(finding.title == "Too open")
    #expect(finding.message == "Seen here\nIt may leak")
    #expect(finding.fix == "Close it")
    #expect(finding.tags == [ScanTag(.nist, "AC-6(1)")])
    #expect(scan.fact("findings") == "2")
    #expect(scan.fact("observations") == "3")
    #expect(scan.fact("risks") == "2")
    #expect(scan.runs.first?.startInstant == Instant(rfc3339: "2026-06-01T00:00:00Z"))
  }
}
