import Foundation
import TestSupport
import Testing

struct `Bounces and proofs of a mailing` {
  private let tocsin: Tocsin
  private static let people = """
    id,name,email,phone,address,country,language
    C-1001,Ada Canary,ada.canary@example.org,+49 30 5551001,"Canary Street 1",DE,de
    C-1002,Bob Canary,bob.canary@example.org,,,FR,fr
    C-1003,Cyd Canary,cyd.canary@example.org,,"Canary Street 3",US-CA,en

    """

  private static func bounce(_ address: String, _ text: String) -> String {
    """
    Return-Path: <>
    From: MAILER-DAEMON@relay.example
    To: bounces@notices.example
    Subject: failure notice

    Hi. This is the qmail-send program at relay.example.
    I'm afraid I wasn't able to deliver your message to the following addresses.

    <\(address)>:
    Remote host said: \(text)

    """
  }

  init() throws {
    tocsin = try Tocsin()
    _ = try tocsin(
      "incident",
      "add",
      "--title",
      "Leak",
      "--affected",
      "EU-DE=3",
      "--affected",
      "EU-FR=1"
    )
    _ = try tocsin(
      "mailing",
      "create",
      "INC-2026-0001",
      "--name",
      "All customers",
      "--channel",
      "email",
      "--channel",
      "post"
    )
    _ = try tocsin("mailing", "recipients", "1", "-", input: Self.people)
    for state in ["approved", "queued", "handed-over"] {
      let result = try tocsin("mailing", "mark", "1", "--state", state, "--channel", "email")
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  private func object(_ arguments: [String], input: String = "") throws -> [String: Any] {
    let text = try tocsin.run(arguments + ["--json"], input: Data(input.utf8)).output
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `go from mails that came back to the next channel`() throws {
    let mails =
      [
        Self.bounce("ada.canary@example.org", "550 5.1.1 User unknown"),
        Self.bounce("bob.canary@example.org", "452 4.2.2 Mailbox full"),
        Self.bounce("nobody@example.org", "550 5.1.1 User unknown"),
        "From: a@b.example\nSubject: Hello\n\nHow are you?\n",
      ].map { "From x@y.example Thu Sep 18 17:54:04 2008\n\($0)\n" }.joined()
    let dry = try tocsin("import", "bounces", "-", "--dry-run", input: mails)
    #expect(
      dry.output == """
        4 mails: bounce 3, not a bounce 1
        nothing was altered; this would be done:

        """
    )
    #expect(
      dry.errors == """
        by address only, look and confirm: -: recipient 1 of MLG-2026-0001: bounce, no such mailbox
        by address only, look and confirm: -:2: recipient 2 of MLG-2026-0001: bounce, mailbox full
        anybody can have written mails that have only the address; to take them: --by-address
        unmatched: -:3: it speaks of nobody who was written to

        """
    )
    #expect(dry.status == 0)
    let told = try object(["import", "bounces", "-"], input: mails)
    #expect(told["by_address"] as? Int == 2)
    #expect(told["moved"] as? [String: Int] == [:])
    #expect(try tocsin("import", "bounces", "-", "--checked-only", input: mails).status == 64)
    let taken = try object(
      ["import", "bounces", "-", "--mailing", "1", "--by-address"],
      input: mails
    )
    #expect(taken["moved"] as? [String: Int] == ["bounced-hard": 1, "bounced-soft": 1])
    #expect(taken["unmatched"] as? Int == 1)
    let again = try object(["import", "bounces", "-"], input: mails)
    #expect(again["known"] as? Int == 2)
    #expect(again["moved"] as? [String: Int] == [:])

    let plan = try tocsin("mailing", "retry", "1", "--dry-run")
    #expect(
      plan.output == """
        MLG-2026-0001: 1 recipients would be moved on
          next by post: 1
          not due yet: 1, the first at 2026-05-18T20:40:00Z

        """,
      "\(plan.errors)"
    )
    let retried = try object(["mailing", "retry", "1", "--apart", "0m", "--attempts", "1"])
    // A retry is no change that is taken back, and what was done before it is not meant.
    let undone = try tocsin("undo")
    #expect(undone.status == 1)
    #expect(undone.errors.contains("cannot be undone: what happened to people stays"))
    #expect(undone.errors.contains("tocsin mailing mark"))
    #expect(retried["next"] as? [String: Int] == ["post": 1])
    #expect(retried["unreachable"] as? Int == 1)
    let status = try object(["mailing", "status", "1"])
    #expect(
      status["byState"] as? [String: Int] == ["queued": 1, "unreachable": 1, "handed-over": 1]
    )
    #expect(try tocsin("verify").status == 0)
    #expect(try tocsin("import", "bounces", "/nowhere").status == 1)
    #expect(try tocsin("mailing", "retry", "1", "--apart", "soon").status == 64)
  }

  @Test func `are proved to somebody who has nothing but the folder`() throws {
    let folder = tocsin.directory.file("proof")
    let made = try tocsin("mailing", "proof", "1", "--out", folder)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.hasPrefix("\(folder): 3 recipients, "))
    let lines = made.output.split(separator: "\n")
    let (seal, head) = (lines[1].dropFirst(5), lines[2].dropFirst(5))
    #expect(try tocsin("mailing", "proof", "1", "--out", folder).status == 1)

    var stranger = tocsin
    stranger.environment["TOCSIN_STORE"] = "/nowhere/at/all.sqlite"
    let checked = try stranger("verify", "--bundle", folder)
    #expect(checked.status == 0, "\(checked.errors)")
    #expect(checked.output.hasPrefix("sound: MLG-2026-0001, 3 recipients, "))
    #expect(checked.output.hasSuffix("seal \(seal)\nhead \(head)\n"))
    let witnessed = try stranger(
      "verify",
      "--bundle",
      folder,
      "--witness",
      String(head),
      "--seal",
      String(seal)
    )
    #expect(witnessed.status == 0)
    #expect(try tocsin("journal").output.contains("wrote a proof, \(seal.prefix(12))"))
    #expect(try tocsin("verify", "--witness", String(head)).status == 0)

    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      for word in ["Canary", "canary@", "C-1001", "5551001"] {
        #expect(data.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
      }
    }
    let file = URL(fileURLWithPath: "\(folder)/states.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("handed-over", with: "acknowledged").utf8).write(to: file)
    let altered = try stranger("verify", "--bundle", folder)
    #expect(altered.status == 2)
    #expect(
      altered.output.hasPrefix("altered: states.csv: it was altered: its SHA-256 is another one\n")
    )
    #expect(try stranger("verify", "--bundle", "/nowhere").status == 1)
    #expect(try stranger("verify", "--seal", "x").status == 64)
  }

  @Test func `name one person only with a reason, which the journal keeps`() throws {
    let folder = tocsin.directory.file("proof")
    #expect(
      try tocsin("mailing", "proof", "1", "--out", folder, "--recipient", "C-1002").status == 64
    )
    let nobody = try tocsin(
      "mailing",
      "proof",
      "1",
      "--out",
      folder,
      "--recipient",
      "C-9",
      "--reason",
      "r"
    )
    #expect(nobody.status == 1)
    #expect(!FileManager.default.fileExists(atPath: folder))
    let made = try tocsin(
      "mailing",
      "proof",
      "1",
      "--out",
      folder,
      "--recipient",
      "C-1002",
      "--reason",
      "she asked"
    )
    #expect(made.status == 0, "\(made.errors)")
    let person = try String(contentsOfFile: "\(folder)/recipient/person.json", encoding: .utf8)
    #expect(person.contains("bob.canary@example.org"))
    #expect(try tocsin("verify", "--bundle", folder).status == 0)
    let journal = try tocsin("journal").output
    #expect(journal.contains("revealed 1 recipients: proof: she asked"))
    #expect(journal.contains("wrote a proof with recipient 2"))
  }

  @Test func `are reported to the regulator, with the gaps both ways`() throws {
    let mail = Self.bounce("bob.canary@example.org", "550 5.1.1 User unknown")
    _ = try tocsin("import", "bounces", "-", "--by-address", input: mail)
    _ = try tocsin("mailing", "retry", "1")
    let report = try tocsin("report", "mailing", "MLG-2026-0001")
    #expect(report.status == 0, "\(report.errors)")
    #expect(
      report.output == """
        # MLG-2026-0001: All customers

        - Incident: INC-2026-0001
        - Channels, in order: e-mail, post
        - Opened: 2026-05-18 14:40 UTC
        - Affected: 4
        - Listed: 3

        ## Where people stand

        | State | People |
        | --- | --- |
        | Notice handed over | 2 |
        | Unreachable | 1 |

        ## By jurisdiction

        | Where | Affected | Listed | Gap | Told | Reached | Came back | No address | Unreachable | Not yet |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        | EU-DE | 3 | 1 | 2 not listed | 1 | 0 | 0 | 0 | 0 | 0 |
        | EU-FR | 1 | 1 | none | 0 | 0 | 0 | 0 | 1 | 0 |
        | US-CA | 0 | 1 | 1 more than affected | 1 | 0 | 0 | 0 | 0 | 0 |

        ## Gaps

        - EU-DE: 2 more are affected than are listed.
        - US-CA: 1 more are listed than are affected.

        ## Against the clock

        The mailing names no duty.

        ## By date and channel

        | Day (UTC) | Channel | Handed over | Reached | Came back | No address |
        | --- | --- | --- | --- | --- | --- |
        | 2026-05-18 | e-mail | 3 | 0 | 1 | 0 |

        Somebody who was tried over two channels is counted under both; where people stand now is above.

        ## Those who could not be reached

        1 could not be reached over any channel of the mailing.

        No public notice is recorded.

        | Why mails came back | What became of it | Count |
        | --- | --- | --- |
        | no such mailbox | bounced, hard | 1 |

        """
    )
    let json = try object(["report", "mailing", "1"])
    #expect((json["standing"] as? [String: Int])?["unreachable"] == 1)
    #expect((json["jurisdictions"] as? [[String: Any]])?.first?["gap"] as? Int == 2)
    let csv = try tocsin("report", "mailing", "1", "--csv").output
    #expect(csv.contains("MLG-2026-0001,day,EU-FR,2026-05-18,email,,bounced-hard,1\r\n"))
    #expect(csv.contains("MLG-2026-0001,now,EU-FR,,,fr,unreachable,1\r\n"))
    let html = try tocsin("report", "mailing", "1", "--html").output
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(html.contains("<td>2 not listed</td>"))
    for word in ["Canary", "canary@"] { #expect(!(report.output + html + csv).contains(word)) }
  }
}
