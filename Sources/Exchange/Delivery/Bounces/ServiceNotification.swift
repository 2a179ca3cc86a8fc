internal import Model

/// What Amazon SES tells by mail through its notification service: JSON instead of a bounce.
///
/// Source: Amazon SES Developer Guide, "Amazon SNS notification contents".
enum ServiceNotification {
  /// The verdict; nil where the mail is no such notification.
  static func verdict(_ mail: ReturnedMail) -> BounceVerdict? {
    let words = mail.words.trimmed
    guard words.first == 123, var json = document(words) else { return nil }
    // A topic that does not deliver raw wraps what it tells.
    if json["Type"]?.text == "Notification", let inner = json["Message"]?.text,
      let message = document(inner.mailBytes)
    {
      json = message
    }
    let kind = json["notificationType"]?.text ?? json["eventType"]?.text
    var verdict: BounceVerdict
    switch kind {
    case "Bounce":
      guard let bounce = json["bounce"] else { return nil }
      verdict = BounceVerdict(.bounce)
      verdict.recipients = list(bounce["bouncedRecipients"]).map { recipient($0, bounce) }
    case "Complaint":
      guard let complaint = json["complaint"] else { return nil }
      verdict = BounceVerdict(.complaint)
      verdict.feedbackType = Complaint.word(complaint["complaintFeedbackType"]?.text)
      let addresses = list(complaint["complainedRecipients"]).compactMap {
        $0["emailAddress"]?.text
      }
      Complaint.fill(&verdict, addresses)
    case "Delivery":
      guard let delivery = json["delivery"] else { return nil }
      verdict = BounceVerdict(.delivered)
      verdict.recipients = list(delivery["recipients"]).compactMap(\.text).map {
        BounceRecipient(address: $0, reason: .delivered)
      }
    default: return nil
    }
    let headers = json["mail"]?["commonHeaders"]
    if let id = headers?["messageId"]?.text {
      verdict.originalMessageID = MessageID.first(id.mailBytes)
    }
    verdict.originalTo = list(json["mail"]?["destination"]).compactMap(\.text)
    return verdict
  }

  private static func list(_ json: JSON?) -> [JSON] { Array((json?.elements ?? []).prefix(1000)) }

  private static func recipient(_ json: JSON, _ bounce: JSON) -> BounceRecipient {
    let fields = [
      "Final-Recipient: rfc822; \(json["emailAddress"]?.text ?? "")",
      "Action: \(json["action"]?.text ?? "")", "Status: \(json["status"]?.text ?? "")",
      "Diagnostic-Code: \(json["diagnosticCode"]?.text ?? "")",
    ]
    // One way to read what a notification says, whatever carries it.
    let plain = fields.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
    var verdict = BounceVerdict(.bounce)
    let empty = ReturnedMail(MailPart([]), limits: MailLimits())
    DeliveryNotification.fill(
      &verdict,
      DeliveryStatus(plain.joined(separator: "\n").mailBytes),
      empty
    )
    var recipient = verdict.recipients.first ?? BounceRecipient(address: "")
    // SES's own judgement, where the server gave no words.
    if recipient.reason == .unknown, bounce["bounceType"]?.text == "Permanent",
      ["NoEmail", "General", "OnAccountSuppressionList", "Suppressed"]
        .contains(bounce["bounceSubType"]?.text)
    {
      (recipient.reason, recipient.isHard) = (.userUnknown, true)
    }
    return recipient
  }

  /// The object at the beginning of the words; a footer follows it.
  ///
  /// Long lines are wrapped on the way, with a blank before the rest: no JSON text has line breaks.
  private static func document(_ words: MailBytes) -> JSON? {
    var (depth, isText, isEscaped, isWrapped) = (0, false, false, false)
    var document: [UInt8] = []
    for byte in words {
      if isText, byte == 10 || (isWrapped && byte == 32) {
        isWrapped = byte == 10
        continue
      }
      isWrapped = false
      document.append(byte)
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == 92 {
          isEscaped = true
        } else if byte == 34 {
          isText = false
        }
        continue
      }
      switch byte {
      case 34: isText = true
      case 123: depth += 1
      case 125:
        depth -= 1
        if depth == 0 { return try? JSON(reading: document) }
      default: break
      }
    }
    return nil
  }
}
