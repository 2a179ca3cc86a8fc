internal import CNcursesW

/// How the process takes memory.
public enum ProcessMemory {
  /// Has all threads share one arena of the heap.
  ///
  /// For a program with one busy thread and a few helpers: an arena for each of them costs megabytes
  /// that are never used again, and grows page by page, with a system call for each.
  public static func keepInOneArena() { tcn_one_arena() }
}
