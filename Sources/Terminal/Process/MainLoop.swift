internal import CNcursesW
import Glibc

/// The loop of the main thread: waits for the terminal and for Dispatch's main queue at once.
///
/// A read source under `RunLoop` would do the same, but each key then takes a detour over the thread
/// on which Dispatch waits, twice, and some twenty system calls. A key has nothing to wait for here:
/// one call says that it is there, the next reads it.
@MainActor
public enum MainLoop {
  /// Runs for as long as the process does.
  ///
  /// - Parameters:
  ///   - descriptor: What keys come on.
  ///   - ready: Called when something can be read there, also the end of the line.
  public static func run(reading descriptor: CInt, _ ready: () -> Void) -> Never {
    let queue = tcn_main_queue_descriptor()
    var waits = [descriptor, queue].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
      guard poll(&waits, nfds_t(waits.count), -1) > 0 else { continue }
      if waits[1].revents != 0 {
        var count: UInt64 = 0
        _ = read(queue, &count, MemoryLayout<UInt64>.size)
        tcn_main_queue_run()
      }
      if waits[0].revents != 0 { ready() }
    }
  }
}
