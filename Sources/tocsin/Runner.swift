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
      exit(await status(of: command, in: session).rawValue)
    }
    while true { RunLoop.main.run() }
  }

  private static func status(of command: any HeadlessCommand, in session: Session) async
    -> ExitStatus
  {
    do {
      let status = try await command.perform(in: session)
      try session.out.flush()
      return status
    } catch {
      // What was printed before the failure is true and stays.
      try? session.out.flush()
      let refusal = Refusal(error)
      session.out.progress(nil)
      session.out.note("tocsin: \(refusal.reason)")
      if let advice = refusal.advice { session.out.note("  \(advice)") }
      return refusal.status
    }
  }

  /// Ends the process as the command line's parser asks: help, version, scripts, or wrong usage.
  static func end(with error: any Error) -> Never {
    let code = Tocsin.exitCode(for: error)
    let message = Tocsin.fullMessage(for: error)
    let out = Output()
    if code.isSuccess {
      try? out.bytes(Array("\(message)\n".utf8))
      try? out.flush()
    } else {
      // It quotes what was typed.
      for line in Words.lines(message) { out.note(line) }
    }
    exit(code.rawValue)
  }
}
