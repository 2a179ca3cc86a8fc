internal import Model

/// A bounce in prose, as qmail, Exim, older sendmails, Exchange and many gateways write it.
///
/// Prose can say anything, so it is believed only from a machine: a daemon's address or an empty
/// return path, and with a subject or words that such reports have.
enum FreeTextBounce {
  /// The verdict; nil where the mail is no bounce.
  static func verdict(_ mail: ReturnedMail) -> BounceVerdict? {
    let signs = BounceSigns(mail)
    guard signs.isBounce else { return nil }
    var verdict = BounceVerdict(signs.isDelayed ? .delayed : .bounce)
    if let inner = DeliveryStatus.inText(mail.words) ?? DeliveryStatus.inText(mail.message.body) {
      DeliveryNotification.fill(&verdict, inner, mail)
      if !verdict.recipients.isEmpty { return verdict }
    }
    verdict.kind = signs.isDelayed ? .delayed : .bounce
    let found = TextRecipients.find(mail.words, sentTo: mail.sentTo)
    let whole = BounceEvidence(mail.words)
    if found.isEmpty {
      verdict.recipients = addresses(mail).map { recipient($0, mail.words, whole, nil, signs) }
    } else {
      verdict.recipients = found.map {
        recipient($0.address, $0.text[...], BounceEvidence($0.text[...]), whole, signs)
      }
    }
    return verdict
  }

  /// Whom a report means that names nobody in its words.
  private static func addresses(_ mail: ReturnedMail) -> [String] {
    let failed = MailAddresses.list(mail.message.headers.all("x-failed-recipients"), most: 1000)
    if !failed.isEmpty { return failed }
    let written = MailAddresses.list(
      mail.words.lines.filter { $0.trimmed.begins(with: "to:") },
      most: 5
    ).filter { !mail.sentTo.contains($0) }
    if !written.isEmpty { return written }
    let original = mail.originalTo
    // The report of one of many would be laid to all of them.
    return original.count == 1 ? original : []
  }

  private static func recipient(
    _ address: String,
    _ words: MailBytes,
    _ evidence: BounceEvidence,
    _ context: BounceEvidence?,
    _ signs: BounceSigns
  ) -> BounceRecipient {
    var cause = BounceCause(reply: evidence.reply, evidence: evidence)
    cause.context = context
    cause.action = signs.isDelayed ? .delayed : nil
    var recipient = BounceRecipient(address: address)
    recipient.status = cause.reply.status
    recipient.replyStatus = cause.reply.status
    recipient.replyCode = cause.reply.code
    recipient.reason = cause.reason
    recipient.isHard = cause.isHard(recipient.reason)
    recipient.diagnostic = DeliveryNotification.shown(words)
    return recipient
  }
}
