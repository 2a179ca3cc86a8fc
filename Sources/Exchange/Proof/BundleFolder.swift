internal import Foundation
internal import Model

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A new folder that files are written into, each once, with a list of their digests at the end.
///
/// It is written beside its name, under one that says that it is not finished, and given its name as a
/// whole: whoever sees the folder has all of it. What a broken-off proof left is taken away by the next
/// one of that name. The folder is 0700, the files 0600. Nothing that stands there is written over, no
/// link followed.
final class BundleFolder {
  /// Where it will lie.
  let path: String
  /// Where it is written.
  let partial: String
  private let descriptor: Int32
  private var digests: [String: String] = [:]
  private var folders: Set<String> = []
  private var isPublished = false

  /// The name of the list of digests, in the form of `sha256sum`.
  static let sums = "SHA256SUMS"

  /// Makes the folder that is written.
  ///
  /// - Throws: `UnwritableOutput` where anything stands under its name, or another program is writing it.
  init(_ path: String) throws(UnwritableOutput) {
    let plain = path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path
    self.path = plain
    let slash = plain.lastIndex(of: "/").map { plain.index(after: $0) } ?? plain.startIndex
    partial = "\(plain[..<slash]).\(plain[slash...]).unfinished"
    try Self.refuseThere(plain)
    if mkdir(partial, 0o700) != 0 {
      guard errno == EEXIST else { throw .failed(plain, String(cString: strerror(errno))) }
      try Self.clear(partial, for: plain)
      guard mkdir(partial, 0o700) == 0 else {
        throw .failed(partial, String(cString: strerror(errno)))
      }
    }
    descriptor = open(partial, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .failed(partial, String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  /// Throws where anything stands under a name.
  private static func refuseThere(_ path: String) throws(UnwritableOutput) {
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw .failed(path, "something stands there already; name a folder that is not there yet")
    }
  }

  /// Takes away what a program left that was broken off; one that is at work holds a lock.
  private static func clear(_ partial: String, for path: String) throws(UnwritableOutput) {
    let left = open(partial, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard left >= 0 else { throw .failed(partial, String(cString: strerror(errno))) }
    defer { close(left) }
    guard flock(left, LOCK_EX | LOCK_NB) == 0 else {
      throw .failed(path, "another program is writing it")
    }
    do {
      try FileManager.default.removeItem(atPath: partial)
    } catch {
      throw .failed(partial, "what a broken-off proof left cannot be taken away")
    }
  }

  /// Begins a file; a `/` in its name makes the folder in front of it.
  func file(_ name: String) throws(UnwritableOutput) -> BundleFile {
    precondition(BundleName.isPlain(name), "names in a bundle are our own")
    if let slash = name.firstIndex(of: "/") {
      let folder = String(name[..<slash])
      if folders.insert(folder).inserted, mkdirat(descriptor, folder, 0o700) != 0 {
        throw .failed("\(partial)/\(folder)", String(cString: strerror(errno)))
      }
    }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = openat(descriptor, name, flags, mode_t(0o600))
    guard file >= 0 else {
      throw .failed("\(partial)/\(name)", String(cString: strerror(errno)))
    }
    return BundleFile(file, "\(partial)/\(name)") { self.digests[name] = $0 }
  }

  /// Writes a file as a whole.
  func write(_ bytes: [UInt8], to name: String) throws(UnwritableOutput) {
    let file = try file(name)
    try file.write(bytes)
    try file.finish()
  }

  /// SHA-256 over names and digests of the files so far, those aside that are written behind.
  func content() -> String { BundleContent.digest(digests) }

  /// Writes the list of digests; nothing more can be written.
  ///
  /// - Returns: SHA-256 of the list: it stands for the whole folder.
  func seal() throws(UnwritableOutput) -> String {
    let bytes = Array(BundleContent.list(digests).utf8)
    try write(bytes, to: Self.sums)
    for folder in folders.sorted() + ["."] {
      let entry = openat(descriptor, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard entry >= 0 else { continue }
      fsync(entry)
      close(entry)
    }
    return Digest.sha256(bytes)
  }

  /// Gives the folder its name; it is there as a whole from then on.
  func publish() throws(UnwritableOutput) {
    try Self.refuseThere(path)
    // Where something came to stand there meanwhile this fails; all it could replace is an empty folder.
    guard rename(partial, path) == 0 else {
      throw .failed(path, String(cString: strerror(errno)))
    }
    isPublished = true
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Takes away what was written, where it could not be finished.
  func abandon() {
    guard !isPublished else { return }
    for name in digests.keys { unlinkat(descriptor, name, 0) }
    for folder in folders { unlinkat(descriptor, folder, AT_REMOVEDIR) }
    rmdir(partial)
  }
}

/// What the files of a proof come to.
enum BundleContent {
  /// The files that are written behind the entry that closes a proof.
  static let behind: Set = [BundleLayout.journal, BundleLayout.manifest, BundleLayout.readme]

  /// Digests and names, in the form of `sha256sum`.
  static func list(_ digests: [String: String]) -> String {
    digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
  }

  /// SHA-256 over that list, those aside that are written behind.
  static func digest(_ digests: [String: String]) -> String {
    Digest.sha256(Array(list(digests.filter { !behind.contains($0.key) }).utf8))
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
