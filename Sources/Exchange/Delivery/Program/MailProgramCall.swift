internal import Glibc
internal import Model
internal import Synchronization

/// One call of a mail program: a message on its standard input, and what it says of it.
///
/// The program is started as it is named, without a shell, in a process group of its own, so that `^C`
/// at the terminal does not end it in the middle of a message. It has a limited time. The message waits
/// in the pipe before the program is started: whenever this process is killed, the program has either
/// all of it or never was. A program that found its input at an end would send an empty mail.
public struct MailProgramCall: Sendable {
  /// The program's path and its arguments.
  public let arguments: [String]
  /// The program's environment, `NAME=value` each.
  public let environment: [String]
  /// The message.
  public let input: [UInt8]
  /// How long it may take.
  public let timeout: Duration

  /// The most that is kept of what it writes, in bytes.
  public static let limit = 4096

  /// Makes a call; nothing is started yet.
  public init(arguments: [String], environment: [String], input: [UInt8], timeout: Duration) {
    (self.arguments, self.environment) = (arguments, environment)
    (self.input, self.timeout) = (input, timeout)
  }

  /// How a call ended.
  public enum End: Sendable, Equatable {
    /// By itself, with a status; whether it had been given the whole message.
    case exit(status: Int, hasAll: Bool)
    /// By a signal.
    case signal(Int)
    /// By us, after its time was over.
    case timeout
    /// It could not be started; the error's number.
    case notStarted(Int32)
  }

  /// What came of a call.
  public struct Result: Sendable, Equatable {
    /// How it ended.
    public var end: End
    /// What it wrote to standard error and standard output, as far as it is kept.
    ///
    /// Foreign text, and may quote the recipient.
    public var output: String
  }

  /// Calls the program and waits for its end, on the calling thread.
  public func run() -> Result {
    let started = Self.starting.withLock { _ in start() }
    switch started {
    case .failure(let error): return Result(end: .notStarted(error.code), output: "")
    case .success(var talk):
      let end = talk.hold(until: ContinuousClock.now + timeout)
      return Result(end: end, output: String(decoding: talk.kept, as: UTF8.self))
    }
  }

  /// One program is started at a time: until a pipe is marked as ours alone, another one that is
  /// started would inherit it and hold it open.
  private static let starting = Mutex(())

  private struct NotStarted: Error {
    var code: Int32
  }

  private func start() -> Swift.Result<Talk, NotStarted> {
    var (input, output): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    defer { for end in [input[0], output[1]] where end >= 0 { close(end) } }
    guard pipe(&input) == 0, pipe(&output) == 0 else {
      let code = errno
      for end in [input[1], output[0]] where end >= 0 { close(end) }
      return .failure(NotStarted(code: code))
    }
    for end in input + output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let rest = Self.fill(input[1], with: self.input)
    let (child, code) = spawn(reading: input[0], writing: output[1])
    guard code == 0 else {
      for end in [input[1], output[0]] { close(end) }
      return .failure(NotStarted(code: code))
    }
    // By our own way to read it is known at the end whether the program took all of the message.
    let unread = fcntl(input[0], F_DUPFD_CLOEXEC, 0)
    return .success(
      Talk(child: child, input: input[1], unread: unread, output: output[0], rest: rest)
    )
  }

  /// Puts a message into an empty pipe that is made as large; gives what did not go in.
  private static func fill(_ pipe: Int32, with message: [UInt8]) -> ArraySlice<UInt8> {
    // A pipe holds 64 KB, and by this call what the system lets one have: 1 MB.
    let setSize: Int32 = 1031  // F_SETPIPE_SZ
    if message.count > 65_536 { _ = fcntl(pipe, setSize, Int32(clamping: message.count)) }
    _ = fcntl(pipe, F_SETFL, O_NONBLOCK)
    var rest = message[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    return rest
  }

  private func spawn(reading input: Int32, writing output: Int32) -> (pid_t, Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, arguments[0], &actions, &attributes, &words, &variables)
    return (child, code)
  }

