internal import Model

/// Writes values as JSON text in one pass.
///
/// `JSONEncoder` builds a tree of dictionaries first, which took a third of an import's time. This
/// writes each field as it is encoded, in the order in which types state their fields. Only what
/// changes are made of: texts, whole numbers, truth values, lists, keyed fields.
final class JSONBytes {
  private(set) var bytes: [UInt8] = []
  /// The containers that are open, outermost first.
  private var open: [Container] = []

  private struct Container {
    var close: UInt8
    var isEmpty = true
  }

  /// Whether a text held U+0000.
  private var hasNull = false

  /// The text of a value.
  ///
  /// Throws `StoreError.refused` where a text in it holds U+0000: SQLite ends texts there, and what
  /// cannot be kept whole is not kept at all.
  static func text(_ value: some Encodable) throws -> String {
    let writer = JSONBytes()
    writer.bytes.reserveCapacity(1024)
    try writer.write(value)
    guard !writer.hasNull else { throw refusal }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// What a text with U+0000 is refused with.
  static var refusal: StoreError {
    .refused("a text holds the character U+0000, which the store cannot keep; take it out")
  }

  /// Opens an object or a list inside what is open, and returns its depth.
  fileprivate func begin(_ opening: UInt8, _ closing: UInt8) -> Int {
    bytes.append(opening)
    open.append(Container(close: closing))
    return open.count
  }

  /// Closes what was opened inside a depth and writes what parts two elements.
  fileprivate func element(at depth: Int, key: String? = nil) {
    close(to: depth)
    if !open[depth - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
    open[depth - 1].isEmpty = false
    if let key {
      write(text: key)
      bytes.append(UInt8(ascii: ":"))
    }
  }

  fileprivate func close(to depth: Int) {
    while open.count > depth, let last = open.popLast() { bytes.append(last.close) }
  }

  fileprivate func write(_ value: some Encodable) throws {
    switch value {
    case let text as String: write(text: text)
    case let number as Int64: write(raw: String(number))
    case let flag as Bool: write(raw: flag ? "true" : "false")
    default:
      let depth = open.count
      let start = bytes.count
      try value.encode(to: ValueEncoder(writer: self))
      close(to: depth)
      if bytes.count == start { write(raw: "{}") }
    }
  }

  fileprivate func write(raw: String) { bytes.append(contentsOf: raw.utf8) }

  fileprivate func write(text: String) {
    var text = text
    // A local array: a property is checked for exclusive access at every byte.
    var out = bytes
    bytes = []
    out.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      var start = 0
      for index in 0..<utf8.count {
        let byte = utf8[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        out.append(contentsOf: utf8[start..<index])
        start = index + 1
        if byte == 0 { hasNull = true }
        Self.escape(byte, into: &out)
      }
      out.append(contentsOf: utf8[start..<utf8.count])
    }
    out.append(UInt8(ascii: "\""))
    bytes = out
  }

  private static func escape(_ byte: UInt8, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
    case 0x0A: out.append(UInt8(ascii: "n"))
    case 0x09: out.append(UInt8(ascii: "t"))
    default: out.append(contentsOf: "u00\(Hex.text([byte]))".utf8)
    }
  }
}

/// What one value encodes itself into.
private struct ValueEncoder: Encoder {
  let writer: JSONBytes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(
      Keyed<Key>(writer: writer, depth: writer.begin(UInt8(ascii: "{"), UInt8(ascii: "}")))
    )
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    Unkeyed(writer: writer, depth: writer.begin(UInt8(ascii: "["), UInt8(ascii: "]")))
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(writer: writer) }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: JSONBytes
  let depth: Int
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) throws {
    writer.element(at: depth, key: key.stringValue)
    writer.write(raw: "null")
  }

  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    writer.element(at: depth, key: key.stringValue)
    try writer.write(value)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    writer.element(at: depth, key: key.stringValue)
    return ValueEncoder(writer: writer).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    writer.element(at: depth, key: key.stringValue)
    return ValueEncoder(writer: writer).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    writer.element(at: depth, key: "super")
    return ValueEncoder(writer: writer)
  }

  mutating func superEncoder(forKey key: Key) -> any Encoder {
    writer.element(at: depth, key: key.stringValue)
    return ValueEncoder(writer: writer)
  }
}

private struct Unkeyed: UnkeyedEncodingContainer {
  let writer: JSONBytes
  let depth: Int
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(writer: JSONBytes, depth: Int) { (self.writer, self.depth) = (writer, depth) }

  private mutating func next() {
    writer.element(at: depth)
    count += 1
  }

  mutating func encodeNil() throws {
    next()
    writer.write(raw: "null")
  }

  mutating func encode(_ value: some Encodable) throws {
    next()
    try writer.write(value)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    next()
    return ValueEncoder(writer: writer).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    next()
    return ValueEncoder(writer: writer).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    next()
    return ValueEncoder(writer: writer)
  }
}

private struct Single: SingleValueEncodingContainer {
  let writer: JSONBytes
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() throws { writer.write(raw: "null") }
  mutating func encode(_ value: Bool) throws { writer.write(raw: value ? "true" : "false") }
  mutating func encode(_ value: String) throws { writer.write(text: value) }
  mutating func encode(_ value: Double) throws { throw unwritable(value) }
  mutating func encode(_ value: Float) throws { throw unwritable(value) }
  mutating func encode(_ value: Int) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: Int8) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: Int16) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: Int32) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: Int64) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: UInt) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: UInt8) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: UInt16) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: UInt32) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: UInt64) throws { writer.write(raw: String(value)) }
  mutating func encode(_ value: some Encodable) throws { try writer.write(value) }

  /// Changes hold no fractions: the journal hashes them, and a fraction has several spellings.
  private func unwritable(_ value: some Encodable) -> EncodingError {
    .invalidValue(value, .init(codingPath: [], debugDescription: "a change holds no fractions"))
  }
}
