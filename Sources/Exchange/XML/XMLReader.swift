/// Reads an XML document strictly, one tag at a time, in memory that does not grow with it.
///
/// Only UTF-8, no document type, hence no entities but the five of XML and character references:
/// nothing in a document can name a file or grow. It counts as read when its root was closed and
/// nothing follows. Name spaces are not looked up: names are given without their prefix.
public struct XMLReader {
  private var input: XMLInput
  private let limits: XMLLimits
  /// The whole names of open elements, one behind the other, and where each begins.
  private var names: [UInt8] = []
  private var open: [Int] = []
  private var text: [UInt8] = []
  private var isTextBlank = true
  private var isSkipping = false
  private var hasRoot = false
  private var isEmptyElement = false
  private var isAtStart = true

  /// Makes a reader of bytes.
  public init(_ source: any ByteSource, limits: XMLLimits = XMLLimits()) {
    (input, self.limits) = (XMLInput(source), limits)
  }

  /// How many elements are open.
  public var depth: Int { open.count }

  /// The line that was read to, from 1.
  public var line: Int {
    mutating get { input.line(at: input.position) }
  }

  /// An error at the line that was read to.
  public mutating func error(_ reason: String) -> UnreadableXML { input.error(reason) }

  /// Reads on; nil behind the whole document.
  ///
  /// - Throws: `UnreadableXML`, or what the source throws.
  public mutating func next() throws -> XMLEvent? {
    if isAtStart { try beginning() }
    if isEmptyElement {
      isEmptyElement = false
      close()
      return .end
    }
    while try input.hasMore() {
      guard input.buffer[input.position] == UInt8(ascii: "<") else {
        try characters()
        continue
      }
      try need(2)
      switch input.buffer[input.position + 1] {
      case UInt8(ascii: "!"): try declaration()
      case UInt8(ascii: "?"): try instruction()
      case UInt8(ascii: "/"):
        if let text = takeText() { return .text(text) }
        try endTag()
        return .end
      default:
        if let text = takeText() { return .text(text) }
        if let tag = try startTag() { return .start(tag) }
      }
    }
    guard hasRoot else { throw input.error("there is no element in it") }
    guard open.isEmpty else {
      let name = String(decoding: names[(open.last ?? 0)...], as: UTF8.self)
      throw input.error("the document ends inside <\(name)>: it is cut off")
    }
    return nil
  }

  /// Skips the innermost open element with all in it, checking it as strictly as what is read.
  public mutating func skip() throws {
    let target = open.count - 1
    isSkipping = true
    defer { isSkipping = false }
    while open.count > target {
      // The end of the document is an error of `next`.
      if try next() == nil { return }
    }
  }

  /// Reads the text that stands directly in the innermost open element, without its elements.
  public mutating func ownText() throws -> String {
    let target = open.count - 1
    var text = ""
    while open.count > target, let event = try next() {
      switch event {
      case .text(let more): text += more
      case .start: try skip()
      case .end: continue
      }
      guard text.utf8.count <= limits.maximumText else { throw tooMuchText() }
    }
    return text
  }

  /// Reads all text in the innermost open element, up to its end; markup in it parts lines.
  public mutating func content() throws -> String {
    let target = open.count - 1
    var parts = ""
    while open.count > target, let event = try next() {
      switch event {
      case .text(let text): parts += text
      case .start(let tag): if tag.isBlock { parts += "\n" }
      case .end: continue
      }
      guard parts.utf8.count <= limits.maximumText else { throw tooMuchText() }
    }
    return parts
  }
}

// MARK: - Tags

extension XMLReader {
  /// Brings in so many bytes from the position on.
  private mutating func need(_ count: Int) throws {
    while input.position + count > input.end {
      guard try input.more(keeping: input.position) else {
        throw input.error("the document ends inside a tag: it is cut off")
      }
    }
  }

