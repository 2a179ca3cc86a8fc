internal import Model

/// A complaint: an abuse report (RFC 5965), or one of its forerunners.
enum Complaint {
  /// The verdict; nil where the mail is no complaint.
  static func verdict(_ mail: ReturnedMail) -> BounceVerdict? {
    report(mail) ?? junkReport(mail) ?? unsubscription(mail)
  }

  private static func report(_ mail: ReturnedMail) -> BounceVerdict? {
    guard let part = mail.part("message/feedback-report") else { return nil }
    let fields = part.enclosedHeaders
    var verdict = BounceVerdict(.complaint)
    verdict.feedbackType = word(fields.plain("feedback-type"))
    verdict.reportingHost = DeliveryStatus.typed(fields.bytes("reporting-mta") ?? []).value.text
    verdict.originalEnvelopeID = fields.plain("original-envelope-id").map { Xtext.decode($0) }
    var told = MailAddresses.list(fields.all("original-rcpt-to"), most: 1000)
    if told.isEmpty { told = MailAddresses.list(fields.all("removal-recipient"), most: 1000) }
    fill(&verdict, told.isEmpty ? mail.originalTo : told)
    return verdict
  }

  /// A report of Outlook.com's Junk Mail Reporting Program: the message itself, with who complains.
  private static func junkReport(_ mail: ReturnedMail) -> BounceVerdict? {
    guard let who = mail.returned?.all("x-hmxmroriginalrecipient"), !who.isEmpty else { return nil }
    var verdict = BounceVerdict(.complaint)
    verdict.feedbackType = "abuse"
    fill(&verdict, MailAddresses.list(who, most: 20))
    return verdict
  }

  /// What mail programs send for a reader who wants no more (Apple Mail).
  private static func unsubscription(_ mail: ReturnedMail) -> BounceVerdict? {
    guard mail.message.headers.plain("x-apple-unsubscribe")?.lowercased() == "true" else {
      return nil
    }
    var verdict = BounceVerdict(.complaint)
    verdict.feedbackType = "opt-out"
    fill(&verdict, MailAddresses.list(mail.message.headers.all("from"), most: 1))
    return verdict
  }

  /// Adds who complained.
  static func fill(_ verdict: inout BounceVerdict, _ addresses: [String]) {
    verdict.recipients = addresses.map {
      BounceRecipient(address: $0, reason: .complaint, isHard: false)
    }
  }

  /// A type of complaint in lower case; nil where it is no word.
  static func word(_ text: String?) -> String? {
    guard let text = text?.lowercased(), !text.isEmpty, text.utf8.count <= 40,
      text.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 45 })
    else { return nil }
    return text
  }
}
