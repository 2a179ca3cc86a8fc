import Foundation
import Model
import Testing

@testable import Exchange

/// What a file of results came to.
struct ReadScan {
  var format: ScanFormat
  var runs: [ScanRun] = []
  var items: [ScanItem] = []
  var facts: [ScanFact] = []
  var counts = ScanCounts()

  init(_ reader: ScanReader) throws {
    var reader = reader
    format = reader.format
    while let event = try reader.next() {
      switch event {
      case .run(let run): runs.append(run)
      case .fact(let fact): facts.append(fact)
      case .item(let item):
        items.append(item)
        counts.add(item.outcome)
      }
    }
  }

  /// Reads a text, in pieces of some size.
  init(_ text: String, as format: ScanFormat? = nil, piece: Int = .max) throws {
    try self.init(try ScanReader(MemorySource(Array(text.utf8), pieceSize: piece), format: format))
  }

  /// Reads a file of the shared test data.
  init(shared path: String) throws {
    try self.init(try ScanReader(InputFile(SharedData.url(path).path)))
  }

  /// The outcomes that occur, in words: `fail 1, pass 2`.
  var summary: String {
    ScanOutcome.allCases.filter { counts[$0] > 0 }.map { "\($0.rawValue) \(counts[$0])" }
      .sorted().joined(separator: ", ")
  }

  /// The items as lines: id, outcome, source's word, severity.
  var lines: [String] {
    items.map { "\($0.id) \($0.outcome.rawValue) \($0.word) \($0.severity.rawValue)" }
  }

  func fact(_ name: String) -> String? { facts.first { $0.name == name }?.value }
}

/// What reading says of a text that it refuses.
func scanRefusal(_ text: String, as format: ScanFormat? = nil) -> String {
  do {
    let scan = try ReadScan(text, as: format)
    return "read: \(scan.format.rawValue), \(scan.summary)"
  } catch {
    return "\(error)"
  }
}

/// Small files of each format.
enum ScanSample {
  static let testResult = """
    <TestResult xmlns="http://checklists.nist.gov/xccdf/1.1" id="t1" start-time="2026-01-02T03:04:05Z" \
    end-time="2026-01-02T03:05:05Z" test-system="cpe:/a:vendor:scanner:2.1">
      <benchmark href="b.xml"/><title>Run</title><profile idref="p"/><target>web-1</target>
      <target-address>192.0.2.1</target-address>
      <rule-result idref="r1" severity="high" weight="5.0" time="2026-01-02T03:04:06Z">
        <result>fail</result><ident system="http://cyber.mil/cci">CCI-000366</ident>
        <message severity="info">port 23 is open</message>
        <instance context="path">/etc/inetd.conf</instance>
      </rule-result>
      <rule-result idref="r2"><result> pass </result></rule-result>
      <rule-result idref="r3"><result>notchecked</result></rule-result>
      <rule-result idref="r4"><result>error</result></rule-result>
      <rule-result idref="r5"><result>unknown</result></rule-result>
      <rule-result idref="r6"><result>notapplicable</result></rule-result>
      <rule-result idref="r7"><result>notselected</result></rule-result>
      <rule-result idref="r8"><result>informational</result></rule-result>
      <rule-result idref="r9"><result>fixed</result></rule-result>
      <score system="urn:xccdf:scoring:default" maximum="100">50</score>
    </TestResult>
    """

  static let benchmark = """
    <?xml version="1.0" encoding="UTF-8"?>
    <Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_x_benchmark_b">
      <title>Baseline</title><version>7</version>
      <Value id="v"><title>Not the title</title></Value>
      <Group id="g1"><title>Group</title>
        <Group id="xccdf_mil.disa.stig_group_V-1"><Rule id="xccdf_mil.disa.stig_rule_SV-1r1_rule" severity="medium" weight="10.0">
          <version>AB-01</version><title>Telnet &amp; friends <b>off</b></title>
          <description>&lt;VulnDiscussion&gt;It is old.&lt;/VulnDiscussion&gt;&lt;X/&gt;</description>
          <reference href="https://nvlpubs.nist.gov/NIST.SP.800-53r4.pdf">CM-7(a)</reference>
          <reference href="https://www.cisecurity.org/controls/">9.2</reference>
          <reference><publisher>DISA</publisher>\n<identifier>1</identifier></reference>
          <ident system="https://nvd.nist.gov/cce">CCE-1</ident>
          <fixtext>Remove it.</fixtext>
        </Rule></Group>
      </Group>
      <TestResult id="t1"><target>a</target>
        <rule-result idref="xccdf_mil.disa.stig_rule_SV-1r1_rule"><result>fail</result></rule-result>
      </TestResult>
      <TestResult id="t2"><target>b</target>
        <rule-result idref="xccdf_mil.disa.stig_rule_SV-1r1_rule"><result>pass</result></rule-result>
        <rule-result idref="elsewhere"><result>pass</result></rule-result>
      </TestResult>
    </Benchmark>
    """

