/// Why a command did not do what it was asked: what happened, and what to do.
struct Refusal: Error {
  /// What happened, in one line.
  let reason: Words
  /// What to do now, in one line.
  let advice: Words?
  /// How the process ends.
  let status: ExitStatus

  init(_ reason: Words, advice: Words? = nil, status: ExitStatus = .failed) {
    (self.reason, self.advice, self.status) = (reason, advice, status)
  }
}

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
