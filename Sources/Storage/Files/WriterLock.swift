internal import Glibc
internal import Model
internal import Synchronization

/// The lock on a side file, held across processes while a store is opened, written, checkpointed
/// or closed.
///
/// SQLite before 3.51.3 can lose pages when two connections write or checkpoint at the same moment.
/// The file is also what other processes watch: a writer touches it after its commit (SPIKE of the
/// change watch: events on the WAL come before the commit can be seen).
final class WriterLock: Sendable {
  let path: String
  private let descriptor: CInt
  /// How many holds there are in this process; the kernel's lock is taken once for all of them.
  private let holds = Mutex(0)

  static func path(for store: String) -> String { store + ".lock" }

  /// Opens the side file, or makes it.
  init(store: String) throws {
    path = Self.path(for: store)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      if code == EROFS || code == EACCES || code == EPERM {
        throw StoreError.readOnly("\(path): \(ErrorText.of(code))")
      }
      throw StoreError.failed("\(path): \(ErrorText.of(code))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid()
    else {
      Glibc.close(descriptor)
      throw StoreError.refused("\(path) is not a plain file of yours; move it away")
    }
  }

  deinit { Glibc.close(descriptor) }

  /// Runs a body while no other process can write.
  func hold<Result>(_ body: () throws -> Result) throws -> Result {
    try acquire()
    defer { release() }
    return try body()
  }

  func acquire() throws {
    try holds.withLock { holds in
      if holds == 0 {
        while flock(descriptor, LOCK_EX) != 0 {
          let code = errno
          guard code == EINTR else {
            throw StoreError.failed("\(path): cannot lock: \(ErrorText.of(code))")
          }
        }
      }
      holds += 1
    }
  }

  func release() {
    holds.withLock { holds in
      holds -= 1
      if holds == 0 { flock(descriptor, LOCK_UN) }
    }
  }

  /// Tells those who watch that the journal has grown.
  func touch(head: Int64) {
    withUnsafeBytes(of: head.bigEndian) { bytes in
      _ = pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
    }
  }
}

/// What the kernel says about an error number.
enum ErrorText {
  static func of(_ code: CInt) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