  /// The end of the tag at the position: the offset of its `>`.
  private mutating func tagEnd() throws -> Int {
    var offset = input.position
    var quote: UInt8?
    while true {
      while offset < input.end {
        let byte = input.buffer[offset]
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: ">") {
          return offset
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        }
        offset += 1
        guard offset - input.position <= limits.maximumTag else {
          throw input.error("a tag of over \(limits.maximumTag) bytes")
        }
      }
      offset -= input.position
      guard try input.more(keeping: input.position) else {
        throw input.error("the document ends inside a tag: it is cut off")
      }
    }
  }

  private mutating func startTag() throws -> XMLTag? {
    let end = try tagEnd()
    let start = input.position
    var scan = XMLTagScan(bytes: input.buffer, offset: start + 1, end: end)
    do {
      guard !(hasRoot && open.isEmpty) else {
        throw XMLTagScan.Fault(reason: "a second element follows the root")
      }
      let name = try scan.name()
      guard open.count < limits.maximumDepth else {
        throw XMLTagScan.Fault(reason: "nested deeper than \(limits.maximumDepth) elements")
      }
      open.append(names.count)
      names += input.buffer[name]
      let attributes = try scan.attributes(
        maximum: limits.maximumAttributes,
        isWanted: !isSkipping
      )
      hasRoot = true
      isEmptyElement = scan.isEmptyElement
      let line = isSkipping ? 0 : input.line(at: start)
      defer { input.position = end + 1 }
      guard !isSkipping else {
        if isEmptyElement {
          isEmptyElement = false
          close()
        }
        return nil
      }
      return XMLTag(name: scan.local(name), attributes: attributes, line: line)
    } catch let fault as XMLTagScan.Fault {
      throw input.error(fault.reason, at: start)
    }
  }

  private mutating func endTag() throws {
    let end = try tagEnd()
    let start = input.position
    var last = end
    while last > start + 2, input.buffer[last - 1].isXMLSpace { last -= 1 }
    let name = input.buffer[(start + 2)..<last]
    guard let begin = open.last else {
      throw input.error("</\(input.text(name.indices))> closes nothing")
    }
    guard name.elementsEqual(names[begin...]) else {
      let expected = String(decoding: names[begin...], as: UTF8.self)
      throw input.error("</\(input.text(name.indices))> where </\(expected)> should stand")
    }
    input.position = end + 1
    close()
  }

  private mutating func close() {
    guard let begin = open.popLast() else { return }
    names.removeSubrange(begin...)
  }
}

// MARK: - What stands between tags

extension XMLReader {
  /// Skips a byte-order mark and refuses what is not UTF-8 from its first bytes.
  private mutating func beginning() throws {
    isAtStart = false
    do {
      guard try input.hasMore() else { throw input.error("the file is empty") }
    } catch let error as UnreadableXML {
      if input.buffer.starts(with: [0xFF, 0xFE]) || input.buffer.starts(with: [0xFE, 0xFF])
        || input.buffer.prefix(2).contains(0)
      {
        throw UnreadableXML(line: 1, reason: "this is UTF-16 or UTF-32; only UTF-8 is read")
      }
      throw error
    }
    while input.end < 5, try input.more(keeping: 0) {}
    if input.has("\u{FEFF}", at: 0) { input.position = 3 }
    while input.position + 6 > input.end, try input.more(keeping: input.position) {}
    if input.has("<?xml", at: input.position),
      input.end > input.position + 5, input.buffer[input.position + 5].isXMLSpace
    {
      try xmlDeclaration()
    }
  }

  private mutating func xmlDeclaration() throws {
    let end = try tagEnd()
    guard input.buffer[end - 1] == UInt8(ascii: "?") else {
      throw input.error("the XML declaration has no end")
    }
    var scan = XMLTagScan(bytes: input.buffer, offset: input.position + 5, end: end - 1)
    do {
      for attribute in try scan.attributes(maximum: 3, isWanted: true) {
        switch (attribute.name, attribute.value.lowercased()) {
        case ("version", "1.0"), ("version", "1.1"), ("encoding", "utf-8"), ("encoding", "utf8"),
          ("encoding", "us-ascii"), ("standalone", "yes"), ("standalone", "no"):
          break
        case ("encoding", _):
          throw input.error("the encoding \(attribute.value); only UTF-8 is read")
        default: throw input.error("\(attribute.name) has no place in an XML declaration")
        }
      }
    } catch let fault as XMLTagScan.Fault {
      throw input.error(fault.reason)
    }
    input.position = end + 1
  }

  /// Reads text up to the next tag or the end of what is there.
  private mutating func characters() throws {
    var offset = input.position
    scan: while offset < input.end {
      switch input.buffer[offset] {
      case UInt8(ascii: "<"), UInt8(ascii: "&"), 13: break scan
      case UInt8(ascii: "]"):
        // ]]> must not stand in text; what follows may still have to come.
        if offset + 2 >= input.end, try input.more(keeping: input.position) {
          return
        }
        guard !input.has("]]>", at: offset) else { throw input.error("]]> in text", at: offset) }
        offset += 1
      default: offset += 1
      }
    }
    try add(input.position..<offset)
    input.position = offset
    guard try input.hasMore() else { return }
    switch input.buffer[input.position] {
    case UInt8(ascii: "&"): try add(try reference())
    case 13:
      // A line ends in LF, whatever the file says.
      while input.position + 1 >= input.end, try input.more(keeping: input.position) {}
      let isPair = input.position + 1 < input.end && input.buffer[input.position + 1] == 10
      if !isPair { try add([10]) }
      input.position += 1
    default: break
    }
  }

