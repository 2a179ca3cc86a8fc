import Model
import Testing

@testable import Exchange

struct `A delivery status notification` {
  @Test func `names the recipient, what was done and why (RFC 3464)`() throws {
    let mail = BounceSample.notification(
      """
      Reporting-MTA: dns; relay.example
      Original-Envelope-Id: m7+2Br42

      Original-Recipient: rfc822;ana@example.net
      Final-Recipient: rfc822; a.n.other@mail.example.net
      Action: failed
      Status: 5.0.0 (undefined)
      Remote-MTA: dns; mx.example.net
      Diagnostic-Code: smtp; 550 5.1.1 <a.n.other@mail.example.net>:
          Recipient address rejected: User unknown
      """
    )
    let verdict = BounceSample.verdict(mail)
    #expect(verdict.kind == .bounce)
    #expect(verdict.reportingHost == "relay.example")
    #expect(verdict.originalEnvelopeID == "m7+r42")
    #expect(verdict.originalMessageID == "m7.r42@notices.example")
    #expect(verdict.originalTo == ["ana@example.net"])
    #expect(verdict.returnPaths == ["bounces+m7.r42@notices.example"])
    let recipient = try #require(verdict.recipients.first)
    #expect(
      BounceSample.line(recipient) == "a.n.other@mail.example.net 5.0.0 550 userUnknown hard"
    )
    #expect(recipient.originalAddress == "ana@example.net")
    #expect(recipient.action == .failed)
    #expect(recipient.replyStatus == MailStatus(5, 1, 1))
    #expect(recipient.tellingStatus == MailStatus(5, 1, 1))
    #expect(recipient.remoteHost == "mx.example.net")
    #expect(recipient.diagnosticType == "smtp")
    #expect(
      recipient.diagnostic
        == "550 5.1.1 <a.n.other@mail.example.net>: Recipient address rejected: User unknown"
    )
  }

  @Test func `may name several recipients, each with its own end (RFC 3464, appendix E.2)`() {
    let mail = BounceSample.notification(
      """
      Reporting-MTA: dns; cs.utk.example

      Original-Recipient: rfc822;arathib@vnet.ibm.example
      Final-Recipient: rfc822;arathib@vnet.ibm.example
      Action: failed
      Status: 5.0.0 (permanent failure)
      Diagnostic-Code: smtp;  550 'arathib@vnet.IBM.example' is not a
       registered gateway user
      Remote-MTA: dns; vnet.ibm.example

      Final-Recipient: rfc822;johnh@hpnjld.njd.hp.example
      Action: delayed
      Status: 4.0.0 (hpnjld.njd.jp.example: host name lookup failure)

      Final-Recipient: rfc822;wsnell@sdcc13.ucsd.example
      Action: failed
      Status: 5.0.0
      Diagnostic-Code: smtp; 550 user unknown

      Final-Recipient: rfc822;glad@example.com
      Action: delivered
      Status: 2.1.5
      """
    )
    let verdict = BounceSample.verdict(mail)
    #expect(verdict.kind == .bounce)
    #expect(
      verdict.recipients.map(BounceSample.line) == [
        "arathib@vnet.ibm.example 5.0.0 550 unknown soft",
        "johnh@hpnjld.njd.hp.example 4.0.0 - deferred soft",
        "wsnell@sdcc13.ucsd.example 5.0.0 550 userUnknown hard",
        "glad@example.com 2.1.5 - delivered -",
      ]
    )
  }

  @Test(arguments: [
    ("failed", BounceKind.bounce), ("Failed (sorry)", .bounce), ("delayed", .delayed),
    ("delivered", .delivered), ("relayed", .delivered), ("expanded", .delivered),
    ("no-word", .delayed), ("", .delayed),
  ])
  func `is a bounce, a delay or a receipt by its action`(action: String, kind: BounceKind) {
    let fields = "Final-Recipient: rfc822;a@b.example\nAction: \(action)\nStatus: 4.4.1"
    #expect(BounceSample.verdict(BounceSample.notification(fields)).kind == kind)
  }

  @Test(arguments: [
    ("rfc822;a+2Bb@c.example", "a+b@c.example"), ("rfc822; a+41b@c.example", "a+41b@c.example"),
    ("rfc822; bounce+3Dx@c.example", "bounce=x@c.example"), ("RFC822;<a@b.example>", "a@b.example"),
    ("utf-8; m\\x{FC}ller@b\\x{FC}cher.example", "müller@bücher.example"),
    ("utf-8; müller@bücher.example", "müller@bücher.example"), ("a@b.example", "a@b.example"),
    ("utf-8; a\\x{D800}@b\\x{.example", "a\\x{D800}@b\\x{.example"),
    ("rfc822;@relay.example:a@server", "@relay.example:a@server"),
    ("x400; /c=de/a=x/s=y/", "/c=de/a=x/s=y/"), ("rfc822;a@b.example>", "a@b.example"),
  ])
  func `has addresses of several types, decoded`(field: String, address: String) {
    let fields = "Final-Recipient: \(field)\nAction: failed\nStatus: 5.1.1"
    let verdict = BounceSample.verdict(BounceSample.notification(fields))
    #expect(verdict.recipients.map(\.address) == [address])
  }

  @Test(arguments: [
    "Original-Recipient: <a@b.example>\nAction: failed\nDiagnostic-Code: smtp; 550 user unknown",
    "Reporting-MTA: dns; x\nAction: failed\nFinal-Recipient: rfc822;a@b.example\nStatus: 5.1.1",
    "junk without a colon\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\n"
      + "Action: failed\nStatus: 5.1.1",
    "Final-Recipient : rfc822; a@b.example\nStatus: 5.1.1 no such user",
    "Action: failed\n\nFinal-Recipient: rfc822; a@b.example\nStatus: 5.1.1",
  ])
  func `is read where its fields are out of order`(fields: String) {
    let verdict = BounceSample.verdict(BounceSample.notification(fields))
    #expect(verdict.kind == .bounce)
    #expect(verdict.recipients.map(\.address) == ["a@b.example"])
    #expect(verdict.recipients.map(\.isHard) == [true])
  }

  @Test func `parts recipients that no empty line parts`() {
    let fields = """
      Final-Recipient: rfc822; a@b.example
      Action: failed
      Status: 5.1.1
      Final-Recipient: rfc822; c@d.example
      Action: failed
      Status: 5.2.2
      """
    #expect(
      BounceSample.verdict(BounceSample.notification(fields)).recipients.map(BounceSample.line) == [
        "a@b.example 5.1.1 - userUnknown hard", "c@d.example 5.2.2 - mailboxFull soft",
      ]
    )
  }

  @Test func `is read as text where a gateway lost its parts`() {
    let mail = """
      From: postmaster@relay.example
      To: bounces@notices.example
      Subject: Delivery Notification: Delivery has failed
      Content-Type: multipart/report; report-type=delivery-status

      Your message cannot be delivered to the following recipients:

      Reporting-MTA: dns; relay.example

      Action: failed
      Status: 5.0.0
      Final-recipient: rfc822;a@b.example
      Diagnostic-code: smtp; 550 5.2.1 mailbox disabled for a@b.example

      Return-path: notices@notices.example
      Message-id: <m8@notices.example>
      """
    let verdict = BounceSample.verdict(mail)
    #expect(
      verdict.recipients.map(BounceSample.line) == ["a@b.example 5.0.0 550 mailboxDisabled soft"]
    )
    #expect(verdict.originalMessageID == "m8@notices.example")
  }

  @Test func `takes the report's words where it has no diagnostic`() {
    let mail = BounceSample.notification(
      "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.0.0",
      text: "<a@b.example>: 550 mailbox is full (in reply to RCPT TO command)"
    )
    let recipients = BounceSample.verdict(mail).recipients
    #expect(recipients.map(BounceSample.line) == ["a@b.example 5.0.0 550 mailboxFull soft"])
  }
}
