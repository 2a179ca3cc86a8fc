import Glibc

/// Brings the terminal back when the program dies: everything that is needed for it is made ready
/// beforehand, so that a signal handler only has to write.
///
/// Swift's own crash reporter, which would ask questions on a broken screen and print registers, is
/// replaced: the runtime installs its handlers before `main`, and these take their place.
enum TerminalRestore {
  /// What a signal handler reads.
  ///
  /// It lies in memory of its own, which never moves or goes away.
  struct State {
    /// 1 while the screen is on.
    var isArmed: sig_atomic_t = 0
    var terminal: Int32 = -1
    var modes = termios()
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    var originalErrors: Int32 = -1
    var capturedErrors: Int32 = -1
  }

  /// Written on the main thread, read in handlers; the flag is set last and cleared first.
  nonisolated(unsafe) static let state: UnsafeMutablePointer<State> = {
    let pointer = UnsafeMutablePointer<State>.allocate(capacity: 1)
    pointer.initialize(to: State())
    return pointer
  }()

  static let fatalSignals: [Int32] = [
    SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS, SIGQUIT,
  ]

  /// Makes the handlers ready, once.
  ///
  /// Also where no screen is shown: without them Swift's reporter would start.
  static func install() { _ = installed }

  private static let installed: Void = {
    _ = state.pointee.isArmed  // the global is made now, not in a handler
    let size = 64 * 1_024
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
    for signal in fatalSignals {
      setHandler(signal, { TerminalRestore.die($0) }, flags: SA_ONSTACK | Int32(SA_NODEFER))
    }
    atexit { TerminalRestore.restore() }
  }()

  /// Says what brings the terminal back, from now on.
  @MainActor
  static func arm(terminal: Int32, modes: termios, bytes: [UInt8], errors: ErrorCapture) {
    disarm()
    state.pointee.bytes?.deallocate()
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    copy.initialize(from: bytes, count: bytes.count)
    state.pointee.terminal = terminal
    state.pointee.modes = modes
    state.pointee.bytes = copy
    state.pointee.count = bytes.count
    state.pointee.originalErrors = errors.original
    state.pointee.capturedErrors = errors.file
    state.pointee.isArmed = 1
  }

  /// Says that the terminal is as it was.
  @MainActor
  static func disarm() { state.pointee.isArmed = 0 }

  /// Brings the terminal back, once.
  ///
  /// Calls nothing that a signal handler may not.
  static func restore() {
    guard state.pointee.isArmed == 1 else { return }
    state.pointee.isArmed = 0
    // In the background the change of modes would stop the process instead.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    write(state.pointee.bytes, state.pointee.count, to: state.pointee.terminal)
    tcsetattr(state.pointee.terminal, TCSANOW, &state.pointee.modes)
    pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
    guard state.pointee.originalErrors >= 0 else { return }
    dup2(state.pointee.originalErrors, STDERR_FILENO)
    giveBackErrors()
  }

  private static func write(_ bytes: UnsafePointer<UInt8>?, _ count: Int, to descriptor: Int32) {
    guard var next = bytes else { return }
    var rest = count
    while rest > 0 {
      let written = Glibc.write(descriptor, next, rest)
      if written > 0 {
        next += written
        rest -= written
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Copies what was captured to standard error, control characters made harmless.
  private static func giveBackErrors() {
    let source = state.pointee.capturedErrors
    guard source >= 0, lseek(source, 0, SEEK_SET) == 0 else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1_024) { buffer in
      guard let base = buffer.baseAddress else { return }
      while true {
        let count = read(source, base, 1_024)
        guard count > 0 else { return }
        for index in 0..<count {
          let byte = base[index]
          if byte < 0x20 && byte != 0x0A && byte != 0x09 || byte >= 0x7F { base[index] = 0x3F }
        }
        write(base, count, to: STDERR_FILENO)
      }
    }
  }

  /// Handles a fatal signal: restores, says so, and dies of the same signal.
  private static func die(_ signal: Int32) {
    restore()
    say(signal)
    var plain = sigaction()
    plain.__sigaction_handler.sa_handler = SIG_DFL
    sigemptyset(&plain.sa_mask)
    sigaction(signal, &plain, nil)
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    sigaddset(&unblocked, signal)
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
    pthread_kill(pthread_self(), signal)
    _exit(128 + signal)
  }

  private static func say(_ signal: Int32) {
    let text: StaticString = "The program met a fault and ended; what was saved is safe. Signal "
    write(text.utf8Start, text.utf8CodeUnitCount, to: STDERR_FILENO)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3) { digits in
      digits[0] = UInt8(truncatingIfNeeded: 48 + signal / 10 % 10)
      digits[1] = UInt8(truncatingIfNeeded: 48 + signal % 10)
      digits[2] = 0x0A
      write(digits.baseAddress, 3, to: STDERR_FILENO)
    }
  }
}
