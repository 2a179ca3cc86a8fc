public import Model

/// Codes of support out of a file: one on each line, or the column `code` of a CSV file.
///
/// A code that cannot be read is told by line and reason, without quoting it.
public final class OfferReader: OfferSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let input: RewindableInput
  private var scanner: CSVScanner?
  private var place = 0
  private var isFirst = true
  private var hash = RunningDigest()

  /// What was not read, at most 100 of it.
  public private(set) var refused: [ImportProblem] = []
  /// How many rows were not read.
  public private(set) var refusedCount = 0
  /// The row that took all that was left of the input.
  public private(set) var cutOff: ImportProblem?

  /// The most bytes of a code.
  public static let limit = 200

  /// Opens an input.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - spool: The folder in which a sealed copy of standard input is kept, without a name.
  ///   - maximumBytes: How much is read before it is refused.
  /// - Throws: `UnreadableInput`.
  public init(_ file: InputFile, spool: String, maximumBytes: Int = 4 << 30) throws {
    input = try RewindableInput(file, spool: spool, maximumBytes: maximumBytes)
  }

  /// Goes to the beginning.
  public func rewind() throws {
    try input.rewind()
    (scanner, place, isFirst, refused, refusedCount) = (nil, 0, true, [], 0)
    (cutOff, hash) = (nil, RunningDigest())
  }

  /// SHA-256 over all bytes.
  public var digest: [UInt8] { hash.bytes }

  /// About how many codes there are, by the size of the file; nil for standard input.
  public var expected: Int? { input.size.map { $0 / 8 } }

  /// The next codes.
  public func next(_ count: Int) throws -> [(line: Int, code: String)] {
    let scanner = self.scanner ?? CSVScanner(input) { [self] in hash.update($0) }
    self.scanner = scanner
    var codes: [(line: Int, code: String)] = []
    while codes.count < count, try scanner.next() {
      cutOff = scanner.cutOff
      if isFirst {
        isFirst = false
        if let header = header(scanner) {
          place = header
          continue
        }
      }
      if let problem = scanner.problem {
        refuse(problem.at, problem.reason)
      } else if scanner.cells.count <= place
        || (place == 0 && scanner.cells.count > 1 && !hasHeader)
      {
        refuse("line \(scanner.line)", "more or fewer cells than one code")
      } else {
        let bytes = RecipientCell.trimmed(scanner.bytes(of: scanner.cells[place]))
        if bytes.isEmpty {
          refuse("line \(scanner.line)", "no code")
        } else if let reason = RecipientCell.problem(bytes, limit: Self.limit) {
          refuse("line \(scanner.line)", reason)
        } else if bytes.contains(where: { $0 < 32 || $0 == 127 }) {
          refuse("line \(scanner.line)", "a control character inside a code")
        } else {
          codes.append((scanner.line, String(decoding: bytes, as: UTF8.self)))
        }
      }
    }
    return codes
  }

  private var hasHeader = false

  /// The place of the column `code`, where the first row names columns.
  private func header(_ scanner: CSVScanner) -> Int? {
    hasHeader = false
    guard scanner.problem == nil else { return nil }
    let found = scanner.cells.firstIndex { cell in
      let name = String(decoding: scanner.bytes(of: cell), as: UTF8.self).lowercased()
      return ["code", "codes", "offer", "activation code"].contains(name.trimmed)
    }
    hasHeader = found != nil
    return found
  }

  private func refuse(_ at: String, _ reason: String) {
    refusedCount += 1
    if refused.count < 100 { refused.append(ImportProblem(at: at, reason: reason)) }
  }
}
