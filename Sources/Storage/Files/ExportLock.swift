internal import Glibc
internal import Model

/// Held while a batch is gathered and written, so that no two exports hand the same people over.
///
/// A lock on a side file of the store, across processes; it falls with the process that holds it.
final class ExportLock {
  private let descriptor: Int32

  /// Takes the lock of a store.
  ///
  /// - Throws: `StoreError.refused` where another export holds it.
  init(storePath: String) throws {
    let path = storePath + "-export"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StoreError.refused("another export of this store is under way; wait for its end")
    }
  }

  deinit {
    // A child that is about to be another program may hold the file open a moment longer.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
