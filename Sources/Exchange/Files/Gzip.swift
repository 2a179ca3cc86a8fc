/// The bytes inside a gzip file (RFC 1952), checked against its sums.
///
/// Names that stand in the file are never used. Unpacking stops at a size and at a ratio, so that a
/// small file cannot fill the memory.
final class GzipSource: ByteSource {
  private var cursor: BitCursor
  private var inflate = Inflate()
  private var ready = 0
  private var sum = CRC32()
  private var memberLength = 0
  private var total = 0
  private var isInMember = false
  private let maximumBytes: Int

  /// More bytes out of one byte in are refused.
  static let maximumRatio = 100
  /// So much is unpacked whatever the ratio.
  private static let harmless = 1 << 20

  init(_ source: any ByteSource, maximumBytes: Int) {
    (cursor, self.maximumBytes) = (BitCursor(source), maximumBytes)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    do {
      while ready == inflate.window.count {
        if !isInMember, try !beginMember() { return 0 }
        try unpack()
      }
    } catch let error as DamagedDeflate {
      throw UnreadableInput.damaged("this gzip file is damaged: \(error.reason)")
    }
    let count = min(buffer.count, inflate.window.count - ready)
    buffer.copyBytes(from: inflate.window[ready..<(ready + count)])
    ready += count
    return count
  }

  private func unpack() throws {
    ready = try inflate.run(&cursor, atLeast: 64 << 10)
    let new = inflate.window[ready...]
    sum.add(new)
    memberLength += new.count
    total += new.count
    guard total <= maximumBytes else { throw UnreadableInput.tooLong(bytes: maximumBytes) }
    guard total <= GzipSource.harmless + cursor.taken * GzipSource.maximumRatio else {
      throw UnreadableInput.damaged(
        "this gzip file unpacks to more than \(GzipSource.maximumRatio) times its size"
      )
    }
    if inflate.isDone { try endMember() }
  }

  /// Reads a member's header; false at the end of the file.
  private func beginMember() throws -> Bool {
    guard let first = try cursor.byte() else { return false }
    var header = [first]
    while header.count < 10 { header.append(try cursor.needByte()) }
    guard header[0] == 0x1F, header[1] == 0x8B else {
      throw DamagedDeflate(reason: "something follows its end")
    }
    guard header[2] == 8, header[3] & 0xE0 == 0 else {
      throw DamagedDeflate(reason: "its header is of an unknown kind")
    }
    if header[3] & 4 != 0 {
      let length = Int(try cursor.needByte()) | Int(try cursor.needByte()) << 8
      for _ in 0..<length { _ = try cursor.needByte() }
    }
    if header[3] & 8 != 0 { while try cursor.needByte() != 0 {} }
    if header[3] & 16 != 0 { while try cursor.needByte() != 0 {} }
    if header[3] & 2 != 0 { for _ in 0..<2 { _ = try cursor.needByte() } }
    (inflate, ready, sum, memberLength) = (Inflate(), 0, CRC32(), 0)
    isInMember = true
    return true
  }

  private func endMember() throws {
    try cursor.align()
    let (expectedSum, expectedLength) = (try cursor.take(32), try cursor.take(32))
    guard expectedSum == Int(sum.value), expectedLength == memberLength & 0xFFFF_FFFF else {
      throw DamagedDeflate(reason: "its content does not match its check sum")
    }
    isInMember = false
  }
}

/// The check sum of gzip files.
struct CRC32 {
  private var state: UInt32 = .max
  /// The sum of what was added.
  var value: UInt32 { ~state }

  mutating func add(_ bytes: ArraySlice<UInt8>) {
    state = bytes.withUnsafeBufferPointer { bytes in
      CRC32.table.withUnsafeBufferPointer { table in
        var state = state
        for byte in bytes {
          state = table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ state >> 8
        }
        return state
      }
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }
}

/// Bytes that were read already, and then a source's.
final class PrefixedSource: ByteSource {
  private var prefix: ArraySlice<UInt8>
  private let source: any ByteSource

  init(_ prefix: [UInt8], _ source: any ByteSource) {
    (self.prefix, self.source) = (prefix[...], source)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !prefix.isEmpty else { return try source.read(into: buffer) }
    let count = min(buffer.count, prefix.count)
    buffer.copyBytes(from: prefix.prefix(count))
    prefix = prefix.dropFirst(count)
    return count
  }
}

extension ByteSource {
  /// Reads so many bytes, or fewer where there are no more.
  func first(_ wanted: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < wanted {
      let left = wanted - bytes.count
      let piece = try [UInt8](unsafeUninitializedCapacity: left) { buffer, count in
        count = try read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if piece.isEmpty { break }
      bytes += piece
    }
    return bytes
  }

  /// Reads everything.
  ///
  /// - Throws: What the source throws, or `UnreadableInput.tooLong`.
  func all(maximumBytes: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try first(min(1 << 20, maximumBytes + 1 - bytes.count))
      bytes += piece
      guard bytes.count <= maximumBytes else { throw UnreadableInput.tooLong(bytes: maximumBytes) }
      if piece.isEmpty { return bytes }
    }
  }
}

extension InputFile {
  /// Opens the file for reading; what gzip packed is unpacked on the way.
  ///
  /// Packed files are known by their content, not by their name. The source throws
  /// `UnreadableInput` where one is damaged, or unpacks to too much.
  ///
  /// - Parameter maximumBytes: How much is read and unpacked before it is refused.
  /// - Returns: The bytes, from the beginning.
  /// - Throws: `UnreadableInput`, or what the system said while reading.
  public func openUnpacked(maximumBytes: Int = 256 << 20) throws -> any ByteSource {
    let source = try open(maximumBytes: maximumBytes)
    let start = try source.first(2)
    let whole = PrefixedSource(start, source)
    return start == [0x1F, 0x8B] ? GzipSource(whole, maximumBytes: maximumBytes) : whole
  }
}
