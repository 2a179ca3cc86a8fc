extension JSON {
  /// How a value is laid out.
  public enum Layout: Sendable {
    /// On one line, keys in their order.
    case compact
    /// Two spaces a level, keys in their order.
    case indented
  }

  /// The value as text that is safe to print anywhere.
  ///
  /// Control, format (bidi), private and unassigned characters and the line separators are
  /// written as `\u` escapes, so nothing in it acts on a terminal; joiners stay, because scripts
  /// need them. Reading it gives an equal value.
  public func written(_ layout: Layout = .compact) -> String {
    var out: [UInt8] = []
    write(to: &out, layout)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends the value as UTF-8 text.
  public func write(to out: inout [UInt8], _ layout: Layout = .compact) {
    var writer = JSONWriter(isIndented: layout == .indented, isSorted: false, isCautious: true)
    writer.write(self)
    out += writer.out
  }

  /// The one form that equal values share: keys sorted by their bytes, no spaces.
  ///
  /// Made for digests. Only quotes, backslashes and C0 controls are escaped, so the form does not
  /// depend on the host's Unicode version.
  public var canonical: [UInt8] {
    var writer = JSONWriter(isIndented: false, isSorted: true, isCautious: false)
    writer.write(self)
    return writer.out
  }
}

private struct JSONWriter {
  let isIndented: Bool
  let isSorted: Bool
  let isCautious: Bool
  var out: [UInt8] = []
  private var level = 0

  init(isIndented: Bool, isSorted: Bool, isCautious: Bool) {
    (self.isIndented, self.isSorted, self.isCautious) = (isIndented, isSorted, isCautious)
  }

  mutating func write(_ value: JSON) {
    switch value {
    case .null: out += "null".utf8
    case .bool(let flag): out += (flag ? "true" : "false").utf8
    case .number(let text): out += text.utf8
    case .string(let text): write(text)
    case .array(let elements):
      list("[", "]", elements) { $0.write($1) }
    case .object(let object):
      let members =
        isSorted
        ? object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        : object.members
      list("{", "}", members) { writer, member in
        writer.write(member.key)
        writer.out += (writer.isIndented ? ": " : ":").utf8
        writer.write(member.value)
      }
    }
  }

  private mutating func list<Item>(
    _ open: Unicode.Scalar,
    _ close: Unicode.Scalar,
    _ items: [Item],
    _ body: (inout JSONWriter, Item) -> Void
  ) {
    out.append(UInt8(ascii: open))
    level += 1
    for (index, item) in items.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      breakLine()
      body(&self, item)
    }
    level -= 1
    if !items.isEmpty { breakLine() }
    out.append(UInt8(ascii: close))
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    out.append(10)
    out.append(contentsOf: repeatElement(32, count: level * 2))
  }

  private mutating func write(_ text: String) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var (start, position) = (0, 0)
      while position < bytes.count {
        let byte = bytes[position]
        if byte >= 32, byte < 127, byte != 34, byte != 92 {
          position += 1
          continue
        }
        // What stands plainly is copied in one piece, what does not scalar by scalar.
        out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        let piece = UnsafeBufferPointer(rebasing: bytes[position..<(position + length)])
        for scalar in String(decoding: piece, as: UTF8.self).unicodeScalars { write(scalar) }
        position += length
        start = position
      }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
    out.append(UInt8(ascii: "\""))
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": out += "\\\"".utf8
    case "\\": out += "\\\\".utf8
    case "\n": out += "\\n".utf8
    case "\r": out += "\\r".utf8
    case "\t": out += "\\t".utf8
    case "\u{0}"..."\u{1F}": escape(scalar)
    case " "..."~": out.append(UInt8(scalar.value))
    default:
      if isCautious, scalar.acts { escape(scalar) } else { out += UTF8.encode(scalar) ?? .init() }
    }
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    for unit in UTF16.encode(scalar) ?? .init() {
      out += "\\u".utf8
      for shift in [12, 8, 4, 0] {
        let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15
        out.append(digit + (digit < 10 ? 48 : 87))
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar does something to a screen instead of showing a sign.
  var acts: Bool {
    if self == "\u{200C}" || self == "\u{200D}" { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      return true
    default: return false
    }
  }
}
