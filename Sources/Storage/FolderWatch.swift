// Dispatch sources are safe to use from any thread; their protocols do not say so on Linux.
@preconcurrency public import Dispatch
internal import Glibc
internal import Model

/// Tells when files of a folder are written, made or moved in.
///
/// Costs nothing while nothing happens.
public final class FolderWatch: Sendable {
  /// What happened since the last call.
  public struct News: Sendable, Equatable {
    /// Names of all files that were touched.
    public var names: Set<String> = []
    /// Names of those that were made or moved in.
    public var appeared: Set<String> = []
    /// Whether so much happened that the kernel dropped some of it.
    public var mayHaveMissedSome = false
  }

  private let source: any DispatchSourceRead
  private let descriptor: CInt
  private let watch: CInt

  /// Starts watching a folder, which must exist.
  ///
  /// - Throws: `StoreError.failed` where the kernel gives no watch.
  public init(
    _ folder: String,
    queue: DispatchQueue = .main,
    onChange: @escaping @Sendable (News) -> Void
  ) throws {
    let descriptor = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
    guard descriptor >= 0 else {
      throw StoreError.failed("cannot watch \(folder): \(ErrorText.of(errno))")
    }
    let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_ONLYDIR)
    watch = inotify_add_watch(descriptor, folder, events)
    guard watch >= 0 else {
      let code = errno
      close(descriptor)
      throw StoreError.failed("cannot watch \(folder): \(ErrorText.of(code))")
    }
    self.descriptor = descriptor
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler {
      let news = Self.drain(descriptor)
      if news != News() { onChange(news) }
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  /// Stops watching.
  ///
  /// The kernel takes some milliseconds to forget a watch, and whoever closes the descriptor waits for
  /// it: a process that is about to end does well to cancel first and do the rest meanwhile.
  public func cancel() {
    guard !source.isCancelled else { return }
    inotify_rm_watch(descriptor, watch)
    source.cancel()
  }

  deinit { cancel() }

  /// Reads all that is pending.
  private static func drain(_ descriptor: CInt) -> News {
    var news = News()
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
          if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { news.mayHaveMissedSome = true }
          if !name.isEmpty { news.names.insert(name) }
          if event.mask & UInt32(IN_MOVED_TO | IN_CREATE) != 0 { news.appeared.insert(name) }
          offset = start + Int(event.len)
        }
      }
    }
  }
}
