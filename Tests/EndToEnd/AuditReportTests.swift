import Foundation
import TestSupport
import Testing

struct `Reports of audits from the shell` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    let path = tocsin.directory.file("own.yaml")
    try Data(Self.checklist.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try tocsin("import", "framework", path).status == 0)
    let start = ["audit", "start", "demo", "--title", "=Yearly", "--until", "2026-04-30"]
    #expect(try tocsin.run(start + ["--every", "12"]).output == "AUD-2026-0001\n")
    for (item, result) in [("A.1", "conforms"), ("A.2", "does-not-conform")] {
      let answer = ["audit", "answer", "AUD-2026-0001", item, "--result", result, "--work", "done"]
      #expect(try tocsin.run(answer).status == 0)
    }
  }

  private static let checklist = """
    id: own:demo
    version: "1"
    name: Demo
    language: en
    requirements:
      - reference: A
        name: Chapter
        requirements:
          - { reference: A.1, text: Encrypt it. }
          - { reference: A.2, text: Restore the backups and see. }
          - { reference: A.3, text: Train the staff. }
    """

  private func run(_ line: String) throws -> Tocsin.Result {
    try tocsin.run(line.split(separator: " ").map(String.init))
  }

  private func prove() throws {
    let file = tocsin.directory.file("proof.txt")
    try Data("seen".utf8).write(to: URL(fileURLWithPath: file))
    let both = ["--for", "AUD-2026-0001/A.1", "--for", "aud-2026-0001/a.2"]
    #expect(
      try tocsin.run(["audit", "evidence", "add", file, "--expires", "2026-06-01"] + both).status
        == 0
    )
    let finding = ["finding", "add", "No backups", "--severity", "high"]
    #expect(
      try tocsin.run(finding + ["--item", "AUD-2026-0001/A.2"]).output == "FND-2026-0001\n"
    )
    #expect(try run("incident add --title Lost --severity low").output == "INC-2026-0001\n")
    #expect(try run("finding link FND-2026-0001 INC-2026-0001").status == 0)
    #expect(try run("finding link FND-2026-0001 demo/A.3 --relation control").status == 0)
  }

  @Test func `evidence, findings and links are named by audit and requirement, from all ends`()
    throws
  {
    try prove()
    let list = try run("audit evidence list").output
    #expect(list.contains("AUD-2026-0001/A.1, AUD-2026-0001/A.2"))
    let item = try run("audit show AUD-2026-0001 A.2").output
    #expect(item.contains("\nFindings\nFND-2026-0001  high  open  No backups\n"))
    #expect(item.contains("\nEvidence\n1  file  proof.txt  expires 2026-06-01\n"))
    let control = try run("audit show AUD-2026-0001 A.3").output
    #expect(control.contains("\nLinks\ncontrol  FND-2026-0001  No backups\n"))
    let finding = try run("finding show FND-2026-0001").output
    #expect(finding.contains("from: AUD-2026-0001/A.2  Restore the backups and see.\n"))
    #expect(finding.contains("\nlinked  INC-2026-0001  Lost\n"))
    #expect(finding.contains("\ncontrol  demo/A.3  Train the staff.\n"))
    #expect(
      try run("framework show demo A.3").output
        .contains("\nLinked\ncontrol  FND-2026-0001  No backups\n")
    )
    let audit = try run("audit show AUD-2026-0001").output
    #expect(audit.contains("\nfindings: 1, of them open 1\n"))
    let incident = try run("incident show INC-2026-0001").output
    #expect(incident.contains("FND-2026-0001 No backups - linked to - INC-2026-0001 Lost\n"))
    #expect(try run("finding list --audit AUD-2026-0001 --json").output.contains("\"item_name\""))
    let wrong = try run("audit evidence --link https://x.example --for AUD-2026-0001/Z")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("there is no item Z in AUD-2026-0001"))
  }

  @Test(arguments: [("--html", "<!DOCTYPE html>"), ("--markdown", "# AUD-"), ("--csv", "audit,")])
  func `are written, never over another file, and the same each time`(
    form: String,
    beginning: String
  ) throws {
    try prove()
    let text = try run("report audit AUD-2026-0001 \(form)").output
    #expect(text.hasPrefix(beginning))
    #expect(try run("report audit AUD-2026-0001 \(form)").output == text)
    let path = tocsin.directory.file("report")
    let written = try run("report audit AUD-2026-0001 \(form) -o \(path)")
    #expect((written.status, written.output, written.errors) == (0, "", "wrote \(path)\n"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    #expect(try run("report audit AUD-2026-0001 \(form) -o \(path)").status == 1)
    #expect(try run("report audit AUD-2026-0001 \(form) -o \(path) --force").status == 0)
    #expect(try run("report audit AUD-2026-0001 --html --csv").status == 64)
    #expect(try run("report audit AUD-2026-0009").errors.contains("there is no audit"))
  }

  @Test func `in OSCAL are read back by show-scan`() throws {
    let empty = try run("export oscal-poam")
    #expect((empty.status, empty.output) == (1, ""))
    #expect(empty.errors.contains("OSCAL has no empty plan"))
    try prove()
    let results = tocsin.directory.file("results.json")
    #expect(try run("export oscal-results AUD-2026-0001 -o \(results)").status == 0)
    let again = try run("export oscal-results AUD-2026-0001").output
    #expect(try String(contentsOfFile: results, encoding: .utf8) == again)
    let shown = try run("show-scan \(results) --all").output
    #expect(shown.contains("2 results: fail 1, pass 1"))
    #expect(shown.contains("fail (not-satisfied)  high  A.2"))
    let plan = tocsin.directory.file("plan.json")
    #expect(try run("export oscal-poam AUD-2026-0001 -o \(plan)").status == 0)
    #expect(try run("show-scan \(plan)").output.contains("fail (open)  high  FND-2026-0001"))
  }

  @Test func `say when the next audit is due, among clocks and in the overview`() throws {
    #expect(
      try run("overview").output.contains("\nnext audit due 2027-04-30, after AUD-2026-0001\n")
    )
    let overview = try run("overview --json").output
    #expect(overview.contains("\"overdue_audits\": 0"))
    let clocks = try run("clocks").output
    #expect(
      clocks.hasSuffix(
        """

        Recurring audits: 1
        IN        DUE         AFTER          FRAMEWORK  TITLE
        347 days  2027-04-30  AUD-2026-0001  Demo       =Yearly

        """
      )
    )
    #expect(try run("clocks nothing-has-this").output.contains("Recurring") == false)
    #expect(try run("clocks --json").output.contains("\"due_day\": \"2027-04-30\""))
    #expect(try run("clocks --ics -").output.contains("DTSTART;VALUE=DATE:20270430\r\n"))
    #expect(try run("clocks --line").output.isEmpty)
    #expect(try run("clocks --check").status == 0)
    #expect(try run("clocks --check --within 400d").status == 2)
    var later = tocsin
    later.now = "2027-05-01T00:00:00Z"
    #expect(try later("clocks", "--line").output == "1 audit late\n")
    let check = try later("clocks", "--check")
    #expect(check.status == 2)
    #expect(check.errors.contains("the next audit after AUD-2026-0001 is due 2027-04-30"))
    #expect(
      try later("overview").output
        .contains("\n1 recurring audit is late: after AUD-2026-0001, due 2027-04-30\n")
    )
    #expect(try later("audit", "start", "--after", "AUD-2026-0001").status == 0)
    #expect(try later("clocks", "--check").status == 0)
  }

  /// Every command that lists, with what its CSV begins with.
  static let lists: [(String, String)] = [
    ("incident list", "reference,title,state"), ("clocks", "incident,title,exercise"),
    ("audit list", "reference,title,framework"), ("audit trend demo", "reference,title,framework"),
    ("finding list", "reference,title,severity"), ("framework list", "id,name,version"),
    ("framework list --shipped", "file,id,name"), ("framework search encrypt", "framework,"),
    ("journal", "sequence,at,actor.name"), ("audit evidence list", "id,title,kind"),
    ("incident evidence list INC-2026-0001", "id,title,kind"),
    ("incident task list INC-2026-0001", "id,title,owner"),
    ("incident filing list INC-2026-0001", "id,obligation,phase"),
    ("incident decision list INC-2026-0001", "id,obligation,decision"),
    ("incident severity list INC-2026-0001", "id,method,edition"),
    ("incident filters list", "name,filter"), ("drill list", "incident,title"),
    ("authority list", "key,name"), ("rules list", "id,law"), ("rules facts", "key,type"),
    ("search backups", "reference,kind"), ("audit soa AUD-2026-0001", "reference,requirement"),
  ]

  @Test func `stand beside CSV of every list, without formulas`() throws {
    try prove()
    for (command, beginning) in Self.lists {
      let csv = command.hasPrefix("audit soa") ? "" : " --csv"
      let run = try run(command + csv)
      #expect(run.status == 0, "\(command)")
      #expect(run.output.hasPrefix(beginning), "\(command)")
      let columns = run.output.prefix { $0 != "\r\n" }.split(separator: ",").count
      #expect(columns > 1 && run.output.hasSuffix("\r\n"), "\(command)")
      #expect(csv.isEmpty || run.output != "", "\(command)")
      guard !csv.isEmpty else { continue }
      #expect(try self.run("\(command) --csv --json").status == 64, "\(command)")
    }
    let audits = try run("audit list --csv").output.split(separator: "\r\n")
    #expect(audits.count == 2)
    #expect(audits[1].hasPrefix("AUD-2026-0001,\"'=Yearly\",own:demo,1,open,"))
    let findings = try run("finding list --csv").output.split(separator: "\r\n")
    #expect(findings[1].contains("AUD-2026-0001/A.2"))
  }
}
