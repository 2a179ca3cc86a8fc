public import Model

/// Which column of a file of returns means what.
public struct ReturnColumns: Sendable, Hashable {
  /// What a column can mean.
  public enum Meaning: String, Sendable, CaseIterable {
    case batch, line, number, reference, outcome, date
    case newAddress = "new-address"
    case newEmail = "new-email"
    case newPhone = "new-phone"
    case newName = "new-name"

    /// What columns that mean this are called, in lower case without spaces and marks.
    ///
    /// The file of a batch that comes back with an outcome in it is read as it is: its own address and
    /// telephone number are what was known before, so only what is called new is.
    var names: Set<String> {
      switch self {
      case .batch: ["batch", "batchnumber"]
      case .line: ["line", "batchline"]
      case .number: ["number", "recipient", "recipientnumber"]
      case .reference: ["reference", "ref", "id", "customerid", "customernumber"]
      case .outcome: ["outcome", "result", "status"]
      case .date: ["date", "day", "on"]
      case .newAddress: ["newaddress", "newpostaladdress"]
      case .newEmail: ["newemail", "newemailaddress"]
      case .newPhone: ["newphone", "newtelephone", "newphonenumber"]
      case .newName: ["newname"]
      }
    }
  }

  /// The columns that were named for a meaning; the others go by their names.
  public var named: [Meaning: String]
  /// What words of the file mean, in lower case; the others are read as they are known.
  public var words: [String: ReturnOutcome]

  /// Makes a mapping.
  public init(named: [Meaning: String] = [:], words: [String: ReturnOutcome] = [:]) {
    self.named = named
    self.words = Dictionary(words.map { ($0.key.lowercased(), $0.value) }) { _, last in last }
  }

  /// The place of each meaning's column in a header.
  ///
  /// - Throws: `UnreadableInput` in words that quote no cell of a person.
  func places(in header: [String]) throws -> [Meaning: Int] {
    let plain = header.map { name in name.lowercased().filter { $0.isLetter || $0.isNumber } }
    var places: [Meaning: Int] = [:]
    for meaning in Meaning.allCases {
      let found =
        if let name = named[meaning] {
          header.indices.filter { header[$0] == name }
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
      places[meaning] = found.first
    }
    guard places[.outcome] != nil else {
      throw UnreadableInput.damaged(
        "no column says what became of a notice; say which with --map outcome=COLUMN"
      )
    }
    guard places[.number] != nil || places[.reference] != nil || places[.line] != nil else {
      throw UnreadableInput.damaged(
        "no column says whom a row speaks of: number, reference, or batch and line"
      )
    }
    return places
  }
}

/// Returns out of a CSV file or standard input: what became of notices in a batch.
///
/// A row that cannot be read is told by line and reason and left out; reasons quote no cell. Cells that
/// an export neutralised for spreadsheets are read as they were before.
public final class ReturnReader: ReturnSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let columns: ReturnColumns
  private let input: RewindableInput
  private var scanner: CSVScanner?
  private var places: [ReturnColumns.Meaning: Int] = [:]
  private var width = 0
  private var hash = RunningDigest()

  /// What was not read, at most 100 of it.
  public private(set) var refused: [ImportProblem] = []
  /// How many rows were not read.
  public private(set) var refusedCount = 0
  /// The row that took all that was left of the input.
  public private(set) var cutOff: ImportProblem?

  /// Opens an input.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - columns: Which column and which word means what.
  ///   - spool: The folder in which a sealed copy of standard input is kept, without a name.
  ///   - maximumBytes: How much is read before it is refused.
  /// - Throws: `UnreadableInput`.
  public init(
    _ file: InputFile,
    columns: ReturnColumns,
    spool: String,
    maximumBytes: Int = 16 << 30
  ) throws {
    self.columns = columns
    input = try RewindableInput(file, spool: spool, maximumBytes: maximumBytes)
  }

  /// SHA-256 over all bytes.
  public var digest: [UInt8] { hash.bytes }

  /// Goes to the beginning.
  public func rewind() throws {
    try input.rewind()
    (scanner, refused, refusedCount, hash) = (nil, [], 0, RunningDigest())
    cutOff = nil
  }

