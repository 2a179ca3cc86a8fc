internal import Model

/// The verdict of a mail with the fields of a delivery status notification.
enum DeliveryNotification {
  /// The verdict; nil where there is no part with such fields.
  static func verdict(_ mail: ReturnedMail) -> BounceVerdict? {
    guard let part = mail.part("message/delivery-status", "message/global-delivery-status") else {
      return nil
    }
    var verdict = BounceVerdict(.bounce)
    fill(&verdict, DeliveryStatus(part.content), mail)
    return verdict.recipients.isEmpty ? nil : verdict
  }

  /// Takes over what the fields say.
  static func fill(_ verdict: inout BounceVerdict, _ status: DeliveryStatus, _ mail: ReturnedMail) {
    verdict.reportingHost = status.reportingHost
    verdict.originalEnvelopeID = status.envelopeID
    verdict.originalMessageID = status.messageID
    let segments =
      status.recipients.contains { $0.diagnostic.isEmpty } || status.recipients.count > 1
      ? TextRecipients.find(mail.words, sentTo: []) : []
    var own: [String: MailBytes] = [:]
    for segment in segments { own[segment.address.lowercased()] = segment.text[...] }
    let whole = BounceEvidence(mail.words)
    var known: Set<String> = []
    for fields in status.recipients {
      let recipient = recipient(fields, own, whole)
      guard known.insert(recipient.address.lowercased()).inserted else { continue }
      verdict.recipients.append(recipient)
    }
    let actions = Set(verdict.recipients.compactMap(\.action))
    if actions.contains(.failed) || actions.isEmpty {
      verdict.kind = .bounce
    } else {
      verdict.kind = actions.contains(.delayed) ? .delayed : .delivered
    }
  }

  private static func recipient(
    _ fields: DeliveryStatus.Recipient,
    _ segments: [String: MailBytes],
    _ whole: BounceEvidence
  ) -> BounceRecipient {
    let address = fields.final ?? fields.original ?? ""
    var recipient = BounceRecipient(address: address)
    recipient.originalAddress = fields.original.flatMap { $0 == address ? nil : $0 }
    recipient.action = fields.action ?? action(fields.status)
    recipient.status = fields.status
    recipient.diagnosticType = fields.diagnosticType
    recipient.diagnostic = shown(fields.diagnostic)
    recipient.remoteHost = fields.remoteHost
    let own = segments.count < 2 ? nil : segments[address.lowercased()]
    let context = own.map { BounceEvidence($0) } ?? whole
    let isSilent = !fields.diagnostic.contains { $0.isLetter || $0 >= 0x80 }
    var reply = SMTPReply(fields.diagnostic)
    if isSilent { reply.code = reply.code ?? context.reply.code }
    // The report tells at which step it was said, where it speaks of this recipient alone.
    if reply.step == nil, own != nil || segments.count < 2 { reply.step = context.reply.step }
    var cause = BounceCause(
      action: recipient.action,
      status: fields.status,
      reply: reply,
      evidence: isSilent ? context : BounceEvidence(fields.diagnostic)
    )
    cause.diagnosticType = fields.diagnosticType
    cause.context = isSilent ? nil : context
    recipient.replyStatus = reply.status
    recipient.replyCode = reply.code
    switch recipient.action {
    case .delivered, .relayed, .expanded: recipient.reason = .delivered
    default: recipient.reason = cause.reason
    }
    recipient.isHard = cause.isHard(recipient.reason)
    return recipient
  }

  private static func action(_ status: MailStatus?) -> DeliveryAction? {
    switch status?.kind {
    case 2: .delivered
    case 4: .delayed
    case 5: .failed
    default: nil
    }
  }

  /// Words on one line, as much as is kept of them.
  static func shown(_ words: MailBytes) -> String {
    let text = MailCharset.text(words.prefix(4000), nil)
    return text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" })
      .joined(separator: " ").prefixScalars(1000)
  }
}

extension String {
  /// The beginning of a text, cut between scalars.
  fileprivate func prefixScalars(_ count: Int) -> String {
    String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
  }
}
