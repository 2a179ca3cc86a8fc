import Model

@testable import Exchange

/// Mails that came back, made up after what their senders write.
enum BounceSample {
  /// Judges a mail.
  static func verdict(_ mail: String) -> BounceVerdict {
    BounceReader().verdict(of: Array(mail.utf8))
  }

  /// A delivery status notification around fields.
  static func notification(_ fields: String, text: String = "Sorry.") -> String {
    """
    From: Mail Delivery System <MAILER-DAEMON@relay.example>
    To: <bounces+m7.r42@notices.example>
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"

    --b/1
    Content-Type: text/plain

    \(text)

    --b/1
    Content-Type: message/delivery-status

    \(fields)

    --b/1
    Content-Type: message/rfc822

    From: notices@notices.example
    To: ana@example.net
    Message-ID: <m7.r42@notices.example>

    Dear customer
    --b/1--
    """
  }

  /// A bounce in prose.
  static func prose(_ text: String, subject: String = "failure notice") -> String {
    """
    Return-Path: <>
    From: MAILER-DAEMON@relay.example
    To: bounces@notices.example
    Subject: \(subject)

    \(text)
    """
  }

  /// What is judged of a recipient, in a line.
  static func line(_ recipient: BounceRecipient) -> String {
    let parts = [
      recipient.address, recipient.status?.description, recipient.replyCode.map(String.init),
      recipient.reason.rawValue, recipient.isHard.map { $0 ? "hard" : "soft" },
    ]
    return parts.map { $0 ?? "-" }.joined(separator: " ")
  }
}
