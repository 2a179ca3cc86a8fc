internal import Model

extension ChecklistTable {
  /// A row by column, and where it stands.
  struct Row {
    var at: String
    var cells: [String: String]
  }

  /// Reads a table.
  func read(_ bytes: [UInt8], path: String) throws(UnreadableFramework) -> FrameworkFile {
    let (rows, names) = try Self.rows(bytes)
    guard !rows.isEmpty else { throw UnreadableFramework(reason: "no row stands in the file") }
    let asvs = Self.asvs(Set(names))
    guard let columns = columns ?? asvs else {
      throw UnreadableFramework(
        reason: """
          say which column is what, such as --map text=COLUMN; the columns are \
          \(names.prefix(40).joined(separator: ", "))
          """
      )
    }
    if let missing = columns.names.first(where: { !names.contains($0) }) {
      throw UnreadableFramework(
        reason:
          "there is no column \(missing); the columns are \(names.prefix(40).joined(separator: ", "))"
      )
    }
    var framework = head(path, isASVS: self.columns == nil)
    var tree = HeadingTree(identifier: framework.identifier)
    for row in rows { try tree.add(row, columns) }
    framework.requirements = tree.requirements
    framework.groups = Self.groups(of: framework.requirements, columns)
    return FrameworkFile(frameworks: [framework])
  }

  private func head(_ path: String, isASVS: Bool) -> Framework {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem =
      file == "-" ? "standard-input" : file.split(separator: ".").first.map(String.init) ?? file
    func chosen(_ given: String, _ other: String) -> String { given.isEmpty ? other : given }
    guard isASVS else {
      return Framework(
        identifier: chosen(about.identifier, "checklist:\(stem)"),
        version: chosen(about.version, "1"),
        language: about.language,
        texts: FrameworkTexts(name: chosen(about.name, stem)),
        licence: about.licence,
        source: about.source
      )
    }
    // The tables name neither edition nor language; the published files do.
    let words = file.split { $0 == "_" || $0 == "-" }.map(String.init)
    let edition = file.firstMatch(of: /[0-9]+\.[0-9]+\.[0-9]+/).map { String($0.output) }
    let language = words.compactMap { word -> String? in
      let code = word.split(separator: ".").first.map(String.init) ?? ""
      return code.wholeMatch(of: /[a-z]{2}/) == nil ? nil : code
    }.last
    return Framework(
      identifier: chosen(about.identifier, "urn:owasp:asvs"),
      version: chosen(about.version, edition ?? "unknown"),
      language: chosen(about.language, language ?? "en"),
      texts: FrameworkTexts(
        name: chosen(about.name, "OWASP Application Security Verification Standard"),
        text: "A list of security requirements to design, build, test and verify applications by."
      ),
      licence: chosen(about.licence, "CC BY-SA 4.0, The OWASP Foundation"),
      source: chosen(
        about.source,
        "https://owasp.org/www-project-application-security-verification-standard/"
      ),
      provider: "OWASP"
    )
  }

  /// The groups that occur, in order of their names; ASVS' levels with what they mean.
  private static func groups(
    of requirements: [Requirement],
    _ columns: Columns
  ) -> [RequirementGroup] {
    let isLevels = columns.isCumulative
    let names = Set(requirements.flatMap(\.groups)).sorted()
    return names.map { name in
      RequirementGroup(
        id: name,
        texts: FrameworkTexts(
          name: isLevels ? "Level \(name)" : name,
          text: isLevels && name != "1" ? "With all requirements of the levels below." : ""
        )
      )
    }
  }

  private static func rows(
    _ bytes: [UInt8]
  ) throws(UnreadableFramework) -> (rows: [Row], names: [String]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes[start...].first { $0 != 32 && $0 != 10 && $0 != 13 && $0 != 9 }
    return if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      try jsonRows(bytes)
    } else {
      try csvRows(bytes)
    }
  }

  private static func csvRows(
    _ bytes: [UInt8]
  ) throws(UnreadableFramework) -> (rows: [Row], names: [String]) {
    let line = bytes.prefix { $0 != 10 }
    let separator = [UInt8(ascii: ","), UInt8(ascii: ";"), 9].map { mark in
      (mark: mark, count: line.count { $0 == mark })
    }.max { $0.count < $1.count }
    let scalar = Unicode.Scalar(separator?.count == 0 ? 44 : separator?.mark ?? 44)
    var reader = CSVReader(MemorySource(bytes), separator: scalar)
    var (names, rows): ([String], [Row]) = ([], [])
    do {
      while let row = try reader.next() {
        let at = "line \(row.line)"
        switch row.cells {
        case .failure(let error): throw UnreadableFramework(at: error.at, reason: error.reason)
        case .success(let cells) where names.isEmpty:
          names = cells.map(\.trimmed)
          guard Set(names).count == names.count else {
            throw UnreadableFramework(at: at, reason: "two columns have the same name")
          }
        case .success(let cells):
          guard cells.count <= names.count else {
            throw UnreadableFramework(
              at: at,
              reason: "\(cells.count) cells; there are \(names.count) columns"
            )
          }
          rows.append(Row(at: at, cells: Dictionary(uniqueKeysWithValues: zip(names, cells))))
        }
      }
    } catch let error as UnreadableFramework {
      throw error
    } catch {
      throw UnreadableFramework(reason: "\(error)")
    }
    return (rows, names)
  }
}

