/// A row of a CSV file that is not what RFC 4180 or the limits allow.
public struct UnreadableCSV: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line at which the row begins, from 1.
  public var line: Int
  /// The column, from 1; 0 where the whole row is meant.
  public var column: Int
  /// What is wrong.
  public var reason: String

  /// Where it is, for the list of refusals.
  public var at: String { column == 0 ? "line \(line)" : "line \(line), column \(column)" }
  /// Place and reason.
  public var description: String { "\(at): \(reason)" }
}

/// How much of a CSV file is read before it is refused.
public struct CSVLimits: Sendable, Hashable {
  /// The most bytes of one cell.
  public var maximumCell: Int
  /// The most cells of one row.
  public var maximumColumns: Int

  /// Makes limits.
  public init(maximumCell: Int = 1 << 20, maximumColumns: Int = 1000) {
    (self.maximumCell, self.maximumColumns) = (maximumCell, maximumColumns)
  }
}

/// Rows out of a CSV file, one by one, read strictly as RFC 4180 says.
///
/// Quotes stand around a whole cell or nowhere, and are doubled inside; lines end in LF or CRLF; a
/// byte-order mark in front is skipped; NUL and bytes that are not UTF-8 are refused. A bad row is
/// given as a failure and the next one follows, except where a quote has no end.
public struct CSVReader {
  /// One row and where it stands.
  public struct Row: Sendable {
    /// The line at which it begins, from 1; cells may span several.
    public var line: Int
    /// The cells, or what is wrong with them.
    public var cells: Result<[String], UnreadableCSV>
  }

  private var cursor: ByteCursor
  private let limits: CSVLimits
  private let separator: UInt8
  private let undoesNeutralising: Bool
  private var isAtStart = true

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - source: The bytes.
  ///   - separator: What stands between cells, an ASCII character.
  ///   - limits: How much is read before it is refused.
  ///   - undoesNeutralising: Whether quote marks that our own exports put in front of formulas are
  ///     taken away again. For files that this program wrote, and no others.
  public init(
    _ source: any ByteSource,
    separator: Unicode.Scalar = ",",
    limits: CSVLimits = CSVLimits(),
    undoesNeutralising: Bool = false
  ) {
    precondition(separator.isASCII, "cells are separated by an ASCII character")
    (cursor, self.limits) = (ByteCursor(source), limits)
    self.separator = UInt8(separator.value)
    self.undoesNeutralising = undoesNeutralising
  }

  /// Reads the next row; nil at the end.
  ///
  /// Empty lines are skipped. Throws what the source throws.
  public mutating func next() throws -> Row? {
    if isAtStart {
      isAtStart = false
      try cursor.skipMark()
    }
    while let byte = try cursor.peek(), byte == 10 || byte == 13 { cursor.advance() }
    guard try cursor.peek() != nil else { return nil }
    let line = cursor.line
    var cells: [String] = []
    var problem: UnreadableCSV?
    while true {
      let cell = try cell()
      let column = cells.count + 1
      if let reason = cell.problem, problem == nil {
        problem = UnreadableCSV(line: line, column: column, reason: reason)
      }
      if column > limits.maximumColumns, problem == nil {
        problem = UnreadableCSV(
          line: line,
          column: 0,
          reason: "more than \(limits.maximumColumns) cells"
        )
      }
      if problem == nil { cells.append(cell.text) }
      if cell.isLast { break }
    }
    return Row(line: line, cells: problem.map { .failure($0) } ?? .success(cells))
  }

  private mutating func cell() throws -> (text: String, problem: String?, isLast: Bool) {
    var bytes: [UInt8] = []
    var problem: String?
    func keep(_ byte: UInt8) {
      if bytes.count < limits.maximumCell {
        bytes.append(byte)
      } else {
        problem = problem ?? "a cell of over \(limits.maximumCell) bytes"
      }
    }
    var isLast = true
    if try cursor.peek() == UInt8(ascii: "\"") {
      cursor.advance()
      var isClosed = false
      while let byte = try cursor.peek() {
        cursor.advance()
        guard byte == UInt8(ascii: "\"") else {
          keep(byte)
          continue
        }
        guard try cursor.peek() == byte else {
          isClosed = true
          break
        }
        cursor.advance()
        keep(byte)
      }
      if !isClosed { problem = "this quote has no end" }
      let next = try cursor.peek()
      if let next, next != separator, next != 10, next != 13 {
        problem = problem ?? "something follows the closing quote; quotes inside are doubled"
      }
    }
    while let byte = try cursor.peek() {
      cursor.advance()
      if byte == separator {
        isLast = false
        break
      }
      if byte == 10 { break }
      if byte == 13 {
        guard try cursor.peek() == 10 else {
          problem = problem ?? "a carriage return outside quotes"
          continue
        }
        continue
      }
      if byte == UInt8(ascii: "\"") { problem = problem ?? "a quote inside a cell without quotes" }
      keep(byte)
    }
    if bytes.contains(0) { problem = problem ?? "a NUL character, which no text may hold" }
    guard problem == nil, let text = String(validating: bytes, as: UTF8.self) else {
      return ("", problem ?? "bytes that are not UTF-8", isLast)
    }
    return (undoesNeutralising ? CSVCell.restored(text) : text, nil, isLast)
  }
}
