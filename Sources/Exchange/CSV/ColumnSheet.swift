internal import Foundation
public import Model

/// What a column of a table can mean.
public protocol ColumnMeaning: RawRepresentable, CaseIterable, Hashable, Sendable
where RawValue == String {
  /// What columns that mean this are called, in lower case without spaces and marks.
  var names: Set<String> { get }
  /// Whether a table without it is refused.
  var isRequired: Bool { get }
}

extension ColumnMeaning {
  /// A table may do without it unless a meaning says otherwise.
  public var isRequired: Bool { false }
}

/// A table of a moderate size out of a CSV file or standard input, read whole: its columns by their
/// names, in any order, or by a mapping.
///
/// A row that cannot be read is told by line and reason; reasons quote no cell, for cells may be
/// personal. Cells that an export neutralised for spreadsheets are read as they were before.
public struct ColumnSheet<Meaning: ColumnMeaning>: Sendable {
  /// A row.
  public struct Row: Sendable {
    /// The line at which it begins, from 1.
    public var line: Int
    fileprivate var cells: [Meaning: String]

    /// The cell of a meaning without spaces around it; empty where there is no such column.
    public subscript(meaning: Meaning) -> String { cells[meaning] ?? "" }
  }

  /// The meanings that have a column.
  public let columns: Set<Meaning>
  /// The rows that could be read.
  public let rows: [Row]
  /// The rows that could not, at most 100 of them.
  public let refused: [ImportProblem]
  /// How many rows could not be read.
  public let refusedCount: Int

  /// The most bytes that are read.
  public static var maximumBytes: Int { 64 << 20 }
  /// The most rows that are read.
  public static var maximumRows: Int { 500_000 }
  /// The most bytes of a cell.
  public static var maximumCell: Int { 1 << 16 }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - named: The columns that were named for a meaning; the others go by their names.
  /// - Throws: `UnreadableInput` for a file of which nothing can be taken.
  public init(_ file: InputFile, named: [Meaning: String] = [:]) throws {
    try self.init(bytes: try file.bytes(maximumBytes: Self.maximumBytes), named: named)
  }

  /// Reads bytes.
  public init(bytes: [UInt8], named: [Meaning: String] = [:]) throws {
    let head = bytes.prefix { $0 != 10 }
    // Spreadsheets of half of Europe write semicolons.
    let hasCommas = head.contains(UInt8(ascii: ","))
    let separator: Unicode.Scalar = !hasCommas && head.contains(UInt8(ascii: ";")) ? ";" : ","
    var reader = CSVReader(
      MemorySource(bytes),
      separator: separator,
      limits: CSVLimits(maximumCell: Self.maximumCell, maximumColumns: 200),
      undoesNeutralising: true
    )
    guard let first = try reader.next() else { throw UnreadableInput.damaged("the file is empty") }
    let header: [String]
    switch first.cells {
    case .success(let cells): header = cells
    case .failure(let problem): throw UnreadableInput.damaged(problem.description)
    }
    let places = try Self.places(in: header, named)
    columns = Set(places.keys)
    var (rows, refused, count): ([Row], [ImportProblem], Int) = ([], [], 0)
    func refuse(_ at: String, _ reason: String) {
      count += 1
      if refused.count < 100 { refused.append(ImportProblem(at: at, reason: reason)) }
    }
    while let row = try reader.next() {
      guard rows.count + count < Self.maximumRows else {
        throw UnreadableInput.damaged("more than \(Self.maximumRows) rows")
      }
      switch row.cells {
      case .failure(let problem): refuse(problem.at, problem.reason)
      case .success(let cells) where cells.count != header.count:
        refuse("line \(row.line)", "\(cells.count) cells under \(header.count) columns")
      case .success(let cells):
        rows.append(Row(line: row.line, cells: places.mapValues { Self.trimmed(cells[$0]) }))
      }
    }
    (self.rows, self.refused, refusedCount) = (rows, refused, count)
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The place of each meaning's column in a header.
  private static func places(in header: [String], _ named: [Meaning: String]) throws
    -> [Meaning: Int]
  {
    let plain = header.map { name in name.lowercased().filter { $0.isLetter || $0.isNumber } }
    var places: [Meaning: Int] = [:]
    for meaning in Meaning.allCases {
      let found =
        if let name = named[meaning] {
          header.indices.filter { trimmed(header[$0]) == name }
        } else {
          plain.indices.filter { meaning.names.contains(plain[$0]) }
        }
      if let name = named[meaning], found.isEmpty {
        throw UnreadableInput.damaged(
          "there is no column \(name), which was named for \(meaning.rawValue)"
        )
      }
      guard found.count < 2 else {
        throw UnreadableInput.damaged(
          "columns \(found.map { String($0 + 1) }.joined(separator: " and ")) can both mean "
            + "\(meaning.rawValue); say which with --map \(meaning.rawValue)=COLUMN"
        )
      }
      if found.isEmpty, meaning.isRequired {
        throw UnreadableInput.damaged(
          "no column means \(meaning.rawValue); say which with --map \(meaning.rawValue)=COLUMN"
        )
      }
      places[meaning] = found.first
    }
    return places
  }
}

/// Cells that mean a day or an instant.
enum SheetDay {
  /// Reads `2026-05-14`, an instant of RFC 3339, or a day with a time of day behind it; nil for anything
  /// else: 03/04 is two different days.
  static func read(_ text: String, in zone: Zone) -> DayNumber? {
    if let day = DayNumber(iso: text) { return day }
    if let instant = Instant(rfc3339: text) { return DayNumber(instant, in: zone) }
    guard text.utf8.count > 11, text.utf8.count <= 19 else { return nil }
    let rest = text.dropFirst(10)
    guard rest.first == " " || rest.first == "T",
      rest.dropFirst().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ":") })
    else { return nil }
    return DayNumber(iso: String(text.prefix(10)))
  }
}
