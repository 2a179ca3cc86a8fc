/// What is wrong with packed bytes.
struct DamagedDeflate: Error {
  /// What is wrong, in a few words.
  var reason: String
}

/// Bytes of a packed file, taken bit by bit.
struct BitCursor {
  private let source: any ByteSource
  private var chunk: [UInt8] = []
  private var position = 0
  private var bits: UInt64 = 0
  private(set) var bitCount = 0
  /// How many bytes were taken.
  private(set) var taken = 0

  init(_ source: any ByteSource) { self.source = source }

  /// The next byte; nil at the end.
  mutating func byte() throws -> UInt8? {
    if bitCount >= 8 { return UInt8(try take(8)) }
    return try nextByte()
  }

  /// The next byte, which must be there.
  mutating func needByte() throws -> UInt8 {
    guard let byte = try byte() else { throw DamagedDeflate(reason: "it ends too early") }
    return byte
  }

  private mutating func nextByte() throws -> UInt8? {
    if position == chunk.count {
      let source = source
      chunk = try [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
        count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      position = 0
      if chunk.isEmpty { return nil }
    }
    defer { (position, taken) = (position + 1, taken + 1) }
    return chunk[position]
  }

  /// Brings in bits where there are any left: at least so many, or all.
  mutating func fill(_ count: Int) throws {
    while bitCount < count, let byte = try nextByte() {
      bits |= UInt64(byte) << UInt64(bitCount)
      bitCount += 8
    }
  }

  /// The next bits without taking them; zeros behind the end.
  var peeked: UInt64 { bits }

  /// Takes bits that were brought in.
  mutating func drop(_ count: Int) throws {
    guard count <= bitCount else { throw DamagedDeflate(reason: "it ends too early") }
    bits >>= UInt64(count)
    bitCount -= count
  }

  /// Takes up to 32 bits, the first the lowest.
  mutating func take(_ count: Int) throws -> Int {
    try fill(count)
    let value = bits & ((1 << UInt64(count)) - 1)
    try drop(count)
    return Int(value)
  }

  /// Skips to the next whole byte.
  mutating func align() throws { try drop(bitCount & 7) }
}

/// A canonical prefix code of RFC 1951.
struct PrefixCode {
  /// Symbol and length for the next bits, `symbol << 4 | length`; 0 where the code is longer.
  private var short = [UInt16](repeating: 0, count: 1 << PrefixCode.shortBits)
  private var counts = [Int](repeating: 0, count: 16)
  private var symbols: [UInt16]
  private static let shortBits = 10

  /// Makes a code of its lengths; 0 is a symbol that does not occur.
  ///
  /// - Throws: `DamagedDeflate` where the lengths make no code. One code of one bit may stand alone.
  init(_ lengths: ArraySlice<UInt8>) throws {
    symbols = [UInt16](repeating: 0, count: lengths.count)
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0
    var (left, total) = (1, 0)
    for length in 1...15 {
      left = left << 1 - counts[length]
      total += counts[length]
      guard left >= 0 else { throw DamagedDeflate(reason: "its code table is impossible") }
    }
    guard left == 0 || total == 1 && counts[1] == 1 || total == 0 else {
      throw DamagedDeflate(reason: "its code table has holes")
    }
    var (offsets, codes) = ([Int](repeating: 0, count: 16), [Int](repeating: 0, count: 16))
    for length in 1..<15 {
      offsets[length + 1] = offsets[length] + counts[length]
      codes[length + 1] = (codes[length] + counts[length]) << 1
    }
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      symbols[offsets[length]] = UInt16(symbol)
      offsets[length] += 1
      let code = codes[length]
      codes[length] += 1
      guard length <= PrefixCode.shortBits else { continue }
      // Codes come with their highest bit first, other numbers with their lowest.
      var reversed = 0
      for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
      let entry = UInt16(symbol << 4 | length)
      for index in stride(from: reversed, to: short.count, by: 1 << length) {
        short[index] = entry
      }
    }
  }

  /// Takes the next symbol.
  func next(_ cursor: inout BitCursor) throws -> Int {
    try cursor.fill(15)
    let bits = Int(truncatingIfNeeded: cursor.peeked)
    let entry = short[bits & (1 << PrefixCode.shortBits - 1)]
    if entry != 0 {
      try cursor.drop(Int(entry & 15))
      return Int(entry >> 4)
    }
    var (code, first, index) = (0, 0, 0)
    for length in 1...15 {
      code |= bits >> (length - 1) & 1
      let count = counts[length]
      if code - count < first {
        try cursor.drop(length)
        return Int(symbols[index + code - first])
      }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw DamagedDeflate(reason: "it holds a code that its table lacks")
  }
}

/// Unpacks a deflate stream (RFC 1951), a piece at a time.
struct Inflate {
  private enum State {
    case header
    case stored(left: Int)
    case codes(lengths: PrefixCode, distances: PrefixCode)
    case done
  }

