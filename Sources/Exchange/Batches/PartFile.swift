internal import Foundation
internal import Model

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A folder that is held by its descriptor, so that nobody can put another in its place meanwhile.
///
/// It is locked for as long as it is held: two exports never write into one folder at once.
final class FolderHandle {
  let path: String
  let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw UnwritableOutput.failed(path, String(cString: strerror(errno)))
    }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      throw UnwritableOutput.failed(path, String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_uid == geteuid() else {
      close(descriptor)
      throw UnwritableOutput.failed(path, "the folder belongs to somebody else")
    }
    guard status.st_mode & 0o022 == 0 else {
      close(descriptor)
      throw UnwritableOutput.failed(
        path,
        "others may write into this folder and put other files in place of these: chmod go-w"
      )
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let words = "another export is writing into this folder"
      close(descriptor)
      throw UnwritableOutput.failed(path, words)
    }
  }

  deinit {
    // A child that is about to be another program may hold the folder open a moment longer.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Makes the names in it durable.
  func sync() throws {
    guard fsync(descriptor) == 0 else {
      throw UnwritableOutput.failed(path, String(cString: strerror(errno)))
    }
  }
}

/// A file on its way: it gets its name when all of it is on the disk.
///
/// Until then it has none, where the system knows such files: what a killed export wrote is gone with it.
/// Elsewhere it has another name, and the next export into the folder takes it away.
final class PartFile {
  private let name: String
  /// The name that it has meanwhile; nil for none.
  private let part: String?
  private let folder: FolderHandle
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var hash = RunningDigest()
  private var count = 0
  private var isFinished = false

  private static let bufferSize = 256 << 10

  init(_ name: String, in folder: FolderHandle) throws {
    (self.name, self.folder) = (name, folder)
    let named = ".\(name).part"
    // What a killed export left of this file; a link of that name goes, what it leads to stays.
    unlinkat(folder.descriptor, named, 0)
    descriptor = Self.openNameless(in: folder)
    if descriptor >= 0 {
      part = nil
    } else {
      part = named
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      descriptor = openat(folder.descriptor, named, flags, mode_t(0o600))
    }
    guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else { throw failure() }
    buffer.reserveCapacity(Self.bufferSize + 4096)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isFinished, let part { unlinkat(folder.descriptor, part, 0) }
  }

  /// Opens a file without a name; -1 where the system or the folder's does not know such.
  private static func openNameless(in folder: FolderHandle) -> Int32 {
    #if os(Linux)
    // O_TMPFILE, which is no constant that Swift sees.
    let flags = 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC
    guard access("/proc/self/fd", X_OK) == 0 else { return -1 }
    return openat(folder.descriptor, ".", flags, mode_t(0o600))
    #else
    return -1
    #endif
  }

  /// Gives the file its name; false where something of that name is there.
  private func link() throws -> Bool {
    let result =
      if let part {
        linkat(folder.descriptor, part, folder.descriptor, name, 0)
      } else {
        linkat(
          AT_FDCWD,
          "/proc/self/fd/\(descriptor)",
          folder.descriptor,
          name,
          AT_SYMLINK_FOLLOW
        )
      }
    if result == 0 { return true }
    guard errno == EEXIST else { throw failure() }
    return false
  }

  private func failure() -> UnwritableOutput {
    .failed("\(folder.path)/\(name)", String(cString: strerror(errno)))
  }

  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try drain() }
  }

  private func drain() throws {
    try buffer.withUnsafeBytes { bytes in
      hash.update(bytes)
      count += bytes.count
      var offset = 0
      while offset < bytes.count {
        let written = posixWrite(
          descriptor,
          bytes.baseAddress?.advanced(by: offset),
          bytes.count - offset
        )
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw failure() }
        offset += written
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Brings all of it to the disk, without a name yet; gives its SHA-256.
  func seal() throws -> String {
    try drain()
    guard fsync(descriptor) == 0 else { throw failure() }
    return hash.text
  }

  /// Gives the file its name; where one of that name is there, it must be the same.
  func finish() throws -> BatchFile {
    let digest = try seal()
    if try !link() {
      guard try other() == digest else {
        throw UnwritableOutput.failed(
          "\(folder.path)/\(name)",
          "a file that is not the one of this batch stands there; move it away"
        )
      }
    }
    if let part { unlinkat(folder.descriptor, part, 0) }
    isFinished = true
    return BatchFile(name: name, sha256: digest, bytes: count)
  }

  /// The digest of the file that has the name already; it is made durable too.
  private func other() throws -> String? {
    let other = openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard other >= 0 else { return nil }
    defer { close(other) }
    var facts = stat()
    guard fstat(other, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size == count,
      facts.st_uid == geteuid(), fchmod(other, 0o600) == 0, fsync(other) == 0
    else { return nil }
    var hash = RunningDigest()
    var piece = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let size = piece.withUnsafeMutableBytes { read(other, $0.baseAddress, $0.count) }
      if size < 0, errno == EINTR { continue }
      guard size >= 0 else { throw failure() }
      if size == 0 { return hash.text }
      piece.withUnsafeBytes { hash.update(.init(rebasing: $0[..<size])) }
    }
  }
}

/// `write(2)`, apart from the methods of that name.
private func posixWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
