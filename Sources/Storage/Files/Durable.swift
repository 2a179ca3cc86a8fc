internal import Glibc
internal import Model

/// File work that is on the disk when it returns.
enum Durable {
  /// Makes names in a directory durable.
  static func syncDirectory(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreError.failed("\(path): \(ErrorText.of(errno))") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
  }
}
