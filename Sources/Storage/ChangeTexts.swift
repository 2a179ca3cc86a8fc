internal import Dispatch
internal import Synchronization

/// The journal texts of many changes, made on another thread a stretch ahead of the writer.
///
/// Taken in the order of the changes, by the writer alone. At most three stretches of texts are in memory.
final class ChangeTexts: Sendable {
  private typealias Stretch = Result<[String], any Error>

  private static let length = 128
  private static let ahead = 2

  private let changes: [any SQLChange]
  private let queue = DispatchQueue(label: "tocsin.journal.texts")
  private let made = DispatchSemaphore(value: 0)
  private let state = Mutex(State())

  private struct State {
    var stretches: [Stretch] = []
    /// Where the next stretch starts that is to be made.
    var start = 0
    /// The stretch that is being taken, last text first.
    var current: [String] = []
  }

  init(_ changes: [any SQLChange]) {
    self.changes = changes
    for _ in 0..<Self.ahead { makeNext() }
  }

  /// The text of the next change; waits where it is not made yet.
  func next() throws -> String {
    if let text = state.withLock({ $0.current.popLast() }) { return text }
    made.wait()
    let stretch = try state.withLock { try $0.stretches.removeFirst().get() }
    makeNext()
    return state.withLock { state in
      state.current = stretch.reversed()
      return state.current.removeLast()
    }
  }

  private func makeNext() {
    let start = state.withLock { state in
      defer { state.start += Self.length }
      return state.start
    }
    guard start < changes.count else { return }
    queue.async { [self] in
      let part = changes[start..<min(start + Self.length, changes.count)]
      let stretch = Stretch { try part.map { try $0.journalText() } }
      state.withLock { $0.stretches.append(stretch) }
      made.signal()
    }
  }
}
