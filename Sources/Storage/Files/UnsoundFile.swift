internal import Glibc
public import Model

/// The file beside a store that says that its journal was found broken.
///
/// Into a broken journal nothing is written; without the file an earlier verification would go on to
/// count. It lies there until the journal is found sound again.
public enum UnsoundFile {
  /// Larger than any that the program writes.
  private static let maximumBytes = 4_096

  /// Where it lies; of a store that is reached by a link, beside the store itself.
  public static func path(for store: String) -> String {
    guard let resolved = realpath(store, nil) else { return store + ".unsound" }
    defer { free(resolved) }
    return String(cString: resolved) + ".unsound"
  }

  /// Keeps what was found.
  ///
  /// - Throws: `StoreError` where it cannot be written.
  public static func write(_ found: VerificationMark, beside store: String) throws {
    try Durable.write(Array(JSON.text(found).utf8), to: path(for: store))
  }

  /// Takes the file away, where there is one.
  public static func remove(beside store: String) throws {
    let path = path(for: store)
    guard unlink(path) == 0 || errno == ENOENT else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
  }

  /// What was found; nil where there is no such file.
  ///
  /// One that cannot be read says all the same that something is wrong.
  public static func read(beside store: String) -> VerificationMark? {
    let path = path(for: store)
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    if let found = content(of: path), !found.isSound { return found }
    let at = Instant(milliseconds: Int64(status.st_mtim.tv_sec) * 1_000)
    return VerificationMark(
      at: at,
      by: "",
      RecordVerification(isSound: false, head: 0, headHash: "", faults: 1)
    )
  }

  private static func content(of path: String) -> VerificationMark? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= maximumBytes
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: maximumBytes)
    let count = Glibc.read(descriptor, &bytes, maximumBytes)
    guard count > 0 else { return nil }
    return try? JSON.value(String(decoding: bytes.prefix(count), as: UTF8.self))
  }
}
