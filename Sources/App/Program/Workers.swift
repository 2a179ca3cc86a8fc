import Dispatch
import Synchronization

/// The threads that the dashboard's own work runs on.
///
/// Serial queues, taken in turn: Swift's own pool rests on a queue of libdispatch over which it keeps
/// watch, and that wakes an idle process every second for as long as it lives.
final class Workers: TaskExecutor {
  static let shared = Workers(count: 2)
  /// Those that work runs on which takes long: no question of a screen waits behind it.
  static let long = Workers(count: 2)

  /// Runs work off the main thread.
  static func run<Outcome: Sendable>(
    on workers: Workers = .shared,
    _ work: @escaping @Sendable () async -> Outcome
  ) async -> Outcome {
    await withTaskExecutorPreference(workers) { await apart(work) }
  }

  @concurrent
  private static func apart<Outcome: Sendable>(
    _ work: @Sendable () async -> Outcome
  ) async -> Outcome {
    await work()
  }

  private let queues: [DispatchQueue]
  private let turn = Mutex(0)

  init(count: Int) {
    queues = (0..<count).map { DispatchQueue(label: "tocsin.work.\($0)", qos: .userInitiated) }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let next = turn.withLock { turn in
      turn = (turn + 1) % queues.count
      return turn
    }
    queues[next].async { [self] in
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
