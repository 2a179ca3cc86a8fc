internal import Foundation
internal import Model

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An input that can be read again from its beginning: a file, or standard input with a sealed copy.
///
/// The copy has no name, is sealed (AES-256-GCM) under a key that is only ever in memory, and is gone
/// with the process: nothing of a pipe's personal data stands on the disk in plain text.
final class RewindableInput: ByteSource {
  private let file: InputFile
  private let maximumBytes: Int
  private var source: (any ByteSource)?
  private let spool: SealedSpool?
  /// The size of a file in bytes; nil for standard input.
  let size: Int?

  /// Opens a file, or prepares a copy of standard input in a folder.
  init(_ file: InputFile, spool folder: String, maximumBytes: Int) throws {
    (self.file, self.maximumBytes) = (file, maximumBytes)
    let first = try file.open(maximumBytes: maximumBytes)
    source = first
    if file.path == "-", file.isNamed {
      spool = try SealedSpool(in: folder)
      size = nil
    } else {
      spool = nil
      var facts = stat()
      size = stat(file.path, &facts) == 0 ? Int(facts.st_size) : nil
    }
  }

  /// Goes to the beginning.
  func rewind() throws {
    if let spool { spool.rewind() } else { source = try file.open(maximumBytes: maximumBytes) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let source else { return 0 }
    guard let spool else { return try source.read(into: buffer) }
    if let count = try spool.read(into: buffer) { return count }
    let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(SealedSpool.pieceSize))
    let count = try source.read(into: piece)
    if count > 0 { try spool.append(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
    return count
  }
}

/// Bytes in an unnamed file, sealed piece by piece under a key that is nowhere else.
private final class SealedSpool {
  static let pieceSize = 64 << 10

  private let descriptor: Int32
  private let key = PassingKey()
  /// Where each piece begins, and where the last one ends.
  private var offsets = [0]
  private var next = 0
  private var piece = Data()
  private var position = 0

  init(in folder: String) throws {
    var template = Array("\(folder)/.spool-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw UnreadableInput.failed("\(folder): \(String(cString: strerror(errno)))")
    }
    unlink(template)
  }

  deinit { close(descriptor) }

  func rewind() { (next, piece, position) = (0, Data(), 0) }

  /// Reads what was written; nil at the end of that.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
    if position == piece.count {
      guard next + 1 < offsets.count else { return nil }
      var sealed = Data(count: offsets[next + 1] - offsets[next])
      let count = sealed.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(offsets[next]))
      }
      guard count == sealed.count, let open = key.open(sealed) else {
        throw UnreadableInput.failed("the copy of standard input cannot be read again")
      }
      (piece, position) = (open, 0)
      next += 1
    }
    let count = min(buffer.count, piece.count - position)
    piece.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }
    position += count
    return count
  }

  /// Writes bytes behind what is there; reading goes on behind them.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let sealed = key.seal(bytes) else {
      throw UnreadableInput.failed("the copy of standard input cannot be sealed")
    }
    let end = offsets[offsets.count - 1]
    let count = sealed.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(end)) }
    guard count == sealed.count else {
      throw UnreadableInput.failed(
        "standard input cannot be copied: \(String(cString: strerror(errno)))"
      )
    }
    offsets.append(end + count)
    next = offsets.count - 1
    (piece, position) = (Data(), 0)
  }
}