  /// Reads a reference from its `&` on.
  private mutating func reference() throws -> [UInt8] {
    while input.end - input.position < 12, try input.more(keeping: input.position) {}
    let start = input.position
    let limit = min(start + 12, input.end)
    guard let end = input.buffer[start..<limit].firstIndex(of: UInt8(ascii: ";")) else {
      throw input.error("a & that begins no character; write &amp;")
    }
    guard let bytes = XMLTagScan.replacement(input.buffer[(start + 1)..<end]) else {
      throw input.error("&\(input.text((start + 1)..<end)); is no character that is known here")
    }
    input.position = end + 1
    return bytes
  }

  private mutating func add(_ range: Range<Int>) throws {
    guard !range.isEmpty else { return }
    if open.isEmpty || isTextBlank {
      let isBlank = input.buffer[range].allSatisfy(\.isXMLSpace)
      guard isBlank || !open.isEmpty else {
        throw input.error(hasRoot ? "text behind the root" : "text before the root")
      }
      if !isBlank { isTextBlank = false }
    }
    guard !isSkipping else { return }
    text += input.buffer[range]
    guard text.count <= limits.maximumText else { throw tooMuchText() }
  }

  private mutating func add(_ bytes: [UInt8]) throws {
    if !bytes.allSatisfy(\.isXMLSpace) {
      guard !open.isEmpty else {
        throw input.error(hasRoot ? "text behind the root" : "text before the root")
      }
      isTextBlank = false
    }
    guard !isSkipping else { return }
    text += bytes
    guard text.count <= limits.maximumText else { throw tooMuchText() }
  }

  private mutating func tooMuchText() -> UnreadableXML {
    input.error("a text of over \(limits.maximumText) bytes")
  }

  private mutating func takeText() -> String? {
    defer {
      text.removeAll(keepingCapacity: true)
      isTextBlank = true
    }
    return isTextBlank || isSkipping ? nil : String(decoding: text, as: UTF8.self)
  }

  /// Reads what begins with `<!`: a comment or CDATA; anything else is refused.
  private mutating func declaration() throws {
    while input.end - input.position < 9, try input.more(keeping: input.position) {}
    if input.has("<!--", at: input.position) {
      input.position += 4
      try pass(until: "--", keeps: false, what: "a comment")
      try need(1)
      guard input.buffer[input.position] == UInt8(ascii: ">") else {
        throw input.error("-- inside a comment")
      }
      input.position += 1
    } else if input.has("<![CDATA[", at: input.position) {
      guard !open.isEmpty else { throw input.error("CDATA outside the root") }
      input.position += 9
      try pass(until: "]]>", keeps: true, what: "CDATA")
    } else if input.has("<!DOCTYPE", at: input.position) {
      throw input.error("a document type (<!DOCTYPE), which is never read")
    } else {
      throw input.error("<! that begins neither a comment nor CDATA")
    }
  }

  private mutating func instruction() throws {
    while input.end - input.position < 6, try input.more(keeping: input.position) {}
    if input.has("<?xml", at: input.position), input.end > input.position + 5,
      input.buffer[input.position + 5].isXMLSpace
    {
      throw input.error("an XML declaration that is not at the beginning")
    }
    input.position += 2
    try pass(until: "?>", keeps: false, what: "an instruction")
  }

  /// Goes on to behind a mark.
  private mutating func pass(until mark: StaticString, keeps: Bool, what: String) throws {
    let length = mark.utf8CodeUnitCount
    while true {
      var offset = input.position
      while offset + length <= input.end {
        if input.buffer[offset] == mark.utf8Start[0], input.has(mark, at: offset) {
          if keeps { try add(input.position..<offset) }
          input.position = offset + length
          return
        }
        offset += 1
      }
      if keeps { try add(input.position..<offset) }
      input.position = offset
      guard try input.more(keeping: offset) else {
        throw input.error("the document ends inside \(what): it is cut off")
      }
    }
  }
}
