internal import Glibc
internal import Model

/// File work that is on the disk when it returns, and follows no link.
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

  /// Writes a file whole or not at all, over what was there.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
    let directory = StoreFile.directory(of: path)
    let draft = try Draft(in: directory)
    try bytes.withUnsafeBytes { try draft.write($0) }
    try draft.finish(as: path, mode: mode)
    try syncDirectory(directory)
  }

  /// A file under a name that nobody can guess, until it is complete and gets its own.
  final class Draft {
    let path: String
    private var descriptor: CInt
    private var isFinished = false

    init(in directory: String) throws {
      path = "\(directory)/.draft-\(Hex.text(Kernel.randomBytes(8)))"
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else {
        throw StoreError.failed("\(directory): \(ErrorText.of(errno))")
      }
    }

    deinit {
      close(descriptor)
      if !isFinished { unlink(path) }
    }

    func write(_ block: UnsafeRawBufferPointer) throws {
      var rest = block
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw StoreError.failed("\(path): \(ErrorText.of(errno))") }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }

    /// Makes it durable and gives it its name, over what had that name before.
    func finish(as target: String, mode: mode_t) throws {
      guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0, rename(path, target) == 0 else {
        throw StoreError.failed("\(target): \(ErrorText.of(errno))")
      }
      isFinished = true
    }
  }
}
