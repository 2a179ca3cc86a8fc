/// Which version of a text a person was sent, step by step.
///
/// A text that a step only names, because it was approved or marked for a hand-over that never came
/// about, was not sent.
public struct SentText: Sendable {
  /// The versions that were sent, in their order, each once, with the step that says so.
  public private(set) var sent: [String] = []
  /// The version that was sent last; of somebody who is uncertain the one that may have been sent.
  public private(set) var text = ""
  private var last = ""
  private var marked = ""

  /// Makes one for somebody who was only listed.
  public init() {}

  /// Takes the next step of the person.
  ///
  /// - Parameters:
  ///   - state: The state that it led to.
  ///   - channel: The channel that it names.
  ///   - text: The version that it names; empty where it names none.
  public mutating func take(
    _ state: RecipientState,
    over channel: MailingChannel?,
    _ text: String
  ) {
    switch state {
    case .uncertain: marked = text
    case .handedOver: send(text.isEmpty ? marked : text)
    // An e-mail that could not be handed over at all names its text; one that came back names none.
    case .bouncedHard where channel == .email && !text.isEmpty: marked = ""
    case .bouncedSoft, .bouncedHard, .complaint, .acknowledged, .deliveredByPost, .spokeByPhone:
      send(marked)
    case .pending, .approved, .queued, .unreachable, .exempt: marked = ""
    }
    self.text = state == .uncertain ? marked : last
  }

  private mutating func send(_ text: String) {
    marked = ""
    guard !text.isEmpty else { return }
    last = text
    if !sent.contains(text) { sent.append(text) }
  }
}
