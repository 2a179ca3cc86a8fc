import Model
import Synchronization

/// A store that can be made to wait before it keeps clocks: what happens amid a pass over them does
/// not depend on how fast the machine is then.
final class HeldStore: Store {
  private let store: any Store
  private let state = Mutex(State())

  private struct State {
    var isHeld = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  init(_ store: any Store) { self.store = store }

  /// Lets the next change of clocks wait.
  func hold() { state.withLock { $0.isHeld = true } }

  /// Lets what waits go on, and what comes after it too.
  func release() {
    let waiting = state.withLock { state in
      defer { state = State() }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func apply(_ changes: [any Change], origin: String) async throws -> [Receipt] {
    if changes.contains(where: { $0 is RecordObligations }) {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          if state.isHeld { state.waiting.append(continuation) }
          return !state.isHeld
        }
        if goesOn { continuation.resume() }
      }
    }
    return try await store.apply(changes, origin: origin)
  }

  func answer<Q: Question>(_ question: Q) async throws -> Q.Answer {
    try await store.answer(question)
  }

  func perform<J: Job>(
    _ job: J,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> J.Outcome {
    try await store.perform(job, origin: origin, progress: progress)
  }

  func undo(_ entries: [JournalSequence], origin: String) async throws -> [Receipt] {
    try await store.undo(entries, origin: origin)
  }
}
