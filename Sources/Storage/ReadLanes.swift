internal import CSQLite
internal import Dispatch
internal import GRDB
internal import Synchronization

/// The threads that questions are answered on: one queue for each connection that reads.
///
/// A question goes to one of them and its answer straight back. The pool's own way leads over three
/// queues, and a concurrent one starts libdispatch's watch over its threads, which then wakes an idle
/// process every second.
final class ReadLanes: Sendable {
  private let lanes: [DispatchQueue]
  private let waiting: Mutex<[Int]>

  init(count: Int) {
    lanes = (0..<count).map { DispatchQueue(label: "tocsin.store.read.\($0)") }
    waiting = Mutex(Array(repeating: 0, count: count))
  }

  /// Answers from one snapshot; a task that is cancelled meanwhile interrupts its query.
  func read<Answer: Sendable>(
    _ pool: @escaping @Sendable () throws -> DatabasePool,
    _ body: @escaping @Sendable (Database) throws -> Answer
  ) async throws -> Answer {
    let query = RunningQuery()
    let lane = enter()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        lanes[lane].async { [self] in
          defer { leave(lane) }
          continuation.resume(
            with: Result { try pool().read { db in try query.run(on: db) { try body(db) } } }
          )
        }
      }
    } onCancel: {
      query.cancel()
    }
  }

  /// The lane that fewest wait in.
  private func enter() -> Int {
    waiting.withLock { waiting in
      let lane = waiting.indices.min { waiting[$0] < waiting[$1] } ?? 0
      waiting[lane] += 1
      return lane
    }
  }

  private func leave(_ lane: Int) { waiting.withLock { $0[lane] -= 1 } }
}

/// A query that can be interrupted while it runs, and only then.
private final class RunningQuery: Sendable {
  private enum State {
    case waiting
    /// The address of the connection it runs on.
    case running(UInt)
    case cancelled
  }

  private let state = Mutex(State.waiting)

  func run<Answer>(on db: Database, _ body: () throws -> Answer) throws -> Answer {
    let connection = UInt(bitPattern: db.sqliteConnection)
    try state.withLock { state in
      if case .cancelled = state { throw CancellationError() }
      state = .running(connection)
    }
    defer { state.withLock { $0 = .waiting } }
    return try body()
  }

  func cancel() {
    state.withLock { state in
      if case .running(let connection) = state {
        sqlite3_interrupt(OpaquePointer(bitPattern: connection))
      }
      state = .cancelled
    }
  }
}
