/// One message out of a file, its lines ended by LF.
public struct MailText: Sendable, Hashable {
  /// Its place in the file, from 1.
  public var number: Int
  /// The bytes, line ends made alike; without the `From ` line of a mailbox.
  public var bytes: [UInt8]
  /// Whether it was longer than is kept.
  public var isCut = false
}

/// Messages out of a file, one by one: a single mail, or a mailbox of many.
///
/// Lines end by LF, CR LF, or, in files without a single LF, CR alone. A file that begins with a
/// `From ` line is a mailbox (RFC 4155); each message begins at such a line behind an empty one, and
/// `>From ` within it loses one `>`, which is right for mboxrd and as near as can be for mboxo.
/// Memory holds one message, whatever the file's length.
public struct MailboxReader {
  private var lines: MailLines
  private let limits: MailLimits
  private var number = 0
  private var isMailbox: Bool?
  private var line: [UInt8] = []
  private var isHeld = false

  /// Begins to read.
  public init(_ source: any ByteSource, limits: MailLimits = MailLimits()) {
    (lines, self.limits) = (MailLines(source), limits)
  }

  /// Reads the next message.
  ///
  /// - Returns: The message; nil at the end. What holds nothing but blanks is no message.
  /// - Throws: What the source threw.
  public mutating func next() throws -> MailText? {
    while let bytes = try nextBytes() {
      guard bytes.kept.contains(where: { !$0.isMailSpace }) else { continue }
      number += 1
      return MailText(number: number, bytes: bytes.kept, isCut: bytes.isCut)
    }
    return nil
  }

  private mutating func nextBytes() throws -> (kept: [UInt8], isCut: Bool)? {
    var kept: [UInt8] = []
    var (isCut, isAfterBlank, isBegun) = (false, true, false)
    while try read() {
      let isWhole = lines.beganWhole
      if isMailbox == nil, line != [10] { isMailbox = isWhole && MailboxReader.begins(line) }
      if isMailbox == true, isWhole, isAfterBlank, MailboxReader.begins(line) {
        if isBegun {
          isHeld = true
          break
        }
        isBegun = true
        continue
      }
      isBegun = true
      isAfterBlank = isWhole && line == [10]
      if isMailbox == true, isWhole, MailboxReader.isQuoted(line) { line.removeFirst() }
      guard !isCut, kept.count + line.count <= limits.maximumMessage else {
        isCut = true
        continue
      }
      kept += line
    }
    return isBegun ? (kept, isCut) : nil
  }

  private mutating func read() throws -> Bool {
    if isHeld {
      isHeld = false
      return true
    }
    return try lines.next(&line)
  }

  /// Whether a line is `From `, a sender, and a date with time and year.
  private static func begins(_ line: [UInt8]) -> Bool {
    guard line.starts(with: [70, 114, 111, 109, 32]), line.count < 1000 else { return false }
    var (hasTime, hasYear) = (false, false)
    for index in line.indices.dropLast(4) where line[index] == 58 || line[index] == 32 {
      let rest = line[(index + 1)...]
      if line[index] == 58, line[index - 1].isDigit, rest.prefix(2).allSatisfy(\.isDigit) {
        hasTime = true
      } else if line[index] == 32, rest.prefix(4).allSatisfy(\.isDigit),
        rest.starts(with: [49, 57]) || rest.starts(with: [50, 48])
      {
        hasYear = true
      }
    }
    return hasTime && hasYear
  }

  private static func isQuoted(_ line: [UInt8]) -> Bool {
    guard line.first == 62 else { return false }
    return line.drop { $0 == 62 }.starts(with: [70, 114, 111, 109, 32])
  }
}

/// A source's lines, their ends made LF.
private struct MailLines {
  private let source: any ByteSource
  private var chunk: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private var ending: UInt8?
  private var isInside = false
  /// Whether the line that was read last began as one, and is not the rest of a very long one.
  private(set) var beganWhole = true

  private static let chunkSize = 64 << 10
  private static let longest = 1 << 20

  init(_ source: any ByteSource) { self.source = source }

  /// Reads the next line with its end; false where there is none.
  mutating func next(_ line: inout [UInt8]) throws -> Bool {
    line.removeAll(keepingCapacity: true)
    beganWhole = !isInside
    while try fill() {
      let ending = self.ending ?? 10
      let end = chunk[...].next(ending, from: position)
      line += chunk[position..<end]
      position = min(end + 1, chunk.count)
      if end < chunk.count {
        if ending == 10 { while line.last == 13 { line.removeLast() } }
        line.append(10)
        isInside = false
        return true
      }
      if line.count >= MailLines.longest {
        isInside = true
        return true
      }
    }
    isInside = false
    return !line.isEmpty
  }

  private mutating func fill() throws -> Bool {
    if position < chunk.count { return true }
    guard !isAtEnd else { return false }
    (chunk, position) = (try piece(), 0)
    // The first pieces tell how lines end; a source may give them byte by byte.
    while ending == nil, !isAtEnd, chunk.count < MailLines.chunkSize, !chunk.contains(10) {
      chunk += try piece()
    }
    if ending == nil { ending = chunk.contains(10) || !chunk.contains(13) ? 10 : 13 }
    return !chunk.isEmpty
  }

  private mutating func piece() throws -> [UInt8] {
    let source = source
    let bytes = try [UInt8](unsafeUninitializedCapacity: MailLines.chunkSize) { buffer, count in
      count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    isAtEnd = bytes.isEmpty
    return bytes
  }
}
