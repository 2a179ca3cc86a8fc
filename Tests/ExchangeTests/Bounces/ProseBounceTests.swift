import Model
import Testing

@testable import Exchange

struct `A bounce in prose` {
  @Test(arguments: [
    // qmail
    (
      """
      Hi. This is the qmail-send program at relay.example.
      I'm afraid I wasn't able to deliver your message to the following addresses.
      This is a permanent error; I've given up. Sorry it didn't work out.

      <a@b.example>:
      192.0.2.25 does not like recipient.
      Remote host said: 550 5.1.1 <a@b.example>: User unknown
      Giving up on 192.0.2.25.

      <c@d.example>:
      Connected to 192.0.2.26 but sender was rejected.
      Remote host said: 421 4.7.0 temporarily deferred

      --- Below this line is a copy of the message.

      Return-Path: <bounces@notices.example>
      Message-ID: <m1@notices.example>
      To: a@b.example
      """,
      ["a@b.example 5.1.1 550 userUnknown hard", "c@d.example 4.7.0 421 rateLimited soft"]
    ),
    // Exim
    (
      """
      This message was created automatically by mail delivery software.

      A message sent by

        <sender@notices.example>

      could not be delivered to one or more of its recipients. The following
      address(es) failed:

        a@b.example
          (generated from list@b.example)
          SMTP error from remote mail server after RCPT TO:<a@b.example>:
          host mx.b.example [192.0.2.1]: 552 5.2.2 Mailbox full
        c@d.example
          an MX or SRV record indicated no SMTP service

      ------ This is a copy of the message, including all the headers. ------

      Message-ID: <m1@notices.example>
      """,
      ["a@b.example 5.2.2 552 mailboxFull soft", "c@d.example - - notAccepting hard"]
    ),
    // Postfix, without its parts
    (
      """
      I'm sorry to have to inform you that your message could not
      be delivered to one or more recipients.

                         The mail system

      <a@b.example> (expanded from <team@b.example>): host
          mx.b.example[192.0.2.1] said: 550 5.7.1 blocked using
          zen.example (in reply to RCPT TO command)
      """,
      ["a@b.example 5.7.1 550 blocked soft"]
    ),
    // An old sendmail
    (
      """
         ----- Transcript of session follows -----
      550 d.example (smtp)... 550 Host unknown
      554 <c@d.example>... 550 Host unknown (Authoritative answer from name server)
      While talking to smtp.b.example:
      >>> RCPT To:<a@b.example>
      <<< 550 <a@b.example>... User unknown
      550 <a@b.example>... User unknown

         ----- Unsent message follows -----
      Received: by relay.example; Thu, 29 Apr 1999 23:34:45 +0900
      Message-ID: <m1@notices.example>
      """,
      ["c@d.example - 550 hostUnknown hard", "a@b.example - 550 userUnknown hard"]
    ),
    // Exchange
    (
      """
      Your message

        To:      a@b.example
        Subject: A notice
        Sent:    Thu, 29 Apr 2010 00:00:00 -0000

      did not reach the following recipient(s):

      a@b.example on Thu, 29 Apr 2010 00:00:00 -0000
          The recipient name is not recognized
          MSEXCH:IMS:NNN:MAIL 0 (000C05A6) Unknown Recipient
      """,
      ["a@b.example - - userUnknown hard"]
    ),
    // OpenSMTPD
    (
      """
          Hi!

          An error has occurred while attempting to deliver a message for
          the following list of recipients:

      a@b.example: 550 5.1.1 No such account

          Below is a copy of the original message:

      Message-ID: <m1@notices.example>
      """,
      ["a@b.example 5.1.1 550 userUnknown hard"]
    ),
    // DragonFly
    (
      """
      There was an error delivering your mail to <a@b.example>.

      Could not deliver for the last 432000 seconds. Giving up.

      Message headers follow.

      Message-Id: <m1@notices.example>
      """,
      ["a@b.example - - expired soft"]
    ),
    ("Sorry, your mail could not be delivered.", []),
  ])
  func `names recipients in the manner of its program`(text: String, lines: [String]) {
    let verdict = BounceSample.verdict(BounceSample.prose(text))
    #expect(verdict.kind == .bounce)
    #expect(verdict.recipients.map(BounceSample.line) == lines)
    #expect(verdict.originalMessageID == (text.contains("m1@") ? "m1@notices.example" : nil))
  }

