/// Entries that were written under a clock that was given (`--now`): their time is somebody's word.
public enum GivenClock {
  /// What stands behind the origin of such entries.
  public static let mark = " --now"

  /// Whether an origin says so.
  public static func isNamed(in origin: String) -> Bool { origin.hasSuffix(mark) }
}
