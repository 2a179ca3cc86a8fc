internal import CNcursesW
import Glibc

/// What the process does for secrecy before it reads anything.
public enum ProcessHardening {
  /// Forbids core dumps and tracing, makes new files private, lets a closed pipe be an error instead
  /// of an end, and has faults end the program without Swift's crash reporter.
  ///
  /// To be called first in `main`. Nothing of it can fail in a way that one could act on; the
  /// result says whether all of it holds.
  @discardableResult
  public static func apply() -> Bool {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    let limited = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
    let closed = tcn_forbid_dumping() == 0
    umask(0o077)
    TerminalRestore.install()
    signal(SIGPIPE, SIG_IGN)
    return limited && closed
  }

  /// Whether another process of the same user could read this one's memory, or a core file could be
  /// written; for `tocsin doctor`.
  public static var isDumpable: Bool { tcn_is_dumpable() != 0 }
}
