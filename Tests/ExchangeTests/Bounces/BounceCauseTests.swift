import Model
import Testing

@testable import Exchange

private func cause(_ text: String, _ status: String? = nil, _ type: String = "smtp") -> String {
  let words = Array(text.utf8)[...]
  let evidence = BounceEvidence(words)
  var cause = BounceCause(reply: evidence.reply, evidence: evidence)
  cause.diagnosticType = type
  if let status { cause.status = SMTPReply.status(Array(status.utf8)[...], at: 0)?.0 }
  let reason = cause.reason
  return "\(reason) \(cause.isHard(reason).map { $0 ? "hard" : "soft" } ?? "-")"
}

struct `What a server says` {
  @Test(arguments: [
    // The address is dead.
    ("550 5.1.1 <a@b.example>... User unknown", "userUnknown hard"),
    ("550 No such user here", "userUnknown hard"),
    ("553 sorry, no mailbox here by that name (#5.1.1)", "userUnknown hard"),
    ("550 5.4.1 Recipient address rejected: Access denied", "userUnknown hard"),
    ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", "userUnknown hard"),
    ("550 #5.1.0 Address rejected.", "userUnknown hard"),
    ("550 5.1.1 unknown recipient", "userUnknown hard"),
    (
      "Host or domain name not found. Name service error for name=x.example type=A: Host not found",
      "hostUnknown hard"
    ),
    ("550 5.1.2 Host unknown", "hostUnknown hard"),
    ("Sorry, I couldn't find any host named x.example. (#5.1.2)", "hostUnknown hard"),
    ("556 5.1.10 Domain does not accept mail (nullMX)", "notAccepting hard"),
    ("551 5.1.6 User has moved", "hasMoved hard"),
    // The address may live again.
    ("552 5.2.2 Over quota", "mailboxFull soft"),
    ("550 The mailbox of this user is full", "mailboxFull soft"),
    ("550 5.2.1 The email account that you tried to reach is disabled", "mailboxDisabled soft"),
    ("421 4.7.0 try again later", "policy soft"),
    ("450 4.2.0 Recipient address rejected: Greylisted", "rateLimited soft"),
    // For good in words, for now by code.
    (
      "450 4.1.1 <a@b.example>: Recipient address rejected: unverified: user unknown",
      "userUnknown soft"
    ),
    ("450 Host not found, try again: unknown host", "hostUnknown soft"),
    // It is about the message or about us.
    ("552 5.3.4 Message size exceeds fixed limit", "tooLarge soft"),
    ("554 5.7.1 Relay access denied", "relayDenied soft"),
    ("550 5.7.26 Unauthenticated email from x.example is not accepted", "authFailed soft"),
    ("550 5.7.1 [192.0.2.1] blocked using zen.spamhaus.org", "blocked soft"),
    ("554 5.7.1 This message has been classified as spam", "spamRejected soft"),
    ("554 5.6.0 virus found in message", "virusFound soft"),
    ("550 5.1.8 Sender address rejected: Domain not found", "senderRejected soft"),
    ("550 5.7.1 Message rejected for policy reasons", "policy soft"),
    ("530 5.7.0 Must issue a STARTTLS command first", "securityRefused soft"),
    ("503 5.5.1 Improper sequence of commands", "protocolError soft"),
    ("554 5.4.6 Too many hops", "networkError soft"),
    ("550 4.4.7 QUEUE.Expired; message expired", "expired soft"),
    // What was said before the recipient was named is about us, whatever it says.
    ("550 unknown user (in reply to MAIL FROM command)", "senderRejected soft"),
    // What was said behind the content is seldom about the mailbox.
    ("550 user unknown (in reply to end of DATA command)", "filtered soft"),
    ("550 5.7.1 user unknown", "filtered soft"),
    // Words in addresses and links are not the server's.
    ("550 5.0.0 <user.unknown@spam.example> see http://x.example/mailbox-full", "unknown soft"),
    ("550", "unknown soft"), ("", "unknown -"), ("nothing of use", "unknown -"),
    // Several languages.
    ("550 5.5.0 Adresse destinataire invalide", "userUnknown hard"),
    ("550 Empfänger unbekannt", "userUnknown hard"),
    ("550 Quota des Postfachs überschritten", "mailboxFull soft"),
  ])
  func `has a reason`(text: String, reason: String) {
    #expect(cause(text) == reason)
  }

  @Test(arguments: [
    ("", "5.1.1", "userUnknown hard"), ("", "5.2.2", "mailboxFull soft"),
    ("", "4.4.1", "networkError soft"), ("", "5.4.4", "hostUnknown hard"),
    ("", "4.4.4", "networkError soft"), ("", "5.7.1", "policy soft"), ("", "5.0.0", "unknown soft"),
    // The refusing server knows better than the one that reports.
    ("550 5.7.1 IP address blacklisted by recipient", "5.1.1", "blocked soft"),
    ("552 5.2.2 Over quota", "5.1.1", "mailboxFull soft"),
    // The one that reports keeps trying.
    ("no such domain", "4.0.0", "hostUnknown soft"),
  ])
  func `is read together with the status`(text: String, status: String, reason: String) {
    #expect(cause(text, status) == reason)
  }

  @Test func `is no word on the address where a program failed`() {
    #expect(cause("procmail: No such user", "5.1.1", "x-unix") == "mailerError soft")
  }

  @Test(
    arguments: [
      ("550 5.1.1 x", 550, "5.1.1"), ("550-5.1.1 x", 550, "5.1.1"), ("#550 5.1.1 x", 550, "5.1.1"),
      ("said: 550:5.1.1 x", 550, "5.1.1"), ("(#5.7.1)", nil, "5.7.1"),
      ("host 192.0.2.55 [5.7.1.9]: 450 4.2.2", 450, "4.2.2"), ("version 5.65/1.37", nil, nil),
      ("after 432000 seconds, 450 seconds, 500 bytes", nil, nil), ("8.15.2", nil, nil),
      ("2.0.0 ok", nil, nil), ("5.1.1.1", nil, nil), ("5.1", nil, nil), ("571", 571, nil),
      ("599", nil, nil),
      ("a550 550b 55 5500 580", nil, nil), ("12:550:13", nil, nil),
    ] as [(String, Int?, String?)]
  )
  func `has a reply code and a status`(text: String, code: Int?, status: String?) {
    let reply = SMTPReply(Array(text.utf8)[...])
    #expect((reply.code, reply.status?.description) == (code, status))
  }
}
