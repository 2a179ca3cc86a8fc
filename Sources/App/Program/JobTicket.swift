import Synchronization

/// What a long job is given: how it tells how far it is, and whether somebody asked it to end.
///
/// Asked from any thread; a task's own mark of being cancelled is not seen from the threads of others.
final class JobTicket: Sendable {
  private let stopped = Mutex(false)
  private let told: @Sendable (Int64, Int64) -> Void

  init(_ told: @escaping @Sendable (Int64, Int64) -> Void) { self.told = told }

  /// Whether the job is to end where it is.
  var isStopped: Bool { stopped.withLock { $0 } }

  /// Asks the job to end.
  func stop() { stopped.withLock { $0 = true } }

  /// Tells how far it is, of how much where that is known; false where it is to end.
  func tell(_ done: Int64, _ total: Int64) -> Bool {
    guard !isStopped else { return false }
    told(done, total)
    return true
  }
}
