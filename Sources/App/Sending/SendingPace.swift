/// The rate of hand-overs: never more in a minute than so many, evenly, and no burst after a wait.
struct SendingPace: Equatable {
  private let interval: Duration
  private var next: Duration?

  /// Makes a pace; nil is as fast as it goes.
  init(perMinute: Int?) {
    interval = perMinute.map { .seconds(60) / $0 } ?? .zero
  }

  /// How long to wait before the next hand-over may begin; zero where it may now.
  ///
  /// Times are those of a clock that only goes forward.
  func delay(at time: Duration) -> Duration { max(.zero, (next ?? time) - time) }

  /// Takes a hand-over for begun.
  mutating func begin(at time: Duration) { next = time + interval }
}
