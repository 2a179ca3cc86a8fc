/// When people whom a notice did not reach are tried again, and over what.
///
/// Soft ones are queued again over the channel they had, so often and so long apart; then, and at once
/// where the address is dead, over the next channel of the mailing for which there is something to
/// write to; where none is left they are unreachable. The public notice is no channel to a person: it
/// stands in for those who cannot be reached.
public struct RetryRule: Hashable, Codable, Sendable {
  /// How often one channel is tried in all, the first time included; 1 at least.
  public var attempts: Int
  /// How many minutes must have passed since the last one came back.
  public var minutesApart: Int

  /// Makes a rule.
  public init(attempts: Int = 3, minutesApart: Int = 360) {
    (self.attempts, self.minutesApart) = (max(1, attempts), max(0, minutesApart))
  }

  /// A person who may be tried again.
  public struct Person: Sendable, Hashable {
    /// How the person stands: bounced, soft or hard.
    public var state: RecipientState
    /// Since when.
    public var changedAt: Instant
    /// The channel that failed; nil where no step named one.
    public var channel: MailingChannel?
    /// How often that channel was tried.
    public var attempts: Int
    /// Why the person is not written to like others.
    public var protection: RecipientProtection
    /// The channels for which there is something to write to.
    public var reachable: Set<MailingChannel>

    /// Makes a person.
    public init(
      state: RecipientState,
      changedAt: Instant,
      channel: MailingChannel?,
      attempts: Int,
      protection: RecipientProtection,
      reachable: Set<MailingChannel>
    ) {
      (self.state, self.changedAt, self.channel) = (state, changedAt, channel)
      (self.attempts, self.protection, self.reachable) = (attempts, protection, reachable)
    }
  }

  /// What is done for a person.
  public enum Decision: Hashable, Sendable {
    /// Queued over the channel that failed.
    case again(MailingChannel)
    /// Queued over the next one.
    case next(MailingChannel)
    /// No channel is left.
    case unreachable
    /// Not yet: it is tried again from then on.
    case waits(until: Instant)
    /// Left to a person's decision: a child, somebody who died, somebody who is represented.
    case protected
    /// Bounces do not concern the person.
    case none
  }

  /// Decides.
  ///
  /// - Parameters:
  ///   - person: Whom it is about.
  ///   - channels: The mailing's channels, in order.
  ///   - now: The present.
  /// - Returns: What is done for the person.
  public func decision(
    for person: Person,
    over channels: [MailingChannel],
    now: Instant
  ) -> Decision {
    guard person.state == .bouncedSoft || person.state == .bouncedHard else { return .none }
    guard person.protection == .none else { return .protected }
    let failed = person.channel ?? channels.first ?? .email
    if person.state == .bouncedSoft, person.attempts < attempts,
      person.reachable.contains(failed)
    {
      let from = person.changedAt + .seconds(Int64(minutesApart) * 60)
      return from <= now ? .again(failed) : .waits(until: from)
    }
    // A channel that the mailing does not name (any more) stood in front of all.
    let place = channels.firstIndex(of: failed).map { $0 + 1 } ?? 0
    let next = channels[place...].first { $0 != .publicNotice && person.reachable.contains($0) }
    return next.map { .next($0) } ?? .unreachable
  }

  /// The channels for which a contact has something to write to.
  public static func reachable(_ contact: RecipientContact) -> Set<MailingChannel> {
    var found: Set<MailingChannel> = []
    if !contact.email.isEmpty { found.insert(.email) }
    if !contact.address.isEmpty { found.insert(.post) }
    if !contact.phone.isEmpty { found.formUnion([.telephone, .sms]) }
    return found
  }
}

/// How many people a retry concerns, by what is done for them.
public struct RetryNumbers: Codable, Sendable, Equatable {
  /// Queued again over the channel that failed.
  public var again: [MailingChannel: Int] = [:]
  /// Queued over the next channel.
  public var next: [MailingChannel: Int] = [:]
  /// No channel was left for them.
  public var unreachable = 0
  /// Not yet due.
  public var waiting = 0
  /// From when the first of them is due; nil where none waits.
  public var due: Instant?
  /// Left to a person's decision.
  public var protected = 0

  /// Makes numbers of nobody.
  public init() {}

  /// Counts a decision.
  public mutating func count(_ decision: RetryRule.Decision) {
    switch decision {
    case .again(let channel): again[channel, default: 0] += 1
    case .next(let channel): next[channel, default: 0] += 1
    case .unreachable: unreachable += 1
    case .waits(let until):
      waiting += 1
      due = due.map { min($0, until) } ?? until
    case .protected: protected += 1
    case .none: break
    }
  }

  /// How many go to another state.
  public var moved: Int {
    unreachable + again.values.reduce(0, +) + next.values.reduce(0, +)
  }
}
