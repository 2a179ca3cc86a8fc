internal import Formats
internal import Model

/// How the columns of a register become the facts of incidents: one data file, one register.
///
/// Keys of the file: `id`, `title`, `version`, `source`, `retrieved`; `zone` of its dates; `key`, the
/// columns that together name a row; `missing`, the texts that say nothing; `constant` facts of every
/// row; and `columns`. A column has a `fact` (`title`, `summary`, `actions`, `data`, `asset`, `tag`,
/// `affected`, `opened`, `event`, or an instant such as `aware_at`) and what that fact needs: `values`
/// or `otherwise`, `split`, `prefix`, `jurisdiction`, `quality`, `blank`, `dates`, `precision`, `text`.
/// An unknown key is an error. Columns that are not named stay in the kept row alone.
public struct RegisterMapping: Sendable, Equatable {
  /// The register's name in commands and in `ImportSource`.
  public var id: String
  /// The register's name for people.
  public var title: String
  /// The version of the mapping.
  public var version: String
  /// Where the register is published.
  public var source: String
  /// When the register's form was looked at, as text.
  public var retrieved: String
  /// The zone of its dates.
  var zone: Zone
  /// The columns that together name a row.
  var key: [String]
  /// Cells that say nothing.
  var missing: Set<String>
  /// The facts of every row.
  var constant: Constant
  /// What becomes of columns, in the file's order.
  var columns: [Column]

  /// Facts that are the same in every row.
  struct Constant: Sendable, Equatable {
    var state = IncidentState.closed
    var outcome = Outcome.undetermined
    var severity: Severity?
    var disclosure: Disclosure?
    var data: [String] = []
    var tags: [String] = []
  }

  /// What becomes of one column.
  struct Column: Sendable, Equatable {
    var name: String
    var fact: Fact
    /// What stands between several values in one cell.
    var split: String?
  }

  /// What a cell says.
  enum Fact: Sendable, Equatable {
    case title, summary, asset
    case tag(prefix: String)
    case actions(Values)
    case data(Values)
    case affected(jurisdiction: String, quality: AffectedPeople.Quality, blankIsUnknown: Bool)
    case instant(IncidentInstant, Dates)
    case opened(Dates)
    case event(text: String, Dates)
  }

  /// The words that stand for a cell's values.
  struct Values: Sendable, Equatable {
    var words: [String: [String]]
    /// What stands for all others; nil refuses the row.
    var otherwise: [String]?
  }

  /// How dates are written, and how far they are believed.
  struct Dates: Sendable, Equatable {
    var patterns: [DatePattern]
    var precision: Precision
  }

  /// Reads a mapping.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - file: The file's name, for errors.
  /// - Throws: `UnreadableYAML`.
  public init(yaml: String, file: String) throws {
    let root = try StrictYAML(reading: yaml, file: file)
    try root.allow(
      "id",
      "title",
      "version",
      "source",
      "retrieved",
      "zone",
      "key",
      "missing",
      "constant",
      "columns"
    )
    id = try root.member("id").text()
    title = try root.member("title").text()
    version = try root.member("version").text()
    source = try root.member("source").text()
    retrieved = try root.member("retrieved").text()
    zone = .utc
    if let node = root.optional("zone") {
      guard let known = Zone(try node.text()) else { throw node.error("no such zone") }
      zone = known
    }
    key = try root.member("key").texts()
    missing = Set(try root.optional("missing")?.texts() ?? [""])
    constant = try root.optional("constant").map(Constant.init) ?? Constant()
    columns = try root.member("columns").members().flatMap { name, node in
      try (node.isList ? try node.elements() : [node]).map { try Column(name: name, $0) }
    }
    let letters = id.utf8.allSatisfy {
      $0 == UInt8(ascii: "-") || (48...57).contains($0) || (97...122).contains($0)
    }
    guard letters, (1...40).contains(id.utf8.count), !id.hasPrefix("-") else {
      throw try root.member("id").error("an id has 1 to 40 small letters, digits and hyphens")
    }
    guard id != ImportVeris.format else { throw try root.member("id").error("this id is taken") }
    guard !key.isEmpty else { throw try root.member("key").error("name at least one column") }
    guard columns.contains(where: { $0.fact == .title }) else {
      throw try root.member("columns").error("no column has the fact title")
    }
  }

