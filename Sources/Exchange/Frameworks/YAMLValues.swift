internal import Formats

/// How texts of foreign YAML are taken: what is null is empty, and no space stands around a text.
extension StrictYAML {
  /// Reads YAML, with its fault as an importer says it.
  static func foreign(_ bytes: [UInt8], path: String) throws(UnreadableFramework) -> StrictYAML {
    do {
      return try StrictYAML(
        reading: bytes,
        file: path,
        maximumBytes: FrameworkFormat.maximumBytes
      )
    } catch let error as UnreadableYAML {
      throw UnreadableFramework(error)
    } catch {
      throw UnreadableFramework(reason: "\(error)")
    }
  }

  /// The text under a key; empty where there is none.
  func words(_ key: String) throws -> String {
    guard let node = optional(key), !node.isNull else { return "" }
    return try node.text().trimmed
  }

  /// The texts under a key; none where there is none.
  func wordList(_ key: String) throws -> [String] {
    guard let node = optional(key), !node.isNull else { return [] }
    return try node.texts()
  }

  /// The elements under a key; one alone counts as a list of it.
  func objects(_ key: String) throws -> [StrictYAML] {
    guard let node = optional(key), !node.isNull else { return [] }
    return node.isList ? try node.elements() : [node]
  }

  /// The members under a key; none where there is none.
  func entries(_ key: String) throws -> [(key: String, value: StrictYAML)] {
    guard let node = optional(key), !node.isNull else { return [] }
    return try node.members()
  }

  /// The whole number under a key; nil where there is none.
  func wholeNumber(_ key: String) throws -> Int? {
    guard let node = optional(key), !node.isNull else { return nil }
    guard let number = Int(try node.text()), (-999_999_999...999_999_999).contains(number) else {
      throw node.error("a whole number should stand here")
    }
    return number
  }

  /// The truth value under a key; nil where there is none.
  func truth(_ key: String) throws -> Bool? {
    guard let node = optional(key), !node.isNull else { return nil }
    switch try node.text().lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw node.error("true or false should stand here")
    }
  }
}

extension UnreadableFramework {
  init(_ error: UnreadableYAML) { self.init(at: "line \(error.line)", reason: error.reason) }
}

extension String {
  /// The text without space around it.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last else { return self }
    // Most texts have none: nothing is copied then.
    if first > 32, first < 0x80, last > 32, last < 0x80 { return self }
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }
}
