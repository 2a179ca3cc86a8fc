/// What a part holds: its content type with parameters (RFC 2045, 5), all in lower case but values.
struct MailType: Sendable {
  /// Type and subtype: `text/plain`.
  var name = "text/plain"
  /// The parameters by their names; RFC 2231 continuations are joined.
  var parameters: [String: String] = [:]

  var isText: Bool { name.hasPrefix("text/") }
  var isMultipart: Bool { name.hasPrefix("multipart/") }

  /// The usual type of a part without one.
  init() {}

  /// Reads a field's value; what cannot be read is left out.
  init(_ value: MailBytes) {
    var scanner = ParameterScanner(value)
    let name = scanner.token { $0 != 59 && !$0.isMailSpace }
    if let slash = name.firstIndex(of: 47), slash > name.startIndex, slash < name.endIndex - 1 {
      self.name = String(decoding: name.map(\.lowered), as: UTF8.self)
    }
    var pieces: [String: [(Int, String)]] = [:]
    while let (name, value) = scanner.parameter(), parameters.count + pieces.count < 50 {
      // charset*=utf-8''value, name*0=..., name*1*=...
      let parts = name.split(separator: "*", omittingEmptySubsequences: false)
      if parts.count > 1, let number = Int(parts[1]) {
        pieces[String(parts[0]), default: []].append((number, value))
      } else if parameters[String(parts[0])] == nil {
        parameters[String(parts[0])] = value
      }
    }
    for (name, values) in pieces where parameters[name] == nil {
      parameters[name] = values.sorted { $0.0 < $1.0 }.map(\.1).joined()
    }
  }
}

/// A value such as `multipart/report; boundary="a b"`, read from left to right.
private struct ParameterScanner {
  private let bytes: MailBytes
  private var position: Int

  init(_ bytes: MailBytes) { (self.bytes, position) = (bytes, bytes.startIndex) }

  mutating func token(_ belongs: (UInt8) -> Bool) -> MailBytes {
    skipSpace()
    let start = position
    while position < bytes.endIndex, belongs(bytes[position]) { position += 1 }
    return bytes[start..<position]
  }

  mutating func parameter() -> (name: String, value: String)? {
    while position < bytes.endIndex {
      let name = token { $0 != 61 && $0 != 59 && !$0.isMailSpace }
      skipSpace()
      guard position < bytes.endIndex, bytes[position] == 61, !name.isEmpty else {
        // A separator, or words that are no parameter.
        if position < bytes.endIndex, name.isEmpty { position += 1 }
        continue
      }
      position += 1
      skipSpace()
      return (String(decoding: name.map(\.lowered), as: UTF8.self), value())
    }
    return nil
  }

  private mutating func value() -> String {
    guard position < bytes.endIndex, bytes[position] == 34 else {
      return token { $0 != 59 && !$0.isMailSpace }.text
    }
    position += 1
    var value: [UInt8] = []
    while position < bytes.endIndex, bytes[position] != 34 {
      if bytes[position] == 92, position + 1 < bytes.endIndex { position += 1 }
      value.append(bytes[position])
      position += 1
    }
    position = min(position + 1, bytes.endIndex)
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, bytes[position].isMailSpace { position += 1 }
  }
}
