public import Model

/// Consent records out of a CSV file or standard input, flat and fast.
///
/// The first row names the columns. A row that cannot be read is told by line and reason and left out;
/// reasons quote no cell, for cells are personal. Standard input is read again from a sealed copy.
public final class ConsentReader: ConsentSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let columns: ConsentColumns
  private let now: Int64
  private let zone: Zone
  private let sheet: LedgerSheet
  private var time = ConsentTime()
  private var purposes: [[UInt8]: Int] = [:]
  private var versions: [[[UInt8]: RecordID]] = []
  private var channels: [[UInt8]: Int] = [:]

  /// The purposes that rows name by their place.
  public let catalogue: ConsentCatalogue
  /// The channels that rows name by their place in it.
  public private(set) var words: [String] = []
  /// What was not read, at most 100 of it.
  public var refused: [ImportProblem] { sheet.refused }
  /// How many rows were not read.
  public var refusedCount: Int { sheet.refusedCount }
  /// The row that took all that was left of the input.
  public var cutOff: ImportProblem? { sheet.cutOff }

  /// Opens an input.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - columns: Which column means what.
  ///   - catalogue: The purposes and versions that rows may name.
  ///   - reading: The present, which nobody has consented after, and the zone of times without one.
  ///   - spool: The folder in which a sealed copy of standard input is kept, without a name.
  ///   - maximumBytes: How much is read before it is refused.
  /// - Throws: `UnreadableInput`.
  public init(
    _ file: InputFile,
    columns: ConsentColumns,
    catalogue: ConsentCatalogue,
    _ reading: TimeReading,
    spool: String,
    maximumBytes: Int = 16 << 30
  ) throws {
    (self.columns, self.catalogue) = (columns, catalogue)
    (now, zone) = (reading.now.milliseconds, reading.zone)
    sheet = try LedgerSheet(file, spool: spool, maximumBytes: maximumBytes) {
      header,
      line throws(UnreadableCSV) in
      let found = try columns.places(in: header, line: line)
      return ConsentColumns.Meaning.allCases.map { found[$0] }
    }
    for (place, purpose) in catalogue.purposes.enumerated() {
      purposes[Array(purpose.slug.utf8)] = place
      versions.append(
        Dictionary(
          purpose.versions.map { (Array($0.key.utf8), $0.value) },
          uniquingKeysWith: { $1 }
        )
      )
    }
  }

  /// About how many rows there are, by the size of the file; nil for standard input.
  public var expected: Int? { sheet.size.map { $0 / 40 } }

  /// SHA-256 over all bytes.
  public var digest: [UInt8] { sheet.hash.bytes }

  /// Goes to the beginning.
  public func rewind() throws { try sheet.rewind() }

  /// Fills rows until there is no more room; none at the end.
  public func fill(_ rows: ConsentRows) throws {
    rows.removeAll()
    while rows.count < rows.capacity,
      try sheet.next({ scanner throws(UnreadableCSV) in try add(scanner, to: rows) })
    {}
  }

  private func add(_ scanner: CSVScanner, to rows: ConsentRows) throws(UnreadableCSV) {
    let places = sheet.places
    func wrong(_ meaning: Int, _ reason: String) -> UnreadableCSV {
      UnreadableCSV(
        line: scanner.line,
        column: places[meaning].map { $0 + 1 } ?? 0,
        reason: reason
      )
    }
    func cell(_ meaning: Int, limit: Int) throws(UnreadableCSV) -> UnsafeRawBufferPointer {
      guard let place = places[meaning] else { return .init(start: nil, count: 0) }
      let bytes = RecipientCell.trimmed(scanner.bytes(of: scanner.cells[place]))
      if let reason = RecipientCell.problem(bytes, limit: limit) { throw wrong(meaning, reason) }
      return bytes
    }
    let reference = try cell(0, limit: ConsentLimits.reference)
    guard !reference.isEmpty else { throw wrong(0, "a record needs the reference of a person") }
    let purpose = try purpose(try cell(1, limit: 40)) { wrong(1, $0) }
    let state = try state(try cell(2, limit: 20)) { wrong(2, $0) }
    let when = try cell(3, limit: ConsentLimits.when)
    let zoneName = try cell(4, limit: 60)
    guard let zone = zoneName.isEmpty ? zone : time.zone(zoneName) else {
      throw wrong(4, "not a zone that this host knows, such as Europe/Berlin or +02:00")
    }
    guard let at = time.milliseconds(when, zone) else { throw wrong(3, ConsentTime.problem) }
    guard at <= now else { throw wrong(3, "a time that is yet to come") }
    let channel = try channel(try cell(5, limit: ConsentLimits.channel)) { wrong(5, $0) }
    let version = try version(try cell(6, limit: 60), purpose) { wrong(6, $0) }
    let source = try cell(7, limit: ConsentLimits.source)
    rows.beginRow(
      ConsentRows.Facts(
        line: scanner.line,
        purpose: purpose,
        version: version,
        state: state,
        channel: channel,
        at: at
      )
    )
    rows.append(reference)
    rows.append(when)
    var name = zone.name
    name.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
    if source.isEmpty {
      var usual = columns.source
      usual.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
    } else {
      rows.append(source)
    }
  }

  /// The bytes of a cell in lower case; those of a usual text where it is empty.
  private static func lowered(_ cell: UnsafeRawBufferPointer, or usual: String) -> [UInt8] {
    if cell.isEmpty { return Array(usual.lowercased().utf8) }
    var isPlain = true
    let bytes = cell.map { byte -> UInt8 in
      if byte >= 0x80 { isPlain = false }
      return (65...90).contains(byte) ? byte | 0x20 : byte
    }
    return isPlain ? bytes : Array(String(decoding: cell, as: UTF8.self).lowercased().utf8)
  }

  private func purpose(
    _ cell: UnsafeRawBufferPointer,
    _ wrong: (String) -> UnreadableCSV
  ) throws(UnreadableCSV) -> Int {
    let name = Self.lowered(cell, or: columns.purpose ?? "")
    guard !name.isEmpty else { throw wrong("it names no purpose") }
    guard let place = purposes[name] else {
      throw wrong("its purpose is not in the record (tocsin consent purpose list)")
    }
    return place
  }

  private func state(
    _ cell: UnsafeRawBufferPointer,
    _ wrong: (String) -> UnreadableCSV
  ) throws(UnreadableCSV) -> ConsentState {
    let word = Self.lowered(cell, or: columns.state ?? "")
    guard let state = Self.states[word] else {
      throw wrong("it does not say given, withdrawn or expired")
    }
    return state
  }

  /// The words that files have for states.
  private static let states: [[UInt8]: ConsentState] = {
    let words: [ConsentState: [String]] = [
      .given: [
        "given", "granted", "yes", "true", "1", "optin", "opt-in", "opt_in", "subscribed",
        "accepted",
        "active",
      ],
      .withdrawn: [
        "withdrawn", "revoked", "no", "false", "0", "optout", "opt-out", "opt_out", "unsubscribed",
      ],
      .expired: ["expired", "lapsed"],
    ]
    var states: [[UInt8]: ConsentState] = [:]
    for (state, list) in words { for word in list { states[Array(word.utf8)] = state } }
    return states
  }()

  private func channel(
    _ cell: UnsafeRawBufferPointer,
    _ wrong: (String) -> UnreadableCSV
  ) throws(UnreadableCSV) -> Int {
    let word = Self.lowered(cell, or: columns.channel)
    if let place = channels[word] { return place }
    if let problem = ConsentLimits.problem(ofChannel: word) { throw wrong(problem) }
    guard channels.count < ConsentLimits.channels else {
      throw wrong("more than \(ConsentLimits.channels) channels; is it another column?")
    }
    channels[word] = words.count
    words.append(String(decoding: word, as: UTF8.self))
    return words.count - 1
  }

  private func version(
    _ cell: UnsafeRawBufferPointer,
    _ purpose: Int,
    _ wrong: (String) -> UnreadableCSV
  ) throws(UnreadableCSV) -> RecordID {
    let label = Self.lowered(cell, or: columns.version)
    guard !label.isEmpty else { return 0 }
    guard let version = versions[purpose][label] else {
      throw wrong("its version is not one of the purpose (tocsin consent version list)")
    }
    return version
  }
}
