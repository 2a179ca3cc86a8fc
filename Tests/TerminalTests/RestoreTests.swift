import Glibc
import Pty
import Testing

struct `The terminal is as it was found` {
  @Test
  func `after quitting`() throws {
    let probe = try startProbe()
    #expect(probe.screen.modes.contains(1049))
    #expect(probe.leftovers.contains("stty"))
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
    #expect(probe.screen.violations == [])
  }

  @Test
  func `after an error, which is then readable`() throws {
    let probe = try startProbe()
    try probe.type("X")
    #expect(try probe.waitForEnd() == .exited(1))
    #expect(probe.leftovers == [])
    #expect(probe.screen.text.contains("probe: refused as asked"))
  }

  @Test
  func `after an exit that closes nothing`() throws {
    let probe = try startProbe()
    try probe.type("E")
    #expect(try probe.waitForEnd() == .exited(3))
    #expect(probe.leftovers == [])
  }

  /// Signals that ask for an end, and what the probe then answers.
  static let requests: [(signal: Int32, status: Int32)] = [(SIGTERM, 0), (SIGINT, 0), (SIGHUP, 7)]

  @Test(arguments: requests)
  func `after a signal that asks for an end`(signal: Int32, status: Int32) throws {
    let probe = try startProbe()
    probe.signal(signal)
    #expect(try probe.waitForEnd() == .exited(status))
    #expect(probe.leftovers == [])
  }

  /// Keys that make the probe die, and the signals that it may then die of.
  static let faults: [(key: String, signals: [Int32])] = [
    ("T", [SIGILL, SIGTRAP]), ("A", [SIGILL, SIGTRAP]), ("S", [SIGSEGV]), ("R", [SIGABRT]),
    ("O", [SIGSEGV]),
  ]

  @Test(arguments: faults)
  func `after a fault, and no crash reporter asks anything`(
    key: String,
    signals: [Int32]
  ) throws {
    let probe = try startProbe()
    try probe.type(key)
    let end = try probe.waitForEnd()
    #expect(signals.map { PtyProcess.End.signalled($0) }.contains(end))
    #expect(probe.leftovers == [])
    #expect(probe.screen.violations == [])
    let text = probe.screen.text
    #expect(text.contains("The program met a fault and ended"))
    #expect(!text.contains("rax") && !text.contains("Press space"))
    #expect(!text.contains("Thread 0"))
  }

  @Test
  func `after a fault before any screen, and no crash reporter asks anything`() throws {
    let probe = try PtyProcess(Products.path(of: "terminal-probe"), ["trap-early"])
    let end = try probe.waitForEnd()
    #expect(end == .signalled(SIGILL) || end == .signalled(SIGTRAP))
    #expect(probe.leftovers == [])
    #expect(probe.screen.text.contains("The program met a fault and ended"))
    #expect(!probe.screen.text.contains("Thread 0"))
  }

  @Test(arguments: [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGQUIT])
  func `after a fatal signal from outside`(signal: Int32) throws {
    let probe = try startProbe()
    probe.signal(signal)
    #expect(try probe.waitForEnd() == .signalled(signal))
    #expect(probe.leftovers == [])
  }

  @Test
  func `and a program whose line is cut ends by itself`() throws {
    let probe = try startProbe()
    probe.hangUp()
    let end = try probe.waitForEnd()
    #expect(end == .exited(7) || end == .exited(9))
  }

  @Test
  func `while the program is stopped, and the screen comes back`() throws {
    let probe = try startProbe(["jobs"])
    for round in 1...2 {
      try probe.type("\u{1A}")
      // What was said the round before stands there again as soon as the screen is left.
      try probe.wait(for: "the job to stop") {
        $0.text.split(separator: "\n").count { $0.contains("JOB STOPPED") } == round
      }
      #expect(probe.leftovers == [], "round \(round)")
      try probe.type("\n")
      try probe.wait(for: "the screen again") {
        $0.modes.contains(1049) && $0.text.contains("size 80x24") && $0.text.contains("^Z")
      }
      #expect(probe.screen.modes.isSuperset(of: [1002, 1006, 2004]))
      #expect(probe.screen.isKeypadOn)
    }
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
    #expect(probe.screen.violations == [])
  }

  @Test
  func `by SIGTSTP from outside as by a typed one`() throws {
    let probe = try startProbe(["jobs"])
    probe.signalForeground(SIGTSTP)
    try probe.wait(forText: "JOB STOPPED")
    #expect(probe.leftovers == [])
    probe.resize(columns: 100, rows: 30)
    try probe.type("\n")
    try probe.wait(forText: "size 100x30")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
  }

  @Test
  func `after a stop that nobody could prevent, the screen is drawn again`() throws {
    let probe = try startProbe(["jobs"])
    probe.signalForeground(SIGSTOP)
    try probe.wait(for: "the small shell") { $0.text.contains("JOB STOPPED") }
    try probe.type("\n")
    try probe.wait(for: "the screen again") {
      $0.text.contains("resumed") && !$0.text.contains("JOB STOPPED")
    }
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
  }

  @Test
  func `and ^Z without a shell that could continue it goes on at once`() throws {
    let probe = try startProbe()
    try probe.type("\u{1A}")
    try probe.wait(forText: "last: ^Z")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
  }

  @Test
  func `and standard error never reaches the screen, but is given back`() throws {
    let probe = try startProbe()
    try probe.type("s")
    try probe.wait(forText: "last: s")
    #expect(!probe.screen.text.contains("noise"))
    try probe.type("q")
    try probe.waitForEnd()
    #expect(probe.screen.text.contains("captured: noise\u{FFFD}[31m on stderr"))
    #expect(probe.leftovers == [])
  }
}