  private var state = State.header
  private var isLast = false
  /// The last 32 KiB, and behind them what was unpacked since.
  private(set) var window: [UInt8] = []
  private static let history = 32 << 10

  /// Whether the stream's end was reached.
  var isDone: Bool { if case .done = state { true } else { false } }

  /// Unpacks on until there are at least so many new bytes, or the stream ends.
  ///
  /// - Returns: Where the new bytes begin in `window`.
  mutating func run(_ cursor: inout BitCursor, atLeast wanted: Int) throws -> Int {
    if window.count > Inflate.history { window.removeFirst(window.count - Inflate.history) }
    let start = window.count
    while window.count - start < wanted {
      switch state {
      case .done: return start
      case .header: try header(&cursor)
      case .stored(let left): try stored(left, &cursor, until: start + wanted)
      case .codes(let lengths, let distances):
        try codes(lengths, distances, &cursor, until: start + wanted)
      }
    }
    return start
  }

  private mutating func endBlock() { state = isLast ? .done : .header }

  private mutating func header(_ cursor: inout BitCursor) throws {
    isLast = try cursor.take(1) == 1
    switch try cursor.take(2) {
    case 0:
      try cursor.align()
      let length = try cursor.take(16)
      guard try cursor.take(16) == ~length & 0xFFFF else {
        throw DamagedDeflate(reason: "a length in it is wrong")
      }
      state = .stored(left: length)
    case 1:
      let lengths: [UInt8] =
        Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
        + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8)
      state = .codes(
        lengths: try PrefixCode(lengths[...]),
        distances: try PrefixCode([UInt8](repeating: 5, count: 32)[...])
      )
    case 2: try tables(&cursor)
    default: throw DamagedDeflate(reason: "it holds a block of unknown kind")
    }
  }

  private mutating func tables(_ cursor: inout BitCursor) throws {
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    let lengthCount = try cursor.take(5) + 257
    let distanceCount = try cursor.take(5) + 1
    let orderCount = try cursor.take(4) + 4
    guard lengthCount <= 286, distanceCount <= 30 else {
      throw DamagedDeflate(reason: "its code table is too long")
    }
    var small = [UInt8](repeating: 0, count: 19)
    for index in order[..<orderCount] { small[index] = UInt8(try cursor.take(3)) }
    let code = try PrefixCode(small[...])
    var lengths: [UInt8] = []
    while lengths.count < lengthCount + distanceCount {
      let symbol = try code.next(&cursor)
      switch symbol {
      case ..<16: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last else {
          throw DamagedDeflate(reason: "its code table repeats nothing")
        }
        lengths += Array(repeating: last, count: try cursor.take(2) + 3)
      case 17: lengths += Array(repeating: 0, count: try cursor.take(3) + 3)
      default: lengths += Array(repeating: 0, count: try cursor.take(7) + 11)
      }
    }
    guard lengths.count == lengthCount + distanceCount, lengths[256] > 0 else {
      throw DamagedDeflate(reason: "its code table has no end")
    }
    state = .codes(
      lengths: try PrefixCode(lengths[..<lengthCount]),
      distances: try PrefixCode(lengths[lengthCount...])
    )
  }

  private mutating func stored(_ left: Int, _ cursor: inout BitCursor, until end: Int) throws {
    var left = left
    while left > 0, window.count < end {
      window.append(try cursor.needByte())
      left -= 1
    }
    state = .stored(left: left)
    if left == 0 { endBlock() }
  }

  private mutating func codes(
    _ lengths: PrefixCode,
    _ distances: PrefixCode,
    _ cursor: inout BitCursor,
    until end: Int
  ) throws {
    while window.count < end {
      let symbol = try lengths.next(&cursor)
      if symbol < 256 {
        window.append(UInt8(symbol))
        continue
      }
      guard symbol > 256 else { return endBlock() }
      guard symbol < 286 else { throw DamagedDeflate(reason: "it holds an impossible length") }
      let length =
        Inflate.lengthBase[symbol - 257] + (try cursor.take(Inflate.lengthBits[symbol - 257]))
      let code = try distances.next(&cursor)
      guard code < 30 else { throw DamagedDeflate(reason: "it holds an impossible distance") }
      let distance =
        Inflate.distanceBase[code] + (try cursor.take(Inflate.distanceBits[code]))
      guard distance <= window.count else {
        throw DamagedDeflate(reason: "it refers to what was never there")
      }
      var from = window.count - distance
      for _ in 0..<length {
        window.append(window[from])
        from += 1
      }
    }
  }

  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
}
