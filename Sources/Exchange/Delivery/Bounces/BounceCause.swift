internal import Model

/// Why a recipient did not get a mail, out of all that is told of it.
struct BounceCause {
  /// What was done for the recipient, where it was told.
  var action: DeliveryAction?
  /// The status that the reporting host gives.
  var status: MailStatus?
  /// What the refusing server said.
  var reply: SMTPReply
  /// The kind of diagnostic: `smtp`, `x-unix`; empty where it was not told.
  var diagnosticType = ""
  /// The words that are the best evidence.
  var evidence: BounceEvidence
  /// Words beside them, to be looked at where the best say nothing.
  var context: BounceEvidence?

  /// The reason.
  var reason: BounceReason {
    if let reason = BounceCause.certain(reply.status) ?? BounceCause.certain(status) {
      return reason
    }
    if let reason = evidence.telling {
      return judged(reason, isPlainDenial: evidence.isPlainDenial)
    }
    if let reason = byStatus ?? evidence.vague.map({ judged($0) }) { return reason }
    if let reason = context?.telling ?? context?.vague { return judged(reason) }
    return byCode ?? .unknown
  }

  /// Whether the address itself is dead.
  ///
  /// A word of death with a code of the passing kind (4yz, 4.y.z) is none: the server will be asked
  /// again. The status of the host that reports outweighs the words that it quotes.
  func isHard(_ reason: BounceReason) -> Bool? {
    switch reason {
    case .delivered: return nil
    case .unknown:
      return reply.code == nil && reply.status == nil && status == nil ? nil : false
    default: break
    }
    if action == .delayed || status?.kind == 4 || reply.status?.kind == 4 { return false }
    if let code = reply.code, code < 500 { return false }
    return reason.isHard
  }

  /// A mailbox said not to be there is believed by the step and the status in which it was said.
  private func judged(_ reason: BounceReason, isPlainDenial: Bool = false) -> BounceReason {
    guard reason == .userUnknown || reason == .hostUnknown || reason == .notAccepting else {
      return reason
    }
    // What was said before the recipient was named is about us.
    if reply.step == .sender || reply.step == .connection { return .senderRejected }
    guard reason == .userUnknown, !isPlainDenial else { return reason }
    // The failure of a program on the last host, not a server's word on the address.
    if diagnosticType == "x-unix" { return .mailerError }
    let telling = reply.status ?? status
    if let telling, !telling.isGeneric,
      telling.subject == 7 || (telling.subject, telling.detail) == (2, 0)
    {
      return .filtered
    }
    // The mailbox was there when the recipient was named, and gone when the content had come:
    // filters that will not say so speak like that.
    if reply.step == .content, telling?.subject != 1 { return .filtered }
    return reason
  }

  private var byStatus: BounceReason? {
    BounceCause.usual(reply.status) ?? BounceCause.usual(status)
  }

  /// What a status says whatever the words beside it are (IANA, SMTP Enhanced Status Codes).
  private static func certain(_ status: MailStatus?) -> BounceReason? {
    guard let status else { return nil }
    switch (status.subject, status.detail) {
    case (1, 6), (7, 17), (7, 18): return .hasMoved
    case (1, 7), (1, 8): return .senderRejected
    case (2, 2): return .mailboxFull
    case (4, 4): return status.kind == 5 ? .hostUnknown : nil
    case (2, 3), (3, 4): return .tooLarge
    case (7, 13): return .mailboxDisabled
    case (7, 20...24), (7, 26), (7, 509), (7, 515): return .authFailed
    case (7, 25): return .blocked
    case (7, 28): return .rateLimited
    default: return nil
    }
  }

  /// What a status says where words do not.
  private static func usual(_ status: MailStatus?) -> BounceReason? {
    guard let status, status.kind != 2 else { return nil }
    switch (status.subject, status.detail) {
    case (1, 0), (1, 1), (1, 3), (1, 4): return .userUnknown
    case (1, 2), (4, 310), (4, 312): return .hostUnknown
    case (2, 0): return .filtered
    case (2, 1): return .mailboxDisabled
    case (2, _), (3, 0), (3, 1), (3, 3), (3, 5): return .systemError
    case (3, 2): return status.kind == 5 ? .notAccepting : .systemError
    case (1, 10): return .notAccepting
    case (4, 7), (4, 316), (4, 300): return .expired
    case (4, _): return .networkError
    case (5, 3): return .rateLimited
    case (5, _): return .protocolError
    case (6, _): return .contentRejected
    case (7, 3...8), (7, 10), (7, 11), (7, 57): return .securityRefused
    case (7, 600...799): return .blocked
    case (7, 27): return .senderRejected
    case (7, _): return .policy
    default: return nil
    }
  }

  private var byCode: BounceReason? {
    switch reply.code ?? 0 {
    case 421, 450, 451, 452: .deferred
    case 500...504: .protocolError
    case 521, 556: .notAccepting
    case 525: .mailboxDisabled
    case 523: .tooLarge
    case 530, 534, 535, 538: .securityRefused
    case 551: .hasMoved
    case 552: .mailboxFull
    case 554: .policy
    default: status?.kind == 4 ? .deferred : nil
    }
  }
}
