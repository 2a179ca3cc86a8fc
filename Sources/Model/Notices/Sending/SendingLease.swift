/// What whoever watches a sending wants of it.
public enum SendingWish: String, Codable, Sendable, CaseIterable {
  /// It is to go on.
  case run
  /// It is to wait where it is, ready to go on.
  case pause
  /// It is to end.
  case stop
}

/// What a sender is doing.
public enum SendingActivity: String, Codable, Sendable, CaseIterable {
  /// Hands notices over.
  case sending
  /// Was asked to wait.
  case paused
  /// Waits until it is day where people live.
  case quiet
  /// Has come to its end.
  case ended

  /// What people call it.
  public var label: String {
    switch self {
    case .sending: "sending"
    case .paused: "paused"
    case .quiet: "waiting for the end of quiet hours"
    case .ended: "ended"
    }
  }
}

/// Which process sends: a number alone is given to another one sooner or later.
public struct SendingProcess: Hashable, Codable, Sendable {
  /// Its number.
  public var id: Int32
  /// The kernel's id of the boot it runs in.
  public var boot: String
  /// When it was started, in ticks since that boot.
  public var start: Int64

  /// Names a process.
  public init(id: Int32, boot: String, start: Int64) {
    (self.id, self.boot, self.start) = (id, boot, start)
  }
}

/// What one sender has done so far.
public struct SendingCounts: Hashable, Codable, Sendable {
  /// How many it handed over.
  public var handedOver = 0
  /// How many the mail program refused; they are queued again.
  public var refused = 0
  /// How many have no address that can be written to.
  public var unfit = 0
  /// Of how many nobody knows whether the program took them.
  public var uncertain = 0

  /// Makes counts of nothing.
  public init() {}
}

/// Who sends the notices of a mailing, or did last.
public struct SendingLease: Hashable, Codable, Sendable {
  /// The process.
  public var process: SendingProcess
  /// Whose it is.
  public var actor: String
  /// When it began.
  public var startedAt: Instant
  /// When it last said that it is there.
  public var seenAt: Instant
  /// What it is doing.
  public var activity: SendingActivity
  /// What is wanted of it.
  public var wish: SendingWish
  /// What it has done.
  public var counts: SendingCounts
  /// Until when it waits; nil where it does not.
  public var waitsUntil: Instant?
  /// Why it ended or what the mail program last said; addresses masked.
  ///
  /// Foreign text.
  public var problem: String
  /// Whether the process is there: false where it ended or was killed.
  public var isAlive: Bool

  /// Makes a lease.
  public init(
    process: SendingProcess,
    actor: String,
    startedAt: Instant,
    seenAt: Instant,
    activity: SendingActivity,
    wish: SendingWish,
    counts: SendingCounts,
    waitsUntil: Instant?,
    problem: String,
    isAlive: Bool
  ) {
    (self.process, self.actor, self.startedAt, self.seenAt) = (process, actor, startedAt, seenAt)
    (self.activity, self.wish, self.counts) = (activity, wish, counts)
    (self.waitsUntil, self.problem, self.isAlive) = (waitsUntil, problem, isAlive)
  }

  /// Whether notices go out, or will without another word.
  public var isActive: Bool { isAlive && activity != .ended }
}