  /// The next rows.
  public func next(_ count: Int) throws -> [ReturnRow] {
    let scanner = try self.scanner ?? open()
    self.scanner = scanner
    var rows: [ReturnRow] = []
    while rows.count < count, try scanner.next() {
      cutOff = scanner.cutOff
      do throws(UnreadableCSV) {
        if let problem = scanner.problem { throw problem }
        rows.append(try row(scanner))
      } catch {
        refusedCount += 1
        if refused.count < 100 {
          refused.append(ImportProblem(at: error.at, reason: error.reason))
        }
      }
    }
    return rows
  }

  private func open() throws -> CSVScanner {
    let scanner = CSVScanner(input) { [self] in hash.update($0) }
    guard try scanner.next() else { throw UnreadableInput.damaged("the file is empty") }
    if let problem = scanner.problem { throw UnreadableInput.damaged(problem.description) }
    let header = scanner.cells.map { String(decoding: scanner.bytes(of: $0), as: UTF8.self) }
    places = try columns.places(in: header)
    width = header.count
    return scanner
  }

  private func row(_ scanner: CSVScanner) throws(UnreadableCSV) -> ReturnRow {
    func problem(_ meaning: ReturnColumns.Meaning, _ reason: String) -> UnreadableCSV {
      UnreadableCSV(line: scanner.line, column: (places[meaning] ?? -1) + 1, reason: reason)
    }
    guard scanner.cells.count == width else {
      throw UnreadableCSV(
        line: scanner.line,
        column: 0,
        reason: "\(scanner.cells.count) cells under \(width) columns"
      )
    }
    func cell(_ meaning: ReturnColumns.Meaning, limit: Int) throws(UnreadableCSV) -> String {
      guard let place = places[meaning] else { return "" }
      let bytes = RecipientCell.trimmed(scanner.bytes(of: scanner.cells[place]))
      if let reason = RecipientCell.problem(bytes, limit: limit) { throw problem(meaning, reason) }
      return CSVCell.restored(String(decoding: bytes, as: UTF8.self))
    }
    func number(_ meaning: ReturnColumns.Meaning) throws(UnreadableCSV) -> Int64? {
      let text = try cell(meaning, limit: 20)
      if text.isEmpty { return nil }
      let read = meaning == .batch ? BatchName(text)?.number : Int64(text)
      guard let number = read, number > 0 else { throw problem(meaning, "not a number from 1") }
      return number
    }
    func news(_ meaning: ReturnColumns.Meaning, limit: Int) throws(UnreadableCSV) -> String? {
      let text = try cell(meaning, limit: limit)
      if text.isEmpty { return nil }
      var checked = text
      let reason = checked.withUTF8 { bytes -> String? in
        switch meaning {
        case .newEmail: RecipientCell.emailProblem(UnsafeRawBufferPointer(bytes))
        case .newPhone: RecipientCell.phoneProblem(UnsafeRawBufferPointer(bytes))
        default: nil
        }
      }
      if let reason { throw problem(meaning, reason) }
      return text
    }
    let word = try cell(.outcome, limit: 200)
    guard let outcome = columns.words[word.lowercased()] ?? ReturnOutcome(reading: word) else {
      throw problem(
        .outcome,
        word.isEmpty
          ? "nothing says what became of it"
          : "a word that says nothing here; say what it means with --word WORD=OUTCOME"
      )
    }
    let date = try cell(.date, limit: 40)
    guard date.isEmpty || Self.isDay(date) else { throw problem(.date, "not a day as 2026-05-14") }
    return ReturnRow(
      line: scanner.line,
      batch: try number(.batch),
      place: try number(.line),
      number: try number(.number),
      reference: try cell(.reference, limit: 200),
      outcome: outcome,
      day: date,
      edit: ContactEdit(
        name: try news(.newName, limit: 400),
        email: try news(.newEmail, limit: 254),
        phone: try news(.newPhone, limit: 40),
        address: try news(.newAddress, limit: 2000)
      )
    )
  }

  /// Whether a text is a day as ISO 8601 writes it.
  private static func isDay(_ text: String) -> Bool {
    Instant(rfc3339: "\(text)T00:00:00Z") != nil && text.utf8.count == 10
  }
}
