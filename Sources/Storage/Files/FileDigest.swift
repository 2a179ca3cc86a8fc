internal import Crypto
internal import Glibc
internal import Model

/// Bytes as hexadecimal digits.
enum Hex {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Hashes files as a stream.
public enum FileDigest {
  /// SHA-256 and size of a plain file.
  ///
  /// Follows no link in the last part of the path and refuses pipes, devices and directories, so it
  /// never hangs and never ends up somewhere else.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - progress: Called at least every megabyte with bytes done and bytes in all; false cancels.
  /// - Returns: Lower-case hexadecimal, and the number of bytes that were hashed.
  /// - Throws: `StoreError.refused` for anything but a plain file, `StoreError.failed` with what the
  ///   system said, `CancellationError`.
  public static func sha256(
    path: String,
    progress: (Int64, Int64) -> Bool = { _, _ in true }
  ) throws -> (hex: String, size: Int64) {
    try stream(path, progress) { _ in }
  }

  /// Hashes a file and hands every block on to `body`.
  static func stream(
    _ path: String,
    _ progress: (Int64, Int64) -> Bool,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (hex: String, size: Int64) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ELOOP {
        throw StoreError.refused("\(path) is a symbolic link; name the file itself")
      }
      throw StoreError.failed("\(path): \(ErrorText.of(code))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError.refused("\(path) is not a plain file")
    }
    let total = Int64(status.st_size)
    var hash = SHA256()
    var done: Int64 = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      guard progress(done, total) else { throw CancellationError() }
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StoreError.failed("\(path): \(ErrorText.of(errno))") }
      if count == 0 { break }
      try buffer.withUnsafeBytes { bytes in
        let block = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        hash.update(bufferPointer: block)
        try body(block)
      }
      done += Int64(count)
    }
    return (Hex.text(hash.finalize()), done)
  }
}
