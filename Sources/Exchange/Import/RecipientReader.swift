public import Model

/// Recipients out of a CSV file or standard input, flat and fast.
///
/// The first row names the columns. A row that cannot be read is told by line and reason and left out;
/// reasons quote no cell, for cells are personal. Standard input is read again from a sealed copy.
public final class RecipientReader: RecipientSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let columns: RecipientColumns
  private let sheet: LedgerSheet
  private var jurisdictions: [UInt64: Int] = [:]
  private var languages: [UInt64: Int] = [:]

  /// The jurisdictions and languages that rows name by their place in it.
  public private(set) var words: [String] = []
  /// What was not read, at most 100 of it.
  public var refused: [ImportProblem] { sheet.refused }
  /// How many rows were not read.
  public var refusedCount: Int { sheet.refusedCount }

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
    sheet = try LedgerSheet(file, spool: spool, maximumBytes: maximumBytes) {
      header,
      line throws(UnreadableCSV) in
      let found = try columns.places(in: header, line: line)
      return RecipientColumns.Meaning.allCases.map { found[$0] }
    }
  }

  /// About how many rows there are, by the size of the file; nil for standard input.
  public var expected: Int? { sheet.size.map { $0 / 64 } }

  /// SHA-256 over all bytes and over how the columns were taken.
  public var digest: [UInt8] {
    var digest = sheet.hash
    Array(columns.text.utf8).withUnsafeBytes { digest.update($0) }
    return digest.bytes
  }

  /// The row that took all that was left of the input.
  public var cutOff: ImportProblem? { sheet.cutOff }

  /// Goes to the beginning.
  public func rewind() throws { try sheet.rewind() }

  /// Fills rows until there is no more room; none at the end.
  public func fill(_ rows: RecipientRows) throws {
    rows.removeAll()
    while rows.count < rows.capacity,
      try sheet.next({ scanner throws(UnreadableCSV) in try add(scanner, to: rows) })
    {}
  }

  private func add(_ scanner: CSVScanner, to rows: RecipientRows) throws(UnreadableCSV) {
    let places = sheet.places
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
      UnreadableCSV(line: line, column: sheet.places[meaning].map { $0 + 1 } ?? 0, reason: reason)
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
