/// Why a terminal could not be opened or a program could not be run in it.
public enum TerminalError: Error, Hashable, Sendable {
  /// The process has no controlling terminal; `code` is the system's error number.
  case noTerminal(code: Int32)
  /// The host describes none of the kinds of terminal that were tried.
  case noDescription(tried: [String])
  /// A terminal of this kind cannot place text, as `TERM=dumb`.
  case cannotStart(kind: String)
  /// A program could not be started; `code` is the system's error number.
  case cannotRun(program: String, code: Int32)
}

extension TerminalError: CustomStringConvertible {
  /// What happened, for an officer.
  public var description: String {
    switch self {
    case .noTerminal(let code):
      "There is no terminal to draw on (\(systemMessage(code)))."
    case .noDescription(let tried):
      "This host describes none of the terminals \(tried.joined(separator: ", "))."
    case .cannotStart(let kind):
      "A terminal of the kind \(kind) cannot show a screen."
    case .cannotRun(let program, let code):
      "\(program) could not be started (\(systemMessage(code)))."
    }
  }
}
