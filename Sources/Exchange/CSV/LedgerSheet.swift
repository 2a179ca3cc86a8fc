internal import Model

/// A file of rows whose first row names the columns, gone through as often as it is asked for.
///
/// A row that cannot be taken is told by line and reason and left out; reasons quote no cell, for cells
/// are personal. Standard input is read again from a sealed copy.
final class LedgerSheet {
  private let input: RewindableInput
  /// Finds where the columns stand in a header, with the line it stands on.
  private let find: ([String], Int) throws(UnreadableCSV) -> [Int?]
  private var scanner: CSVScanner?
  private var width = 0

  /// Where each column stands, by the place of its meaning; nil for those that the file has not.
  private(set) var places: [Int?] = []
  /// The digest over what was read.
  private(set) var hash = RunningDigest()
  /// What was not taken, at most 100 of it.
  private(set) var refused: [ImportProblem] = []
  /// How many rows were not taken.
  private(set) var refusedCount = 0
  /// The row that took all that was left of the input.
  private(set) var cutOff: ImportProblem?

  /// Opens an input.
  ///
  /// - Throws: `UnreadableInput`.
  init(
    _ file: InputFile,
    spool: String,
    maximumBytes: Int,
    places find: @escaping ([String], Int) throws(UnreadableCSV) -> [Int?]
  ) throws {
    input = try RewindableInput(file, spool: spool, maximumBytes: maximumBytes)
    self.find = find
  }

  /// How many bytes there are; nil for standard input.
  var size: Int? { input.size }

  /// Goes to the beginning.
  func rewind() throws {
    try input.rewind()
    cutOff = nil
    (scanner, refused, refusedCount, hash) = (nil, [], 0, RunningDigest())
  }

  /// Takes the next row, or refuses it; false at the end.
  func next(_ take: (CSVScanner) throws(UnreadableCSV) -> Void) throws -> Bool {
    guard let scanner = try self.scanner ?? open(), try scanner.next() else { return false }
    do throws(UnreadableCSV) {
      if let problem = scanner.problem { throw problem }
      guard scanner.cells.count == width else {
        throw UnreadableCSV(
          line: scanner.line,
          column: 0,
          reason: "\(scanner.cells.count) cells under \(width) columns"
        )
      }
      try take(scanner)
    } catch {
      refuse(error)
    }
    cutOff = scanner.cutOff
    return true
  }

  private func open() throws -> CSVScanner? {
    let scanner = CSVScanner(input) { [unowned self] in hash.update($0) }
    guard try scanner.next() else {
      if refusedCount == 0 {
        refuse(UnreadableCSV(line: 1, column: 0, reason: "the file is empty"))
      }
      return nil
    }
    do throws(UnreadableCSV) {
      if let problem = scanner.problem { throw problem }
      let header = scanner.cells.map { String(decoding: scanner.bytes(of: $0), as: UTF8.self) }
      places = try find(header, scanner.line)
      width = header.count
    } catch {
      // Nothing of a file whose columns are not known can be taken, skipping or not.
      throw UnreadableInput.damaged(error.description)
    }
    self.scanner = scanner
    return scanner
  }

  private func refuse(_ problem: UnreadableCSV) {
    refusedCount += 1
    if refused.count < 100 {
      refused.append(ImportProblem(at: problem.at, reason: problem.reason))
    }
  }
}
