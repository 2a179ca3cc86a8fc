/// The rate of hand-overs: never more in a minute than so many, evenly, and no burst after a wait.
struct SendingPace: Equatable {
  private let interval: Duration
  private var next: Duration?

  /// Makes a pace; nil is as fast as it goes.
  init(perMinute: Int?) {
    interval = perMinute.map { .seconds(60) / $0 } ?? .zero
  }

  /// How long to wait before the next hand-over, which then counts as begun.
  ///
  /// - Parameter time: The time of a clock that only goes forward.
  /// - Returns: The length; zero where it may begin now.
  mutating func wait(at time: Duration) -> Duration {
    let start = max(time, next ?? time)
    next = start + interval
    return start - time
  }
}
