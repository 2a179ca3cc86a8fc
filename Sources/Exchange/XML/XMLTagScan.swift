/// Reads the inside of one tag, whose bytes are all there.
struct XMLTagScan {
  /// What is wrong with the tag.
  struct Fault: Error {
    var reason: String
  }

  let bytes: [UInt8]
  var offset: Int
  let end: Int
  /// Whether the tag ends in `/>`; known behind its attributes.
  private(set) var isEmptyElement = false

  init(bytes: [UInt8], offset: Int, end: Int) {
    (self.bytes, self.offset, self.end) = (bytes, offset, end)
  }

  /// Reads a whole name, its prefix included.
  mutating func name() throws -> Range<Int> {
    let start = offset
    while offset < end, bytes[offset].isXMLName { offset += 1 }
    guard offset > start, !bytes[start].isXMLNameInside else {
      throw Fault(reason: offset == start ? "a name should stand here" : "no name begins like that")
    }
    let colons = bytes[start..<offset].count { $0 == UInt8(ascii: ":") }
    guard colons <= 1, bytes[start] != UInt8(ascii: ":"), bytes[offset - 1] != UInt8(ascii: ":")
    else { throw Fault(reason: "a name with a colon out of place") }
    return start..<offset
  }

  /// The part of a name behind its prefix.
  func local(_ name: Range<Int>) -> String {
    let start = bytes[name].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.lowerBound
    return String(decoding: bytes[start..<name.upperBound], as: UTF8.self)
  }

  /// Reads attributes up to the end of the tag.
  mutating func attributes(maximum: Int, isWanted: Bool) throws -> [XMLTag.Attribute] {
    var attributes: [XMLTag.Attribute] = []
    var names: [Range<Int>] = []
    while true {
      let before = offset
      while offset < end, bytes[offset].isXMLSpace { offset += 1 }
      if offset == end { return attributes }
      if bytes[offset] == UInt8(ascii: "/"), offset + 1 == end {
        isEmptyElement = true
        return attributes
      }
      guard offset > before else { throw Fault(reason: "no blank in front of an attribute") }
      let name = try name()
      guard names.count < maximum else { throw Fault(reason: "more than \(maximum) attributes") }
      if names.contains(where: { bytes[$0].elementsEqual(bytes[name]) }) {
        throw Fault(
          reason: "the attribute \(String(decoding: bytes[name], as: UTF8.self)) stands here twice"
        )
      }
      names.append(name)
      let value = try value(isWanted: isWanted)
      let isNamespace =
        bytes[name].starts(with: "xmlns:".utf8) || bytes[name].elementsEqual("xmlns".utf8)
      if isWanted, !isNamespace {
        attributes.append(XMLTag.Attribute(name: local(name), value: value))
      }
    }
  }

  private mutating func value(isWanted: Bool) throws -> String {
    while offset < end, bytes[offset].isXMLSpace { offset += 1 }
    guard offset < end, bytes[offset] == UInt8(ascii: "=") else {
      throw Fault(reason: "an attribute without a value")
    }
    offset += 1
    while offset < end, bytes[offset].isXMLSpace { offset += 1 }
    guard offset < end, bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'"),
      let close = bytes[(offset + 1)..<end].firstIndex(of: bytes[offset])
    else { throw Fault(reason: "an attribute's value without quotes") }
    let start = offset + 1
    offset = close + 1
    var isPlain = true
    for byte in bytes[start..<close] {
      if byte == UInt8(ascii: "<") { throw Fault(reason: "a < inside an attribute's value") }
      if byte == UInt8(ascii: "&") || byte < 32 { isPlain = false }
    }
    if isPlain { return isWanted ? String(decoding: bytes[start..<close], as: UTF8.self) : "" }
    return try replaced(start..<close)
  }

  /// A value with its references replaced and its breaks turned into blanks.
  private func replaced(_ range: Range<Int>) throws -> String {
    var out: [UInt8] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes[position]
      if byte == 13, position + 1 < range.upperBound, bytes[position + 1] == 10 {
        position += 1
        continue
      }
      guard byte == UInt8(ascii: "&") else {
        out.append(byte < 32 ? 32 : byte)
        position += 1
        continue
      }
      let limit = min(position + 12, range.upperBound)
      guard let close = bytes[position..<limit].firstIndex(of: UInt8(ascii: ";")),
        let replacement = XMLTagScan.replacement(bytes[(position + 1)..<close])
      else { throw Fault(reason: "a & that begins no character that is known here") }
      out += replacement
      position = close + 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes that a reference stands for, named without `&` and `;`; nil where it is unknown.
  static func replacement(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    if name.first == UInt8(ascii: "#") {
      let isHex = name.dropFirst().first == UInt8(ascii: "x")
      let digits = String(decoding: name.dropFirst(isHex ? 2 : 1), as: UTF8.self)
      guard digits.utf8.first != UInt8(ascii: "+"),
        let value = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(value),
        value >= 32 || value == 9 || value == 10 || value == 13, value & 0xFFFE != 0xFFFE
      else { return nil }
      return Array(String(Character(scalar)).utf8)
    }
    return switch String(decoding: name, as: UTF8.self) {
    case "lt": [UInt8(ascii: "<")]
    case "gt": [UInt8(ascii: ">")]
    case "amp": [UInt8(ascii: "&")]
    case "apos": [UInt8(ascii: "'")]
    case "quot": [UInt8(ascii: "\"")]
    default: nil
    }
  }
}

extension UInt8 {
  var isXMLSpace: Bool { self == 32 || self == 10 || self == 13 || self == 9 }

  /// Whether the byte may stand in a name; every character beyond ASCII may.
  var isXMLName: Bool {
    self >= 0x80 || (97...122).contains(self) || (65...90).contains(self) || isXMLNameInside
      || self == 95 || self == 58
  }

  /// Whether the byte may stand in a name, but not begin one.
  var isXMLNameInside: Bool { (48...57).contains(self) || self == 45 || self == 46 }
}
