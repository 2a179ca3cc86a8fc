/// Fields of many rows, packed: each behind its length in two bytes, one row behind another.
///
/// Flat memory that is used again and again; what is sealed of a row is its stretch.
public struct PackedFields: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = []

  /// Makes room for rows of about so many bytes each.
  public init(rows: Int, bytes count: Int) {
    starts.reserveCapacity(rows)
    bytes.reserveCapacity(rows * count)
  }

  /// Takes all rows away and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  /// Begins a row; its fields are appended next, all of them in order.
  public mutating func beginRow() { starts.append(bytes.count) }

  /// Appends the next field of the row; longer than 65 535 bytes is a broken promise.
  public mutating func append(_ field: UnsafeRawBufferPointer) {
    precondition(field.count <= 0xFFFF, "the reader bounds the fields of a row")
    bytes.append(UInt8(truncatingIfNeeded: field.count >> 8))
    bytes.append(UInt8(truncatingIfNeeded: field.count))
    bytes.append(contentsOf: field)
  }

  /// Runs a body over a row: all fields with their lengths.
  public func withRow<Result>(
    _ index: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
    let start = starts[index]
    return try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  /// A field of a row's bytes, by its place; empty where they are too short.
  public static func field(
    _ place: Int,
    of row: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    var offset = 0
    for number in 0...max(0, place) {
      guard offset + 2 <= row.count else { break }
      let length = Int(row[offset]) << 8 | Int(row[offset + 1])
      guard offset + 2 + length <= row.count else { break }
      if number == place {
        return UnsafeRawBufferPointer(rebasing: row[offset + 2..<offset + 2 + length])
      }
      offset += 2 + length
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// The packed bytes of one row; nil where a field is longer than its length can say.
  public static func row(_ fields: [String]) -> [UInt8]? {
    var packed = PackedFields(rows: 1, bytes: 200)
    packed.beginRow()
    for var field in fields {
      guard field.utf8.count <= 0xFFFF else { return nil }
      field.withUTF8 { packed.append(UnsafeRawBufferPointer($0)) }
    }
    return packed.bytes
  }

  /// The fields of a row's bytes as texts.
  public static func texts(_ count: Int, of row: UnsafeRawBufferPointer) -> [String] {
    (0..<count).map { String(decoding: field($0, of: row), as: UTF8.self) }
  }
}
