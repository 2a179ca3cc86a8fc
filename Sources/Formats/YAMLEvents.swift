// libyaml is read here event by event, not through Yams' tree of nodes: an anchor is refused where it
// stands, before anything is built of it, and a library of a megabyte takes a third of the time.
internal import CYaml

/// Reads YAML out of libyaml's events, one document, to a tree of texts.
struct YAMLEvents: ~Copyable {
  /// How deep lists and mappings may stand in each other.
  private static let maximumDepth = 100

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String

  /// Reads the only document of a text.
  ///
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  static func read(_ bytes: [UInt8], file: String) throws -> StrictYAML {
    try bytes.withUnsafeBufferPointer { bytes in
      let events = try YAMLEvents(bytes, file)
      return try events.document()
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ file: String) throws {
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    // A zeroed event is YAML_NO_EVENT, which may be deleted.
    event.initialize(to: yaml_event_t())
    (self.bytes, self.file) = (bytes, file)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) != 0 else {
      throw UnreadableYAML(file: file, line: 1, reason: "there is not enough memory for it")
    }
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  private var line: Int { event.pointee.start_mark.line + 1 }

  private func refusal(_ line: Int, _ reason: String) -> UnreadableYAML {
    UnreadableYAML(file: file, line: line, reason: reason)
  }

  private func document() throws -> StrictYAML {
    _ = try next()
    guard try next() == YAML_DOCUMENT_START_EVENT else { throw refusal(1, "the file is empty") }
    _ = try next()
    let root = try node(depth: 0)
    _ = try next()
    guard try next() == YAML_STREAM_END_EVENT else {
      throw refusal(line, "a second document begins here; one is read")
    }
    return root
  }

  /// Goes on to the next event.
  private func next() throws -> yaml_event_type_t {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) != 0 else { throw fault }
    return event.pointee.type
  }

  /// What libyaml found wrong.
  private var fault: UnreadableYAML {
    let found = parser.pointee
    let problem = found.problem.map { String(cString: $0) } ?? "this is no YAML"
    switch found.error {
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
      return refusal(found.problem_mark.line + 1, problem)
    case YAML_READER_ERROR:
      let before = bytes.prefix(max(0, found.problem_offset))
      return refusal(before.reduce(1) { $1 == 10 ? $0 + 1 : $0 }, problem)
    case YAML_MEMORY_ERROR: return refusal(1, "there is not enough memory for it")
    default: return refusal(1, "this is no YAML")
    }
  }

  /// Reads the node that the present event begins.
  private func node(depth: Int) throws -> StrictYAML {
    let line = line
    guard depth <= Self.maximumDepth else {
      throw refusal(line, "nested deeper than \(Self.maximumDepth) levels")
    }
    switch event.pointee.type {
    case YAML_SCALAR_EVENT:
      let isPlain = event.pointee.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
      return StrictYAML(text: try scalar(), isPlain: isPlain, line: line, file: file)
    case YAML_SEQUENCE_START_EVENT:
      try refuseAnchor(event.pointee.data.sequence_start.anchor)
      var elements: [StrictYAML] = []
      while try next() != YAML_SEQUENCE_END_EVENT { elements.append(try node(depth: depth + 1)) }
      return StrictYAML(list: elements, line: line, file: file)
    case YAML_MAPPING_START_EVENT:
      try refuseAnchor(event.pointee.data.mapping_start.anchor)
      return StrictYAML(mapping: try members(depth: depth), line: line, file: file)
    default: throw refusal(line, Self.anchorReason)
    }
  }

  private func members(depth: Int) throws -> [(key: String, value: StrictYAML)] {
    var members: [(key: String, value: StrictYAML)] = []
    // Short mappings are looked through: most have a few keys, and a set costs more than they do.
    var seen: Set<String> = []
    while try next() != YAML_MAPPING_END_EVENT {
      let line = line
      switch event.pointee.type {
      case YAML_SCALAR_EVENT: break
      case YAML_ALIAS_EVENT: throw refusal(line, Self.anchorReason)
      default: throw refusal(line, "text should stand here")
      }
      let key = try scalar()
      if members.count == 16 { seen = Set(members.map(\.key)) }
      let isKnown =
        members.count < 16 ? members.contains { $0.key == key } : !seen.insert(key).inserted
      guard !isKnown else { throw refusal(line, "\(key) stands here twice") }
      _ = try next()
      members.append((key, try node(depth: depth + 1)))
    }
    return members
  }

  private func scalar() throws -> String {
    let scalar = event.pointee.data.scalar
    try refuseAnchor(scalar.anchor)
    return String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length),
      as: UTF8.self
    )
  }

  private func refuseAnchor(_ anchor: UnsafeMutablePointer<yaml_char_t>?) throws {
    if anchor != nil { throw refusal(line, Self.anchorReason) }
  }

  private static let anchorReason = "anchors and aliases (& and *) are not read"
}