  @Test(arguments: [
    ("This is a warning message only. You do not need to resend your message.", "failure notice"),
    ("Delivery to the following recipient has been delayed.", "failure notice"),
    ("Sorry", "Delivery Status Notification (Delay)"),
  ])
  func `may be a delay, and nothing is hard then`(text: String, subject: String) {
    let words = "\(text)\n\na@b.example: 550 user unknown\n"
    let verdict = BounceSample.verdict(BounceSample.prose(words, subject: subject))
    #expect(verdict.kind == .delayed)
    #expect(
      verdict.recipients.map(BounceSample.line) == ["a@b.example - 550 userUnknown soft"]
    )
  }

  @Test func `takes recipients from a field where its words name none`() {
    let mail = """
      From: Mail Delivery System <mailer-daemon@relay.example>
      X-Failed-Recipients: a@b.example,
       c@d.example
      To: bounces@notices.example
      Subject: Mail delivery failed

      save to /var/mail: mailbox is full
      """
    #expect(
      BounceSample.verdict(mail).recipients.map(BounceSample.line) == [
        "a@b.example - - mailboxFull soft", "c@d.example - - mailboxFull soft",
      ]
    )
  }

  @Test func `never lays the failure of one to all the returned mail was written to`() {
    let text = "Your message could not be delivered.\n\n--- Original message ---\n\n"
    let one = BounceSample.verdict(BounceSample.prose(text + "Subject: x\nTo: a@b.example\n"))
    #expect(one.recipients.map(\.address) == ["a@b.example"])
    let two = BounceSample.verdict(
      BounceSample.prose(text + "Subject: x\nTo: a@b.example, c@d.example\n")
    )
    #expect(two.recipients.isEmpty)
    #expect(two.originalTo == ["a@b.example", "c@d.example"])
  }

  @Test func `is sent back to an envelope address that is kept`() {
    let mail = """
      X-Original-To: bounces+m7.r42@notices.example
      Delivered-To: bounces@notices.example
      Envelope-To: <bounces@notices.example>
      From: MAILER-DAEMON@relay.example
      To: Notices <notices@notices.example>
      Subject: failure notice

      <a@b.example>: user unknown
      """
    #expect(
      BounceSample.verdict(mail).returnPaths == [
        "bounces+m7.r42@notices.example", "bounces@notices.example", "notices@notices.example",
      ]
    )
  }
}

struct `An ordinary mail` {
  @Test(arguments: [
    "From: ana@example.net\nSubject: Hello\n\nMy mail to <bob@example.com> bounced: 550 5.1.1 user unknown",
    "From: ana@example.net\nSubject: Fwd: Undelivered Mail Returned to Sender\n\n> <bob@example.com>: 550",
    "From: ana@example.net\nSubject: Returned mail\n\nYour message could not be delivered to bob@example.com",
    "From: postmaster@example.net\nSubject: Holidays\n\nThe office is closed on Friday.",
    "From: news@example.net\nReturn-Path: <>\nSubject: News\n\nNothing new.",
    "From: no-reply@shop.example\nSubject: Your parcel could not be delivered\n\nNobody was at home.",
    "From: shop@shop.example\nSubject: Out of office furniture: new chairs\n\nCome and see.",
    "From: list-bounces@lists.example\nSubject: digest\n\nbob@example.com wrote: 550 user unknown",
    "From: ana@example.net\nAuto-Submitted: auto-generated\nSubject: Nightly report\n\nAll is well.",
    "From: ana@example.net\nSubject: see attached\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
      + "The bounce I spoke of.\n--b\nContent-Type: message/rfc822\n\n"
      + BounceSample.notification("Final-Recipient: rfc822; a@b.example\nAction: failed")
      + "\n--b--",
    "", "\n", "no header at all",
  ])
  func `is no bounce`(mail: String) {
    let verdict = BounceSample.verdict(mail)
    #expect(verdict.kind == .notABounce)
    #expect(verdict.recipients.isEmpty)
  }
}

