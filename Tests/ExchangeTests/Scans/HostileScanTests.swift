import Foundation
import Model
import TestSupport
import Testing

@testable import Exchange

private func cut(_ text: String, by count: Int) -> String { String(text.dropLast(count)) }

struct `Results that are not as they should be` {
  @Test(arguments: [
    ("", "the file is empty"), ("hello", "none of the formats"), ("{}", "$: an object with"),
    ("[]", "$: a JSON list"), ("{\"catalog\":{}}", "$: an OSCAL catalog"),
    ("<html/>", "line 1: XML that begins with <html>"),
    ("<Benchmark><Rule id='a'/></Benchmark>", "there are no test results in it, only rules"),
    ("<data-stream-collection/>", "a SCAP data stream: rules to be checked, no results"),
    ("<TestResult>\n<rule-result/></TestResult>", "line 2: a rule-result without the idref"),
    ("<TestResult><rule-result idref='a'/></TestResult>", "line 1: a has no result"),
    (
      "<TestResult><rule-result idref='a'><result>maybe</result></rule-result></TestResult>",
      "line 1: maybe is no result that XCCDF knows"
    ),
    (
      "<TestResult><rule-result idref='a'><result>pass</result><result>fail</result></rule-result>"
        + "</TestResult>", "line 1: a has two results"
    ),
    (
      cut(ScanSample.testResult, by: 13),
      "line 18: the document ends inside <TestResult>: it is cut off"
    ),
    (cut(ScanSample.benchmark, by: 100), "line 21: the document ends inside"),
    ("<!DOCTYPE x []><TestResult/>", "line 1: a document type (<!DOCTYPE), which is never read"),
    ("<CHECKLIST/>", "there is no STIG in this checklist"),
    (cut(ScanSample.checklist, by: 5), "line 8: the document ends inside"),
    (
      "<CHECKLIST><iSTIG><VULN>\n</VULN></iSTIG></CHECKLIST>",
      "line 1: a VULN without Vuln_Num and Rule_ID"
    ),
    (ScanSample.checklist.replacing("NotAFinding", with: "Fine"), "line 6: Fine is no STATUS"),
    (
      ScanSample.checklistJSON.replacing("\"open\"", with: "\"ajar\""),
      "$.stigs[0].rules[0].status: no status of a checklist"
    ),
    (cut(ScanSample.checklistJSON, by: 2), "line 6, column"),
    ("{\"profiles\":[{\"name\":\"x\"}]}", "$.profiles[0]: a profile without a list of controls"),
    (ScanSample.hdf("{\"impact\":1}"), "$.profiles[0].controls[0]: a control without an id"),
    (
      ScanSample.hdf(ScanSample.control("c", "7", "")),
      "$.profiles[0].controls[0].impact: no impact"
    ),
    (
      ScanSample.hdf(ScanSample.control("c", "1", "{\"status\":\"ok\"}")),
      "$.profiles[0].controls[0].results[0].status: ok is no status"
    ),
    (
      ScanSample.hdf("{\"id\":\"c\",\"id\":\"d\",\"impact\":1}"),
      "line 2, column"
    ),
    ("{\"profiles\":[NaN]}", "line 1, column 14"),
    ("{\"profiles\":\"\\ud800\"}", "line 1, column 14"),
    (
      "# Lynis Report\nwarning[]=oops\n",
      "line 2: a warning is TEST-ID|text|details|solution|"
    ),
    ("# Lynis Report\na=\u{0}\n", "line 2: a NUL character, which no text may hold"),
    ("assessment-results:\n  a: &x 1\n", "line 2: anchors and aliases (& and *) are not read"),
    ("assessment-results:\n  a: 1\n", "results: assessment results without a result"),
    (
      ScanSample.oscal.replacing("\"state\":\"satisfied\"", with: "\"x\":\"\""),
      "results[0].findings[1].target.status: a finding without a state"
    ),
    (cut(ScanSample.oscalXML, by: 22), "line 16: the document ends inside"),
  ])
  func `are refused with the place and the reason`(text: String, reason: String) {
    let refusal = scanRefusal(text)
    #expect(refusal.hasPrefix(reason), "\(refusal)")
  }

  @Test(arguments: [
    (ScanSample.lynis, ScanFormat.xccdf, "this is no XCCDF results"),
    (ScanSample.testResult, .lynis, "this is no Lynis report"),
    (ScanSample.testResult, .ckl, "line 1: <TestResult> begins no STIG checklist (CKL)"),
    (ScanSample.checklistJSON, .hdf, "$: neither profiles nor controls"),
    (ScanSample.oscal, .oscalPlan, "this is no OSCAL plan of action and milestones"),
  ])
  func `are refused under the name of another format`(
    text: String,
    format: ScanFormat,
    reason: String
  ) {
    #expect(scanRefusal(text, as: format).hasPrefix(reason))
  }

  @Test func `are read under the format that was named where the content tells none`() throws {
    let text = "warning[]=A-1|Text|-|-|\n# Lynis Report\n"
    #expect(try ReadScan(text, as: .lynis).counts[.fail] == 1)
  }

  @Test func `of great depth are refused in every format`() {
    let deep = 100_000
    #expect(
      scanRefusal(String(repeating: "<Benchmark>", count: deep))
        == "line 1: nested deeper than 256 elements"
    )
    let json = "{\"profiles\":" + String(repeating: "[", count: deep)
    #expect(scanRefusal(json).contains("nested deeper than 128"))
    #expect(
      scanRefusal("assessment-results: " + String(repeating: "[", count: 1000)).contains("line")
    )
  }

  @Test(arguments: HostileString.corpus().filter { $0.text != nil && $0.bytes.count < 100_000 })
  func `give hostile text as it stands, or refuse it`(entry: HostileString) throws {
    let text = try #require(entry.text)
    // What JSON can hold, the reader holds; the sinks decide what of it is shown.
    let quoted = JSON.string(text).written()
    let scan = try? ReadScan(
      ScanSample.hdf(
        "{\"id\":\"c\",\"impact\":1,\"desc\":\(quoted),\"results\":[{\"status\":\"failed\"}]}"
      )
    )
    if let scan { #expect(scan.items.first?.text == text.trimmed) }
  }

  @Test func `are no device, no folder and no pipe`() throws {
    let folder = try TemporaryDirectory()
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in ["/dev/zero", folder.path, pipe] {
      #expect(throws: UnreadableInput.notAFile) { try ScanReader(InputFile(path)) }
    }
  }
}
