public import Model

/// The one form in which a notice goes out by e-mail: whoever sends it, and whoever proves later what
/// was sent, comes to the same bytes.
public enum NoticeMail {
  /// A person's message.
  ///
  /// - Parameters:
  ///   - subject: What it is about.
  ///   - plain: The text.
  ///   - html: The same as HTML; nil for none.
  ///   - address: The person's address.
  ///   - plan: How the mailing is sent.
  ///   - reference: What people call the mailing.
  ///   - id: The Message-ID without brackets.
  ///   - date: When the person was marked for this hand-over.
  /// - Returns: The message, without a return path: that stands in no byte of it.
  public static func message(
    subject: String,
    plain: String,
    html: String?,
    to address: String,
    by plan: SendingPlan,
    of reference: String,
    id: String,
    date: Instant
  ) -> MailMessage {
    var message = MailMessage(to: [.init(address)], subject: subject, text: plain, date: date)
    message.html = html
    message.from = .init(plan.sender, name: plan.senderName)
    message.id = id
    message.listID = plan.listID(of: reference)
    return message
  }
}
