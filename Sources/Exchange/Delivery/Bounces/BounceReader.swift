public import Model

/// Reads what a mail says of the delivery of another one.
///
/// Formats are asked from the surest to the least sure: a complaint (RFC 5965), a notification of a
/// service, a delivery status notification (RFC 3464), a bounce in prose, an automatic reply (RFC
/// 3834). Any bytes are read; what is none of these is not a bounce.
public struct BounceReader: Sendable {
  private let limits: MailLimits

  /// Makes a reader.
  public init(limits: MailLimits = MailLimits()) { self.limits = limits }

  /// Judges one message.
  ///
  /// - Parameter message: Its bytes, lines ended by LF as `MailboxReader` gives them.
  /// - Returns: The verdict; its texts are foreign.
  public func verdict(of message: [UInt8]) -> BounceVerdict {
    let mail = ReturnedMail(MailPart(message[...], limits: limits), limits: limits)
    var verdict =
      Complaint.verdict(mail) ?? ServiceNotification.verdict(mail)
      ?? DeliveryNotification.verdict(mail) ?? FreeTextBounce.verdict(mail)
      ?? AutoReply.verdict(mail) ?? BounceVerdict(.notABounce)
    verdict.returnPaths = mail.sentTo
    guard verdict.kind != .notABounce else { return verdict }
    verdict.originalMessageID = verdict.originalMessageID ?? mail.originalMessageID
    if verdict.originalTo.isEmpty { verdict.originalTo = mail.originalTo }
    return verdict
  }
}
