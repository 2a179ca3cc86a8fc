internal import Glibc
internal import Model

/// Looks at a store's file and directory before SQLite may touch them.
enum StoreFile {
  /// What was found at a path.
  enum Finding: Equatable {
    case absent
    /// A store; whether its directory and file can be written by this account.
    case store(isWritable: Bool)
  }

  /// Looks at the path without following a link in its last part.
  ///
  /// Refuses what others could read or write, with the command that sets it right, network file
  /// systems, and files that are not stores. Repairs nothing.
  static func examine(_ path: String) throws -> Finding {
    let folder = directory(of: path)
    try examineDirectory(folder)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT { return .absent }
      if code == ELOOP {
        throw StoreError.refused("\(path) is a symbolic link; name the file itself")
      }
      throw StoreError.failed("\(path): \(ErrorText.of(code))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError.notAStore(path: path, detail: "it is not a plain file")
    }
    try checkOwner(status, path)
    guard status.st_mode & 0o077 == 0 else {
      throw StoreError.refused(
        "\(path) can be read or written by others; run: chmod 600 \(Shell.quoted(path))"
      )
    }
    guard status.st_nlink == 1 else {
      throw StoreError.refused("\(path) has a second name (hard link); remove that one")
    }
    try examineFileSystem(descriptor, path)
    try examineHeader(descriptor, size: Int64(status.st_size), path)
    return .store(
      isWritable: access(path, W_OK) == 0 && access(folder, W_OK) == 0
    )
  }

  /// Refuses links, pipes, devices and files that are no Tocsin database, whatever their mode.
  static func examinePlainFile(_ path: String) throws {
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
      throw StoreError.notAStore(path: path, detail: "it is not a plain file")
    }
    try examineHeader(descriptor, size: Int64(status.st_size), path)
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a store's directory and those above it that are missing, for the owner alone.
  static func makeDirectory(_ path: String) throws {
    var status = stat()
    if stat(path, &status) == 0 { return }
    let parent = directory(of: path)
    if parent != path { try makeDirectory(parent) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
    try Durable.syncDirectory(parent)
  }

  private static func examineDirectory(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      if code == ENOENT { return }
      throw StoreError.failed("\(path): \(ErrorText.of(code))")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw StoreError.failed("\(path) is not a directory")
    }
    try checkOwner(status, path)
    guard status.st_mode & 0o077 == 0 else {
      throw StoreError.refused(
        "\(path) is open to others; run: chmod 700 \(Shell.quoted(path))"
      )
    }
  }

  private static func checkOwner(_ status: stat, _ path: String) throws {
    guard status.st_uid == geteuid() else {
      throw StoreError.refused(
        "\(path) belongs to user \(status.st_uid), not to you (\(geteuid())); "
          + "run: chown \(geteuid()) \(Shell.quoted(path))"
      )
    }
  }

  private static func examineFileSystem(_ descriptor: CInt, _ path: String) throws {
    guard let type = FileSystem(descriptor: descriptor), type.isNetwork else { return }
    throw StoreError.refused(
      "\(path) lies on a network file system (\(type.name)), where locks cannot be trusted; "
        + "keep the store on a local disk"
    )
  }

  private static func examineHeader(_ descriptor: CInt, size: Int64, _ path: String) throws {
    guard size > 0 else { throw StoreError.notAStore(path: path, detail: "the file is empty") }
    var header = [UInt8](repeating: 0, count: 100)
    guard pread(descriptor, &header, 100, 0) == 100 else {
      throw StoreError.notAStore(path: path, detail: "it ends after \(size) bytes")
    }
    guard header.starts(with: Array("SQLite format 3".utf8) + [0]) else {
      let isText = header.allSatisfy { $0 >= 32 && $0 < 127 || $0 == 9 || $0 == 10 || $0 == 13 }
      throw StoreError.notAStore(
        path: path,
        detail: isText ? "it is a text file" : "it is not an SQLite database"
      )
    }
    func number(_ offset: Int) -> UInt32 {
      header[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    let application = number(68)
    guard application == UInt32(bitPattern: Schema.applicationID) else {
      throw StoreError.notAStore(
        path: path,
        detail: "it is an SQLite database of another program (application id \(application))"
      )
    }
    let pageSize = Int64(header[16]) << 8 | Int64(header[17])
    let pages = Int64(number(28))
    var wal = stat()
    let hasLog = stat(path + "-wal", &wal) == 0 && wal.st_size > 0
    // Measured last: another process may have lengthened the file and taken its log away since the
    // header was read. Without a log, the file now has at least what the header said then.
    var now = stat()
    let size = fstat(descriptor, &now) == 0 ? Int64(now.st_size) : size
    let whole = pages * (pageSize == 1 ? 65_536 : pageSize)
    // With a log beside it the file may rightly be shorter: a checkpoint was cut off.
    guard hasLog || size >= whole else {
      throw StoreError.notAStore(path: path, detail: "it is cut off: \(size) bytes of \(whole)")
    }
  }
}

/// The file system that a file lies on, by the kernel's list of mounts.
///
/// `statfs` cannot be called from Swift's Glibc module; the list has the same knowledge.
struct FileSystem {
  /// Its type, such as `ext4`.
  let name: String
  /// Whether other machines can write to it too.
  var isNetwork: Bool {
    let network = [
      "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "ceph", "9p", "afs", "ocfs2", "gfs2",
      "lustre", "gpfs", "coda", "glusterfs", "beegfs", "fuse.sshfs", "fuse.glusterfs",
      "fuse.s3fs", "fuse.rclone", "fuse.cephfs", "davfs", "fuse.davfs2",
    ]
    return network.contains(name)
  }

  /// Finds the mount of a device; nil where the list does not name it.
  init?(device: UInt64, mounts: String) {
    let number = "\(FileSystem.major(device)):\(FileSystem.minor(device))"
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 3, fields[2] == number, let dash = fields.firstIndex(of: "-"),
        dash + 1 < fields.count
      else { continue }
      name = String(fields[dash + 1])
      return
    }
    return nil
  }

  init?(descriptor: CInt) {
    var status = stat()
    guard fstat(descriptor, &status) == 0,
      let mounts = SmallFile.read("/proc/self/mountinfo", limit: 1 << 20)
    else { return nil }
    self.init(device: UInt64(status.st_dev), mounts: mounts)
  }

  /// By gnu_dev_major and gnu_dev_minor, which are macros.
  private static func major(_ device: UInt64) -> UInt64 {
    (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
  }

  private static func minor(_ device: UInt64) -> UInt64 {
    device & 0xFF | (device >> 12) & ~0xFF
  }
}

/// Words for a shell, so that advice can be pasted.
enum Shell {
  static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || "/._-+,@%".utf8.contains($0)
    }
    return plain && !text.isEmpty
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
