internal import ArgumentParser
internal import Foundation
internal import Model

/// Runs commands that print and end.
@MainActor
enum Runner {
  /// Runs a command on the main queue and ends the process with its status.
  static func run(_ command: any HeadlessCommand, environment: [String: String]) -> Never {
    // A reader that went away ends a filter quietly.
    signal(SIGPIPE, SIG_DFL)
    let session = Session(command, environment: environment)
    Task { @MainActor in
      do {
        let status = try await command.perform(in: session)
        try session.out.flush()
        exit(status.rawValue)
      } catch {
        // What was printed before the failure is true and stays.
        try? session.out.flush()
        session.out.progress(nil)
        fail(error)
      }
    }
    while true { RunLoop.main.run() }
  }

  /// Runs the main loop until work is done; its queue stays open for others.
  static func wait(for work: @escaping @Sendable () async throws -> Void) throws {
    var result: Result<Void, any Error>?
    Task { @MainActor in
      do {
        try await work()
        result = .success(())
      } catch {
        result = .failure(error)
      }
    }
    while result == nil { _ = RunLoop.main.run(mode: .default, before: .distantFuture) }
    try result?.get()
  }

  /// Says what went wrong and what to do, and ends the process.
  static func fail(_ error: any Error) -> Never {
    let refusal = Refusal(error)
    let out = Output()
    out.note("tocsin: \(refusal.reason)")
    if let advice = refusal.advice { out.note("  \(advice)") }
    exit(refusal.status.rawValue)
  }

  /// Ends the process as the command line's parser asks: help, version, scripts, or wrong usage.
  static func end(with error: any Error) -> Never {
    let code = Tocsin.exitCode(for: error)
    let message = Tocsin.fullMessage(for: error)
    let out = Output()
    if code.isSuccess {
      try? out.bytes("\(message)\n".utf8)
      try? out.flush()
    } else {
      // It quotes what was typed.
      for line in Words.lines(message) { out.note(line) }
    }
    exit(code.rawValue)
  }
}
