internal import Model

/// By what a mail in prose shows itself to be a bounce.
struct BounceSigns {
  /// Whether it is one.
  let isBounce: Bool
  /// Whether it says that its sender's server keeps trying.
  let isDelayed: Bool

  init(_ mail: ReturnedMail) {
    let headers = mail.message.headers
    let from = headers.bytes("from") ?? headers.bytes("sender") ?? []
    let sender = Sender(from)
    let path = headers.bytes("return-path").map { $0.trimmed }
    let hasEmptyPath = path.map { $0.isEmpty || $0.elementsEqual([60, 62]) } ?? false
    let hasFailed = headers.has("x-failed-recipients")
    let subject = PlainWords.folded((headers.text("subject") ?? "").mailBytes)[...]
    let words = PlainWords(mail.words).bytes[...]
    func says(_ phrases: [[UInt8]], _ text: MailBytes) -> Bool {
      phrases.contains { text.first($0) != nil }
    }
    let hasSubject = says(BounceSigns.subjects, subject)
    let hasOpening = says(BounceSigns.openings, words)
    let hasFields =
      mail.message.type.parameters["report-type"]?.lowercased() == "delivery-status"
      || DeliveryStatus.inText(mail.words) != nil
    let hasReply = SMTPReply(mail.words).code != nil
    isDelayed = says(BounceSigns.delays, words) || says(BounceSigns.delayedSubjects, subject)
    let count = [hasSubject, hasOpening, hasFailed, hasReply, hasFields, mail.returned != nil]
      .count { $0 }
    if AutoReply.isMarked(headers), !sender.isDaemon, !hasFailed, !hasFields {
      isBounce = hasSubject && hasOpening
    } else if sender.isDaemon {
      isBounce = hasSubject || hasOpening || hasFailed || hasFields
    } else if sender.isOffice || hasEmptyPath || hasFailed || from.isEmpty {
      isBounce = count >= 2 && (hasSubject || hasOpening || hasFields)
    } else if sender.isMachine {
      isBounce = hasOpening && mail.returned != nil && (hasSubject || hasReply)
    } else if sender.isList {
      isBounce = says(BounceSigns.refusals, words) || says(BounceSigns.refusals, subject)
    } else {
      isBounce = false
    }
  }

  /// Who writes.
  private struct Sender {
    /// Whether it is a program that delivers mail.
    var isDaemon = false
    /// Whether it is an address behind which such a program, or a person, may stand.
    var isOffice = false
    /// Whether it is an address that nobody reads.
    var isMachine = false
    /// Whether it is a program that runs a mailing list.
    var isList = false

    init(_ from: MailBytes) {
      let plain = PlainWords.folded(from)[...]
      let local = MailAddresses.find(in: plain).last?.address.prefix { $0 != "@" } ?? ""
      let letters = local.filter { $0.isLetter }
      isDaemon =
        ["mailerdaemon", "maildaemon", "mdaemon", "mailsystem", "maildelivery"].contains(letters)
        || plain.first(Array("mailer-daemon".utf8)) != nil
        || plain.first(Array("mail deliver".utf8)) != nil
      isOffice =
        letters.hasSuffix("postmaster") || letters.hasSuffix("poostmaster")
        || ["mailadministrator", "systemadministrator"].contains(letters)
        || plain.trimmed.elementsEqual([60, 62])
      isMachine = ["noreply", "donotreply", "autoreply"].contains(letters)
      isList =
        ["-admin", "-owner", "-request", "-bounces", "-help"].contains { local.hasSuffix($0) }
        || ["listserv", "majordomo", "mailman", "sympa"].contains(letters)
    }
  }

  private static func phrases(_ phrases: [String]) -> [[UInt8]] { phrases.map { Array($0.utf8) } }

  private static let subjects = phrases([
    "undeliver", "returned mail", "returned to sender", "delivery status", "delivery failure",
    "delivery failed", "delivery has failed", "delivery notification", "delivery report",
    "failure notice", "failed delivery", "mail failure", "delivery problem", "mail delivery",
    "message delivery", "could not be delivered", "couldn't be delivered", "could not send",
    "delayed mail", "mail system error", "message you sent blocked", "non-delivery", "nondeliver",
    "non delivery", "delivery error", "returned message", "not delivered", "unable to deliver",
    "delivery delayed", "warning: message", "errors from", "delivery unsuccessful",
    "unzustellbar", "nicht zugestellt", "non remis", "non distribu", "no se puede entregar",
    "no entregado", "não entregue", "mancata consegna", "impossibile recapitare",
    "не доставлен", "недоставлен", "onbestelbaar", "niet bezorgd", "配信エラー", "配信不能", "エラー通知",
    "退信", "ei voitu toimittaa", "kan inte levereras", "kunne ikke leveres", "niedostarcz",
  ])

  private static let openings = phrases([
    "could not be delivered", "couldn't be delivered", "cannot be delivered",
    "can't be delivered", "able to deliver", "unable to deliver", "was not delivered",
    "wasn't delivered", "not be delivered", "not been delivered", "did not reach the following",
    "delivery has failed", "delivery to the following", "failed permanently",
    "permanent fatal errors", "had delivery problems", "had delivery errors",
    "transcript of session", "error delivering", "attempting to deliver", "undeliverable",
    "delivery failed", "has been delayed", "is delayed", "not deliver", "has been returned",
    "failure reasons", "invalid final delivery", "error message below", "could not be sent",
    "following address failed", "following address(es) failed", "failed to send",
    "automatically rejected", "rejected your message", "incorrectly constructed",
    "delivery incomplete", "did not receive this message", "deliver your message",
    "deliver message", "still undelivered", "returned to you", "message headers follow",
    "konnte nicht zugestellt", "nicht zugestellt werden", "n'a pas pu être", "n'a pas été remis",
    "no se pudo entregar", "no se ha podido entregar", "não pôde ser entregue",
    "non è stato possibile", "не может быть доставлено", "не было доставлено",
    "kon niet worden", "google groups", "配信できません", "届けることができません",
  ])

  /// How programs that run mailing lists refuse a mail.
  private static let refusals = phrases([
    "you are not a member of this", "are not member", "not allowed to post to this",
    "duplicated message-id in", "message has been automatically rejected",
  ])

  private static let delays = phrases([
    "warning message only", "this is a warning only", "has been delayed", "message is delayed",
    "still being retried", "will be retried", "will keep trying", "temporary failure report",
    "still undelivered", "do not need to resend", "delivery incomplete", "gmail will retry",
    "not yet been delivered", "will continue to try", "delivery attempts will continue",
    "wird weiterhin versucht",
  ])
  private static let delayedSubjects = phrases(["(delay)", "delayed", "could not send message for"])
}
