import Foundation
import Model
import TestSupport
import Testing

@testable import Exchange

private let texts = [
  "", "One line.", "Two\nlines.\n", "Grüße aus Köln, 3 = 3\n", "日本語の文章です。\n二行目\n",
  ".\n..\nFrom here\n From there\n", "trailing blank \ntab\t\n",
  String(repeating: "x", count: 2000),
  String(repeating: "word From . ", count: 60), "a\r\nb\rc", "Bcc: eve@evil.example\n\n.\r\n.\n",
  "--=_tocsin_alternative--\nnul \u{0} esc \u{1B}[31m", String(repeating: "é", count: 500),
]

private let subjects = [
  "Plain", "A notice about your account with a subject that goes on for longer than a line may be",
  "Grüße", String(repeating: "ü", count: 100), "two  blanks", " at ends ", "=?utf-8?Q?no?=", "",
  "a\r\nBcc: eve@evil.example", "a\nb\u{0}c\u{85}d\u{2028}e", String(repeating: "y", count: 1200),
  "👩‍👩‍👧 family", "日本語",
]

private func message(_ subject: String, _ text: String, html: String? = nil) -> MailMessage {
  var message = MailMessage(
    to: [
      MailMessage.Party("ana@example.net", name: "Ana Ünal"), MailMessage.Party("bob@example.net"),
    ],
    subject: subject,
    text: text,
    date: Instant(seconds: 1_779_115_200)
  )
  message.from = MailMessage.Party("notices@lindgren.example", name: "Lindgren & Vale, \"Notices\"")
  message.id = "m7.r42@lindgren.example"
  message.listID = "notices.lindgren.example"
  message.html = html
  return message
}

/// The text as it must come back: every line break one LF.
private func plain(_ text: String) -> String {
  text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
}

/// The subject as it must come back: what could end a line is a blank.
private func shown(_ subject: String) -> String {
  String(
    String.UnicodeScalarView(
      subject.unicodeScalars.map {
        $0.value < 32 || 0x7F...0x9F ~= $0.value || $0 == "\u{2028}" ? " " : $0
      }
    )
  )
}

struct `A mail to be sent` {
  @Test func `is written with the fields that mail wants`() throws {
    let bytes = try message("A notice", "Dear Ana\n").bytes()
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        From: =?utf-8?B?TGluZGdyZW4gJiBWYWxlLCAiTm90aWNlcyI=?=
         <notices@lindgren.example>
        To: =?utf-8?B?QW5hIMOcbmFs?= <ana@example.net>, bob@example.net
        Subject: A notice
        Date: Mon, 18 May 2026 14:40:00 +0000
        Message-ID: <m7.r42@lindgren.example>
        List-Id: <notices.lindgren.example>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Dear Ana

        """
    )
  }

  @Test(arguments: texts, [nil, "<p>Grüße</p>\n"] as [String?])
  func `is ASCII in short lines, and comes back equal`(text: String, html: String?) throws {
    for subject in subjects {
      let message = message(subject, text, html: html)
      let bytes = try message.bytes()
      #expect(bytes.allSatisfy { $0 < 127 && ($0 >= 32 || $0 == 10) })
      #expect(bytes.split(separator: 10).allSatisfy { $0.count <= 76 })
      let part = MailPart(bytes[...])
      #expect(part.headers.fields.count == (html == nil ? 10 : 9))
      #expect(part.headers.text("subject") == shown(subject))
      let read = part.parts.isEmpty ? [part] : part.parts
      let bodies = read.map { plain(String(decoding: $0.content, as: UTF8.self)) }
      #expect(bodies.count == (html == nil ? 1 : 2))
      #expect(bodies[0] == plain(text) || bodies[0] == plain(text) + "\n")
      if let html { #expect(bodies[1] == html) }
      let lines = try message.bytes(lineEnd: "\r\n")
      #expect(lines.filter { $0 != 13 } == bytes)
    }
  }

  @Test(arguments: [
    "", "a", "a@", "@b", "a b@c", "a@b\nBcc: x@y", "-f@b", "a@b@c", "a,b@c", "<a@b>", "ü@b",
  ])
  func `has plain addresses and ids only`(strange: String) {
    let good = message("x", "y")
    var changes: [(inout MailMessage) -> Void] = [
      { $0.to[0].address = strange }, { $0.from?.address = strange }, { $0.id = strange },
      { $0.returnPath = strange },
    ]
    if strange != "a" { changes.append { $0.listID = strange } }
    for change in changes {
      var bad = good
      change(&bad)
      #expect(throws: UnfitMail.self) { try bad.bytes() }
    }
    var nobody = good
    nobody.to = []
    #expect(throws: UnfitMail.self) { try nobody.bytes() }
  }

  @Test(
    arguments: [
      ("bounces@n.example", "m7.r42", "bounces+m7.r42@n.example"), ("bounces@n.example", "", nil),
      ("bounces@n.example", "a b", nil), ("bounces@n.example", "a@b", nil), ("bounces", "m7", nil),
      ("bounces@n.example", String(repeating: "x", count: 57), nil),
    ] as [(String, String, String?)]
  )
  func `has a return path that names the recipient`(base: String, tag: String, path: String?) {
    #expect(MailMessage.returnPath(base, tag: tag) == path)
  }

  private static let python = "/usr/bin/python3"

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
  func `is read by Python's email package as it was meant`() throws {
    let folder = try TemporaryDirectory()
    var wanted: [[String]] = []
    for (index, text) in texts.enumerated() {
      let subject = subjects[index % subjects.count]
      let html = index.isMultiple(of: 2) ? "<p>\(text)</p>" : nil
      let bytes = try message(subject, text, html: html).bytes()
      try Data(bytes).write(to: URL(fileURLWithPath: folder.file("\(index).eml")))
      wanted.append(
        [shown(subject), plain(text)]
          + (html.map { [plain($0)] } ?? [])
      )
    }
    let script = """
      import email, email.policy, json, sys
      out = []
      for i in range(int(sys.argv[2])):
        m = email.message_from_binary_file(open(f'{sys.argv[1]}/{i}.eml', 'rb'), policy=email.policy.default)
        assert not m.defects, m.defects
        assert [a.addr_spec for a in m['To'].addresses] == ['ana@example.net', 'bob@example.net']
        assert m['From'].addresses[0].display_name == 'Lindgren & Vale, "Notices"', m['From']
        parts = list(m.iter_parts()) if m.is_multipart() else [m]
        out.append([str(m['Subject'])] + [p.get_payload(decode=True).decode().replace('\\r\\n', '\\n') for p in parts])
      print(json.dumps(out))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.python)
    process.arguments = ["-c", script, folder.path, "\(texts.count)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let read = try #require(try JSONSerialization.jsonObject(with: data) as? [[String]])
    for (read, wanted) in zip(read, wanted) {
      #expect(read.count == wanted.count && read[0] == wanted[0])
      #expect(read[1] == wanted[1] || read[1] == wanted[1] + "\n")
      #expect(read.dropFirst(2).elementsEqual(wanted.dropFirst(2)))
    }
  }
}
