// Dispatch sources are safe to use from any thread; their protocols do not say so on Linux.
@preconcurrency public import Dispatch
internal import Glibc
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

  private let source: any DispatchSourceRead

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
    let directory = StoreFile.directory(of: storePath)
    let name = String(storePath.split(separator: "/").last ?? "")
    let descriptor = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
    guard descriptor >= 0 else {
      throw StoreError.failed("cannot watch \(directory): \(ErrorText.of(errno))")
    }
    let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_ONLYDIR)
    guard inotify_add_watch(descriptor, directory, events) >= 0 else {
      let code = errno
      close(descriptor)
      throw StoreError.failed("cannot watch \(directory): \(ErrorText.of(code))")
    }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    let look = SecondLook()
    source.setEventHandler {
      switch Self.drain(descriptor, store: name) {
      case .nothing: break
      case .touched:
        look.cancel()
        onChange()
      case .logged: look.schedule(on: queue, after: Self.secondLook, onChange)
      }
    }
    source.setCancelHandler {
      look.cancel()
      close(descriptor)
    }
    source.activate()
  }

  /// Stops watching.
  public func cancel() { source.cancel() }

  deinit { source.cancel() }

  private enum News { case nothing, logged, touched }

  /// Reads all that is pending and says the most important of it.
  private static func drain(_ descriptor: CInt, store: String) -> News {
    var news = News.nothing
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return news }
      buffer.withUnsafeBytes { bytes in
        var offset = 0
        let header = MemoryLayout<inotify_event>.size
        while offset + header <= count {
          let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let start = offset + header
          let text = bytes[start..<min(count, start + Int(event.len))].prefix { $0 != 0 }
          let name = String(decoding: text, as: UTF8.self)
          if name == store + ".lock" || event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
            news = .touched
          } else if name == store, event.mask & UInt32(IN_MOVED_TO | IN_CREATE) != 0 {
            news = .touched
          } else if name == store + "-wal", news == .nothing {
            news = .logged
          }
          offset = start + Int(event.len)
        }
      }
    }
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
