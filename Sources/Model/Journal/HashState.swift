/// The inner state of SHA-256 (FIPS 180-4, 6.2) between two blocks.
///
/// Libraries hide it. It is what lets somebody go on with a hash without reading what was hashed
/// before; nothing else here uses it, all other digests come from the library.
struct HashState: Hashable, Sendable {
  private(set) var words: [UInt32]
  /// How many bytes went in; a multiple of 64.
  private(set) var length: Int

  /// The state before the first block.
  init() {
    words = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
      0x5be0_cd19,
    ]
    length = 0
  }

  /// A state as it was written down; nil where it is none.
  init?(bytes: [UInt8], length: Int) {
    guard bytes.count == 32, length >= 0, length % 64 == 0, length < 1 << 40 else { return nil }
    words = (0..<8).map { index in
      bytes[index * 4..<index * 4 + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    self.length = length
  }

  /// The state as 32 bytes.
  var bytes: [UInt8] {
    words.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// Takes in whole blocks.
  mutating func take(_ blocks: ArraySlice<UInt8>) {
    precondition(blocks.count % 64 == 0, "SHA-256 goes by blocks of 64 bytes")
    var start = blocks.startIndex
    while start < blocks.endIndex {
      compress(blocks[start..<start + 64])
      start += 64
    }
    length += blocks.count
  }

  /// The hash of all that went in and these last bytes.
  func hash(ending rest: [UInt8]) -> [UInt8] {
    var last = rest
    let bits = UInt64(length + rest.count) * 8
    last.append(0x80)
    while last.count % 64 != 56 { last.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      last.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    var state = self
    state.take(last[...])
    return state.bytes
  }

  private mutating func compress(_ block: ArraySlice<UInt8>) {
    var schedule = [UInt32](repeating: 0, count: 64)
    var position = block.startIndex
    for index in 0..<16 {
      schedule[index] =
        UInt32(block[position]) << 24 | UInt32(block[position + 1]) << 16
        | UInt32(block[position + 2]) << 8 | UInt32(block[position + 3])
      position += 4
    }
    for index in 16..<64 {
      let (two, fifteen) = (schedule[index - 2], schedule[index - 15])
      let first = Self.turn(two, 17) ^ Self.turn(two, 19) ^ (two >> 10)
      let second = Self.turn(fifteen, 7) ^ Self.turn(fifteen, 18) ^ (fifteen >> 3)
      schedule[index] = first &+ schedule[index - 7] &+ second &+ schedule[index - 16]
    }
    var (a, b, c, d) = (words[0], words[1], words[2], words[3])
    var (e, f, g, h) = (words[4], words[5], words[6], words[7])
    for index in 0..<64 {
      let one = Self.turn(e, 6) ^ Self.turn(e, 11) ^ Self.turn(e, 25)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ one &+ choice &+ Self.constants[index] &+ schedule[index]
      let zero = Self.turn(a, 2) ^ Self.turn(a, 13) ^ Self.turn(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let second = zero &+ majority
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() {
      words[index] = words[index] &+ word
    }
  }

  private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
