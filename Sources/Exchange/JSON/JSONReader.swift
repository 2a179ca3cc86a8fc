/// How much is read before a document is refused.
public struct JSONLimits: Sendable, Hashable {
  /// The most bytes of one document (in a stream: of one element).
  public var maximumBytes: Int
  /// How deeply arrays and objects may be nested.
  public var maximumDepth: Int

  /// Makes limits.
  public init(maximumBytes: Int = 16 << 20, maximumDepth: Int = 128) {
    (self.maximumBytes, self.maximumDepth) = (maximumBytes, maximumDepth)
  }
}

/// A place in a JSON text at which it is not what RFC 8259 or the limits allow.
public struct UnreadableJSON: Error, Equatable, Sendable, CustomStringConvertible {
  /// The way to the value, such as `$.timeline.incident[2]`.
  ///
  /// Foreign text.
  public var path: String
  /// The line, from 1.
  public var line: Int
  /// The column in bytes, from 1.
  public var column: Int
  /// What is wrong there.
  ///
  /// Quotes foreign text only as visible escapes.
  public var reason: String

  /// Where it is, for the list of refusals.
  public var at: String { "line \(line), column \(column), \(path)" }
  /// Place and reason.
  public var description: String { "\(at): \(reason)" }
}

extension JSON {
  /// Reads one document strictly: UTF-8, no duplicate keys, no lone surrogates, no NUL.
  ///
  /// A byte-order mark in front is accepted.
  ///
  /// - Parameters:
  ///   - bytes: The document.
  ///   - limits: How much is read before it is refused.
  ///   - line: The line at which the document begins in its file, from 1.
  /// - Throws: `UnreadableJSON`.
  public init(
    reading bytes: [UInt8],
    limits: JSONLimits = JSONLimits(),
    line: Int = 1
  ) throws(UnreadableJSON) {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSON, UnreadableJSON> in
      var reader = JSONReader(buffer, limits)
      do throws(JSONReader.Failure) {
        return .success(try reader.document())
      } catch {
        return .failure(reader.located(error, firstLine: line))
      }
    }
    self = try result.get()
  }
}

/// Reads a document from bytes in one pass.
struct JSONReader {
  /// What is wrong, and where; the path is filled in while the error travels outwards.
  struct Failure: Error {
    var offset: Int
    var reason: String
    var path: [String] = []
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let limits: JSONLimits
  private var offset = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
    (self.bytes, self.limits) = (bytes, limits)
  }

  func located(_ failure: Failure, firstLine: Int) -> UnreadableJSON {
    let before = bytes[..<min(failure.offset, bytes.count)]
    let lineStart = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    let line = firstLine + before.reduce(0) { $1 == 10 ? $0 + 1 : $0 }
    return UnreadableJSON(
      path: "$" + failure.path.reversed().joined(),
      line: line,
      column: before.count - lineStart + 1,
      reason: failure.reason
    )
  }