  /// The exchange with a program that runs.
  private struct Talk {
    let child: pid_t
    /// Where the message goes; -1 once it was closed.
    var input: Int32
    /// The other end of that: what is left there the program never read.
    let unread: Int32
    /// Where what it writes comes from; -1 once it was closed.
    var output: Int32
    var rest: ArraySlice<UInt8>
    var kept: [UInt8] = []
    /// How often its end was looked for after it had closed what it writes.
    private var looks = 0

    init(child: pid_t, input: Int32, unread: Int32, output: Int32, rest: ArraySlice<UInt8>) {
      (self.child, self.input, self.unread) = (child, input, unread)
      (self.output, self.rest) = (output, rest)
      _ = fcntl(output, F_SETFL, O_NONBLOCK)
      if rest.isEmpty { endInput() }
    }

    /// Writes and reads until the program has ended.
    mutating func hold(until deadline: ContinuousClock.Instant) -> End {
      defer {
        if input >= 0 { close(input) }
        if unread >= 0 { close(unread) }
        if output >= 0 { close(output) }
      }
      while true {
        if let end = ended() {
          read()
          return end
        }
        let left = ContinuousClock.now.duration(to: deadline).wholeMilliseconds
        guard left > 0 else { return stop() }
        // Its end shows as the end of what it writes, a moment before it is one. Where something else
        // holds that open or it was closed early, looking again soon is all there is.
        if input < 0, output < 0 {
          usleep(looks < 50 ? 100 : 2000)
          looks += 1
          continue
        }
        var watched = [
          pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
          pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        ]
        poll(&watched, 2, Int32(min(left, 20)))
        if watched[0].revents != 0 { write() }
        if watched[1].revents != 0 { read() }
      }
    }

    private func ended() -> End? {
      var status: Int32 = 0
      guard waitpid(child, &status, WNOHANG) == child else { return nil }
      let signal = status & 0x7F
      guard signal == 0 else { return .signal(Int(signal)) }
      return .exit(status: Int(status >> 8 & 0xFF), hasAll: rest.isEmpty && isDrained)
    }

    /// Whether the program has read what was written for it.
    private var isDrained: Bool {
      var left: Int32 = 0
      return unread < 0 || ioctl(unread, UInt(FIONREAD), &left) != 0 || left == 0
    }

    private func stop() -> End {
      kill(-child, SIGKILL)
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0, errno == EINTR {}
      return .timeout
    }

    private mutating func write() {
      let count = rest.withUnsafeBytes { bytes in
        withoutBrokenPipe { Glibc.write(input, bytes.baseAddress, min(bytes.count, 65_536)) }
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EINTR || errno == EAGAIN {
        return
      }
      if rest.isEmpty || count < 0 { endInput() }
    }

    private mutating func endInput() {
      close(input)
      input = -1
    }

    private mutating func endOutput() {
      close(output)
      output = -1
    }

    private mutating func read() {
      guard output >= 0 else { return }
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = Glibc.read(output, &buffer, buffer.count)
        if count > 0 {
          // What goes beyond the limit is read and dropped, so that the program never waits for us.
          kept += buffer.prefix(count).prefix(MailProgramCall.limit - kept.count)
          continue
        }
        if count < 0, errno == EINTR { continue }
        if count == 0 || errno != EAGAIN { endOutput() }
        return
      }
    }
  }
}

/// Writes into a pipe whose reader may be gone: an error then, and not the end of this process.
private func withoutBrokenPipe(_ body: () -> Int) -> Int {
  var (pipes, before) = (sigset_t(), sigset_t())
  sigemptyset(&pipes)
  sigaddset(&pipes, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &pipes, &before)
  let result = body()
  let code = errno
  if result < 0, code == EPIPE {
    var none = timespec()
    sigtimedwait(&pipes, nil, &none)
  }
  pthread_sigmask(SIG_SETMASK, &before, nil)
  errno = code
  return result
}
