import Glibc

/// Whether a dashboard can be shown at all, found out without touching the terminal.
public enum TerminalFacts: Hashable, Sendable {
  /// There is a terminal to draw on.
  case screen
  /// There is none, or it cannot be drawn on: print text instead. `hint` says why, in one line, where
  /// an officer would wonder.
  case lines(hint: String?)

  /// Looks at standard output, the controlling terminal and `TERM`.
  public static func find(environment: [String: String]) -> TerminalFacts {
    guard isatty(STDOUT_FILENO) == 1 else { return .lines(hint: nil) }
    if environment["TERM"] == "dumb" {
      return .lines(hint: "TERM=dumb has no screen: this is the overview as text.")
    }
    let descriptor = Glibc.open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return .lines(hint: "There is no controlling terminal: this is the overview as text.")
    }
    Glibc.close(descriptor)
    return .screen
  }

  /// Whether the dashboard can be shown.
  public static func isInteractive(environment: [String: String]) -> Bool {
    find(environment: environment) == .screen
  }
}