struct `An automatic reply` {
  @Test(arguments: [
    "Auto-Submitted: auto-replied (vacation)\nSubject: Re: A notice",
    "Auto-Submitted: auto-replied\nSubject: Undelivered", "X-Autoreply: yes\nSubject: away",
    "Precedence: auto_reply\nSubject: away", "Subject: Automatic reply: A notice",
    "Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_absence?=", "Subject: Abwesend: Ihr Schreiben",
    "Return-Path: <>\nAuto-Submitted: auto-replied\nSubject: Out of Office",
  ])
  func `is told by the fields that machines set (RFC 3834)`(fields: String) {
    let mail = """
      From: Ana <ana@example.net>
      To: notices@notices.example
      In-Reply-To: <m7@notices.example>
      \(fields)

      I am away. Mail to <bob@example.net> in urgent cases.
      """
    let verdict = BounceSample.verdict(mail)
    #expect(verdict.kind == .autoReply)
    #expect(verdict.recipients.map(BounceSample.line) == ["ana@example.net - - autoReply soft"])
    #expect(verdict.originalMessageID == "m7@notices.example")
  }

  @Test func `may be a receipt (RFC 8098)`() {
    let mail = """
      From: ana@example.net
      Subject: Disposition notification
      Content-Type: multipart/report; report-type=disposition-notification; boundary=b

      --b

      It was displayed.
      --b
      Content-Type: message/disposition-notification

      Final-Recipient: rfc822;ana@work.example
      Original-Message-ID: <m7@notices.example>
      Disposition: manual-action/MDN-sent-manually; displayed
      --b--
      """
    let verdict = BounceSample.verdict(mail)
    #expect(verdict.kind == .autoReply)
    #expect(verdict.recipients.map(\.address) == ["ana@work.example"])
    #expect(verdict.originalMessageID == "m7@notices.example")
  }
}

struct `A complaint` {
  @Test func `names who complained, and of what (RFC 5965)`() {
    let mail = """
      From: feedback@isp.example
      To: abuse@notices.example
      Subject: FW: A notice
      Content-Type: multipart/report; report-type=feedback-report; boundary=b

      --b

      This is an email abuse report.
      --b
      Content-Type: message/feedback-report

      Feedback-Type: abuse
      User-Agent: SomeGenerator/1.0
      Version: 1
      Original-Mail-From: <bounces+m7.r42@notices.example>
      Original-Rcpt-To: <ana@example.net>
      Original-Rcpt-To: bob@example.net
      Reporting-MTA: dns; mail.isp.example
      --b
      Content-Type: message/rfc822

      To: ana@example.net
      Message-ID: <m7@notices.example>
      --b--
      """
    let verdict = BounceSample.verdict(mail)
    #expect(verdict.kind == .complaint)
    #expect(verdict.feedbackType == "abuse")
    #expect(
      verdict.recipients.map(BounceSample.line) == [
        "ana@example.net - - complaint soft", "bob@example.net - - complaint soft",
      ]
    )
    #expect(verdict.originalMessageID == "m7@notices.example")
    #expect(verdict.reportingHost == "mail.isp.example")
    let redacted = mail.replacing("Original-Rcpt-To", with: "X-Redacted")
    #expect(BounceSample.verdict(redacted).recipients.map(\.address) == ["ana@example.net"])
  }

  @Test func `may be asked for by a mail program`() {
    let verdict = BounceSample.verdict(
      "From: ana@example.net\nAuto-Submitted: auto-replied\nX-Apple-Unsubscribe: true\n\nbye"
    )
    #expect((verdict.kind, verdict.feedbackType) == (.complaint, "opt-out"))
    #expect(verdict.recipients.map(\.address) == ["ana@example.net"])
  }
}

struct `A notification of Amazon SES` {
  private static let bounce = """
    {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General",
    "bouncedRecipients":[{"emailAddress":"a@b.example","action":"failed","status":"5.1.1",
    "diagnosticCode":"smtp; 550 5.1.1 user\n  unknown"}]},
    "mail":{"destination":["a@b.example"],"commonHeaders":{"messageId":"<m7@notices.example>"}}}
    """

  @Test func `is read out of the mail that carries it, wrapped as it may be`() {
    let head = "From: no-reply@sns.example\nSubject: AWS Notification Message\n\n"
    let inner = JSON.string(Self.bounce.replacing("\n", with: "")).written()
    for text in [Self.bounce, "{\"Type\":\"Notification\",\"Message\":\(inner)}"] {
      let verdict = BounceSample.verdict(head + text + "\n\n--\nIf you wish to stop {")
      #expect(verdict.kind == .bounce)
      #expect(
        verdict.recipients.map(BounceSample.line) == ["a@b.example 5.1.1 550 userUnknown hard"]
      )
      #expect(verdict.originalMessageID == "m7@notices.example")
      #expect(verdict.originalTo == ["a@b.example"])
    }
    #expect(BounceSample.verdict(head + "{\"a\":").kind == .notABounce)
  }
}
