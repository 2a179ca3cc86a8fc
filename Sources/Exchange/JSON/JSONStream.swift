/// Elements out of a JSON file, one by one: an array's, a file of JSON lines', or one document.
///
/// Only one element is in memory at a time. Each is read strictly; one that cannot be read is given
/// as a failure, and where the file's structure allows it the next one follows.
public struct JSONStream {
  /// One element and where it stands.
  public struct Element: Sendable {
    /// The line at which it begins, from 1.
    public var line: Int
    /// Its position in the file, from 0.
    public var index: Int
    /// The element, or what is wrong with it.
    public var value: Result<JSON, UnreadableJSON>
  }

  private enum Mode { case start, array, afterElement, documents, lines, end }

  private var cursor: ByteCursor
  private let limits: JSONLimits
  private var mode = Mode.start
  private var index = 0
  private var isInArray = false

  /// Makes a stream over bytes.
  public init(_ source: any ByteSource, limits: JSONLimits = JSONLimits()) {
    (cursor, self.limits) = (ByteCursor(source), limits)
  }

  /// Reads the next element; nil at the end.
  ///
  /// Throws what the source throws.
  public mutating func next() throws -> Element? {
    if mode == .start {
      try cursor.skipMark()
      try cursor.skipSpace()
      switch try cursor.peek() {
      case UInt8(ascii: "["):
        cursor.advance()
        (mode, isInArray) = (.array, true)
      case UInt8(ascii: "{"): mode = .documents
      case nil: return failure("the file is empty")
      default: return failure("neither { nor [ at the beginning: this is no JSON file")
      }
    }
    switch mode {
    case .array, .afterElement: return try nextInArray()
    case .documents, .lines: return try nextDocument()
    case .start, .end: return nil
    }
  }

  /// Ends the stream with a failure at the cursor.
  private mutating func failure(_ reason: String) -> Element {
    mode = .end
    let error = UnreadableJSON(
      path: isInArray ? "$[\(index)]" : "$",
      line: cursor.line,
      column: 1,
      reason: reason
    )
    return Element(line: cursor.line, index: index, value: .failure(error))
  }

  private mutating func nextInArray() throws -> Element? {
    try cursor.skipSpace()
    if mode == .afterElement {
      guard let byte = try cursor.peek() else { return failure("the array has no end") }
      cursor.advance()
      if byte == UInt8(ascii: "]") { return try end() }
      guard byte == UInt8(ascii: ",") else { return failure("a comma or ] should stand here") }
      try cursor.skipSpace()
    } else if try cursor.peek() == UInt8(ascii: "]") {
      cursor.advance()
      return try end()
    }
    mode = .afterElement
    return try element(in: .array)
  }

  private mutating func end() throws -> Element? {
    try cursor.skipSpace()
    guard try cursor.peek() == nil else { return failure("something follows the end of the array") }
    mode = .end
    return nil
  }

  private mutating func nextDocument() throws -> Element? {
    try cursor.skipSpace()
    guard try cursor.peek() != nil else {
      mode = .end
      return nil
    }
    let line = cursor.line
    guard index > 0 else {
      let first = try element(in: .documents)
      // More after a first document of one line: every line is a document.
      let isOneLine = cursor.line == line
      try cursor.skipSpace()
      if try cursor.peek() != nil, isOneLine {
        guard cursor.line > line else {
          mode = .end
          return failed(first, "something follows the end of the document")
        }
        mode = .lines
      }
      return first
    }
    return try element(in: mode)
  }

  private func failed(_ element: Element, _ reason: String) -> Element {
    guard case .success = element.value else { return element }
    let error = UnreadableJSON(path: "$", line: element.line, column: 1, reason: reason)
    return Element(line: element.line, index: element.index, value: .failure(error))
  }

  /// Collects the bytes of one element and reads them.
  private mutating func element(in mode: Mode) throws -> Element {
    let line = cursor.line
    var bytes: [UInt8] = []
    var scan = ElementScan(mode == .lines ? .line : mode == .array ? .arrayElement : .document)
    var isTooLong = false
    while !scan.isDone, try cursor.fill() {
      let taken = cursor.chunk.withUnsafeBufferPointer { scan.run($0, from: cursor.position) }
      if bytes.count + taken > limits.maximumBytes {
        isTooLong = true
        bytes = []
      }
      if !isTooLong {
        bytes += cursor.chunk[cursor.position..<(cursor.position + taken)]
      }
      cursor.advance(taken)
    }
    defer { index += 1 }
    if isTooLong {
      let error = UnreadableJSON(
        path: isInArray ? "$[\(index)]" : "$",
        line: line,
        column: 1,
        reason: "longer than \(limits.maximumBytes) bytes"
      )
      return Element(line: line, index: index, value: .failure(error))
    }
    do throws(UnreadableJSON) {
      let value = try JSON(reading: bytes, limits: limits, line: line)
      return Element(line: line, index: index, value: .success(value))
    } catch {
      var error = error
      if isInArray { error.path = "$[\(index)]" + error.path.dropFirst() }
      return Element(line: line, index: index, value: .failure(error))
    }
  }
}

/// Finds where an element ends, over pieces of it, without reading it.
private struct ElementScan {
  enum Kind { case document, arrayElement, line }

  let kind: Kind
  private(set) var isDone = false
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  init(_ kind: Kind) { self.kind = kind }

  /// Runs on from a position; returns how many bytes belong to the element.
  mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    if kind == .line {
      while position < bytes.count, bytes[position] != 10 { position += 1 }
      isDone = position < bytes.count
      return position - start
    }
    while position < bytes.count {
      let byte = bytes[position]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0, kind == .arrayElement {
            isDone = true
            return position - start
          }
          depth -= 1
          if depth == 0, kind == .document {
            isDone = true
            return position + 1 - start
          }
        case UInt8(ascii: ","):
          if depth == 0, kind == .arrayElement {
            isDone = true
            return position - start
          }
        default: break
        }
      }
      position += 1
    }
    return position - start
  }
}
