/// What somebody wants who comes back on a notice.
public enum MatterKind: String, Codable, Sendable, CaseIterable {
  case question, complaint
  case rightsRequest = "rights-request"

  /// What people call it.
  public var label: String { rawValue.replacing("-", with: " ") }
}

/// How far a matter is.
public enum MatterState: String, Codable, Sendable, CaseIterable {
  /// Nobody has answered.
  case open
  /// It was answered.
  case answered
  /// Those who handle requests of people have taken it over.
  case handedOver = "handed-to-privacy"

  /// What people call it.
  public var label: String {
    switch self {
    case .open: "open"
    case .answered: "answered"
    case .handedOver: "handed to Privacy"
    }
  }
}

/// What came back from a person: question, complaint or request, sealed with its answer.
public struct MailingMatter: Hashable, Codable, Sendable {
  /// The mailing.
  public var mailing: RecordID
  /// Its number in the mailing, from 1.
  public var number: RecordID
  /// How often it was altered.
  public var version: Version
  /// What is wanted.
  public var kind: MatterKind
  /// How far it is.
  public var state: MatterState
  /// The number of the recipient; nil for somebody who is not on the list.
  public var recipient: Int64?
  /// Over which channel it came.
  public var channel: MailingChannel
  /// When it came in.
  public var receivedAt: StatedTime
  /// When it was answered or handed over; nil before.
  public var settledAt: Instant?
  /// Who answered it or handed it over; empty before.
  public var settledBy: String
  /// To whom it was handed, and under which name it goes on there; empty before.
  ///
  /// Foreign text.
  public var handedTo: String
  /// What came in; nil where it was not asked for, or was erased.
  ///
  /// Foreign text, and personal.
  public var text: String?
  /// What was answered; nil where nothing was, it was not asked for, or it was erased.
  ///
  /// Foreign text, and personal.
  public var answer: String?

  /// Makes a matter.
  public init(
    mailing: RecordID,
    number: RecordID,
    version: Version,
    kind: MatterKind,
    state: MatterState,
    recipient: Int64?,
    channel: MailingChannel,
    receivedAt: StatedTime,
    settledAt: Instant?,
    settledBy: String,
    handedTo: String,
    text: String?,
    answer: String?
  ) {
    (self.mailing, self.number, self.version) = (mailing, number, version)
    (self.kind, self.state, self.recipient) = (kind, state, recipient)
    (self.channel, self.receivedAt, self.settledAt) = (channel, receivedAt, settledAt)
    (self.settledBy, self.handedTo) = (settledBy, handedTo)
    (self.text, self.answer) = (text, answer)
  }
}

/// Asks for matters of a mailing, those that wait longest first, without their texts.
public struct MailingMatters: Question {
  /// What comes back.
  public typealias Answer = Page<MailingMatter>
  /// The mailing.
  public var mailing: RecordID
  /// Only those that stand so; nil for all.
  public var states: Set<MatterState>?
  /// Only those of this recipient; nil for all.
  public var recipient: Int64?
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(
    of mailing: RecordID,
    states: Set<MatterState>? = nil,
    recipient: Int64? = nil,
    window: RowWindow
  ) {
    (self.mailing, self.states) = (mailing, states)
    (self.recipient, self.window) = (recipient, window)
  }
}

/// Asks how many matters of which kind stand how.
public struct MatterNumbers: Question {
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(of mailing: RecordID) { self.mailing = mailing }

  /// So many of a kind that stand so.
  public struct Count: Codable, Sendable, Equatable, Hashable {
    /// The kind.
    public var kind: MatterKind
    /// The state.
    public var state: MatterState
    /// How many, more than none.
    public var count: Int

    /// Makes a count.
    public init(kind: MatterKind, state: MatterState, count: Int) {
      (self.kind, self.state, self.count) = (kind, state, count)
    }
  }

  /// What comes back, by kind and state.
  public typealias Answer = [Count]
}
