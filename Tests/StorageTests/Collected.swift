import Synchronization

/// Numbers that were handed to a closure on another queue.
final class Collected: Sendable {
  private let state = Mutex<[Int64]>([])

  var ids: [Int64] { state.withLock { $0 } }

  func add(_ id: Int64) { state.withLock { $0.append(id) } }
}
