/// The header fields of a message or a part (RFC 5322, 2.2), in their order.
struct MailHeaders: Sendable {
  /// A field: its name in lower case, and its value as it stands, folded.
  struct Field: Sendable {
    var name: String
    var value: MailBytes
  }

  let fields: [Field]
  /// Where the body begins.
  let end: Int

  /// Reads fields up to the first empty line.
  ///
  /// A line that is no field and continues none is left out, as is what goes beyond the limits;
  /// where already the first line is none, there are no fields, and all is body.
  init(_ bytes: MailBytes, limits: MailLimits) {
    var fields: [Field] = []
    var position = bytes.startIndex
    let most = min(bytes.endIndex, bytes.startIndex + limits.maximumHeader)
    // Some senders put empty lines or the mailbox's line before the first field.
    while position < most, bytes[position] == 10 { position += 1 }
    while position < bytes.endIndex {
      let end = bytes.next(10, from: position)
      let line = bytes[position..<end]
      if line.isEmpty {
        position = end + 1
        break
      }
      if line.first == 32 || line.first == 9 || MailHeaders.isRest(line, of: fields.last) {
        if !fields.isEmpty, end <= most {
          let last = fields[fields.count - 1].value
          fields[fields.count - 1].value = bytes[last.startIndex..<end]
        } else if fields.isEmpty {
          break
        }
      } else if let colon = MailHeaders.nameEnd(line) {
        if fields.count < limits.maximumFields, end <= most {
          let name = line[..<colon].trimmed
          fields.append(
            Field(
              name: String(decoding: name.map(\.lowered), as: UTF8.self),
              value: line[(colon + 1)...]
            )
          )
        }
      } else if fields.isEmpty {
        break
      }
      position = end + 1
    }
    self.fields = fields
    end = min(max(position, bytes.startIndex), bytes.endIndex)
  }

  /// Whether a line is the next parameter of a field, which some hosts do not indent.
  private static func isRest(_ line: MailBytes, of field: Field?) -> Bool {
    guard let field, field.value.trimmed.last == 59, nameEnd(line) == nil else { return false }
    return line.prefix { $0.isLetter || $0 == 45 }.endIndex < line.endIndex
      && line.dropFirst(line.prefix { $0.isLetter || $0 == 45 }.count).first == 61
  }

  /// The colon behind a field's name; nil where the line is no field.
  static func nameEnd(_ line: MailBytes) -> Int? {
    var index = line.startIndex
    while index < line.endIndex, index - line.startIndex < 100 {
      let byte = line[index]
      if byte == 58 { return index == line.startIndex ? nil : index }
      if byte == 32 || byte == 9 {
        // Blanks only before the colon (RFC 5322, 4.5, the obsolete form).
        let rest = line[index...].drop { $0 == 32 || $0 == 9 }
        return rest.first == 58 && index > line.startIndex ? rest.startIndex : nil
      }
      guard byte > 32, byte < 127 else { return nil }
      index += 1
    }
    return nil
  }

  /// The first field of a name, unfolded and decoded (RFC 2047); nil where there is none.
  func text(_ name: String) -> String? { bytes(name).map { EncodedWords.decode($0) } }

  /// The first field of a name, unfolded as it stands.
  func plain(_ name: String) -> String? { bytes(name)?.text }

  /// All fields of a name, unfolded as they stand.
  func all(_ name: String) -> [MailBytes] {
    fields.filter { $0.name == name }.map { MailHeaders.unfold($0.value) }
  }

  /// The first field of a name, unfolded.
  func bytes(_ name: String) -> MailBytes? {
    fields.first { $0.name == name }.map { MailHeaders.unfold($0.value) }
  }

  /// Whether there is a field of a name.
  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  /// A value on one line: a break with the blanks around it becomes one space.
  static func unfold(_ value: MailBytes) -> MailBytes {
    let value = value.trimmed
    guard value.contains(10) else { return value }
    var out: [UInt8] = []
    out.reserveCapacity(value.count)
    for line in value.lines {
      let line = line.trimmed
      if line.isEmpty { continue }
      if !out.isEmpty { out.append(32) }
      out += line
    }
    return out[...]
  }
}
