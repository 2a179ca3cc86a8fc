import Foundation
import TestSupport
import Testing

private let bounce = """
  Return-Path: <>
  X-Original-To: bounces+m7.r42@notices.example
  From: MAILER-DAEMON@relay.example
  To: bounces@notices.example
  Subject: failure notice

  Hi. This is the qmail-send program at relay.example.
  I'm afraid I wasn't able to deliver your message to the following addresses.

  <a@b.example>:
  Remote host said: 550 5.1.1 User \u{1B}[31munknown

  <c@d.example>:
  Remote host said: 452 4.2.2 Mailbox full

  --- Below this line is a copy of the message.

  Message-ID: <m7@notices.example>

  """

private let mailbox =
  ["From: Ana <a@b.example>\nSubject: Hello\n\nHow are you?\n", bounce]
  .map { "From x@y.example Thu Sep 18 17:54:04 2008\n\($0)\n" }.joined()

struct `tocsin bounce classify` {
  @Test func `prints a line for each recipient, and what there was of each kind`() throws {
    let tocsin = try Tocsin()
    let shown = try tocsin("bounce", "classify", "-", input: mailbox)
    #expect(
      shown.output == """
        KIND          HARD  STATUS   CODE  REASON              RECIPIENT                     FILE
        not a bounce  -     -        -     -                   -                             -
        bounce        yes   5.1.1    550   no such mailbox     a@b.example                   -:2
        bounce        no    4.2.2    452   mailbox full        c@d.example                   -:2

        """
    )
    #expect(shown.errors == "2 mails: bounce 1, not a bounce 1\n")
    #expect(shown.status == 0)
    #expect(!FileManager.default.fileExists(atPath: tocsin.store))
  }

  @Test func `prints an object for each mail as JSON`() throws {
    let tocsin = try Tocsin()
    let shown = try tocsin("bounce", "classify", "--json", "-", input: bounce)
    #expect(
      shown.output == """
        [
          {"file":"-","message":1,"kind":"bounce","recipients":[\
        {"address":"a@b.example","status":"5.1.1","replyCode":550,"reason":"userUnknown",\
        "hard":true,"action":null,"originalAddress":null,"replyStatus":"5.1.1","remoteHost":null,\
        "diagnosticType":null,"diagnostic":"<a@b.example>: Remote host said: 550 5.1.1 User \
        \\u001b[31munknown"},\
        {"address":"c@d.example","status":"4.2.2","replyCode":452,"reason":"mailboxFull",\
        "hard":false,"action":null,"originalAddress":null,"replyStatus":"4.2.2","remoteHost":null,\
        "diagnosticType":null,"diagnostic":"<c@d.example>: Remote host said: 452 4.2.2 Mailbox \
        full"}],"feedbackType":null,"reportingHost":null,\
        "returnPaths":["bounces+m7.r42@notices.example","bounces@notices.example"],\
        "originalMessageId":"m7@notices.example","originalEnvelopeId":null,"originalTo":[]}
        ]

        """
    )
    #expect(shown.errors == "1 mail: bounce 1\n")
    #expect(try tocsin("bounce", "classify", "--json", "-").output == "[]\n")
  }

  @Test func `reads a Maildir and files beside it, and tells what it cannot read`() throws {
    let tocsin = try Tocsin()
    let box = tocsin.directory.file("box")
    for name in ["cur", "new", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: "\(box)/\(name)",
        withIntermediateDirectories: true
      )
    }
    try Data(bounce.utf8).write(to: URL(fileURLWithPath: "\(box)/new/17.M1.host"))
    let shown = try tocsin("bounce", "classify", box, "/nowhere/a.eml")
    #expect(
      shown.output.contains("bounce        yes   5.1.1    550   no such mailbox     a@b.example")
    )
    #expect(
      shown.errors
        == "1 mail: bounce 1\n"
        + "tocsin: /nowhere/a.eml: No such file or directory\n"
    )
    #expect(shown.status == 1)
  }

  @Test func `shows nothing that acts on a terminal`() throws {
    let tocsin = try Tocsin()
    let hostile = bounce.replacing("<c@d.example>", with: "<c\u{202E}\u{1B}[2J@d.example>")
    let shown = try tocsin("bounce", "classify", "-", input: hostile)
    #expect(!shown.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func `wants a file`() throws {
    let shown = try Tocsin()("bounce", "classify")
    #expect(shown.status == 64)
    #expect(shown.errors.contains("Missing expected argument '<files> ...'"))
  }
}
