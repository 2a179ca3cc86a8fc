/// Recipients on their way into a mailing: flat memory that is used again and again.
///
/// A row's contact is one stretch of bytes, each field behind its length in two bytes, in the order
/// of `RecipientField`. That stretch is what is sealed.
public final class RecipientRows {
  /// What is known of a row beside its contact.
  public struct Facts: Sendable {
    /// The line of the input at which it begins, from 1.
    public var line: Int
    /// Its jurisdiction, as a place in the source's `words`.
    public var jurisdiction: UInt16
    /// Its language, as a place in the source's `words`.
    public var language: UInt16
    /// Why the person is not written to like others.
    public var protection: UInt8
    /// Where its contact begins.
    var start: Int
  }

  /// How many rows there is room for.
  public let capacity: Int
  /// What is known of each row beside its contact.
  public private(set) var facts: [Facts] = []
  private var contacts = Contacts()

  /// The contacts, one behind another.
  private struct Contacts {
    var bytes: [UInt8] = []

    mutating func append(_ field: UnsafeRawBufferPointer) {
      bytes.append(UInt8(truncatingIfNeeded: field.count >> 8))
      bytes.append(UInt8(truncatingIfNeeded: field.count))
      bytes.append(contentsOf: field)
    }
  }

  /// Makes room.
  public init(capacity: Int) {
    self.capacity = capacity
    facts.reserveCapacity(capacity)
    contacts.bytes.reserveCapacity(capacity * 128)
  }

  /// How many rows there are.
  public var count: Int { facts.count }

  /// Takes all rows away and keeps the memory.
  public func removeAll() {
    facts.removeAll(keepingCapacity: true)
    contacts.bytes.removeAll(keepingCapacity: true)
  }

  /// Begins a row; its fields are appended next, all of them in order.
  public func beginRow() { facts.append(Facts(start: contacts.bytes.count)) }

  /// Appends the next field of the row; longer than 65 535 bytes is a broken promise.
  public func append(_ field: UnsafeRawBufferPointer) {
    precondition(field.count <= 0xFFFF, "the reader bounds the fields of a contact")
    contacts.append(field)
  }

  /// Ends the row.
  public func endRow(line: Int, jurisdiction: Int, language: Int, protection: UInt8) {
    let last = facts.count - 1
    facts[last] = Facts(
      line: line,
      jurisdiction: UInt16(truncatingIfNeeded: jurisdiction),
      language: UInt16(truncatingIfNeeded: language),
      protection: protection,
      start: facts[last].start
    )
  }

  /// Runs a body over a row's contact: all fields with their lengths.
  public func withContact<Result>(
    _ index: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let end = index + 1 < facts.count ? facts[index + 1].start : contacts.bytes.count
    let start = facts[index].start
    return try contacts.bytes.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[start..<end]))
    }
  }

  /// A field of a contact's bytes; empty where they are too short.
  public static func field(
    _ field: RecipientField,
    of contact: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    var offset = 0
    for number in 0...field.rawValue {
      guard offset + 2 <= contact.count else { break }
      let length = Int(contact[offset]) << 8 | Int(contact[offset + 1])
      guard offset + 2 + length <= contact.count else { break }
      if number == field.rawValue {
        return UnsafeRawBufferPointer(rebasing: contact[offset + 2..<offset + 2 + length])
      }
      offset += 2 + length
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }
}

extension RecipientRows.Facts {
  init(start: Int) { self.init(line: 0, jurisdiction: 0, language: 0, protection: 0, start: start) }
}

/// Where recipients come from: read twice, once to see whether all is well, once to bring them in.
public protocol RecipientSource: RowSource {
  /// The jurisdictions and languages that rows name by their place in it; only ever grows.
  var words: [String] { get }
  /// Fills rows until there is no more room; none at the end.
  func fill(_ rows: RecipientRows) throws
}
