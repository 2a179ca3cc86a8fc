internal import Model

/// The messages of a proof, read beside its people, both in order of number.
struct BundleMessages {
  private var reader: CSVReader
  private var next: (line: Int, number: Int64, message: ProofRow.Message)?

  init(_ path: String) throws {
    reader = CSVReader(
      try BundleVerifier.open(path, BundleLayout.messages),
      undoesNeutralising: true
    )
    guard let header = try reader.next(), case .success(BundleLayout.messageColumns) = header.cells
    else { throw BundleFault(BundleLayout.messages, "line 1", "its columns are others") }
    try advance()
  }

  /// The messages to a person, oldest first; nobody before may be asked for any more.
  mutating func of(_ number: Int64) throws -> [ProofRow.Message] {
    var found: [ProofRow.Message] = []
    while let next, next.number <= number {
      guard next.number == number else { throw stray(next.line) }
      found.append(next.message)
      try advance()
    }
    return found
  }

  /// Says where messages to nobody are left.
  func finish() throws {
    if let next { throw stray(next.line) }
  }

  private func stray(_ line: Int) -> BundleFault {
    BundleFault(BundleLayout.messages, "line \(line)", "it is to nobody, or out of order")
  }

  private mutating func advance() throws {
    guard let row = try reader.next() else {
      next = nil
      return
    }
    guard case .success(let cells) = row.cells, cells.count == BundleLayout.messageColumns.count,
      let number = Int64(cells[0]), let step = Int64(cells[1]),
      let digest = HexText.bytes(cells[3]),
      digest.count == 32
    else { throw BundleFault(BundleLayout.messages, "line \(row.line)", "it cannot be read") }
    next = (row.line, number, ProofRow.Message(step: step, id: cells[2], digest: digest))
  }
}
