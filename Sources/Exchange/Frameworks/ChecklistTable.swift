/// How a table of requirements, in CSV or JSON, becomes a framework.
///
/// Which column is what is said by pairs such as `text=Description`; the columns of OWASP ASVS are
/// known and need none.
public struct ChecklistTable: Sendable, Equatable {
  /// What a column can be.
  public enum Part: String, Sendable, CaseIterable {
    case reference, name, text, guidance, evidence, citation, group, weight, heading
  }

  /// Why pairs cannot be used.
  public struct UnusableMap: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, and what can be said.
    public var description: String
  }

  /// What is known of the framework besides its rows; what is empty is taken from the file.
  public struct About: Sendable, Equatable {
    /// The source's own name for it; else `checklist:` and the file's name.
    public var identifier: String
    /// Its title; else the file's name.
    public var name: String
    /// The edition; else `1`.
    public var version: String
    /// The language of its texts.
    public var language: String
    /// Under which terms its text may be used.
    public var licence: String
    /// Where it was published.
    public var source: String

    /// Makes what is known.
    public init(
      identifier: String = "",
      name: String = "",
      version: String = "",
      language: String = "",
      licence: String = "",
      source: String = ""
    ) {
      (self.identifier, self.name, self.version) = (identifier, name, version)
      (self.language, self.licence, self.source) = (language, licence, source)
    }
  }

  /// Which column is what; empty where the file's own columns are known.
  struct Columns: Equatable {
    /// A group in which a row is that has a mark in the column.
    struct Mark: Equatable {
      var group: String
      var column: String
    }
    var plain: [Part: String] = [:]
    var citations: [String] = []
    /// Outermost first: the column of the reference and that of the title.
    var headings: [(reference: String, name: String)] = []
    var marks: [Mark] = []
    /// Whether a level stands for itself and all higher ones, as in ASVS.
    var isCumulative = false

    static func == (left: Columns, right: Columns) -> Bool {
      left.plain == right.plain && left.citations == right.citations && left.marks == right.marks
        && left.isCumulative == right.isCumulative
        && left.headings.elementsEqual(right.headings, by: ==)
    }

    var names: [String] {
      plain.values.sorted() + citations + headings.flatMap { [$0.reference, $0.name] }
        + marks.map(\.column)
    }
  }

  var columns: Columns?
  var about: About

  /// Makes a reader of tables.
  ///
  /// - Parameters:
  ///   - map: Pairs `part=column`; `heading=reference column,title column` once for each level,
  ///     outermost first; `group:NAME=column` for a column with marks. None where the table is OWASP
  ///     ASVS.
  ///   - about: What is known of the framework.
  /// - Throws: `UnusableMap`.
  public init(map: [String], about: About) throws(UnusableMap) {
    self.about = about
    guard !map.isEmpty else { return }
    var columns = Columns()
    for pair in map {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { String($0).trimmed }
      guard halves.count == 2, !halves[1].isEmpty else {
        throw UnusableMap(description: "\(pair): say PART=COLUMN, such as text=Description")
      }
      let (key, column) = (halves[0], halves[1])
      if key.hasPrefix("group:"), key.utf8.count > 6 {
        columns.marks.append(Columns.Mark(group: String(key.dropFirst(6)), column: column))
        continue
      }
      guard let part = Part(rawValue: key) else {
        let known = Part.allCases.map(\.rawValue).joined(separator: ", ")
        throw UnusableMap(description: "there is no part \(key); one of \(known), group:NAME")
      }
      switch part {
      case .heading:
        let names = column.split(separator: ",", maxSplits: 1).map { String($0).trimmed }
        columns.headings.append((names[0], names.count == 2 ? names[1] : names[0]))
      case .citation: columns.citations.append(column)
      default:
        guard columns.plain.updateValue(column, forKey: part) == nil else {
          throw UnusableMap(description: "\(key) is given twice")
        }
      }
    }
    guard columns.plain[.text] != nil || columns.plain[.name] != nil else {
      throw UnusableMap(description: "say which column is the text: text=COLUMN")
    }
    self.columns = columns
  }

  /// The columns of OWASP ASVS, as far as they are there.
  static func asvs(_ names: Set<String>) -> Columns? {
    let needed: Set = [
      "chapter_id", "chapter_name", "section_id", "section_name", "req_id", "req_description",
    ]
    guard needed.isSubset(of: names) else { return nil }
    var columns = Columns()
    columns.plain = [.reference: "req_id", .text: "req_description"]
    columns.headings = [("chapter_id", "chapter_name"), ("section_id", "section_name")]
    columns.isCumulative = names.contains("L")
    if columns.isCumulative { columns.plain[.group] = "L" }
    columns.marks = ["1", "2", "3"].filter { names.contains("level\($0)") }
      .map { Columns.Mark(group: $0, column: "level\($0)") }
    return columns
  }
}
