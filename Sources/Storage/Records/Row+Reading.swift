internal import Foundation
internal import GRDB
internal import Model

/// Reading rows without trust: a damaged file gives an error, never a trap.
extension Row {
  func text(_ index: Int) throws -> String { try decode(String.self, atIndex: index) }

  func optionalText(_ index: Int) throws -> String? { try decode(String?.self, atIndex: index) }

  func number(_ index: Int) throws -> Int64 { try decode(Int64.self, atIndex: index) }

  func optionalNumber(_ index: Int) throws -> Int64? { try decode(Int64?.self, atIndex: index) }

  func flag(_ index: Int) throws -> Bool { try number(index) != 0 }

  func optionalFlag(_ index: Int) throws -> Bool? { try optionalNumber(index).map { $0 != 0 } }

  func instant(_ index: Int) throws -> Instant { Instant(milliseconds: try number(index)) }

  func block(_ index: Int) throws -> [UInt8] { [UInt8](try decode(Data.self, atIndex: index)) }

  /// Reads a word of a closed list.
  func word<Word: RawRepresentable>(_ index: Int, _ type: Word.Type = Word.self) throws -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: try text(index)) else { throw UnknownWord(type: "\(type)") }
    return word
  }

  /// Reads a word of a closed list, or nil where there is none.
  func optionalWord<Word: RawRepresentable>(
    _ index: Int,
    _ type: Word.Type = Word.self
  ) throws -> Word? where Word.RawValue == String {
    try optionalText(index) == nil ? nil : try word(index, type)
  }

  /// Reads the six columns of a stated time: text, zone, precision, earliest, latest, source.
  func statedTime(_ index: Int) throws -> StatedTime? {
    guard let given = try optionalText(index) else { return nil }
    let (earliest, latest) = (try instant(index + 3), try instant(index + 4))
    guard earliest <= latest else { throw UnknownWord(type: "StatedTime") }
    return StatedTime(
      text: given,
      zone: Zone(stored: try text(index + 1)),
      precision: try word(index + 2),
      earliest: earliest,
      latest: latest,
      source: try text(index + 5)
    )
  }
}

/// A stored word that this program does not know.
struct UnknownWord: Error {
  /// The Swift type that should have known it.
  var type: String
}

extension StatedTime {
  /// The columns of a stated time in tables: what `Row.statedTime` reads.
  static let columns = "givenText, givenZone, givenPrecision, earliest, latest, givenSource"

  /// The values of `columns`; six NULLs for a time that is not known.
  static func values(_ time: StatedTime?) -> StatementArguments {
    guard let time else { return [nil, nil, nil, nil, nil, nil] }
    return [
      time.text, time.zone.name, time.precision.rawValue, time.earliest.milliseconds,
      time.latest.milliseconds, time.source,
    ]
  }
}

extension Zone {
  /// A zone as it was stored, even where this host's zone database does not know it (any more).
  init(stored name: String) {
    self = name.contains("/") ? .named(name) : Zone(name) ?? .named(name)
  }
}

extension Database {
  /// Runs a statement that is kept compiled.
  func run(_ sql: String, _ arguments: StatementArguments = []) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// Fetches at most one row through a statement that is kept compiled.
  func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
    try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
  }

  /// Fetches rows one by one through a statement that is kept compiled.
  ///
  /// The row that `body` sees is reused: read it, do not keep it.
  func rows(
    _ sql: String,
    _ arguments: StatementArguments = [],
    _ body: (Row) throws -> Void
  ) throws {
    let cursor = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
    while let row = try cursor.next() { try body(row) }
  }

  /// Fetches a number that a statement always gives.
  func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64 {
    try row(sql, arguments)?.number(0) ?? 0
  }
}
