import Model
import Testing

@testable import Exchange

/// Files of the shared test data with the counts that their SOURCE.md states.
private let stated: [(path: String, format: ScanFormat, counts: String)] = [
  (
    "results-xccdf/debian12-standard.xccdf-results.xml.gz", .xccdf,
    "fail 1, notApplicable 26, notSelected 311, pass 17"
  ),
  (
    "results-xccdf/debian12-anssi-high.xccdf-results.xml.gz", .xccdf,
    "fail 2, notApplicable 28, notSelected 305, pass 20"
  ),
  (
    "results-xccdf/debian12-anssi-average.arf.xml.gz", .arf,
    "fail 2, notApplicable 23, notSelected 310, pass 20"
  ),
  ("results-xccdf/xccdf-results-openscap-rhel8.xml.gz", .xccdf, "error 21, fail 166, pass 61"),
  ("results-xccdf/xccdf-results-scc-rhel7.xml.gz", .xccdf, "fail 6, pass 172"),
  (
    "results-xccdf/rhel_8_checklist.ckl.gz", .ckl,
    "fail 1, notApplicable 4, notReviewed 365, pass 2"
  ),
  (
    "results-hdf/rhel7-results.json.gz", .hdf,
    "fail 149, notApplicable 10, notReviewed 6, pass 78"
  ),
  (
    "results-hdf/ubuntu-16.04-baseline-results.json.gz", .hdf,
    "error 1, fail 138, notReviewed 4, pass 87"
  ),
  ("results-hdf/good_nginxresults.json.gz", .hdf, "notApplicable 1, notReviewed 3, pass 37"),
  ("results-hdf/bad_nginx.json.gz", .hdf, "fail 3, notApplicable 1, notReviewed 3, pass 34"),
  ("results-hdf/cis-aws-foundations-baseline.json.gz", .hdf, "fail 6, notReviewed 6, pass 40"),
  (
    "results-hdf/red_hat_good.json.gz", .hdf,
    "error 1, notApplicable 24, notReviewed 9, pass 213"
  ),
  (
    "results-hdf/small_overrides_hdf.json", .hdf,
    "fail 4, notApplicable 1, notReviewed 4, pass 2"
  ),
  (
    "results-hdf/rhel8_sample_oneOfEachControlStatus.json", .hdf,
    "fail 1, notApplicable 1, notReviewed 1, pass 1"
  ),
  // 101 controls of the outer profile are the 68 and 33 of the inner ones.
  (
    "results-hdf/wrapper-acme-run.json.gz", .hdf,
    "fail 60, notApplicable 1, notReviewed 35, pass 5"
  ),
  ("results-hdf/minimal-hdf.json", .hdf, "fail 1"),
  ("results-hdf/aws-s3-baseline.json", .hdf, "fail 2"),
  ("results-hdf/rhel_cve_vulnerability_scan_baseline_with_failures.json", .hdf, "fail 1"),
  (
    "results-lynis/debian12-root.lynis-report.dat", .lynis,
    "fail 2, informational 44, notReviewed 218, pass 197"
  ),
  (
    "results-oscal/ifa_assessment-results-example.json", .oscalResults, "fail 1, informational 1"
  ),
  (
    "results-oscal/FedRAMP-SAR-OSCAL-Template.json", .oscalResults,
    "fail 6, informational 3, pass 3"
  ),
  ("results-oscal/trestle-rhel7-check-result.oscal.json", .oscalResults, "notSelected 1, pass 1"),
  ("results-oscal/ifa_plan-of-action-and-milestones.json", .oscalPlan, "fail 2"),
  ("results-oscal/FedRAMP-POAM-OSCAL-Template.json", .oscalPlan, "fail 2"),
]

struct `Real results` {
  @Test(arguments: stated.filter { SharedData.exists($0.path) })
  func `have the counts that are stated of them`(
    path: String,
    format: ScanFormat,
    counts: String
  ) throws {
    let scan = try ReadScan(shared: path)
    #expect(scan.format == format)
    #expect(scan.summary == counts)
    #expect(scan.items.allSatisfy { !$0.id.isEmpty })
  }

  @Test(.enabled(if: SharedData.exists("results-hdf/red_hat_good.json.gz")))
  func `of the good Red Hat have the severities that MITRE published`() throws {
    let items = try ReadScan(shared: "results-hdf/red_hat_good.json.gz").items
    func count(_ outcome: ScanOutcome, _ severity: ScanSeverity) -> Int {
      items.count { $0.outcome == outcome && $0.severity == severity }
    }
    #expect([.critical, .high, .medium, .low].map { count(.pass, $0) } == [0, 22, 177, 14])
    #expect([.critical, .high, .medium, .low].map { count(.notReviewed, $0) } == [0, 2, 7, 0])
    #expect([.critical, .high, .medium, .low].map { count(.error, $0) } == [0, 0, 1, 0])
    #expect(count(.notApplicable, .none) == 24)
  }

  @Test(.enabled(if: SharedData.exists("results-lynis/debian12-root.lynis-report.dat")))
  func `of Lynis have the index, the tests and the findings that are stated`() throws {
    let scan = try ReadScan(shared: "results-lynis/debian12-root.lynis-report.dat")
    let names = ["hardening index", "tests done", "warnings", "suggestions", "details"]
    #expect(names.map { scan.fact($0) } == ["56", "235", "2", "44", "19"])
  }

  @Test(
    arguments: [
      ("ifa_assessment-results-example.json", ["1", "2", "1"]),
      ("FedRAMP-SAR-OSCAL-Template.json", ["8", "13", "4"]),
      ("trestle-rhel7-check-result.oscal.json", ["0", "2", "0"]),
    ].filter { SharedData.exists("results-oscal/\($0.0)") }
  )
  func `of OSCAL have the findings, observations and risks that are stated`(
    file: String,
    counts: [String]
  ) throws {
    let scan = try ReadScan(shared: "results-oscal/\(file)")
    #expect(["findings", "observations", "risks"].map { scan.fact($0) } == counts)
  }

  @Test(.enabled(if: SharedData.exists("results-xccdf/debian12-anssi-average.arf.xml.gz")))
  func `of OpenSCAP carry titles, advice and references`() throws {
    let scan = try ReadScan(shared: "results-xccdf/debian12-anssi-average.arf.xml.gz")
    #expect(scan.items.allSatisfy { !$0.title.isEmpty && !$0.text.isEmpty })
    #expect(scan.items.contains { $0.tags.contains { $0.kind == .nist && $0.value == "CM-6(a)" } })
    #expect(scan.items.contains { $0.tags.contains { $0.kind == .cci } })
    let run = try #require(scan.runs.first)
    #expect((run.tool, run.toolVersion, run.target) == ("OpenSCAP", "1.3.7", "host-a.example"))
  }

  @Test(
    arguments: [
      ("results-hdf/attestations_jsonFormat.json", "manual attestations"),
      ("results-hdf/native/sarif_input.sarif", "SARIF"),
      ("results-hdf/native/zap-webgoat.json", "a report of ZAP"),
      ("results-oscal/ifa_assessment-plan-example.json", "an OSCAL assessment-plan"),
    ].filter { SharedData.exists($0.0) }
  )
  func `of other kinds are refused by their names`(path: String, name: String) throws {
    let error = #expect(throws: UnreadableScan.self) { try ReadScan(shared: path) }
    #expect(error?.reason.hasPrefix(name) == true)
  }
}
