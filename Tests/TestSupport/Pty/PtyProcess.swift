public import Glibc

/// A program in a real pseudo-terminal: types, looks at its screen, resizes, signals, and sees what
/// it leaves behind.
///
/// Waits by `poll`, with a limit, never by sleeping.
public final class PtyProcess {
  /// What went wrong in the harness itself.
  public struct Failure: Error, CustomStringConvertible {
    /// What was done or awaited, and what was seen instead.
    public var description: String
  }

  /// How a program ended.
  public enum End: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// The screen as the terminal shows it.
  public private(set) var screen: ScreenModel
  /// All that the program sent.
  public private(set) var output: [UInt8] = []
  /// The program's process; also its session and first process group.
  public let process: pid_t
  /// How it ended, once that is known.
  public private(set) var end: End?
  /// The terminal's modes before the program started.
  public let modesBefore: termios

  private let master: Int32
  private let slave: Int32
  private var isOpen = true

  /// Variables that every program gets: nothing of the tester's own.
  ///
  /// LINES and COLUMNS are absent.
  public static let pinned = [
    "TERM": "xterm-256color", "TZ": "UTC", "LANG": "C.UTF-8", "HOME": "/nonexistent",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
  ]

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: Path of the program.
  ///   - arguments: Its arguments without its own name.
  ///   - environment: Goes over `pinned`; an empty value takes a variable out.
  ///   - columns: Columns of the terminal.
  ///   - rows: Rows of the terminal.
  /// - Throws: `Failure` where the system gives no terminal or the program cannot be started.
  public init(
    _ program: String,
    _ arguments: [String] = [],
    environment: [String: String] = [:],
    columns: Int = 80,
    rows: Int = 24
  ) throws {
    // What posix_openpt, unlockpt and ptsname do; Swift's Glibc module hides them.
    master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number): (Int32, UInt32) = (0, 0)
    let (unlock, askNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
    guard master >= 0, ioctl(master, unlock, &isLocked) == 0, ioctl(master, askNumber, &number) == 0
    else { throw Failure(description: "no pseudo-terminal: error \(errno)") }
    let path = "/dev/pts/\(number)"
    slave = Glibc.open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw Failure(description: "\(path): error \(errno)") }
    var size = winsize(
      ws_row: UInt16(truncatingIfNeeded: rows),
      ws_col: UInt16(truncatingIfNeeded: columns),
      ws_xpixel: 0,
      ws_ypixel: 0
    )
    _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
    var modes = termios()
    tcgetattr(slave, &modes)
    modesBefore = modes
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    screen = ScreenModel(
      columns: min(columns == 0 ? 80 : columns, 1_000),
      rows: min(rows == 0 ? 24 : rows, 500)
    )
    let variables = Self.pinned.merging(environment) { $1 }.filter { !$1.isEmpty }
    process = try Self.spawn(program, arguments, variables, terminal: path)
  }

  deinit {
    if end == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    hangUp()
  }

  private static func spawn(
    _ program: String,
    _ arguments: [String],
    _ environment: [String: String],
    terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its controlling one.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID
    posix_spawnattr_setflags(
      &attributes,
      Int16(newSession | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
    )
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw Failure(description: "\(program): error \(code)") }
    return child
  }

  // MARK: Doing

  /// Types text, as bytes, all at once.
  public func type(_ text: String) throws { try type(bytes: Array(text.utf8)) }

  /// Types bytes, all at once; reads meanwhile, as a terminal does.
  public func type(bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EAGAIN && errno != EINTR {
        throw Failure(description: "typing: error \(errno)")
      } else {
        _ = turn(milliseconds: 20)
      }
    }
  }

  /// Pastes text as a terminal does that was asked to mark it.
  public func paste(_ text: String) throws {
    try type("\u{1B}[200~" + text.replacing("\n", with: "\r") + "\u{1B}[201~")
  }

  /// Gives the terminal another size, which sends SIGWINCH.
  public func resize(columns: Int, rows: Int) {
    _ = turn(milliseconds: 0)
    screen.resize(
      columns: min(columns == 0 ? 80 : columns, 1_000),
      rows: min(rows == 0 ? 24 : rows, 500)
    )
    var size = winsize(
      ws_row: UInt16(truncatingIfNeeded: rows),
      ws_col: UInt16(truncatingIfNeeded: columns),
      ws_xpixel: 0,
      ws_ypixel: 0
    )
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) { kill(process, number) }

  /// The process group in the foreground.
  public var foreground: pid_t { tcgetpgrp(master) }

  /// Sends a signal to the process group in the foreground.
  public func signalForeground(_ number: Int32) {
    let group = foreground
    if group > 1 { kill(-group, number) }
  }

  /// Takes the terminal away, as a lost connection does.
  public func hangUp() {
    guard isOpen else { return }
    isOpen = false
    close(slave)
    close(master)
  }

  /// Forgets the output so far; for counting what a key costs.
  public func forgetOutput() { output = [] }

  // MARK: Waiting

  /// After how many seconds a program is taken to hang: far more than any step needs where many tests
  /// share two processors.
  public static let patience = 300

  /// Waits until the screen is as wanted.
  public func wait(
    for what: String,
    seconds: Int = patience,
    until isDone: (ScreenModel) -> Bool
  ) throws {
    let limit = ContinuousClock.now + .seconds(seconds)
    while !isDone(screen) {
      guard ContinuousClock.now < limit, turn(milliseconds: 20) else {
        throw Failure(
          description: "waited for \(what); ended: \(end.map { "\($0)" } ?? "no"); screen:\n"
            + screen.text
        )
      }
    }
  }

  /// Waits until a text stands on the screen.
  public func wait(forText text: String, seconds: Int = patience) throws {
    try wait(for: "\"\(text)\"", seconds: seconds) { $0.text.contains(text) }
  }

  /// Waits until the program has ended, and takes all that it sent.
  @discardableResult
  public func waitForEnd(seconds: Int = patience) throws -> End {
    let limit = ContinuousClock.now + .seconds(seconds)
    while turn(milliseconds: 20) {
      guard ContinuousClock.now < limit else {
        throw Failure(description: "still running; screen:\n" + screen.text)
      }
    }
    guard let end else { throw Failure(description: "no end") }
    return end
  }

  /// Waits for output and takes it.
  ///
  /// False when the program has ended and all was taken.
  private func turn(milliseconds: Int32) -> Bool {
    if isOpen {
      var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      _ = poll(&waiting, 1, milliseconds)
    } else {
      _ = poll(nil, 0, milliseconds)
    }
    let hasRead = isOpen && takeOutput()
    if end != nil { return hasRead }
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return true }
    end = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .signalled(status & 0x7F)
    if isOpen { _ = takeOutput() }
    return false
  }

  private func takeOutput() -> Bool {
    var hasRead = false
    withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
      while true {
        let count = read(master, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        hasRead = true
        let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
        output += bytes
        screen.feed(bytes)
      }
    }
    return hasRead
  }

  // MARK: What is left

  /// The terminal's modes now.
  public var modesNow: termios {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes
  }

  /// What the program has not put back: modes of the terminal and of the line.
  ///
  /// Empty when all is as it was.
  public var leftovers: [String] {
    var left = screen.modesLeftOn
    let (now, before) = (modesNow, modesBefore)
    let isSame =
      now.c_iflag == before.c_iflag && now.c_oflag == before.c_oflag
      && now.c_cflag == before.c_cflag && now.c_lflag == before.c_lflag
      && withUnsafeBytes(of: now.c_cc) { now in
        withUnsafeBytes(of: before.c_cc) { now.elementsEqual($0) }
      }
    if !isSame { left.append("stty") }
    return left
  }
}
