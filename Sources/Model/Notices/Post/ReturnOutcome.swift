/// What a printer, call centre or postal service says became of one person's notice.
public enum ReturnOutcome: String, Codable, Sendable, CaseIterable {
  /// Post was handed to the person, or put into the letter box; an SMS came in on the telephone.
  case delivered
  /// Came back.
  case returned
  /// The person lives elsewhere; where, if anybody knows, is said beside it.
  case moved
  /// Somebody spoke with the person.
  case spoke
  /// Nobody answered.
  case noAnswer = "no-answer"
  /// The person did not take it.
  case refused
  /// The number or address is none.
  case invalid
  /// The person said that it arrived.
  case acknowledged

  /// What people call it.
  public var label: String { rawValue.replacing("-", with: " ") }

  private static let words: [String: ReturnOutcome] = [
    "delivered": .delivered, "returned": .returned, "return": .returned,
    "returned to sender": .returned, "moved": .moved, "new address": .moved,
    "spoke": .spoke, "spoken": .spoke, "reached": .spoke, "no answer": .noAnswer,
    "not reached": .noAnswer, "busy": .noAnswer, "refused": .refused, "invalid": .invalid,
    "unknown": .invalid, "wrong number": .invalid, "wrong address": .invalid,
    "acknowledged": .acknowledged, "confirmed": .acknowledged,
  ]

  /// Reads a word as printers and call centres write it, whatever the letter case; nil for others.
  public init?(reading word: String) {
    let plain = word.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    guard let found = Self.words[plain] else { return nil }
    self = found
  }

  /// The state to which it leads, whatever the person's state is; nil where it leads nowhere.
  ///
  /// Only registered post and a talk are proof; that any other letter or an SMS arrived is not: it is
  /// noted, and the person stays handed over. Who moved to a known place, or did not answer, is to be
  /// tried again.
  public func state(
    over channel: MailingChannel,
    isRegistered: Bool,
    hasNewContact: Bool
  ) -> RecipientState? {
    switch self {
    case .delivered: channel == .post && isRegistered ? .deliveredByPost : nil
    case .returned: hasNewContact ? .bouncedSoft : .bouncedHard
    case .moved: hasNewContact ? .bouncedSoft : .bouncedHard
    case .spoke: .spokeByPhone
    case .noAnswer: .bouncedSoft
    case .refused, .invalid: .bouncedHard
    case .acknowledged: .acknowledged
    }
  }

  /// Where somebody goes who stands in a state; nil where this leaves it as it is.
  ///
  /// What says that a person was reached counts whenever it comes. What says that one was not counts
  /// for the attempt that it speaks of alone: not where another was made since.
  public func step(
    from state: RecipientState,
    over channel: MailingChannel,
    isRegistered: Bool,
    isLastAttempt: Bool,
    hasNewContact: Bool
  ) -> RecipientState? {
    let wanted = self.state(
      over: channel,
      isRegistered: isRegistered,
      hasNewContact: hasNewContact
    )
    guard let next = wanted, next != state, state.next.contains(next),
      next.isReached || isLastAttempt
    else { return nil }
    return next
  }
}