extension ChecklistTable {
  private static func jsonRows(
    _ bytes: [UInt8]
  ) throws(UnreadableFramework) -> (rows: [Row], names: [String]) {
    let document: JSON
    do throws(UnreadableJSON) {
      document = try JSON(
        reading: bytes,
        limits: JSONLimits(maximumBytes: FrameworkFormat.maximumBytes)
      )
    } catch {
      throw UnreadableFramework(at: error.at, reason: error.reason)
    }
    if let chapters = document["Requirements"]?.elements { return nestedRows(chapters) }
    guard let list = document.elements ?? document["requirements"]?.elements else {
      throw UnreadableFramework(reason: "a list of requirements should stand in the file")
    }
    var (names, rows): ([String], [Row]) = ([], [])
    for (index, element) in list.enumerated() {
      guard let object = element.object else {
        throw UnreadableFramework(at: "$[\(index)]", reason: "an object should stand here")
      }
      var cells: [String: String] = [:]
      for (key, value) in object.members {
        if cells.isEmpty || !names.contains(key) { if !names.contains(key) { names.append(key) } }
        cells[key] = value.cell
      }
      rows.append(Row(at: "$[\(index)]", cells: cells))
    }
    return (rows, names)
  }

  /// ASVS as chapters, sections and items inside each other.
  private static func nestedRows(_ chapters: [JSON]) -> (rows: [Row], names: [String]) {
    var rows: [Row] = []
    for chapter in chapters {
      for section in chapter.list("Items") {
        for item in section.list("Items") {
          let id = item["Shortcode"]?.text ?? ""
          rows.append(
            Row(
              at: id,
              cells: [
                "chapter_id": chapter["Shortcode"]?.text ?? "",
                "chapter_name": chapter["Name"]?.text ?? "",
                "section_id": section["Shortcode"]?.text ?? "",
                "section_name": section["Name"]?.text ?? "",
                "req_id": id, "req_description": item["Description"]?.text ?? "",
                "L": item["L"]?.cell ?? "",
              ]
            )
          )
        }
      }
    }
    let names = ["chapter_id", "chapter_name", "section_id", "section_name", "req_id"]
    return (rows, names + ["req_description", "L"])
  }
}

extension JSON {
  /// A value as a cell of a table shows it.
  fileprivate var cell: String {
    switch self {
    case .null: ""
    case .string(let text): text
    case .number(let text): text
    case .bool(let value): value ? "yes" : ""
    case .array(let elements): elements.map(\.cell).joined(separator: ", ")
    case .object: written()
    }
  }
}

/// The lines of a table, gathered under their headings.
private struct HeadingTree {
  private final class Node {
    let requirement: Requirement
    var children: [Node] = []
    init(_ requirement: Requirement) { self.requirement = requirement }
  }

  private let identifier: String
  private var roots: [Node] = []
  private var headings: [[String]: Node] = [:]
  private var known: Set<String> = []
  private var count = 0

  init(identifier: String) { self.identifier = identifier }

  var requirements: [Requirement] {
    func lines(_ node: Node) -> [Requirement] { [node.requirement] + node.children.flatMap(lines) }
    return roots.flatMap(lines)
  }

  mutating func add(_ row: ChecklistTable.Row, _ columns: ChecklistTable.Columns)
    throws(UnreadableFramework)
  {
    func cell(_ part: ChecklistTable.Part) -> String {
      columns.plain[part].flatMap { row.cells[$0] }?.trimmed ?? ""
    }
    var (parent, path): (Node?, [String]) = (nil, [])
    for (reference, name) in columns.headings {
      let key = row.cells[reference]?.trimmed ?? ""
      // A row need not stand below every level.
      if key.isEmpty { continue }
      path.append(key)
      if let node = headings[path] {
        parent = node
        continue
      }
      let node = Node(
        Requirement(
          identifier: "\(identifier):heading:\(path.joined(separator: "/"))",
          reference: reference == name ? "" : key,
          depth: path.count,
          isAssessable: false,
          texts: FrameworkTexts(name: row.cells[name]?.trimmed ?? "")
        )
      )
      headings[path] = node
      append(node, below: parent)
      parent = node
    }
    count += 1
    let texts = FrameworkTexts(
      name: cell(.name),
      text: cell(.text),
      guidance: cell(.guidance),
      evidence: cell(.evidence)
    )
    guard !texts.headline.isEmpty else {
      throw UnreadableFramework(at: row.at, reason: "neither name nor text stands in this row")
    }
    let reference = cell(.reference)
    let id = "\(identifier):\(reference.isEmpty ? "row-\(count)" : reference)"
    guard known.insert(id).inserted else {
      throw UnreadableFramework(at: row.at, reason: "\(reference) stands in two rows")
    }
    let weight = cell(.weight)
    guard let number = weight.isEmpty ? 1 : Int(weight), number >= 0 else {
      throw UnreadableFramework(at: row.at, reason: "a weight is a whole number, not \(weight)")
    }
    append(
      Node(
        Requirement(
          identifier: id,
          reference: reference,
          depth: path.count + 1,
          isAssessable: true,
          texts: texts,
          citations: columns.citations.compactMap { row.cells[$0]?.trimmed }.filter { !$0.isEmpty },
          groups: Self.groups(row, cell(.group), columns),
          weight: number
        )
      ),
      below: parent
    )
  }

  private mutating func append(_ node: Node, below parent: Node?) {
    if let parent { parent.children.append(node) } else { roots.append(node) }
  }

  private static func groups(
    _ row: ChecklistTable.Row,
    _ cell: String,
    _ columns: ChecklistTable.Columns
  ) -> [String] {
    var groups = cell.split { $0 == "," || $0 == ";" }.map { String($0).trimmed }
      .filter { !$0.isEmpty }
    if columns.isCumulative, let level = groups.first.flatMap({ Int($0) }), (1...3).contains(level)
    {
      groups = (level...3).map(String.init)
    }
    for mark in columns.marks where row.cells[mark.column]?.trimmed.isEmpty == false {
      groups.append(mark.group)
    }
    return groups
  }
}