  mutating func document() throws(Failure) -> JSON {
    guard bytes.count <= limits.maximumBytes else {
      throw Failure(
        offset: limits.maximumBytes,
        reason: "longer than \(limits.maximumBytes) bytes"
      )
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Failure(offset: 0, reason: "this is UTF-16; only UTF-8 is read")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    skipSpace()
    let value = try value()
    skipSpace()
    guard offset == bytes.count else { throw fail("something follows the end of the document") }
    return value
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while offset < bytes.count, bytes[offset] <= 32,
      bytes[offset] == 32 || bytes[offset] == 10 || bytes[offset] == 13 || bytes[offset] == 9
    {
      offset += 1
    }
  }

  private func fail(_ reason: String, at place: Int? = nil) -> Failure {
    Failure(offset: place ?? offset, reason: reason)
  }

  private mutating func value() throws(Failure) -> JSON {
    switch peek {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"): return try number()
    case let byte? where (48...57).contains(byte): return try number()
    case let byte?: throw fail("\(shown(byte)) does not begin a value")
    case nil: throw fail("the text ends where a value should stand")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(Failure) -> JSON {
    let length = word.utf8CodeUnitCount
    guard offset + length <= bytes.count,
      (0..<length).allSatisfy({ bytes[offset + $0] == word.utf8Start[$0] })
    else { throw fail("only true, false and null are words in JSON") }
    offset += length
    return value
  }

  private mutating func enter() throws(Failure) {
    depth += 1
    guard depth <= limits.maximumDepth else {
      throw fail("nested deeper than \(limits.maximumDepth) levels")
    }
    offset += 1
    skipSpace()
  }

  private mutating func array() throws(Failure) -> JSON {
    try enter()
    var elements: [JSON] = []
    if peek == UInt8(ascii: "]") {
      (offset, depth) = (offset + 1, depth - 1)
      return .array(elements)
    }
    while true {
      do throws(Failure) {
        elements.append(try value())
      } catch {
        var failure = error
        failure.path.append("[\(elements.count)]")
        throw failure
      }
      skipSpace()
      switch peek {
      case UInt8(ascii: ","):
        offset += 1
        skipSpace()
      case UInt8(ascii: "]"):
        (offset, depth) = (offset + 1, depth - 1)
        return .array(elements)
      case nil: throw fail("the text ends inside an array")
      case let byte?: throw fail("\(shown(byte)) where a comma or ] should stand")
      }
    }
  }

  private mutating func object() throws(Failure) -> JSON {
    try enter()
    var members: [JSONObject.Member] = []
    var seen: Set<ExactText> = []
    if peek == UInt8(ascii: "}") {
      (offset, depth) = (offset + 1, depth - 1)
      return .object(JSONObject())
    }
    while true {
      let keyAt = offset
      guard peek == UInt8(ascii: "\"") else {
        throw peek.map { fail("\(shown($0)) where a key in quotes should stand") }
          ?? fail("the text ends inside an object")
      }
      let key = try string()
      // Few keys are compared one by one, many through a set.
      if members.count == 16 { seen = Set(members.map { ExactText($0.key) }) }
      let isKnown =
        members.count < 16
        ? members.contains { $0.key.isExactly(key) } : !seen.insert(ExactText(key)).inserted
      if isKnown {
        throw Failure(offset: keyAt, reason: "this key stands here twice", path: [step(key)])
      }
      skipSpace()
      guard peek == UInt8(ascii: ":") else {
        throw peek.map { fail("\(shown($0)) where a colon should stand") }
          ?? fail("the text ends inside an object")
      }
      offset += 1
      skipSpace()
      do throws(Failure) {
        members.append((key, try value()))
      } catch {
        var failure = error
        failure.path.append(step(key))
        throw failure
      }
      skipSpace()
      switch peek {
      case UInt8(ascii: ","):
        offset += 1
        skipSpace()
      case UInt8(ascii: "}"):
        (offset, depth) = (offset + 1, depth - 1)
        return .object(JSONObject(unique: members))
      case nil: throw fail("the text ends inside an object")
      case let byte?: throw fail("\(shown(byte)) where a comma or } should stand")
      }
    }
  }

  /// One step of a path: `.key`, or `["odd key"]`.
  private func step(_ key: String) -> String {
    let isPlain =
      !key.isEmpty && key.utf8.count <= 60
      && key.utf8.allSatisfy { $0 == 95 || (48...57).contains($0) || (65...90).contains($0 & 0xDF) }
    guard !isPlain else { return ".\(key)" }
    return "[\(JSON.string(String(key.prefix(60))).written())]"
  }

  private func shown(_ byte: UInt8) -> String {
    (33...126).contains(byte)
      ? "\(Unicode.Scalar(byte))" : "byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
  }
}

// MARK: - Numbers and strings

extension JSONReader {
  private mutating func digits() throws(Failure) {
    let start = offset
    while let byte = peek, (48...57).contains(byte) { offset += 1 }
    guard offset > start else { throw fail("a digit should stand here") }
  }

  private mutating func number() throws(Failure) -> JSON {
    let start = offset
    var isInteger = true
    if peek == UInt8(ascii: "-") { offset += 1 }
    if peek == UInt8(ascii: "0") {
      offset += 1
      if let byte = peek, (48...57).contains(byte) {
        throw fail("a number does not begin with a zero", at: start)
      }
    } else {
      try digits()
    }
    if peek == UInt8(ascii: ".") {
      (isInteger, offset) = (false, offset + 1)
      try digits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      (isInteger, offset) = (false, offset + 1)
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
      try digits()
    }
    guard offset - start <= 400 else { throw fail("a number of over 400 digits", at: start) }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if !isInteger || offset - start > 300, Double(text)?.isFinite != true {
      throw fail("a number too large to be one", at: start)
    }
    return .number(text)
  }

  /// Reads a string from its opening quote to behind its closing one.
  private mutating func string() throws(Failure) -> String {
    offset += 1
    let start = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        let text = try valid(start..<offset)
        offset += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 32 else { throw control(byte) }
      offset += 1
    }
    throw fail("this string has no end", at: start - 1)
  }

  private func control(_ byte: UInt8) -> Failure {
    fail("\(shown(byte)) inside a string: control characters are written as \\u00xx")
  }

  private func valid(_ range: Range<Int>) throws(Failure) -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[range])
    if let text = String(validating: slice, as: UTF8.self) { return text }
    throw fail("bytes that are not UTF-8", at: range.lowerBound + slice.validUTF8Prefix)
  }

  private mutating func escapedString(from start: Int) throws(Failure) -> String {
    var text = ""
    var plain = start
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        text += try valid(plain..<offset)
        offset += 1
        return text
      }
      guard byte >= 32 else { throw control(byte) }
      guard byte == UInt8(ascii: "\\") else {
        offset += 1
        continue
      }
      text += try valid(plain..<offset)
      text.unicodeScalars.append(try escape())
      plain = offset
    }
    throw fail("this string has no end", at: start - 1)
  }

  /// Reads an escape from its backslash on.
  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    let start = offset
    guard offset + 1 < bytes.count else { throw fail("this escape has no end") }
    let kind = bytes[offset + 1]
    offset += 2
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): break
    default: throw fail("\\\(shown(kind)) is no escape", at: start)
    }
    let unit = try hexUnit(start)
    guard unit != 0 else { throw fail("a NUL character, which no text may hold", at: start) }
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { throw fail("half a surrogate pair", at: start) }
    offset += 2
    let low = try hexUnit(start)
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw fail("half a surrogate pair", at: start) }
    return scalar
  }

  private mutating func hexUnit(_ start: Int) throws(Failure) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = peek?.hexValue else {
        throw fail("\\u needs four hexadecimal digits", at: start)
      }
      unit = unit << 4 | digit
      offset += 1
    }
    return unit
  }
}

extension UInt8 {
  /// The value of the byte as an ASCII hexadecimal digit.
  fileprivate var hexValue: UInt32? {
    switch self {
    case 48...57: UInt32(self) - 48
    case 65...70, 97...102: UInt32(self & 0xDF) - 55
    default: nil
    }
  }
}
