import Exchange
import Foundation
import Model

extension Bench {
  /// How many mails that came back are read in a second: half notifications, half prose.
  func bounces() throws {
    let notification = """
      From: Mail Delivery System <MAILER-DAEMON@relay.example>
      To: <bounces+m7.r42@notices.example>
      Subject: Undelivered Mail Returned to Sender
      Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"

      --b/1

      I'm sorry to have to inform you that your message could not be delivered.

      <a@b.example>: host mx.b.example[192.0.2.1] said: 550 5.1.1 <a@b.example>: Recipient address
          rejected: User unknown (in reply to RCPT TO command)
      --b/1
      Content-Type: message/delivery-status

      Reporting-MTA: dns; relay.example

      Final-Recipient: rfc822; a@b.example
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 <a@b.example>: Recipient address rejected: User unknown
      --b/1
      Content-Type: message/rfc822

      Message-ID: <m7.r42@notices.example>

      \(String(repeating: "A notice of some length, as they are.\n", count: 60))
      --b/1--
      """
    let prose = """
      Return-Path: <>
      From: MAILER-DAEMON@relay.example
      To: bounces@notices.example
      Subject: failure notice

      Hi. This is the qmail-send program at relay.example.
      I'm afraid I wasn't able to deliver your message to the following addresses.

      <a@b.example>:
      Remote host said: 550 5.1.1 sorry, there is nobody here of that name

      --- Below this line is a copy of the message.

      Message-ID: <m7.r42@notices.example>

      \(String(repeating: "A notice of some length, as they are.\n", count: 60))
      """
    let mails = [notification, prose].map { Array($0.utf8) }
    let reader = BounceReader()
    let rounds = 4000
    var hard = 0
    let time = ContinuousClock().measure {
      for round in 0..<rounds {
        let verdict = reader.verdict(of: mails[round % mails.count])
        if verdict.recipients.first?.isHard == true { hard += 1 }
      }
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    row("bounces read (\(hard) of \(rounds) hard)", "\(Int(Double(rounds) / seconds)) mails/s")
  }
}
