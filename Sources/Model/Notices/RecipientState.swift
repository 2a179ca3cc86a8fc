/// How far the telling of one person is.
///
/// The last three ways of being reached are proof of different strength, so each is a state.
public enum RecipientState: String, Codable, Sendable, CaseIterable {
  /// Listed; nothing was decided yet.
  case pending
  /// The text for this person was approved.
  case approved
  /// Waits to be handed to a channel.
  case queued
  /// Given to the mail program, the printer or the call centre.
  case handedOver = "handed-over"
  /// Whether it was handed over is not known: something broke off in between.
  case uncertain
  /// Came back; to be tried again.
  case bouncedSoft = "bounced-soft"
  /// Came back for good.
  case bouncedHard = "bounced-hard"
  /// The receiver's provider says that it was taken for abuse.
  case complaint
  /// The person said that it arrived.
  case acknowledged
  /// Registered post was delivered.
  case deliveredByPost = "delivered-by-post"
  /// Somebody spoke with the person.
  case spokeByPhone = "spoke-by-phone"
  /// No channel is left.
  case unreachable
  /// Is not to be told; the reason is kept.
  case exempt

  /// The number that stands for it in the store; never another.
  public var code: Int {
    switch self {
    case .pending: 0
    case .approved: 1
    case .queued: 2
    case .handedOver: 3
    case .uncertain: 4
    case .bouncedSoft: 5
    case .bouncedHard: 6
    case .complaint: 7
    case .acknowledged: 8
    case .deliveredByPost: 9
    case .spokeByPhone: 10
    case .unreachable: 11
    case .exempt: 12
    }
  }

  private static let byCode = allCases.sorted { $0.code < $1.code }

  /// The state that a number stands for; nil where it stands for none.
  public init?(code: Int) {
    guard Self.byCode.indices.contains(code) else { return nil }
    self = Self.byCode[code]
  }

  /// Whether the person was told, provably.
  public var isReached: Bool {
    self == .acknowledged || self == .deliveredByPost || self == .spokeByPhone
  }

  /// What people call it.
  public var label: String {
    switch self {
    case .handedOver: "handed over"
    case .bouncedSoft: "bounced, soft"
    case .bouncedHard: "bounced, hard"
    case .acknowledged: "reached: acknowledged"
    case .deliveredByPost: "reached: delivered by registered post"
    case .spokeByPhone: "reached: spoke by phone"
    default: rawValue
    }
  }

  /// The states that may follow this one.
  public var next: Set<RecipientState> {
    let reached: Set<RecipientState> = [.acknowledged, .deliveredByPost, .spokeByPhone]
    return switch self {
    case .pending: [.approved, .unreachable, .exempt]
    case .approved: reached.union([.pending, .queued, .unreachable, .exempt])
    case .queued:
      // What comes back late speaks of a try before: the address is dead, or nothing more is wanted.
      reached.union([
        .approved, .handedOver, .uncertain, .bouncedHard, .complaint, .unreachable, .exempt,
      ])
    case .handedOver:
      reached.union([.queued, .bouncedSoft, .bouncedHard, .complaint, .unreachable])
    case .uncertain:
      reached.union([.queued, .handedOver, .bouncedSoft, .bouncedHard, .complaint, .unreachable])
    case .bouncedSoft: reached.union([.queued, .bouncedHard, .complaint, .unreachable, .exempt])
    case .bouncedHard: reached.union([.queued, .unreachable, .exempt])
    case .complaint: reached.union([.queued, .unreachable, .exempt])
    case .acknowledged, .deliveredByPost, .spokeByPhone: [.complaint]
    case .unreachable: reached.union([.approved, .queued, .exempt])
    case .exempt: [.pending]
    }
  }

  /// The states from which a word leads on: a state, or `reached` and `bounced` for several.
  public static func named(_ word: String) -> Set<RecipientState>? {
    switch word {
    case "reached": [.acknowledged, .deliveredByPost, .spokeByPhone]
    case "bounced": [.bouncedSoft, .bouncedHard]
    default: RecipientState(rawValue: word).map { [$0] }
    }
  }
}