  static let checklist = """
    <?xml version="1.0"?><!--DISA STIG Viewer :: 2.17-->
    <CHECKLIST><ASSET><HOST_NAME>db-1</HOST_NAME><HOST_IP>192.0.2.7</HOST_IP></ASSET><STIGS>
    <iSTIG><STIG_INFO><SI_DATA><SID_NAME>stigid</SID_NAME><SID_DATA>ONE</SID_DATA></SI_DATA>
    <SI_DATA><SID_NAME>customname</SID_NAME></SI_DATA></STIG_INFO>
    \(vulnerability("V-1", "Open", "high", "SEVERITY_OVERRIDE", "low"))
    \(vulnerability("V-2", "NotAFinding", "medium"))</iSTIG>
    <iSTIG><STIG_INFO/>\(vulnerability("V-3", "Not_Applicable", "low"))
    \(vulnerability("V-4", "Not_Reviewed", "high"))</iSTIG></STIGS></CHECKLIST>
    """

  private static func vulnerability(
    _ id: String,
    _ status: String,
    _ severity: String,
    _ extra: String = "COMMENTS",
    _ text: String = "seen"
  ) -> String {
    """
    <VULN><STIG_DATA><VULN_ATTRIBUTE>Vuln_Num</VULN_ATTRIBUTE><ATTRIBUTE_DATA>\(id)</ATTRIBUTE_DATA>\
    </STIG_DATA><STIG_DATA><VULN_ATTRIBUTE>Severity</VULN_ATTRIBUTE>\
    <ATTRIBUTE_DATA>\(severity)</ATTRIBUTE_DATA></STIG_DATA>\
    <STIG_DATA><VULN_ATTRIBUTE>CCI_REF</VULN_ATTRIBUTE><ATTRIBUTE_DATA>CCI-000001</ATTRIBUTE_DATA>\
    </STIG_DATA><STIG_DATA><VULN_ATTRIBUTE>CCI_REF</VULN_ATTRIBUTE>\
    <ATTRIBUTE_DATA>CCI-000002</ATTRIBUTE_DATA></STIG_DATA>\
    <STATUS>\(status)</STATUS><FINDING_DETAILS></FINDING_DETAILS><\(extra)>\(text)</\(extra)></VULN>
    """
  }

  static let checklistJSON = """
    {"title":"t","target_data":{"host_name":"db-1"},"stigs":[{"stig_id":"ONE","rules":[
    {"group_id":"V-1","rule_id":"SV-1","severity":"high","status":"open","ccis":["CCI-000001"],
    "fix_text":"Fix it","overrides":{"severity":{"severity":"low","reason":"alone"}}},
    {"group_id":"V-2","severity":"medium","status":"not_a_finding"},
    {"group_id":"V-3","severity":"low","status":"not_applicable"},
    {"group_id":"V-4","severity":"high","status":"not_reviewed","legacy_ids":["V-99"]}]}]}
    """

  static func control(_ id: String, _ impact: String, _ results: String) -> String {
    #"{"id":"\#(id)","title":"\#(id)","impact":\#(impact),"tags":{},"results":[\#(results)]}"#
  }

  static func hdf(_ controls: String...) -> String {
    """
    {"platform":{"name":"debian","release":"12"},"version":"5.22","statistics":{},
    "profiles":[{"name":"base","controls":[\(controls.joined(separator: ","))]}]}
    """
  }

