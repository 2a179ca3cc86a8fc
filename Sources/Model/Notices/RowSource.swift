/// Where rows for a mailing come from: read more than once, first to see whether all is well.
public protocol RowSource: AnyObject, Sendable {
  /// What was not read, as far as it is listed.
  var refused: [ImportProblem] { get }
  /// How many rows were not read.
  var refusedCount: Int { get }
  /// The row that was not read and took all that was left with it, such as one with a quote that has no
  /// end: nobody knows how many were lost. Nil where there is none.
  var cutOff: ImportProblem? { get }
  /// SHA-256 over all bytes, known when the end was reached.
  var digest: [UInt8] { get }
  /// Goes to the beginning; what was counted is forgotten.
  func rewind() throws
}

extension RowSource {
  /// No row takes others with it, unless the source says so.
  public var cutOff: ImportProblem? { nil }
}

/// A row that was not read.
public struct ImportProblem: Codable, Sendable, Hashable {
  /// Line and column.
  public var at: String
  /// What is wrong; quotes no cell.
  public var reason: String

  /// Makes a problem.
  public init(at: String, reason: String) { (self.at, self.reason) = (at, reason) }
}
