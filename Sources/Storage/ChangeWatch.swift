public import Dispatch
internal import Model
internal import Synchronization

/// Tells when any process has changed a store.
///
/// Watches the store's directory for the lock's side file, which every writer touches after its
/// commit. The log itself is written *before* a commit can be seen, so an event on it only starts a
/// second look 20 ms later, for a writer that died between commit and touch. Costs nothing while
/// nothing happens.
public final class ChangeWatch: Sendable {
  /// How long after an event on the log the second look comes.
  private static let secondLook = DispatchTimeInterval.milliseconds(20)

  private let folder: FolderWatch
  private let look: SecondLook

  /// Starts watching; the store's directory must exist.
  ///
  /// - Parameters:
  ///   - storePath: The store's file; it may appear later.
  ///   - queue: Where `onChange` is called.
  ///   - onChange: Called after one or more commits, this process's own included. Ask `ChangesSince`.
  /// - Throws: `StoreError.failed` where the kernel gives no watch.
  public init(
    storePath: String,
    queue: DispatchQueue = .main,
    onChange: @escaping @Sendable () -> Void
  ) throws {
    let name = String(storePath.split(separator: "/").last ?? "")
    let look = SecondLook()
    self.look = look
    folder = try FolderWatch(StoreFile.directory(of: storePath), queue: queue) { news in
      if news.mayHaveMissedSome || news.names.contains(name + ".lock")
        || news.appeared.contains(name)
      {
        look.cancel()
        onChange()
      } else if news.names.contains(name + "-wal") {
        look.schedule(on: queue, after: Self.secondLook, onChange)
      }
    }
  }

  /// Stops watching.
  public func cancel() {
    look.cancel()
    folder.cancel()
  }

  /// A look that is due soon, at most one at a time.
  private final class SecondLook: Sendable {
    private let generation = Mutex<(number: Int, isDue: Bool)>((0, false))

    func schedule(
      on queue: DispatchQueue,
      after delay: DispatchTimeInterval,
      _ body: @escaping @Sendable () -> Void
    ) {
      let number: Int? = generation.withLock { state in
        guard !state.isDue else { return nil }
        state = (state.number + 1, true)
        return state.number
      }
      guard let number else { return }
      queue.asyncAfter(deadline: .now() + delay) {
        let isCurrent = self.generation.withLock { state in
          guard state.isDue, state.number == number else { return false }
          state.isDue = false
          return true
        }
        if isCurrent { body() }
      }
    }

    func cancel() { generation.withLock { $0.isDue = false } }
  }
}
