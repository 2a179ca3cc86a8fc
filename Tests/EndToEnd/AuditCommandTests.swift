import Foundation
import TestSupport
import Testing

struct `Audits from the shell` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    let path = tocsin.directory.file("own.yaml")
    try Data(Self.checklist.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try tocsin("import", "framework", path).status == 0)
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

  private func json(_ arguments: String...) throws -> Any {
    let run = try tocsin.run(arguments + ["--json"])
    return try JSONSerialization.jsonObject(
      with: Data(run.output.utf8),
      options: .fragmentsAllowed
    )
  }

  @Test func `are started, answered, scored, signed, locked and opened again`() throws {
    let start = try tocsin("audit", "start", "demo", "--now", "2026-05-18T12:00:00Z")
    #expect(start.output == "AUD-2026-0001\n")
    let next = try tocsin("audit", "next", "aud-2026-0001")
    #expect(next.status == 2)
    #expect(next.output.contains("Encrypt it."))
    let answer = try tocsin.run([
      "audit", "answer", "AUD-2026-0001", "a.1", "--result", "conforms", "--work", "done",
    ]
    )
    #expect(answer.output == "a.1: score 100.0 %, 1 of 3 assessed\n")
    let refused = try tocsin.run([
      "audit", "answer", "AUD-2026-0001", "A.2", "--result", "not-applicable",
    ]
    )
    #expect(refused.status == 1)
    #expect(refused.errors.contains("needs a reason"))
    let other = ["audit", "answer", "AUD-2026-0001", "A.2", "--result", "partly"]
    #expect(try tocsin.run(other).status == 0)
    let score = try tocsin("audit", "score", "AUD-2026-0001").output
    #expect(
      score == """
        AUD-2026-0001: score 75.0 %, 2 of 3 assessed
          A  Chapter: score 75.0 %, 2 of 3 assessed

        """
    )
    let list = try #require(try json("audit", "list") as? [[String: Any]])
    #expect(list.first?["reference"] as? String == "AUD-2026-0001")
    #expect(try tocsin("audit", "sign", "AUD-2026-0001").status == 0)
    #expect(try tocsin.run(other).errors.contains("signed and locked"))
    #expect(try tocsin("verify").output.contains(", 1 signed audit\n"))
    #expect(
      try tocsin.run(["audit", "reopen", "AUD-2026-0001", "--reason", "a mistake"]).status == 0
    )
    #expect(try tocsin("audit", "remove", "AUD-2026-0001").status == 0)
    #expect(try tocsin("undo").status == 0)
    #expect(try tocsin("audit", "show", "AUD-2026-0001").output.contains("a mistake"))
  }

  @Test func `of this year start from the last and are compared with it`() throws {
    #expect(try tocsin("audit", "start", "demo", "--title", "First").status == 0)
    let reference = try #require(
      (try json("audit", "list") as? [[String: Any]])?.first?["reference"] as? String
    )
    #expect(
      try tocsin.run(["audit", "answer", reference, "A.1", "--result", "does-not-conform"]).status
        == 0
    )
    let second = try tocsin("audit", "start", "--after", reference)
      .output.split(separator: "\n").joined()
    let shown = try tocsin("audit", "show", second, "A.1").output
    #expect(shown.contains("Result       not assessed"))
    #expect(shown.contains("does not conform in \(reference)"))
    #expect(try tocsin.run(["audit", "answer", second, "A.1", "--result", "conforms"]).status == 0)
    let difference = try tocsin("audit", "diff", second).output
    #expect(difference.hasPrefix("improved"))
    #expect(difference.contains("1 improved, 2 unchanged\n"))
    #expect((try json("audit", "trend", "demo") as? [Any])?.count == 2)
    let soa = try tocsin("audit", "soa", second).output
    #expect(soa.hasPrefix("reference,requirement,applicable,"))
  }

  @Test(arguments: ["sheet.yaml", "sheet.csv"])
  func `go out in a file and come back as proposals`(name: String) throws {
    let audit = try tocsin("audit", "start", "demo").output.split(separator: "\n").joined()
    let path = tocsin.directory.file(name)
    let out = ["audit", "hand-out", audit, "A", "--to", "Kim", "--output", path]
    #expect(try tocsin.run(out).output == "3 items for Kim in \(path)\n")
    #expect(try tocsin.run(out).status == 1)
    var text = try String(contentsOfFile: path, encoding: .utf8)
    if name.hasSuffix("csv") {
      #expect(text.hasPrefix("audit,person,id,reference,text,"))
      let item = try json("audit", "show", audit, "A.1") as? [String: Any]
      let id = try #require(item?["id"] as? String)
      text = "audit,person,id,result,observation\r\n\(audit),Kim,\(id),partly,half\r\n"
    } else if let range = text.range(of: "result: \"\"") {
      text.replaceSubrange(range, with: "result: partly")
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let back = try tocsin("audit", "hand-in", audit, path)
    #expect(back.output == "\(audit): 1 proposals, \(name.hasSuffix("csv") ? 0 : 2) left empty\n")
    #expect(try tocsin.run(["audit", "review", audit, "A.1", "--accept"]).status == 0)
    #expect(try tocsin("audit", "show", audit, "A.1").output.contains("Result       partly"))
  }
}
