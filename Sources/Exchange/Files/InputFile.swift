internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Why an input could not be read.
public enum UnreadableInput: Error, Equatable, Sendable, CustomStringConvertible {
  /// The system said no; its own words.
  case failed(String)
  /// A pipe, socket, device or folder where a file is needed.
  case notAFile
  /// A symbolic link inside a folder; links are not followed there.
  case symbolicLink
  /// Longer than is read.
  case tooLong(bytes: Int)
  /// Packed, and not as it should be; what is wrong.
  case damaged(String)
  /// A folder without a single file of the kind.
  case emptyFolder(String)

  /// What happened, in a sentence.
  public var description: String {
    switch self {
    case .failed(let words): words
    case .notAFile: "not a regular file; give a file, a folder, or - for standard input"
    case .symbolicLink: "a symbolic link inside a folder; give the file itself"
    case .tooLong(let bytes): "longer than \(bytes) bytes"
    case .damaged(let words): words
    case .emptyFolder(let suffix): "no \(suffix) file in this folder"
    }
  }
}

extension UnreadableInput {
  /// Refuses a text that begins as UTF-16 does: with its mark, or with a letter of which one half is zero.
  ///
  /// Spreadsheets write it as "Unicode text".
  static func refuseUTF16(_ head: some Collection<UInt8>) throws(UnreadableInput) {
    let bytes = Array(head.prefix(4))
    guard bytes.count >= 2 else { return }
    let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let zeros = bytes.map { $0 == 0 }
    guard isMarked || zeros == [true, false, true, false] || zeros == [false, true, false, true]
    else { return }
    throw .damaged("this is UTF-16; save it as UTF-8")
  }
}

/// One file that is to be read, or standard input.
public struct InputFile: Hashable, Sendable {
  /// Its path as it was given or found; `-` is standard input.
  ///
  /// Foreign text.
  public var path: String
  /// Whether a person named it; a symbolic link is followed only then.
  public var isNamed: Bool

  /// Names a file.
  public init(_ path: String, isNamed: Bool = true) { (self.path, self.isNamed) = (path, isNamed) }

  /// Opens the file for reading.
  ///
  /// Only regular files: a FIFO or a device is refused at once and never waited for.
  ///
  /// - Parameter maximumBytes: How much is read before it is refused.
  /// - Returns: The bytes, from the beginning.
  /// - Throws: `UnreadableInput`.
  public func open(maximumBytes: Int) throws(UnreadableInput) -> any ByteSource {
    if path == "-", isNamed { return FileSource(0, maximumBytes: maximumBytes, isOwned: false) }
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | (isNamed ? 0 : O_NOFOLLOW)
    #if canImport(Glibc)
    let descriptor = Glibc.open(path, flags)
    #else
    let descriptor = Darwin.open(path, flags)
    #endif
    guard descriptor >= 0 else {
      throw errno == ELOOP && !isNamed ? .symbolicLink : .failed(String(cString: strerror(errno)))
    }
    let source = FileSource(descriptor, maximumBytes: maximumBytes, isOwned: true)
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      throw .failed(String(cString: strerror(errno)))
    }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard Int(facts.st_size) <= maximumBytes else { throw .tooLong(bytes: maximumBytes) }
    return source
  }

  /// Reads the whole file.
  ///
  /// - Throws: `UnreadableInput`, or what the system said while reading.
  public func bytes(maximumBytes: Int) throws -> [UInt8] {
    let source = try open(maximumBytes: maximumBytes)
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  /// The files that paths stand for, by path; what cannot be read is told apart.
  ///
  /// Folders are searched through for names that end in the suffix, in any letter case; hidden ones
  /// are left out, links are not followed. Standard input comes last.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, or `-`.
  ///   - suffix: The end of wanted names, such as `.json`.
  /// - Returns: The files in the order in which they are read, and the paths that name none.
  public static func expand(
    _ paths: [String],
    suffix: String
  ) -> (files: [InputFile], refused: [(path: String, reason: UnreadableInput)]) {
    expand(paths, suffixes: [suffix])
  }

  /// The files that paths stand for, where names may end in one of several ways.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, or `-`.
  ///   - suffixes: The ends of wanted names, such as `.json` and `.json.gz`.
  /// - Returns: The files in the order in which they are read, and the paths that name none.
  public static func expand(
    _ paths: [String],
    suffixes: [String]
  ) -> (files: [InputFile], refused: [(path: String, reason: UnreadableInput)]) {
    var files: Set<InputFile> = []
    var refused: [(path: String, reason: UnreadableInput)] = []
    for path in paths {
      guard path != "-", kind(path, followingLinks: true) == S_IFDIR else {
        files.insert(InputFile(path))
        continue
      }
      let before = (files.count, refused.count)
      walk(path, suffixes, depth: 0, &files, &refused)
      if (files.count, refused.count) == before {
        refused.append((path, .emptyFolder(suffixes.joined(separator: ", "))))
      }
    }
    let sorted = files.sorted { one, other in
      if (one.path == "-") != (other.path == "-") { return other.path == "-" }
      return one.path.utf8.lexicographicallyPrecedes(other.path.utf8)
    }
    return (sorted, refused)
  }

  private static func walk(
    _ folder: String,
    _ suffixes: [String],
    depth: Int,
    _ files: inout Set<InputFile>,
    _ refused: inout [(path: String, reason: UnreadableInput)]
  ) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      refused.append((folder, .failed(String(cString: strerror(errno)))))
      return
    }
    for name in names where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      let plain = name.lowercased()
      let isWanted = suffixes.contains { plain.hasSuffix($0) }
      switch kind(path, followingLinks: false) {
      case S_IFDIR where depth < 64: walk(path, suffixes, depth: depth + 1, &files, &refused)
      case S_IFREG where isWanted: files.insert(InputFile(path, isNamed: false))
      case S_IFLNK where isWanted: refused.append((path, .symbolicLink))
      case nil where isWanted: refused.append((path, .failed(String(cString: strerror(ENOENT)))))
      case let other where isWanted && other != S_IFREG: refused.append((path, .notAFile))
      default: break
      }
    }
  }

  private static func kind(_ path: String, followingLinks: Bool) -> mode_t? {
    var facts = stat()
    let result = followingLinks ? stat(path, &facts) : lstat(path, &facts)
    return result == 0 ? facts.st_mode & S_IFMT : nil
  }
}

/// The bytes of an open file.
private final class FileSource: ByteSource {
  private let descriptor: Int32
  private let maximumBytes: Int
  private let isOwned: Bool
  private var total = 0

  init(_ descriptor: Int32, maximumBytes: Int, isOwned: Bool) {
    (self.descriptor, self.maximumBytes, self.isOwned) = (descriptor, maximumBytes, isOwned)
  }

  deinit { if isOwned { close(descriptor) } }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      #if canImport(Glibc)
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
      let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw UnreadableInput.failed(String(cString: strerror(errno))) }
      total += count
      guard total <= maximumBytes else { throw UnreadableInput.tooLong(bytes: maximumBytes) }
      return count
    }
  }
}
