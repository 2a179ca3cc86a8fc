import Glibc
import Terminal

// A program for the tests of Terminal: shows what comes in, and dies in the ways it is told to.
//
//     terminal-probe [list]           a screen; see `Probe.act` for the keys
//     terminal-probe texts FILE       texts of a file (a line of hexadecimal each), a screen at a time
//     terminal-probe jobs ARGUMENT... runs itself as a job of a small shell, so that it can be stopped
//     terminal-probe facts            whether a dashboard could be shown, as text

let words = CommandLine.arguments

switch words.dropFirst().first {
case "jobs":
  runJob(Array(words.dropFirst(2)))
case "facts":
  print(TerminalFacts.find(environment: currentEnvironment()))
case let mode:
  MainActor.assumeIsolated { start(mode: mode ?? "screen", file: words.dropFirst(2).first) }
}

func currentEnvironment() -> [String: String] {
  var result: [String: String] = [:]
  var next = environ
  while let entry = next.pointee {
    let parts = String(cString: entry).split(separator: "=", maxSplits: 1)
    if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
    next += 1
  }
  return result
}

/// Writes to standard error.
func complain(_ text: String) {
  let bytes = Array(text.utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

@MainActor
func start(mode: String, file: String?) {
  ProcessHardening.apply()
  if mode == "trap-early" { provokeFault("T") }
  do {
    try Probe(mode: mode, file: file).run()
  } catch {
    complain("probe: \(error)\n")
    exit(1)
  }
}

/// Runs this program as a job: when it stops, says so on the terminal, waits for a line, and
/// continues it.
func runJob(_ arguments: [String]) {
  signal(SIGTTOU, SIG_IGN)
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  posix_spawnattr_setpgroup(&attributes, 0)
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGTTOU)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
  var list = ([words[0]] + arguments).map { strdup($0) } + [nil]
  var job: pid_t = 0
  guard posix_spawn(&job, words[0], nil, &attributes, &list, environ) == 0 else { exit(99) }
  tcsetpgrp(0, job)
  kill(-job, SIGCONT)
  while true {
    var status: Int32 = 0
    guard waitpid(job, &status, WUNTRACED) == job else { exit(98) }
    tcsetpgrp(0, getpgrp())
    guard status & 0xFF == 0x7F else {
      print("JOB ENDED \(status)")
      exit(status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F)
    }
    print("JOB STOPPED")
    _ = readLine()
    tcsetpgrp(0, job)
    kill(-job, SIGCONT)
  }
}
