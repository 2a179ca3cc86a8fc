import Foundation
import TestSupport

/// The built binary with a store of its own, run as a user would.
struct Tocsin: Sendable {
  /// What one run came to.
  struct Result: Equatable, Sendable {
    /// What it printed.
    var output: String
    /// What it told people.
    var errors: String
    /// How it ended; 128 and the signal where one ended it.
    var status: Int32
  }

  /// The binary: `TOCSIN_BINARY`, else the one that was built with the tests.
  static let binary: String = {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["TOCSIN_BINARY"] { return named }
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: runner).deletingLastPathComponent().path + "/tocsin"
  }()

  /// Where everything of this test lies.
  let directory: TemporaryDirectory
  /// The binary that is run.
  var binary = Tocsin.binary
  /// The whole environment.
  var environment: [String: String]
  /// What stands before every command's own arguments' end: the fixed present.
  var now: String? = "2026-05-18T14:40:00Z"

  /// Makes a store that does not exist yet in a fresh directory.
  init() throws {
    directory = try TemporaryDirectory()
    environment = [
      "HOME": directory.path, "TMPDIR": directory.path, "TZ": "UTC", "LC_ALL": "C.UTF-8",
      "PATH": "/nowhere", "TOCSIN_STORE": directory.file("store/tocsin.sqlite"),
      "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  /// The store's file.
  var store: String { directory.file("store/tocsin.sqlite") }

  /// Runs a command to its end.
  func callAsFunction(_ arguments: String..., input: String = "") throws -> Result {
    try run(arguments, input: Data(input.utf8))
  }

  /// Runs a command to its end.
  func run(_ arguments: [String], input: Data = Data()) throws -> Result {
    try start(arguments, input: input).finish()
  }

  /// Starts a command.
  func start(_ arguments: [String], input: Data = Data()) throws -> Running {
    let folder = try TemporaryDirectory()
    try input.write(to: URL(fileURLWithPath: folder.file("in")))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, folder.file("in"), O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, folder.file("out"), O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, folder.file("err"), O_WRONLY | O_CREAT, 0o600)
    let words = [binary] + arguments + (now.map { ["--now", $0] } ?? [])
    var argv = words.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process: pid_t = 0
    var code: Int32
    repeat {
      code = posix_spawn(&process, binary, &actions, nil, &argv, &envp)
      // A binary that was just copied is busy as long as a process that another test is starting
      // holds the copy's descriptor: until its exec.
    } while code == ETXTBSY && sched_yield() == 0
    guard code == 0 else { throw NotStarted(binary: binary, code: code) }
    return Running(process: process, folder: folder)
  }

  /// The binary cannot be run.
  struct NotStarted: Error {
    let binary: String
    let code: Int32
  }

  /// A command that runs.
  struct Running: Sendable {
    fileprivate let process: pid_t
    fileprivate let folder: TemporaryDirectory

    /// Ends it as a power cut would.
    func kill() { Foundation.kill(process, SIGKILL) }

    /// What it has printed so far.
    var output: String {
      (try? String(contentsOfFile: folder.file("out"), encoding: .utf8)) ?? ""
    }

    /// Waits for its end.
    func finish() throws -> Result {
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      return Result(
        output: output,
        errors: try String(contentsOfFile: folder.file("err"), encoding: .utf8),
        status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      )
    }
  }
}
