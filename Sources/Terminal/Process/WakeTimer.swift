internal import CNcursesW
import Dispatch
import Glibc

/// One wake-up of the main thread at an instant of the wall clock, or none.
///
/// A timer descriptor of the kernel under a read source: a Dispatch timer on Linux wakes its manager
/// thread once a second for as long as it waits. Also fires when the wall clock is set, because
/// what is shown by the clock then reads differently.
@MainActor
public final class WakeTimer {
  private let descriptor: CInt
  private let source: (any DispatchSourceRead)?
  private var armed: Int64?

  /// Makes a timer that calls back on the main queue; it is not armed yet.
  public init(_ fired: @escaping @MainActor () -> Void) {
    descriptor = tcn_timer_make()
    guard descriptor >= 0 else {
      source = nil
      return
    }
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    self.source = source
    source.setEventHandler { [weak self, descriptor] in
      var count: UInt64 = 0
      _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
      MainActor.assumeIsolated {
        self?.armed = nil
        fired()
      }
    }
    source.activate()
  }

  /// Wakes at an instant, or not at all; does nothing where that is armed already.
  ///
  /// - Parameter instant: Milliseconds since 1970-01-01T00:00:00Z; nil for not at all.
  public func arm(at instant: Int64?) {
    guard instant != armed, descriptor >= 0 else { return }
    armed = instant
    tcn_timer_arm(descriptor, instant ?? 0)
  }
}
