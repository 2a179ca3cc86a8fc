import Glibc

extension TerminalSession {
  /// Stops the program as `^Z` does in other programs, and comes back when it is continued.
  ///
  /// All processes of the group stop with it. Where nobody could continue it (no shell with job
  /// control), the system does not stop it at all, and it goes on at once. Draw after it.
  public func suspend() {
    leaveScreen()
    stopHere()
    // The SIGCONT of this stop needs no answer any more; a second screen would be drawn.
    SignalSources.shared.postpone(SignalSources.shared.take())
    resume()
  }

  /// Takes the screen again after the program was continued (SIGCONT), whoever stopped it.
  ///
  /// The next `show` draws everything.
  public func resume() {
    if isOn {
      // Stopped without our doing: the shell has set its own modes meanwhile.
      reenter()
    } else {
      enterScreen()
    }
  }

  /// Stops this process with its group, and returns when it runs again.
  private func stopHere() {
    // The others of the group first, then this thread: a signal to the group may be taken by
    // another thread, and the stop would come while the screen is being drawn again.
    let ours = setHandler(SIGTSTP, SIG_IGN)
    kill(0, SIGTSTP)
    setHandler(SIGTSTP, SIG_DFL)
    pthread_kill(pthread_self(), SIGTSTP)
    var before = ours
    sigaction(SIGTSTP, &before, nil)
  }

  /// Runs a program that has the terminal until it ends, as `$EDITOR`.
  ///
  /// The program gets a process group of its own, which becomes the terminal's foreground group, and
  /// the signals' default actions. Whatever it does to the terminal's modes is undone. If it stops
  /// itself, so do we. SIGTERM and SIGHUP are passed on to it, and delivered here afterwards. The
  /// next `show` draws everything.
  ///
  /// - Parameters:
  ///   - arguments: The program, searched on the path, and its arguments. No shell sees them.
  ///   - environment: The whole environment of the program.
  /// - Returns: Its exit status, or 128 and the signal that ended it.
  /// - Throws: `TerminalError.cannotRun`, with the screen on again.
  public func runForeground(
    _ arguments: [String],
    environment: [String: String]
  ) throws -> Int32 {
    guard let program = arguments.first, !program.isEmpty else {
      throw TerminalError.cannotRun(program: "", code: ENOENT)
    }
    leaveScreen()
    defer { enterScreen() }
    let children = setHandler(SIGCHLD, SignalSources.note)
    defer {
      var before = children
      sigaction(SIGCHLD, &before, nil)
    }
    let child = try spawn(program, arguments, environment)
    giveTerminal(to: child)
    kill(-child, SIGCONT)  // it may have asked for the terminal before it had it
    let status = waitFor(child)
    giveTerminal(to: getpgrp())
    var modes = found
    tcsetattr(output, TCSANOW, &modes)
    return status.exitStatus
  }

  private func reenter() {
    isOn = false
    errors.end()
    enterScreen()
  }

  private func spawn(
    _ program: String,
    _ arguments: [String],
    _ environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/tty", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
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
    let words = CStrings(arguments)
    let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
    defer {
      words.free()
      variables.free()
    }
    var child: pid_t = 0
    let code = posix_spawnp(
      &child,
      program,
      &actions,
      &attributes,
      words.pointers,
      variables.pointers
    )
    guard code == 0 else { throw TerminalError.cannotRun(program: program, code: code) }
    setpgid(child, child)
    return child
  }

  /// Makes a process group the terminal's foreground one.
  ///
  /// Done from the background that stops the caller, unless SIGTTOU is blocked.
  private func giveTerminal(to group: pid_t) {
    var blocked = sigset_t()
    var before = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    tcsetpgrp(output, group)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  private func waitFor(_ child: pid_t) -> WaitStatus {
    var kept: [TerminalSignal] = []
    defer { SignalSources.shared.postpone(kept) }
    while true {
      var raw: Int32 = 0
      let answer = waitpid(child, &raw, WNOHANG | WUNTRACED)
      if answer < 0, errno != EINTR { return WaitStatus(raw: 0) }
      let status = WaitStatus(raw: raw)
      if answer == child, !status.isStopped { return status }
      if answer == child {
        // The editor stopped itself: the shell's officer wants to be back in the shell.
        giveTerminal(to: getpgrp())
        stopHere()
        giveTerminal(to: child)
        kill(-child, SIGCONT)
        continue
      }
      for signal in SignalSources.shared.wait() {
        if !kept.contains(signal) { kept.append(signal) }
        if signal == .terminate || signal == .hangUp { kill(-child, signal.number) }
      }
    }
  }
}

/// A list of strings as C wants it: pointers, ended by a null.
private struct CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() {
      (pointers + index).initialize(to: strdup(string))
    }
    (pointers + strings.count).initialize(to: nil)
  }

  func free() {
    for index in 0..<count { Glibc.free(pointers[index]) }
    pointers.deallocate()
  }
}
