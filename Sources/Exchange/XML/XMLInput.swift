/// The bytes of an XML document: UTF-8 throughout, no control characters, with their lines.
struct XMLInput {
  private let source: any ByteSource
  /// What was read and not yet dropped.
  private(set) var buffer: [UInt8] = []
  /// The next byte.
  var position = 0
  /// Where checked bytes end: a character may be cut by the end of a piece.
  private(set) var end = 0
  private var isAtEnd = false
  private var countedTo = 0
  private var lines = 1

  init(_ source: any ByteSource) { self.source = source }

  /// Whether there is a byte at the position; reads more where needed.
  mutating func hasMore() throws -> Bool {
    if position < end { return true }
    return try more(keeping: position)
  }

  /// Reads more behind what is there, and keeps what stands from an offset on.
  ///
  /// Positions move: what stood at `keeping` is at 0 then.
  ///
  /// - Returns: Whether anything came.
  mutating func more(keeping start: Int) throws -> Bool {
    guard !isAtEnd else { return false }
    _ = line(at: start)
    if start > 0 {
      buffer.removeFirst(start)
      (position, end, countedTo) = (position - start, end - start, countedTo - start)
    }
    let before = end
    while end == before, !isAtEnd {
      // A longer piece for a longer token: then no byte is looked at more than a few times.
      let wanted = max(64 << 10, buffer.count)
      let source = source
      let piece = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if piece.isEmpty { isAtEnd = true }
      buffer += piece
      try check()
    }
    return end > before
  }

  /// The line of an offset, from 1; offsets are asked for in their order.
  mutating func line(at offset: Int) -> Int {
    let offset = min(offset, buffer.count)
    if offset > countedTo {
      buffer.withUnsafeBufferPointer { bytes in
        for index in countedTo..<offset where bytes[index] == 10 { lines += 1 }
      }
      countedTo = offset
    }
    return lines
  }

  mutating func error(_ reason: String, at offset: Int? = nil) -> UnreadableXML {
    UnreadableXML(line: line(at: offset ?? position), reason: reason)
  }

  /// Whether these bytes stand at an offset.
  func has(_ word: StaticString, at offset: Int) -> Bool {
    guard offset + word.utf8CodeUnitCount <= end else { return false }
    return (0..<word.utf8CodeUnitCount).allSatisfy { buffer[offset + $0] == word.utf8Start[$0] }
  }

  /// The text of a range; it was checked before.
  func text(_ range: Range<Int>) -> String { String(decoding: buffer[range], as: UTF8.self) }

  /// Checks what came, up to the last whole character.
  private mutating func check() throws {
    var checked = end
    let bad: (offset: Int, reason: String)? = buffer.withUnsafeBufferPointer { bytes in
      while checked < bytes.count {
        let byte = bytes[checked]
        if byte < 0x80 {
          guard byte >= 32 || byte == 10 || byte == 9 || byte == 13 else {
            return (checked, XMLInput.control(byte))
          }
          checked += 1
          continue
        }
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        if checked + length > bytes.count, !isAtEnd {
          // The rest of the character comes with the next piece, if the beginning is one.
          return byte >= 0xC2 && byte <= 0xF4 ? nil : (checked, "bytes that are not UTF-8")
        }
        let character = bytes[checked..<min(checked + length, bytes.count)]
        guard UnsafeBufferPointer(rebasing: character).validUTF8Prefix == length else {
          return (checked, "bytes that are not UTF-8")
        }
        checked += length
      }
      return nil
    }
    end = checked
    if let bad { throw UnreadableXML(line: line(at: bad.offset), reason: bad.reason) }
  }

  private static func control(_ byte: UInt8) -> String {
    byte == 0
      ? "a NUL character, which no text may hold"
      : "the control character 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16)), "
        + "which XML does not allow"
  }
}
