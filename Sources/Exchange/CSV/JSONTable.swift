/// Objects as a table of CSV: one column for each of some members, one row for each object.
///
/// A column is named by the path to its member, such as `score.assessed`, which is also what stands
/// above it: who knows the JSON of a list knows its CSV. Lists stand in one cell, separated by
/// `; `; what is not there is an empty cell. Formulas are neutralised.
public struct JSONTable: Sendable {
  /// The columns, from left to right.
  public let columns: [String]
  private let paths: [[String]]
  private let writer = CSVWriter()

  /// Makes a table with columns.
  public init(_ columns: [String]) {
    self.columns = columns
    paths = columns.map { $0.split(separator: ".").map(String.init) }
  }

  /// The line above the rows.
  public var header: String { writer.row(columns) }

  /// An object as a row with its line end.
  public func row(_ object: JSON) -> String {
    writer.row(paths.map { object[path: $0].map(JSONTable.cell) ?? "" })
  }

  /// The header and all rows.
  public func text(_ objects: some Sequence<JSON>) -> String {
    objects.reduce(into: header) { $0 += row($1) }
  }

  private static func cell(_ value: JSON) -> String {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "yes" : "no"
    case .number(let text), .string(let text): text
    case .array(let elements): elements.map(cell).joined(separator: "; ")
    case .object: value.written()
    }
  }
}
