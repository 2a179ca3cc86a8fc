internal import Glibc
public import Model

/// Which processes are there, by the kernel's word.
extension SendingProcess {
  /// This process.
  public static let current: SendingProcess = {
    let id = getpid()
    return SendingProcess(id: id, boot: BootClock.boot, start: startTime(of: id) ?? 0)
  }()

  /// Whether the process is still there: not ended, and no other one with its number.
  var isThere: Bool {
    guard boot == BootClock.boot else { return false }
    if let found = Self.startTime(of: id) { return found == start }
    // Without /proc a number is all there is.
    return start == 0 && (kill(id, 0) == 0 || errno == EPERM)
  }

  /// When a process was started, in ticks since boot; nil where there is none, or it has ended and
  /// only waits to be asked how.
  private static func startTime(of id: Int32) -> Int64? {
    // The program's name stands in brackets and may hold anything, brackets too.
    guard let text = SmallFile.read("/proc/\(id)/stat", limit: 4096),
      let close = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return Int64(fields[19])
  }
}