  static let lynis = """
    # Lynis Report
    report_version_major=1
    lynis_version=3.0.9
    hostname=mail-1
    hardening_index=61
    warning[]=PKGS-7392|Found one or more vulnerable packages.|-|-|
    suggestion[]=KRNL-6000|Sysctl values differ|sysctl|text:Change them|
    suggestion[]=KRNL-6000|Again, another text|-|-|
    details[]=KRNL-6000|sysctl|desc:Restrict;field:fs.x;prefval:2;value:0;|
    details[]=HTTP-1|nginx|desc:No description;field:ssl;|
    tests_executed=PKGS-7392|KRNL-6000|SSH-7408|SSH-7408|
    tests_skipped=FINT-4402|SSH-7408|
    finish=true
    """

  static let oscal = """
    {"assessment-results":{"uuid":"u","metadata":{"title":"AR"},"import-ap":{"href":"#x"},"results":[{
    "uuid":"r","title":"June","start":"2026-06-01T00:00:00Z","reviewed-controls":{},
    "observations":[{"uuid":"o1","description":"Seen here","methods":["TEST"]},
    {"uuid":"o2","description":"Alone","methods":["EXAMINE"]},
    {"uuid":"o3","title":"rule_x","props":[{"name":"result","value":"notselected"}],"description":"d"}],
    "risks":[{"uuid":"k1","title":"R","statement":"It may leak","status":"open","characterizations":
    [{"facets":[{"name":"impact","system":"s","value":"high"}]}],
    "remediations":[{"uuid":"m","lifecycle":"recommendation","title":"T","description":"Close it"}]},
    {"uuid":"k2","title":"Old","description":"d","statement":"s","status":"closed"}],
    "findings":[{"uuid":"f1","title":"Too open","description":"D","target":{"type":"objective-id",
    "target-id":"ac-6.1_obj","status":{"state":"not-satisfied"}},
    "related-observations":[{"observation-uuid":"o1"}],"related-risks":[{"risk-uuid":"k1"}]},
    {"uuid":"f2","title":"Fine","description":"D","target":{"type":"statement-id",
    "target-id":"au-1_smt.a","status":{"state":"satisfied"}}}]}]}}
    """

  static let oscalXML = """
    <?xml version="1.0" encoding="UTF-8"?>
    <assessment-results xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="u">
    <metadata><title>AR</title></metadata><import-ap href="#x"/>
    <result uuid="r"><title>June</title><start>2026-06-01T00:00:00Z</start>
    <observation uuid="o1"><description><p>Seen here</p></description><method>TEST</method></observation>
    <observation uuid="o2"><description><p>Alone</p></description></observation>
    <observation uuid="o3"><title>rule_x</title><prop name="result" value="notselected"/></observation>
    <risk uuid="k1"><title>R</title><statement><p>It may leak</p></statement><status>open</status>
    <characterization><facet name="impact" system="s" value="high"/></characterization>
    <response uuid="m" lifecycle="recommendation"><description><p>Close it</p></description></response>
    </risk><risk uuid="k2"><title>Old</title><status>closed</status></risk>
    <finding uuid="f1"><title>Too open</title><target type="objective-id" target-id="ac-6.1_obj">
    <status state="not-satisfied"/></target><related-observation observation-uuid="o1"/>
    <associated-risk risk-uuid="k1"/></finding>
    <finding uuid="f2"><title>Fine</title><target type="statement-id" target-id="au-1_smt.a">
    <status state="satisfied"/></target></finding></result></assessment-results>
    """

  static let oscalYAML = """
    assessment-results:
      uuid: u
      results:
      - uuid: r
        title: June
        start: 2026-06-01T00:00:00Z
        observations:
        - {uuid: o1, description: Seen here}
        - {uuid: o2, description: Alone}
        - uuid: o3
          title: rule_x
          props: [{name: result, value: notselected}]
        risks:
        - uuid: k1
          statement: It may leak
          status: open
          characterizations: [{facets: [{name: impact, value: high}]}]
          remediations: [{description: Close it}]
        - {uuid: k2, title: Old, status: closed}
        findings:
        - uuid: f1
          title: Too open
          target: {target-id: ac-6.1_obj, status: {state: not-satisfied}}
          related-observations: [{observation-uuid: o1}]
          related-risks: [{risk-uuid: k1}]
        - uuid: f2
          title: Fine
          target: {target-id: au-1_smt.a, status: {state: satisfied}}
    """
}
