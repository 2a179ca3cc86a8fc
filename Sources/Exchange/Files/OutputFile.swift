internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Why an output could not be written; nothing that stood there was harmed.
public enum UnwritableOutput: Error, Equatable, Sendable, CustomStringConvertible {
  /// Something stands there already.
  case exists(String)
  /// A symbolic link, a folder or a device stands there; not replaced even when forced.
  case notAFile(String)
  /// The system said no; path and its own words.
  case failed(String, String)

  /// What happened, in a sentence.
  public var description: String {
    switch self {
    case .exists(let path): "\(path) exists already; --force replaces it"
    case .notAFile(let path): "\(path) is no regular file and is not replaced"
    case .failed(let path, let words): "\(path): \(words)"
    }
  }
}

/// Files that exports write: mode 0600, never through a link, never over another without force.
public enum OutputFile {
  /// Writes a file as a whole, or not at all.
  ///
  /// The bytes go to a new file beside it first; a link or a rename puts it in place in one step.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - path: Where it is to stand.
  ///   - force: Whether a regular file that stands there is replaced.
  /// - Throws: `UnwritableOutput`.
  public static func write(_ bytes: [UInt8], to path: String, force: Bool) throws(UnwritableOutput)
  {
    func failure() -> UnwritableOutput { .failed(path, String(cString: strerror(errno))) }
    var facts = stat()
    if lstat(path, &facts) == 0 {
      guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
      guard force else { throw .exists(path) }
    }
    let part = "\(path).\(UInt32.random(in: .min ... .max)).part"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(part, flags, mode_t(0o600))
    guard descriptor >= 0 else { throw failure() }
    defer { unlink(part) }
    var isWritten = fchmod(descriptor, 0o600) == 0
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while isWritten, offset < buffer.count {
        let count = Foundation.write(
          descriptor,
          buffer.baseAddress?.advanced(by: offset),
          buffer.count - offset
        )
        if count < 0, errno == EINTR { continue }
        isWritten = count > 0
        offset += max(0, count)
      }
    }
    isWritten = isWritten && fsync(descriptor) == 0
    let problem = errno
    guard close(descriptor) == 0, isWritten else {
      throw .failed(path, String(cString: strerror(isWritten ? errno : problem)))
    }
    // Without force a link is made, which fails where somebody was quicker.
    guard force ? rename(part, path) == 0 : link(part, path) == 0 else {
      throw errno == EEXIST ? .exists(path) : failure()
    }
  }

  /// Makes a folder, mode 0700, where none is; one that stands there is used as it is.
  ///
  /// - Throws: `UnwritableOutput`.
  public static func makeFolder(_ path: String) throws(UnwritableOutput) {
    if mkdir(path, 0o700) == 0 { return }
    guard errno == EEXIST else { throw .failed(path, String(cString: strerror(errno))) }
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw .failed(path, "this is no folder")
    }
  }

  /// An id as a file name: letters, digits, `.`, `-` and `_` stay, other bytes become `%XX`.
  public static func name(for id: String) -> String {
    var name = ""
    for (index, byte) in id.utf8.prefix(80).enumerated() {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte & 0xDF)
        || "-_".contains(Character(scalar))
      if isPlain || (byte == UInt8(ascii: ".") && index > 0) {
        name.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        name += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return name
  }
}