  /// The columns that a file must have.
  var neededColumns: Set<String> { Set(key + columns.map(\.name)) }
}

extension RegisterMapping.Constant {
  fileprivate init(_ node: StrictYAML) throws {
    try node.allow("state", "outcome", "severity", "disclosure", "data", "tags")
    state = try node.optional("state")?.word(IncidentState.self) ?? .closed
    outcome = try node.optional("outcome")?.word(Outcome.self) ?? .undetermined
    severity = try node.optional("severity")?.word(Severity.self)
    disclosure = try node.optional("disclosure")?.word(Disclosure.self)
    data = try node.optional("data")?.words(in: DataCategory.known) ?? []
    tags = try node.optional("tags")?.texts() ?? []
  }
}

extension RegisterMapping.Column {
  fileprivate init(name: String, _ node: StrictYAML) throws {
    self.name = name
    let factNode = try node.member("fact")
    let word = try factNode.text()
    switch word {
    case "title", "summary":
      try node.allow("fact")
      fact = word == "title" ? .title : .summary
    case "asset":
      try node.allow("fact", "split")
      fact = .asset
    case "tag":
      try node.allow("fact", "prefix", "split")
      fact = .tag(prefix: try node.optional("prefix")?.text() ?? "")
    case "actions":
      try node.allow("fact", "values", "otherwise", "split")
      fact = .actions(try RegisterMapping.Values(node, VerisAction.allCases.map(\.rawValue)))
    case "data":
      try node.allow("fact", "values", "otherwise", "split")
      fact = .data(try RegisterMapping.Values(node, DataCategory.known))
    case "affected":
      try node.allow("fact", "jurisdiction", "quality", "blank")
      let blank = try node.optional("blank")?.words(in: ["unknown"])
      fact = .affected(
        jurisdiction: try node.optional("jurisdiction")?.text() ?? "",
        quality: try node.optional("quality")?.word(AffectedPeople.Quality.self) ?? .estimate,
        blankIsUnknown: blank != nil
      )
    case "opened":
      try node.allow("fact", "dates", "precision")
      fact = .opened(try RegisterMapping.Dates(node))
    case "event":
      try node.allow("fact", "dates", "precision", "text")
      fact = .event(text: try node.member("text").text(), try RegisterMapping.Dates(node))
    default:
      guard let instant = IncidentInstant(rawValue: word) else {
        let known =
          [
            "title", "summary", "asset", "tag", "actions", "data", "affected", "opened", "event",
          ] + IncidentInstant.allCases.map(\.rawValue)
        throw factNode.error("no fact \(word); one of \(known.joined(separator: ", "))")
      }
      try node.allow("fact", "dates", "precision")
      fact = .instant(instant, try RegisterMapping.Dates(node))
    }
    split = try node.optional("split")?.text()
    if split?.isEmpty == true { throw try node.member("split").error("give what stands between") }
  }
}

extension RegisterMapping.Values {
  fileprivate init(_ node: StrictYAML, _ known: [String]) throws {
    words = [:]
    for (value, list) in try node.member("values").members() {
      words[value] = try list.words(in: known)
    }
    otherwise = try node.optional("otherwise")?.words(in: known)
  }
}

extension RegisterMapping.Dates {
  fileprivate init(_ node: StrictYAML) throws {
    let list = try node.member("dates")
    patterns = []
    for element in try list.isList ? list.elements() : [list] {
      guard let pattern = DatePattern(try element.text()) else {
        throw element.error("no date pattern; one such as MM/dd/yyyy hh:mm:ss a or yyyy-MM-dd")
      }
      patterns.append(pattern)
    }
    precision = .second
    if let node = node.optional("precision") {
      guard let known = Precision(rawValue: try node.text()) else {
        throw node.error("one of \(Precision.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      precision = known
    }
  }
}
