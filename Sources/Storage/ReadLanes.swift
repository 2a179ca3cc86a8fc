internal import CSQLite
internal import Dispatch
internal import GRDB
internal import Synchronization

/// The threads that questions are answered on, at most one for each connection that reads.
///
/// Questions are answered one after the other on one thread and connection. Only when one has waited
/// for some milliseconds, because a longer one is being answered, does the next thread take it, and
/// so open another connection: those few that a screen asks are answered sooner than that.
///
/// The threads are queues of our own. GRDB's way leads over three queues, and a concurrent one starts
/// libdispatch's watch over its threads, which then wakes an idle process every second.
final class ReadLanes: Sendable {
  private typealias Work = @Sendable () -> Void

  private struct State {
    /// What no lane has taken yet, in the order of asking.
    var waiting: [Work] = []
    /// The lanes without work.
    var idle: [Int]
    /// Whether somebody will look for what has waited too long.
    var isHelpAhead = false
  }

  /// How long a question waits until another lane takes it.
  private static let patience = DispatchTimeInterval.milliseconds(5)

  private let lanes: [DispatchQueue]
  private let watch = DispatchQueue(label: "tocsin.store.read")
  private let state: Mutex<State>

  init(count: Int) {
    lanes = (0..<count).map { DispatchQueue(label: "tocsin.store.read.\($0)") }
    state = Mutex(State(idle: Array((0..<count).reversed())))
  }

  /// Answers from one snapshot; a task that is cancelled meanwhile interrupts its query.
  func read<Answer: Sendable>(
    _ connections: @escaping @Sendable () throws -> StoreConnections,
    _ body: @escaping @Sendable (Database) throws -> Answer
  ) async throws -> Answer {
    let query = RunningQuery()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enter {
          continuation.resume(
            with: Result { try connections().read { db in try query.run(on: db) { try body(db) } } }
          )
        }
      }
    } onCancel: {
      query.cancel()
    }
  }

  private func enter(_ work: @escaping Work) {
    let first: Int? = state.withLock { state in
      if state.idle.count == lanes.count { return state.idle.popLast() }
      state.waiting.append(work)
      return nil
    }
    guard let first else { return callHelp() }
    lanes[first].async { [self] in
      work()
      goOn(in: first)
    }
  }

  /// Has another lane take what waits too long.
  private func callHelp() {
    let isCalled = state.withLock { state in
      guard !state.waiting.isEmpty, !state.idle.isEmpty, !state.isHelpAhead else { return false }
      state.isHelpAhead = true
      return true
    }
    guard isCalled else { return }
    watch.asyncAfter(deadline: .now() + Self.patience) { [self] in help() }
  }

  private func help() {
    let lane: Int? = state.withLock { state in
      state.isHelpAhead = false
      return state.waiting.isEmpty ? nil : state.idle.popLast()
    }
    guard let lane else { return }
    lanes[lane].async { [self] in goOn(in: lane) }
    callHelp()
  }

  /// Works off what waits, then rests.
  private func goOn(in lane: Int) {
    while let work = next(for: lane) { work() }
  }

  private func next(for lane: Int) -> Work? {
    state.withLock { state in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.idle.append(lane)
      return nil
    }
  }
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
