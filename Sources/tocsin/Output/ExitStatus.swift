/// How a command ends, for scripts.
enum ExitStatus: Int32 {
  /// It did what it was asked.
  case done = 0
  /// It was refused, or failed; nothing half done remains.
  case failed = 1
  /// A check found something.
  case found = 2
  /// The command line makes no sense (`EX_USAGE`).
  case usage = 64
}
