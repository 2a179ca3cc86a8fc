internal import Foundation
internal import Model

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A new folder that files are written into, each once, with a list of their digests at the end.
///
/// The folder is 0700, the files 0600. Nothing that stands there is written over, no link followed.
final class BundleFolder {
  /// Where it lies.
  let path: String
  private let descriptor: Int32
  private var digests: [String: String] = [:]
  private var folders: Set<String> = []

  /// The name of the list of digests, in the form of `sha256sum`.
  static let sums = "SHA256SUMS"

  /// Makes the folder.
  ///
  /// - Throws: `UnwritableOutput` where anything stands under that name.
  init(_ path: String) throws(UnwritableOutput) {
    self.path = path
    guard mkdir(path, 0o700) == 0 else {
      guard errno != EEXIST else {
        throw .failed(path, "something stands there already; name a folder that is not there yet")
      }
      throw .failed(path, String(cString: strerror(errno)))
    }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .failed(path, String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  /// Begins a file; a `/` in its name makes the folder in front of it.
  func file(_ name: String) throws(UnwritableOutput) -> BundleFile {
    precondition(BundleName.isPlain(name), "names in a bundle are our own")
    if let slash = name.firstIndex(of: "/") {
      let folder = String(name[..<slash])
      if folders.insert(folder).inserted, mkdirat(descriptor, folder, 0o700) != 0 {
        throw .failed("\(path)/\(folder)", String(cString: strerror(errno)))
      }
    }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = openat(descriptor, name, flags, mode_t(0o600))
    guard file >= 0 else {
      throw .failed("\(path)/\(name)", String(cString: strerror(errno)))
    }
    return BundleFile(file, "\(path)/\(name)") { self.digests[name] = $0 }
  }

  /// Writes a file as a whole.
  func write(_ bytes: [UInt8], to name: String) throws(UnwritableOutput) {
    let file = try file(name)
    try file.write(bytes)
    try file.finish()
  }

  /// Writes the list of digests; nothing more can be written.
  ///
  /// - Returns: SHA-256 of the list: it stands for the whole folder.
  func seal() throws(UnwritableOutput) -> String {
    let list = digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
    let bytes = Array(list.utf8)
    try write(bytes, to: Self.sums)
    for folder in folders.sorted() + ["."] {
      let entry = openat(descriptor, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard entry >= 0 else { continue }
      fsync(entry)
      close(entry)
    }
    return Digest.sha256(bytes)
  }

  /// Takes away what was written, where it could not be finished.
  func abandon() {
    for name in digests.keys { unlinkat(descriptor, name, 0) }
    for folder in folders { unlinkat(descriptor, folder, AT_REMOVEDIR) }
    rmdir(path)
  }
}

/// A file of a bundle that is written in pieces.
final class BundleFile {
  private let descriptor: Int32
  private let path: String
  private let finished: (String) -> Void
  private var buffer: [UInt8] = []
  private var digest = RunningDigest()
  private var isOpen = true

  private static let chunk = 256 << 10

  init(_ descriptor: Int32, _ path: String, finished: @escaping (String) -> Void) {
    (self.descriptor, self.path, self.finished) = (descriptor, path, finished)
    buffer.reserveCapacity(Self.chunk + 4096)
    // Named at once, so that it is taken away where it is not finished.
    finished("")
  }

  deinit { if isOpen { close(descriptor) } }

  /// Appends bytes.
  func write(_ bytes: some Sequence<UInt8>) throws(UnwritableOutput) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.chunk { try drain() }
  }

  /// Ends the file; it is on the disk from then on.
  func finish() throws(UnwritableOutput) {
    try drain()
    guard fsync(descriptor) == 0, close(descriptor) == 0 else {
      throw .failed(path, String(cString: strerror(errno)))
    }
    isOpen = false
    finished(digest.text)
  }

  private func drain() throws(UnwritableOutput) {
    buffer.withUnsafeBytes { digest.update($0) }
    let isWritten = buffer.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let start = bytes.baseAddress?.advanced(by: offset)
        let count = Foundation.write(descriptor, start, bytes.count - offset)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
    guard isWritten else { throw .failed(path, String(cString: strerror(errno))) }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Names of files in a bundle: at most one folder deep, no sign that a shell or `sha256sum` reads.
enum BundleName {
  static func isPlain(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count) && name.utf8.count <= 200
      && parts.allSatisfy { part in
        !part.isEmpty && !part.hasPrefix(".")
          && part.utf8.allSatisfy { $0.isLetter || $0.isDigit || [45, 46, 95].contains($0) }
      }
  }
}
