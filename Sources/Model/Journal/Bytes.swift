/// Bytes to be hashed: a domain tag, then every field behind its length, so that no two different
/// lists of fields are the same bytes.
struct Bytes {
  var bytes: [UInt8] = []

  init(tag: String) {
    bytes.reserveCapacity(320)
    append(tag)
  }

  mutating func append(_ number: Int64) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
    }
  }

  mutating func append(_ text: String) {
    append(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append(_ block: [UInt8]) {
    append(Int64(block.count))
    bytes.append(contentsOf: block)
  }
}
