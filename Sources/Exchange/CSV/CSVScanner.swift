internal import Model

/// Rows out of a CSV file without an object for a row: for files of millions.
///
/// Reads as strictly as `CSVReader` does. A row's cells are stretches of the scanner's own memory,
/// valid until the next row; a cell in quotes is put right in place.
final class CSVScanner {
  /// A cell of the present row.
  struct Cell {
    var start: Int
    var count: Int
    /// Whether quotes inside are doubled still.
    fileprivate var isDoubled = false
  }

  private let source: any ByteSource
  private let separator: UInt8
  private let limit: Int
  private let maximumColumns: Int
  private var memory: UnsafeMutableRawBufferPointer
  private var position = 0
  private var end = 0
  private var isSourceAtEnd = false
  private var isFirst = true
  private var nextLine = 1
  /// Told of every stretch of bytes as it comes in.
  private let tap: (UnsafeRawBufferPointer) -> Void

  /// The line at which the present row begins, from 1.
  private(set) var line = 1
  /// The present row, where it took all that is left of the input with it.
  var cutOff: ImportProblem? {
    isCutOff ? problem.map { ImportProblem(at: $0.at, reason: $0.reason) } : nil
  }

  /// The cells of the present row; not to be used where there is a problem.
  private(set) var cells: [Cell] = []
  /// What is wrong with the present row.
  private(set) var problem: UnreadableCSV?
  /// Whether the present row took all that is left of the input: where the next one begins is not known.
  private(set) var isCutOff = false

  /// Makes a scanner that refuses rows of over `limit` bytes; `tap` is told of all bytes, in order.
  init(
    _ source: any ByteSource,
    separator: UInt8 = UInt8(ascii: ","),
    limit: Int = 1 << 20,
    maximumColumns: Int = 1000,
    tap: @escaping (UnsafeRawBufferPointer) -> Void = { _ in }
  ) {
    (self.source, self.separator, self.limit) = (source, separator, limit)
    (self.maximumColumns, self.tap) = (maximumColumns, tap)
    memory = .allocate(byteCount: 256 << 10, alignment: 1)
  }

  deinit { memory.deallocate() }

  /// Runs a body over the bytes of a cell.
  func bytes(of cell: Cell) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[cell.start..<cell.start + cell.count])
  }

  /// Goes to the next row, or says false at the end; empty lines are skipped.
  func next() throws -> Bool {
    if isFirst {
      isFirst = false
      while end < 4, try more() {}
      try UnreadableInput.refuseUTF16(memory[..<end].prefix(4))
      if memory[..<end].starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }
    while true {
      if position == end, try !more() { return false }
      let byte = memory[position]
      guard byte == 10 || byte == 13 else { break }
      if byte == 10 { nextLine += 1 }
      position += 1
    }
    line = nextLine
    while true {
      switch scan() {
      case .row: return true
      case .needsMore:
        if end - position >= limit { return giveUp() }
        if try !more() { isSourceAtEnd = true }
      }
    }
  }

  private enum Outcome { case row, needsMore }

  /// Reads one row from `position`, which lies in memory as a whole or at the end of the source.
  private func scan() -> Outcome {
    cells.removeAll(keepingCapacity: true)
    problem = nil
    var (here, lines) = (position, nextLine)
    func fail(_ reason: String) {
      guard problem == nil else { return }
      problem = UnreadableCSV(line: line, column: cells.count + 1, reason: reason)
    }
    while true {
      var cell = Cell(start: here, count: 0)
      var isQuoted = false
      if here < end, memory[here] == UInt8(ascii: "\"") {
        isQuoted = true
        guard let (next, breaks, isDoubled) = quoted(from: here) else {
          guard isSourceAtEnd else { return .needsMore }
          fail("this quote has no end")
          isCutOff = true
          (position, nextLine) = (end, lines)
          return .row
        }
        (cell.start, cell.count, cell.isDoubled) = (here + 1, next - here - 2, isDoubled)
        here = next
        lines += breaks
      }
      let rest = here
      var (hasQuote, isLast) = (false, true)
      while true {
        while here < end {
          let byte = memory[here]
          if byte == separator || byte == 10 || byte == 13 { break }
          if byte == UInt8(ascii: "\"") { hasQuote = true }
          here += 1
        }
        guard here < end, memory[here] == 13 else { break }
        if here + 1 == end, !isSourceAtEnd { return .needsMore }
        if here + 1 < end, memory[here + 1] == 10 { break }
        fail("a carriage return outside quotes")
        here += 1
      }
      if here == end, !isSourceAtEnd { return .needsMore }
      if !isQuoted {
        cell.count = here - cell.start
        if hasQuote { fail("a quote inside a cell without quotes") }
      } else if here > rest {
        fail("something follows the closing quote; quotes inside are doubled")
      }
      if here < end {
        let byte = memory[here]
        isLast = byte != separator
        if isLast { lines += 1 }
        here += byte == 13 ? 2 : 1
      }
      if cells.count == maximumColumns { fail("more than \(maximumColumns) cells") }
      cells.append(cell)
      if isLast { break }
    }
    for index in cells.indices where cells[index].isDoubled { restore(index) }
    (position, nextLine) = (here, lines)
    return .row
  }

  /// Reads a cell in quotes: where it ends, how many line ends it has and whether quotes inside are
  /// doubled; nil where its end is not in memory.
  private func quoted(from start: Int) -> (next: Int, breaks: Int, isDoubled: Bool)? {
    var (here, breaks, isDoubled) = (start + 1, 0, false)
    while here < end {
      let byte = memory[here]
      if byte == 10 { breaks += 1 }
      if byte == UInt8(ascii: "\"") {
        if here + 1 == end, !isSourceAtEnd { return nil }
        guard here + 1 < end, memory[here + 1] == byte else { return (here + 1, breaks, isDoubled) }
        isDoubled = true
        here += 1
      }
      here += 1
    }
    return nil
  }

  /// Takes doubled quotes together, in place; done once a row is whole, for it may be read again.
  private func restore(_ index: Int) {
    let cell = cells[index]
    var (from, target) = (cell.start, cell.start)
    while from < cell.start + cell.count {
      memory[target] = memory[from]
      from += memory[from] == UInt8(ascii: "\"") ? 2 : 1
      target += 1
    }
    cells[index].count = target - cell.start
  }

  /// Ends the file at a row that is too long: where the next one begins cannot be known.
  private func giveUp() -> Bool {
    problem = UnreadableCSV(
      line: line,
      column: 0,
      reason: "a row of over \(limit) bytes; nothing behind it was read"
    )
    position = end
    isCutOff = true
    isSourceAtEnd = true
    isDone = true
    return true
  }

  private var isDone = false

  /// Reads more behind what is there and drops what was passed, or says false at the end.
  private func more() throws -> Bool {
    guard !isSourceAtEnd, !isDone else { return false }
    if position > 0 {
      let rest = end - position
      if rest > 0, let base = memory.baseAddress {
        base.copyMemory(from: base + position, byteCount: rest)
      }
      (position, end) = (0, rest)
    }
    if end == memory.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: memory.count * 2,
        alignment: 1
      )
      larger.copyMemory(from: UnsafeRawBufferPointer(memory))
      memory.deallocate()
      memory = larger
    }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(rebasing: memory[end...])
    )
    guard count > 0 else { return false }
    tap(UnsafeRawBufferPointer(rebasing: memory[end..<end + count]))
    end += count
    return true
  }
}
