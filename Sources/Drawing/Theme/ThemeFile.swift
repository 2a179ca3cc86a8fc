import Yams

/// Why a theme file cannot be used.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named to the reader.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong there.
  public var reason: String

  /// Makes an error.
  public init(file: String, line: Int, reason: String) {
    (self.file, self.line, self.reason) = (file, line, reason)
  }

  /// File, line and reason, as compilers write them.
  public var description: String { "\(file):\(line): \(reason)" }
}

extension Theme {
  /// Reads a theme file.
  ///
  /// It has `id`, `title`, `version` (1) and `roles`: for every role a mapping of `fg`, `bg` and
  /// `attributes`. Colours are `default`, one of sixteen names (`red`, `bright-red`), a number from 0
  /// to 255, or `"#rrggbb"`. Nothing may be missing, doubled or unknown; anchors are refused.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - file: The file's name, for errors.
  /// - Throws: ``ThemeError`` with the line of the first fault; keep the theme that is in use.
  public init(yaml: String, file: String) throws(ThemeError) {
    let reader = ThemeReader(file: file)
    try reader.refuseAnchors(in: yaml)
    let root = try reader.compose(yaml)
    let top = try reader.mapping(root, "the file")
    try reader.check(top, known: ["id", "title", "version", "roles"], in: "a theme")
    func entry(_ key: String) throws(ThemeError) -> Node {
      guard let node = top.first(where: { $0.key == key })?.value else {
        throw ThemeError(file: file, line: 1, reason: "\(key) is missing")
      }
      return node
    }
    let id = try reader.word(entry("id"), "id")
    let title = try reader.word(entry("title"), "title")
    let version = try entry("version")
    guard try reader.word(version, "version") == "1" else {
      throw reader.fault(version, "version must be 1")
    }
    let roles = try entry("roles")
    let known = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0.name, $0) })
    var looks: [Role: Look] = [:]
    for (key, keyNode, value) in try reader.mapping(roles, "roles") {
      guard let role = known[key] else { throw reader.fault(keyNode, "there is no role \(key)") }
      looks[role] = try reader.look(value, of: key)
    }
    // Themes of before it was there go on being read.
    looks[.personal] = looks[.personal] ?? looks[.textStrong]
    if let missing = Role.allCases.first(where: { looks[$0] == nil }) {
      throw reader.fault(roles, "the role \(missing.name) is missing")
    }
    self.init(id: id, title: title, looks: looks)
  }
}

/// Reads the parts of a theme file and knows where each stands.
private struct ThemeReader {
  typealias Entry = (key: String, keyNode: Node, value: Node)

  let file: String

  func fault(_ node: Node, _ reason: String) -> ThemeError {
    ThemeError(file: file, line: node.mark?.line ?? 1, reason: reason)
  }

  /// Refuses anchors before anything is composed: a theme needs none, and so no alias can multiply.
  func refuseAnchors(in yaml: String) throws(ThemeError) {
    var number = 0
    for line in yaml.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      var before: Character = " "
      for character in line {
        if character == "#", before == " " || before == "\t" { break }
        if character == "&" || character == "*" {
          throw ThemeError(
            file: file,
            line: number,
            reason: "anchors and aliases (& and *) are refused"
          )
        }
        before = character
      }
    }
  }

  /// Composes without resolving types: words stay words (`no` is a text), and no time goes into it.
  func compose(_ yaml: String) throws(ThemeError) -> Node {
    do {
      if let node = try Yams.compose(yaml: yaml, .basic) { return node }
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw ThemeError(file: file, line: mark.line, reason: problem)
      case .duplicatedKeysInMapping(let keys, let context):
        throw ThemeError(
          file: file,
          line: context.mark.line,
          reason: "stands twice: \(keys.joined(separator: ", "))"
        )
      default: throw ThemeError(file: file, line: 1, reason: "is not YAML")
      }
    } catch {
      throw ThemeError(file: file, line: 1, reason: "is not YAML")
    }
    throw ThemeError(file: file, line: 1, reason: "is empty")
  }

  func mapping(_ node: Node, _ what: String) throws(ThemeError) -> [Entry] {
    guard case .mapping(let mapping) = node else {
      throw fault(node, "\(what) must be a mapping")
    }
    var entries: [Entry] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else { throw fault(key, "a key must be a word") }
      entries.append((scalar.string, key, value))
    }
    return entries
  }

  func check(_ entries: [Entry], known: [String], in what: String) throws(ThemeError) {
    for entry in entries where !known.contains(entry.key) {
      throw fault(
        entry.keyNode,
        "\(what) has no \(entry.key); it has \(known.joined(separator: ", "))"
      )
    }
  }

  func word(_ node: Node, _ what: String) throws(ThemeError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw fault(node, "\(what) must be a text")
    }
    return scalar.string
  }

  func look(_ node: Node, of role: String) throws(ThemeError) -> Theme.Look {
    let entries = try mapping(node, role)
    try check(entries, known: ["fg", "bg", "attributes"], in: role)
    var look = Theme.Look()
    for entry in entries {
      switch entry.key {
      case "fg": look.foreground = try colour(entry.value)
      case "bg": look.background = try colour(entry.value)
      default: look.attributes = try attributes(entry.value)
      }
    }
    return look
  }

  private func colour(_ node: Node) throws(ThemeError) -> Theme.Colour {
    let name = try word(node, "a colour")
    if name == "default" { return .standard }
    if let index = Theme.Colour.names.firstIndex(of: name) { return .indexed(UInt8(index)) }
    if name.allSatisfy(\.isASCII), name.allSatisfy(\.isNumber), let index = UInt8(name) {
      return .indexed(index)
    }
    if name.hasPrefix("#"), name.utf8.count == 7, name.dropFirst().allSatisfy(\.isHexDigit),
      let value = UInt32(name.dropFirst(), radix: 16)
    {
      return .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    }
    throw fault(node, "there is no colour \(name)")
  }

  private func attributes(_ node: Node) throws(ThemeError) -> Emphasis {
    guard case .sequence(let sequence) = node else {
      throw fault(node, "attributes must be a list")
    }
    var result: Emphasis = []
    for item in sequence {
      switch try word(item, "an attribute") {
      case "bold": result.insert(.bold)
      case "underline": result.insert(.underline)
      case "reverse": result.insert(.reverse)
      case "dim": result.insert(.dim)
      case let other: throw fault(item, "there is no attribute \(other)")
      }
    }
    return result
  }
}
