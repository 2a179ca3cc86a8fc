/// Reads OSCAL written in XML to the shape that OSCAL has in JSON, as far as catalogues need it.
struct OscalXML {
  private var reader: XMLReader

  /// Reads a document.
  static func read(_ bytes: [UInt8]) throws(UnreadableFramework) -> JSON {
    var document = OscalXML(reader: XMLReader(MemorySource(bytes)))
    do {
      var root = JSONObject()
      while let event = try document.reader.next() {
        if case .start(let tag) = event { root[tag.name] = .object(try document.object(tag)) }
      }
      return .object(root)
    } catch let error as UnreadableXML {
      throw UnreadableFramework(at: "line \(error.line)", reason: error.reason)
    } catch {
      throw UnreadableFramework(reason: "\(error)")
    }
  }

  /// Elements that repeat, and the key of their list in JSON.
  private static let lists = [
    "group": "groups", "control": "controls", "param": "params", "part": "parts", "prop": "props",
    "link": "links", "party": "parties", "guideline": "guidelines", "choice": "choice",
    "value": "values", "responsible-party": "responsible-parties", "party-uuid": "party-uuids",
  ]
  /// Elements with elements of their own; all others hold text with markup.
  private static let objects: Set<String> = [
    "metadata", "group", "control", "param", "part", "prop", "link", "party", "guideline", "select",
    "responsible-party",
  ]
  /// Text with markup that has a key of its own.
  private static let texts: Set<String> = [
    "title", "label", "choice", "value", "remarks", "version", "published", "last-modified", "name",
    "party-uuid",
  ]
  private static let blocks: Set<String> = [
    "p", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
  ]

  /// Reads the open element up to its end.
  private mutating func object(_ tag: XMLTag) throws -> JSONObject {
    var object = JSONObject()
    for attribute in tag.attributes { object[attribute.name] = .string(attribute.value) }
    var (lists, prose): ([String: [JSON]], [String]) = ([:], [])
    while let event = try reader.next() {
      switch event {
      case .text: continue
      case .end:
        for (key, list) in lists { object[key] = .array(list) }
        if !prose.isEmpty { object["prose"] = .string(prose.joined(separator: "\n\n")) }
        return object
      case .start(let inner):
        let value: JSON
        if Self.objects.contains(inner.name) {
          value = .object(try self.object(inner))
        } else if Self.texts.contains(inner.name) {
          value = .string(try markup(inner).trimmed)
        } else if Self.blocks.contains(inner.name) {
          prose.append(try markup(inner).trimmed)
          continue
        } else {
          try reader.skip()
          continue
        }
        if let key = Self.lists[inner.name] {
          lists[key, default: []].append(value)
        } else {
          object[inner.name] = value
        }
      }
    }
    return object
  }

  /// Reads text with markup up to the end of its element: lists by lines, insertions as in JSON.
  private mutating func markup(_ tag: XMLTag) throws -> String {
    var text = ""
    var open = [tag.name]
    while let last = open.last, let event = try reader.next() {
      switch event {
      case .text(let words):
        // Lines are broken anywhere in XML; only in `pre` does that mean something.
        let isKept = open.contains("pre")
        text += isKept ? words : words.split(whereSeparator: \.isNewline).joined(separator: " ")
      case .end:
        if ["p", "li", "tr"].contains(last), open.count > 1 { text += "\n" }
        open.removeLast()
      case .start(let inner):
        if inner.name == "li" { text += text.isEmpty || text.hasSuffix("\n") ? "- " : "\n- " }
        if inner.name == "insert", let id = inner["id-ref"] ?? inner["param-id"] {
          text += " {{ insert: param, \(id) }} "
        }
        open.append(inner.name)
      }
    }
    return text.split(separator: "\n", omittingEmptySubsequences: true)
      .map { line in line.split(separator: " ").joined(separator: " ") }
      .joined(separator: "\n")
  }
}
