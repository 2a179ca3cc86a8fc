public import Model

/// Recipients out of a CSV file or standard input, flat and fast.
///
/// The first row names the columns. A row that cannot be read is told by line and reason and left out;
/// reasons quote no cell, for cells are personal. Standard input is read again from a sealed copy.
public final class RecipientReader: RecipientSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let columns: RecipientColumns
  private let input: RewindableInput
  private var scanner: CSVScanner?
  private var places: [Int?] = []
  private var width = 0
  private var hash = RunningDigest()
  private var jurisdictions: [UInt64: Int] = [:]
  private var languages: [UInt64: Int] = [:]

  /// The jurisdictions and languages that rows name by their place in it.
  public private(set) var words: [String] = []
  /// What was not read, at most 100 of it.
  public private(set) var refused: [ImportProblem] = []
  /// How many rows were not read.
  public private(set) var refusedCount = 0

  /// The most bytes of a field, by its place among the sealed ones.
  private static let limits = [200, 400, 254, 40, 2000, 500, 200]

  /// Opens an input.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - columns: Which column means what.
  ///   - spool: The folder in which a sealed copy of standard input is kept, without a name.
  ///   - maximumBytes: How much is read before it is refused.
  /// - Throws: `UnreadableInput`.
  public init(
    _ file: InputFile,
    columns: RecipientColumns,
    spool: String,
    maximumBytes: Int = 16 << 30
  ) throws {
    self.columns = columns
    input = try RewindableInput(file, spool: spool, maximumBytes: maximumBytes)
  }

  /// About how many rows there are, by the size of the file; nil for standard input.
  public var expected: Int? { input.size.map { $0 / 64 } }

  /// SHA-256 over all bytes and over how the columns were taken.
  public var digest: [UInt8] {
    var digest = hash
    Array(columns.text.utf8).withUnsafeBytes { digest.update($0) }
    return digest.bytes
  }

  /// The row that took all that was left of the input.
  public private(set) var cutOff: ImportProblem?

  /// Goes to the beginning.
  public func rewind() throws {
    try input.rewind()
    cutOff = nil
    (scanner, refused, refusedCount, hash) = (nil, [], 0, RunningDigest())
  }

  /// Fills rows until there is no more room; none at the end.
  public func fill(_ rows: RecipientRows) throws {
    rows.removeAll()
    guard let scanner = try self.scanner ?? open() else { return }
    self.scanner = scanner
    while rows.count < rows.capacity, try scanner.next() {
      if let problem = scanner.problem { refuse(problem) } else { add(scanner, to: rows) }
      cutOff = scanner.cutOff
    }
  }

  private func open() throws -> CSVScanner? {
    let scanner = CSVScanner(input) { [self] in hash.update($0) }
    guard try scanner.next() else {
      if refusedCount == 0 {
        refuse(UnreadableCSV(line: 1, column: 0, reason: "the file is empty"))
      }
      return nil
    }
    do throws(UnreadableCSV) {
      if let problem = scanner.problem { throw problem }
      let header = scanner.cells.map { String(decoding: scanner.bytes(of: $0), as: UTF8.self) }
      let found = try columns.places(in: header, line: scanner.line)
      places = RecipientColumns.Meaning.allCases.map { found[$0] }
      width = header.count
    } catch {
      // Nothing of a file whose columns are not known can be taken, skipping or not.
      throw UnreadableInput.damaged(error.description)
    }
    return scanner
  }

  private func refuse(_ problem: UnreadableCSV) {
    refusedCount += 1
    if refused.count < 100 {
      refused.append(ImportProblem(at: problem.at, reason: problem.reason))
    }
  }

  private func add(_ scanner: CSVScanner, to rows: RecipientRows) {
    do throws(UnreadableCSV) {
      guard scanner.cells.count == width else {
        throw UnreadableCSV(
          line: scanner.line,
          column: 0,
          reason: "\(scanner.cells.count) cells under \(width) columns"
        )
      }
      func cell(_ meaning: Int) -> UnsafeRawBufferPointer {
        guard let place = places[meaning] else { return .init(start: nil, count: 0) }
        return RecipientCell.trimmed(scanner.bytes(of: scanner.cells[place]))
      }
      func check(
        _ meaning: Int,
        _ test: (UnsafeRawBufferPointer) -> String?
      ) throws(UnreadableCSV) {
        guard let place = places[meaning], let reason = test(cell(meaning)) else { return }
        throw UnreadableCSV(line: scanner.line, column: place + 1, reason: reason)
      }
      for (meaning, limit) in Self.limits.enumerated() {
        try check(meaning) { RecipientCell.problem($0, limit: limit) }
      }
      try check(0) { $0.isEmpty ? "a person needs a reference" : nil }
      try check(0) { RecipientCell.isUnseen($0) ? "a reference of signs that nobody sees" : nil }
      try check(1) { RecipientCell.isUnseen($0) ? "a name of signs that nobody sees" : nil }
      try check(2, RecipientCell.emailProblem)
      try check(3, RecipientCell.phoneProblem)
      let jurisdiction = try word(7, cell(7), scanner.line, &jurisdictions) { text in
        RecipientCell.jurisdiction(text ?? self.columns.jurisdiction)
      }
      let language = try word(8, cell(8), scanner.line, &languages) { text in
        RecipientCell.language(text ?? self.columns.language)
      }
      var protection: UInt8 = 0
      if places[9] != nil {
        guard let found = RecipientCell.protection(cell(9)) else {
          throw UnreadableCSV(
            line: scanner.line,
            column: (places[9] ?? 0) + 1,
            reason: "protection is child, deceased, legal representative, or empty"
          )
        }
        protection = found
      }
      rows.beginRow()
      for meaning in Self.limits.indices { rows.append(cell(meaning)) }
      rows.endRow(
        line: scanner.line,
        jurisdiction: jurisdiction,
        language: language,
        protection: protection
      )
    } catch {
      refuse(error)
    }
  }

  /// The place of a cell's word, looked up by its bytes; short ones in a number.
  private func word(
    _ meaning: Int,
    _ cell: UnsafeRawBufferPointer,
    _ line: Int,
    _ known: inout [UInt64: Int],
    _ read: (String?) -> Result<String, RecipientCell.Wrong>
  ) throws(UnreadableCSV) -> Int {
    func wrong(_ reason: String) -> UnreadableCSV {
      UnreadableCSV(line: line, column: places[meaning].map { $0 + 1 } ?? 0, reason: reason)
    }
    guard cell.count <= 8 else { throw wrong("longer than any code") }
    var packed: UInt64 = 0
    for byte in cell { packed = packed << 8 | UInt64(byte) }
    if let place = known[packed] { return place }
    let text = cell.isEmpty ? nil : String(validating: cell, as: UTF8.self)
    guard cell.isEmpty || text != nil else { throw wrong("bytes that are not UTF-8") }
    switch read(text) {
    case .failure(let error): throw wrong(error.reason)
    case .success(let word):
      let place = words.firstIndex(of: word) ?? words.count
      if place == words.count {
        guard place < 60_000 else { throw wrong("more than 60 000 codes in one file") }
        words.append(word)
      }
      known[packed] = place
      return place
    }
  }
}
