internal import Formats

/// A part of an OSCAL document, whichever of its three forms it is written in.
///
/// Names are those of the JSON form.
indirect enum OSCALTree {
  case text(String)
  case list([OSCALTree])
  case members([(key: String, value: OSCALTree)])

  /// The names at the top of documents that hold results.
  static let roots = ["assessment-results", "plan-of-action-and-milestones"]

  /// The value under a name; nil where there is none.
  subscript(key: String) -> OSCALTree? {
    guard case .members(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text without blanks around it; nil where there is none, or an empty one.
  var text: String? {
    guard case .text(let text) = self else { return nil }
    let trimmed = text.trimmed
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The elements of a list; none where there is no list.
  var elements: [OSCALTree] {
    if case .list(let elements) = self { elements } else { [] }
  }

  /// The text under a name.
  func text(_ key: String) -> String? { self[key]?.text }

  /// The elements of the list under a name.
  func list(_ key: String) -> [OSCALTree] { self[key]?.elements ?? [] }

  /// The value of the first property that has one of some names or classes.
  func property(_ names: String...) -> String? {
    let found = list("props").first { property in
      names.contains { $0 == property.text("name") || $0 == property.text("class") }
    }
    return found?.text("value")
  }
}

// MARK: - JSON and YAML

extension OSCALTree {
  init(_ json: JSON) {
    switch json {
    case .array(let elements): self = .list(elements.map { OSCALTree($0) })
    case .object(let object): self = .members(object.members.map { ($0.key, OSCALTree($0.value)) })
    default: self = .text(json.plainText ?? "")
    }
  }

  /// Reads a YAML document, strictly: without anchors.
  init(yaml source: any ByteSource, maximumBytes: Int) throws {
    let bytes = try source.all(maximumBytes: maximumBytes)
    self = try OSCALTree(try StrictYAML(reading: bytes, file: "", maximumBytes: maximumBytes))
  }

  private init(_ yaml: StrictYAML) throws {
    if yaml.isList {
      self = .list(try yaml.elements().map { try OSCALTree($0) })
    } else if yaml.isMapping {
      self = .members(try yaml.members().map { ($0.key, try OSCALTree($0.value)) })
    } else {
      self = .text(try yaml.text())
    }
  }
}

// MARK: - XML

extension OSCALTree {
  /// Elements that hold marked-up text.
  private static let prose: Set = ["description", "remarks", "statement", "title"]

  /// The names of lists, by those of their elements in XML.
  private static let lists = [
    "result": "results", "finding": "findings", "observation": "observations", "risk": "risks",
    "prop": "props", "related-observation": "related-observations", "method": "methods",
    "associated-risk": "related-risks", "related-risk": "related-risks", "response": "remediations",
    "poam-item": "poam-items", "characterization": "characterizations", "facet": "facets",
    "component": "components", "inventory-item": "inventory-items",
  ]

  /// Reads the whole document whose root was read last.
  ///
  /// - Throws: What the reader throws, or `UnreadableScan` where it is too long.
  init(xml reader: inout XMLReader, _ root: XMLTag, maximumBytes: Int) throws {
    var left = maximumBytes
    self = .members([(root.name, try OSCALTree(element: root, &reader, &left))])
    while try reader.next() != nil {}
  }

  private init(element tag: XMLTag, _ reader: inout XMLReader, _ left: inout Int) throws {
    func spend(_ bytes: Int) throws {
      left -= bytes
      guard left >= 0 else {
        throw UnreadableScan(at: "line \(tag.line)", "too long: it is read as a whole")
      }
    }
    if OSCALTree.prose.contains(tag.name) {
      let text = try reader.content()
      try spend(text.utf8.count + 64)
      self = .text(text)
      return
    }
    var members: [(key: String, value: OSCALTree)] = []
    for attribute in tag.attributes {
      try spend(attribute.value.utf8.count + 64)
      members.append((attribute.name, .text(attribute.value)))
    }
    var lists: [String: [OSCALTree]] = [:]
    var text = ""
    let depth = reader.depth
    while reader.depth >= depth, let event = try reader.next() {
      switch event {
      case .text(let more):
        try spend(more.utf8.count)
        text += more
      case .end: continue
      case .start(let child):
        try spend(64)
        let value = try OSCALTree(element: child, &reader, &left)
        if let name = OSCALTree.lists[child.name] {
          lists[name, default: []].append(value)
        } else if !members.contains(where: { $0.key == child.name }) {
          members.append((child.name, value))
        }
      }
    }
    for (name, elements) in lists.sorted(by: { $0.key < $1.key }) {
      members.append((name, .list(elements)))
    }
    self = members.isEmpty ? .text(text) : .members(members)
  }
}
