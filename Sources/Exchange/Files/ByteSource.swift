/// Bytes that come in pieces: a file, a pipe, or memory.
public protocol ByteSource: AnyObject {
  /// Fills the buffer from its beginning.
  ///
  /// - Parameter buffer: Where the bytes go; not empty.
  /// - Returns: How many bytes came; 0 at the end.
  /// - Throws: What the system said.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Bytes that stand in memory.
public final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private let pieceSize: Int
  private var offset = 0

  /// Makes a source of bytes, handed out in pieces of at most `pieceSize`.
  public init(_ bytes: [UInt8], pieceSize: Int = .max) {
    (self.bytes, self.pieceSize) = (bytes, max(1, pieceSize))
  }

  /// Copies the next piece out of memory.
  public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, pieceSize, bytes.count - offset)
    buffer.copyBytes(from: bytes[offset..<(offset + count)])
    offset += count
    return count
  }
}

/// A byte at a time out of a source, with the line it stands on.
struct ByteCursor {
  private let source: any ByteSource
  private(set) var chunk: [UInt8] = []
  private(set) var position = 0
  /// The line of the next byte, from 1.
  private(set) var line = 1
  private var isAtEnd = false
  private let chunkSize: Int

  init(_ source: any ByteSource, chunkSize: Int = 64 << 10) {
    (self.source, self.chunkSize) = (source, chunkSize)
  }

  /// Reads more when all was consumed; false at the end.
  mutating func fill() throws -> Bool {
    if position < chunk.count { return true }
    guard !isAtEnd else { return false }
    let (source, size) = (source, chunkSize)
    chunk = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    position = 0
    isAtEnd = chunk.isEmpty
    return !isAtEnd
  }

  mutating func peek() throws -> UInt8? { try fill() ? chunk[position] : nil }

  /// Goes on by so many bytes of the present chunk.
  mutating func advance(_ count: Int = 1) {
    for byte in chunk[position..<(position + count)] where byte == 10 { line += 1 }
    position += count
  }

  mutating func skipSpace() throws {
    while let byte = try peek(), byte == 32 || byte == 10 || byte == 13 || byte == 9 { advance() }
  }

  /// Skips a byte-order mark; to be called first.
  mutating func skipMark() throws {
    _ = try fill()
    // A source may give fewer than three bytes at a time.
    while chunk.count - position < 3, chunk.starts(with: [0xEF]), !isAtEnd {
      let rest = chunk
      position = chunk.count
      guard try fill() else { break }
      chunk = rest + chunk
    }
    while chunk.count < 4, !isAtEnd {
      let rest = chunk
      position = chunk.count
      guard try fill() else {
        (chunk, position) = (rest, 0)
        break
      }
      chunk = rest + chunk
    }
    try UnreadableInput.refuseUTF16(chunk.prefix(4))
    if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }
}
