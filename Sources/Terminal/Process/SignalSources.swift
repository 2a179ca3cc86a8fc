import Dispatch
import Glibc

/// A signal that the program answers.
public enum TerminalSignal: UInt8, Hashable, Sendable, CaseIterable {
  /// The terminal's size changed.
  case resized
  /// Somebody asked for an end (SIGTERM).
  case terminate
  /// The line was lost (SIGHUP).
  case hangUp
  /// Somebody else sent SIGINT; a typed `^C` is a key.
  case interrupt
  /// Somebody asked to stop (SIGTSTP); a typed `^Z` is a key.
  case stop
  /// The process runs again (SIGCONT).
  case resumed
  /// A child changed its state.
  case child

  var number: Int32 {
    switch self {
    case .resized: SIGWINCH
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .interrupt: SIGINT
    case .stop: SIGTSTP
    case .resumed: SIGCONT
    case .child: SIGCHLD
    }
  }
}

/// Signals as events of the main queue.
///
/// Each handler writes one byte into a pipe, and the pipe's other end is a Dispatch source. A Dispatch
/// signal source would need the signals blocked, which children inherit, and without a real handler
/// ncurses installs its own, which calls `endwin` and ends the process on the spot.
@MainActor
public final class SignalSources {
  /// The one there is: handlers are a matter of the whole process.
  public static let shared = SignalSources()

  private var readEnd: Int32 = -1
  private var source: (any DispatchSourceRead)?
  private var handler: (@MainActor (TerminalSignal) -> Void)?
  private var waiting: [TerminalSignal] = []

  /// The pipe's writing end, for handlers; set once.
  nonisolated(unsafe) private static var writeEnd: Int32 = -1

  private static let answered: [TerminalSignal] = [
    .resized, .terminate, .hangUp, .interrupt, .stop, .resumed,
  ]

  private init() {}

  /// Installs the handlers and calls back on the main queue for each signal, equal ones that came
  /// together once.
  ///
  /// To be called before a session is opened.
  public static func start(_ handler: @escaping @MainActor (TerminalSignal) -> Void) {
    shared.handler = handler
    shared.install()
    shared.listen()
  }

  /// Installs the handlers without a listener, so that none of ncurses' own take their place.
  func install() {
    guard readEnd < 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    Self.writeEnd = ends[1]
    for signal in Self.answered { setHandler(signal.number, Self.note) }
  }

  /// Writes the signal into the pipe.
  ///
  /// No `SA_RESTART`: a wait must end so that it is seen.
  static let note: @convention(c) (Int32) -> Void = { number in
    let before = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(SignalSources.writeEnd, &byte, 1)
    errno = before
  }

  private func listen() {
    guard source == nil, readEnd >= 0 else { return }
    let source = DispatchSource.makeReadSource(fileDescriptor: readEnd, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated { SignalSources.shared.deliver() } }
    source.activate()
    self.source = source
  }

  private func deliver() {
    for signal in take() where signal != .child { handler?(signal) }
  }

  /// Takes the signals that have come, in the order of their coming, each once.
  func take() -> [TerminalSignal] {
    var taken = waiting
    waiting = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(readEnd, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      for byte in buffer[..<count] {
        guard let signal = TerminalSignal.allCases.first(where: { $0.number == Int32(byte) }),
          !taken.contains(signal)
        else { continue }
        taken.append(signal)
      }
    }
    return taken
  }

  /// Waits for a signal; for the time in which another program has the terminal.
  func wait() -> [TerminalSignal] {
    var poller = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    _ = poll(&poller, 1, -1)
    return take()
  }

  /// Keeps signals that came while another program had the terminal, for the listener.
  ///
  /// Stops and continuations are over by then.
  func postpone(_ signals: [TerminalSignal]) {
    let over: Set<TerminalSignal> = [.child, .stop, .resumed]
    let kept = signals.filter { !over.contains($0) && !waiting.contains($0) }
    guard !kept.isEmpty else { return }
    waiting += kept
    DispatchQueue.main.async { MainActor.assumeIsolated { SignalSources.shared.deliver() } }
  }
}
