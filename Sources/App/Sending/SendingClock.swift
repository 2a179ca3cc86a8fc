public import Model

/// What a sender knows of time.
public struct SendingClock: Sendable {
  /// The present.
  public var now: @Sendable () -> Instant
  /// The time of a clock that only goes forward.
  public var uptime: @Sendable () -> Duration
  /// Waits.
  public var sleep: @Sendable (Duration) async -> Void

  /// Makes a clock.
  public init(
    now: @escaping @Sendable () -> Instant,
    uptime: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async -> Void
  ) {
    (self.now, self.uptime, self.sleep) = (now, uptime, sleep)
  }

  /// The host's clocks; the present may be another.
  public static func host(now: @escaping @Sendable () -> Instant = { Instant.system }) -> Self {
    let start = ContinuousClock.now
    return SendingClock(
      now: now,
      uptime: { start.duration(to: .now) },
      sleep: { try? await Task.sleep(for: $0) }
    )
  }
}
