/// Finds out, in little memory, which keys may come twice.
///
/// A blocked Bloom filter: every key that was added before is found again, and about one in a
/// thousand that was not. Those that were found are kept, so a second pass needs to remember only
/// them and is exact.
struct KeySieve {
  private var blocks: [UInt64]
  private let mask: Int
  /// The keys that may have been added more than once.
  private(set) var suspects: Set<UInt64> = []

  /// Makes a sieve for about so many keys.
  init(expecting count: Int) {
    var size = 1 << 10
    // 16 bits a key, at most 64 MB.
    while size * 32 < count, size < 1 << 20 { size <<= 1 }
    blocks = Array(repeating: 0, count: size * 8)
    mask = size - 1
  }

  /// Adds a key.
  mutating func add(_ key: UInt64) {
    if mark(key) { suspects.insert(key) }
  }

  /// Gives the memory back; what is suspect stays known.
  mutating func close() { blocks = [] }

  /// Marks a key; whether it was marked before.
  private mutating func mark(_ key: UInt64) -> Bool {
    let mixed = (key ^ key >> 31) &* 0x9E37_79B9_7F4A_7C15
    let block = Int(truncatingIfNeeded: mixed >> 40) & mask
    var bits = (key ^ key >> 29) &* 0xBF58_476D_1CE4_E5B9
    var isKnown = true
    for _ in 0..<6 {
      let place = Int(truncatingIfNeeded: bits >> 55)
      let word = block * 8 + place >> 6
      let bit: UInt64 = 1 << UInt64(place & 63)
      if blocks[word] & bit == 0 {
        isKnown = false
        blocks[word] |= bit
      }
      bits <<= 9
    }
    return isKnown
  }
}
